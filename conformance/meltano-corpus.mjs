// Runs the small projects of runtime/corpus on this program, all of them, and compares what it does with the stored labels;
// then on the real Meltano a random tenth of them, or those whose names contain the words of the command line. `--label` stores what Meltano does instead
// (all, or those without a label with `--missing`); `--all` compares every case.
import { spawn } from 'node:child_process';
import { existsSync, openSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { pathToFileURL } from 'node:url';
import { isDeepStrictEqual } from 'node:util';
import { build } from 'esbuild';
import { atEnd, check, main, must, pythonEnvironment, root, temporaryFolder } from './support.mjs';

const version = '4.4.1';
/** How many Meltanos run at a time. */
const atOnce = 2;

await main('the compatibility corpus', async () => {
  const words = process.argv.slice(2).filter((argument) => !argument.startsWith('--'));
  const option = (name) => process.argv.includes(`--${name}`);
  const support = await loadSupport();
  if (option('native') || !(option('label') || option('all'))) await compareNative(support, words);
  if (option('native')) return;
  const environment = pythonEnvironment(`meltano-${version}`, [`meltano==${version}`]);
  // Hundreds of cases share one import; the tenth that is compared runs as anybody would run it.
  const call =
    option('label') || option('all') ? forked(environment) : (request) => spawned(environment, request);
  const labels = support.readLabels();
  const cases = support.loadCases();
  const seed = Number(process.env.TAPLINE_SEED ?? Date.now() % 1_000_000);
  const chosen = cases.filter(({ name }, i) => {
    if (words.length > 0) return words.some((word) => name.includes(word));
    if (option('missing')) return labels.cases[name] === undefined;
    return option('all') || option('label') || hash(seed + i) % 10 === 0;
  });
  console.log(`  ${chosen.length} of ${cases.length} cases on Meltano ${version}, seed ${seed}`);

  const folder = temporaryFolder('meltano-corpus');
  const found = new Map();
  const left = chosen.map((one, i) => ({ one, folder: join(folder, String(i)) }));
  const worker = async () => {
    for (let next = left.shift(); next; next = left.shift()) {
      found.set(next.one.name, await runOnMeltano(support, call, next.one, next.folder));
      if (option('label'))
        console.log(
          `  ${next.one.name}: ${found
            .get(next.one.name)
            .steps.map((s) => s.exit)
            .join(' ')}`,
        );
    }
  };
  await Promise.all(Array.from({ length: atOnce }, worker));

  if (option('label')) {
    const known = new Set(cases.map(({ name }) => name));
    const kept = Object.entries(labels.cases).filter(([name]) => known.has(name));
    const all = { ...Object.fromEntries(kept), ...Object.fromEntries(found) };
    support.writeLabels({
      meltano: version,
      date: new Date().toISOString().slice(0, 10),
      common: {},
      cases: all,
    });
    check(`${found.size} labels written`, true);
    return;
  }
  for (const one of chosen) {
    const now = support.comparable(one, found.get(one.name));
    const label = labels.cases[one.name] && support.comparable(one, labels.cases[one.name]);
    check(
      one.name,
      isDeepStrictEqual(now, label),
      `Meltano: ${JSON.stringify(now)}\nlabel:   ${JSON.stringify(label)}`,
    );
  }
});

/** Compares this program with the labels, case by case. */
async function compareNative(support, words) {
  const labels = support.readLabels();
  const cases = support
    .loadCases()
    .filter(({ name }) => words.length === 0 || words.some((word) => name.includes(word)));
  const folder = temporaryFolder('native-corpus');
  const left = cases.map((one, i) => ({ one, folder: join(folder, String(i)) }));
  const wrong = [];
  const worker = async () => {
    for (let next = left.shift(); next; next = left.shift()) {
      const { one } = next;
      const { record, said, results } = await support.runNative(one, next.folder);
      const label = labels.cases[one.name];
      const ours = support.comparable(one, record);
      const theirs = label && support.comparable(one, label);
      const engines = results.filter(existsSync).map((file) => JSON.parse(readFileSync(file, 'utf8')).engine);
      const exits = record.steps.map(({ exit }) => exit);
      const same =
        isDeepStrictEqual(ours, theirs) &&
        engines.every((engine) => engine === 'native') &&
        (one.exits === undefined || isDeepStrictEqual(exits, one.exits));
      if (!same)
        wrong.push(
          `${one.name}\nours:    ${JSON.stringify(ours)}\nMeltano: ${JSON.stringify(theirs)}\n${said}`,
        );
    }
  };
  await Promise.all(Array.from({ length: 4 }, worker));
  check(
    `${cases.length} cases, by the engine native, do what Meltano did with them`,
    wrong.length === 0,
    wrong.join('\n\n'),
  );
}

/** The corpus's own modules are TypeScript. */
async function loadSupport() {
  const out = join(temporaryFolder('corpus-support'), 'support.mjs');
  const folder = join(root, 'runtime/test/corpus');
  await build({
    stdin: {
      contents: ['case', 'world', 'labels', 'compare', 'native']
        .map((name) => `export * from './${name}';`)
        .join('\n'),
      resolveDir: folder,
    },
    outfile: out,
    bundle: true,
    platform: 'node',
    format: 'esm',
    logLevel: 'warning',
    external: ['libsql'],
    banner: {
      js: `import { createRequire as requireFrom } from 'node:module'; const require = requireFrom(${JSON.stringify(pathToFileURL(join(root, 'package.json')).href)});`,
    },
    define: { __dirname: JSON.stringify(folder) },
    plugins: [
      {
        name: 'libsql-from-here',
        setup({ onResolve }) {
          // Libraries that few runs need, as they were built.
          onResolve({ filter: /^\.\.\/vendor\// }, ({ path }) => ({
            path: join(root, 'runtime/bin', path.slice(3).replace(/(\.mjs)?$/, '.js')),
            external: true,
          }));
          onResolve({ filter: /^libsql$/ }, () => ({
            path: join(root, 'node_modules/libsql/index.js'),
            external: true,
          }));
        },
      },
    ],
  });
  return import(pathToFileURL(out).href);
}

async function runOnMeltano(support, call, one, folder) {
  must('mkdir', ['-p', folder]);
  support.layOut(one, folder);
  const steps = [];
  for (const [index, step] of one.steps.entries()) {
    support.writeFiles(folder, step.files);
    const log = join(folder, `home/meltano.${index}.log`);
    const exit = await call({
      args: step.args,
      cwd: join(folder, one.cwd),
      env: support.shellOf(one, folder, index),
      log,
    });
    if (process.env.TAPLINE_SHOW) console.log(readFileSync(log, 'utf8'));
    steps.push(support.takeStep(folder, exit));
  }
  return support.takeRecord(folder, steps);
}

/** Runs Meltano as a process of its own. */
function spawned(environment, { args, cwd, env, log }) {
  const output = openSync(log, 'w');
  const child = spawn(join(environment, 'bin/meltano'), args, {
    cwd,
    env,
    stdio: ['ignore', output, output],
  });
  return new Promise((done) => child.once('close', (code, signal) => done(code ?? `signal ${signal}`)));
}

/** Runs Meltano in forks of one process. */
function forked(environment) {
  const child = spawn(join(environment, 'bin/python'), [join(root, 'conformance/meltano-fork.py')], {
    env: { PATH: '/usr/bin:/bin', LANG: 'C.UTF-8', NO_COLOR: '1' },
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  atEnd(() => child.kill('SIGKILL'));
  const waiting = new Map();
  createInterface({ input: child.stdout }).on('line', (line) => {
    const { id, exit } = JSON.parse(line);
    waiting.get(id)(exit);
    waiting.delete(id);
  });
  let count = 0;
  return (request) =>
    new Promise((done) => {
      count += 1;
      waiting.set(count, done);
      child.stdin.write(`${JSON.stringify({ id: count, ...request })}\n`);
    });
}

/** A number that looks random. */
function hash(value) {
  let state = (value ^ 0x9e3779b9) >>> 0;
  state = Math.imul(state ^ (state >>> 16), 0x85ebca6b);
  state = Math.imul(state ^ (state >>> 13), 0xc2b2ae35);
  return (state ^ (state >>> 16)) >>> 0;
}
