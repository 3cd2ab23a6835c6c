import { CronJob, MeltanoCronJob, renderPodTemplate } from '../../src/kubernetes';
import { labels, manifestsOf, meltanoPod } from './helpers';

const template = renderPodTemplate({
  labels: {},
  serviceAccount: 'sa',
  volumeGroup: 1,
  placement: { nodeSelector: {}, tolerations: [] },
  containers: [],
  terminationGracePeriodSeconds: 30,
  restartPolicy: 'Never',
});
const base = { name: 'c', namespace: 'n', labels, retries: 1, timeoutSeconds: 60, template };
const specOf = (props: Partial<ConstructorParameters<typeof CronJob>[2]>) =>
  manifestsOf((scope) => new CronJob(scope, 'c', { ...base, schedule: '@daily', ...props }))[0].spec;
const pipelineOf = (props: Partial<ConstructorParameters<typeof MeltanoCronJob>[2]>) =>
  manifestsOf(
    (scope) =>
      new MeltanoCronJob(scope, 'c', {
        ...meltanoPod,
        run: ['tap-a', 'target-b'],
        timeZone: 'Etc/UTC',
        suspended: false,
        timeoutSeconds: 60,
        retries: 2,
        schedule: '@daily',
        ...props,
      }),
  )[0].spec;

describe('CronJob', () => {
  it('keeps the last three of each outcome, for as long as nobody says otherwise', () => {
    const spec = specOf({});
    expect(spec).toMatchObject({ successfulJobsHistoryLimit: 3, failedJobsHistoryLimit: 3 });
    expect(spec.jobTemplate.spec).not.toHaveProperty('ttlSecondsAfterFinished');
  });

  it('passes on what is said of overlaps, of missed starts and of old Jobs', () => {
    const said = {
      concurrencyPolicy: 'Replace',
      startingDeadlineSeconds: 60,
      successfulJobsHistoryLimit: 0,
      failedJobsHistoryLimit: 9,
    } as const;
    const spec = specOf({ ...said, ttlSecondsAfterFinished: 600 });
    expect(spec).toMatchObject(said);
    expect(spec.jobTemplate.spec.ttlSecondsAfterFinished).toBe(600);
  });

  it('fails with a deadline that Kubernetes would never meet', () => {
    expect(() => specOf({ startingDeadlineSeconds: 9 })).toThrow(
      /got startingDeadlineSeconds 9; allowed is 10 or more/,
    );
  });
});

describe('MeltanoCronJob', () => {
  it('makes no second attempt where Meltano says that it was called wrongly', () => {
    expect(pipelineOf({}).jobTemplate.spec).toMatchObject({
      backoffLimit: 2,
      podFailurePolicy: {
        rules: [
          { action: 'Ignore' },
          {
            action: 'FailJob',
            onExitCodes: { containerName: 'meltano', operator: 'In', values: [2, 3] },
          },
        ],
      },
    });
  });

  it('names the container that is really in the pod', () => {
    const { podFailurePolicy, template: pod } = pipelineOf({ failOnExitCodes: [7] }).jobTemplate.spec;
    const onExitCodes = podFailurePolicy.rules[1]!.onExitCodes!;
    expect(onExitCodes.values).toEqual([7]);
    expect(pod.spec.containers.map(({ name }: { name: string }) => name)).toContain(
      onExitCodes.containerName,
    );
  });

  it('tries again after every code where none is named', () => {
    expect(pipelineOf({ failOnExitCodes: [] }).jobTemplate.spec.podFailurePolicy.rules).toHaveLength(1);
  });
});
