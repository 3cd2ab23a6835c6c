import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { doctor } from '../../src/cli/commands/doctor';
import type { Said } from '../../src/doctor';
import { capture } from '../support/capture';

const folder = mkdtempSync(join(tmpdir(), 'tapline-doctor-'));
const file = join(folder, 'platform.yaml');
writeFileSync(
  file,
  `
version: 1
name: acme
google: { project: acme-data, region: europe-west1 }
secretDelivery: external-secrets
secrets: { taps: { keys: [token, other], namespaces: [a, b] } }
namespaces: { a: {}, b: {} }
meltano:
  x: { namespace: a, env: { T: { secret: taps/token } } }
  y: { namespace: b, env: { T: { secret: taps/token } } }
`,
);
afterAll(() => {
  rmSync(folder, { recursive: true });
});

const ok = (value: unknown): Said => ({
  status: 0,
  stdout: typeof value === 'string' ? value : JSON.stringify(value),
  stderr: '',
});
const failing = (stderr: string): Said => ({ status: 1, stdout: '', stderr });
const missing: Said = { status: null, stdout: '', stderr: '' };
const kinds: Record<string, Record<string, string>> = {
  v1: { Namespace: 'namespaces', ServiceAccount: 'serviceaccounts' },
  'networking.k8s.io/v1': { NetworkPolicy: 'networkpolicies' },
  'external-secrets.io/v1': { ExternalSecret: 'externalsecrets', SecretStore: 'secretstores' },
};
const secret = (token: string) => ({ data: { token, other: 'bw==' } });

/** A machine and a cluster where everything is well; each test says what is not. */
const well: Record<string, (input?: string) => Said> = {
  'kubectl version': () => ok({ clientVersion: { gitVersion: 'v1.33.1' } }),
  'terraform version': () => ok({ terraform_version: '1.11.4' }),
  'gcloud version': () => ok({ 'Google Cloud SDK': '540.0.0' }),
  'gcloud auth': () => ok('token'),
  'gcloud storage': () => ok('acme-data-acme-tfstate'),
  '/version': () => ok({ gitVersion: 'v1.33.1-gke.1' }),
  'get deployments': () => ok({ items: [{ status: { availableReplicas: 1 } }] }),
  'get namespaces': () =>
    ok({
      items: ['a', 'b'].map((name) => ({
        metadata: { name, labels: { 'pod-security.kubernetes.io/enforce': 'restricted' } },
      })),
    }),
  'get secret': () => ok(secret('dA==')),
  'create --filename=-': (input = '') =>
    ok((JSON.parse(input).items as unknown[]).map(() => 'true').join('\n')),
};

async function look(changes: Record<string, (input?: string) => Said> = {}, options = {}) {
  const answers = { ...changes, ...well, ...changes };
  const asked: string[] = [];
  const run = (command: string, args: readonly string[], input?: string): Said => {
    const line = [command, ...args].join(' ');
    asked.push(line);
    const api = /--raw \/apis?\/(\S+)$/.exec(line)?.[1];
    const known = Object.keys(answers).find((part) => line.includes(part));
    if (known !== undefined) return answers[known]!(input);
    if (api === undefined) throw new Error(line);
    const resources = Object.entries(kinds[api] ?? {}).map(([kind, name]) => ({ kind, name }));
    return resources.length === 0 ? failing('NotFound') : ok({ resources });
  };
  const said = await capture(() => {
    doctor({ file, json: true, ...options }, run);
  });
  const { findings, healthy } = JSON.parse(said.stdout) as { findings: any[]; healthy: boolean };
  const bad = findings.filter(({ verdict }) => verdict !== 'ok');
  return { bad, healthy, said, asked, ids: findings.map(({ id }) => id as string) };
}

describe('tapline doctor', () => {
  it('finds nothing where everything is there, and says what it looked at', async () => {
    const { bad, healthy, said, ids, asked } = await look();
    expect(bad).toEqual([]);
    expect(healthy).toBe(true);
    expect(said.exitCode).toBeUndefined();
    expect(said.stderr).toContain('Nothing stands in the way');
    expect(ids).toEqual(
      expect.arrayContaining([
        'node',
        'kubectl',
        'terraform',
        'credentials',
        'state-bucket',
        'reachable',
        'api external-secrets.io/v1',
        'operator external-secrets',
        'namespace a',
        'permissions',
        'secret b/taps',
      ]),
    );
    expect(asked).toContainEqual(expect.stringContaining('--context gke_acme-data_europe-west1_acme'));
  });

  it.each([
    [
      'a program that is missing',
      { 'terraform version': () => missing, 'tofu version': () => missing },
      'terraform',
      /Terraform is not there/,
      /OpenTofu/,
    ],
    [
      'a program that is too old',
      { 'kubectl version': () => ok({ clientVersion: { gitVersion: 'v1.27.3' } }) },
      'kubectl',
      /1\.27\.3 is too old/,
      /1\.29/,
    ],
    [
      'no credentials',
      { 'gcloud auth': () => failing('ERROR: no credentials') },
      'credentials',
      /no credentials/,
      /gcloud auth application-default login/,
    ],
    [
      'a cluster that does not answer',
      { '/version': () => failing('dial tcp: i/o timeout') },
      'reachable',
      /i\/o timeout/,
      /get-credentials acme --location europe-west1/,
    ],
    [
      'an operator that is not installed',
      { '/apis/external-secrets.io/v1': () => failing('NotFound') },
      'api external-secrets.io/v1',
      /is not served/,
      /helm install external-secrets/,
    ],
    [
      'a Secret that is missing',
      { 'get secret': () => ok('') },
      'secret a/taps',
      /is not there/,
      /ExternalSecret/,
    ],
    [
      'a key without a value',
      { 'get secret': () => ok({ data: { token: '', other: 'bw==' } }) },
      'secret a/taps',
      /nothing under token/,
      /ExternalSecret/,
    ],
    [
      'other values in another namespace',
      { 'namespace=b --ignore': () => ok(secret('eA==')) },
      'secret b/taps',
      /other values in b than in a/,
      /ExternalSecret/,
    ],
  ] as [string, Record<string, () => Said>, string, RegExp, RegExp][])(
    'fails on %s, and says how to mend it',
    async (_what, changes, id, text, fix) => {
      const { bad, healthy, said } = await look(changes);
      expect(bad).toContainEqual(
        expect.objectContaining({
          id,
          verdict: 'failed',
          text: expect.stringMatching(text),
          fix: expect.stringMatching(fix),
        }),
      );
      expect(healthy).toBe(false);
      expect(said.exitCode).toBe(3);
    },
  );

  it('fails on objects that one may not apply, by kind and namespace', async () => {
    const { bad } = await look({
      'create --filename=-': (input = '') =>
        ok(
          (JSON.parse(input).items as any[])
            .map(({ spec }) => String(spec.resourceAttributes.resource !== 'networkpolicies'))
            .join('\n'),
        ),
    });
    expect(bad).toMatchObject([
      {
        id: 'permissions',
        text: expect.stringContaining('create/get/patch networkpolicies.networking.k8s.io in a'),
      },
    ]);
  });

  it('warns of what is not there yet, and goes on without it', async () => {
    const { bad, healthy } = await look({
      'get namespaces': () => ok({ items: [] }),
      'gcloud storage': () => failing('ERROR: not found: 404'),
      'get deployments': () => ok({ items: [] }),
    });
    expect(healthy).toBe(true);
    expect(bad.map(({ id, verdict }) => [id, verdict])).toEqual([
      ['state-bucket', 'warning'],
      ['operator external-secrets', 'warning'],
      ['namespace a', 'warning'],
      ['namespace b', 'warning'],
    ]);
  });

  it('shows no value of a secret, in text or JSON', async () => {
    const { said } = await look({ 'namespace=b --ignore': () => ok(secret('c2VjcmV0')) });
    expect(said.stdout + said.stderr).not.toMatch(/c2VjcmV0|dA==/);
  });

  it('fails where the named cluster does not exist', () => {
    expect(() => {
      doctor({ file, cluster: 'runner' }, () => missing);
    }).toThrow('--cluster: found runner, allowed platform.');
  });
});
