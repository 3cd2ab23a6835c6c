import { ConfigError } from '../../src/config';
import { loadPlatforms, type Platform } from '../../src/model';
import { contains, overlaps, parseCidr } from '../../src/model/cidr';
import { namesOf } from '../../src/model/shared-names';
import { arbitraryConfig, type ArbitraryConfig, type Tree } from '../support/arbitrary-config';
import { fc } from '../support/property';

function platformsOf(config: Tree): readonly Platform[] {
  try {
    return loadPlatforms({ name: 'platform.yaml', text: JSON.stringify(config, null, 1) }).platforms;
  } catch (error) {
    throw error instanceof ConfigError ? new Error(error.rendered) : error;
  }
}

/** The same maps with their keys in another order. */
function shuffled<T>(value: T, seed: number): T {
  if (Array.isArray(value)) return value.map((item, i) => shuffled(item as unknown, seed + i)) as T;
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value);
  const start = entries.length === 0 ? 0 : seed % entries.length;
  const turned = [...entries.slice(start), ...entries.slice(0, start)];
  return Object.fromEntries(
    (seed % 2 === 0 ? turned.reverse() : turned).map(([key, item]) => [
      key,
      shuffled(item as unknown, seed + 1),
    ]),
  ) as T;
}

const asText = (platforms: readonly Platform[]) => JSON.stringify(platforms);

/** What Google and Kubernetes take as a name of each kind. */
const forms: Readonly<Record<string, RegExp>> = {
  bucket: /^(?!goog)(?!.*g[o0]{2}gl)[a-z0-9][-a-z0-9]{1,61}[a-z0-9]$/,
  'Google service account': /^[a-z][-a-z0-9]{4,28}[a-z0-9]$/,
  network: /^[a-z]([-a-z0-9]{0,61}[a-z0-9])?$/,
  subnet: /^[a-z]([-a-z0-9]{0,61}[a-z0-9])?$/,
  'reserved range': /^[a-z]([-a-z0-9]{0,61}[a-z0-9])?$/,
  router: /^[a-z]([-a-z0-9]{0,61}[a-z0-9])?$/,
  NAT: /^[a-z]([-a-z0-9]{0,61}[a-z0-9])?$/,
  address: /^[a-z]([-a-z0-9]{0,61}[a-z0-9])?$/,
  peering: /^[a-z]([-a-z0-9]{0,61}[a-z0-9])?$/,
  'firewall rule': /^[a-z]([-a-z0-9]{0,61}[a-z0-9])?$/,
  'backup plan': /^[a-z]([-a-z0-9]{0,61}[a-z0-9])?$/,
  cluster: /^[a-z]([-a-z0-9]{0,38}[a-z0-9])?$/,
  'node pool': /^[a-z]([-a-z0-9]{0,38}[a-z0-9])?$/,
  'Cloud SQL instance': /^[a-z][-a-z0-9]{0,95}[a-z0-9]$/,
  registry: /^[a-z]([-a-z0-9]{0,61}[a-z0-9])?$/,
  secret: /^[A-Za-z0-9_-]{1,255}$/,
  topic: /^(?!goog)[A-Za-z][-A-Za-z0-9._~+%]{2,254}$/,
  subscription: /^(?!goog)[A-Za-z][-A-Za-z0-9._~+%]{2,254}$/,
  'key ring': /^[A-Za-z0-9_-]{1,63}$/,
  zone: /^[a-z]([-a-z0-9]{0,61}[a-z0-9])?$/,
  'zone of the domain': /^([a-z0-9-]+\.)+$/,
  certificate: /^[a-z][-a-z0-9_]{0,62}$/,
  'DNS authorization': /^[a-z][-a-z0-9_]{0,62}$/,
  'DNS authorization of the domain': /^([a-z0-9-]+\.)+[a-z]+$/,
  'security policy': /^[a-z]([-a-z0-9]{0,61}[a-z0-9])?$/,
  'custom role': /^[a-z0-9_.]{3,64}$/,
  'workload identity pool': /^(?!gcp-)[a-z0-9-]{4,32}$/,
  'log sink': /^[a-z][-a-z0-9]{0,99}$/,
  'log metric': /^[a-z][-a-z0-9]{0,99}$/,
  'log exclusion': /^[a-z][-a-z0-9]{0,99}$/,
  dataset: /^[A-Za-z0-9_]{1,1024}$/,
  'audit configuration of': /^(allServices|[a-z0-9-]+\.googleapis\.com)$/,
  Deployment: /^[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?$/,
  DAG: /^[A-Za-z0-9._-]{1,250}$/,
  CronJob: /^[a-z0-9]([-a-z0-9]{0,50}[a-z0-9])?$/,
};
const dnsLabel = /^[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?$/;

function expectLegalNames(platform: Platform): void {
  for (const { kind, name } of namesOf(platform))
    expect([kind, name]).toEqual([kind, expect.stringMatching(forms[kind]!)]);
  for (const instance of platform.databases) {
    expect(`${platform.project}:${instance.name}`.length).toBeLessThanOrEqual(98);
    expect(instance.connectionName).toBe(`${platform.project}:${platform.region}:${instance.name}`);
    for (const user of instance.users) expect(user.name.length).toBeLessThanOrEqual(63);
  }
  for (const identity of platform.identities) {
    expect(identity.displayName.length).toBeLessThanOrEqual(100);
    if (identity.kubernetes !== null) expect(identity.kubernetes.serviceAccount).toMatch(dnsLabel);
  }
  for (const namespace of platform.namespaces) expect(namespace.name).toMatch(dnsLabel);
  for (const [key, value] of Object.entries(platform.labels)) {
    expect(key).toMatch(/^[a-z][a-z0-9_-]{0,62}$/);
    expect(value).toMatch(/^[a-z0-9_-]{0,63}$/);
  }
}

/** No two things of one kind share a name where Google or Kubernetes take it once. */
function expectNothingShared(platforms: readonly Platform[]): void {
  const ids = platforms.flatMap((platform) => namesOf(platform).map((n) => `${n.kind} ${n.range} ${n.name}`));
  expect(ids.length).toBe(new Set(ids).size);
}

describe('any valid configuration', () => {
  it('gives the same platforms whatever the order of its keys', () => {
    fc.assert(
      fc.property(arbitraryConfig(), fc.nat(1000), (config, seed) => {
        expect(asText(platformsOf(shuffled(config, seed)))).toBe(asText(platformsOf(config)));
      }),
    );
  });

  it('gives the same bytes when it is resolved twice', () => {
    fc.assert(
      fc.property(arbitraryConfig(), (config) => {
        expect(asText(platformsOf(config))).toBe(asText(platformsOf(config)));
      }),
      { numRuns: 20 },
    );
  });

  it('gives a platform that is frozen to its depths', () => {
    const thawed = (value: unknown, path: string): string[] =>
      typeof value !== 'object' || value === null
        ? []
        : [
            ...(Object.isFrozen(value) ? [] : [path]),
            ...Object.entries(value).flatMap(([key, item]) => thawed(item, `${path}.${key}`)),
          ];
    fc.assert(
      fc.property(arbitraryConfig(), (config) => {
        expect(platformsOf(config).flatMap((platform) => thawed(platform, 'platform'))).toEqual([]);
      }),
      { numRuns: 20 },
    );
  });

  it.each([
    ['short', false],
    ['the longest', true],
  ])('gives legal names within their limits from %s names', (_, longest) => {
    fc.assert(
      fc.property(arbitraryConfig({ longest }), (config) => {
        platformsOf(config).forEach(expectLegalNames);
      }),
    );
  });

  it.each([
    ['short', false],
    ['the longest', true],
  ])('never gives one name to two environments, nor to two things of one, from %s names', (_, longest) => {
    fc.assert(
      fc.property(arbitraryConfig({ longest, environments: { min: 2, max: 4 } }), (config) => {
        const platforms = platformsOf(config);
        expect(platforms.length).toBeGreaterThanOrEqual(2);
        expectNothingShared(platforms);
      }),
    );
  });

  it('gives every workload identities of its own', () => {
    fc.assert(
      fc.property(arbitraryConfig({ longest: true, environments: { min: 0, max: 0 } }), (config) => {
        const [platform] = platformsOf(config);
        const kubernetes = platform!.identities.flatMap(({ kubernetes: k }) =>
          k === null ? [] : [`${k.namespace}/${k.serviceAccount}`],
        );
        expect(kubernetes.length).toBe(new Set(kubernetes).size);
        const accounts = platform!.identities.map(({ accountId }) => accountId);
        expect(accounts.length).toBe(new Set(accounts).size);
      }),
    );
  });

  it('gives ranges that never overlap and lie in network.cidr where they are not typed', () => {
    fc.assert(
      fc.property(arbitraryConfig(), (config) => {
        const typed = (config.network ?? {}) as Tree;
        for (const { network } of platformsOf(config)) {
          const ranges = {
            nodes: parseCidr(network.nodesCidr)!,
            services: parseCidr(network.servicesCidr)!,
            databases: parseCidr(network.databasesCidr)!,
            pods: parseCidr(network.podsCidr)!,
          };
          const whole = parseCidr((typed.cidr as string | undefined) ?? '10.40.0.0/16')!;
          const all = Object.entries(ranges);
          for (const [name, range] of all) {
            if (typed[name] === undefined) expect(contains(whole, range)).toBe(true);
            for (const [other, second] of all) {
              if (name !== other)
                expect([name, other, overlaps(range, second)]).toEqual([name, other, false]);
            }
          }
        }
      }),
    );
  });

  it('refers only to what it holds', () => {
    fc.assert(
      fc.property(arbitraryConfig(), (config) => {
        platformsOf(config).forEach(expectWhole);
      }),
    );
  });

  it('names its identities as readers of exactly the secrets that their workloads use', () => {
    fc.assert(
      fc.property(arbitraryConfig(), (config) => {
        for (const platform of platformsOf(config)) {
          const workloads = [
            ...platform.airflow,
            // Tasks of the KubernetesExecutor have the environment of their Airflow.
            ...platform.airflow.flatMap(({ env, worker }) =>
              worker === null ? [] : [{ env, identity: worker.identity }],
            ),
            ...platform.meltano,
            ...platform.pipelines,
            ...platform.airflowPipelines.flatMap(({ dags }) => dags.flatMap(({ tasks }) => tasks)),
          ];
          for (const secret of platform.secrets.filter(({ key }) => !key.startsWith('tapline-'))) {
            const users = workloads.flatMap(({ env, identity }) =>
              env.some((variable) => 'secret' in variable && variable.secret === secret.key)
                ? [identity.key]
                : [],
            );
            expect(secret.readers).toEqual([...new Set(users)].sort());
          }
        }
      }),
    );
  });
});

function expectWhole(platform: Platform): void {
  const namespaces = new Set(platform.namespaces.map(({ name }) => name));
  const identities = new Set(platform.identities.map(({ key }) => key));
  const pools = new Set(platform.clusters.flatMap(({ nodePools }) => nodePools.map(({ key }) => key)));
  const keys = new Set(
    platform.secrets.flatMap(({ key, values }) => values.map((value) => `${key}/${value.key}`)),
  );
  const databases = new Set(
    platform.databases.flatMap(({ key, databases: all }) => all.map(({ name }) => `${key}/${name}`)),
  );
  for (const workload of [...platform.airflow, ...platform.meltano, ...platform.pipelines]) {
    expect(namespaces).toContain(workload.namespace);
    expect(identities).toContain(workload.identity.key);
    if (workload.placement.pool !== null) expect(pools).toContain(workload.placement.pool);
    if (workload.database !== null)
      expect(databases).toContain(`${workload.database.instance}/${workload.database.database}`);
    for (const variable of workload.env) {
      if ('secret' in variable) expect(keys).toContain(`${variable.secret}/${variable.key}`);
    }
    expect(workload.env.map(({ name }) => name)).toEqual(workload.env.map(({ name }) => name).sort());
  }
  for (const bucket of platform.buckets)
    for (const writer of bucket.writers) expect(identities).toContain(writer);
}

it('covers every section of the configuration', () => {
  const seen = new Set<string>();
  fc.assert(
    fc.property(arbitraryConfig(), (config: ArbitraryConfig) => {
      Object.keys(config).forEach((key) => seen.add(key));
    }),
  );
  expect([...seen].sort()).toEqual([
    'access',
    'accessLogs',
    'airflow',
    'buckets',
    'budget',
    'certificates',
    'ci',
    'cluster',
    'clusters',
    'databases',
    'dns',
    'encryption',
    'environments',
    'google',
    'iap',
    'labels',
    'logging',
    'meltano',
    'monitoring',
    'name',
    'namespaces',
    'network',
    'pipelines',
    'production',
    'registries',
    'secretDelivery',
    'secrets',
    'securityPolicies',
    'topics',
    'version',
  ]);
});
