import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { manifestsOf, synth } from './platform-fixture';

const { parse } = createRequire(__filename)('smol-toml') as { parse: (text: string) => any };

const manifests: any[] = manifestsOf(
  synth(`
version: 1
name: acme
google: { project: acme-data, region: europe-west1 }
secretDelivery: external-secrets
cluster: { nodePools: { main: {}, ci: { dedicated: true } } }
secrets:
  gitlab: { keys: [token] }
  github: { keys: [github_app_id, github_app_installation_id, github_app_private_key] }
gitlabRunners:
  data:
    token: { secret: gitlab/token }
    serviceAccount: data-runner
    concurrent: 10
    checkIntervalSeconds: 30
    outputLimitKb: 4096
    pollTimeoutSeconds: 180
    jobs: { image: docker.io/library/ubuntu:24.04, pool: ci, egress: [{ cidr: 10.138.0.0/20, ports: [5432] }] }
githubRunners:
  elt: { url: "https://github.com/acme/elt", secret: github, maxRunners: 3, jobs: { pool: ci } }
`),
);
const one = (kind: string, name: string) =>
  manifests.find((manifest) => manifest.kind === kind && manifest.metadata.name.startsWith(name));

describe('a GitLab Runner', () => {
  const text = one('ConfigMap', 'gitlab-runner-data').data['config.toml'];
  const config = parse(text);
  const [runner] = config.runners;
  const pod = one('Deployment', 'gitlab-runner-data').spec.template.spec;

  /** What a values file of the chart of 2020 said, and where it is today. */
  it.each([
    ['checkInterval', 30, () => config.check_interval],
    ['concurrent', 10, () => config.concurrent],
    ['gitlabUrl', 'https://gitlab.com', () => runner.url],
    ['metrics.enabled', ':9252', () => config.listen_address],
    ['rbac.clusterWideAccess', undefined, () => one('ClusterRole', 'gitlab')],
    ['rbac.serviceAccountName', 'data-runner', () => pod.serviceAccountName],
    ['runners.image', 'docker.io/library/ubuntu:24.04', () => runner.kubernetes.image],
    ['runners.outputLimit', 4096, () => runner.output_limit],
    ['runners.pollTimeout', 180, () => runner.kubernetes.poll_timeout],
    ['runners.privileged', false, () => runner.kubernetes.privileged],
    ['hostAliases', undefined, () => pod.hostAliases],
    ['affinity', undefined, () => pod.affinity],
    ['nodeSelector', undefined, () => pod.nodeSelector],
    [
      'podAnnotations',
      undefined,
      () => one('Deployment', 'gitlab-runner-data').spec.template.metadata.annotations,
    ],
    [
      'runners.builds',
      { request: '500m', limit: '1000m' },
      () => ({ request: runner.kubernetes.cpu_request, limit: runner.kubernetes.cpu_limit }),
    ],
    ['runners.cache', undefined, () => runner.cache],
    ['runners.helpers', '256Mi', () => runner.kubernetes.helper_memory_limit],
    ['runners.services', '256Mi', () => runner.kubernetes.service_memory_limit],
    ['securityContext.fsGroup', 65533, () => pod.securityContext.fsGroup],
    // 100 may be somebody on the node.
    ['securityContext.runAsUser', 10100, () => pod.containers[0].securityContext.runAsUser],
    // Pod Security took the place of Pod Security Policies.
    [
      'rbac.podSecurityPolicy',
      'restricted',
      () => one('Namespace', 'acme').metadata.labels['pod-security.kubernetes.io/enforce'],
    ],
    // What the node holds already is not pulled again, and a tag that moved is.
    ['imagePullPolicy', 'always', () => runner.kubernetes.pull_policy],
    // Tags are set where the runner is made, and so no longer here.
    ['runners.tags', undefined, () => runner.tag_list],
    // A token that GitLab gives takes the place of one that registers.
    ['runnerRegistrationToken', '', () => runner.token],
  ] as [string, unknown, () => unknown][])('%s is %p', (_name, expected, actual) => {
    expect(actual()).toEqual(expected);
  });

  it('gets its token at its start from a file, and the ConfigMap holds none', () => {
    const [script] = pod.containers[0].command.slice(-1);
    expect(script).toContain('/run/secrets/gitlab/token');
    expect(pod.volumes).toContainEqual({ name: 'config', emptyDir: { medium: 'Memory', sizeLimit: '1Mi' } });
    expect(text.split('\n').filter((line: string) => line.startsWith('token = '))).toEqual(['token = ""']);
  });

  it('makes pods of jobs that restricted admits, on their pool, as an account of their own without a token', () => {
    const { kubernetes } = runner;
    expect(kubernetes).toMatchObject({
      service_account: 'gitlab-jobs-data',
      automount_service_account_token: false,
      allow_privilege_escalation: false,
      node_selector: { 'tapline.dev/pool': 'ci' },
      node_tolerations: { 'tapline.dev/pool=ci': 'NoSchedule' },
      pod_security_context: { run_as_non_root: true, seccomp_profile: { type: 'RuntimeDefault' } },
    });
    for (const part of ['build', 'helper', 'service', 'init_permissions']) {
      expect(kubernetes[`${part}_container_security_context`]).toMatchObject({
        privileged: false,
        allow_privilege_escalation: false,
        run_as_user: 10001,
        capabilities: { drop: ['ALL'] },
      });
    }
  });

  it('has rights in its own namespace alone, and no job may choose another place, account or user', () => {
    expect(one('RoleBinding', 'gitlab-runner-data').subjects).toEqual([
      { kind: 'ServiceAccount', name: 'data-runner', namespace: 'acme' },
    ]);
    expect(Object.keys(runner.kubernetes).filter((key) => key.endsWith('_overwrite_allowed'))).toEqual([]);
  });

  it('jobs reach what is asked for, and only Prometheus reaches the runner', () => {
    const jobs = one('NetworkPolicy', 'gitlab-jobs-data').spec;
    expect(jobs.podSelector.matchLabels).toEqual(runner.kubernetes.pod_labels);
    expect(jobs.ingress).toBeUndefined();
    expect(jobs.egress).toContainEqual({
      to: [{ ipBlock: { cidr: '10.138.0.0/20' } }],
      ports: [{ port: 5432, protocol: 'TCP' }],
    });
    expect(one('NetworkPolicy', 'gitlab-runner-data').spec.ingress).toHaveLength(1);
  });
});

describe('the start of a GitLab Runner', () => {
  const folder = mkdtempSync(join(tmpdir(), 'tapline-runner-'));
  afterAll(() => {
    rmSync(folder, { recursive: true });
  });

  it('puts the token into the configuration as it is, and ends with the last job when it is told to end', async () => {
    const token = 'glrt-t3_a&b\\1$HOME/"';
    const container = one('Deployment', 'gitlab-runner-data').spec.template.spec.containers[0];
    const text = one('ConfigMap', 'gitlab-runner-data').data['config.toml'];
    writeFileSync(join(folder, 'token'), token);
    writeFileSync(join(folder, 'template.toml'), text);
    // Stands for the runner, which ends with its last job at SIGQUIT.
    writeFileSync(
      join(folder, 'gitlab-runner'),
      '#!/bin/sh\ntrap "echo drained; exit 7" QUIT\necho started\nwhile :; do sleep 0.05; done\n',
      { mode: 0o755 },
    );
    const script = (container.command[2] as string)
      .replaceAll('$$(', '$(')
      .replaceAll('/run/secrets/gitlab/token', join(folder, 'token'))
      .replaceAll('/etc/gitlab-runner-template/config.toml', join(folder, 'template.toml'))
      .replaceAll('/run/gitlab-runner/config.toml', join(folder, 'config.toml'));
    const shell = spawn('/bin/sh', ['-ec', script], { env: { PATH: `${folder}:${process.env.PATH}` } });
    let said = '';
    const ended = new Promise((done) => shell.once('exit', done));
    await new Promise<void>((done) => {
      shell.stdout.on('data', (chunk) => {
        said += String(chunk);
        if (said.includes('started')) done();
      });
    });
    expect(container.lifecycle.preStop.exec.command[2]).toMatch(/^kill -QUIT 1;/);
    shell.kill('SIGQUIT');
    expect(await ended).toBe(7);
    expect(said).toContain('drained');
    const written = readFileSync(join(folder, 'config.toml'), 'utf8');
    expect(written).toBe(text.replace('token = ""', () => `token = "${token}"`));
  });
});

describe('runners of GitHub Actions', () => {
  const set = one('AutoscalingRunnerSet', 'elt');

  it('are a set of the version of the controller, which deletes any other', () => {
    expect(set).toMatchObject({
      apiVersion: 'actions.github.com/v1alpha1',
      metadata: {
        labels: { 'app.kubernetes.io/version': '0.14.2', 'actions.github.com/scale-set-name': 'elt' },
      },
      spec: {
        githubConfigUrl: 'https://github.com/acme/elt',
        githubConfigSecret: 'github',
        runnerScaleSetName: 'elt',
        minRunners: 0,
        maxRunners: 3,
      },
    });
  });

  it('run as an account of their own that reads no secret, and on their pool', () => {
    const { spec, metadata } = set.spec.template;
    expect(spec.serviceAccountName).toBe('github-jobs-elt');
    expect(spec.nodeSelector).toEqual({ 'tapline.dev/pool': 'ci' });
    expect(one('NetworkPolicy', 'github-jobs-elt').spec.podSelector.matchLabels).toEqual({
      'app.kubernetes.io/name': metadata.labels['app.kubernetes.io/name'],
      'app.kubernetes.io/instance': metadata.labels['app.kubernetes.io/instance'],
    });
    expect(one('ExternalSecret', 'github').spec.secretStoreRef.name).toBe('github-secret-elt');
  });

  it('give the controller its rights in the namespace, as long as it has something to take down', () => {
    expect(one('RoleBinding', 'elt-controller')).toMatchObject({
      metadata: { finalizers: ['actions.github.com/cleanup-protection'] },
      subjects: [{ kind: 'ServiceAccount', name: 'arc-gha-rs-controller', namespace: 'arc-systems' }],
    });
    expect(set.metadata.annotations['actions.github.com/cleanup-manager-role-name']).toBe('elt-controller');
  });
});
