import { Draws, type Tree } from './draws';

/** What the rest of a configuration says that buckets, topics and keys refer to. */
export interface Surroundings {
  /** Whether the number of the project is known: without it Google's agents have no name. */
  readonly numbered: boolean;
  /** Keys of the Meltano projects. */
  readonly meltano: readonly string[];
}

/** Draws the sections for buckets, topics, keys and mirrors, with references that hold. */
export class StorageDraws extends Draws {
  sections({ numbered, meltano }: Surroundings): Tree {
    const topics = this.topics(numbered);
    const [topic] = Object.keys(topics);
    const notified = numbered && topic !== undefined ? topic : undefined;
    return {
      ...this.some('topics', topics),
      ...this.some(
        'buckets',
        this.record(0, 2, () => this.bucket(meltano, notified)),
      ),
      ...this.maybe('accessLogs', () => this.one([{}, { retainDays: 90 }, { bucket: 'org-access-logs' }])),
      ...(numbered ? this.maybe('encryption', () => this.encryption()) : {}),
    };
  }

  /** Mirrors beside the registries that hold what is built. */
  mirrors(): Tree {
    return {
      ...this.maybe('mirror-hub', () => ({ mirror: 'docker-hub' })),
      ...this.maybe('mirror-k8s', () => ({ mirror: 'registry-k8s-io', format: 'docker' })),
      ...this.maybe('mirror-pypi', () => ({ mirror: 'pypi', readers: ['group:analysts@example.com'] })),
    };
  }

  private topics(numbered: boolean): Record<string, Tree> {
    const [dead] = this.keys(1, 1);
    const topics = this.record(0, 2, (key) => ({
      ...this.maybe('retentionDays', () => this.number(1, 31)),
      ...this.maybe('publishers', () => ['serviceAccount:p@other-project.iam.gserviceaccount.com']),
      ...this.some(
        'subscriptions',
        this.record(0, 2, () => ({
          ...this.maybe('ackDeadlineSeconds', () => this.number(10, 600)),
          ...this.maybe('retentionDays', () => this.number(1, 31)),
          ...this.one([
            {},
            { readers: ['group:analysts@example.com'] },
            {
              push: {
                endpoint: 'https://example.com/push',
                serviceAccount: 'push@acme-data.iam.gserviceaccount.com',
              },
            },
          ]),
          ...(numbered && dead !== key && this.flag() ? { deadLetter: { topic: dead } } : {}),
        })),
      ),
    }));
    return Object.keys(topics).length === 0 || dead === undefined ? topics : { [dead]: {}, ...topics };
  }

  private bucket(meltano: readonly string[], topic: string | undefined): Tree {
    return {
      ...this.maybe('location', () => this.one(['EU', 'us', 'europe-west4'])),
      ...this.maybe('storageClass', () => this.one(['STANDARD', 'NEARLINE'])),
      ...this.maybe('lifecycle', () => [
        { ageDays: 30, action: 'COLDLINE' },
        { ageDays: this.number(365, 1000), action: 'delete', prefix: 'daily/' },
      ]),
      ...this.one([{}, { noncurrentDays: this.number(1, 365) }, { versioning: true }]),
      ...this.maybe('softDeleteDays', () => this.one([0, 7, 90])),
      ...this.maybe('readers', () => ['group:analysts@example.com', 'domain:example.com']),
      ...this.maybe('metadataReaders', () => ['serviceAccount:load@other-project.iam.gserviceaccount.com']),
      ...(meltano.length > 0 && this.flag() ? { writers: [`meltano/${this.one(meltano)}`] } : {}),
      ...(topic === undefined ? {} : this.maybe('notifications', () => ({ arrived: { topic } }))),
    };
  }

  private encryption(): Tree {
    return {
      customerManaged: this.flag(),
      ...this.maybe('rotationDays', () => this.number(1, 90)),
      ...this.maybe('protection', () => this.one(['software', 'hsm'])),
    };
  }
}
