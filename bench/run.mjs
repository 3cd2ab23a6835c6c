// Prints every figure that the documentation gives: `npm run bench`, `npm run bench -- --runs 5 synth validate`. All
// figures of a ratio come from the same run. It writes nothing into the repository.
//   synth     tapline synth against `npx cdktf synth` and then `npx cdk8s synth`, on examples/gitlab-meltano
//   validate  tapline validate, and whether it loads cdktf or cdk8s
//   growth    10, 100, 1,000 pipelines in 1, 4, 16 environments
//   entities  10, 100, 500 node pools, secrets, buckets
//   own       what tapline itself takes, against bare cdktf and cdk8s with the same resources and objects
//   dags      the DAGs of 500 pipelines in a real Airflow; only when named, since Airflow is installed first
//   helm      the Kubernetes side against `helm template` of as many objects and against `npx cdk8s synth`; only when
//             named, since helm is built from its Go module first
import { execFileSync, spawnSync } from 'node:child_process';
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { cpus, tmpdir, totalmem } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { benchDags } from './dags.mjs';
import { measure, medians } from './measure.mjs';

const root = resolve(dirname(fileURLToPath(import.meta.url)), '..');
const program = join(root, 'bin/tapline.js');
const example = join(root, 'examples/gitlab-meltano/platform.yaml');
const helmVersion = 'v3.18.6';

/** What there may be many of, each as one line of the configuration. */
const kinds = {
  'node pools': (name) => ['cluster', 'nodePools', name, '{ nodes: { max: 1 } }'],
  secrets: (name) => ['secrets', name, '{ keys: [user, password] }'],
  buckets: (name) => ['buckets', name, '{}'],
};

const benches = { synth, validate, growth, entities, own, dags, helm };
const args = process.argv.slice(2);
const runsAt = args.indexOf('--runs');
const runs = runsAt < 0 ? 5 : Number(args.splice(runsAt, 2)[1]);
const unknown = args.filter((name) => !(name in benches));
if (unknown.length > 0 || !Number.isInteger(runs) || runs < 1) {
  console.error(`usage: npm run bench -- [--runs N] [${Object.keys(benches).join('] [')}]`);
  process.exit(1);
}

const work = mkdtempSync(join(tmpdir(), 'tapline-bench-'));
process.on('exit', () => rmSync(work, { recursive: true, force: true }));
process.on('SIGINT', () => process.exit(130));
process.on('SIGTERM', () => process.exit(143));

if (!existsSync(program)) execFileSync('npm', ['run', 'build'], { cwd: root, stdio: 'inherit' });
const [cpu] = cpus();
console.log(
  `${cpus().length} × ${cpu.model.trim()}, ${Math.round(totalmem() / 2 ** 30)} GiB, ${process.platform} ${process.arch}, ` +
    `Node ${process.versions.node}; medians of ${runs} runs after one more`,
);
for (const name of args.length > 0 ? args : ['synth', 'validate', 'growth', 'entities', 'own']) {
  console.log(`\n${name}`);
  await benches[name]();
}

function tapline(...rest) {
  return measure(process.execPath, [program, ...rest], { cwd: root });
}

function synthTo(name, file) {
  return tapline('synth', '--file', file, '--out', join(work, name));
}

async function synth() {
  // A first write is measured, as the stock tools' always are.
  const ours = await medians(runs, async () => {
    rmSync(join(work, 'synth'), { recursive: true, force: true });
    return synthTo('synth', example);
  });
  const [cdktf, cdk8s] = [await stock('cdktf'), await stock('cdk8s')];
  line('tapline synth', ours);
  line('npx cdktf synth', cdktf);
  line('npx cdk8s synth', cdk8s);
  target('wall time, both ÷ tapline', (cdktf.wall + cdk8s.wall) / ours.wall, '×', { atLeast: 6 });
  target('CPU, both ÷ tapline', (cdktf.cpu + cdk8s.cpu) / ours.cpu, '×', {});
  target('CPU', ours.cpu, 's', { atMost: 0.35 });
  target('memory of the largest process', ours.largest, 'MB', { atMost: 100 });
}

/** A stock tool in a copy of the repository, as its README says. */
function stock(tool) {
  const copy = join(work, 'repository');
  if (!existsSync(copy)) {
    for (const path of ['bin', 'examples', 'package.json', 'cdktf.json', 'cdk8s.yaml']) {
      cpSync(join(root, path), join(copy, path), { recursive: true });
    }
    symlinkSync(join(root, 'node_modules'), join(copy, 'node_modules'));
  }
  const env = {
    ...process.env,
    CHECKPOINT_DISABLE: '1',
    TAPLINE_CONFIG: 'examples/gitlab-meltano/platform.yaml',
  };
  delete env.TAPLINE_ENVIRONMENT;
  return medians(runs, () => measure('npx', [tool, 'synth'], { cwd: copy, env }));
}

async function validate() {
  const ours = await medians(runs, () => tapline('validate', '--file', example));
  line('tapline validate', ours);
  target('wall time', ours.wall, 's', { atMost: 0.25 });
  // Coverage names every function that ran; a module in a bundle is one, named by its path.
  const coverage = join(work, 'coverage');
  const env = { ...process.env, NODE_V8_COVERAGE: coverage };
  const modulesOf = (...rest) => {
    rmSync(coverage, { recursive: true, force: true });
    spawnSync(process.execPath, [program, ...rest], { env, stdio: 'ignore' });
    const ran = readdirSync(coverage)
      .flatMap((file) => JSON.parse(readFileSync(join(coverage, file), 'utf8')).result)
      .flatMap(({ functions }) => functions)
      .filter(({ ranges }) => ranges[0].count > 0)
      .map(({ functionName }) => functionName);
    return ran.filter((name) =>
      /node_modules\/(cdktf|cdk8s|cdk8s-plus-27|@cdktf\/[^/]+|constructs)\//.test(name),
    ).length;
  };
  const [loaded, control] = [
    modulesOf('validate', '--file', example),
    modulesOf('synth', '--file', example, '--out', join(work, 'control')),
  ];
  console.log(
    `  modules of cdktf and cdk8s that it loads: ${loaded} (synth: ${control})  ${verdict(loaded === 0 && control > 0)}`,
  );
}

async function growth() {
  const points = [];
  console.log('  pipelines  environments     wall s      CPU s   largest MB');
  for (const environments of [1, 4, 16]) {
    for (const pipelines of [10, 100, 1000]) {
      const file = generated(pipelines, environments);
      const found = await medians(runs, () => synthTo(`growth-${pipelines}-${environments}`, file));
      points.push({ environments, pipelines, ...found });
      const columns = [
        found.wall.toFixed(2).padStart(11),
        found.cpu.toFixed(2).padStart(11),
        found.largest.toFixed(0).padStart(13),
      ];
      console.log(
        `  ${String(pipelines).padStart(9)}  ${String(environments).padStart(12)}${columns.join('')}`,
      );
    }
  }
  for (const [what, unit] of [
    ['cpu', 'ms'],
    ['largest', 'MB'],
  ])
    fit(points, what, unit);
}

/**
 * Fits figure = a + b · environments + c · pipelines in all environments, by least squares. It is called at most linear where
 * the largest input takes no more than half as much again as a line through the smaller ones says.
 */
function fit(points, what, unit) {
  const scale = unit === 'ms' ? 1000 : 1;
  const row = ({ environments, pipelines }) => [1, environments, environments * pipelines];
  const largest = points.reduce((a, b) => (row(a)[2] > row(b)[2] ? a : b));
  const [a, b, c] = leastSquares(points.filter((p) => p !== largest).map((p) => [row(p), p[what] * scale]));
  const foretold = a + b * largest.environments + c * row(largest)[2];
  const ratio = (largest[what] * scale) / foretold;
  console.log(
    `  ${what === 'cpu' ? 'CPU' : 'memory'} ≈ ${a.toFixed(0)} ${unit} + ${b.toFixed(1)} ${unit} × environments + ${c.toFixed(3)} ${unit} × pipelines; ` +
      `the largest takes ${ratio.toFixed(2)} × what that says: ${ratio <= 1.5 ? 'at most linear' : 'NOT linear'}`,
  );
}

async function entities() {
  console.log('        what  count     wall s      CPU s   largest MB');
  for (const [what, lineOf] of Object.entries(kinds)) {
    const points = [];
    for (const count of [10, 100, 500]) {
      const file = withMany(what, lineOf, count);
      const found = await medians(runs, () => synthTo(`entities-${what.replace(' ', '-')}-${count}`, file));
      points.push({ count, ...found });
      const columns = [
        found.wall.toFixed(2).padStart(11),
        found.cpu.toFixed(2).padStart(11),
        found.largest.toFixed(0).padStart(13),
      ];
      console.log(`  ${what.padStart(10)}  ${String(count).padStart(5)}${columns.join('')}`);
    }
    for (const [figure, unit] of [
      ['cpu', 's'],
      ['largest', 'MB'],
    ])
      growthOf(points, figure, unit);
  }
}

/** At most linear where 500 take no more than half as much again as a line through 10 and 100 says. */
function growthOf([ten, hundred, most], figure, unit) {
  const each = (hundred[figure] - ten[figure]) / (hundred.count - ten.count);
  const foretold = hundred[figure] + Math.max(each, 0) * (most.count - hundred.count);
  const ratio = most[figure] / foretold;
  console.log(
    `  ${figure === 'cpu' ? 'CPU' : 'memory'}: ${((most[figure] - ten[figure]) / (most.count - ten.count)).toFixed(4)} ${unit} each; ` +
      `500 take ${ratio.toFixed(2)} × what 10 and 100 say: ${ratio <= 1.5 ? 'at most linear' : 'NOT linear'}`,
  );
}

function withMany(what, lineOf, count) {
  const tree = { version: 1, name: 'bench', google: { project: 'bench-data', region: 'europe-west1' } };
  // Room for the nodes of 500 pools.
  tree.network = { cidr: '10.0.0.0/12' };
  for (let i = 0; i < count; i++) {
    const path = lineOf(`item-${String(i).padStart(3, '0')}`);
    const value = path.pop();
    const last = path.pop();
    path.reduce((map, key) => (map[key] ??= {}), tree)[last] = value;
  }
  // Values are written as they stand: they are YAML already.
  const text = Object.entries(tree).flatMap(([key, value]) => render(key, value, ''));
  return inputFile(`${what.replace(' ', '-')}-${count}`, text);
}

function render(key, value, indent) {
  if (typeof value !== 'object') return [`${indent}${key}: ${value}`];
  return [
    `${indent}${key}:`,
    ...Object.entries(value).flatMap(([name, inner]) => render(name, inner, `${indent}  `)),
  ];
}

function inputFile(name, lines) {
  const file = join(work, `input-${name}`, 'platform.yaml');
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, `${lines.join('\n')}\n`);
  return file;
}

/** Coefficients that fit best, each point counted by its relative error; by the normal equations. */
function leastSquares(samples) {
  const size = samples[0][0].length;
  const matrix = Array.from({ length: size }, () => new Array(size + 1).fill(0));
  for (const [row, value] of samples) {
    const weight = 1 / value ** 2;
    row.forEach((x, i) => {
      row.forEach((y, j) => (matrix[i][j] += weight * x * y));
      matrix[i][size] += weight * x * value;
    });
  }
  for (let i = 0; i < size; i++) {
    for (let j = 0; j < size; j++) {
      if (i === j) continue;
      const factor = matrix[j][i] / matrix[i][i];
      matrix[j] = matrix[j].map((x, k) => x - factor * matrix[i][k]);
    }
  }
  return matrix.map((row, i) => row[size] / row[i]);
}

/** A configuration of that size. */
function generated(pipelines, environments) {
  const lines = [
    'version: 1',
    'name: bench',
    'google: { project: bench-data, region: europe-west1 }',
    'airflow:',
    '  main: {}',
    'meltano:',
    '  elt: {}',
    'pipelines:',
  ];
  for (let i = 0; i < pipelines; i++) {
    const name = `orders-${String(i).padStart(4, '0')}`;
    lines.push(
      `  ${name}: { meltano: elt, run: tap-postgres target-postgres, schedule: "${i % 60} ${i % 24} * * *" }`,
    );
  }
  if (environments > 1) {
    lines.push('environments:');
    for (let i = 0; i < environments; i++) {
      const name = `e${String(i).padStart(2, '0')}`;
      lines.push(`  ${name}: { google: { project: bench-data-${name} } }`);
    }
  }
  return inputFile(`${pipelines}-${environments}`, lines);
}

async function own() {
  console.log(
    '  ms of CPU, libraries loaded      load   maps  write  = own  constructs   bare cdktf  bare cdk8s   own ÷ bare',
  );
  const inputs = [
    ['examples/gitlab-meltano', example],
    ...[10, 100, 1000].map((pipelines) => [`${pipelines} pipelines`, generated(pipelines, 1)]),
  ];
  for (const [name, file] of inputs) {
    const out = `own-${name.replaceAll('/', '-')}`;
    await synthTo(out, file);
    const worker = (...rest) =>
      JSON.parse(
        execFileSync(process.execPath, [join(root, 'bench/worker.mjs'), ...rest], {
          cwd: root,
          encoding: 'utf8',
        }),
      );
    const ours = await medians(runs, () => worker('toolkit', file));
    const bare = await medians(runs, () => worker('bare', join(work, out)));
    const sum = ours.load + ours.maps + ours.write;
    const ratio = sum / (bare.cdktf + bare.cdk8s);
    const columns = [
      [ours.load, 7],
      [ours.maps, 7],
      [ours.write, 7],
      [sum, 7],
      [ours.constructs, 12],
      [bare.cdktf, 13],
      [bare.cdk8s, 12],
    ];
    const figures = columns.map(([value, width]) => value.toFixed(0).padStart(width)).join('');
    console.log(
      `  ${name.padEnd(30)}${figures}${ratio.toFixed(2).padStart(13)}  ${verdict(ratio <= 0.5, '≤ 0.5')}`,
    );
  }
}

function dags() {
  return benchDags({ root, work, runs, target });
}

async function helm() {
  const folder = join(root, '.cache', `helm-${helmVersion}`);
  const binary = join(folder, 'helm');
  if (!existsSync(binary)) {
    console.log(`  building helm ${helmVersion} (minutes, once)`);
    mkdirSync(folder, { recursive: true });
    writeFileSync(
      join(folder, 'go.mod'),
      `module tapline.invalid/helm\n\ngo 1.24.0\n\nrequire helm.sh/helm/v3 ${helmVersion}\n`,
    );
    execFileSync('go', ['build', '-mod=mod', '-ldflags', '-s -w', '-o', binary, 'helm.sh/helm/v3/cmd/helm'], {
      cwd: folder,
      stdio: 'inherit',
    });
  }
  await synthTo('helm', example);
  const chart = join(work, 'chart');
  mkdirSync(join(chart, 'templates'), { recursive: true });
  writeFileSync(join(chart, 'Chart.yaml'), 'apiVersion: v2\nname: bench\nversion: 0.0.1\n');
  const dist = join(work, 'helm/dist');
  for (const file of readdirSync(dist, { recursive: true })
    .map(String)
    .filter((name) => name.endsWith('.k8s.yaml'))) {
    const content = readFileSync(join(dist, file), 'utf8').replaceAll('{{', '{{ "{{" }}');
    writeFileSync(join(chart, 'templates', file.replaceAll('/', '-')), content);
  }
  const theirs = await medians(runs, () => measure(binary, ['template', chart], {}));
  // The charts alone, in a process of their own: what the stock tool starts, without what it costs itself.
  const env = { ...process.env, TAPLINE_CONFIG: example, CDK8S_OUTDIR: join(work, 'helm-charts') };
  const ours = await medians(runs, () =>
    measure(process.execPath, [join(root, 'bin/charts.js')], { cwd: work, env }),
  );
  const cdk8s = await stock('cdk8s');
  line('helm template, the same objects', theirs);
  line('the charts', ours);
  line('npx cdk8s synth', cdk8s);
  target('CPU, the charts ÷ helm template', ours.cpu / theirs.cpu, '×', { atMost: 3 });
  target('wall time, npx cdk8s synth ÷ the charts', cdk8s.wall / ours.wall, '×', { atLeast: 10 });
}

function line(name, { wall, cpu: seconds, largest, tree }) {
  console.log(
    `  ${name.padEnd(32)} wall ${wall.toFixed(3)} s   CPU ${seconds.toFixed(3)} s   largest process ${largest.toFixed(0)} MB   all processes ${tree.toFixed(0)} MB`,
  );
}

function target(name, value, unit, { atLeast, atMost }) {
  const figure = `${value.toFixed(2)} ${unit}`;
  if (atLeast === undefined && atMost === undefined) return console.log(`  ${name}: ${figure}`);
  const met = atLeast === undefined ? value <= atMost : value >= atLeast;
  const goal = atLeast === undefined ? `≤ ${atMost}` : `≥ ${atLeast}`;
  return console.log(`  ${name}: ${figure}  ${verdict(met, `${goal} ${unit}`)}`);
}

function verdict(met, goal = '') {
  return `(${met ? 'met' : 'NOT MET'}${goal === '' ? '' : `: ${goal}`})`;
}
