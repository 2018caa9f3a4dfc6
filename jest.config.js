const rooms = '{packages,functions,pipelines,step-functions,infra,local,bench,scripts}'

export default {
  testMatch: [`<rootDir>/${rooms}/**/*.test.ts`],
  testPathIgnorePatterns: ['/node_modules/', '/.types/', '/.hopline/'],
  modulePathIgnorePatterns: ['<rootDir>/.hopline/', '<rootDir>/.serverless/', '<rootDir>/.tools/'],
  extensionsToTreatAsEsm: ['.ts'],
  transform: {
    '\\.ts$': [
      '@swc/jest',
      { jsc: { target: 'es2024', parser: { syntax: 'typescript' } }, module: { type: 'es6' }, sourceMaps: 'inline' },
    ],
  },
  testEnvironment: 'node',
  testTimeout: 30_000, // a busy machine is no failure
  collectCoverageFrom: [`${rooms}/**/*.ts`],
}
