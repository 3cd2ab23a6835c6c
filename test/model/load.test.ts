import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ConfigError } from '../../src/config';
import { type LoadedPlatforms, loadPlatforms } from '../../src/model';

const load = (text: string, imagesLock?: string) =>
  loadPlatforms(
    { name: 'platform.yaml', text },
    imagesLock === undefined ? {} : { imagesLock: { name: 'images.lock', text: imagesLock } },
  );
const base = `version: 1
name: acme
google: { project: acme-data, region: europe-west1 }
`;

function refusalOf(load_: () => LoadedPlatforms): ConfigError {
  try {
    load_();
  } catch (error) {
    if (error instanceof ConfigError) return error;
    throw error;
  }
  throw new Error('it was accepted');
}

describe('environments', () => {
  const text = `${base}cluster:
  zones: [europe-west1-b, europe-west1-c]
  nodePools:
    main: { nodes: { min: 1, max: 5 } }
    gpu: {}
environments:
  staging:
    cluster:
      zones: [europe-west1-d]
      nodePools:
        main: { nodes: { max: 2 } }
        gpu: null
  production:
    production: true
`;

  it('are sorted, and each has its own prefix', () => {
    expect(load(text).platforms.map(({ environment, prefix }) => [environment, prefix])).toEqual([
      ['production', 'acme-production'],
      ['staging', 'acme-staging'],
    ]);
  });

  it('merge maps, replace lists and remove by null', () => {
    const [production, staging] = load(text).platforms;
    expect(production?.clusters[0]).toMatchObject({
      zones: ['europe-west1-b', 'europe-west1-c'],
      nodePools: [{ key: 'gpu' }, { key: 'main', minNodes: 1, maxNodes: 5 }],
    });
    expect(staging?.clusters[0]).toMatchObject({
      zones: ['europe-west1-d'],
      nodePools: [{ key: 'main', minNodes: 1, maxNodes: 2 }],
    });
    expect(staging?.clusters[0]?.nodePools).toHaveLength(1);
  });

  it('are located where they say something, and else in the rest of the file', () => {
    const loaded = load(text);
    const lineOf = (path: (string | number)[], environment: string) => loaded.locate(path, environment).line;
    expect(lineOf(['cluster', 'zones'], 'staging')).toBe(12);
    expect(lineOf(['cluster', 'zones', 0], 'staging')).toBe(12);
    expect(lineOf(['cluster', 'zones'], 'production')).toBe(5);
    expect(lineOf(['cluster', 'nodePools', 'main', 'nodes', 'max'], 'staging')).toBe(14);
    expect(lineOf(['cluster', 'nodePools', 'main', 'nodes', 'min'], 'staging')).toBe(7);
    expect(lineOf(['cluster', 'nodePools', 'gpu'], 'production')).toBe(8);
    expect(lineOf(['production'], 'production')).toBe(17);
  });
});

describe('images.lock', () => {
  const digest = `sha256:${'0123456789abcdef'.repeat(4)}`;
  const text = `${base}meltano:\n  elt: { image: "docker.io/acme/elt:1.0.0" }\n`;
  const imageOf = (loaded: LoadedPlatforms) => loaded.platforms[0]?.meltano[0]?.image;

  it('pins the images that it knows', () => {
    const lock = `version: 1\nimages:\n  docker.io/acme/elt:1.0.0: ${digest}\n`;
    expect(imageOf(load(text, lock))).toMatchObject({
      reference: `docker.io/acme/elt:1.0.0@${digest}`,
      pinned: true,
    });
    expect(imageOf(load(text))).toMatchObject({ reference: 'docker.io/acme/elt:1.0.0', pinned: false });
  });

  it('fails with every image that it does not know, each at its line, in the environment that runs it', () => {
    const many = `${base}meltano:
  elt: { image: "docker.io/acme/elt:1.0.0" }
  other: { image: "docker.io/acme/other:2.0.0", database: main/warehouse }
databases: { main: { databases: [warehouse] } }
`;
    const { problems } = refusalOf(() =>
      load(many, `version: 1\nimages:\n  docker.io/acme/elt:1.0.0: ${digest}\n`),
    );
    expect(problems.map(({ problem }) => problem.message.replace(/:[\d.]+$/, ''))).toEqual([
      'images.lock has no digest for the image docker.io/acme/other',
      'images.lock has no digest for the image docker.io/library/postgres',
      'images.lock has no digest for the image gcr.io/cloud-sql-connectors/cloud-sql-proxy',
    ]);
    expect(problems[0]?.problem).toMatchObject({
      path: ['meltano', 'other', 'image'],
      fix: 'run tapline images lock',
    });
  });

  it('leaves a reference with a digest as it is', () => {
    const pinned = `docker.io/acme/elt@${digest}`;
    expect(imageOf(load(`${base}meltano: { elt: { image: "${pinned}" } }`))).toMatchObject({
      reference: pinned,
      pinned: true,
    });
  });

  it.each([
    ['a digest that is none', `version: 1\nimages:\n  a:1: sha256:abc\n`, /images\.lock:3:8 error/],
    ['another version', `version: 2\nimages: {}\n`, /images\.lock:1:10 error/],
    ['broken syntax', `version: [`, /images\.lock:1:\d+ error/],
    ['nothing', ``, /images\.lock:1:1 error/],
  ])('fails with %s', (_, lock, place) => {
    expect(refusalOf(() => load(text, lock)).rendered).toMatch(place);
  });
});

describe('the examples', () => {
  const example = (name: string) =>
    load(readFileSync(join(__dirname, '../../examples', name, 'platform.yaml'), 'utf8')).platforms[0]!;

  it('make a whole platform of ten lines', () => {
    const platform = example('minimal');
    expect(platform).toMatchObject({
      prefix: 'acme',
      namespaces: [{ name: 'acme' }],
      clusters: [{ name: 'acme', nodePools: [{ key: 'main', minNodes: 1, maxNodes: 3 }] }],
      databases: [{ key: 'main', version: 'POSTGRES_18', databases: [{ name: 'airflow' }] }],
      registries: [{ host: 'europe-west1-docker.pkg.dev/acme-data/acme-images' }],
      airflow: [{ dags: { kind: 'sample' } }],
    });
    expect(platform.databases[0]?.users.map(({ name }) => name)).toEqual(['acme-airflow-main@acme-data.iam']);
  });

  it('compute names, addresses and members of the GitLab platform', () => {
    expect(example('gitlab-meltano')).toMatchObject({
      databases: [{ connectionName: 'gitlab-analysis:us-west1:gitlab-airflow' }],
      identities: expect.arrayContaining([
        expect.objectContaining({
          email: 'gitlab-meltano-gitlab@gitlab-analysis.iam.gserviceaccount.com',
          kubernetes: expect.objectContaining({
            member: 'serviceAccount:gitlab-analysis.svc.id.goog[gitlab/k8s-sa]',
          }),
        }),
      ]),
      meltano: [{ stateUri: 'gs://gitlab-analysis-gitlab-state-gitlab/state' }],
    });
  });
});

it('encodes what a database address must not hold as it is', () => {
  const platform = load(`${base}databases:
  main: { databases: [airflow-meta] }
airflow:
  main: { database: main/airflow-meta }
`).platforms[0];
  expect(platform?.airflow[0]?.connectionUrl).toBe(
    'postgresql+psycopg2://acme-airflow-main%40acme-data.iam@127.0.0.1:5432/airflow-meta',
  );
});

it('tells what is missing from a file that says next to nothing', () => {
  const { problems, rendered } = refusalOf(() => load('version: 1'));
  expect(problems.map(({ problem }) => problem.path.join('.'))).toEqual(['name', 'google']);
  expect(rendered).toMatch('2 problems in platform.yaml; nothing was written.');
});
