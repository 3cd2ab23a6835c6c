// docs/configuration.md: a table for every section, from the descriptions in the schemas.
import { toJsonSchema } from './json-schema.mjs';

const bare = ({ description, default: _, ...schema }) => JSON.stringify(schema);

export function renderReference({ z, platformSchema, ...shared }, marker, introduction) {
  const platform = toJsonSchema(z, platformSchema);
  const types = [
    ['env', 'Environment variables', toJsonSchema(z, shared.env), environmentVariables],
    ['resources', 'Resources', toJsonSchema(z, shared.resources), undefined],
    ['egress', 'Egress', toJsonSchema(z, shared.egress), undefined],
  ];
  const known = new Map(types.map(([, title, schema]) => [bare(schema), title]));
  const sections = Object.entries(platform.properties).filter(([, schema]) => isSection(schema));
  const single = Object.entries(platform.properties).filter(([, schema]) => !isSection(schema));
  const top = { properties: Object.fromEntries(single), required: platform.required };
  const parts = [
    `## Top level\n\n${table(rowsOf(top, '', 'top', known))}`,
    ...sections.map(([key, schema]) => renderSection(key, schema, known)),
    ...types.map(([key, title, schema, text]) => renderType(key, title, schema, known, text)),
  ];
  const contents = [
    '[Top level](#top-level)',
    ...sections.map(([key, schema]) => `[${titleOf(key, schema)}](#${anchorOf(titleOf(key, schema))})`),
    ...types.map(([, title]) => `[${title}](#${anchorOf(title)})`),
  ].join(' · ');
  return `${[`<!-- ${marker} -->`, introduction.trim(), contents, ...parts].join('\n\n')}\n`;
}

function renderSection(key, schema, known) {
  const entry = entryOf(schema);
  const intro = [schema.description, entry === undefined ? undefined : keysSentence(schema)]
    .filter(Boolean)
    .join(' ');
  const rows = rowsOf(entry ?? schema, '', key, known);
  return [`## ${titleOf(key, schema)}`, intro, table(rows)].join('\n\n');
}

function renderType(key, title, schema, known, text) {
  const entry = schema.items ?? schema;
  const rows = text === undefined ? table(rowsOf(entry, '', key, known)) : text;
  const lead = schema.items === undefined ? [] : ['A list of maps.'];
  return [`## ${title}`, ...lead, rows].join('\n\n');
}

const environmentVariables = `A map from the name of a variable (letters, digits and underscores) to one of

| value | what it does |
| --- | --- |
| a text, a number, true or false | The variable has that value. |
| \`{ secret: SECRET/KEY }\` | The variable has the value of a key declared under [secrets](#secretsname). |
| \`{ value: TEXT, notSecret: true }\` | The variable has that value although its name or the value looks like a credential. |`;

/** A map of settings, or a map from names to such maps. */
function isSection(schema) {
  return schema.properties !== undefined || entryOf(schema) !== undefined;
}

function entryOf(schema) {
  const entry = schema.additionalProperties;
  return typeof entry === 'object' && entry.properties !== undefined ? entry : undefined;
}

function titleOf(key, schema) {
  return entryOf(schema) === undefined ? key : `${key}.NAME`;
}

function anchorOf(title) {
  return title
    .toLowerCase()
    .replace(/[^a-z0-9 -]/g, '')
    .replaceAll(' ', '-');
}

function keysSentence(schema) {
  const { patternErrorMessage: form, maxLength } = schema.propertyNames ?? {};
  if (form === undefined) return '';
  return `NAME: ${form}${maxLength === undefined ? '' : `; at most ${maxLength} characters`}.`;
}

/** The settings of a map, and those of the maps inside it, in dotted form. */
function rowsOf(schema, prefix, section, known) {
  return Object.entries(schema.properties ?? {}).flatMap(([key, value]) => {
    const path = `${prefix}${key}`;
    const link = known.get(bare(value));
    const entry = entryOf(value);
    const items = value.items?.properties === undefined ? undefined : value.items;
    const nested =
      link !== undefined
        ? []
        : value.properties !== undefined
          ? rowsOf(value, `${path}.`, section, known)
          : entry !== undefined
            ? rowsOf(entry, `${path}.NAME.`, section, known)
            : items !== undefined
              ? rowsOf(items, `${path}[].`, section, known)
              : [];
    const { text, stated } = splitDefault(value.description ?? '');
    const required = (schema.required ?? []).includes(key);
    return [
      {
        key: path,
        anchor: `${section}-${path}`.replace(/[^A-Za-z0-9]+/g, '-'),
        type: link === undefined ? typeOf(value) : `[${link}](#${anchorOf(link)})`,
        default: required ? 'required' : defaultOf(value, stated, nested.length > 0),
        text,
      },
      ...nested,
    ];
  });
}

/** The sentence of a description that says what happens without the setting belongs into its own column. */
function splitDefault(description) {
  const found = /\s*Default: (.*?)\.(?=\s|$)/.exec(description);
  if (found === null) return { text: description, stated: undefined };
  return { text: description.replace(found[0], '').trim(), stated: found[1] };
}

function defaultOf(schema, stated, nested) {
  const value = schema.default;
  const hidden = value === undefined || (nested && !Array.isArray(value) && isEmpty(value));
  const shown = hidden ? undefined : `\`${flow(value)}\``;
  if (nested && stated !== undefined) return stated;
  if (shown !== undefined) return stated === undefined ? shown : `${shown}: ${stated}`;
  return stated ?? (nested ? 'as below' : 'none');
}

function isEmpty(value) {
  return typeof value === 'object' && Object.keys(value).length === 0;
}

/** A value as YAML in one line. */
function flow(value) {
  if (Array.isArray(value)) return `[${value.map(flow).join(', ')}]`;
  if (typeof value !== 'object' || value === null) {
    return typeof value === 'string' && !/^[\w./-]+$/.test(value) ? JSON.stringify(value) : String(value);
  }
  const entries = Object.entries(value).map(([key, item]) => `${key}: ${flow(item)}`);
  return entries.length === 0 ? '{}' : `{ ${entries.join(', ')} }`;
}

function typeOf(schema) {
  if (Array.isArray(schema.type)) return schema.type.map((type) => typeOf({ ...schema, type })).join(', or ');
  if (schema.const !== undefined) return `\`${schema.const}\``;
  if (schema.enum !== undefined) {
    const shown = schema.enum.map((value) => `\`${value}\``);
    return shown.length > 8 ? `one of ${shown.length}, such as ${shown[16] ?? shown[0]}` : shown.join(', ');
  }
  if (schema.anyOf !== undefined) return [...new Set(schema.anyOf.map(typeOf))].join(', or ');
  switch (schema.type) {
    case 'boolean':
      return '`true`, `false`';
    case 'integer':
    case 'number':
      return numberType(schema);
    case 'string':
      return textType(schema);
    case 'array':
      return schema.items?.properties === undefined ? `list: ${typeOf(schema.items)}` : 'list of maps';
    default:
      return mapType(schema);
  }
}

function numberType({ type, minimum, maximum }) {
  const range =
    minimum !== undefined && maximum !== undefined
      ? `, ${minimum} to ${maximum}`
      : minimum !== undefined
        ? `, at least ${minimum}`
        : '';
  return `${type === 'integer' ? 'whole number' : 'number'}${range}`;
}

function textType({ patternErrorMessage: form, minLength, maxLength }) {
  const least = minLength > 1 ? [`at least ${minLength} characters`] : [];
  const most = maxLength === undefined ? [] : [`at most ${maxLength} characters`];
  return [form ?? 'text', ...least, ...most].join('; ');
}

function mapType({ additionalProperties: entry, properties }) {
  if (properties !== undefined || typeof entry !== 'object') return 'map';
  return entry.properties === undefined ? `map: name to ${typeOf(entry)}` : 'map: NAME to the settings below';
}

function table(rows) {
  const cell = (text) => text.replaceAll('|', '\\|').replaceAll('\n', ' ');
  return [
    '| key | type | default | what it does |',
    '| --- | --- | --- | --- |',
    ...rows.map(
      (row) =>
        `| <a id="${row.anchor}"></a>\`${row.key}\` | ${cell(row.type)} | ${cell(row.default)} | ${cell(row.text)} |`,
    ),
  ].join('\n');
}
