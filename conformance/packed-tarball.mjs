// Proves that the published package works where nothing of the repository is: packs it, installs the tarball with its
// peer dependencies in an empty project, compiles a program that uses only TypeScript against its declarations
// (test/fixtures/library-example, strict), runs it, and calls its command line on the ten-line example. The tarball
// holds no test and no source map that points nowhere. Needs npm and what `npm ci` has put into its cache.
import { cpSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join, posix } from 'node:path';
import { check, filesBelow, main, must, root, run, temporaryFolder } from './support.mjs';

await main('the packed tarball', async () => {
  const manifest = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  const lock = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8')).packages;
  const folder = temporaryFolder('packed');

  // `npm pack` builds first, by the script `prepare`.
  must('npm', ['pack', '--silent', '--pack-destination', folder], { cwd: root });
  const [tarball] = readdirSync(folder).filter((name) => name.endsWith('.tgz'));
  checkContent(join(folder, tarball), folder, manifest);

  const project = join(folder, 'project');
  mkdirSync(project);
  const locked = (name) => lock[`node_modules/${name}`].version;
  const wanted = [...Object.keys(manifest.peerDependencies), 'typescript', '@types/node'];
  writeFileSync(
    join(project, 'package.json'),
    JSON.stringify({
      name: 'elsewhere',
      private: true,
      dependencies: {
        [manifest.name]: `file:../${tarball}`,
        ...Object.fromEntries(wanted.map((name) => [name, locked(name)])),
      },
    }),
  );
  const install = run('npm', ['install', '--prefer-offline', '--no-audit', '--no-fund'], { cwd: project });
  if (
    !check('it installs with its peer dependencies in an empty project', install.status === 0, install.said)
  )
    return;
  const tree = run('npm', ['ls', '--all'], { cwd: project });
  check('and every version there is one that is asked for', tree.status === 0, tree.said.slice(-3000));
  checkExports(project, manifest);
  checkProgram(project);
  checkCommand(project);
});

function checkContent(tarball, folder, manifest) {
  must('tar', ['-xzf', tarball, '-C', folder]);
  const content = join(folder, 'package');
  const files = filesBelow(content);
  const bytes = files.reduce((sum, file) => sum + statSync(join(content, file)).size, 0);
  const megabytes = (size) => `${(size / 1e6).toFixed(2)} MB`;
  console.log(
    `  ${files.length} files, ${megabytes(statSync(tarball).size)} packed, ${megabytes(bytes)} unpacked`,
  );
  const sums = new Map();
  for (const file of files) {
    const top = file.split('/').slice(0, 2).join('/');
    sums.set(top, (sums.get(top) ?? 0) + statSync(join(content, file)).size);
  }
  for (const [top, size] of [...sums].sort((a, b) => b[1] - a[1]).slice(0, 6))
    console.log(`    ${top} ${megabytes(size)}`);

  const tests = files.filter((file) =>
    /(^|\/)(test|__tests__|conformance|bench)\/|\.test\.[jt]s$/.test(file),
  );
  check('no test is in it', tests.length === 0, tests.join('\n'));
  const named = [
    manifest.bin.tapline,
    ...Object.values(manifest.exports).flatMap((e) => (typeof e === 'string' ? e : Object.values(e))),
  ];
  const missing = named.map((file) => posix.normalize(file)).filter((file) => !files.includes(file));
  check(
    `all ${named.length} files that package.json names are in it`,
    missing.length === 0,
    missing.join('\n'),
  );
  for (const file of ['README.md', 'LICENSE', 'CHANGELOG.md'])
    check(`${file} is in it`, files.includes(file));
  const astray = files
    .filter((file) => /\.(js|ts)$/.test(file))
    .flatMap((file) => {
      const [, map] =
        /\n\/\/# sourceMappingURL=(?!data:)(\S+)\s*$/.exec(readFileSync(join(content, file), 'utf8')) ?? [];
      return map !== undefined && !files.includes(posix.join(dirname(file), map)) ? [file] : [];
    });
  const maps = files.filter((file) => file.endsWith('.map'));
  const sourceless = maps.filter((file) => {
    const { sources, sourcesContent } = JSON.parse(readFileSync(join(content, file), 'utf8'));
    return !sourcesContent && sources.some((source) => !files.includes(posix.join(dirname(file), source)));
  });
  check(
    'no source map points nowhere',
    astray.length + sourceless.length === 0,
    [...astray, ...sourceless].join('\n'),
  );
}

function checkExports(project, manifest) {
  for (const entry of Object.keys(manifest.exports)) {
    const name = posix.join(manifest.name, entry);
    const loaded = run(process.execPath, ['-e', `require(${JSON.stringify(name)})`], { cwd: project });
    check(`require('${name}') works`, loaded.status === 0, loaded.stderr);
  }
}

function checkProgram(project) {
  cpSync(join(root, 'test/fixtures/library-example'), join(project, 'src'), { recursive: true });
  const compilerOptions = {
    target: 'ES2022',
    module: 'node16',
    moduleResolution: 'node16',
    strict: true,
    noUncheckedIndexedAccess: true,
    exactOptionalPropertyTypes: true,
    // Every declaration that the program meets is checked too.
    skipLibCheck: false,
    types: ['node'],
    outDir: 'out',
    rootDir: 'src',
  };
  writeFileSync(join(project, 'tsconfig.json'), JSON.stringify({ compilerOptions, include: ['src'] }));
  const compiled = run('npx', ['--no-install', 'tsc', '-p', '.'], { cwd: project });
  if (!check('the example program compiles, strict', compiled.status === 0, compiled.said)) return;
  const wrong = readFileSync(join(project, 'src/platform.ts'), 'utf8').replace(
    'location: region',
    'location: 5',
  );
  writeFileSync(join(project, 'src/wrong.ts'), wrong);
  const refused = run('npx', ['--no-install', 'tsc', '-p', '.', '--noEmit'], { cwd: project });
  check('a wrong property in it does not', /wrong\.ts.*error TS2322/.test(refused.said), refused.said);

  const ran = run(process.execPath, ['out/platform.js'], { cwd: project });
  if (!check('it runs', ran.status === 0, ran.stderr)) return;
  const { terraform, manifests } = JSON.parse(ran.stdout);
  const addresses = Object.entries(terraform.resource).flatMap(([type, all]) =>
    Object.keys(all).map((id) => `${type}.${id}`),
  );
  check(
    `and makes Terraform with readable addresses (${addresses.length})`,
    addresses.includes('google_storage_bucket.state') &&
      addresses.every((address) => !/_[0-9A-F]{8}$/.test(address)),
    addresses.join('\n'),
  );
  const kinds = manifests.map(({ kind }) => kind);
  check(
    'and manifests',
    ['Namespace', 'ServiceAccount', 'CronJob'].every((kind) => kinds.includes(kind)),
    kinds.join(', '),
  );
  const again = run(process.execPath, ['out/platform.js'], { cwd: project });
  check('the same bytes each time', again.stdout === ran.stdout);
}

function checkCommand(project) {
  const file = join(project, 'platform.yaml');
  cpSync(join(root, 'examples/minimal'), project, {
    recursive: true,
    filter: (path) => !/(cdktf\.out|dist)$/.test(path),
  });
  const validate = run('npx', ['--no-install', 'tapline', 'validate', '--file', file], { cwd: project });
  check('npx tapline validate accepts the ten-line example', validate.status === 0, validate.said);
  const synth = run(
    'npx',
    ['--no-install', 'tapline', 'synth', '--file', file, '--out', join(project, 'made')],
    { cwd: project },
  );
  const made = filesBelow(join(project, 'made'));
  check(
    'npx tapline synth writes its Terraform and its manifests',
    synth.status === 0 &&
      made.some((f) => f.endsWith('cdk.tf.json')) &&
      made.some((f) => f.endsWith('.k8s.yaml')),
    synth.said,
  );
  // The DAG factory is Python that the package carries beside its programs.
  const dags = join(root, 'conformance/platforms/pipelines.yaml');
  const withDags = run(
    'npx',
    ['--no-install', 'tapline', 'synth', '--file', dags, '--out', join(project, 'dags')],
    { cwd: project },
  );
  const factory = filesBelow(join(project, 'dags')).filter((f) => f.includes('pipelines-main'));
  check(
    'npx tapline synth writes the DAG factory into the manifests of an Airflow',
    withDags.status === 0 &&
      factory.some((f) => readFileSync(join(project, 'dags', f), 'utf8').includes('tapline_dags.factory.py')),
    withDags.said,
  );
  writeFileSync(file, 'version: 1\nname: acme\nnonsense: true\n');
  const refused = run('npx', ['--no-install', 'tapline', 'validate', '--file', file], { cwd: project });
  check(
    'and refuses a wrong one with exit code 1',
    refused.status === 1 && refused.stderr.includes('nonsense'),
    refused.said,
  );
}
