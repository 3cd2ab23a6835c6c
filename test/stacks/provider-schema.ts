import google from '../data/provider-google.json';
import random from '../data/provider-random.json';

type AttributeType = string | readonly [string, unknown];
interface Attribute {
  readonly type: AttributeType;
  readonly is: readonly string[];
}
interface NestedBlock {
  readonly block: string;
  readonly min: number;
  readonly max: number;
  readonly fields: Fields;
}
type Fields = Readonly<Record<string, Attribute | NestedBlock>>;

const schemas = {
  resource: google.resources as unknown as Readonly<Record<string, Fields>>,
  ephemeral: random.ephemeral as unknown as Readonly<Record<string, Fields>>,
};

/** Arguments that Terraform itself gives every resource. */
const metaArguments = new Set(['//', 'depends_on', 'lifecycle', 'provider', 'count', 'for_each']);

/** What the provider's schema has against the arguments of a resource; nothing where they are right. */
export function schemaProblems(kind: 'resource' | 'ephemeral', type: string, values: object): string[] {
  const fields = schemas[kind][type];
  if (fields === undefined)
    return [`${type}: no schema in test/data; add it by scripts/trim-provider-schema.mjs`];
  const own = Object.fromEntries(Object.entries(values).filter(([key]) => !metaArguments.has(key)));
  return blockProblems(type, fields, own);
}

/** Values of sensitive and write-only attributes, by their path. */
export function sensitiveValues(type: string, values: object): [string, unknown][] {
  const fields = schemas.resource[type] ?? {};
  return sensitiveIn(type, fields, values);
}

function sensitiveIn(path: string, fields: Fields, values: object): [string, unknown][] {
  return Object.entries(values).flatMap(([key, value]): [string, unknown][] => {
    const field = fields[key];
    if (field === undefined) return [];
    if ('block' in field) {
      return asList(value).flatMap((one) => sensitiveIn(`${path}.${key}`, field.fields, one as object));
    }
    return field.is.some((flag) => flag === 'sensitive' || flag === 'write_only')
      ? [[`${path}.${key}`, value]]
      : [];
  });
}

function blockProblems(path: string, fields: Fields, values: object): string[] {
  const missing = Object.entries(fields)
    .filter(
      ([key, field]) =>
        (('is' in field && field.is.includes('required')) || ('block' in field && field.min > 0)) &&
        !(key in values),
    )
    .map(([key]) => `${path}.${key}: missing`);
  const wrong = Object.entries(values).flatMap(([key, value]) => {
    const here = `${path}.${key}`;
    const field = fields[key];
    if (field === undefined) return [`${here}: unknown`];
    if ('block' in field) return nestedProblems(here, field, value);
    if (!field.is.includes('required') && !field.is.includes('optional'))
      return [`${here}: the provider sets it`];
    if (field.is.includes('deprecated')) return [`${here}: deprecated`];
    return valueFits(field.type, value)
      ? []
      : [`${here}: got ${JSON.stringify(value)}, expected ${JSON.stringify(field.type)}`];
  });
  return [...missing, ...wrong];
}

function nestedProblems(path: string, { min, max, fields }: NestedBlock, value: unknown): string[] {
  const blocks = asList(value);
  const count = blocks.length;
  if (count < min || (max > 0 && count > max))
    return [`${path}: got ${count} blocks, expected ${min} to ${max}`];
  return blocks.flatMap((one, i) =>
    typeof one === 'object' && one !== null
      ? blockProblems(count === 1 ? path : `${path}[${i}]`, fields, one)
      : [`${path}: got ${JSON.stringify(one)}, expected a block`],
  );
}

function valueFits(type: AttributeType, value: unknown): boolean {
  if (typeof value === 'string' && /^\$\{.*\}$/.test(value)) return true;
  if (typeof type === 'string') {
    return typeof value === { string: 'string', number: 'number', bool: 'boolean' }[type];
  }
  const [collection, element] = type as readonly [string, AttributeType];
  if (collection === 'map') {
    return (
      typeof value === 'object' &&
      value !== null &&
      !Array.isArray(value) &&
      Object.values(value).every((one) => valueFits(element, one))
    );
  }
  return Array.isArray(value) && value.every((one) => valueFits(element, one));
}

function asList(value: unknown): unknown[] {
  return Array.isArray(value) ? value : [value];
}
