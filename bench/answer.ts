/**
 * Measures answers per second through the whole bot, next to pgbench running the same statement prepared,
 * with one answer each.
 */
import { execFile } from 'node:child_process'
import { existsSync } from 'node:fs'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { promisify } from 'node:util'
import { type App, createApp } from '../src/bot/app.js'
import type { Deps } from '../src/bot/deps.js'
import { openPacks } from '../src/bot/packs.js'
import { noMetrics } from '../src/bot/ports/metrics.js'
import { noLimits } from '../src/bot/request-limits.js'
import { roundIds } from '../src/bot/ui/ids.js'
import type { Bank } from '../src/content/bank.js'
import { readInWorker } from '../src/content/read-in-worker.js'
import { UserError } from '../src/core/errors.js'
import { instantiate } from '../src/core/instantiate.js'
import { createQuestionFiles } from '../src/server/question-files.js'
import { ANSWER } from '../src/store/answers.js'
import { createStore } from '../src/store/store.js'
import { OF_FOUR } from './load/world.js'
import { type Line, ms, perSecond, round, together } from './measure.js'
import type { Scratch } from './scratch.js'

const TEAMS = 500
const MEMBERS = 20
const SLOTS = 5
const ROUNDS = 8
/** How many answers run at the same time, and how many there are in all. */
const WIDTHS = [
  { width: 50, count: 20_000 },
  { width: 10, count: 10_000 },
  { width: 1, count: 3000 },
] as const
const WARM = { width: 50, count: 2000 }
/** Spreads neighbours over the teams, so that the fifty concurrent answers are seldom for one team. */
const STRIDE = 7919
const NOW = Date.parse('2026-11-02T12:00:00Z')

export async function benchAnswer(scratch: Scratch, bank: Bank): Promise<Line[]> {
  const question = bank.questions.find((q) => q.kind === 'choice')
  if (!question) throw new UserError('the content has no choice question to answer')
  await fill(scratch, question.id, question.version, instantiate(question, 1).items[0]?.key ?? 'A')
  const app = botOn(scratch, bank)
  const press = (n: number) => app.run(request(n))
  const pgbench = findPgbench()
  let next = 0
  const some = (count: number) => {
    next += count
    return next - count
  }
  const through = ({ width, count }: Load, act: (n: number) => Promise<unknown>) => {
    const from = some(count)
    return together(count, width, (i) => act(from + i))
  }
  await through(WARM, press)
  await scratch.database.pool.query('vacuum analyze')
  const { url } = scratch
  const lines: Line[] = []
  for (const load of WIDTHS) {
    const outside = url && pgbench ? () => runPgbench(pgbench, url, load, some(load.count)) : undefined
    const before = await outside?.()
    const bot = await through(load, press)
    const after = await outside?.()
    lines.push(line(load, bot, before && after ? beside(load, bot, before, after) : await alone(load, bot)))
  }
  return lines

  async function alone(load: Load, bot: Timed): Promise<string> {
    const why = url ? 'pgbench was not found' : 'pgbench needs a Postgres: set DATABASE_URL'
    const bare = await through(load, (n) => statement(scratch, n))
    return `the same statement alone: ${perSecond(load.count / bare.seconds)}, ratio ${round(bare.seconds / bot.seconds)} (${why})`
  }
}

interface Load {
  readonly width: number
  readonly count: number
}
type Timed = Awaited<ReturnType<typeof together>>

function beside({ count }: Load, bot: Timed, before: number, after: number): string {
  const ratio = count / bot.seconds / ((before + after) / 2)
  return `pgbench, same statement, one answer each: ${perSecond(before)} before, ${perSecond(after)} after; ratio ${round(ratio)}`
}

function line({ width, count }: Load, bot: Timed, against: string): Line {
  return {
    what: `answer, ${width} at a time`,
    figure: `${perSecond(count / bot.seconds)}; ${ms(bot.each)}`,
    against,
  }
}

/** Returns the n-th answer; no two are alike. Round ids run from 1 in the order of `fill`. */
function answerAt(n: number): { team: number; user: string; round: number; slot: number; letter: string } {
  const who = (n * STRIDE) % (TEAMS * MEMBERS)
  const turn = Math.floor(n / (TEAMS * MEMBERS))
  const team = who % TEAMS
  const round = team * ROUNDS + Math.floor(turn / SLOTS) + 1
  return {
    team,
    user: String(Math.floor(who / TEAMS)),
    round,
    slot: turn % SLOTS,
    letter: 'ABCD'[n % 4] ?? 'A',
  }
}

function request(n: number) {
  const { team, user, round, slot, letter } = answerAt(n)
  const caller = {
    platform: 'bench',
    workspace: String(team),
    channel: 'c',
    user,
    name: user,
    isAdmin: async () => false,
  }
  return { kind: 'press', caller, id: roundIds.choose.id({ round, slot, shape: OF_FOUR, letter }) } as const
}

async function statement({ database }: Scratch, n: number): Promise<unknown> {
  const { team, user, round, slot, letter } = answerAt(n)
  return database.pool.query({
    name: 'answer',
    text: ANSWER,
    values: ['bench', String(team), user, user, round, slot, letter, new Date(NOW).toISOString(), 'c'].map(
      (value) => [value],
    ),
  })
}

export function botOn({ database }: Scratch, bank: Bank): App {
  const log = {
    debug: () => {},
    info: () => {},
    warn: () => {},
    error: (fields: object) => console.error(fields),
  }
  const deps: Deps = {
    ...{
      ...openPacks([bank]),
      files: createQuestionFiles(readInWorker),
      store: createStore(database),
      countsToRedraw: new Set<number>(),
      chats: new Map(),
      log,
      metrics: noMetrics,
    },
    clock: () => NOW,
    random: Math.random,
    limits: noLimits,
  }
  return createApp(deps)
}

async function fill({ database }: Scratch, question: string, version: string, key: string): Promise<void> {
  const run = (sql: string) => database.pool.query(sql)
  await run('truncate workspace restart identity cascade')
  await run(
    `insert into workspace (platform, external) select 'bench', i::text from generate_series(0, ${TEAMS - 1}) i`,
  )
  await run(`insert into team (workspace_id, channel, name, pack, zone, minute, days, open_hours, count, topics, admin)
    select i, 'c', 'Team ' || i, 'p', 'UTC', 540, '{1,2,3,4,5}', 24, ${SLOTS}, '{}', '0' from generate_series(1, ${TEAMS}) i`)
  await run(
    `insert into member (workspace_id, user_id, name) select t, m::text, m::text from generate_series(1, ${TEAMS}) t, generate_series(0, ${MEMBERS - 1}) m`,
  )
  await run('insert into membership (team_id, member_id) select workspace_id, id from member')
  await run(`insert into round (team_id, date, due_at, closes_at, season, week, channel, state) select t, date '2026-11-01' + r, '2026-11-02T08:00Z', '2026-11-03T08:00Z', '2026-11', '2026-W45', 'c', 'posted'
    from generate_series(1, ${TEAMS}) t, generate_series(0, ${ROUNDS - 1}) r order by t, r`)
  await database.pool.query(
    `insert into round_item (round_id, slot, question, version, seed, item, key, max_points) select id, s, $1, $2, 1, 0, $3, 10 from round, generate_series(0, ${SLOTS - 1}) s`,
    [question, version, key],
  )
  await run('vacuum analyze')
}

function findPgbench(): string | undefined {
  const onPath = (process.env.PATH ?? '').split(path.delimiter).map((dir) => path.join(dir, 'pgbench'))
  return [...onPath, ...['17', '16', '15', '14'].map((v) => `/usr/lib/postgresql/${v}/bin/pgbench`)].find(
    (file) => existsSync(file),
  )
}

/** Returns answers per second, as pgbench reports them. `from`: the number of its first answer. */
async function runPgbench(
  pgbench: string,
  url: string,
  { width, count }: Load,
  from: number,
): Promise<number> {
  const folder = await mkdtemp(path.join(tmpdir(), 'cohort-pgbench-'))
  // Everybody on the machine can see the arguments of a program.
  const { password } = new URL(url)
  const address = Object.assign(new URL(url), { password: '' })
  try {
    const file = path.join(folder, 'answer.sql')
    await writeFile(file, pgbenchScript(width))
    const args = [
      '-n',
      '-M',
      'prepared',
      '-c',
      String(width),
      '-j',
      String(Math.min(2, width)),
      '-t',
      String(count / width),
      '-D',
      `from=${from}`,
      '-D',
      'i=-1',
      '-f',
      file,
      address.href,
    ]
    const env = { ...process.env, ...(password !== '' && { PGPASSWORD: decodeURIComponent(password) }) }
    const { stdout } = await promisify(execFile)(pgbench, args, { maxBuffer: 10_000_000, env })
    const tps = Number(/tps = ([\d.]+)/.exec(stdout)?.[1])
    if (!(tps > 0)) throw new Error(`pgbench said nothing of tps: ${stdout.slice(0, 300)}`)
    return tps
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

/** Returns the arithmetic of `answerAt`, then the statement with its parameters by name. */
function pgbenchScript(width: number): string {
  const people = TEAMS * MEMBERS
  const values = ['platform', 'team', 'person', 'person', 'round', 'slot', 'letter', 'now']
  const sql = ANSWER.replace(/\$(\d)/g, (_all, n) => `array[:${values[Number(n) - 1]}]`).replace(/\s+/g, ' ')
  return `\\set i :i + 1
\\set n :from + :i * ${width} + :client_id
\\set who (:n * ${STRIDE}) % ${people}
\\set turn :n / ${people}
\\set team :who % ${TEAMS}
\\set person :who / ${TEAMS}
\\set round :team * ${ROUNDS} + :turn / ${SLOTS} + 1
\\set slot :turn % ${SLOTS}
${sql
  .replaceAll(':platform', "'bench'")
  .replaceAll(':letter', "'A'")
  .replaceAll(':now', `'${new Date(NOW).toISOString()}'`)};
`
}
