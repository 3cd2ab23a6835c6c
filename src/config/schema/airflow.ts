import * as z from 'zod';
import { databaseReference, dnsLabel, egress, env, imageReference, resources } from './common';

/** An Airflow instance: api-server, scheduler, dag-processor and triggerer. */
export const airflow = z.strictObject({
  namespace: dnsLabel.optional().describe('Namespace it runs in. Default: the only one there is.'),
  database: databaseReference
    .optional()
    .describe(
      'INSTANCE/DATABASE of its metadata. Default: the database `airflow` of the only instance; with no instance declared, one is made.',
    ),
  version: z
    .string()
    .regex(/^3\.[23]\.\d+$/, 'a version of Airflow 3.2 or 3.3, such as 3.3.2')
    .default('3.3.2')
    .describe('Version of Airflow. Raising it runs the migrations before the new pods start.'),
  image: imageReference
    .optional()
    .describe('Image: REGISTRY/NAME:TAG with a registry of this platform, or a full reference. Default: the public image of that version.'),
  pool: z.string().optional().describe('Node pool that it runs on. Default: any pool without taints.'),
  serviceAccount: dnsLabel.optional().describe('Name of the Kubernetes service account. Default: airflow-KEY.'),
  dags: z
    .strictObject({
      git: z
        .strictObject({
          url: z.string().regex(/^https:\/\/\S+$/, 'an https address of a repository that can be read without a password')
            .describe('Address of the repository.'),
          ref: z.string().min(1).default('main').describe('Branch, tag or commit.'),
          path: z.string().default('dags').describe('Folder of the DAGs in the repository.'),
          periodSeconds: z.int().min(5).default(60).describe('How often the repository is looked at, in seconds.'),
        })
        .describe('A repository that is synchronised into the pods.'),
    })
    .optional()
    .describe('Where the DAGs come from. Default: one sample DAG that shows that the platform works.'),
  env: env.default({}).describe('Environment of every Airflow container, for example AIRFLOW__CORE__PARALLELISM.'),
  resources: z
    .strictObject({
      apiServer: resources.optional().describe('The API server, which serves the pages too. Default: 500m and 2Gi.'),
      scheduler: resources.optional().describe('The scheduler, which runs the tasks too. Default: 1 and 2Gi.'),
      dagProcessor: resources.optional().describe('The processor of the DAG files. Default: 500m and 1Gi.'),
      triggerer: resources.optional().describe('The triggerer. Default: 250m and 1Gi.'),
    })
    .default({})
    .describe('Requests and limits by component.'),
  egress: egress.default([]).describe('Addresses beside the internet on port 443 that its tasks may reach.'),
});
export type AirflowConfig = z.infer<typeof airflow>;
