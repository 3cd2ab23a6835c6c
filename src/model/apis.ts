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

/** The APIs to enable, sorted, each once. */
export function requiredApis(
  config: Config,
  uses: { readonly databases: boolean; readonly secrets: boolean },
): string[] {
  const apis = [
    ...always,
    ...(uses.databases ? withDatabases : []),
    ...(uses.secrets ? withSecrets : []),
    ...config.google.apis,
  ];
  return [...new Set(apis)].sort(compare);
}
