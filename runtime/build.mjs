// Builds the runtime: a program that needs nothing but Node (and the system database's library where states are kept
// there), what V8 makes of it, and what starts it.
import { execFileSync } from 'node:child_process';
import { chmodSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const folder = dirname(fileURLToPath(import.meta.url));
const outdir = join(folder, 'bin');
rmSync(outdir, { recursive: true, force: true });

/** Parts of Node that few runs need are loaded when they are first used: cryptography is 5 ms of each start. */
const lazyParts = {
  name: 'lazy-parts',
  setup({ onLoad, onResolve }) {
    onResolve({ filter: /^node:(crypto|child_process|os)$/ }, ({ path }) => ({
      path: path.slice(5),
      namespace: 'lazy',
    }));
    onLoad({ filter: /.*/, namespace: 'lazy' }, async ({ path }) => ({
      contents: Object.keys(await import(path))
        .filter((name) => name !== 'default')
        .map(
          (name) =>
            `Object.defineProperty(exports, '${name}', { enumerable: true, get: () => require('${path}').${name} });`,
        )
        .join('\n'),
    }));
  },
};

await build({
  entryPoints: {
    main: join(folder, 'src/cli/main.ts'),
    'tapline-run': join(folder, 'src/start/launch.ts'),
    'compile-cache': join(folder, 'src/start/compile-cache.ts'),
  },
  outdir,
  bundle: true,
  platform: 'node',
  target: 'node20',
  format: 'cjs',
  // What V8 kept of the program cannot import, it can require.
  supported: { 'dynamic-import': false },
  charset: 'ascii',
  minifySyntax: true,
  minifyWhitespace: true,
  legalComments: 'linked',
  // It brings a binary per platform.
  external: ['libsql'],
  plugins: [lazyParts],
  logLevel: 'warning',
});
const program = join(outdir, 'tapline-run.js');
writeFileSync(program, `#!/usr/bin/env node\n${readFileSync(program, 'utf8')}`);
chmodSync(program, 0o755);
execFileSync(process.execPath, ['--predictable', join(outdir, 'compile-cache.js')], { stdio: 'inherit' });
