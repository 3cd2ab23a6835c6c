// What a line knows picks its room: the import rules below keep each room to what it may know.
import importX, { createNodeResolver } from 'eslint-plugin-import-x';
import tseslint from 'typescript-eslint';

const rooms = {
  config: ['src/config'],
  model: ['src/model'],
  google: ['src/google'],
  kubernetes: ['src/kubernetes'],
  output: ['src/output'],
  graph: ['src/graph'],
  sets: ['src/sets'],
  policy: ['src/policy'],
  doctor: ['src/doctor'],
  registry: ['src/registry'],
  review: ['src/review'],
  comment: ['src/comment'],
  cli: ['src/cli'],
  stacks: ['stacks'],
  charts: ['charts'],
  runtime: ['runtime/src'],
};

/** room → rooms it may import from, beside itself. */
const mayImport = {
  config: [],
  model: ['config'],
  google: [],
  kubernetes: [],
  output: ['config', 'model'],
  graph: ['config', 'model'],
  sets: [],
  policy: ['config', 'output', 'sets'],
  doctor: ['model', 'output'],
  registry: [],
  review: ['config', 'sets'],
  comment: [],
  stacks: ['config', 'model', 'google', 'output'],
  charts: ['config', 'model', 'kubernetes', 'output'],
  cli: [
    'config',
    'model',
    'output',
    'graph',
    'policy',
    'doctor',
    'registry',
    'review',
    'comment',
    'stacks',
    'charts',
  ],
  runtime: [],
};

const zones = Object.entries(mayImport).flatMap(([room, allowed]) =>
  Object.keys(rooms)
    .filter((other) => other !== room && !allowed.includes(other))
    .flatMap((other) =>
      rooms[other].flatMap((from) =>
        rooms[room].map((target) => ({
          target: `./${target}`,
          from: `./${from}`,
          message: `${room} must not import from ${other}`,
        })),
      ),
    ),
);

/** package patterns → the only folders that may import them. */
const packages = [
  { name: 'zod', only: ['src/config/**'] },
  { name: 'yaml', only: ['src/config/**', 'runtime/src/project/**'] },
  { name: 'js-yaml', only: ['src/review/**'] },
  { name: 'cdktf', only: ['src/google/**', 'stacks/**'] },
  { name: '@cdktf/provider-google', only: ['src/google/**', 'stacks/**'] },
  { name: 'cdk8s', only: ['src/kubernetes/**', 'charts/**'] },
  { name: 'cdk8s-plus-27', only: ['src/kubernetes/plus.ts'] },
  { name: 'commander', only: ['src/cli/**', 'runtime/src/cli/**'] },
  { name: 'undici', only: ['src/registry/**', 'src/comment/**'] },
  { name: '@lezer', only: ['src/config/**'] },
  { name: 'libsql', only: ['runtime/src/state/**'] },
  // Their code comes by way of runtime/src/vendor; elsewhere only their types are named.
  { name: 'google-auth-library', only: ['runtime/src/vendor/**', 'runtime/src/state/**'] },
  { name: '@aws-sdk', only: ['runtime/src/vendor/**', 'runtime/src/state/**'] },
  { name: '@azure', only: ['runtime/src/vendor/**', 'runtime/src/state/**'] },
  { name: 'pg', only: ['runtime/src/vendor/**', 'runtime/src/state/**'] },
  { name: 'prom-client', only: ['runtime/src/vendor/**', 'runtime/src/telemetry/**'] },
  { name: '@opentelemetry', only: ['runtime/src/vendor/**'] },
  { name: 'log-update', only: ['runtime/src/vendor/**'] },
];

const restrict = (names) => ({
  'no-restricted-imports': [
    'error',
    {
      patterns: names.map((name) => ({
        group: [name, `${name}/**`],
        message: `${name} stays in ${packages.find((p) => p.name === name).only.join(', ')}`,
      })),
    },
  ],
});

const folders = [
  'src/config',
  'src/model',
  'src/google',
  'src/kubernetes',
  'src/output',
  'src/graph',
  'src/sets',
  'src/policy',
  'src/doctor',
  'src/registry',
  'src/review',
  'src/comment',
  'src/cli',
  'stacks',
  'charts',
  'runtime/src/value',
  'runtime/src/project',
  'runtime/src/settings',
  'runtime/src/plugins',
  'runtime/src/catalog',
  'runtime/src/state',
  'runtime/src/run',
  'runtime/src/log',
  'runtime/src/check',
  'runtime/src/install',
  'runtime/src/telemetry',
  'runtime/src/vendor',
  'runtime/src/cli',
];
const allowedIn = (folder) =>
  packages.filter((p) => p.only.some((glob) => glob.startsWith(folder))).map((p) => p.name);

export default tseslint.config(
  {
    ignores: [
      'node_modules',
      '**/bin',
      'lib',
      '.cache',
      'coverage',
      '**/cdktf.out',
      '**/dist',
      'test/fixtures',
      'test/goldens',
    ],
  },
  {
    files: ['**/*.ts'],
    extends: [...tseslint.configs.strictTypeChecked, ...tseslint.configs.stylisticTypeChecked],
    languageOptions: { parserOptions: { project: './tsconfig.json' } },
    plugins: { 'import-x': importX },
    settings: { 'import-x/resolver-next': [createNodeResolver({ extensions: ['.ts', '.js'] })] },
    rules: {
      'import-x/no-restricted-paths': ['error', { zones }],
      'import-x/no-cycle': 'error',
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
      // A construct registers itself with its scope; the object itself is often not needed.
      'no-new': 'off',
      '@typescript-eslint/no-extraneous-class': 'off',
    },
  },
  ...folders.map((folder) => ({
    files: [`${folder}/**/*.ts`],
    ignores: folder === 'src/kubernetes' ? ['src/kubernetes/plus.ts'] : [],
    rules: restrict(
      packages
        .map((p) => p.name)
        .filter((name) => !allowedIn(folder).includes(name) || name === 'cdk8s-plus-27'),
    ),
  })),
  {
    files: ['test/**/*.ts', 'runtime/test/**/*.ts'],
    rules: {
      '@typescript-eslint/no-non-null-assertion': 'off',
      // Tests read synthesized output, which is plain data.
      '@typescript-eslint/no-explicit-any': 'off',
      '@typescript-eslint/no-unsafe-argument': 'off',
      '@typescript-eslint/no-unsafe-assignment': 'off',
      '@typescript-eslint/no-unsafe-call': 'off',
      '@typescript-eslint/no-unsafe-member-access': 'off',
      '@typescript-eslint/no-unsafe-return': 'off',
    },
  },
);
