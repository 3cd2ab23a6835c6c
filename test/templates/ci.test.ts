import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import packageJson from '../../package.json';
import { temporaryFolder } from '../support/temporary';

const root = join(__dirname, '../..');
const textOf = (service: string) => readFileSync(join(root, `templates/ci/${service}/images.yml`), 'utf8');
const github = parse(textOf('github'));
const gitlab = parse(textOf('gitlab'));
const services = ['github', 'gitlab'];
const folder = temporaryFolder();

/** The text that is run, of every step or job. */
const scripts = {
  github: Object.values<any>(github.jobs).flatMap(({ steps }) => steps.map(({ run = '' }) => run)),
  gitlab: Object.values<any>(gitlab).flatMap((job) => [...(job.before_script ?? []), ...(job.script ?? [])]),
};
const commandsOf = (service: string) => scripts[service as keyof typeof scripts].join('\n');

it('ships with the package', () => {
  expect(packageJson.files).toEqual(expect.arrayContaining(['images', 'templates', 'dags']));
});

describe.each(services)('the images of a release, by %s', (service) => {
  it('are built for each Dockerfile that there is', () => {
    const built: string[] =
      service === 'github'
        ? github.jobs.build.strategy.matrix.include.map(({ image }: any) => image)
        : gitlab['build-image'].parallel.matrix.map(({ IMAGE }: any) => IMAGE);
    expect(built.sort()).toEqual(readdirSync(join(root, 'images')).sort());
  });

  it('are pushed without any key or secret that somebody has to keep', () => {
    expect(textOf(service)).not.toMatch(
      /secrets\.|credentials_json|_json_key|GOOGLE_APPLICATION_CREDENTIALS/,
    );
    expect(textOf(service)).toMatch(/WORKLOAD_IDENTITY_PROVIDER/);
  });

  it('take no base but by the digest that was asked for just before', () => {
    for (const image of readdirSync(join(root, 'images'))) {
      const bases =
        readFileSync(join(root, 'images', image, 'Dockerfile'), 'utf8').match(/^FROM .*$/gm) ?? [];
      expect(bases.length).toBeGreaterThan(0);
      for (const base of bases) expect(base).toMatch(/@\$\{(AIRFLOW|PYTHON)_DIGEST\}( AS build)?$/);
    }
    expect(commandsOf(service)).toMatch(
      /imagetools inspect "\$BASE"|skopeo inspect --raw "docker:\/\/\$BASE"/,
    );
  });

  it('are proposed to the default branch with their digests, and never pushed to it', () => {
    const commands = commandsOf(service);
    expect(commands).toMatch(/npx tapline images lock\n/);
    expect(commands).toMatch(/git add platform\.yaml images\.lock/);
    expect(commands).toMatch(/gh pr create|merge_request\.create/);
    const pushed = commands.split('\n').filter((line) => line.startsWith('git push '));
    expect(pushed).toHaveLength(1);
    expect(pushed[0]).toMatch(/ "(HEAD:)?images-\$version"$/);
  });

  it('get their new tag where the configuration names them, and nothing else does', () => {
    const line = /sed -i -E "(.*)" platform\.yaml/.exec(commandsOf(service))?.[1] ?? '';
    writeFileSync(
      join(folder.path, 'platform.yaml'),
      [
        'a: { image: images/meltano:1.0.0, x: 1 }',
        'b: { image: "europe-docker.pkg.dev/p/images/airflow:0.9.12" }',
        '    image: images/dbt:2.0.0 # dbt',
        '    image: docker.io/acme/gitlab-meltano:1.0.0',
        'version: 1.0.0',
        '',
      ].join('\n'),
    );
    execFileSync('bash', ['-euc', `version=1.2.3; sed -i -E "${line}" platform.yaml`], { cwd: folder.path });
    expect(readFileSync(join(folder.path, 'platform.yaml'), 'utf8')).toBe(
      [
        'a: { image: images/meltano:1.2.3, x: 1 }',
        'b: { image: "europe-docker.pkg.dev/p/images/airflow:1.2.3" }',
        '    image: images/dbt:1.2.3 # dbt',
        '    image: docker.io/acme/gitlab-meltano:1.0.0',
        'version: 1.0.0',
        '',
      ].join('\n'),
    );
  });
});

it.each([
  ['v1.2.3', true],
  ['v1.2.3-rc1', false],
  ['1.2.3', false],
  ['v1.2', false],
])('builds for the tag %s: %s', (tag, built) => {
  const [glob] = github.on.push.tags;
  // GitHub's filter patterns: the dot is a dot, the rest as in a regular expression.
  expect(new RegExp(`^${glob.replaceAll('.', '\\.')}$`).test(tag)).toBe(built);
  const [, pattern] = /=~ \/(.*?)\/ &&/.exec(gitlab['.release'].rules[0].if) ?? [];
  expect(new RegExp(pattern!).test(tag)).toBe(built);
});

it('gives no job of GitHub more than it needs', () => {
  expect(github.permissions).toEqual({});
  expect(github.jobs.build.permissions).toEqual({ contents: 'read', 'id-token': 'write' });
  expect(github.jobs.propose.permissions).toMatchObject({ 'pull-requests': 'write' });
});
