// Builds the runtime: one file that needs nothing but Node, and the system database's library where states are kept there.
import { chmodSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const folder = dirname(fileURLToPath(import.meta.url));
rmSync(join(folder, 'bin'), { recursive: true, force: true });
const outfile = join(folder, 'bin/tapline-run.js');
await build({
  entryPoints: [join(folder, 'src/cli/main.ts')],
  outfile,
  bundle: true,
  platform: 'node',
  target: 'node20',
  format: 'cjs',
  minifySyntax: true,
  minifyWhitespace: true,
  legalComments: 'linked',
  // It brings a binary per platform.
  external: ['libsql'],
  banner: { js: '#!/usr/bin/env node' },
  logLevel: 'warning',
});
chmodSync(outfile, 0o755);
