import {
  CronJob,
  DatabaseBootstrapJob,
  MeltanoCronJob,
  OneOffJob,
  renderPodTemplate,
} from '../../src/kubernetes';
import { labels, manifestsOf, meltanoPod } from './helpers';

const template = (grace: number) =>
  renderPodTemplate({
    labels: {},
    serviceAccount: 'sa',
    volumeGroup: 1,
    placement: { nodeSelector: {}, tolerations: [] },
    containers: [],
    terminationGracePeriodSeconds: grace,
    restartPolicy: 'Never',
  });

const job = { namespace: 'n', labels, namePrefix: 'job', retries: 1, timeoutSeconds: 60 };

describe('OneOffJob', () => {
  const nameOf = (props: Partial<ConstructorParameters<typeof OneOffJob>[2]>): string =>
    manifestsOf((scope) => new OneOffJob(scope, 'j', { ...job, template: template(1), ...props }))[0].metadata
      .name;

  it('changes its name with anything that it does, since a Job cannot be changed', () => {
    const names = [
      nameOf({}),
      nameOf({ retries: 2 }),
      nameOf({ template: template(2) }),
      nameOf({ content: 'x' }),
    ];
    expect(new Set(names).size).toBe(4);
    expect(nameOf({})).toBe(names[0]);
  });

  it('keeps its name a label, however long the prefix is', () => {
    expect(nameOf({ namePrefix: 'x'.repeat(80) })).toMatch(/^x{54}-[0-9a-f]{8}$/);
  });

  it('stays after it has finished, so that no tool makes it again', () => {
    const [manifest] = manifestsOf((scope) => new OneOffJob(scope, 'j', { ...job, template: template(1) }));
    expect(manifest.spec).not.toHaveProperty('ttlSecondsAfterFinished');
  });

  it('loses no attempt to a node that goes away, and never runs two pods at once', () => {
    const [manifest] = manifestsOf((scope) => new OneOffJob(scope, 'j', { ...job, template: template(1) }));
    expect(manifest.spec).toMatchObject({
      podFailurePolicy: { rules: [{ action: 'Ignore', onPodConditions: [{ type: 'DisruptionTarget' }] }] },
      podReplacementPolicy: 'Failed',
      parallelism: 1,
    });
  });
});

describe('CronJob', () => {
  const specOf = (props: { schedule?: string; suspended?: boolean }) =>
    manifestsOf((scope) => new CronJob(scope, 'c', { ...job, name: 'c', template: template(1), ...props }))[0]
      .spec;

  it('never runs two at a time, and makes up for a missed start within the hour', () => {
    expect(specOf({ schedule: '@daily' })).toMatchObject({
      schedule: '@daily',
      suspend: false,
      timeZone: 'Etc/UTC',
      concurrencyPolicy: 'Forbid',
      startingDeadlineSeconds: 3600,
    });
  });

  it('is suspended without a schedule, so that it can be started by hand', () => {
    expect(specOf({})).toMatchObject({ suspend: true, schedule: '0 0 31 2 *' });
    expect(specOf({ suspended: false })).toMatchObject({ suspend: true });
  });

  it('rests where asked', () => {
    expect(specOf({ schedule: '@daily', suspended: true })).toMatchObject({ suspend: true });
  });
});

describe('MeltanoCronJob', () => {
  const [manifest] = manifestsOf(
    (scope) =>
      new MeltanoCronJob(scope, 'p', {
        ...meltanoPod,
        name: 'xactly',
        run: ['tap-xactly', 'target-snowflake'],
        schedule: '0 6 * * *',
        timeZone: 'Europe/Berlin',
        suspended: false,
        timeoutSeconds: 3600,
        retries: 2,
      }),
  );
  const { spec } = manifest.spec.jobTemplate;

  it('runs the pipeline after the prologue that reads its secrets', () => {
    expect(spec.template.spec.containers[0].args).toEqual([
      'tapline',
      'meltano',
      'run',
      'tap-xactly',
      'target-snowflake',
    ]);
  });

  it('bounds time and attempts', () => {
    expect(spec).toMatchObject({ activeDeadlineSeconds: 3600, backoffLimit: 2 });
    expect(manifest.spec.timeZone).toBe('Europe/Berlin');
  });

  it('keeps the proxy a native sidecar in the manifest, so that the Job ends', () => {
    expect(spec.template.spec.initContainers).toMatchObject([
      { name: 'cloud-sql-proxy', restartPolicy: 'Always' },
    ]);
    expect(spec.template.spec.restartPolicy).toBe('Never');
  });

  it('is left alone by the autoscaler while it runs', () => {
    expect(spec.template.metadata.annotations).toEqual({
      'cluster-autoscaler.kubernetes.io/safe-to-evict': 'false',
    });
  });
});

describe('DatabaseBootstrapJob', () => {
  const make = (user: string) =>
    manifestsOf(
      (scope) =>
        new DatabaseBootstrapJob(scope, 'b', {
          namePrefix: 'bootstrap-main',
          namespace: 'n',
          labels,
          image: 'postgres:18',
          proxy: { image: 'proxy:2', connectionName: 'p:r:i' },
          serviceAccount: 'bootstrap-main',
          placement: { nodeSelector: {}, tolerations: [] },
          secretDelivery: 'external-secrets',
          adminUser: 'admin',
          adminPassword: { secret: 'admin-secret', key: 'password' },
          grantees: [{ user, databases: ['airflow'] }],
        }),
    );
  const [configMap, manifest] = make('a@p.iam');
  if (manifest === undefined) throw new Error('there is no Job');
  const pod = manifest.spec.template.spec;

  it('shows its statements in a ConfigMap that comes first and never changes', () => {
    expect(configMap).toMatchObject({ kind: 'ConfigMap', immutable: true });
    expect(configMap.data['grants.sql']).toContain('TO "a@p.iam"');
    expect(pod.volumes).toContainEqual({
      name: 'sql',
      configMap: { name: configMap.metadata.name, defaultMode: 0o444 },
    });
  });

  it('takes other names when it grants something else', () => {
    const [otherMap, otherJob] = make('b@p.iam');
    expect(otherMap.metadata.name).not.toBe(configMap.metadata.name);
    expect(otherJob?.metadata.name).not.toBe(manifest.metadata.name);
  });

  it('logs in with a password from a file, through a proxy that does not log in itself', () => {
    expect(pod.initContainers[0].args).not.toContain('--auto-iam-authn');
    const [psql] = pod.containers;
    expect(psql.command[2]).toContain('PGPASSWORD="$(cat /run/secrets/admin-secret/password)"');
    expect(JSON.stringify(psql.env)).not.toContain('PGPASSWORD');
    expect(psql.args).toEqual(['tapline', 'psql', '--no-psqlrc', '--no-password', '--file=/sql/grants.sql']);
  });
});
