import { type Dict, isDict, type Value } from '../value/value';

/** What is done at the places of a catalog. */
export interface Visitor {
  stream(node: Dict): void;
  /** The breadcrumb is that of the property: `['properties', 'a']`. */
  property(node: Dict, breadcrumb: readonly string[]): void;
  metadata(node: Dict): void;
}

const streamPath = /streams\[\d+\]$/;
const propertyPath = /schema(\.properties\.[\p{L}\p{N}_]*)+$/u;
const metadataPath = /metadata\[\d+\]$/;

/**
 * Walks a catalog in its own order, as Meltano walks it: what counts as a property is its path, so names with other
 * letters than `\w` and what lies inside arrays are passed by.
 */
export function visitCatalog(node: Value, visitor: Visitor, path = ''): void {
  if (Array.isArray(node)) {
    // Metadata that is added while it is walked is walked too.
    for (let i = 0; i < node.length; i += 1) visitCatalog(node[i] ?? null, visitor, `${path}[${i}]`);
    return;
  }
  if (!isDict(node)) return;
  const isProperty = propertyPath.test(path);
  if (metadataPath.test(path) && node.has('breadcrumb')) visitor.metadata(node);
  else if (isProperty) visitor.property(node, path.slice(path.indexOf('properties')).split('.'));
  else if (streamPath.test(path)) visitor.stream(node);
  for (const [key, child] of node) {
    if (isProperty && (key === 'anyOf' || key === 'type')) continue;
    visitCatalog(child, visitor, `${path}.${key}`);
  }
}
