import { parseManifest } from './manifests';
import type { Side } from './side';

/** A part of a side, parsed. */
export interface SideDocument {
  readonly unit: string;
  readonly file: string;
  readonly value: unknown;
}

/** Everything that a side holds and that can be read, for whoever judges it as a whole. */
export function documentsIn(side: Side): readonly SideDocument[] {
  const stacks = [...side.stacks].flatMap(([name, texts]) =>
    texts.flatMap(({ file, text }): SideDocument[] => {
      if (!file.endsWith('.json')) return [];
      try {
        return [{ unit: `stacks/${name ?? ''}`, file, value: JSON.parse(text) as unknown }];
      } catch {
        // The review itself says that this file is broken.
        return [];
      }
    }),
  );
  const objects = [...side.clusters].flatMap(([cluster, documents]) =>
    documents.flatMap((document) =>
      parseManifest(document).objects.map(({ body, file }) => ({ unit: cluster, file, value: body })),
    ),
  );
  return [...stacks, ...objects];
}
