// @module-tag longer
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  type DraftEvent,
  isOpenDraft,
  isWaiting,
  MAX_OPEN_OWN,
  MAX_OPEN_TEAM,
  moveDraft,
  neededApprovals,
  newDraft,
  type TeamDraft,
  type TeamRules,
} from '../../src/core/authoring.js'
import { IS_LONG } from '../helpers/long.js'

const RUNS = Number(process.env.FUZZ_RUNS ?? (IS_LONG ? 10_000 : 300))
const PEOPLE = ['ana', 'bo', 'cy', 'di', 'eve', 'flo']

const rules = (over: Partial<TeamRules> = {}): TeamRules => ({
  members: 6,
  leadApproves: false,
  open: { own: 0, team: 0 },
  others: 5,
  isMember: true,
  ...over,
})
const start = (by: string | undefined = 'ana') => {
  const made = newDraft(by, rules())
  if ('refused' in made) throw new Error(made.refused)
  return made.draft
}
type Act = Exclude<DraftEvent, { kind: 'forget' }>
const act = (kind: Act['kind'], by: string, version = 1, isLead = false): DraftEvent => ({
  ...{ kind, by, version, isLead },
})

/** The draft after all of these, none of which may be refused. */
function draftAfter(events: readonly DraftEvent[], over: Partial<TeamRules> = {}, from = start()): TeamDraft {
  return events.reduce((draft, event) => {
    const moved = moveDraft(draft, event, rules(over))
    if ('refused' in moved) throw new Error(`${event.kind}: ${moved.refused}`)
    return moved.draft
  }, from)
}
const refusal = (draft: TeamDraft, event: DraftEvent, over: Partial<TeamRules> = {}) => {
  const moved = moveDraft(draft, event, rules(over))
  return 'refused' in moved ? moved.refused : undefined
}

describe('a question of a team', () => {
  it('is asked once two others have approved it', () => {
    const one = draftAfter([act('approve', 'bo')])
    expect(one).toMatchObject({ state: 'review', approvals: ['bo'] })
    expect(draftAfter([act('approve', 'cy')], {}, one)).toMatchObject({
      state: 'approved',
      approvals: ['bo', 'cy'],
    })
  })

  it('is approved by nobody who wrote a version of it', () => {
    expect(refusal(start(), act('approve', 'ana'))).toBe('own')
    const changed = draftAfter([act('edit', 'bo')])
    expect(changed).toMatchObject({ state: 'review', version: 2, writers: ['ana', 'bo'], author: 'ana' })
    expect(refusal(changed, act('approve', 'ana', 2))).toBe('own')
    expect(refusal(changed, act('approve', 'bo', 2))).toBe('own')
  })

  it.each([
    [1, 1],
    [3, 1],
    [4, 2],
    [40, 2],
  ])('of %i members needs %i approvals', (members, needed) => {
    expect(neededApprovals(members)).toBe(needed)
    const draft = draftAfter([act('approve', 'bo')], { members })
    expect(draft.state).toBe(needed === 1 ? 'approved' : 'review')
  })

  it('needs one lead where the team says so, and never its author', () => {
    const byLead = act('approve', 'bo', 1, true)
    expect(draftAfter([byLead]).state).toBe('review')
    expect(draftAfter([byLead], { leadApproves: true }).state).toBe('approved')
    expect(refusal(start(), act('approve', 'ana', 1, true), { leadApproves: true })).toBe('own')
  })

  it('counts nobody twice, until one is enough', () => {
    const one = draftAfter([act('approve', 'bo')])
    expect(refusal(one, act('approve', 'bo'))).toBe('already')
    expect(draftAfter([act('approve', 'bo')], { members: 3 }, one)).toMatchObject({
      state: 'approved',
      approvals: ['bo'],
    })
  })

  it('waits anew with each version, and no press on an older one counts', () => {
    const asked = draftAfter([act('approve', 'bo'), act('approve', 'cy')])
    const edited = draftAfter([act('edit', 'ana')], {}, asked)
    expect(edited).toMatchObject({ state: 'changed', version: 2, approvals: [] })
    expect(refusal(edited, act('approve', 'bo', 1))).toBe('moved-on')
    expect(draftAfter([act('approve', 'bo', 2), act('approve', 'cy', 2)], {}, edited).state).toBe('approved')
  })

  it('comes back from a rejection by an edit alone', () => {
    const rejected = draftAfter([act('approve', 'bo'), act('reject', 'cy')])
    expect(rejected).toMatchObject({ state: 'rejected', approvals: [] })
    expect(refusal(rejected, act('approve', 'di'))).toBe('moved-on')
    expect(refusal(rejected, act('edit', 'di'))).toBe('moved-on')
    expect(draftAfter([act('edit', 'ana')], {}, rejected)).toMatchObject({ state: 'review', version: 2 })
  })

  it('is taken back by its author, and retired by them or by a lead', () => {
    expect(draftAfter([act('withdraw', 'ana')]).state).toBe('draft')
    expect(refusal(start(), act('withdraw', 'bo'))).toBe('not-yours')
    expect(refusal(start(), act('retire', 'bo'))).toBe('not-yours')
    const asked = draftAfter([act('approve', 'bo'), act('approve', 'cy')])
    expect(draftAfter([act('retire', 'di', 1, true)], {}, asked).state).toBe('retired')
    expect(draftAfter([act('retire', 'ana'), act('edit', 'ana')], {}, asked)).toMatchObject({
      state: 'changed',
      version: 2,
    })
  })

  it('that waits is rejected with a reason rather than retired, by everybody but its author', () => {
    expect(refusal(start(), act('retire', 'bo', 1, true))).toBe('waits')
    expect(refusal(draftAfter([act('edit', 'bo')]), act('retire', 'bo', 2, true))).toBe('own')
    const gone = draftAfter([act('retire', 'ana'), act('edit', 'ana')])
    expect(gone, 'it was never asked').toMatchObject({ state: 'review', version: 2 })
  })

  it('that was asked comes back as a changed one, also after a rejection', () => {
    const asked = draftAfter([act('approve', 'bo'), act('approve', 'cy'), act('edit', 'ana')])
    expect(draftAfter([act('reject', 'bo', 2), act('edit', 'ana', 2)], {}, asked).state).toBe('changed')
  })

  it('loses the name of its author when they are forgotten, and still is not theirs to approve', () => {
    const gone = draftAfter([{ kind: 'forget', who: 'ana' }])
    expect(gone).toMatchObject({ state: 'review', author: undefined })
    expect(refusal(gone, act('approve', 'ana'))).toBe('own')
    expect(draftAfter([act('approve', 'bo'), { kind: 'forget', who: 'bo' }]).approvals).toEqual([])
  })

  it('that a program made has no author, and two approve it', () => {
    const made = start('')
    const draft = { ...made, author: undefined, writers: [] }
    expect(newDraft(undefined, rules())).toEqual({ draft })
    expect(draftAfter([act('approve', 'ana'), act('approve', 'bo')], {}, draft).state).toBe('approved')
  })

  it('is not changed by so many that nobody is left to approve it', () => {
    expect(refusal(start(), act('edit', 'bo'), { members: 2, others: 1 })).toBe('too-few')
    expect(refusal(start(), act('edit', 'bo'), { members: 3, others: 2 })).toBeUndefined()
    expect(refusal(start(), act('edit', 'bo'), { members: 4, others: 2 })).toBe('too-few')
  })

  it('is changed by an admin who is not in the team while enough of it are left', () => {
    const byLead = act('edit', 'zed', 1, true)
    expect(refusal(start(), byLead, { members: 2, others: 1, isMember: false })).toBeUndefined()
    expect(refusal(start(), byLead, { members: 1, others: 0, isMember: false })).toBe('too-few')
  })

  it('is changed where one admin alone approves, whoever else is left', () => {
    const few = { members: 4, others: 2, leadApproves: true }
    expect(refusal(start(), act('edit', 'bo'), few)).toBeUndefined()
    expect(refusal(start(), act('edit', 'bo', 1, true), few)).toBeUndefined()
    expect(refusal(start(), act('edit', 'bo', 1, true), { ...few, others: 1 })).toBe('too-few')
  })

  it.each([
    ['own-limit', { own: MAX_OPEN_OWN, team: 30 }, 'bo'],
    ['team-limit', { own: 0, team: MAX_OPEN_TEAM }, 'bo'],
    ['team-limit', { own: 0, team: MAX_OPEN_TEAM }, undefined],
  ] as const)('is not written over the %s', (refused, open, by) => {
    expect(newDraft(by, { open })).toEqual({ refused })
    const rejected = draftAfter([act('reject', 'bo')])
    if (by) expect(refusal(rejected, act('edit', 'ana'), { open })).toBe(refused)
    expect(refusal(start(), act('edit', 'ana'), { open }), 'it is open already').toBeUndefined()
  })
})

// ---- whatever people press, in whatever order ------------------------------------------------

const who = fc.constantFrom(...PEOPLE)
const step = fc.oneof(
  {
    weight: 9,
    arbitrary: fc.record({
      kind: fc.constantFrom('edit', 'approve', 'approve', 'approve', 'reject', 'withdraw', 'retire'),
      by: who,
      /** Behind the version that it has now. */
      behind: fc.constantFrom(0, 0, 0, 1),
      isLead: fc.boolean(),
      leadApproves: fc.constantFrom(false, false, true),
      members: fc.integer({ min: 2, max: PEOPLE.length }),
    }),
  },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('forget'), who }) },
)

/** What was accepted, written down beside the machine. */
interface Log {
  /** By version: who approved it and is not forgotten. */
  readonly approved: Map<number, Set<string>>
  readonly wrote: Set<string>
}

it(`never lets a question be asked without the approvals of others, in ${RUNS} sequences`, () => {
  fc.assert(
    fc.property(fc.constantFrom('ana', undefined), fc.array(step, { maxLength: 40 }), (author, steps) => {
      const log: Log = { approved: new Map(), wrote: new Set(author === undefined ? [] : [author]) }
      const made = newDraft(author, rules())
      if ('refused' in made) throw new Error('a first draft is refused')
      let draft = made.draft
      for (const one of steps) {
        const others = PEOPLE.filter((person) => !log.wrote.has(person)).length
        const now = 'members' in one ? rules({ ...one, others }) : rules({ others })
        const event =
          'who' in one
            ? ({ kind: 'forget', who: one.who } as const)
            : ({ ...one, version: draft.version - one.behind } as DraftEvent)
        const moved = moveDraft(draft, event, now)
        if ('refused' in moved) continue
        checkStep(draft, moved.draft, event, now, log)
        draft = moved.draft
      }
    }),
    { numRuns: RUNS, ...(IS_LONG ? {} : { seed: 20_261_129 }) },
  )
})

function checkStep(before: TeamDraft, now: TeamDraft, event: DraftEvent, its: TeamRules, log: Log): void {
  if (event.kind === 'forget') {
    for (const set of isWaiting(before.state) ? log.approved.values() : []) set.delete(event.who)
    expect(now.state).toBe(before.state)
    expect(now.author).not.toBe(event.who)
    return
  }
  expect(event.version, 'on the version that there is').toBe(before.version)
  if (event.kind === 'edit') {
    log.wrote.add(event.by)
    expect(now).toMatchObject({ version: before.version + 1, approvals: [] })
    expect(isWaiting(now.state), 'an edit is looked at again').toBe(true)
  } else expect(now.version).toBe(before.version)
  if (event.kind === 'approve') {
    expect(log.wrote.has(event.by), 'nobody approves their own').toBe(false)
    const set = log.approved.get(now.version) ?? new Set()
    log.approved.set(now.version, set.add(event.by))
  }
  if (event.kind === 'withdraw' || event.kind === 'reject') log.approved.delete(now.version)
  expect(new Set(now.approvals).size, 'counted once').toBe(now.approvals.length)
  expect(now.state === 'approved' && before.state !== 'approved').toBe(
    event.kind === 'approve' && now.state === 'approved',
  )
  if (now.state !== 'approved') return
  const yes = [...(log.approved.get(now.version) ?? [])]
  const byLead = 'isLead' in event && event.isLead && its.leadApproves
  expect(yes.length, `approved by ${yes.join()}`).toBeGreaterThanOrEqual(
    byLead ? 1 : neededApprovals(its.members),
  )
  expect(yes.some((person) => log.wrote.has(person))).toBe(false)
  expect(isOpenDraft(now.state)).toBe(false)
}
