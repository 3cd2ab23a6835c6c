import * as z from 'zod';
import { standsInFor } from './pipelines-airflow';
import {
  databaseReference,
  dnsLabel,
  egress,
  env,
  folder,
  imageReference,
  kubernetesLabelKey,
  kubernetesLabelValue,
  objectNameUpTo,
  resources,
} from './common';

const scheduler = z.strictObject({
  name: objectNameUpTo(63).optional().describe('Name of the Deployment. Default: the key of the project.'),
  labels: z
    .record(kubernetesLabelKey, kubernetesLabelValue)
    .default({})
    .describe('Labels of its pods, and what the Deployment selects by. Changing this recreates the Deployment.'),
  command: z
    .array(z.string())
    .min(1)
    .default(['meltano', 'invoke', 'airflow', 'scheduler'])
    .describe('What the container runs.'),
  prepare: z
    .array(z.string())
    .optional()
    .describe('What runs to its end before, in the same image. Default: meltano invoke airflow db migrate where the command is the scheduler of Airflow, else nothing; [] for nothing.'),
});

/** A Meltano project: one image, and the workloads that run it. */
export const meltano = z.strictObject({
  project: z
    .string()
    .optional()
    .describe('Folder of the Meltano project, seen from this file; its meltano.yml must be there. Default: the project lives elsewhere, and only its image is known.'),
  namespace: dnsLabel.optional().describe('Namespace its pods run in. Default: the only one there is.'),
  pool: z.string().optional().describe('Node pool that its pods run on. Default: any pool without taints.'),
  image: imageReference
    .optional()
    .describe(
      'Image with the project and its plugins installed: REGISTRY/NAME:TAG with a registry of this platform, or a full reference. Default: KEY:stable in the only docker registry.',
    ),
  directory: folder
    .default('/project')
    .describe('Folder of the Meltano project in the image.'),
  runner: z
    .enum(['meltano', 'tapline-run'])
    .default('meltano')
    .describe('What its pipelines are run by: meltano run, or tapline-run run, which the image of runtime/image/Dockerfile has.'),
  serviceAccount: dnsLabel.optional().describe('Name of the Kubernetes service account. Default: meltano-KEY.'),
  standsInFor,
  state: z
    .enum(['gs', 'none'])
    .default('gs')
    .describe('Where pipelines keep their bookmarks. gs: a versioned bucket that only this project can write. none: what meltano.yml says.'),
  database: databaseReference
    .optional()
    .describe('INSTANCE/DATABASE that its pods reach at localhost:5432 by the Cloud SQL Auth Proxy, with IAM login.'),
  scheduler: scheduler
    .optional()
    .describe("A single Deployment that runs Meltano's embedded scheduler. Default: none; pipelines are jobs of their own."),
  env: env.default({}).describe('Environment of every container of the project.'),
  resources: resources.default({}).describe('Requests and limits of the Meltano container. Default: 500m and 1Gi.'),
  egress: egress
    .default([])
    .describe('Addresses beside the internet on port 443 that its taps and targets may reach.'),
});
export type MeltanoConfig = z.infer<typeof meltano>;
