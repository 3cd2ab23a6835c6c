import { parseConfig, platformSchema } from '../../src/config';

const base = { version: 1, name: 'acme', google: { project: 'acme-data', region: 'europe-west1' } };
const pathsOf = (value: unknown) => parseConfig(value).problems.map(({ path }) => path.join('.'));

it('fills in every default', () => {
  expect(parseConfig(base).config).toMatchObject({
    production: false,
    secretDelivery: 'addon',
    network: { cidr: '10.40.0.0/16' },
    cluster: { releaseChannel: 'regular', maintenance: { start: '03:00' } },
    registries: { images: { keepVersions: 20 } },
  });
});

it('gives defaults that the next configuration does not share', () => {
  const [first, second] = [parseConfig(base).config, parseConfig(base).config];
  first!.registries.more = first!.registries.images!;
  expect(Object.keys(second!.registries)).toEqual(['images']);
});

it('fails with all problems at once, however deep they are', () => {
  expect(
    pathsOf({
      ...base,
      name: 'Acme',
      nmae: 1,
      cluster: { nodePools: { main: { diskSizeGb: 1, spot: 'no' } }, zones: [] },
      meltano: { elt: { env: { 'a-b': 'x', LIST: [] }, egress: [{ cidr: 'x', ports: [0] }] } },
      pipelines: { orders: { schedule: 'daily' } },
    }).sort(),
  ).toEqual(
    [
      'name',
      'nmae',
      'cluster.nodePools.main.diskSizeGb',
      'cluster.nodePools.main.spot',
      'cluster.zones',
      'meltano.elt.env.a-b',
      'meltano.elt.env.LIST',
      'meltano.elt.egress.0.cidr',
      'meltano.elt.egress.0.ports.0',
      'pipelines.orders.schedule',
    ].sort(),
  );
});

it('keeps what is right for further checks, and tells what it left out', () => {
  const { config, removed } = parseConfig({
    ...base,
    cluster: { nodePools: { main: { diskSizeGb: 1 }, gpu: {} } },
  });
  const { nodePools } = config!.cluster;
  expect(Object.keys(nodePools!).sort()).toEqual(['gpu', 'main']);
  expect(nodePools?.main?.diskSizeGb).toBe(50);
  expect(removed).toEqual([['cluster', 'nodePools', 'main', 'diskSizeGb']]);
});

it.each([null, [], 'acme', 7, undefined])('fails with one problem for %j in place of the file', (value) => {
  expect(parseConfig(value)).toMatchObject({ config: undefined, problems: [{ path: [] }] });
});

it('does not change what it is given', () => {
  const given = structuredClone({ ...base, nmae: 1, meltano: { elt: { env: { A: [] } } } });
  const before = structuredClone(given);
  parseConfig(given);
  expect(given).toEqual(before);
});

it('reads back what it has parsed', () => {
  const { config } = parseConfig({ ...base, meltano: { elt: { resources: { cpu: 2 } } } });
  expect(platformSchema.parse(config)).toEqual(config);
});
