import { everything, manifestsOf, synth } from './platform-fixture';

const withSettings = (settings: string) =>
  everything('manual').replace(
    'schedule: "0 6 * * *", pool: tasks }',
    `schedule: "0 6 * * *", pool: tasks, ${settings} }`,
  );
const cronJobOf = (text: string): any => {
  const manifests = manifestsOf(synth(text), 'meltano-elt');
  return manifests.find(({ kind, metadata }) => kind === 'CronJob' && metadata.name === 'orders')?.spec;
};

describe('a pipeline that no Airflow runs', () => {
  it('never overlaps, is made up for within the hour, and is not tried again where that is of no use', () => {
    expect(cronJobOf(everything('manual'))).toMatchObject({
      schedule: '0 6 * * *',
      suspend: false,
      concurrencyPolicy: 'Forbid',
      startingDeadlineSeconds: 3600,
      successfulJobsHistoryLimit: 3,
      failedJobsHistoryLimit: 3,
      jobTemplate: {
        spec: {
          activeDeadlineSeconds: 21600,
          backoffLimit: 2,
          podFailurePolicy: {
            rules: [{ action: 'Ignore' }, { action: 'FailJob', onExitCodes: { values: [2, 3] } }],
          },
        },
      },
    });
  });

  it('takes every field from the configuration', () => {
    const spec = cronJobOf(
      withSettings(
        'retries: 5, timeoutSeconds: 900, suspended: true, cronJob: { concurrencyPolicy: Replace, startingDeadlineSeconds: 120, successfulJobsHistoryLimit: 1, failedJobsHistoryLimit: 0, ttlSecondsAfterFinished: 3600, failOnExitCodes: [9, 4] }',
      ),
    );
    expect(spec).toMatchObject({
      suspend: true,
      concurrencyPolicy: 'Replace',
      startingDeadlineSeconds: 120,
      successfulJobsHistoryLimit: 1,
      failedJobsHistoryLimit: 0,
      jobTemplate: {
        spec: {
          activeDeadlineSeconds: 900,
          backoffLimit: 5,
          ttlSecondsAfterFinished: 3600,
          podFailurePolicy: { rules: [{}, { onExitCodes: { values: [4, 9] } }] },
        },
      },
    });
  });

  it('is run by tapline-run behind an init where its project says so', () => {
    const words = (text: string): string => {
      const { containers } = cronJobOf(text).jobTemplate.spec.template.spec;
      const { command = [], args = [] } = containers.find((one: any) => one.name === 'meltano');
      return [...command, ...args].join(' ');
    };
    expect(words(everything('manual'))).toContain(' meltano run tap-');
    const changed = everything('manual').replace('    project: ./meltano\n', '$&    runner: tapline-run\n');
    expect(words(changed)).toContain(' tini -- tapline-run run tap-');
  });
});
