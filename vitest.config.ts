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
const NOT_EMBEDDED = process.env.TEST_STORED === 'server' ? ['tests/**'] : []
const BROWSER = 'tests/e2e/**/*.test.ts'
/** A minute and more a file: programs that start again and again, months on a clock, every width of the page. */
const SLOW = [
  'tests/bot/{linked-accounts,long-history,reminders-simulated,right-to-left}.test.ts',
  'tests/cli/{exam,migrate,move.postgres,operations,packs,sweep}.test.ts',
  'tests/clock/changes.test.ts',
  'tests/content/{cache,git}.test.ts',
  'tests/e2e/{page,tabs}.test.ts',
  'tests/faults/embedded.test.ts',
  'tests/fuzz/{content,doors,slow}.test.ts',
  'tests/platforms/{both,discord,slack}-start.test.ts',
  'tests/platforms/{discord-removal,forgotten,slack-socket}.test.ts',
  'tests/store/{open,private-folder,races.postgres}.test.ts',
]
/** What asks a database for something, whichever that is. */
const STORED = process.env.TEST_LONG === '1' ? SLOW : ['tests/**/*.test.ts']
/** They run in the long run, and when they are named. */
const isWanted = process.env.TEST_LONG === '1' || process.argv.some((arg) => arg.startsWith('tests/'))
const LATER = isWanted ? [] : SLOW

const EMBEDDED_SETUP = 'tests/helpers/embedded.setup.ts'

const group = (
  name: string,
  include: string[],
  exclude: string[],
  globalSetup: string[],
  workers: object = {},
) => ({ test: { ...shared, name, include, exclude: [...exclude, ...LATER], globalSetup, ...workers } })

export default defineConfig({
  test: {
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
      group('program', PROGRAM, [...UNIT, POSTGRES], [EMBEDDED_SETUP]),
      // A database a worker; what has several processes on one database runs here alone.
      group(
        'postgres',
        [...STORED, 'tests/cli/{migrate,regrade,workspaces}.test.ts', POSTGRES],
        [...UNIT, ...PROGRAM_ALONE, ...LONG, BROWSER],
        ['tests/helpers/postgres.setup.ts'],
        { fileParallelism: true, maxWorkers: 3 },
      ),
      group('browser', [BROWSER], [], [EMBEDDED_SETUP]),
      group('long', LONG, [], ['tests/helpers/postgres.setup.ts']),
    ],
  },
})
