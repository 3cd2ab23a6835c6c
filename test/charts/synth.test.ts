import { readFileSync } from 'node:fs';
import {
  everything,
  manifestsOf,
  podOf,
  synth,
  type TestContainer,
  type TestManifest,
} from './platform-fixture';

const addon = synth(everything('addon'));
const git = 'dags: { git: { url: "https://example.com/dags.git", ref: v1, path: ./airflow/dags/ } }';
const platforms = {
  'the add-on': addon,
  'External Secrets': synth(everything('external-secrets')),
  'secrets by hand': synth(everything('manual')),
  'DAGs from git': synth(everything('addon', `    ${git}`)),
  'the minimal example': synth(readFileSync('examples/minimal/platform.yaml', 'utf8')),
  'the GitLab example': synth(readFileSync('examples/gitlab-meltano/platform.yaml', 'utf8')),
};

it('writes one file per chart, in the order of applying', () => {
  expect(addon.files.map(({ path }) => path)).toEqual([
    'platform/00-namespaces.k8s.yaml',
    'platform/10-identities.k8s.yaml',
    'platform/20-secrets.k8s.yaml',
    'platform/30-network-policies.k8s.yaml',
    'platform/40-databases.k8s.yaml',
    'platform/50-airflow-main.k8s.yaml',
    'platform/60-meltano-elt.k8s.yaml',
  ]);
});

it('writes no file for an empty chart', () => {
  const bare = synth('version: 1\nname: bare\ngoogle: { project: bare-data, region: europe-west1 }\n');
  expect(bare.files.map(({ path }) => path)).toEqual([
    'platform/00-namespaces.k8s.yaml',
    'platform/30-network-policies.k8s.yaml',
  ]);
});

it('gives the same bytes again, whatever the variables of cdk8s say', () => {
  const before = { ...process.env };
  try {
    Object.assign(process.env, {
      CDK8S_DISABLE_SORT: '1',
      CDK8S_OUTDIR: '/nowhere',
      CDK8S_RECORD_CONSTRUCT_METADATA: 'true',
    });
    expect(synth(everything('addon'))).toEqual(addon);
  } finally {
    process.env = before;
  }
});

describe.each(Object.entries(platforms))('with %s', (_, synthesized) => {
  const manifests = manifestsOf(synthesized);
  const workloads = manifests.flatMap((manifest) => {
    const pod = podOf(manifest);
    return pod === undefined ? [] : [{ manifest, pod }];
  });
  const named = (kind: string, namespace: string | undefined): string[] =>
    manifests
      .filter((m) => m.kind === kind && m.metadata.namespace === namespace)
      .map((m) => m.metadata.name);

  it('names every object and its namespace, and each only once', () => {
    const ids = manifests.map((m) => `${m.kind}/${m.metadata.namespace ?? ''}/${m.metadata.name}`);
    expect(new Set(ids).size).toBe(ids.length);
    const namespaces = named('Namespace', undefined);
    for (const m of manifests) {
      if (m.kind !== 'Namespace') expect(namespaces).toContain(m.metadata.namespace);
    }
  });

  it('gives every object the recommended labels', () => {
    for (const m of manifests) {
      for (const label of ['name', 'instance', 'component', 'part-of', 'managed-by']) {
        expect(m.metadata.labels[`app.kubernetes.io/${label}`]).toMatch(
          /^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/,
        );
      }
    }
  });

  it('hardens every container, init containers and sidecars included', () => {
    for (const container of workloads.flatMap(({ pod }) => containersOf(pod))) {
      expect(container).toMatchObject({
        imagePullPolicy: 'Always',
        resources: {
          requests: { cpu: expect.any(String), memory: expect.any(String) },
          limits: { cpu: expect.any(String), memory: expect.any(String) },
        },
        securityContext: {
          allowPrivilegeEscalation: false,
          capabilities: { drop: ['ALL'] },
          privileged: false,
          readOnlyRootFilesystem: true,
          runAsNonRoot: true,
          seccompProfile: { type: 'RuntimeDefault' },
        },
      });
    }
  });

  it('names every port of a pod only once, and no two containers listen on one', () => {
    for (const { pod } of workloads) {
      const ports = containersOf(pod).flatMap((container) => container.ports ?? []);
      expect(new Set(ports.map(({ name }) => name)).size).toBe(ports.length);
      expect(new Set(ports.map(({ containerPort }) => containerPort)).size).toBe(ports.length);
    }
  });

  it('bounds every folder that can be written', () => {
    for (const volume of workloads.flatMap(({ pod }) => pod.spec.volumes ?? [])) {
      if (volume.emptyDir !== undefined) expect(volume.emptyDir.sizeLimit).toMatch(/^\d+[MG]i$/);
    }
  });

  it('starts the proxy first and as a native sidecar in every pod with a database', () => {
    const proxied = workloads.filter(({ pod }) => pod.spec.initContainers !== undefined);
    expect(proxied.length).toBeGreaterThan(0);
    for (const { pod } of proxied) {
      expect(pod.spec.initContainers?.[0]).toMatchObject({
        name: 'cloud-sql-proxy',
        restartPolicy: 'Always',
      });
    }
  });

  it('refers only to service accounts, ConfigMaps and secrets that it makes', () => {
    const byHand = synthesized.files.find(({ path }) => path.endsWith('.md'))?.content ?? '';
    for (const { manifest, pod } of workloads) {
      const { namespace } = manifest.metadata;
      expect(named('ServiceAccount', namespace)).toContain(pod.spec.serviceAccountName);
      for (const volume of pod.spec.volumes ?? []) {
        if (volume.configMap) expect(named('ConfigMap', namespace)).toContain(volume.configMap.name);
        if (volume.csi) {
          const name = volume.csi.volumeAttributes.secretProviderClass;
          expect(named('SecretProviderClass', namespace)).toContain(name);
        }
        if (volume.secret && byHand === '') {
          expect(named('ExternalSecret', namespace)).toContain(volume.secret.secretName);
        }
        if (volume.secret && byHand !== '') {
          expect(byHand).toContain(`generic ${volume.secret.secretName} --namespace=${namespace ?? ''} `);
        }
      }
    }
  });

  it('mounts only volumes that the pod has', () => {
    for (const { pod } of workloads) {
      const volumes = (pod.spec.volumes ?? []).map(({ name }) => name);
      for (const mount of containersOf(pod).flatMap(({ volumeMounts }) => volumeMounts ?? [])) {
        expect(volumes).toContain(mount.name);
      }
    }
  });

  it('selects with every Deployment, Service and policy pods that exist', () => {
    const selects = (labels: Readonly<Record<string, string>>, namespace: string | undefined): boolean =>
      workloads.some(
        ({ manifest, pod }) =>
          manifest.metadata.namespace === namespace &&
          Object.entries(labels).every(([key, value]) => pod.metadata.labels[key] === value),
      );
    for (const m of manifests) {
      const labels = selectorOf(m);
      if (labels !== undefined)
        expect([m.metadata.name, selects(labels, m.metadata.namespace)]).toEqual([m.metadata.name, true]);
    }
  });

  it('lets every pod reach what it needs by a policy that selects it', () => {
    const policies = manifests.filter((m) => m.kind === 'NetworkPolicy' && m.spec.podSelector?.matchLabels);
    for (const { manifest, pod } of workloads) {
      const own = policies.filter(
        (policy) =>
          policy.metadata.namespace === manifest.metadata.namespace &&
          Object.entries(policy.spec.podSelector?.matchLabels ?? {}).every(
            ([key, value]) => pod.metadata.labels[key] === value,
          ),
      );
      expect(own.length).toBe(1);
    }
  });

  it('holds no Secret, whose values would be in the repository', () => {
    expect(manifests.map((m) => m.kind)).not.toContain('Secret');
  });

  it('knows for every object the line that asked for it', () => {
    expect(synthesized.resources).toBe(manifests.length);
    expect(synthesized.sources.map(({ address }) => address).sort()).toEqual(
      manifests
        .map((m) => `${m.apiVersion}/${m.kind}/${m.metadata.namespace ?? ''}/${m.metadata.name}`)
        .sort(),
    );
    for (const { origin, unit } of synthesized.sources) {
      expect(origin.length).toBeGreaterThan(0);
      expect(unit).toBe('platform');
    }
  });
});

it('traces objects to the nearest part of the configuration', () => {
  const origins = Object.fromEntries(addon.sources.map(({ address, origin }) => [address, origin.join('.')]));
  expect(origins).toMatchObject({
    'v1/Namespace//production': 'namespaces.production',
    'apps/v1/Deployment/production/elt': 'meltano.elt.scheduler',
    'batch/v1/CronJob/production/orders': 'pipelines.orders',
    'v1/Service/production/airflow-main-api-server': 'airflow.main',
  });
});

it('keeps every name within its limit for the longest keys', () => {
  const long = 'k'.repeat(40);
  const synthesized = synth(
    everything('addon')
      .replaceAll('  main:\n    namespace: production', `  ${long}:\n    namespace: production`)
      .replaceAll('  taps:', `  ${long}:`)
      .replaceAll('taps/', `${long}/`)
      .replaceAll('  elt:', `  ${long}:`)
      .replaceAll('meltano: elt', `meltano: ${long}`)
      .replaceAll('  orders:', `  ${long}:`),
  );
  for (const m of manifestsOf(synthesized)) {
    expect(m.metadata.name.length).toBeLessThanOrEqual(m.kind === 'CronJob' ? 52 : 63);
    for (const volume of podOf(m)?.spec.volumes ?? []) expect(volume.name.length).toBeLessThanOrEqual(63);
    for (const value of Object.values(m.metadata.labels)) expect(value.length).toBeLessThanOrEqual(63);
  }
});

function containersOf(pod: {
  spec: { containers: readonly TestContainer[]; initContainers?: readonly TestContainer[] };
}) {
  return [...(pod.spec.initContainers ?? []), ...pod.spec.containers];
}

function selectorOf(m: TestManifest): Readonly<Record<string, string>> | undefined {
  if (m.kind === 'Service') return m.spec.selector as Readonly<Record<string, string>>;
  if (m.kind === 'Deployment') return m.spec.selector?.matchLabels;
  if (m.kind === 'NetworkPolicy') return m.spec.podSelector?.matchLabels;
  return undefined;
}
