// @module-tag slow
/**
 * The embedded database under a program that is killed while it writes, beside a second one, of an earlier
 * version, and on a full disk.
 * `FAULT_KILLS=40 npx vitest run --project program tests/faults` is the long form.
 */
import { cpSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { migrate } from '../../src/store/migrate.js'
import { openDatabase } from '../../src/store/open.js'
import { cohort, startCohort } from '../helpers/cohort.js'
import { fillDataDir } from '../helpers/database.js'
import { IS_LONG } from '../helpers/long.js'
import { createPrograms, type Program, type Programs } from '../helpers/program.js'
import { until } from '../helpers/until.js'
import { webPerson } from '../helpers/web-person.js'
import { chance, SEED } from './chance.js'

const KILLS = Number(process.env.FAULT_KILLS ?? (IS_LONG ? 3 : 1))
/** A kill comes within this time after the first answer. */
const ALIVE_MS = 1200

let programs: Programs
beforeEach(() => {
  programs = createPrograms('embedded')
})
afterEach(() => programs.stop())

const dataDir = () => path.join(programs.folder, 'data')
const here = () => ({ DATABASE_URL: '', COHORT_DATA_DIR: dataDir() })
const pause = (ms: number) => new Promise((done) => setTimeout(done, ms))

/** The seeds of the questions that ann has answered in practice, as the folder has them. */
async function kept(): Promise<string[]> {
  const database = await openDatabase({ dataDir: dataDir() })
  const { rows } = await database.pool.query<{ seed: string }>(
    "select seed::text from attempt a join member m on m.id = a.member_id where round_id is null and m.user_id = 'ann'",
  )
  await database.close()
  return rows.map((row) => row.seed)
}

const ENDED = /^cohort: the embedded database has ended: .*start it again, with room on the disk\.$/m

const seedOf = (id: string) => String(Number.parseInt(id.split('~')[2] ?? '', 36))

/** So many questions of practice and answers may come at once. */
const MOST = 60

/**
 * Ann answers until the program is gone, or asks her to wait; gives the seeds of what was acknowledged, and
 * how many were tried.
 */
async function answerUntilGone(program: Program, acknowledged: string[]): Promise<number> {
  const ann = webPerson(program.address, 'ann')
  for (let tried = 0; ; tried++) {
    if (tried === MOST) return tried
    const answer = await ann.practises('apple').catch(() => undefined)
    if (!answer || !('id' in answer)) return tried
    if (answer.said.status === 200) acknowledged.push(seedOf(answer.id))
  }
}

const health = async (program: Program) => {
  const answer = await fetch(`${program.address}/healthz`)
  return { status: answer.status, body: await answer.json() }
}

describe('the embedded database', () => {
  it(
    `loses nothing that was acknowledged when the program is killed ${KILLS} times while it writes (FAULT_SEED=${SEED})`,
    async () => {
      const acknowledged: string[] = []
      const random = chance()
      for (let i = 0; i < KILLS; i++) {
        const program = await programs.start({})
        const before = acknowledged.length
        const answering = answerUntilGone(program, acknowledged)
        await until(() => acknowledged.length > before || undefined)
        await pause(random() * ALIVE_MS)
        await program.kill()
        await answering
      }
      const seeds = await kept()
      expect(acknowledged.filter((seed) => !seeds.includes(seed))).toEqual([])
      expect(acknowledged.length).toBeGreaterThanOrEqual(KILLS)
      // What was under way when a kill came may be there or not.
      expect(seeds.length - acknowledged.length).toBeLessThanOrEqual(KILLS)
    },
    KILLS * 120_000,
  )

  it('refuses a second program on its folder in one line, and the first goes on', async () => {
    const first = await programs.start({})
    const second = await cohort(['start'], here())
    expect([second.code, second.err]).toEqual([
      1,
      expect.stringMatching(/^cohort: another Cohort runs on the data folder .*; stop it, or .*\n$/),
    ])
    expect((await webPerson(first.address, 'ann').says('hello')).status).toBe(200)
  })

  it('of the first version is migrated by a start, and keeps what it holds', async () => {
    const [first = ''] = readdirSync('prisma/migrations').sort()
    const dir = path.join(programs.folder, 'first-migration')
    cpSync(`prisma/migrations/${first}`, path.join(dir, first), { recursive: true })
    await fillDataDir(dataDir())
    const earlier = await openDatabase({ dataDir: dataDir() })
    await earlier.pool.query('drop schema public cascade; create schema public')
    await migrate(earlier.pool, dir)
    await earlier.pool.query(`
      insert into workspace (platform, external) values ('web', 'local');
      insert into team (workspace_id, channel, name, pack, zone, minute, days, open_hours, count, topics, admin)
        values (1, 'study', 'Early birds', 'orchard', 'UTC', 480, '{1}', 12, 1, '{}', 'ann');
      insert into member (workspace_id, user_id, name) values (1, 'ann', 'Ann');
      insert into membership (team_id, member_id, days, best, freezes, answered, last) values (1, 1, 4, 9, 1, 12, '2026-01-05');
      insert into standing (team_id, period, member_id, points, answered, correct) values (1, 'all', 1, 123, 12, 11)`)
    await earlier.close()
    const program = await startCohort(here())
    expect(program.out).toMatch(/migration\(s\) applied/)
    const ann = webPerson(program.address, 'ann')
    await ann.says('/leaderboard all-time')
    expect(JSON.stringify(await ann.sees())).toMatch(/Early birds[\s\S]*123/)
    expect(await ann.practises('apple')).toMatchObject({ said: { status: 200 } })
    await program.stop()
  })
})

/** Several starts of the program, each of which makes a database. */
const FULL_MS = 120_000

describe('a full disk', { timeout: FULL_MS }, () => {
  const flag = () => path.join(programs.folder, 'full')
  const start = () =>
    programs.start({ FULL_DISK: flag(), NODE_OPTIONS: '--import ./tests/helpers/full-disk.mjs' })

  it('is told with a reference and by /healthz, loses nothing, and is over when there is room again', async () => {
    const program = await start()
    const ann = webPerson(program.address, 'ann')
    const acknowledged: string[] = []
    const answer = async () => {
      const given = await ann.practises('apple')
      if ('id' in given && given.said.status === 200) acknowledged.push(seedOf(given.id))
      return 'said' in given ? given.said : given
    }
    expect((await answer()).status).toBe(200)
    writeFileSync(flag(), 'tables')
    const refused = await until(async () => [await answer()].find((said) => said.status !== 200))
    expect(refused).toMatchObject({
      status: 500,
      body: { error: expect.stringMatching(/reference: [0-9a-z]{6}\./) },
    })
    const [, reference = ''] = /reference: ([0-9a-z]{6})/.exec(refused.body.error ?? '') ?? []
    await until(() => program.err.includes(`"reference":"${reference}"`) || undefined)
    expect(await health(program)).toMatchObject({ status: 503, body: { database: 'failed' } })
    rmSync(flag())
    expect(await health(program)).toMatchObject({ status: 200, body: { database: 'ok' } })
    expect((await answer()).status).toBe(200)
    await program.kill()
    const seeds = await kept()
    expect(acknowledged.filter((seed) => !seeds.includes(seed))).toEqual([])
  })

  it('on which no file can be made ends the program, since only a new start mends that', async () => {
    const program = await start()
    const ann = webPerson(program.address, 'ann')
    expect((await ann.says('hello')).status).toBe(200)
    writeFileSync(flag(), 'files')
    const ends = async () => {
      await ann.practises('apple').catch(() => {})
      return program.code
    }
    expect(await until(ends, FULL_MS / 2)).toBe(1)
    rmSync(flag())
    expect(program.err).toMatch(ENDED)
    const again = await startCohort(here())
    expect(await webPerson(again.address, 'ann').practises('apple')).toMatchObject({ said: { status: 200 } })
    await again.stop()
  })

  it('that ends Postgres itself ends the program with a clear line, and the next start has everything', async () => {
    const program = await start()
    const acknowledged: string[] = []
    const answering = answerUntilGone(program, acknowledged)
    await until(() => acknowledged.length > 1 || undefined)
    writeFileSync(flag(), 'wal')
    await until(() => program.code !== undefined || undefined)
    await answering
    expect(program.code).toBe(1)
    expect(program.err).toMatch(
      /^cohort: the embedded database has ended: .*No space left on device.*start it again, with room on the disk\.$/m,
    )
    expect(program.err).not.toContain('UnhandledPromise')
    const still = await start()
    expect([still.code, still.err]).toEqual([
      1,
      expect.stringMatching(/^cohort: the data folder .* cannot be used: .*make room on its disk.*\n$/),
    ])
    rmSync(flag())
    const again = await startCohort(here())
    expect((await webPerson(again.address, 'ann').says('hello')).status).toBe(200)
    await again.stop()
    const seeds = await kept()
    expect(acknowledged.filter((seed) => !seeds.includes(seed))).toEqual([])
  })
})
