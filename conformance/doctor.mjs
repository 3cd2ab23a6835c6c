// Proves that `tapline doctor` tells the truth about a real Kubernetes API server: what is there, what is missing, and
// what one may not do there. The server is that of api-server.mjs.
import { spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { startServer } from './kubernetes-server.mjs';
import {
  check,
  hasCommand,
  main,
  needDebian,
  notRun,
  root,
  synthesizeFile,
  temporaryFolder,
} from './support.mjs';

const platform = join(root, 'conformance/platforms/monitoring.yaml');

await main('tapline doctor against a real API server', async () => {
  if (!hasCommand('kubectl')) return notRun('all of it', 'kubectl is missing');
  if (!hasCommand('go')) return notRun('all of it', 'go is missing');
  needDebian(['etcd-server'], () => hasCommand('etcd'));
  const server = await startServer();
  const kubectl = await server.fresh();
  const folder = temporaryFolder('doctor');
  synthesizeFile(platform, folder);
  const look = (config = kubectl.config) => {
    const said = spawnSync(
      process.execPath,
      [join(root, 'bin/tapline.js'), 'doctor', '--file', platform, '--context', 'conformance', '--json'],
      { encoding: 'utf8', env: { ...process.env, KUBECONFIG: config } },
    );
    const { findings } = JSON.parse(said.stdout);
    return { ...said, of: (id) => findings.find((finding) => finding.id === id), findings };
  };
  const expected = (what, look_, id, verdict, text) => {
    const found = look_.of(id);
    check(what, found?.verdict === verdict && text.test(found.text), JSON.stringify(found ?? look_.stderr));
  };

  const empty = look();
  expected('the server answers, and its version is told', empty, 'reachable', 'ok', /1\.33\.1/);
  expected(
    'a namespace that is not there yet is told',
    empty,
    'namespace production',
    'warning',
    /not there yet/,
  );
  expected(
    'what an administrator may do is told',
    empty,
    'permissions',
    'ok',
    /you may apply all \d+ objects/,
  );
  expected('a Secret that is missing is told', empty, 'secret ci/gitlab', 'failed', /is not there/);
  check('the exit code says that something is to mend', empty.status === 3, String(empty.status));

  kubectl(['apply', '--server-side', '-R', '-f', join(folder, 'dist')]);
  kubectl([
    'create',
    'secret',
    'generic',
    'gitlab',
    '--namespace=ci',
    '--from-literal=token=conformance-secret',
  ]);
  kubectl(['create', 'secret', 'generic', 'github', '--namespace=ci', '--from-literal=github_app_id=1']);
  const applied = look();
  expected('a namespace that is there is well', applied, 'namespace production', 'ok', /restricted/);
  expected('a Secret with its key is well', applied, 'secret ci/gitlab', 'ok', /has its key/);
  expected(
    'a Secret that lacks keys is told',
    applied,
    'secret ci/github',
    'failed',
    /github_app_private_key/,
  );
  for (const api of ['external-secrets.io/v1', 'monitoring.coreos.com/v1', 'actions.github.com/v1alpha1'])
    expected(`${api} is served`, applied, `api ${api}`, 'ok', /is served/);
  expected(
    'an operator that does not run is told',
    applied,
    'operator external-secrets',
    'warning',
    /nothing runs/,
  );
  check(
    'no value of a Secret is shown',
    !`${applied.stdout}${applied.stderr}`.includes('conformance-secret'),
  );

  kubectl(['delete', 'crd', 'autoscalingrunnersets.actions.github.com']);
  const without = look();
  expected(
    'a definition that is missing is told',
    without,
    'api actions.github.com/v1alpha1',
    'failed',
    /is not served/,
  );
  check(
    'and how its operator is installed',
    /helm install arc .*gha-runner-scale-set-controller --version 0\.14\.2/.test(
      without.of('api actions.github.com/v1alpha1')?.fix ?? '',
    ),
  );

  kubectl(['create', 'serviceaccount', 'reader', '--namespace=ci']);
  kubectl(['create', 'clusterrolebinding', 'reader', '--clusterrole=view', '--serviceaccount=ci:reader']);
  const token = kubectl(['create', 'token', 'reader', '--namespace=ci']).stdout.trim();
  const config = JSON.parse(readFileSync(kubectl.config, 'utf8'));
  config.users[0].user = { token };
  const asReader = join(folder, 'reader.json');
  writeFileSync(asReader, JSON.stringify(config), { mode: 0o600 });
  const reader = look(asReader);
  expected('what a reader may not do is told', reader, 'permissions', 'failed', /create.*patch namespaces/);
  expected(
    'a Secret that a reader cannot see is left out',
    reader,
    'secret ci/gitlab',
    'skipped',
    /cannot be seen/,
  );

  checkTemplate(kubectl, folder);

  const elsewhere = join(folder, 'elsewhere.json');
  config.clusters[0].cluster.server = 'https://127.0.0.1:1';
  writeFileSync(elsewhere, JSON.stringify(config), { mode: 0o600 });
  expected(
    'a server that does not answer is told',
    look(elsewhere),
    'reachable',
    'failed',
    /does not answer/,
  );
});

/** Kubernetes refuses every Secret of the template until it is filled in. */
function checkTemplate(kubectl, folder) {
  const file = join(folder, 'manual.yaml');
  writeFileSync(
    file,
    [
      'version: 1',
      'name: acme',
      'google: { project: acme-data, region: europe-west1 }',
      'secretDelivery: manual',
      'namespaces: { production: {}, ci: {} }',
      'secrets: { taps: { keys: [token, pass.word], namespaces: [production, ci] } }',
      'meltano:',
      '  one: { namespace: production, env: { T: { secret: taps/token } } }',
      '  two: { namespace: ci, env: { T: { secret: taps/token } } }',
      '',
    ].join('\n'),
  );
  const said = spawnSync(
    process.execPath,
    [join(root, 'bin/tapline.js'), 'secrets', 'template', '--file', file],
    {
      encoding: 'utf8',
    },
  );
  const apply = (input) => kubectl(['apply', '--server-side', '-f', '-'], { input });
  const raw = apply(said.stdout);
  const refused = (raw.stderr.match(/illegal base64|base64/g) ?? []).length;
  check(
    'the template of two Secrets is refused as it is',
    raw.status !== 0 && refused >= 2 && !raw.stdout.includes('serverside-applied'),
    raw.said,
  );
  const filled = apply(said.stdout.replace(/<.*>/g, Buffer.from('filled').toString('base64')));
  check('and taken once it is filled in', filled.status === 0, filled.said);
  const read = kubectl(['get', 'secret', 'taps', '-n', 'ci', '-o', 'jsonpath={.data.pass\\.word}']).stdout;
  check('with every key', Buffer.from(read, 'base64').toString() === 'filled', read);
}
