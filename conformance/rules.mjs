// Proves by Prometheus' own promtool that every rule of the outputs is taken, fires when it should and is silent when
// it should; and that tapline refuses the same expressions as promtool does. Needs Go (promtool is built from its module
// once, some minutes).
import { readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { build } from 'esbuild';
import { stringify } from 'yaml';
import { cases } from './rule-cases.mjs';
import {
  cached,
  check,
  clusterFolders,
  examples,
  hasCommand,
  main,
  must,
  notRun,
  readManifests,
  root,
  run,
  synthesize,
  synthesizeFile,
  temporaryFolder,
} from './support.mjs';

/** Release 3.5; as a module of Go it counts otherwise. */
const version = 'v0.305.0';

await main('rules by promtool', async () => {
  if (!hasCommand('go')) return notRun('all of it', 'go is missing');
  const promtool = buildPromtool();
  await checkExpressions(promtool);
  await checkRules(promtool);
});

function buildPromtool() {
  const folder = cached('promtool-3.5.0', (target) => {
    console.log('  building promtool 3.5.0 (some minutes, once)');
    const goMod = [
      'module tapline.invalid/promtool',
      'go 1.24',
      `require github.com/prometheus/prometheus ${version}`,
      '',
    ];
    writeFileSync(join(target, 'go.mod'), goMod.join('\n'));
    const program = 'github.com/prometheus/prometheus/cmd/promtool';
    must('go', ['build', '-mod=mod', '-ldflags', '-s -w', '-o', join(target, 'promtool'), program], {
      cwd: target,
    });
  });
  return join(folder, 'promtool');
}

/** Both judge the corpus of the tests; each expression is a file, and promtool names those that it refuses. */
async function checkExpressions(promtool) {
  const { taken, refused } = JSON.parse(readFileSync(join(root, 'test/fixtures/promql.json'), 'utf8'));
  const checker = join(
    cached('promql-checker', () => undefined),
    'checker.cjs',
  );
  await build({
    entryPoints: [join(root, 'src/config/promql.ts')],
    outfile: checker,
    bundle: true,
    platform: 'node',
    format: 'cjs',
    logLevel: 'error',
  });
  const { promqlProblem } = createRequire(import.meta.url)(checker);
  const folder = temporaryFolder('expressions');
  const differing = [...taken, ...Object.keys(refused)].filter((expr, i) => {
    const file = join(folder, `${i}.yaml`);
    writeFileSync(file, stringify({ groups: [{ name: 'one', rules: [{ alert: 'one', expr }] }] }));
    const byPromtool = run(promtool, ['check', 'rules', file]).status === 0;
    return byPromtool !== (promqlProblem(expr) === undefined);
  });
  const count = taken.length + Object.keys(refused).length;
  check(
    `tapline and promtool agree about ${count} expressions, ${Object.keys(refused).length} of them refused`,
    differing.length === 0,
    differing.join('\n'),
  );
}

async function checkRules(promtool) {
  const out = temporaryFolder('rules');
  for (const example of examples()) synthesize(example, join(out, example));
  synthesizeFile(join(root, 'conformance/platforms/monitoring.yaml'), join(out, 'monitoring'));
  let found = 0;
  for (const folder of clusterFolders(out)) {
    const objects = await readManifests(folder);
    for (const object of objects.filter(({ kind }) => ['Rules', 'PrometheusRule'].includes(kind))) {
      found += 1;
      testObject(promtool, object, objects);
    }
  }
  check('there are rules of both kinds', found >= 2, String(found));
}

function testObject(promtool, { kind, metadata, spec }, objects) {
  const name = `${kind} ${metadata.namespace}/${metadata.name}`;
  const folder = temporaryFolder('promtool');
  const file = join(folder, 'rules.yaml');
  writeFileSync(file, stringify({ groups: spec.groups }));
  const taken = run(promtool, ['check', 'rules', file]);
  const rules = spec.groups.flatMap((group) => group.rules);
  check(`${name}: promtool takes ${rules.length} rules`, taken.status === 0, taken.said);
  const instances = objects
    .filter(({ kind: other }) => ['PodMonitoring', 'ServiceMonitor'].includes(other))
    .map((object) => object.metadata.labels['app.kubernetes.io/instance']);
  for (const rule of rules) {
    const known = Object.keys(cases).find((end) => rule.alert.endsWith(end));
    if (known === undefined) {
      check(`${name}: ${rule.alert} is tried`, false, 'no case is known for it: add one to `cases`');
      continue;
    }
    const instance = instances.find((key) => rule.alert.startsWith(`airflow-${key}-`)) ?? '';
    const tries = cases[known](instance);
    const tests = tries.map(({ fires, series, at, labels = {}, value = '' }) => ({
      interval: '30s',
      input_series: series,
      alert_rule_test: [
        {
          eval_time: at,
          alertname: rule.alert,
          exp_alerts: fires
            ? [
                {
                  exp_labels: { ...labels, ...rule.labels },
                  exp_annotations: filled(rule.annotations, labels, value),
                },
              ]
            : [],
        },
      ],
    }));
    const testFile = join(folder, 'test.yaml');
    writeFileSync(testFile, stringify({ rule_files: [file], evaluation_interval: '30s', tests }));
    const tried = run(promtool, ['test', 'rules', testFile]);
    const firing = tries.filter(({ fires }) => fires).length;
    check(
      `${name}: ${rule.alert} fires in ${firing} cases and is silent in ${tries.length - firing}`,
      tried.status === 0 && firing > 0 && firing < tries.length,
      tried.said,
    );
  }
}

function filled(annotations, labels, value) {
  return Object.fromEntries(
    Object.entries(annotations).map(([name, text]) => [
      name,
      text
        .replace(/\{\{ \$labels\.(\w+) \}\}/g, (_, label) => labels[label] ?? '')
        .replace(/\{\{ \$value \}\}/g, value),
    ]),
  );
}
