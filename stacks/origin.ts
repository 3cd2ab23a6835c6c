import type { IConstruct } from 'constructs';
import type { ConfigPath } from '../src/config';
import type { Originated } from '../src/model';

const metadataType = 'tapline:origin';

/** Says which part of the configuration asks for a construct and all that is in it. */
export function setOrigin<T extends IConstruct>(construct: T, { origin }: Originated): T {
  construct.node.addMetadata(metadataType, origin);
  return construct;
}

/** Where the configuration asks for a construct: what was said of it, or of the nearest one around it. */
export function originOf(construct: IConstruct): ConfigPath {
  for (const scope of [...construct.node.scopes].reverse()) {
    const entry = scope.node.metadata.find(({ type }) => type === metadataType);
    if (entry !== undefined) return entry.data as ConfigPath;
  }
  return [];
}
