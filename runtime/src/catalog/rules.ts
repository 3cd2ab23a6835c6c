import { Problem } from '../problem';
import { flatten } from '../settings/nest';
import { fnmatch } from '../value/fnmatch';
import { type Dict, isDict, type Value } from '../value/value';

/** What is set in the metadata of the streams and properties that match. */
export interface MetadataRule {
  /** Patterns of stream ids. */
  readonly streams: readonly string[];
  /** Whether it is for the streams that match none of them. */
  readonly negated: boolean;
  /** `properties.a`: a pattern of the breadcrumb between its dots; empty for the stream itself. */
  readonly breadcrumb: string;
  readonly key: string;
  readonly value: Value;
}

/** The schema that takes the place of a property's. */
export interface SchemaRule {
  readonly stream: string;
  /** The breadcrumb: `properties`, and the property's pattern. */
  readonly breadcrumb: readonly [string, string];
  readonly payload: Dict;
}

/** Whether a rule is for a stream, and for a place in it where one is given. */
export function matches(rule: MetadataRule, stream: string, breadcrumb: readonly string[]): boolean {
  return (
    rule.streams.some((pattern) => fnmatch(stream, pattern)) !== rule.negated &&
    fnmatch(breadcrumb.join('.'), rule.breadcrumb)
  );
}

/** The rules of the extra `select`: includes first, then all excludes. */
export function selectRules(patterns: readonly string[]): MetadataRule[] {
  const includes: MetadataRule[] = [];
  const excludes: MetadataRule[] = [];
  for (const pattern of patterns) {
    const { stream, property, negated } = parsePattern(pattern);
    const rule = (properties: readonly string[]): MetadataRule =>
      selected([stream], properties, !negated, false);
    if (property === '') {
      (negated ? excludes : includes).push(rule([]), rule(['*']));
      continue;
    }
    const properties = property.split('.');
    if (negated) {
      if (property === '*') excludes.push(rule([]));
      excludes.push(rule(properties));
      continue;
    }
    // What holds a selected property is selected too.
    includes.push(
      rule([]),
      rule(properties),
      ...properties.slice(1).map((_, i) => rule(properties.slice(0, i + 1))),
    );
  }
  return [...includes, ...excludes];
}

/** The rules of the extra `select_filter`, which leaves whole streams out. */
export function selectFilterRules(patterns: readonly string[]): MetadataRule[] {
  const parsed = patterns.map(parsePattern);
  const kept = parsed.filter((one) => !one.negated).map((one) => one.stream);
  const left = parsed.filter((one) => one.negated).map((one) => one.stream);
  return [
    ...(kept.length > 0 ? [selected(kept, [], false, true)] : []),
    ...(left.length > 0 ? [selected(left, [], false, false)] : []),
  ];
}

/** The rules of the extra `metadata`: `stream.property.key: value`. */
export function metadataRules(config: Dict): MetadataRule[] {
  return [...flatten(config)].map(([name, value]) => {
    const parts = name.split('.');
    const [stream = ''] = parts;
    const key = parts.at(-1) ?? '';
    if (parts.length < 2) {
      throw new Problem(`the extra 'metadata' has '${name}', expected stream, property and key`, {
        fix: 'Write it like `orders.id.replication-method: FULL_TABLE`.',
      });
    }
    return { streams: [stream], negated: false, breadcrumb: crumbs(parts.slice(1, -1)), key, value };
  });
}

/** The rules of the extra `schema`. */
export function schemaRules(config: Dict): SchemaRule[] {
  return [...config].flatMap(([stream, properties]) =>
    [...mapOf(properties, stream)].map(([property, payload]) => ({
      stream,
      breadcrumb: ['properties', property] as const,
      payload: mapOf(payload, `${stream}.${property}`),
    })),
  );
}

function mapOf(value: Value, of: string): Dict {
  if (isDict(value)) return value;
  throw new Problem(`the extra 'schema' of '${of}' is no map`, {
    fix: 'Write it like `orders: {id: {type: string}}`.',
  });
}

function selected(
  streams: readonly string[],
  properties: readonly string[],
  value: boolean,
  negated: boolean,
): MetadataRule {
  return { streams, negated, breadcrumb: crumbs(properties), key: 'selected', value };
}

function crumbs(properties: readonly string[]): string {
  return properties.map((property) => `properties.${property}`).join('.');
}

function parsePattern(pattern: string): { stream: string; property: string; negated: boolean } {
  const negated = pattern.startsWith('!');
  const text = negated ? pattern.slice(1) : pattern;
  const dot = /(?<!\\)\./.exec(text)?.index ?? text.length;
  return { stream: text.slice(0, dot).replace(/\\\./g, '.'), property: text.slice(dot + 1), negated };
}
