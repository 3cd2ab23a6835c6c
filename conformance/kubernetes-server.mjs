// A real Kubernetes API server on the loopback interface: built from its Go modules once, with Debian's etcd behind it
// and the upstream definitions of custom resources in it. It is ended with the check that starts it.
import { generateKeyPairSync, randomBytes } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  cached,
  filesBelow,
  freePort,
  goModule,
  must,
  root,
  run,
  start,
  temporaryFolder,
  until,
} from './support.mjs';

/** Another version is asked for by the environment: `TAPLINE_KUBERNETES_VERSION=1.35.4`. */
export const kubernetes = process.env.TAPLINE_KUBERNETES_VERSION ?? '1.33.1';

/** Modules that carry the definitions of custom resources, with full schemas. */
export const definitionModules = [
  {
    group: 'external-secrets.io',
    module: 'github.com/external-secrets/external-secrets',
    version: 'v1.3.2',
    folder: 'config/crds/bases',
  },
  {
    group: 'secrets-store.csi.x-k8s.io',
    module: 'sigs.k8s.io/secrets-store-csi-driver',
    version: 'v1.5.3',
    folder: 'config/crd/bases',
  },
  {
    group: 'gateway.networking.k8s.io',
    module: 'sigs.k8s.io/gateway-api',
    version: 'v1.4.1',
    folder: 'config/crd/standard',
  },
  {
    group: 'cert-manager.io',
    module: 'github.com/cert-manager/cert-manager',
    version: 'v1.19.1',
    folder: 'deploy/crds',
  },
  {
    group: 'monitoring.coreos.com',
    module: 'github.com/prometheus-operator/prometheus-operator',
    version: 'v0.85.0',
    folder: 'example/prometheus-operator-crd',
    files: /(prometheusrules|servicemonitors)\.yaml$/,
  },
  {
    group: 'actions.github.com',
    module: 'github.com/actions/actions-runner-controller',
    version: 'v0.27.6',
    folder: 'config/crd/bases',
    files: /actions\.github\.com_autoscalingrunnersets\.yaml$/,
  },
];

/** Builds a program of Kubernetes from its modules: `kube-apiserver`, `kube-scheduler`, `kube-controller-manager`. */
export function buildComponent(name) {
  const folder = cached(`${name}-${kubernetes}`, (target) => {
    console.log(`  building ${name} ${kubernetes} (some minutes, once)`);
    const { goMod } = goModule('k8s.io/kubernetes', `v${kubernetes}`);
    const staging = [...readFileSync(goMod, 'utf8').matchAll(/^\t(\S+) => \.\/staging\//gm)].map(
      ([, name]) => name,
    );
    const [, language] = /^go (\S+)$/m.exec(readFileSync(goMod, 'utf8'));
    const [major, minor] = kubernetes.split('.');
    writeFileSync(
      join(target, 'go.mod'),
      [
        `module tapline.invalid/${name}`,
        `go ${language}`,
        `godebug default=go${language.split('.').slice(0, 2).join('.')}`,
        `require k8s.io/kubernetes v${kubernetes}`,
        ...staging.map((name) => `replace ${name} => ${name} v0.${minor}.${kubernetes.split('.')[2]}`),
        '',
      ].join('\n'),
    );
    const version = 'k8s.io/component-base/version';
    const flags = [
      '-s -w',
      `-X ${version}.gitVersion=v${kubernetes}`,
      `-X ${version}.gitMajor=${major}`,
      `-X ${version}.gitMinor=${minor}`,
    ].join(' ');
    const output = join(target, name);
    must('go', ['build', '-mod=mod', '-ldflags', flags, '-o', output, `k8s.io/kubernetes/cmd/${name}`], {
      cwd: target,
    });
  });
  return join(folder, name);
}

/** Starts etcd; each `fresh()` gives an API server with nothing in it but the definitions. */
export async function startServer() {
  const binary = buildComponent('kube-apiserver');
  const folder = temporaryFolder('api-server');
  const [client, peer] = [await freePort(), await freePort()];
  const etcd = start('etcd', [
    ...['--data-dir', join(folder, 'etcd'), '--unsafe-no-fsync'],
    ...[
      '--listen-client-urls',
      `http://127.0.0.1:${client}`,
      '--advertise-client-urls',
      `http://127.0.0.1:${client}`,
    ],
    ...[
      '--listen-peer-urls',
      `http://127.0.0.1:${peer}`,
      '--initial-advertise-peer-urls',
      `http://127.0.0.1:${peer}`,
    ],
    ...['--initial-cluster', `default=http://127.0.0.1:${peer}`],
  ]);
  const key = join(folder, 'service-accounts.key');
  const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  writeFileSync(key, privateKey.export({ type: 'pkcs8', format: 'pem' }), { mode: 0o600 });
  const token = randomBytes(16).toString('hex');
  const tokens = join(folder, 'tokens.csv');
  writeFileSync(tokens, `${token},conformance,1,"system:masters"\n`, { mode: 0o600 });
  let count = 0;
  let previous;
  return {
    fresh: async () => {
      await previous?.stop();
      count += 1;
      const port = await freePort();
      const server = start(binary, [
        ...[`--etcd-servers=http://127.0.0.1:${client}`, `--etcd-prefix=/cluster-${count}`],
        ...[
          '--bind-address=127.0.0.1',
          `--secure-port=${port}`,
          `--cert-dir=${join(folder, 'certificates')}`,
        ],
        ...['--service-account-issuer=https://kubernetes.default.svc', `--service-account-key-file=${key}`],
        ...[`--service-account-signing-key-file=${key}`, `--token-auth-file=${tokens}`],
        // Else the server itself refuses privileged pods, and the namespaces' level is not tried.
        '--allow-privileged=true',
        ...['--authorization-mode=RBAC', '--service-cluster-ip-range=10.0.0.0/24'],
      ]);
      previous = server;
      const config = join(folder, `kubeconfig-${count}.json`);
      writeFileSync(config, JSON.stringify(kubeconfig(port, token)), { mode: 0o600 });
      const kubectl = (args, options) =>
        run('kubectl', args, {
          ...options,
          env: { ...process.env, KUBECONFIG: config, KUBECACHEDIR: join(folder, `cache-${count}`) },
        });
      await until(() => kubectl(['get', '--raw', '/readyz']).status === 0, {
        what: 'kube-apiserver is ready',
        processes: [etcd, server],
      });
      installDefinitions(kubectl);
      // For programs that talk to the server themselves: the configuration, and the key that signs tokens.
      return Object.assign(kubectl, { config, signingKey: key });
    },
  };
}

function kubeconfig(port, token) {
  const cluster = { server: `https://127.0.0.1:${port}`, 'insecure-skip-tls-verify': true };
  return {
    apiVersion: 'v1',
    kind: 'Config',
    clusters: [{ name: 'conformance', cluster }],
    users: [{ name: 'conformance', user: { token } }],
    contexts: [{ name: 'conformance', context: { cluster: 'conformance', user: 'conformance' } }],
    'current-context': 'conformance',
  };
}

function installDefinitions(kubectl) {
  const own = join(root, 'conformance/crds');
  const folders = [
    ...definitionModules.map(({ module, version, folder, files = /\.yaml$/ }) => ({
      folder: join(goModule(module, version).folder, folder),
      files,
    })),
    ...(existsSync(own) ? [{ folder: own, files: /\.yaml$/ }] : []),
  ];
  for (const { folder, files } of folders) {
    for (const file of filesBelow(folder).filter((name) => files.test(name) && !name.includes('kustom'))) {
      const applied = kubectl(['apply', '--server-side', '-f', join(folder, file)]);
      if (applied.status !== 0) throw new Error(`${file}: ${applied.said}`);
    }
  }
  const established = kubectl(['wait', '--for=condition=Established', '--timeout=60s', 'crd', '--all']);
  if (established.status !== 0) throw new Error(established.said);
}
