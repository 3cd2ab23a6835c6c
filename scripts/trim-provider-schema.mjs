// Cuts the schema of a Terraform provider down to the types that the stacks make, for the tests.
//
//   node scripts/trim-provider-schema.mjs SCHEMA.json OUT.json TYPE... [ephemeral:TYPE...]
//
// SCHEMA.json: {"provider", "version", "resources": {TYPE: FIELDS}, "ephemeral": {TYPE: FIELDS}} where a field is either
// {"type", "is": ["required" | "optional" | "computed" | "sensitive" | "write_only" | "deprecated"]} or a nested block
// {"block", "min", "max", "fields"}; it is made from `terraform providers schema -json`.
import { readFileSync, writeFileSync } from 'node:fs';

const [source, target, ...names] = process.argv.slice(2);
if (target === undefined || names.length === 0) {
  console.error(
    'usage: node scripts/trim-provider-schema.mjs SCHEMA.json OUT.json TYPE... [ephemeral:TYPE...]',
  );
  process.exit(1);
}
const schema = JSON.parse(readFileSync(source, 'utf8'));
const kinds = { resources: [], ephemeral: [] };
for (const name of names.sort()) {
  const [, ephemeral, type] = /^(ephemeral:)?(.+)$/.exec(name);
  const kind = ephemeral === undefined ? 'resources' : 'ephemeral';
  const fields = schema[kind]?.[type];
  if (fields === undefined) {
    console.error(`${source} has no ${kind} of the type ${type}`);
    process.exit(1);
  }
  kinds[kind].push(`${JSON.stringify(type)}: ${JSON.stringify(fields)}`);
}
const provider = schema.provider.includes('/') ? schema.provider : `hashicorp/${schema.provider}`;
// One line for each type, so that a diff tells which one changed.
writeFileSync(
  target,
  `{
"source": ${JSON.stringify(`terraform providers schema -json, provider ${provider} ${schema.version}`)},
"resources": {
${kinds.resources.join(',\n')}
},
"ephemeral": {
${kinds.ephemeral.join(',\n')}
}
}
`,
);
