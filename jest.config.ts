import type { Config } from 'jest';

const config: Config = {
  testEnvironment: 'node',
  roots: ['<rootDir>/plugins'],
  testMatch: ['**/*.spec.ts'],
  testEnvironmentOptions: { customExportConditions: ['@trainyard/source', 'node', 'require'] },
  transform: {
    '^.+\\.ts$': [
      'ts-jest',
      { tsconfig: '<rootDir>/plugins/nx-trainyard/tsconfig.spec.json', diagnostics: false },
    ],
  },
  maxWorkers: 2,
};

export default config;
