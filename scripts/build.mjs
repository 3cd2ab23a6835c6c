// Builds what ships: declarations and modules for the library, bundles for the command line and the stock tools.
import { execFileSync } from 'node:child_process';
import { chmodSync, existsSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { build } from 'esbuild';

// A tarball installed elsewhere has nothing to build.
if (!existsSync('tsconfig.build.json')) process.exit(0);

const require = createRequire(import.meta.url);
rmSync('lib', { recursive: true, force: true });
rmSync('bin', { recursive: true, force: true });

const types = process.argv.includes('--bundles-only')
  ? undefined
  : () =>
      execFileSync(process.execPath, [require.resolve('typescript/bin/tsc'), '-p', 'tsconfig.build.json'], {
        stdio: 'inherit',
      });
types?.();

// cdktf loads an archiver at start, for assets, which we have none of: 15 ms of each run.
const withoutArchiver = {
  name: 'without-archiver',
  setup({ onResolve, onLoad }) {
    onResolve({ filter: /^archiver$/ }, () => ({ path: 'archiver', namespace: 'absent' }));
    onLoad({ filter: /.*/, namespace: 'absent' }, () => ({
      contents: 'module.exports = () => { throw new Error("tapline makes no asset archives"); };',
    }));
  },
};

await build({
  entryPoints: { tapline: 'src/cli/main.ts', stacks: 'stacks/main.ts', charts: 'charts/main.ts' },
  outdir: 'bin',
  bundle: true,
  platform: 'node',
  target: 'node20',
  format: 'cjs',
  minifySyntax: true,
  minifyWhitespace: true,
  legalComments: 'linked',
  external: ['@viz-js/viz'],
  plugins: [withoutArchiver],
  banner: { js: '#!/usr/bin/env node' },
  logLevel: 'warning',
});
for (const name of ['tapline', 'stacks', 'charts']) chmodSync(`bin/${name}.js`, 0o755);

// The runtime is a package of its own, and is not there where only this one is installed.
if (existsSync('runtime/build.mjs')) await import('../runtime/build.mjs');
