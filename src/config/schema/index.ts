import * as z from 'zod';
import { airflow } from './airflow';
import { cluster } from './cluster';
import { keyUpTo, labelKey, labelValue, mapOf } from './common';
import { database } from './database';
import { google } from './google';
import { meltano } from './meltano';
import { namespace } from './namespaces';
import { network } from './network';
import { pipeline } from './pipelines';
import { registry } from './registry';
import { secret, secretDelivery } from './secrets';

/** One platform, as it is after an environment has been laid over the file. */
export const platformSchema = z.strictObject({
  version: z.literal(1).describe('Version of this format.'),
  name: keyUpTo(24)
    .describe('Name of the platform: the prefix of everything. Changing this recreates everything.'),
  google: google.describe('The Google Cloud project.'),
  production: z
    .boolean()
    .default(false)
    .describe('Whether people depend on this environment: databases then have a standby and workloads more than one replica where they can.'),
  labels: z.record(labelKey, labelValue).default({}).describe('Labels on every Google resource that takes them.'),
  network: network.prefault({}).describe('The VPC network.'),
  cluster: cluster.prefault({}).describe('The GKE cluster.'),
  databases: mapOf(database)
    .default({})
    .describe('Cloud SQL instances by name. Renaming one recreates it.'),
  registries: mapOf(registry)
    .default({ images: registry.parse({}) })
    .describe('Repositories in Artifact Registry by name. Default: one for docker images, `images`.'),
  secrets: mapOf(secret).default({}).describe('Secrets by name.'),
  secretDelivery,
  namespaces: mapOf(namespace)
    .default({})
    .describe('Kubernetes namespaces by name. Default: one, called like the platform.'),
  airflow: mapOf(airflow).default({}).describe('Airflow instances by name.'),
  meltano: mapOf(meltano).default({}).describe('Meltano projects by name.'),
  pipelines: mapOf(pipeline).default({}).describe('Pipelines by name.'),
});

/** The configuration of one environment, with every default filled in. */
export type Config = z.infer<typeof platformSchema>;

/** An environment's name stands between the platform's name and the rest in every name, so it has no hyphen. */
export const environmentName = z
  .string()
  .max(16, 'at most 16 characters')
  .regex(/^[a-z][a-z0-9]*$/, 'lower-case letters and digits, first a letter');
