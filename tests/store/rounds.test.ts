import { beforeEach, describe, expect, it } from 'vitest'
import type { DueTeam, RoundPlan } from '../../src/bot/ports/rounds.js'
import type { Store } from '../../src/bot/ports/store.js'
import type { Database } from '../../src/store/open.js'
import { createStore } from '../../src/store/store.js'
import { emptyDatabase } from '../helpers/database.js'
import {
  claimToClose,
  claimToPost,
  give,
  leasesAge,
  makeDue,
  makeRound,
  makeTeam,
  planOf,
  recordClosed,
  recordFailure,
  recordPosted,
  skipRound,
  teamById,
} from '../helpers/rounds.js'

const at = (time: string) => Date.parse(`${time}Z`)
const MORNING = at('2026-01-05T08:00')
const NOON = at('2026-01-05T12:00')
const NIGHT = at('2026-01-05T20:00')
const LEASE = 60_000
const HERE = ['test']
const ids = (rounds: readonly { id: number }[]) => rounds.map((r) => r.id)
const todays = (): RoundPlan => ({ ...planOf('2026-01-05'), nextPostAt: at('2026-01-06T08:00') })

let database: Database
let store: Store
beforeEach(async () => {
  database = await emptyDatabase()
  store = createStore(database)
})

/** Teams in channels of their own, each due at its moment. */
function dueTeams(...moments: number[]): Promise<number[]> {
  return Promise.all(moments.map((nextPostAt, i) => makeTeam(store, { channel: `c${i}`, nextPostAt })))
}

describe('planning', () => {
  it('takes the teams whose slot has come, longest due first, and moves their slots on', async () => {
    const [later, late, notYet] = await dueTeams(MORNING - 1, MORNING - 2, MORNING + 1)
    const asked: number[] = []
    const plan = (due: DueTeam) => {
      asked.push(due.team.id)
      return todays()
    }
    expect(await store.planRounds(MORNING, 1, plan)).toBe(1)
    expect(await store.planRounds(MORNING, 5, plan)).toBe(1)
    expect(await store.planRounds(MORNING, 5, plan)).toBe(0)
    expect(asked).toEqual([late, later])
    expect((await teamById(store, late ?? 0))?.nextPostAt).toBe(at('2026-01-06T08:00'))
    expect((await teamById(store, notYet ?? 0))?.nextPostAt).toBe(MORNING + 1)
    expect(await store.latestRound(later ?? 0)).toMatchObject({
      date: '2026-01-05',
      state: 'due',
      dueAt: MORNING,
      closesAt: NIGHT,
    })
  })

  it('gives each team what it was asked, and no other team’s', async () => {
    const [one, two] = await dueTeams(MORNING, MORNING)
    await recordClosed(store, (await makeRound(store, one ?? 0, '2026-01-03', [10, 10])).id, 'r')
    await store.planRounds(at('2100-01-01T08:00'), 5, ({ team, history }) => {
      expect([...history.keys()].sort()).toEqual(team.id === one ? ['q0', 'q1'] : [])
      return todays()
    })
    expect((await store.teamHistory(two ?? 0)).size).toBe(1)
  })

  it('can leave a slot without a round', async () => {
    const [team = 0] = await dueTeams(MORNING)
    expect(await store.planRounds(MORNING, 5, () => ({ nextPostAt: NOON }))).toBe(1)
    expect(await store.latestRound(team)).toBeUndefined()
    expect((await teamById(store, team))?.nextPostAt).toBe(NOON)
  })

  it('writes nothing when one of the plans fails', async () => {
    const [team = 0] = await dueTeams(MORNING, MORNING)
    let asked = 0
    const plan = () => {
      if (++asked === 2) throw new Error('no questions')
      return todays()
    }
    await expect(store.planRounds(MORNING, 5, plan)).rejects.toThrow('no questions')
    expect(await store.latestRound(team)).toBeUndefined()
    expect(await store.planRounds(MORNING, 5, todays)).toBe(2)
  })

  it('leaves paused teams alone', async () => {
    const [team = 0] = await dueTeams(MORNING)
    await store.pauseTeam(team, true, undefined)
    expect(await store.planRounds(NOON, 5, todays)).toBe(0)
    expect(await teamById(store, team)).toMatchObject({ paused: true, nextPostAt: undefined })
    expect(await store.planNow(team, todays)).toBe('planned')
    expect((await teamById(store, team))?.nextPostAt).toBeUndefined()
    await store.pauseTeam(team, false, NOON)
    expect(await store.planRounds(NOON, 5, () => planOf('2026-01-06'))).toBe(1)
  })

  it('keeps a date’s round: a second one is not made, out of turn or in turn', async () => {
    const [team = 0] = await dueTeams(MORNING)
    expect(await store.planNow(team, todays)).toBe('planned')
    const first = await store.latestRound(team)
    const second = () => ({ ...planOf('2026-01-05', [10, 10]), nextPostAt: NOON })
    expect(await store.planNow(team, second)).toBe('already')
    expect(await store.planRounds(NOON, 5, () => ({ ...second(), nextPostAt: NIGHT }))).toBe(1)
    expect(await store.latestRound(team)).toEqual({ ...first, team: await teamById(store, team) })
    expect(await store.planNow(99, todays)).toBe('no-team')
  })

  it('gives a date another round when the first was skipped before anybody answered', async () => {
    const team = await makeTeam(store)
    const skipped = await makeDue(store, team, '2026-01-05')
    await skipRound(store, skipped.id, 'its topics have no questions')
    expect(await store.planNow(team, todays)).toBe('planned')
    const answered = await store.latestRound(team)
    await give(store, 'ann', { id: answered?.id ?? 0, date: '2026-01-05', at: MORNING }, 'A')
    await skipRound(store, answered?.id ?? 0, 'it could not be posted while it was open')
    expect(await store.planNow(team, todays)).toBe('already')
  })

  it('numbers the slots over all questions, and gives each question its first', async () => {
    const team = await makeTeam(store)
    const item = { key: 'A', maxPoints: 10 }
    const questions = [
      { question: 'case', version: 'v1', seed: 4_294_967_295, items: [item, item, item] },
      { question: 'single', version: 'v2', seed: 0, items: [item] },
    ]
    await store.planNow(team, () => {
      const plan = planOf('2026-01-05')
      return { ...plan, ...(plan.round && { round: { ...plan.round, questions } }) }
    })
    const round = await store.latestRound(team)
    expect(round?.questions).toEqual([
      { slot: 0, question: 'case', version: 'v1', seed: 4_294_967_295 },
      { slot: 3, question: 'single', version: 'v2', seed: 0 },
    ])
    const made = { id: round?.id ?? 0, date: '2026-01-05', at: MORNING }
    expect(await give(store, 'ann', made, 'A', 2)).toMatchObject({
      posted: { team, question: 'case', version: 'v1', seed: 4_294_967_295, item: 2, slots: 4 },
    })
    expect((await store.teamHistory(team)).get('case')).toEqual({ uses: 1, answered: 0, right: 0 })
  })
})

describe('claiming', () => {
  it('to post: oldest first, as many as asked, and nobody else until the lease ends', async () => {
    const teams = await dueTeams(MORNING, MORNING, MORNING)
    const rounds: number[] = []
    for (const [i, team] of teams.entries()) rounds.push((await makeDue(store, team, `2026-01-0${7 - i}`)).id)
    const now = at('2026-01-07T09:00')
    const claimed = await claimToPost(store, now, LEASE, 2, HERE)
    expect(ids(claimed)).toEqual([rounds[2], rounds[1]])
    expect(claimed[0]).toMatchObject({
      state: 'due',
      tries: 0,
      admins: ['ada'],
      questions: [{ slot: 0, question: 'q0' }],
    })
    expect(claimed[0]?.team).toEqual(await teamById(store, teams[2] ?? 0))
    // The clock of the process says nothing of a lease.
    expect(ids(await claimToPost(store, now + 2 * LEASE, LEASE, 5, HERE))).toEqual([rounds[0]])
    await leasesAge(database, LEASE / 2)
    expect(await claimToPost(store, now, LEASE, 5, HERE)).toEqual([])
    await leasesAge(database, LEASE / 2)
    const again = await claimToPost(store, now, LEASE, 2, HERE)
    expect(again.map((r) => [r.id, r.tries])).toEqual([
      [rounds[2], 1],
      [rounds[1], 1],
    ])
  })

  it('takes what is due, of the platforms that are on', async () => {
    const round = await makeDue(store, await makeTeam(store), '2026-01-05')
    const other = await makeDue(store, await makeTeam(store, { platform: 'other' }), '2026-01-05')
    expect(await claimToPost(store, MORNING - 1, LEASE, 5, ['test', 'other'])).toEqual([])
    expect(await claimToPost(store, MORNING, LEASE, 5, [])).toEqual([])
    expect(ids(await claimToPost(store, MORNING, LEASE, 5, ['other']))).toEqual([other.id])
    expect(ids(await claimToPost(store, MORNING, LEASE, 5, ['test', 'other']))).toEqual([round.id])
    await recordPosted(store, round.id, 'm')
    expect(await claimToClose(store, NIGHT, LEASE, 5, ['other'])).toEqual([])
    expect(ids(await claimToClose(store, NIGHT, LEASE, 5, HERE))).toEqual([round.id])
  })

  it('can be for one round alone', async () => {
    const [one = 0, two = 0] = await dueTeams(MORNING, MORNING)
    await makeDue(store, one, '2026-01-05')
    const wanted = await makeDue(store, two, '2026-01-05')
    expect(ids(await claimToPost(store, MORNING, LEASE, 5, HERE, wanted.id))).toEqual([wanted.id])
    expect(await claimToPost(store, MORNING, LEASE, 5, HERE, wanted.id)).toEqual([])
  })

  it('to close: posted rounds whose time is over, until they are closed', async () => {
    const team = await makeTeam(store)
    const round = await makeRound(store, team, '2026-01-05')
    await makeDue(store, await makeTeam(store, { channel: 'never-posted' }), '2026-01-05')
    expect(await claimToClose(store, NIGHT - 1, LEASE, 5, HERE)).toEqual([])
    const [claimed] = await claimToClose(store, NIGHT, LEASE, 5, HERE)
    expect(claimed).toMatchObject({ id: round.id, message: 'm-2026-01-05', state: 'posted', tries: 0 })
    expect(await claimToClose(store, NIGHT, LEASE, 5, HERE)).toEqual([])
    await leasesAge(database, LEASE)
    expect((await claimToClose(store, NIGHT, LEASE, 5, HERE))[0]).toMatchObject({ id: round.id, tries: 1 })
    await recordClosed(store, round.id, 'reveal')
    await leasesAge(database, LEASE)
    expect(await claimToClose(store, NIGHT + 3 * LEASE, LEASE, 5, HERE)).toEqual([])
    expect(await store.round(round.id)).toMatchObject({ state: 'closed' })
  })
})

describe('recording', () => {
  it('a post ends its lease; a later word on it changes nothing', async () => {
    const round = await makeDue(store, await makeTeam(store), '2026-01-05')
    await claimToPost(store, MORNING, LEASE, 5, HERE)
    await recordPosted(store, round.id, 'first')
    await recordPosted(store, round.id, 'second')
    await skipRound(store, round.id, 'too late')
    expect(await store.round(round.id)).toMatchObject({ state: 'posted', message: 'first' })
    expect(await store.round(99)).toBeUndefined()
  })

  it('a failure waits for its time, and is the first until something goes well', async () => {
    const team = await makeTeam(store)
    const round = await makeDue(store, team, '2026-01-05')
    await claimToPost(store, MORNING, LEASE, 5, HERE)
    expect(await recordFailure(store, round.id, MORNING + 10_000, 'not in the channel')).toBe(true)
    expect(await claimToPost(store, MORNING + 9_999, LEASE, 5, HERE)).toEqual([])
    expect((await claimToPost(store, MORNING + 10_000, LEASE, 5, HERE))[0]).toMatchObject({
      id: round.id,
      tries: 1,
    })
    expect(await recordFailure(store, round.id, NOON, 'still not')).toBe(false)
    await recordPosted(store, round.id, 'm')
    expect(await recordFailure(store, round.id, NIGHT, 'the reveal')).toBe(true)
    await recordClosed(store, round.id, 'r')
    const next = await makeDue(store, team, '2026-01-06')
    expect(await recordFailure(store, next.id, NIGHT, 'out again')).toBe(true)
    expect(await recordFailure(store, 99, NIGHT, 'no such round')).toBe(false)
  })

  it('one that is put off waits too, and counts as tried unless the platform was not asked', async () => {
    const round = await makeDue(store, await makeTeam(store), '2026-01-05')
    const claim = async (now: number) => (await claimToPost(store, now, LEASE, 5, HERE)).map((r) => r.tries)
    expect(await claim(MORNING)).toEqual([0])
    await store.putOff(`round-${round.id}`, MORNING, MORNING + 5000, 'untried')
    expect(await claim(MORNING + 4999)).toEqual([])
    expect(await claim(MORNING + 5000)).toEqual([0])
    await store.putOff(`round-${round.id}`, MORNING, MORNING + 9000, 'failed')
    expect(await claim(MORNING + 9000)).toEqual([1])
  })

  it('one that was put off by a clock that was wrong is free again', async () => {
    const round = await makeDue(store, await makeTeam(store), '2026-01-05')
    await claimToPost(store, MORNING, LEASE, 5, HERE)
    await store.putOff(`round-${round.id}`, MORNING, MORNING + 86_400_000, 'untried')
    expect(ids(await claimToPost(store, MORNING, LEASE, 5, HERE))).toEqual([round.id])
  })

  it('a failure of one team says nothing of another', async () => {
    const [one = 0, two = 0] = await dueTeams(MORNING, MORNING)
    const first = await makeDue(store, one, '2026-01-05')
    const second = await makeDue(store, two, '2026-01-05')
    expect(await recordFailure(store, first.id, NOON, 'x')).toBe(true)
    expect(await recordFailure(store, second.id, NOON, 'x')).toBe(true)
  })

  it('a skipped round is neither posted nor the latest, and breaks no streak', async () => {
    const team = await makeTeam(store)
    await give(store, 'ann', await makeRound(store, team, '2026-01-05'), 'A')
    const skipped = await makeDue(store, team, '2026-01-06')
    await skipRound(store, skipped.id, 'bot was down')
    expect(await claimToPost(store, at('2026-01-07T00:00'), LEASE, 5, HERE)).toEqual([])
    expect((await store.latestRound(team))?.date).toBe('2026-01-05')
    expect(await give(store, 'ann', await makeRound(store, team, '2026-01-07'), 'A')).toMatchObject({
      streak: { days: 2 },
    })
    expect(await give(store, 'ben', { ...skipped }, 'A')).toEqual({ outcome: 'closed' })
  })

  it('the close writes down, for each slot, how many answered and were right', async () => {
    const team = await makeTeam(store)
    const round = await makeRound(store, team, '2026-01-05', [10, 10, 10])
    for (const [user, answer] of Object.entries({ ann: 'A', ben: 'B', cy: 'A', dee: 'C', eve: 'C' }))
      await give(store, user, round, answer)
    await give(store, 'ann', round, 'D', 1)
    const results = await store.results(round.id)
    expect(results).toEqual([
      {
        slot: 0,
        answered: 5,
        right: 2,
        answers: [
          { answer: 'A', count: 2 },
          { answer: 'C', count: 2 },
          { answer: 'B', count: 1 },
        ],
      },
      { slot: 1, answered: 1, right: 0, answers: [{ answer: 'D', count: 1 }] },
      { slot: 2, answered: 0, right: 0, answers: [] },
    ])
    expect(await store.answererCount(round.id)).toBe(5)
    await recordClosed(store, round.id, 'r')
    expect([...(await store.teamHistory(team))]).toEqual(
      expect.arrayContaining([
        ['q0', { uses: 1, answered: 5, right: 2 }],
        ['q1', { uses: 1, answered: 1, right: 0 }],
        ['q2', { uses: 1, answered: 0, right: 0 }],
      ]),
    )
    expect(await store.results(99)).toEqual([])
  })

  it('the history counts every use of a question, and no skipped round', async () => {
    const team = await makeTeam(store)
    await recordClosed(store, (await makeRound(store, team, '2026-01-05')).id, 'r')
    await makeRound(store, team, '2026-01-06')
    await skipRound(store, (await makeDue(store, team, '2026-01-07')).id, 'x')
    expect((await store.teamHistory(team)).get('q0')?.uses).toBe(2)
  })
})

describe('ending a round early', () => {
  it('closes it to answers at once, and lets it be claimed', async () => {
    const team = await makeTeam(store)
    expect(await store.endRoundNow(team, NOON)).toBeUndefined()
    const round = await makeRound(store, team, '2026-01-05')
    expect(await store.endRoundNow(team, NOON)).toBe(round.id)
    expect(await give(store, 'ann', { ...round, at: NOON }, 'A')).toEqual({ outcome: 'closed' })
    expect(ids(await claimToClose(store, NOON, LEASE, 5, HERE))).toEqual([round.id])
    await recordClosed(store, round.id, 'r')
    expect(await store.endRoundNow(team, NOON)).toBeUndefined()
  })

  it('never opens a round longer, and of two takes the newest', async () => {
    const team = await makeTeam(store)
    await makeRound(store, team, '2026-01-04')
    const newest = await makeRound(store, team, '2026-01-05')
    expect(await store.endRoundNow(team, at('2026-01-06T00:00'))).toBe(newest.id)
    expect((await store.round(newest.id))?.closesAt).toBe(NIGHT)
  })
})
