import type { ConfigPath, SourceRange } from '../config';
import type { OutputFile, SourceEntry } from './synthesized';

/** Finds the line of a part of the configuration. */
export interface SourceLocator {
  /** Name of the configuration file, as it stands in the maps. */
  readonly file: string;
  readonly locate: (path: ConfigPath) => SourceRange;
}

/**
 * `tapline.map.json` of each unit: for every address its construct, and the file and line that ask for it.
 *
 * @param extra further keys of each map, before `sources`
 */
export function renderSourceMaps(
  sources: readonly SourceEntry[],
  locator: SourceLocator,
  extra: Readonly<Record<string, unknown>> = {},
): OutputFile[] {
  const units = new Map<string, SourceEntry[]>();
  for (const entry of sources) {
    const unit = units.get(entry.unit);
    if (unit === undefined) units.set(entry.unit, [entry]);
    else unit.push(entry);
  }
  // Many entries share an origin, and finding a line walks the document.
  const lines = new Map<string, number>();
  const lineOf = (origin: ConfigPath): number => {
    const id = origin.join('\n');
    const known = lines.get(id);
    if (known !== undefined) return known;
    const { line } = locator.locate(origin);
    lines.set(id, line);
    return line;
  };
  return [...units].map(([unit, entries]) => ({
    path: `${unit}/tapline.map.json`,
    content: `${JSON.stringify(
      {
        ...extra,
        version: 1,
        sources: Object.fromEntries(
          entries
            .sort((a, b) => (a.address < b.address ? -1 : 1))
            .map(({ address, construct, origin }) => [
              address,
              { construct, file: locator.file, line: lineOf(origin) },
            ]),
        ),
      },
      undefined,
      1,
    )}\n`,
  }));
}
