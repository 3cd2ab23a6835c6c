import type { Config } from '../config/schema';
import { compare } from './scope';

/** APIs that every platform needs. */
const always = [
  'artifactregistry.googleapis.com',
  'binaryauthorization.googleapis.com',
  'cloudresourcemanager.googleapis.com',
  'compute.googleapis.com',
  'container.googleapis.com',
  'containersecurity.googleapis.com',
  'iam.googleapis.com',
  'iamcredentials.googleapis.com',
  'logging.googleapis.com',
  'monitoring.googleapis.com',
  'storage.googleapis.com',
];
const withDatabases = [
  'servicenetworking.googleapis.com',
  'sql-component.googleapis.com',
  'sqladmin.googleapis.com',
];
const withSecrets = ['secretmanager.googleapis.com'];
const withTopics = ['pubsub.googleapis.com'];
const withEncryption = ['cloudkms.googleapis.com'];
const withScanning = ['containerscanning.googleapis.com'];

const withBackups = ['gkebackup.googleapis.com'];

/** What the platform turned out to have. */
export interface Uses {
  readonly databases: boolean;
  readonly secrets: boolean;
}

/** The APIs to enable, sorted, each once. */
export function requiredApis(config: Config, uses: Uses): string[] {
  const apis = [
    ...always,
    ...(uses.databases ? withDatabases : []),
    ...(uses.secrets ? withSecrets : []),
    ...([config.cluster, ...Object.values(config.clusters)].some(({ backup }) => backup !== undefined)
      ? withBackups
      : []),
    ...(Object.values(config.airflow).some(({ logs }) => logs !== 'bucket') ? ['file.googleapis.com'] : []),
    ...(Object.keys(config.topics).length > 0 ? withTopics : []),
    ...(config.encryption?.customerManaged === true ? withEncryption : []),
    ...(Object.values(config.registries).some((one) => one.vulnerabilityScanning === 'on')
      ? withScanning
      : []),
    // The proxy finds an endpoint of Private Service Connect by its name in a private zone.
    ...(Object.values(config.databases).some(({ connect }) => connect.psc !== undefined)
      ? ['dns.googleapis.com']
      : []),
    ...outerApis(config),
    ...config.google.apis,
  ];
  return [...new Set(apis)].sort(compare);
}

/** APIs of the edge, of access and of operations. */
function outerApis({ dns, certificates, iap, logging, budget, ci }: Config): string[] {
  const used: readonly (readonly [string, boolean])[] = [
    [
      'bigquery.googleapis.com',
      Object.values(logging.sinks).some((sink) => sink.destination.dataset !== undefined),
    ],
    ['billingbudgets.googleapis.com', budget !== undefined],
    ['certificatemanager.googleapis.com', Object.keys(certificates).length > 0],
    ['dns.googleapis.com', Object.keys(dns.zones).length > 0],
    ['iap.googleapis.com', iap !== undefined],
    ['sts.googleapis.com', ci !== undefined],
  ];
  return used.flatMap(([api, asked]) => (asked ? [api] : []));
}
