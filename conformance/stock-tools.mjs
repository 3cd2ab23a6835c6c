// Proves that the stock tools work unmodified: in a copy of the repository, `npx cdktf synth` and `npx cdk8s synth` give
// the same files with the same bytes as `tapline synth`, for every example and environment, and `npx cdktf diff` gets
// as far as Terraform itself, which then asks for its provider or its state. Needs the installed node_modules and
// terraform.
import { cpSync, existsSync, mkdirSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { dirname, join } from 'node:path';
import {
  check,
  examples,
  filesBelow,
  hasCommand,
  main,
  must,
  notRun,
  root,
  run,
  synthesize,
  temporaryFolder,
} from './support.mjs';

/** The example that the entry points read when nothing names another. */
const fallback = 'gitlab-meltano';

await main('the stock tools', async () => {
  const out = temporaryFolder('synth');
  for (const example of examples()) synthesize(example, join(out, example));
  const copy = copyRepository();

  const env = { ...process.env, CHECKPOINT_DISABLE: '1' };
  delete env.TAPLINE_CONFIG;
  delete env.TAPLINE_ENVIRONMENT;
  compareBoth(copy, env, `${fallback} (nothing named)`, join(out, fallback));
  checkDiff(copy, env);

  for (const example of examples()) {
    const file = join('examples', example, 'platform.yaml');
    for (const environment of environmentsOf(join(out, example))) {
      if (example === fallback && environment === undefined) continue;
      const name = environment === undefined ? example : `${example}, ${environment}`;
      const chosen = { ...env, TAPLINE_CONFIG: file };
      if (environment !== undefined) chosen.TAPLINE_ENVIRONMENT = environment;
      compareBoth(copy, chosen, name, join(out, example, environment ?? ''));
    }
  }
});

/** What git would keep, with what was built and installed here. */
function copyRepository() {
  const copy = temporaryFolder('repository');
  const files = must('git', ['ls-files', '-z', '--cached', '--others', '--exclude-standard'], { cwd: root });
  for (const file of files.split('\0').filter((name) => name !== '')) {
    // A file that was deleted and not yet committed is in the list still.
    if (!existsSync(join(root, file))) continue;
    mkdirSync(dirname(join(copy, file)), { recursive: true });
    cpSync(join(root, file), join(copy, file));
  }
  cpSync(join(root, 'bin'), join(copy, 'bin'), { recursive: true });
  symlinkSync(join(root, 'node_modules'), join(copy, 'node_modules'));
  return copy;
}

/** The environments of an output; undefined where there are none. */
function environmentsOf(folder) {
  const files = filesBelow(folder);
  if (files.some((file) => file.startsWith('dist/'))) return [undefined];
  return [...new Set(files.filter((file) => /^[^/]+\/dist\//.test(file)).map((file) => file.split('/')[0]))];
}

function compareBoth(copy, env, name, expected) {
  for (const [tool, output] of [
    ['cdktf', 'cdktf.out'],
    ['cdk8s', 'dist'],
  ]) {
    rmSync(join(copy, output), { recursive: true, force: true });
    const synth = run('npx', [tool, 'synth'], { cwd: copy, env, stdio: ['ignore', 'pipe', 'pipe'] });
    if (!check(`${name}: npx ${tool} synth succeeds`, synth.status === 0, synth.said)) continue;
    const [ours, theirs] = [join(expected, output), join(copy, output)];
    const all = [...new Set([...filesBelow(ours), ...filesBelow(theirs)])].sort();
    const differences = all.flatMap((file) => difference(ours, theirs, file) ?? []);
    check(
      `${name}: ${output} of ${tool} and of tapline are the same ${all.length} files, byte by byte`,
      all.length > 0 && differences.length === 0,
      differences.join('\n'),
    );
  }
}

function difference(ours, theirs, file) {
  const [a, b] = [ours, theirs].map((folder) =>
    filesBelow(folder).includes(file) ? readFileSync(join(folder, file)) : undefined,
  );
  if (a === undefined) return `${file}: only the stock tool writes it`;
  if (b === undefined) return `${file}: only tapline writes it`;
  return a.equals(b) ? undefined : `${file}: differs`;
}

function checkDiff(copy, env) {
  if (!hasCommand('terraform')) return notRun('npx cdktf diff', 'terraform is missing');
  const { stacks } = JSON.parse(readFileSync(join(copy, 'cdktf.out/manifest.json'), 'utf8'));
  const [stack] = Object.keys(stacks);
  const diff = run('npx', ['cdktf', 'diff', stack], {
    cwd: copy,
    env,
    stdio: ['ignore', 'pipe', 'pipe'],
    timeout: 240_000,
  });
  check(
    `npx cdktf diff ${stack} gets as far as Terraform`,
    /Initializing (the backend|provider plugins)|terraform init failed|Terraform will perform/.test(
      diff.said,
    ),
    diff.said,
  );
}
