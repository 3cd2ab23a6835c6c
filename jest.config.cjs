/** @type {import('jest').Config} */
module.exports = {
  setupFiles: ['<rootDir>/test/support/plain-output.ts'],
  testMatch: ['<rootDir>/test/**/*.test.ts', '<rootDir>/runtime/test/**/*.test.ts'],
  modulePathIgnorePatterns: ['<rootDir>/lib/', '<rootDir>/.cache/'],
  transform: { '^.+\\.ts$': ['@swc/jest', { jsc: { target: 'es2022', parser: { syntax: 'typescript' } } }] },
};
