import { fnmatch } from '../value/fnmatch';
import { deepCopy, type Dict, isDict, isEqual, type Value } from '../value/value';
import { matches, type MetadataRule, type SchemaRule } from './rules';
import { visitCatalog, type Visitor } from './visit';

/** Applies rules of the extra `schema` to a catalog. */
export function applySchemaRules(catalog: Value, rules: readonly SchemaRule[]): void {
  visitCatalog(catalog, new SchemaVisitor(rules));
}

/** Applies rules of `select`, `metadata` and `select_filter` to a catalog; the last one that matches counts. */
export function applyMetadataRules(catalog: Value, rules: readonly MetadataRule[]): void {
  visitCatalog(catalog, new MetadataVisitor(rules));
}

/** The streams that rules name and the catalog does not have. */
export function missingStreams(catalog: Dict, rules: readonly MetadataRule[]): string[] {
  const streams = catalog.get('streams');
  const ids = new Set(
    (Array.isArray(streams) ? streams : []).filter(isDict).map((one) => one.get('tap_stream_id')),
  );
  const named = rules
    .filter((rule) => rule.streams.length === 1 && !rule.negated)
    .map((rule) => rule.streams[0] ?? '');
  return [...new Set(named)].filter((name) => !name.includes('*') && !ids.has(name));
}

class MetadataVisitor implements Visitor {
  private current: Dict = new Map();

  constructor(private readonly rules: readonly MetadataRule[]) {}

  stream(node: Dict): void {
    this.current = node;
    const id = this.id;
    if (id === undefined) return;
    if (!node.has('metadata')) node.set('metadata', []);
    this.ensure([]);
    for (const rule of this.rules) {
      if (matches(rule, id, [])) set(node, rule.key.replace(/-/g, '_'), rule.value);
    }
  }

  property(_: Dict, breadcrumb: readonly string[]): void {
    this.ensure(breadcrumb);
  }

  metadata(node: Dict): void {
    const breadcrumb = node.get('breadcrumb');
    const id = this.id;
    if (id === undefined || !Array.isArray(breadcrumb)) return;
    const place = breadcrumb.map(String);
    for (const rule of this.rules) {
      const metadata = node.get('metadata');
      if (isDict(metadata) && matches(rule, id, place)) set(metadata, rule.key, rule.value);
    }
  }

  private get id(): string | undefined {
    const id = this.current.get('tap_stream_id');
    return typeof id === 'string' ? id : undefined;
  }

  /** Adds the metadata of a place that has none: automatic for streams and their properties, available below. */
  private ensure(breadcrumb: readonly string[]): void {
    const list = this.current.get('metadata');
    if (!Array.isArray(list)) return;
    for (const one of list) {
      if (!isDict(one) || !one.has('breadcrumb')) return;
      if (isEqual(one.get('breadcrumb') ?? null, [...breadcrumb])) return;
    }
    const inclusion = breadcrumb.length <= 2 ? 'automatic' : 'available';
    const metadata: Dict = new Map([['inclusion', inclusion]]);
    list.push(
      new Map<string, Value>([
        ['breadcrumb', [...breadcrumb]],
        ['metadata', metadata],
      ]),
    );
  }
}

class SchemaVisitor implements Visitor {
  private current: Dict = new Map();

  constructor(private readonly rules: readonly SchemaRule[]) {}

  stream(node: Dict): void {
    this.current = node;
    const id = node.get('tap_stream_id');
    if (typeof id !== 'string') return;
    if (!node.has('schema')) node.set('schema', new Map([['type', 'object']]));
    const schema = node.get('schema');
    if (!isDict(schema)) return;
    for (const rule of this.rules) if (fnmatch(id, rule.stream)) this.ensure(schema, rule.breadcrumb[1]);
  }

  property(node: Dict, breadcrumb: readonly string[]): void {
    const id = this.current.get('tap_stream_id');
    for (const { stream, breadcrumb: pattern, payload } of this.rules) {
      if (typeof id !== 'string' || !fnmatch(id, stream) || !fnmatch(breadcrumb.join('.'), pattern.join('.')))
        continue;
      node.clear();
      for (const [key, value] of payload) node.set(key, deepCopy(value));
    }
  }

  metadata(): void {
    // A schema rule changes no metadata.
  }

  /** Makes the property, unless its name begins like a pattern. */
  private ensure(schema: Dict, property: string): void {
    if (!schema.has('properties')) schema.set('properties', new Map());
    const properties = schema.get('properties');
    if (isDict(properties) && !/^[*?[\]]/.test(property) && !properties.has(property))
      properties.set(property, new Map());
  }
}

function set(node: Dict, key: string, value: Value): void {
  if (key === 'selected' && value === true && node.get('inclusion') === 'unsupported') return;
  node.set(key, value);
}
