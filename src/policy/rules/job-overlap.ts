import { oneOf, violationsOf } from '../attributes';
import { objectRule } from '../objects';

export const jobOverlap = objectRule({
  id: 'TL-RUN-001',
  title: 'Two runs of a job may overlap',
  severity: 'error',
  why: 'Two runs of one pipeline corrupt its state',
  fix: 'set concurrencyPolicy to Forbid',
  see: 'https://kubernetes.io/docs/concepts/workloads/controllers/cron-jobs/#concurrency-policy',
  kinds: ['CronJob'],
  finds: (resource) => violationsOf(resource.body, { 'spec.concurrencyPolicy': oneOf('Forbid') }),
});
