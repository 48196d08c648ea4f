import { defineConfig } from 'vitest/config'

/**
 * By what the tests need, so that nothing is skipped in silence: `scripts/test.mjs` says which groups this
 * machine can run. Workers without isolation: the database is opened and the content is read once a worker,
 * not once a file. One worker a group, except where tests mostly wait for a platform. The limits are for what
 * hangs, on slow machines too.
 */
const limits = { testTimeout: 120_000, hookTimeout: 120_000, expect: { poll: { timeout: 30_000 } } }
/** On a machine of others a test has a second try; `scripts/test.mjs` names each that needed it. */
const retry = process.env.CI ? 1 : 0
const shared = { ...limits, retry, pool: 'threads', isolate: false, fileParallelism: false } as const

/** Nothing but the code and the content. */
const UNIT = [
  'tests/*.test.ts',
  'tests/{content,core,house,pictures,search}/**/*.test.ts',
  'tests/bot/unnamed.test.ts',
  'tests/cli/config.test.ts',
  'tests/fuzz/{config,content,form,formats,formats-inside,slow,written-formats}.test.ts',
  'tests/platforms/{discord-render,discord-shards,fetch-upload,gallery,http-client,platform,slack-door,slack-mode,slack-render,web}.test.ts',
]
/** The program in processes of its own, or databases in folders. */
const PROGRAM = [
  'tests/{cli,docs}/**/*.test.ts',
  'tests/faults/embedded.test.ts',
  'tests/fuzz/doors.test.ts',
  'tests/platforms/{both,discord,slack}-start.test.ts',
  'tests/store/{open,private-folder}.test.ts',
]
/** Several programs on one PostgreSQL, killed, stopped and cut off, and memory over days: minutes of work. */
const LONG = ['tests/faults/!(chaos|embedded).test.ts', 'tests/bench/**/*.test.ts']
const POSTGRES = 'tests/**/*.postgres.test.ts'
/** The same without those that a real server is tried with, too. */
const PROGRAM_ALONE = [
  'tests/{cli,docs}/**/!(migrate|regrade|workspaces|*.postgres).test.ts',
  ...PROGRAM.slice(1),
]
/** Where there is a real server, in the long run alone: the embedded database is a third of the work of a test. */
const isServer = process.env.TEST_STORED === 'server'
const NOT_EMBEDDED = isServer ? ['tests/**'] : []
const ON_EITHER = isServer ? ['tests/cli/{migrate,regrade,workspaces}.test.ts'] : []
const BROWSER = 'tests/e2e/**/*.test.ts'
const EMBEDDED_SETUP = 'tests/helpers/embedded.setup.ts'

const group = (
  name: string,
  include: string[],
  exclude: string[],
  globalSetup: string[],
  workers: object = {},
) => ({ test: { ...shared, name, include, exclude, globalSetup, ...workers } })

export default defineConfig({
  test: {
    tags: [
      {
        name: 'slow',
        description:
          'Takes a second or more, or its file takes many: it runs with `npm run test:long`, and when its file is named.',
      },
      { name: 'longer', description: '`npm run test:long` does more of it than `npm test`.' },
    ],
    // What a file is compiled to stays for the other groups and for the next run.
    experimental: { fsModuleCache: true },
    projects: [
      group('unit', UNIT, [POSTGRES], []),
      // On one embedded database in memory a worker.
      group(
        'bot',
        ['tests/**/*.test.ts'],
        [...UNIT, ...PROGRAM, ...LONG, POSTGRES, BROWSER, ...NOT_EMBEDDED],
        [EMBEDDED_SETUP],
        { fileParallelism: true, maxWorkers: 3 },
      ),
      group('program', PROGRAM, [...UNIT, POSTGRES, ...ON_EITHER], [EMBEDDED_SETUP]),
      // A database a worker; what has several processes on one database runs here alone.
      group(
        'postgres',
        ['tests/**/*.test.ts'],
        [...UNIT, ...PROGRAM_ALONE, ...LONG, BROWSER],
        ['tests/helpers/postgres.setup.ts'],
        { fileParallelism: true, maxWorkers: 2 },
      ),
      group('browser', [BROWSER], [], [EMBEDDED_SETUP]),
      group('long', LONG, [], ['tests/helpers/postgres.setup.ts']),
    ],
  },
})
