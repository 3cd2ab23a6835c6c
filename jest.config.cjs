/** @type {import('jest').Config} */
module.exports = {
  setupFiles: ['<rootDir>/test/support/plain-output.ts'],
  testMatch: ['<rootDir>/test/**/*.test.ts', '<rootDir>/runtime/test/**/*.test.ts'],
  modulePathIgnorePatterns: ['<rootDir>/lib/', '<rootDir>/.cache/'],
  // What is loaded when it is needed is named as it will be once it is compiled.
  moduleNameMapper: { '^(\\.{1,2}/.*)\\.js$': '$1' },
  // A worker for each core: what starts them only waits, and a core left to it would double the time on two. A worker
  // that holds on to more than this after a file is started anew.
  maxWorkers: '100%',
  workerIdleMemoryLimit: '1500MB',
  transform: { '^.+\\.ts$': ['@swc/jest', { jsc: { target: 'es2022', parser: { syntax: 'typescript' } } }] },
};
