import { atLeast, violationsOf } from '../attributes';
import { objectRule } from '../objects';

export const jobDeadline = objectRule({
  id: 'TL-RUN-002',
  title: 'A job may hang for ever',
  severity: 'warning',
  why: 'It then blocks the next run, and nobody is told',
  fix: 'set activeDeadlineSeconds and backoffLimit',
  see: 'https://kubernetes.io/docs/concepts/workloads/controllers/job/#job-termination-and-cleanup',
  kinds: ['Job', 'CronJob'],
  finds: (resource) =>
    violationsOf(
      resource.body,
      resource.type === 'Job'
        ? { 'spec.activeDeadlineSeconds': atLeast(1), 'spec.backoffLimit': atLeast(0) }
        : {
            'spec.jobTemplate.spec.activeDeadlineSeconds': atLeast(1),
            'spec.jobTemplate.spec.backoffLimit': atLeast(0),
          },
    ),
});
