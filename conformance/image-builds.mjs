// Builds the images of dbt and of a Meltano project by their own Dockerfiles, and starts what is in them as the user that
// they name. A base by its digest is not to be had offline, so a Debian with Python stands in for it; everything after
// FROM is as it ships. Needs root, as buildah does for a chroot. Takes
// the names of images; without any, it builds both.
import {
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import {
  atEnd,
  cached,
  check,
  hasCommand,
  main,
  must,
  needDebian,
  notRun,
  root,
  run,
  temporaryFolder,
} from './support.mjs';

/** Debian's release with a Python that the packages are pinned for. */
const release = 'bookworm';
const base = 'localhost/base:1';

/** A project whose plugin is in the same registry as everything else. */
const project = `
project_id: 0f6a2f4e-53d1-4a35-9d7e-8b0a7d0f9c41
default_environment: production
environments: [{ name: production }]
plugins:
  extractors: [{ name: tap-x, namespace: tap_x, executable: tap-x }]
  loaders: [{ name: target-jsonl, namespace: target_jsonl, pip_url: target-jsonl, executable: target-jsonl }]
jobs: [{ name: x, tasks: [tap-x target-jsonl] }]
schedules: [{ name: x-daily, job: x, interval: "@daily" }]
`;

function debian() {
  return join(
    cached(`debian-${release}-python`, (folder) => {
      console.log(`  installing Debian ${release} with Python (minutes, once)`);
      const target = join(folder, 'root');
      const packages = '--include=python3,python3-venv,ca-certificates';
      must('debootstrap', ['--variant=minbase', packages, release, target], { stdio: 'pipe' });
      symlinkSync('python3', join(target, 'usr/bin/python'));
    }),
    'root',
  );
}

await main('image-builds', () => {
  if (process.getuid?.() !== 0)
    return notRun('all of it', 'only root can build in a chroot', {
      optional: 'the Dockerfiles are linted without it',
    });
  needDebian(['buildah', 'debootstrap', 'runc'], () => hasCommand('buildah') && hasCommand('debootstrap'));
  const folder = temporaryFolder('image-builds');
  const stores = ['--root', join(folder, 'store'), '--runroot', join(folder, 'run')];
  const env = { ...process.env, STORAGE_DRIVER: 'vfs', BUILDAH_ISOLATION: 'chroot' };
  const buildah = (...args) => run('buildah', [...stores, ...args], { env });
  const mustBuildah = (...args) => {
    const result = buildah(...args);
    if (result.status !== 0) throw new Error(`buildah ${args.join(' ')}\n${result.said.slice(-4000)}`);
    return result.stdout.trim();
  };
  // Its layers belong to other users, which rm in a temporary folder does not mind; its mounts it does.
  atEnd(() => buildah('rm', '--all'));

  const container = mustBuildah('from', 'scratch');
  mustBuildah('add', '--quiet', container, debian(), '/');
  // What this machine needs to reach the registries of packages.
  for (const file of ['/etc/ssl/certs/ca-certificates.crt', '/etc/pip.conf']) {
    if (existsSync(file)) mustBuildah('add', '--quiet', container, file, file);
  }
  for (const file of readdirSync('/etc/apt/apt.conf.d')) {
    mustBuildah('add', '--quiet', container, `/etc/apt/apt.conf.d/${file}`, `/etc/apt/apt.conf.d/${file}`);
  }
  mustBuildah('config', '--env', 'SSL_CERT_FILE=/etc/ssl/certs/ca-certificates.crt', container);
  mustBuildah('commit', '--quiet', container, base);

  const build = (image, context, ...args) => {
    const dockerfile = join(folder, `${image}.Dockerfile`);
    const text = readFileSync(join(root, `images/${image}/Dockerfile`), 'utf8');
    writeFileSync(
      dockerfile,
      text.replaceAll('docker.io/library/python:${PYTHON_VERSION}@${PYTHON_DIGEST}', base),
    );
    const options = ['--isolation=chroot', '--pull=never', '--network=host', '--file', dockerfile];
    const result = buildah('bud', ...options, ...args, '--tag', `localhost/${image}:1`, context);
    check(`the image ${image} is built`, result.status === 0, result.said.slice(-4000));
    const made = mustBuildah('from', '--pull=never', `localhost/${image}:1`);
    const config = JSON.parse(mustBuildah('inspect', '--type=container', made)).OCIv1.config;
    check(`${image} runs as 10001`, config.User === '10001:10001', config.User);
    return (...command) => buildah('run', '--isolation=chroot', '--user=10001:10001', made, '--', ...command);
  };

  const wanted = (image) => process.argv.length < 3 || process.argv.includes(image);
  if (wanted('dbt')) buildDbt(build);
  if (wanted('meltano')) buildMeltano(build, folder);
});

function buildDbt(build) {
  const dbt = build('dbt', join(root, 'images/dbt'));
  const versions = dbt('dbt', '--version').said;
  check(
    'dbt starts, with both adapters',
    /core:/i.test(versions) && /postgres/.test(versions) && /snowflake/.test(versions),
    versions,
  );
  check('dbt finds git, for packages', dbt('git', '--version').status === 0);
}

function buildMeltano(build, folder) {
  const context = join(folder, 'project');
  mkdirSync(context);
  writeFileSync(join(context, 'meltano.yml'), project);
  writeFileSync(join(context, '.env'), 'PASSWORD=x\n');
  cpSync(join(root, 'images/meltano/Dockerfile.dockerignore'), join(context, '.dockerignore'));
  const meltano = build('meltano', context, '--build-context', `image=${join(root, 'images/meltano')}`);
  const listed = meltano('cat', '/project/schedules.json').stdout;
  check('the schedules are in the image', /"x-daily"/.test(listed), listed);
  check('what is local is not in the image', meltano('test', '-e', '/project/.env').status !== 0);
  const plugin = meltano('/project/.meltano/loaders/target-jsonl/venv/bin/target-jsonl', '--help');
  check('the plugin is installed, and its user may start it', plugin.status === 0, plugin.said);
  const dry = meltano('meltano', 'run', '--dry-run', 'x');
  check(
    'a job can be started, and writes no more of the project than run and logs',
    dry.status === 0,
    dry.said,
  );
  const write = meltano('sh', '-c', 'touch /project/meltano.yml');
  check('the project cannot be written by that user', write.status !== 0, write.said);
}
