// Writes the Python of dags/tapline_dags into src/kubernetes/airflow-pipelines-source.ts, so that synth needs no file
// beside the configuration: `node scripts/embed-dags.mjs`. A test compares the two.
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = resolve(dirname(fileURLToPath(import.meta.url)), '..');
const folder = join(root, 'dags/tapline_dags');
const files = readdirSync(folder)
  .filter((name) => name.endsWith('.py'))
  .sort();
const entries = files.map((name) => {
  const text = readFileSync(join(folder, name), 'utf8').replace(/[\\`]|\$(?=\{)/g, '\\$&');
  return `  '${name}': \`${text}\`,\n`;
});
writeFileSync(
  join(root, 'src/kubernetes/airflow-pipelines-source.ts'),
  `/** The DAG factory: the files of dags/tapline_dags, written here by scripts/embed-dags.mjs. */
export const factorySource: Readonly<Record<string, string>> = {
${entries.join('')}};
`,
);
