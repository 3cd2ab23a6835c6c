// Builds the runtime: one file that needs nothing but Node, and the system database's library where states are kept there.
import { chmodSync, readdirSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const folder = dirname(fileURLToPath(import.meta.url));
rmSync(join(folder, 'bin'), { recursive: true, force: true });
const outfile = join(folder, 'bin/tapline-run.js');
const options = {
  bundle: true,
  platform: 'node',
  target: 'node20',
  format: 'cjs',
  minifySyntax: true,
  minifyWhitespace: true,
  legalComments: 'linked',
  logLevel: 'warning',
};
await build({
  ...options,
  entryPoints: [join(folder, 'src/cli/main.ts')],
  outfile,
  // It brings a binary per platform.
  external: ['libsql'],
  banner: { js: '#!/usr/bin/env node' },
  plugins: [
    {
      // Libraries that few runs need are files of their own, and loaded by those.
      name: 'vendor',
      setup: ({ onResolve }) => {
        onResolve({ filter: /^\.\.\/vendor\// }, ({ path }) => ({
          path: path.replace('../vendor/', './vendor/').replace(/mjs$/, 'js'),
          external: true,
        }));
      },
    },
  ],
});
await build({
  ...options,
  entryPoints: readdirSync(join(folder, 'src/vendor')).map((name) => join(folder, 'src/vendor', name)),
  outdir: join(folder, 'bin/vendor'),
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
chmodSync(outfile, 0o755);
