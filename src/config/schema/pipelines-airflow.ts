import * as z from 'zod';
import { dnsLabel, egress, env } from './common';
import { airflowPoolName } from './pipelines-tasks';

/** Pools of Airflow: how many slots each has. */
export const airflowPools = z
  .record(airflowPoolName, z.int().min(0).max(100000))
  .default({})
  .describe('Pools and their slots, which limit how many tasks of `airflowPool` run at a time. They are set again with every change here.');

/** What the tasks have that are of no Meltano project. */
export const airflowTasks = z
  .strictObject({
    namespace: dnsLabel.optional().describe('Namespace that they run in. Default: that of the Airflow.'),
    pool: z.string().optional().describe('Node pool that they run on. Default: any pool without taints.'),
    serviceAccount: dnsLabel.optional().describe('Name of their Kubernetes service account. Default: tasks-KEY.'),
    env: env.default({}).describe('Environment of all of them.'),
    egress: egress.default([]).describe('Addresses beside the internet on port 443 that they may reach.'),
  })
  .prefault({})
  .describe('Tasks of pipelines that run a command in an image of their own, in pods that run as one identity.');

/** The Airflow whose pipelines this one tries out. */
export const testedAirflow = z
  .string()
  .optional()
  .describe('The Airflow whose pipelines this one has as well, to try them out: by hand only, in the namespace, on the node pool and as the identity of its own `tasks`, and nobody is told of failures. For each Meltano project of theirs, one `standsInFor` it. Default: only pipelines that name it.');

/** The Meltano project that another stands in for. */
export const standsInFor = z
  .string()
  .optional()
  .describe('The Meltano project that this one stands in for where an Airflow `tests` its pipelines: with a state and an identity of its own, so that a test moves no bookmark. Default: none.');
