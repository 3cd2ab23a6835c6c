import { cpSync, existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { renderImagesLock } from '../../src/config';
import { usedImages } from '../../src/model';
import { readInput } from '../../src/output';
import { type Data, outputOf } from '../support/output';
import { temporaryFolder } from '../support/temporary';

const root = join(__dirname, '../..');
const folder = join(root, 'examples/gitlab-meltano/meltano');
const project: Data = parse(readFileSync(join(folder, 'meltano.yml'), 'utf8'));
const { object } = outputOf('examples/gitlab-meltano/platform.yaml');
const dockerfile = readFileSync(join(root, 'images/meltano/Dockerfile'), 'utf8');

const plugin = (kind: string, name: string): Data =>
  project.plugins[kind].find((one: Data) => one.name === name);
/** After the prologue that reads the secrets. */
const commandOf = ({ args }: Data): string[] => args.slice(1);
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
    expect(commandOf(containers[0])).toEqual(['meltano', 'invoke', 'airflow', 'scheduler']);
    expect(initContainers.map(({ name }: Data) => name)).toEqual(['cloud-sql-proxy', 'prepare']);
    expect(commandOf(initContainers[1])).toEqual(['meltano', 'invoke', 'airflow', 'db', 'migrate']);
  });

  test.each(['xactly', 'edcast'])('gke-18: can run the job %s in a pod of its own, without the scheduler', (job) => {
    const { jobTemplate, suspend } = object('CronJob', job).spec;
    expect(suspend).toBe(true);
    const [container] = jobTemplate.spec.template.spec.containers;
    const { tasks } = project.jobs.find(({ name }: Data) => name === job);
    expect(commandOf(container)).toEqual(['meltano', 'run', ...tasks.join(' ').split(' ')]);
    expect(container.env).toContainEqual({
      name: 'MELTANO_STATE_BACKEND_URI',
      value: 'gs://gitlab-analysis-gitlab-state-gitlab/state',
    });
  });

  describe('in its modern form', () => {
    const folder = temporaryFolder();

    test('gke-18: runs each job in a pod of its own by the clock, its image by digest, its bookmark in a bucket, and no scheduler', () => {
      const text = readFileSync(join(root, 'examples/gitlab-meltano/platform.yaml'), 'utf8')
        .replace(/^ {4}scheduler:\n( {6}.*\n)+/m, '')
        .replace(/(run: tap-\w+ target-snowflake) }/g, '$1, schedule: "@daily" }');
      const file = join(folder.path, 'platform.yaml');
      cpSync(join(root, 'examples/gitlab-meltano/meltano'), join(folder.path, 'meltano'), { recursive: true });
      writeFileSync(file, text);
      const digest = `sha256:${'5'.repeat(64)}`;
      const images = readInput(file).platforms.flatMap(usedImages).map(({ reference }) => [reference, digest]);
      writeFileSync(join(folder.path, 'images.lock'), renderImagesLock(Object.fromEntries(images)));

      const modern = outputOf(file);
      expect(modern.objects.filter(({ kind }) => kind === 'Deployment')).toEqual([]);
      for (const job of ['xactly', 'edcast']) {
        const { schedule, suspend, concurrencyPolicy, jobTemplate } = modern.object('CronJob', job).spec;
        expect({ schedule, suspend, concurrencyPolicy }).toEqual({
          schedule: '@daily',
          suspend: false,
          concurrencyPolicy: 'Forbid',
        });
        const [container] = jobTemplate.spec.template.spec.containers;
        expect(container.image).toBe(
          `us-west1-docker.pkg.dev/gitlab-analysis/gitlab-images/gitlab-meltano:1.0.0@${digest}`,
        );
        expect(container.env).toContainEqual({
          name: 'MELTANO_STATE_BACKEND_URI',
          value: 'gs://gitlab-analysis-gitlab-state-gitlab/state',
        });
      }
    });
  });
});
