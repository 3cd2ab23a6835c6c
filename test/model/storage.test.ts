import { encryptionKey, type Platform } from '../../src/model';
import { mirrorImage } from '../../src/model/images';
import { fitTopic } from '../../src/model/names';
import { platformOf } from '../stacks/platform-fixture';

const base = `
version: 1
name: acme
google: { project: acme-data, region: europe-west1, projectNumber: "123456789012" }
`;
const resolved = (more: string): Platform => platformOf(base + more);

const airflowAndMeltano = `
airflow: { main: {} }
meltano: { elt: { image: docker.io/acme/elt:1 } }
`;

describe('secrets', () => {
  const several = `
namespaces: { production: {}, testing: {} }
secrets: { tap: { keys: [user, pass.word], namespaces: [testing, production]`;

  it('have one value under a name for all namespaces, unless each is to have its own', () => {
    const ids = (more: string) =>
      resolved(`${several}${more} } }`)
        .secrets.flatMap(({ values }) => values)
        .map(({ key, namespace, secretId }) => [key, namespace, secretId]);
    expect(ids('')).toEqual([
      ['pass.word', null, expect.stringMatching(/^acme-tap--pass-word-/)],
      ['user', null, 'acme-tap--user'],
    ]);
    expect(ids(', perNamespace: true')).toEqual([
      ['pass.word', 'production', expect.stringMatching(/^acme-tap--production--pass-word-/)],
      ['pass.word', 'testing', expect.stringMatching(/^acme-tap--testing--pass-word-/)],
      ['user', 'production', 'acme-tap--production--user'],
      ['user', 'testing', 'acme-tap--testing--user'],
    ]);
  });
});

describe('mirrors', () => {
  it('are what the platform takes its public images through; images that are typed stay as they are', () => {
    const { airflow, databases, meltano } = resolved(
      `${airflowAndMeltano}registries: { hub: { mirror: docker-hub }, k8s: { mirror: registry-k8s-io } }`,
    );
    const host = 'europe-west1-docker.pkg.dev/acme-data/acme';
    expect(airflow[0]?.image.reference).toBe(`${host}-hub/apache/airflow:3.3.2`);
    expect(airflow[0]?.gitSyncImage.reference).toMatch(`${host}-k8s/git-sync/git-sync:`);
    expect(databases[0]?.bootstrap?.image.reference).toMatch(`${host}-hub/library/postgres:`);
    // Google's own registry needs no way to the internet.
    expect(airflow[0]?.database.proxyImage.reference).toMatch(/^gcr\.io\//);
    expect(meltano[0]?.image.reference).toBe('docker.io/acme/elt:1');
  });

  it('leave an image alone whose registry they do not mirror', () => {
    const { registries } = resolved('registries: { pypi: { mirror: pypi }, hub: { mirror: docker-hub } }');
    expect(registries.map(({ key, format }) => [key, format])).toEqual([
      ['hub', 'docker'],
      ['pypi', 'python'],
    ]);
    expect(mirrorImage('quay.io/a/b:1', registries)).toBe('quay.io/a/b:1');
  });
});

describe('access', () => {
  it('names workloads by their place in the file, and everybody else as IAM does', () => {
    const { buckets } = resolved(`${airflowAndMeltano}
buckets:
  exports: { readers: [airflow/main, "group:a@example.com"], writers: [meltano/elt, "user:b@example.com"] }
`);
    const exports = buckets.find(({ key }) => key === 'exports');
    expect(exports?.writers).toEqual(['meltano-elt']);
    expect(exports?.access.map(({ member, role }) => [member, role])).toEqual([
      ['serviceAccount:acme-airflow-main@acme-data.iam.gserviceaccount.com', 'roles/storage.objectViewer'],
      ['group:a@example.com', 'roles/storage.objectViewer'],
      ['user:b@example.com', 'roles/storage.objectUser'],
    ]);
  });

  it('lets those who load from a bucket see how it is set up, where they ask for it', () => {
    const { buckets } = resolved(
      'buckets: { exports: { metadataReaders: ["serviceAccount:load@example-w.iam.gserviceaccount.com"] } }',
    );
    expect(buckets.find(({ key }) => key === 'exports')?.access).toMatchObject([
      { role: 'roles/storage.legacyBucketReader', identity: null },
    ]);
  });
});

describe('topics', () => {
  it('let each product of Google publish once that some setting needs, however many do', () => {
    const { topics } = resolved(`
topics: { told: { subscriptions: { all: {} } } }
secrets: { shop: { keys: [token], rotation: { periodDays: 90, topic: told } } }
buckets:
  a: { notifications: { one: { topic: told }, two: { topic: told, events: [OBJECT_DELETE] } } }
  b: { notifications: { one: { topic: told } } }
`);
    expect(topics[0]?.access.map(({ member }) => member)).toEqual([
      'serviceAccount:service-123456789012@gcp-sa-secretmanager.iam.gserviceaccount.com',
      'serviceAccount:service-123456789012@gs-project-accounts.iam.gserviceaccount.com',
    ]);
  });

  it('let Pub/Sub move dead letters: as a reader here and a publisher there', () => {
    const { topics } = resolved(`
topics:
  arrived: { subscriptions: { all: { deadLetter: { topic: dead } } } }
  dead: {}
`);
    const agent = 'serviceAccount:service-123456789012@gcp-sa-pubsub.iam.gserviceaccount.com';
    expect(topics.map(({ key, access }) => [key, access.map(({ member }) => member)])).toEqual([
      ['arrived', []],
      ['dead', [agent]],
    ]);
    expect(topics[0]?.subscriptions[0]?.access).toMatchObject([
      { member: agent, role: 'roles/pubsub.subscriber' },
    ]);
  });

  it('take the names that are typed, and such that Google takes where the platform begins with its name', () => {
    const { topics } = resolved(
      'topics: { pto: { name: gitlab-pto-snowpipe, subscriptions: { s: { name: gitlab-pto-snowpipe } } } }',
    );
    expect(topics[0]).toMatchObject({
      id: 'projects/acme-data/topics/gitlab-pto-snowpipe',
      subscriptions: [{ id: 'projects/acme-data/subscriptions/gitlab-pto-snowpipe' }],
    });
    expect(fitTopic('google-ads', 'x')).toMatch(/^g-ads-x-[0-9a-f]{8}$/);
    expect(fitTopic('googoog', 'x')).not.toMatch(/^goog/);
  });
});

describe('keys', () => {
  const everything = `
encryption: { customerManaged: true }
airflow: { main: {} }
topics: { one: {} }
logging: { sinks: { errors: { destination: { dataset: errors }, filter: "severity>=ERROR" } } }
buckets: { local: {}, wide: { location: EU }, theirs: { existing: true, name: theirs, readers: ["user:a@example.com"] } }
secrets:
  anywhere: { keys: [a] }
  here: { keys: [a], regions: [europe-west4, europe-west1] }
`;

  it('are one for each product where its data is', () => {
    const { encryption } = resolved(everything);
    expect(
      encryption?.keyRings.map(({ location, keys }) => [location, keys.map(({ service }) => service)]),
    ).toEqual([
      ['europe', ['storage']],
      [
        'europe-west1',
        ['artifacts', 'datasets', 'disks', 'kubernetes', 'pubsub', 'secrets', 'sql', 'storage'],
      ],
      ['europe-west4', ['secrets']],
      ['global', ['secrets']],
    ]);
  });

  it('are found by product and place; zones belong to their region', () => {
    const platform = resolved(everything);
    const id = 'projects/acme-data/locations/europe-west1/keyRings/acme/cryptoKeys/disks';
    expect(encryptionKey(platform, 'disks', 'europe-west1-b')).toBe(id);
    expect(encryptionKey(platform, 'storage', 'EU')).toMatch('/locations/europe/');
    expect(encryptionKey(platform, 'sql', 'us-east1')).toBeUndefined();
    const keys = platform.encryption?.keyRings.flatMap((ring) => ring.keys) ?? [];
    expect(keys.find(({ service }) => service === 'datasets')?.agent).toMatch(
      /^serviceAccount:bq-\d+@bigquery-encryption\.iam\.gserviceaccount\.com$/,
    );
  });

  it.each(['', 'encryption: { customerManaged: false }'])('are none where none are asked for: %s', (more) => {
    const platform = resolved(more);
    expect(platform.encryption).toBeNull();
    expect(platform.apis).not.toContain('cloudkms.googleapis.com');
    expect(encryptionKey(platform, 'storage', 'europe-west1')).toBeUndefined();
  });
});

describe('access logs', () => {
  const bucketsOf = ({ stateBucket, buckets }: Platform) =>
    [stateBucket, ...buckets].map(({ accessLogBucket }) => accessLogBucket);

  it('go from every bucket to one of our own, which cannot log to itself', () => {
    const platform = resolved('accessLogs: { retainDays: 90 }\nbuckets: { a: {} }');
    const name = 'acme-data-acme-access-logs';
    expect(bucketsOf(platform)).toEqual([name, name]);
    expect(platform.accessLogBucket).toMatchObject({
      name,
      accessLogBucket: null,
      lifecycle: [{ ageDays: 90, action: 'delete' }],
      access: [{ member: 'group:cloud-storage-analytics@google.com', role: 'roles/storage.objectCreator' }],
    });
  });

  it('go to a bucket of others, and then none is made', () => {
    const platform = resolved('accessLogs: { bucket: org-logs }\nbuckets: { a: {} }');
    expect(bucketsOf(platform)).toEqual(['org-logs', 'org-logs']);
    expect(platform.accessLogBucket).toBeNull();
  });
});

it('makes nothing of all this that is not asked for', () => {
  const { topics, encryption, accessLogBucket, buckets, apis } = resolved('');
  expect({ topics, encryption, accessLogBucket, buckets }).toEqual({
    topics: [],
    encryption: null,
    accessLogBucket: null,
    buckets: [],
  });
  expect(apis).not.toContain('pubsub.googleapis.com');
  expect(apis).not.toContain('containerscanning.googleapis.com');
});
