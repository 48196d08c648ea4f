import { beforeEach, describe, expect, it } from 'vitest'
import type { RegradeOrder } from '../../src/bot/ports/regrades.js'
import type { Store } from '../../src/bot/ports/store.js'
import type { Database } from '../../src/store/open.js'
import { createStore } from '../../src/store/store.js'
import { emptyDatabase } from '../helpers/database.js'
import {
  claimNotices,
  give,
  leasesAge,
  makeDue,
  makeRound,
  makeTeam,
  PLACE,
  recordClosed,
} from '../helpers/rounds.js'

let database: Database
let store: Store
beforeEach(async () => {
  database = await emptyDatabase()
  store = createStore(database)
  await store.openWorkspaces(PLACE.platform, [PLACE.workspace, 'w2'])
})

const NOW = Date.parse('2026-01-20T12:00Z')
const ORDER: RegradeOrder = {
  question: 'q0',
  to: 'v2',
  current: 'v2',
  why: 'the notes changed',
  now: NOW,
  apply: true,
}
const who = (user: string) => ({ ...PLACE, user })

/** Every item of the question gets this key; that of `planOf` is `A`. */
function rekey(key: string, more: Partial<RegradeOrder> = {}) {
  return store.regrade({ ...ORDER, ...more }, () => [key])
}

async function sql(text: string): Promise<Record<string, unknown>[]> {
  return (await database.pool.query(text)).rows
}

const attempts = () =>
  sql(
    `select m.user_id as user, a.answer, a.version, a.correct, a.points from attempt a join member m on m.id = a.member_id order by a.id`,
  )
const standings = () =>
  sql(
    `select m.user_id as user, period, points, answered, correct from standing s join member m on m.id = s.member_id order by 1, 2`,
  )
const streaks = () => sql('select * from membership order by team_id, member_id')
const everything = async () =>
  JSON.stringify([
    await attempts(),
    await standings(),
    await streaks(),
    await sql('select * from round_item'),
  ])

const close = (round: { id: number; at: number }) => recordClosed(store, round.id, 'reveal')

describe('a regrade', () => {
  it('turns answers, points, all three boards and the counts of closed rounds; the version answered stays', async () => {
    const team = await makeTeam(store)
    const round = await makeRound(store, team, '2026-01-05', [15, 10])
    await give(store, 'ann', round, 'A')
    await give(store, 'ben', round, 'B')
    await give(store, 'cid', round, 'C')
    await give(store, 'ann', round, 'A', 1)
    await close(round)
    expect(await rekey('B')).toEqual({
      ...{
        versions: ['v1'],
        rounds: 1,
        open: 0,
        attempts: 2,
        practice: 0,
        members: 2,
        given: 12,
        taken: 12,
        teams: 1,
      },
    })
    expect(await attempts()).toEqual([
      { user: 'ann', answer: 'A', version: 'v1', correct: false, points: 3 },
      { user: 'ben', answer: 'B', version: 'v1', correct: true, points: 15 },
      { user: 'cid', answer: 'C', version: 'v1', correct: false, points: 3 },
      { user: 'ann', answer: 'A', version: 'v1', correct: true, points: 10 },
    ])
    for (const period of ['all', '2026-01', '2026-W02']) {
      const { rows } = await store.board({ team, period, user: undefined, limit: 9, offset: 0 })
      expect(rows.map((r) => [r.member.user, r.points, r.right, r.answered])).toEqual([
        ['ben', 15, 1, 1],
        ['ann', 13, 1, 2],
        ['cid', 3, 0, 1],
      ])
    }
    expect((await store.teamHistory(team)).get('q0')).toMatchObject({ answered: 3, right: 1 })
    expect((await store.results(round.id))[0]).toMatchObject({ answered: 3, right: 1 })
  })

  it('leaves streaks, freezes and their bonus as they are, since they count days answered', async () => {
    const team = await makeTeam(store)
    for (let day = 5; day < 13; day++) {
      const round = await makeRound(store, team, `2026-01-${String(day).padStart(2, '0')}`)
      await give(store, 'ann', round, day % 2 === 0 ? 'A' : 'B')
      if (day !== 8) await give(store, 'ben', round, 'B')
      await close(round)
    }
    const before = await streaks()
    expect(before).toMatchObject([{ days: 8, freezes: 1 }, { days: 4 }])
    expect(await rekey('B')).toMatchObject({ attempts: 15 })
    expect(await streaks()).toEqual(before)
    // Eight days, four of them right, and five points for the fifth day in a row.
    expect((await standings()).find((s) => s.user === 'ann' && s.period === 'all')).toMatchObject({
      points: 4 * 10 + 4 * 3 + 5,
      correct: 4,
    })
    expect((await attempts()).filter((a) => a.user === 'ann')[4]).toMatchObject({ points: 15, correct: true })
  })

  it('reaches every round and team, also one that is open, whose next answers have the new key', async () => {
    const [one, two] = [await makeTeam(store), await makeTeam(store, { channel: 'c2' })]
    const old = await makeRound(store, one, '2026-01-05')
    await give(store, 'ann', old, 'B')
    await close(old)
    const open = await makeRound(store, two, '2026-01-20')
    await give(store, 'ann', open, 'A')
    expect(await rekey('B')).toMatchObject({
      rounds: 2,
      open: 1,
      attempts: 2,
      members: 2,
      given: 7,
      taken: 7,
      teams: 2,
    })
    expect(await give(store, 'ben', open, 'B')).toMatchObject({
      outcome: 'recorded',
      right: true,
      points: 10,
      posted: { version: 'v1', keyVersion: 'v2' },
    })
    expect(await give(store, 'cid', open, 'A')).toMatchObject({
      outcome: 'recorded',
      right: false,
      points: 3,
    })
    expect(await give(store, 'ann', open, 'B')).toMatchObject({
      outcome: 'already',
      right: false,
      points: 3,
      posted: { keyVersion: 'v2' },
    })
    await close(open)
    expect((await store.teamHistory(two)).get('q0')).toMatchObject({ answered: 3, right: 1 })
    expect((await store.round(open.id))?.questions).toEqual([
      { slot: 0, question: 'q0', version: 'v1', seed: 0, keyVersion: 'v2' },
    ])
  })

  it('reaches a round that is due and not yet posted, of which nobody is told', async () => {
    const due = await makeDue(store, await makeTeam(store), '2026-01-20')
    expect(await rekey('B')).toMatchObject({ rounds: 1, open: 0, teams: 0 })
    expect(await give(store, 'ann', due, 'B')).toMatchObject({ right: true })
  })

  it('leaves other questions, and what was posted of the version of today, alone', async () => {
    const team = await makeTeam(store)
    const round = await makeRound(store, team, '2026-01-05', [10, 10])
    await give(store, 'ann', round, 'A', 1)
    const before = await everything()
    expect(await rekey('B', { to: 'v1', current: 'v1' })).toBeUndefined()
    expect(await rekey('B', { question: 'q7' })).toBeUndefined()
    expect(await everything()).toBe(before)
  })

  it('turns practice, which has no points', async () => {
    const posing = { ...who('ann'), name: 'Ann', question: 'q0', seed: 7, now: 0 }
    for (const version of ['v1', 'v2']) {
      await store.practise({
        ...posing,
        version,
        item: 0,
        answer: 'A',
        right: version === 'v1',
        seed: version === 'v1' ? 7 : 8,
      })
      await store.practise({
        ...posing,
        version,
        item: 1,
        answer: 'C',
        right: true,
        seed: version === 'v1' ? 7 : 8,
      })
    }
    expect(await store.regrade(ORDER, () => ['B', 'C'])).toMatchObject({
      versions: ['v1'],
      rounds: 0,
      attempts: 1,
      practice: 1,
      members: 0,
      given: 0,
      teams: 0,
    })
    expect((await store.attempts(who('ann'))).map((a) => [a.item, a.right])).toEqual([
      [0, false],
      [1, true],
      [0, false],
      [1, true],
    ])
  })

  it('asked only to count, changes nothing', async () => {
    const round = await makeRound(store, await makeTeam(store), '2026-01-05')
    await give(store, 'ann', round, 'A')
    const before = await everything()
    expect(await rekey('B', { apply: false })).toMatchObject({ attempts: 1, taken: 7, teams: 1 })
    expect(await everything()).toBe(before)
    expect(
      await sql("select id::text from regrade union all select key from delivery where kind = 'notice'"),
    ).toEqual([])
  })

  it('does nothing at all when one key cannot be told', async () => {
    const team = await makeTeam(store)
    for (const date of ['2026-01-05', '2026-01-06'])
      await give(store, 'ann', await makeRound(store, team, date), 'A')
    const before = await everything()
    let asked = 0
    const refused = store.regrade(ORDER, () => {
      if (asked++ > 0) throw new Error('not there then')
      return ['B']
    })
    await expect(refused).rejects.toThrow('not there then')
    expect(await everything()).toBe(before)
  })

  it('finds nothing to do the second time', async () => {
    await give(store, 'ann', await makeRound(store, await makeTeam(store), '2026-01-05'), 'A')
    await rekey('B')
    const before = await everything()
    expect(await rekey('B')).toBeUndefined()
    expect(await everything()).toBe(before)
  })

  it('can follow another: a key corrected twice, taken back, withdrawn and given back', async () => {
    const round = await makeRound(store, await makeTeam(store), '2026-01-05')
    for (const [user, answer] of Object.entries({ ann: 'A', ben: 'B', cid: 'C' }))
      await give(store, user, round, answer)
    await store.settleRound(round.id)
    const points = async () => (await standings()).filter((s) => s.period === 'all').map((s) => s.points)
    const keyVersions = async () =>
      (await sql('select key_version from round_item')).map((i) => i.key_version)
    await rekey('B')
    expect([await points(), await keyVersions()]).toEqual([[3, 10, 3], ['v2']])
    await rekey('C', { to: 'v3', current: 'v3' })
    expect([await points(), await keyVersions()]).toEqual([[3, 3, 10], ['v3']])
    await rekey('A', { to: 'v1', current: 'v1' })
    expect([await points(), await keyVersions()]).toEqual([[10, 3, 3], [null]])
    await rekey('*', { to: '*', current: 'v2' })
    expect([await points(), await keyVersions()]).toEqual([[10, 10, 10], ['*']])
    await rekey('B')
    expect([await points(), await keyVersions()]).toEqual([[3, 10, 3], ['v2']])
    expect(
      (await sql('select key_version, attempts, points from regrade order by id')).map((r) =>
        Object.values(r),
      ),
    ).toEqual([
      ['v2', 2, 14],
      ['v3', 2, 14],
      ['v1', 2, 14],
      ['*', 2, 14],
      ['v2', 2, 14],
    ])
  })

  it('writes down what was done, and of nobody', async () => {
    const round = await makeRound(store, await makeTeam(store), '2026-01-05')
    await give(store, 'ann', round, 'A')
    await rekey('B')
    expect(await sql('select * from regrade')).toEqual([
      {
        id: 1,
        question: 'q0',
        versions: ['v1'],
        key_version: 'v2',
        why: 'the notes changed',
        at: new Date(NOW),
        rounds: 1,
        attempts: 1,
        points: 7,
      },
    ])
  })
})

describe('a question that is withdrawn', () => {
  it('gives everybody full points, now and as long as it is open, and leaves the version of today', async () => {
    const team = await makeTeam(store)
    const round = await makeRound(store, team, '2026-01-20', [15])
    await give(store, 'ann', round, 'A')
    await give(store, 'ben', round, 'B')
    const practice = {
      ...who('ann'),
      name: 'Ann',
      question: 'q0',
      item: 0,
      answer: 'D',
      right: false,
      now: 0,
    }
    await store.practise({ ...practice, version: 'v1', seed: 1 })
    await store.practise({ ...practice, version: 'v2', seed: 2 })
    expect(await rekey('*', { to: '*', current: 'v2' })).toMatchObject({
      attempts: 2,
      practice: 1,
      given: 12,
      taken: 0,
      teams: 1,
    })
    expect(await give(store, 'cid', round, 'D')).toMatchObject({
      right: true,
      points: 15,
      posted: { keyVersion: '*' },
    })
    await close(round)
    expect((await store.results(round.id))[0]).toMatchObject({ answered: 3, right: 3 })
    expect((await store.teamHistory(team)).get('q0')).toMatchObject({ answered: 3, right: 3 })
    expect(
      (await store.attempts(who('ann'))).filter((a) => a.team === undefined).map((a) => a.right),
    ).toEqual([true, false])
  })
})

describe('what teams are told', () => {
  it('is for those where points moved or the round is open, once each, with what was right in their latest round', async () => {
    // One after the other, so that their ids stand in this order.
    const moved = await makeTeam(store, { channel: 'c1' })
    const open = await makeTeam(store, { channel: 'c2' })
    const neither = await makeTeam(store, { channel: 'c3' })
    for (const date of ['2026-01-05', '2026-01-06']) {
      const round = await makeRound(store, moved, date)
      await give(store, 'ann', round, 'A')
      await give(store, 'ben', round, 'B')
      await give(store, 'cid', round, 'A')
      await close(round)
    }
    await makeRound(store, open, '2026-01-20')
    const round = await makeRound(store, neither, '2026-01-05')
    await give(store, 'ann', round, 'C')
    await close(round)
    expect(await rekey('B')).toMatchObject({ rounds: 4, teams: 2 })
    const claimed = await claimNotices(store, NOW, 60_000, 10, ['test'])
    expect(claimed.map((n) => [n.team.id, n.members, n.points, n.tries])).toEqual([
      [moved, 3, -14, 0],
      [open, 0, 0, 0],
    ])
    const latest = await store.latestRound(moved)
    expect(claimed[0]).toMatchObject({
      question: 'q0',
      why: 'the notes changed',
      round: { id: latest?.id },
      was: [{ slot: 0, key: 'A' }],
    })
  })

  it('goes to one process at a time, and comes again, when its lease or its wait is over, until it is recorded', async () => {
    await give(store, 'ann', await makeRound(store, await makeTeam(store), '2026-01-05'), 'A')
    await rekey('B')
    const claim = async (minutes = 0) =>
      (await claimNotices(store, NOW + minutes * 60_000, 60_000, 10, ['test'])).map((n) => n.tries)
    expect(await claimNotices(store, NOW, 60_000, 10, ['slack'])).toEqual([])
    expect([await claim(), await claim()]).toEqual([[0], []])
    await leasesAge(database, 61_000)
    expect([await claim(), await claim()]).toEqual([[1], []])
    await store.putOff('regrade-1-1', NOW, NOW + 120_000, 'failed')
    expect([await claim(1.9), await claim(2)]).toEqual([[], [2]])
    await store.recordSent('regrade-1-1', 'm1')
    await leasesAge(database, 1e9)
    expect(await claim(10_000)).toEqual([])
  })
})
