import { loadPlatforms, type Platform } from '../../src/model';

const platformOf = (more: string): Platform => {
  const text = `{ version: 1, name: acme, google: { project: acme-data, region: us-west1 }, ${more} }`;
  return loadPlatforms({ name: 'platform.yaml', text }).platforms[0]!;
};
const runner = 'clusters: { runner: { pods: 10.80.0.0/17, services: 10.81.0.0/20 } }';

describe('clusters', () => {
  it('are one with one pool unless told otherwise', () => {
    const [cluster, ...others] = platformOf('').clusters;
    expect(others).toEqual([]);
    expect(cluster).toMatchObject({
      key: 'platform',
      name: 'acme',
      location: 'us-west1',
      autopilot: false,
      backup: null,
      notificationTopic: null,
      nodePools: [{ key: 'main', minNodes: 1, maxNodes: 3, diskType: 'pd-balanced' }],
    });
  });

  it('are named after the platform and their key, and have the ranges that they say', () => {
    const { clusters } = platformOf(runner);
    expect(clusters.map(({ key, name, pods, services }) => [key, name, pods.cidr, services.cidr])).toEqual([
      ['platform', 'acme', '10.40.128.0/17', '10.40.16.0/20'],
      ['runner', 'acme-runner', '10.80.0.0/17', '10.81.0.0/20'],
    ]);
  });

  it('have no pools with Autopilot', () => {
    expect(platformOf('cluster: { autopilot: true }').clusters[0]).toMatchObject({
      autopilot: true,
      nodePools: [],
    });
  });

  it('are in a zone where they say so', () => {
    expect(platformOf('cluster: { zone: us-west1-a }').clusters[0]).toMatchObject({
      location: 'us-west1-a',
      selfLink: 'projects/acme-data/locations/us-west1-a/clusters/acme',
    });
  });
});

it('lets all that runs in a namespace follow it to its cluster', () => {
  const platform = platformOf(
    `${runner}, namespaces: { elt: { cluster: runner }, web: {} }, secrets: { tap: { keys: [token], namespaces: [elt] } },
    databases: { main: { databases: [airflow, dw] } }, airflow: { main: { namespace: web, database: main/airflow } },
    meltano: { elt: { namespace: elt, pool: main, database: main/dw, env: { TOKEN: { secret: tap/token } } } },
    pipelines: { orders: { meltano: elt, run: tap-a target-b } }`,
  );
  expect(platform.airflow[0]).toMatchObject({ cluster: 'platform' });
  expect(platform.meltano[0]).toMatchObject({
    cluster: 'runner',
    identity: { kubernetes: { cluster: 'runner', namespace: 'elt' } },
  });
  expect(platform.pipelines[0]).toMatchObject({ cluster: 'runner' });
  // Sorted by name, the Job that grants rights is in the first namespace of those that log in.
  expect(platform.databases[0]?.bootstrap).toMatchObject({
    namespace: 'elt',
    identity: { kubernetes: { cluster: 'runner' } },
  });
});

it('takes the disk that a machine boots from where none is said', () => {
  const [cluster] = platformOf(
    'cluster: { nodePools: { main: {}, arm: { machineType: c4a-standard-4 } } }',
  ).clusters;
  expect(cluster?.nodePools.map(({ key, diskType }) => [key, diskType])).toEqual([
    ['arm', 'hyperdisk-balanced'],
    ['main', 'pd-balanced'],
  ]);
});

describe('the ranges', () => {
  const pool = (max: number, more = '') =>
    `cluster: { nodePools: { main: { nodes: { max: ${max} } ${more} } } }`;

  it.each([
    // A node takes 256 addresses for 110 pods, and an upgrade adds one: a /22 has room for four.
    ['/22', pool(3)],
    // 64 addresses for 32 pods, and as many nodes again while the pool is replaced.
    ['/22', pool(8, ', maxPodsPerNode: 32, upgrade: { strategy: blue-green }')],
    // 8 pods take 16 addresses.
    ['/24', pool(15, ', maxPodsPerNode: 8')],
  ])('of the pods may be %s for %s and no more', (prefix, cluster) => {
    const range = `network: { pods: 10.80.0.0${prefix} }`;
    expect(() => platformOf(`${range}, ${cluster}`)).not.toThrow();
    const more = cluster.replace(/max: (\d+)/, (_, max: string) => `max: ${Number(max) + 1}`);
    expect(() => platformOf(`${range}, ${more}`)).toThrow('the range of the pods is too small');
  });

  it('of the nodes have four addresses less than they hold', () => {
    const nodes = 'network: { nodes: 10.90.0.0/28 }';
    expect(() => platformOf(`${nodes}, ${pool(11)}`)).not.toThrow();
    expect(() => platformOf(`${nodes}, ${pool(12)}`)).toThrow('the range of the nodes is too small');
  });
});

describe('the firewall', () => {
  const rule = (ranges: string, ports: string, more = '') =>
    platformOf(
      `network: { firewall: { some: { ranges: [${ranges}], protocols: [{ protocol: tcp, ports: [${ports}] }] ${more} } } }`,
    );

  it('lets the internet at a web port, and a known range at any', () => {
    expect(() => rule('0.0.0.0/0', '443')).not.toThrow();
    expect(() => rule('10.0.0.0/8', '22')).not.toThrow();
    expect(() => rule('0.0.0.0/0', '22', ', action: deny')).not.toThrow();
  });

  it.each(['22', '3389', '5432', '1-65535', '20-25'])('fails to open port %s to the internet', (ports) => {
    expect(() => rule('0.0.0.0/0', ports)).toThrow('this opens services to the internet');
    expect(() => rule('10.0.0.0/8, 128.0.0.0/1', ports)).toThrow('this opens services to the internet');
  });

  it('applies to the nodes unless it names tags', () => {
    expect(rule('10.0.0.0/8', '22').network.firewallRules[0]).toMatchObject({
      name: 'acme-some',
      targetIdentities: ['nodes-platform'],
      targetTags: [],
    });
    expect(rule('10.0.0.0/8', '22', ', tags: [web]').network.firewallRules[0]).toMatchObject({
      targetIdentities: [],
      targetTags: ['web'],
    });
  });

  it('fails where the nodes have more service accounts than a rule takes', () => {
    const pools = Array.from({ length: 11 }, (_, i) => `p${i}: { serviceAccount: own }`).join(', ');
    const firewall = (more: string) =>
      platformOf(
        `cluster: { nodePools: { ${pools} } }, network: { firewall: { a: { ranges: [10.0.0.0/8], protocols: [{ protocol: icmp }] ${more} } } }`,
      );
    expect(() => firewall('')).toThrow('more service accounts of nodes than a rule takes');
    expect(() => firewall(', tags: [web]')).not.toThrow();
  });
});
