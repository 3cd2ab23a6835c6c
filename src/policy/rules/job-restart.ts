import { podRule } from '../pods';
import { shown } from '../tree';

const ofJobs = ['Never', 'OnFailure'];

export const jobRestart = podRule({
  id: 'TL-RUN-003',
  title: 'What a pod does after its end does not fit what made it',
  severity: 'error',
  why: 'A job whose pod restarts always is refused, and a service whose pod does not stays down',
  fix: 'set restartPolicy to Never or OnFailure for jobs, and to Always for the rest',
  see: 'https://kubernetes.io/docs/concepts/workloads/pods/pod-lifecycle/#restart-policy',
  finds: ({ owner, spec, path }) => {
    const isJob = owner.type === 'Job' || owner.type === 'CronJob';
    const value = spec.restartPolicy;
    const fits = isJob
      ? typeof value === 'string' && ofJobs.includes(value)
      : owner.type === 'Pod' || value === undefined || value === 'Always';
    return fits
      ? []
      : [
          {
            path: `${path}.restartPolicy`,
            found: shown(value),
            wanted: isJob ? ofJobs.join(' or ') : 'Always',
          },
        ];
  },
});
