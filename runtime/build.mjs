// Builds the runtime: a program that needs nothing but Node (and the system database's library where states are kept
// there), what V8 makes of it, and what starts it.
import { execFileSync } from 'node:child_process';
import { chmodSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
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

/** Libraries that few runs need are files of their own, and loaded by those. */
const vendor = {
  name: 'vendor',
  setup: ({ onResolve }) => {
    onResolve({ filter: /^\.\.\/vendor\// }, ({ path }) => ({
      path: path.replace('../vendor/', './vendor/').replace(/mjs$/, 'js'),
      external: true,
    }));
  },
};

const options = {
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
  logLevel: 'warning',
};
await build({
  ...options,
  entryPoints: {
    main: join(folder, 'src/cli/main.ts'),
    'tapline-run': join(folder, 'src/start/launch.ts'),
    'compile-cache': join(folder, 'src/start/compile-cache.ts'),
  },
  outdir,
  // It brings a binary per platform.
  external: ['libsql'],
  plugins: [lazyParts, vendor],
});
await build({
  ...options,
  entryPoints: readdirSync(join(folder, 'src/vendor')).map((name) => join(folder, 'src/vendor', name)),
  outdir: join(outdir, 'vendor'),
  minifyIdentifiers: true,
  // Another driver, which nobody asks for.
  external: ['pg-native'],
  // The library says on Node 20 that its next year's versions need 22; this one does not.
  define: {
    'process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED': '"true"',
    'import.meta.url': 'ownAddress',
  },
  // Libraries that were written as modules ask where they are.
  banner: { js: "const ownAddress = require('node:url').pathToFileURL(__filename).href;" },
});
const program = join(outdir, 'tapline-run.js');
writeFileSync(program, `#!/usr/bin/env node\n${readFileSync(program, 'utf8')}`);
chmodSync(program, 0o755);
execFileSync(process.execPath, ['--predictable', join(outdir, 'compile-cache.js')], { stdio: 'inherit' });
