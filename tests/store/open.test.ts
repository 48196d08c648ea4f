// @module-tag slow
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { makeEmptyDatabase } from '../../scripts/empty-database.mjs'
import { UserError } from '../../src/core/errors.js'
import { newDatabase } from '../../src/server/database.js'
import { migrate } from '../../src/store/migrate.js'
import { type Database, openDatabase } from '../../src/store/open.js'
import { createStore } from '../../src/store/store.js'
import { fillDataDir } from '../helpers/database.js'
import { claimToPost } from '../helpers/rounds.js'

const folder = mkdtempSync(path.join(tmpdir(), 'cohort-open-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

describe('a data folder', () => {
  it('belongs to one process, keeps what was written, and is free after the close', async () => {
    const dataDir = path.join(folder, 'data')
    await fillDataDir(dataDir)
    const first = await openDatabase({ dataDir })
    await first.pool.query("insert into workspace (platform, external) values ('test', 'kept')")
    await expect(openDatabase({ dataDir })).rejects.toThrow(/another Cohort runs on the data folder/)
    await first.close()
    const again = await openDatabase({ dataDir })
    expect(await migrate(again.pool, 'prisma/migrations')).toEqual([])
    expect((await again.pool.query('select external from workspace')).rows).toEqual([{ external: 'kept' }])
    await expectMigrationsRefused(again.pool)
    await expectLaterOnesApplied(again.pool)
    await again.close()
  })

  it('of an earlier version keeps its rows and gets the migrations that it lacks', async () => {
    const after = await migratedFrom(
      '20261123000000_init',
      `
      insert into workspace (platform, external) values ('test', 'w1');
      insert into team (workspace_id, channel, name, pack, zone, minute, days, open_hours, count, topics, admin)
        values (1, 'study', 'Orchard', 'p', 'UTC', 480, '{1}', 12, 1, '{}', 'ada');
      insert into round (team_id, date, due_at, closes_at, season, week)
        values (1, '2026-01-05', '2026-01-05T08:00Z', '2026-01-05T20:00Z', '2026-01', '2026-W02');
      insert into workspace (platform, external) values ('discord', '@301'), ('discord', '@302'), ('discord', '77'), ('test', '@301');
      insert into member (workspace_id, user_id, name) values (2, '301', 'Ann'), (3, '302', 'Ben'), (4, '301', 'Ann');
      insert into question_version (question, version, body) values ('q', 'v', '{"id":"q","pack":"p","kind":"template","family":"f",
        "section":"one","file":"p/one/x.questions.yaml","line":3,"sources":{"notes":[1],"aws":["Guide"],"checked":"2026-01-01"}}');
      insert into attempt (member_id, question, version, seed, item, answer, correct, points, at)
        values (1, 'q', 'v', 1, 0, 'A', true, 0, '2026-01-05T08:00Z')`,
    )
    const claimed = await claimToPost(createStore(after), Date.parse('2026-01-05T09:00Z'), 60_000, 5, [
      'test',
    ])
    expect(claimed).toMatchObject([{ date: '2026-01-05', team: { name: 'Orchard', platform: 'test' } }])
    // A question keeps its id, and says in one place where it comes from.
    const saved = createStore(after)
    const sources = { notes: [1], documents: ['Guide'], checked: '2026-01-01' }
    const origin = { kind: 'file', section: 'one', file: 'p/one/x.questions.yaml', line: 3, sources }
    expect(await saved.question('q', 'v')).toEqual({
      id: 'q',
      pack: 'p',
      kind: 'template',
      family: 'f',
      number: expect.any(Number),
      origin,
    })
    expect(await saved.questionId({ pack: 'p', id: 'q' })).toBe('q')
    // Those who wrote directly share one workspace, whose name says nothing of them.
    const people =
      await after.pool.query(`select w.platform, w.external, m.user_id, (select count(*)::int from attempt where member_id = m.id) as n
      from workspace w left join member m on m.workspace_id = w.id where w.external <> 'w1' order by 1, 2, 3`)
    expect(people.rows.map(Object.values)).toEqual([
      ['discord', '77', '301', 0],
      ['discord', '@direct', '301', 1],
      ['discord', '@direct', '302', 0],
      ['test', '@301', null, 0],
    ])
    await after.close()
  })

  it('of version 0.2 sends once what waited there', async () => {
    const after = await migratedFrom(LAST_OF_0_2, WAITING_IN_0_2)
    const utc = (column: string) => `to_char(${column} at time zone 'UTC', 'YYYY-MM-DD HH24:MI')`
    const { rows } = await after.pool.query(`
      select concat_ws(' ', d.key, d.kind, t.name, d.state, ${utc('d.due_at')}, 'round=' || d.round_id, 'lease=' || ${utc('d.lease_until')},
        'retry=' || ${utc('d.retry_at')}, 'tries=' || d.tries, 'message=' || d.message, 'reason=' || d.reason) as line
      from delivery d join team t on t.id = d.team_id order by d.key collate "C"`)
    expect(rows.map(({ line }) => line)).toEqual([
      'regrade-1 notice closed due 2026-01-05 08:30 round=6 tries=0',
      'reveal-4 reveal posted due 2026-01-05 20:00 round=4 tries=0',
      'reveal-5 reveal closing due 2026-01-04 20:00 round=5 lease=2100-01-01 00:00 tries=1',
      'round-1 round due due 2026-01-05 08:00 round=1 tries=0',
      'round-2 round leased due 2026-01-05 08:00 round=2 lease=2100-01-01 00:00 tries=1',
      'round-3 round refused due 2026-01-05 08:00 round=3 retry=2026-01-05 09:05 tries=3 reason=not_in_channel',
      'season-6-2025-11 podium closed sent 2025-12-01 00:00 tries=0 message=m-podium',
      'season-6-2025-12 podium closed due 2026-01-01 00:00 tries=0',
    ])

    const store = createStore(after)
    const claim = (time: string) =>
      store.claimDeliveries(Date.parse(`2026-01-05T${time}Z`), 3_600_000, 20, ['test'])
    const keys = async (time: string) => (await claim(time)).map(({ key }) => key)
    const was = [{ slot: 0, key: 'A' }]
    expect(await claim('09:00')).toMatchObject([
      { key: 'season-6-2025-12', season: '2025-12' },
      { key: 'round-1', round: { date: '2026-01-05' }, team: { name: 'due' } },
      { key: 'regrade-1', question: 'q', why: 'Because.', was, members: 2, points: -10 },
    ])
    expect([await keys('09:00'), await keys('09:05'), await keys('09:05')]).toEqual([[], ['round-3'], []])
    await after.pool.query(`update delivery set lease_until = now() where lease_until = '2100-01-01Z'`)
    expect([await keys('09:05'), await keys('20:00'), await keys('20:00')]).toEqual([
      ['reveal-5', 'round-2'],
      ['reveal-4'],
      [],
    ])
    await after.close()
  })

  it('that cannot be one is refused in one line, and holds nothing', async () => {
    const file = path.join(folder, 'a-file')
    writeFileSync(file, 'not a folder')
    const never = existsSync('/proc/self') ? ['/proc/cohort'] : []
    for (const dataDir of [file, path.join(file, 'below'), ...never]) {
      const error = await openDatabase({ dataDir }).catch((e) => e)
      expect(error).toBeInstanceOf(UserError)
      expect(error.message).toMatch(/^the data folder .* cannot be used: .*COHORT_DATA_DIR.*$/)
    }
  })

  it('that is damaged is refused in one line each time, not as one in use', async () => {
    const dataDir = path.join(folder, 'damaged')
    mkdirSync(path.join(dataDir, 'pg'), { recursive: true })
    writeFileSync(path.join(dataDir, 'pg', 'PG_VERSION'), '9.6\n')
    for (let i = 0; i < 2; i++)
      await expect(openDatabase({ dataDir })).rejects.toThrow(
        /^the data folder .*damaged cannot be used: .*$/,
      )
    expect(readFileSync(path.join(dataDir, 'pg', 'PG_VERSION'), 'utf8')).toBe('9.6\n')
  })

  it('gives every statement its own answer, also beside and after statements that fail', async () => {
    const dataDir = path.join(folder, 'mixed')
    await fillDataDir(dataDir)
    const database = await openDatabase({ dataDir })
    await database.pool.query('create table one (id int primary key)')
    const refused = () =>
      database.pool
        .query({ name: 'refused', text: 'insert into one values ($1), ($1)', values: [1] })
        .catch((e) => e.code)
    const asked = (i: number) =>
      database.pool
        .query({ name: 'asked', text: 'select $1::int as i', values: [i] })
        .then(({ rows }) => rows[0].i)
    for (let i = 0; i < 10; i++) {
      expect([await refused(), await asked(i), await asked(i + 1)]).toEqual(['23505', i, i + 1])
      expect(await Promise.all([asked(i), refused(), asked(i + 1), refused(), asked(i + 2)])).toEqual([
        i,
        '23505',
        i + 1,
        '23505',
        i + 2,
      ])
    }
    await database.close()
  })

  it('that was only half made is made anew', async () => {
    const dataDir = path.join(folder, 'half')
    cpSync('prisma', path.join(dataDir, 'pg.making'), { recursive: true })
    const database = await openDatabase({ dataDir, fresh: () => makeEmptyDatabase(migrate) })
    expect((await database.pool.query('select 1 as one')).rows).toEqual([{ one: 1 }])
    await database.close()
  })

  it.each([
    ['of the shipped content begins with its questions', builtKey(), shippedQuestions()],
    ['of any other content begins empty', 'other', 0],
  ])('%s', async (_what, key, count) => {
    const dataDir = path.join(folder, `new-${key.slice(0, 8)}`)
    const database = await openDatabase({ dataDir, fresh: async () => newDatabase(key) })
    const { rows } = await database.pool.query('select count(*)::int as count from question_version')
    expect(rows).toEqual([{ count }])
    await database.close()
  })
})

/** The last of the migrations that version 0.2 had. */
const LAST_OF_0_2 = '20261128003823_regrades'

/** A team for each state of a round, named after it. One waits for a podium and a notice, and had both before. */
const WAITING_IN_0_2 = `
  insert into workspace (platform, external) values ('test', 'w1');
  insert into team (workspace_id, channel, name, pack, zone, minute, days, open_hours, count, topics, admin)
    select 1, name, name, 'p', 'UTC', 480, '{1}', 12, 1, '{}', 'ada'
    from unnest('{due,leased,refused,posted,closing,closed,skipped}'::text[]) with ordinality o(name, place) order by place;
  insert into round (team_id, platform, season, week, date, due_at, closes_at, state, lease_until, retry_at, tries, message, reveal, reason)
    select t.id, 'test', '2026-01', '2026-W02', r.date, (r.date + time '08:00') at time zone 'UTC', (r.date + time '20:00') at time zone 'UTC',
      r.state, r.lease_until, r.retry_at, r.tries, r.message, r.reveal, r.reason
    from team t join (values
      ('due',     '2026-01-05'::date, 'due',     null::timestamptz, null::timestamptz,       0, null,        null,       null),
      ('leased',  '2026-01-05',       'due',     '2100-01-01Z',     null,                    1, null,        null,       null),
      ('refused', '2026-01-05',       'due',     null,              '2026-01-05T09:05:00Z',  3, null,        null,       'not_in_channel'),
      ('posted',  '2026-01-05',       'posted',  null,              null,                    0, 'm-posted',  null,       null),
      ('closing', '2026-01-04',       'posted',  '2100-01-01Z',     null,                    1, 'm-closing', null,       null),
      ('closed',  '2026-01-04',       'closed',  null,              null,                    0, 'm-closed',  'm-reveal', null),
      ('skipped', '2026-01-04',       'skipped', null,              null,                    3, null,        null,       'not_in_channel'))
      as r(name, date, state, lease_until, retry_at, tries, message, reveal, reason) using (name) order by t.id;
  insert into season (team_id, key, ends_at, message) values (6, '2025-12', '2026-01-01Z', null), (6, '2025-11', '2025-12-01Z', 'm-podium');
  insert into regrade (question, versions, truth, why, at, rounds, attempts, points)
    values ('q', '{v}', 'B', 'Because.', '2026-01-05T08:30Z', 1, 2, -10), ('q', '{v}', 'A', 'Before.', '2026-01-05T08:20Z', 1, 2, 10);
  insert into notice (regrade_id, team_id, round_id, was, members, points, message)
    values (1, 6, 6, '[{"slot":0,"key":"A"}]', 2, -10, null), (2, 6, 6, '[{"slot":0,"key":"B"}]', 2, 10, 'm-notice')`

/**
 * A data folder as an earlier version left it, which had the migrations up to this one and these rows; this
 * version has opened and migrated it.
 */
async function migratedFrom(last: string, rows: string): Promise<Database> {
  const names = readdirSync('prisma/migrations').filter((name) => /^\d/.test(name))
  const earlier = names.sort().slice(0, names.indexOf(last) + 1)
  const migrations = path.join(folder, `migrations-${last}`)
  for (const name of earlier)
    cpSync(`prisma/migrations/${name}`, path.join(migrations, name), { recursive: true })
  const dataDir = path.join(folder, `data-${last}`)
  await fillDataDir(dataDir)
  const before = await openDatabase({ dataDir })
  await before.pool.query('drop schema public cascade; create schema public')
  expect(await migrate(before.pool, migrations)).toEqual(earlier)
  await before.pool.query(rows)
  await before.close()
  const after = await openDatabase({ dataDir })
  expect(await migrate(after.pool, 'prisma/migrations')).toEqual(names.slice(earlier.length))
  return after
}

/** The key of what the build has read, and how many questions that has. */
function builtKey(): string {
  return readFileSync('dist/content.json', 'latin1').split(' ', 1)[0] ?? ''
}
function shippedQuestions(): number {
  const [, text = ''] = readFileSync('dist/content.json', 'latin1').split('\n')
  const { banks } = JSON.parse(text) as { banks: { questions: unknown[] }[] }
  return banks.reduce((sum, bank) => sum + bank.questions.length, 0)
}

async function expectMigrationsRefused(pool: Parameters<typeof migrate>[0]): Promise<void> {
  const edited = path.join(folder, 'edited')
  cpSync('prisma/migrations', edited, { recursive: true })
  writeFileSync(path.join(edited, '20261123000000_init/migration.sql'), 'select 1;')
  await expect(migrate(pool, edited)).rejects.toThrow(/was edited after it was applied/)
  const broken = path.join(folder, 'broken')
  cpSync('prisma/migrations', broken, { recursive: true })
  cpSync('prisma/migrations/20261123000000_init', path.join(broken, '20990101000000_bad'), {
    recursive: true,
  })
  writeFileSync(
    path.join(broken, '20990101000000_bad/migration.sql'),
    'create table half (id int); select nonsense;',
  )
  await expect(migrate(pool, broken)).rejects.toThrow(/20990101000000_bad/)
  expect((await pool.query("select to_regclass('half') as there")).rows).toEqual([{ there: null }])
}

/** As where the build made its dump before they came. */
async function expectLaterOnesApplied(pool: Parameters<typeof migrate>[0]): Promise<void> {
  const later = path.join(folder, 'later')
  cpSync('prisma/migrations', later, { recursive: true })
  mkdirSync(path.join(later, '20990101000000_more'))
  writeFileSync(path.join(later, '20990101000000_more/migration.sql'), 'create table more (id int)')
  expect([await migrate(pool, later), await migrate(pool, later)]).toEqual([['20990101000000_more'], []])
}

describe('an address', () => {
  it.each([
    ['that does not answer', 'postgresql://me:hunter2@127.0.0.1:1/x'],
    ['with a port that is none', 'postgresql://me:hunter2@127.0.0.1:99999/x'],
    ['with a host that is none', 'postgresql://me:hunter2@[bad/x'],
    ['with a space in it', 'postgresql://me:hunter2 @127.0.0.1:1/x'],
  ])('%s is said in one line, without the password', async (_what, url) => {
    const error = await openDatabase({ url, dataDir: '' }).catch((e) => e)
    expect(error).toBeInstanceOf(UserError)
    expect(error.message).toMatch(/^DATABASE_URL does not answer: .+$/)
    expect(error.message).not.toContain('hunter2')
  })
})
