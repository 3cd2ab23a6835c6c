import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { type Data, outputOf } from '../support/output';

const root = join(__dirname, '../..');
const folder = join(root, 'examples/gitlab-meltano/meltano');
const project: Data = parse(readFileSync(join(folder, 'meltano.yml'), 'utf8'));
const { object } = outputOf('examples/gitlab-meltano/platform.yaml');
const dockerfile = readFileSync(join(root, 'images/meltano/Dockerfile'), 'utf8');

const plugin = (kind: string, name: string): Data =>
  project.plugins[kind].find((one: Data) => one.name === name);
const settingsOf = ({ settings }: Data): string[] => settings.map(({ name }: Data) => name);

describe('the Meltano project of the GitLab platform', () => {
  test('gke-15: has tap-xactly with its settings, and the folder and the runtime of its JDBC driver', () => {
    const tap = plugin('extractors', 'tap-xactly');
    expect(settingsOf(tap)).toEqual(['username', 'password', 'client_id', 'consumer']);
    expect(tap.config).toEqual({ password: '$TAP_XACTLY' });
    expect(tap.env).toEqual({ CLASSPATH: '/project/drivers/*' });
    expect(existsSync(join(folder, 'drivers'))).toBe(true);
    expect(dockerfile).toMatch(/DEBIAN_PACKAGES=default-jre-headless/);
  });

  test('gke-16: has tap-edcast with its settings', () => {
    expect(settingsOf(plugin('extractors', 'tap-edcast'))).toEqual([
      'start_date',
      'end_date',
      'username',
      'password',
      'url_base',
    ]);
  });

  test('gke-17: has target-snowflake with account, database, warehouse and role, and taps from folders of a repository', () => {
    expect(plugin('loaders', 'target-snowflake').config).toEqual({
      account: 'gitlab',
      database: 'RAW',
      warehouse: 'LOADING',
      role: 'LOADER',
      user: '$SF_USER',
      password: '$SF_PASSWORD',
    });
    for (const name of ['tap-xactly', 'tap-edcast']) {
      expect(plugin('extractors', name).pip_url).toMatch(new RegExp(`^git\\+https://.*\\.git#subdirectory=${name}$`));
    }
  });

  test('gke-18: installs its plugins in the image, and runs every job once a day by the embedded scheduler', () => {
    expect(dockerfile).toMatch(/^RUN meltano install/m);
    expect(project.schedules.map(({ job, interval }: Data) => [job, interval])).toEqual([
      ['xactly', '@daily'],
      ['edcast', '@daily'],
    ]);
    const { containers, initContainers } = object('Deployment', 'gitlab-production').spec.template.spec;
    expect(containers[0].command).toEqual(['meltano', 'invoke', 'airflow', 'scheduler']);
    expect(initContainers.map(({ name }: Data) => name)).toEqual(['cloud-sql-proxy', 'prepare']);
    expect(initContainers[1].command).toEqual(['meltano', 'invoke', 'airflow', 'db', 'migrate']);
  });

  test.each(['xactly', 'edcast'])('gke-18: can run the job %s in a pod of its own, without the scheduler', (job) => {
    const { jobTemplate, suspend } = object('CronJob', job).spec;
    expect(suspend).toBe(true);
    const [container] = jobTemplate.spec.template.spec.containers;
    const { tasks } = project.jobs.find(({ name }: Data) => name === job);
    expect(container.command).toEqual(['meltano', 'run', ...tasks.join(' ').split(' ')]);
    expect(container.env).toContainEqual({
      name: 'MELTANO_STATE_BACKEND_URI',
      value: 'gs://gitlab-analysis-gitlab-state-gitlab/state',
    });
  });
});
