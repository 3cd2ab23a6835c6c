// Proves that the README's two commands work in a fresh clone on every supported version of Node, each with the npm
// that comes with it or a current one, and that nothing in what they print would worry a newcomer; and that
// `npx cdktf synth` works there, whose terminal library is the part that depends on the version. Takes Node's binaries
// from the npm packages named node-<platform>-<architecture>. The clone is of what is committed; `--working-tree`
// takes the files as they are. `--only 24` takes one version.
import { cpSync, existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { cached, check, main, must, root, run, temporaryFolder } from './support.mjs';

/** Node and npm that people have together. */
const matrix = [
  { node: '20', npm: '10' },
  { node: '22', npm: '10' },
  { node: '24', npm: '11' },
];

const only = process.argv.includes('--only') ? process.argv[process.argv.indexOf('--only') + 1] : undefined;

/** Lines that are about this machine's own npm settings, not about the project. */
const machine = /Unknown (user|env|global) config/;
const worrying = /\bwarn(ing)?\b|deprecat|\berr(or)?!?\b|vulnerab|EBADENGINE|experimental/i;

await main('Node versions', async () => {
  for (const { node, npm } of matrix) {
    if (only === undefined || only === node) await checkVersion(node, npm);
  }
});

function install(name, version) {
  const folder = cached(`${name}-${version}`, (target) => {
    writeFileSync(join(target, 'package.json'), '{"private":true}');
    must('npm', ['install', '--no-audit', '--no-fund', '--silent', `${name}@${version}`], { cwd: target });
  });
  return join(folder, 'node_modules', name);
}

async function checkVersion(nodeVersion, npmVersion) {
  const node = join(install(`node-${process.platform}-${process.arch}`, nodeVersion), 'bin');
  const npm = join(install('npm', npmVersion), 'bin');
  const clone = freshClone();
  // npm and npx are shell scripts that call the node of the PATH.
  const shims = temporaryFolder('bin');
  for (const name of ['npm', 'npx']) {
    const script = `#!/bin/sh\nexec '${join(node, 'node')}' '${join(npm, `${name}-cli.js`)}' "$@"\n`;
    writeFileSync(join(shims, name), script, { mode: 0o755 });
  }
  const env = { ...process.env, PATH: `${shims}:${node}:${process.env.PATH}`, CHECKPOINT_DISABLE: '1' };
  // What the npm that runs this check has set for its own children.
  for (const key of Object.keys(env)) if (/^npm_/i.test(key)) delete env[key];
  const call = (command) =>
    run('sh', ['-c', command], { cwd: clone, env, stdio: ['ignore', 'pipe', 'pipe'] });
  const name = `Node ${call('node --version').stdout.trim()}, npm ${call('npm --version').stdout.trim()}`;
  for (const command of ['npm ci && npm start', 'npm ci && npm test']) {
    const ran = call(command);
    // Commands are waited for without a turn of the event loop, in which alone a signal is seen.
    await new Promise(setImmediate);
    if (!check(`${name}: ${command}`, ran.status === 0, ran.said.slice(-6000))) continue;
    const worries = ran.said
      .split('\n')
      .filter(
        (line) => worrying.test(line) && !machine.test(line) && !/^\s*(PASS|✓|✔)|^\s+(at|●)/.test(line),
      );
    check(`${name}: and nothing that it says worries`, worries.length === 0, worries.slice(0, 20).join('\n'));
  }
  const synth = call('npx cdktf synth');
  check(`${name}: npx cdktf synth`, synth.status === 0 && existsSync(join(clone, 'cdktf.out')), synth.said);
}

function freshClone() {
  const clone = join(temporaryFolder('clone'), 'repository');
  if (!process.argv.includes('--working-tree')) {
    must('git', ['clone', '--quiet', '--no-hardlinks', root, clone]);
    return clone;
  }
  const files = must('git', ['ls-files', '-z', '--cached', '--others', '--exclude-standard'], { cwd: root });
  for (const file of files.split('\0').filter((name) => name !== '' && existsSync(join(root, name)))) {
    mkdirSync(dirname(join(clone, file)), { recursive: true });
    cpSync(join(root, file), join(clone, file));
  }
  return clone;
}
