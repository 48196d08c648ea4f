import { defineConfig } from 'vitest/config'

/**
 * Three groups, so that nothing is skipped in silence: `scripts/test.mjs` says which of them this machine can run.
 * One worker without isolation a group: the database is opened and the content is read once, not once a file. The limits are for what hangs,
 * on slow machines too.
 */
const limits = { testTimeout: 120_000, hookTimeout: 120_000, expect: { poll: { timeout: 30_000 } } }
const shared = { ...limits, pool: 'threads', isolate: false, fileParallelism: false } as const

export default defineConfig({
  test: {
    projects: [
      {
        test: {
          ...shared,
          name: 'embedded',
          include: ['tests/**/*.test.ts'],
          exclude: ['tests/e2e/**', 'tests/faults/!(embedded).test.ts', 'tests/**/*.postgres.test.ts'],
          globalSetup: ['tests/helpers/embedded.setup.ts'],
        },
      },
      {
        test: {
          ...shared,
          name: 'postgres',
          include: ['tests/{store,bot,cli,faults}/**/*.test.ts'],
          exclude: ['tests/faults/embedded.test.ts'],
          globalSetup: ['tests/helpers/postgres.setup.ts'],
        },
      },
      {
        test: { ...shared, name: 'browser', include: ['tests/e2e/**/*.test.ts'], globalSetup: ['tests/helpers/embedded.setup.ts'] },
      },
    ],
  },
})
