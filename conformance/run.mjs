// Runs the slow checks against real things: all of them, or those that the command line names
// (`npm run conformance -- api-server grants`). Each is a program of its own in this folder that installs what it needs
// and keeps it under .cache/. Prints what they print, a line per check with its duration, and the sum.
import { spawn } from 'node:child_process';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const folder = dirname(fileURLToPath(import.meta.url));

/** The quick ones first. */
const all = [
  'mutations',
  'workflows',
  'stock-tools',
  'database-roles',
  'rules',
  'doctor',
  'meltano-corpus',
  'runtime-signals',
  'runtime-engine',
  'runtime-stores',
  'runtime-processes',
  'runtime-histories',
  'grants',
  'plan',
  'images',
  'meltano-project',
  'local',
  'runbooks',
  'image-builds',
  'runtime-image',
  'dags',
  'airflow-run',
  'airflow-config',
  'review-page',
  'scheduling',
  'api-server',
  'ingress',
  'manifest-scanners',
  'api-server-next',
  'review-corpus',
  'checkov',
  'packed-tarball',
  'node-versions',
];

const named = process.argv.slice(2);
const unknown = named.filter((name) => !all.includes(name));
if (unknown.length > 0) {
  console.error(`There is no check '${unknown.join("', '")}'. There are: ${all.join(', ')}.`);
  process.exit(1);
}

let current;
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
  process.on(signal, () => {
    // It ends what it started, and this waits for it.
    current?.kill(signal);
    current?.once('exit', () => process.exit(130));
    if (!current) process.exit(130);
  });
}

const results = [];
for (const name of named.length > 0 ? named : all) {
  const started = Date.now();
  const status = await new Promise((done) => {
    current = spawn(process.execPath, [join(folder, `${name}.mjs`)], {
      stdio: ['ignore', 'inherit', 'inherit'],
    });
    current.once('exit', (code) => done(code ?? 1));
    current.once('error', () => done(1));
  });
  current = undefined;
  results.push({ name, passed: status === 0, seconds: (Date.now() - started) / 1000 });
  console.log('');
}
for (const { name, passed, seconds } of results) {
  console.log(`${passed ? 'ok    ' : 'FAILED'} ${name.padEnd(16)} ${seconds.toFixed(1).padStart(7)} s`);
}
const passed = results.filter((result) => result.passed).length;
console.log(`${passed} passed, ${results.length - passed} failed`);
process.exit(passed === results.length ? 0 : 1);
