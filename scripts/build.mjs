// Builds what ships: declarations and modules for the library, bundles for the command line and the stock tools.
import { execFileSync } from 'node:child_process';
import { chmodSync, existsSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join, resolve, sep } from 'node:path';
import { transform } from '@swc/core';
import { build } from 'esbuild';

// A tarball installed elsewhere has nothing to build.
if (!existsSync('tsconfig.build.json')) process.exit(0);

const require = createRequire(import.meta.url);
const bundlesAt = process.argv.indexOf('--bundles');
/** Where the bundles go; with `--bundles FOLDER` nothing else is built. */
const outdir = bundlesAt < 0 ? 'bin' : process.argv[bundlesAt + 1];
rmSync(outdir, { recursive: true, force: true });
if (bundlesAt < 0) {
  rmSync('lib', { recursive: true, force: true });
  execFileSync(process.execPath, [require.resolve('typescript/bin/tsc'), '-p', 'tsconfig.build.json'], {
    stdio: 'inherit',
  });
}

const programs = { tapline: 'src/cli/main.ts', stacks: 'stacks/main.ts', charts: 'charts/main.ts' };

/** Every class of the provider that is used, by the name of its folder. */
const providerClasses = new Set(
  ['src/google', 'stacks'].flatMap((folder) =>
    readdirSync(folder).flatMap((name) =>
      [...readFileSync(join(folder, name), 'utf8').matchAll(/'@cdktf\/provider-google\/lib\/([^/']+)'/g)].map(
        ([, folderOfClass]) => folderOfClass,
      ),
    ),
  ),
);

/**
 * Bundles beside the programs, which load them when they need them: validate reads no cdktf, and synth no class of the
 * provider that the platform has no resource of. V8 looks through all that it is given: 10 ms and 2 MB for each MB.
 */
const parts = {
  core: 'core',
  'render-stacks': 'stacks/render.ts',
  'render-charts': 'charts/render.ts',
  policy: 'src/policy/index.ts',
  graph: 'src/graph/index.ts',
  review: 'src/review/index.ts',
  cdktf: require.resolve('cdktf'),
  constructs: require.resolve('constructs'),
  yaml: require.resolve('yaml'),
  ...Object.fromEntries(
    [...providerClasses].map((name) => [
      `google-${name}`,
      require.resolve(`@cdktf/provider-google/lib/${name}`),
    ]),
  ),
};

/** Rooms that need each other everywhere, and that every program needs. */
const coreRooms = ['config', 'model', 'output'];

/** The part that stands for a file where it is imported. */
const partOf = new Map(
  Object.entries(parts).flatMap(([part, file]) =>
    part === 'core'
      ? coreRooms.map((room) => [resolve(`src/${room}/index.ts`), part])
      : [[resolve(file), part]],
  ),
);
const roomsOf = (part) =>
  [...partOf].flatMap(([file, other]) => (other === part ? [dirname(file) + sep] : []));
const entries = Object.values(programs).map((file) => resolve(file));

const inParts = {
  name: 'in-parts',
  setup(context) {
    context.onResolve({ filter: /^core$/ }, () => ({ path: 'core', namespace: 'core' }));
    context.onLoad({ filter: /.*/, namespace: 'core' }, () => ({
      contents: coreRooms.map((room) => `export * from './src/${room}';`).join('\n'),
      resolveDir: '.',
    }));
    const asked = Symbol('asked');
    context.onResolve({ filter: /./ }, async ({ path, pluginData, ...from }) => {
      if (from.kind === 'entry-point' || pluginData === asked) return undefined;
      const found = await context.resolve(path, { ...from, pluginData: asked });
      const part = partOf.get(found.path);
      if (part === undefined) return found;
      const within =
        from.namespace === part ||
        (roomsOf(part).some((room) => from.importer.startsWith(room)) && !entries.includes(from.importer));
      return within ? found : { path: `./${part}.js`, external: true };
    });
  },
};

/** Modules of our own that import classes of the provider do so when they make the first one. */
const lazyImports = {
  name: 'lazy-imports',
  setup({ onLoad }) {
    onLoad({ filter: /[\\/]src[\\/]google[\\/][^\\/]+\.ts$/ }, async ({ path }) => {
      const { code } = await transform(readFileSync(path, 'utf8'), {
        filename: path,
        jsc: { target: 'es2022', parser: { syntax: 'typescript' } },
        module: { type: 'commonjs', lazy: true },
      });
      return { contents: code, loader: 'js' };
    });
  },
};

/** What the libraries hold and tapline never calls. */
const pruned = {
  name: 'pruned',
  setup({ onLoad, onResolve }) {
    // cdktf loads an archiver at start, for assets, which we have none of: 15 ms of each run.
    onResolve({ filter: /^archiver$/ }, () => ({ path: 'archiver', namespace: 'absent' }));
    onLoad({ filter: /.*/, namespace: 'absent' }, () => ({
      contents: 'module.exports = () => { throw new Error("tapline makes no asset archives"); };',
    }));
    // cdktf notes with every token where it was made, which a message names; in a bundle that says nothing: 20 ms.
    onLoad({ filter: /[\\/]cdktf[\\/]lib[\\/]tokens[\\/]private[\\/]stack-trace\.js$/ }, () => ({
      contents: 'exports.captureStackTrace = () => [];',
    }));
    // 0.7 MB of 2.7 of the provider are for HCL, which cdktf can write instead of JSON: 15 ms.
    onLoad({ filter: /[\\/]@cdktf[\\/]provider-google[\\/]lib[\\/].*\.js$/ }, ({ path }) => ({
      contents: readFileSync(path, 'utf8')
        .replace(/^function \w+ToHclTerraform\(struct.*\) \{\n[^]*?^\}\n/gm, '')
        .replace(/^exports\.(\w+ToHclTerraform) = \1;\n/gm, '')
        .replace(/^    synthesizeHclAttributes\(\) \{\n[^]*?^    \}\n/gm, ''),
      loader: 'js',
    }));
  },
};

await build({
  entryPoints: { ...programs, ...parts },
  outdir,
  bundle: true,
  platform: 'node',
  target: 'node20',
  format: 'cjs',
  minifySyntax: true,
  minifyWhitespace: true,
  legalComments: 'linked',
  // cdk8s brings the same one.
  alias: { yaml: require.resolve('yaml') },
  external: ['@viz-js/viz', 'undici'],
  plugins: [pruned, inParts, lazyImports],
  banner: { js: '#!/usr/bin/env node' },
  logLevel: 'warning',
});
for (const name of Object.keys(programs)) chmodSync(join(outdir, `${name}.js`), 0o755);

// The runtime is a package of its own, and is not there where only this one is installed.
if (bundlesAt < 0 && existsSync('runtime/build.mjs')) await import('../runtime/build.mjs');
