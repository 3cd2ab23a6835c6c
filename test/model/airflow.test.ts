import type { Platform } from '../../src/model';
import { fullProduction, twoInstances } from '../charts/airflow-fixture';
import { platformOf } from '../charts/platform-fixture';

const full = platformOf(twoInstances(fullProduction));
const executor = 'executor: KubernetesExecutor';

function airflowOf(platform: Platform, key = 'production') {
  const found = platform.airflow.find((airflow) => airflow.key === key);
  if (found === undefined) throw new Error(`there is no Airflow ${key}`);
  return found;
}

const readersOf = (platform: Platform, secret: string) =>
  platform.secrets.find(({ key }) => key === secret)?.readers;
const writersOf = (platform: Platform, bucket: string) =>
  platform.buckets.find(({ key }) => key === bucket)?.writers;

describe('the workers of the KubernetesExecutor', () => {
  it('write logs, read what tasks read, and have no role on the project and no key', () => {
    const platform = platformOf(twoInstances(`    ${executor}\n    env: { TOKEN: { secret: git/token } }`));
    const { worker } = airflowOf(platform);
    expect(worker?.identity).toMatchObject({ key: 'airflow-production--worker', projectRoles: [] });
    const both = ['airflow-production', 'airflow-production--worker'];
    expect(writersOf(platform, 'airflow-production-logs')).toEqual(both);
    expect(readersOf(platform, 'git')).toEqual(both);
    expect(readersOf(platform, 'tapline-airflow-production')).toEqual(['airflow-production']);
    expect(platform.databases[0]?.users.map(({ identity }) => identity)).not.toContain(
      'airflow-production--worker',
    );
  });

  it('read the repository of the DAGs, and nothing of the sign-in', () => {
    expect(readersOf(full, 'git')).toContain('airflow-production--worker');
    expect(readersOf(full, 'sso')).toEqual(['airflow-production']);
  });

  it('are the components themselves in Airflow 2, where tasks work on the database', () => {
    const platform = platformOf(twoInstances(`    version: 2.11.2\n    ${executor}`));
    const { worker, identity } = airflowOf(platform);
    expect(worker?.identity).toBe(identity);
    expect(platform.identities.map(({ key }) => key)).not.toContain('airflow-production--worker');
  });

  it('go where the Airflow goes unless they have a pool of their own', () => {
    expect(airflowOf(full).worker?.placement.pool).toBe('production-task');
    const platform = platformOf(twoInstances('', `    ${executor}`));
    expect(airflowOf(platform, 'testing').worker?.placement.pool).toBe('testing');
  });
});

describe('keys', () => {
  it('that are generated stay when others are named, since what they encrypted needs them', () => {
    const { keyReferences, keys } = airflowOf(full);
    expect(keyReferences.fernet).toEqual([
      { secret: 'fernet', key: 'new' },
      { secret: 'tapline-airflow-production', key: 'fernet-key' },
    ]);
    expect(keys.values.map(({ key }) => key)).toEqual([
      'api-secret-key',
      'fernet-key',
      'jwt-secret',
      'pgbouncer-password',
    ]);
    expect(readersOf(full, 'fernet')).toEqual(['airflow-production']);
  });
});

describe('how many run', () => {
  it('is what fits into the schedulers, or 32 where each task has a pod', () => {
    const production = twoInstances('', `    ${executor}`).replace('cluster:', 'production: true\ncluster:');
    const platform = platformOf(production);
    expect(airflowOf(platform)).toMatchObject({
      parallelism: 12,
      replicas: { apiServer: 2, scheduler: 2 },
      apiServerScaling: null,
    });
    expect(airflowOf(platform, 'testing').parallelism).toBe(32);
    expect(airflowOf(full).apiServerScaling).toEqual({ min: 2, max: 4, cpuPercent: 70 });
  });
});

describe('logs on a volume', () => {
  const platform = platformOf(twoInstances('    logs: { volume: {} }'));

  it('need no bucket, but volumes on the cluster that many nodes write', () => {
    expect(writersOf(platform, 'airflow-production-logs')).toBeUndefined();
    expect(platform.clusters[0]?.sharedVolumes).toBe(true);
    expect(platform.apis).toContain('file.googleapis.com');
  });

  it('are asked for nowhere else', () => {
    expect(full.clusters[0]?.sharedVolumes).toBe(false);
    expect(full.apis).not.toContain('file.googleapis.com');
  });
});

it('opens the port of ssh to the internet only where a repository is read by it', () => {
  const ports = (platform: Platform) => airflowOf(platform).egress.flatMap((range) => range.ports);
  expect(ports(full)).toContain(22);
  expect(ports(platformOf(twoInstances()))).toEqual([443]);
  const other = `
    dags:
      bundles:
        main:
          url: ssh://git@git.example.com:2222/a/b.git
          sshKey: { secret: git/ssh }
          knownHosts: { secret: git/known_hosts }`;
  expect(ports(platformOf(twoInstances(other)))).toEqual([443, 2222]);
});
