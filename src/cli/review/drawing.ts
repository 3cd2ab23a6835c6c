import { basename } from 'node:path';
import { buildGraph, drawGraph, markChanges, type Marked, markStyle, svgStyle, titleOf } from '../../graph';
import type { Platform } from '../../model';
import type { Input } from '../../output';
import { type Change, kindOf, type PageDrawings, type Review } from '../../review';

/** The platforms of the head, with what changes marked; only those that anything changes in. */
export async function drawPlatforms(
  review: Review,
  input: Input | undefined,
): Promise<PageDrawings | undefined> {
  if (input === undefined) return undefined;
  const drawings: PageDrawings['drawings'][number][] = [];
  const parts: PageDrawings['parts'][number][] = [];
  for (const platform of input.platforms) {
    const graph = buildGraph(platform);
    const changes = review.changes.map((change) => markedIn(platform, input, change));
    const marks = markChanges(graph, (path) => input.loaded.locate(path, platform.environment), changes);
    if (marks.size === 0) continue;
    // Parts are counted through all drawings of the page.
    const shifted = [...marks].map(
      ([id, mark]) => [id, { ...mark, part: mark.part + parts.length }] as const,
    );
    const { markup, width } = await drawGraph(graph, { style: false, marks: new Map(shifted) });
    drawings.push({ title: titleOf(platform), markup, width });
    parts.push(...[...marks.values()].map(({ title, changes: list }) => ({ title, changes: list })));
  }
  return drawings.length === 0 ? undefined : { drawings, style: `${svgStyle}\n${markStyle}`, parts };
}

/** A deletion has the line that asked for it before, which may say something else now. */
function markedIn(platform: Platform, input: Input, change: Change): Marked | null {
  const { source, stack, address, action, severity } = change;
  if (source === null || action === 'delete' || source.file !== basename(input.file)) return null;
  if (platform.environment !== null && stack?.startsWith(`${platform.environment}/`) !== true) return null;
  return { line: source.line, kind: kindOf(change), address, level: severity };
}
