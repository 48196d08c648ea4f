/** What the ids of buttons, menus and forms carry, at their longest, and what is refused. */
import { describe, expect, it } from 'vitest'
import { actions } from '../../src/bot/actions/index.js'
import { itemBlocks } from '../../src/bot/cards/question.js'
import { action, findAction, MAX_ACTION_ID, splitId } from '../../src/bot/ui/action.js'
import {
  appealIds,
  authoringIds,
  awayIds,
  boardIds,
  controlIds,
  examIds,
  formIds,
  homeIds,
  importIds,
  LAST_PAGE,
  linkIds,
  MAX_PRACTICE,
  memberIds,
  membersIds,
  planIds,
  practiceIds,
  remindIds,
  roundIds,
  teamIds,
  teamReportIds,
  topicIds,
} from '../../src/bot/ui/ids.js'
import type { ItemInstance } from '../../src/core/model.js'
import { startBot } from '../helpers/bot.js'

const ROW = 2 ** 31 - 1
const STALE = /no longer works/

const slot = { round: ROW, slot: ROW }
const item = { ...slot, shape: { kind: 'matching', places: 26, options: 26 } as const }
const run = { total: MAX_PRACTICE, shown: ROW, right: ROW, answered: ROW, topic: 'zzzzzz' }
const practised = { ...run, question: { number: ROW }, seed: 2 ** 32 - 1, item: ROW }
const rated = { ...practised, answer: 'ZYXWVUTSRQPONM', confidence: 'guess' } as const
const board = { span: 'all-time', whose: 'members' } as const
const onBoard = { team: ROW, act: boardIds.turn.id({ ...board, offset: LAST_PAGE }) }
const slug = 's'.repeat(80)
const topics = { pack: 'zzzzzz', slugs: [slug] }
const question = { number: ROW }
const membersPage = { team: ROW, offset: ROW }
const out = { member: ROW, sure: false }
const exam = { exam: ROW }
const examAnswer = { ...exam, place: ROW, shape: item.shape }
const start = { length: 'short', extra: true, pack: 'zzzzzz', workspace: '9'.repeat(20) } as const
const reopened = { draft: crypto.randomUUID(), field: 'f'.repeat(40) }

/** Every action there is, with the longest values that it takes. */
const written = { question: ROW, version: ROW }

const LONGEST: readonly (readonly [id: string, values: object])[] = [
  [roundIds.choose.id({ ...item, letter: 'Z' }), { ...item, letter: 'Z' }],
  [roundIds.chooseMany.id(item), item],
  [roundIds.openForm.id(slot), slot],
  [roundIds.sendForm.id(item), item],
  [roundIds.ask.id(slot), slot],
  [roundIds.explain.id(slot), slot],
  [roundIds.explainPicked.id({ round: ROW }), { round: ROW }],
  [roundIds.show.id({ round: ROW }), { round: ROW }],
  [roundIds.showReveal.id({ round: ROW }), { round: ROW }],
  [practiceIds.choose.id({ ...practised, letter: 'Z' }), { ...practised, letter: 'Z' }],
  [practiceIds.chooseMany.id(practised), practised],
  [practiceIds.openForm.id(practised), practised],
  [practiceIds.sendForm.id(practised), practised],
  [practiceIds.rate.id(rated), rated],
  [remindIds.set.id({ on: true }), { on: true }],
  [remindIds.stop.id({ member: ROW }), { member: ROW }],
  [remindIds.later.id({ member: ROW }), { member: ROW }],
  [awayIds.back.id({}), {}],
  [memberIds.rates.id({ rates: false }), { rates: false }],
  [practiceIds.nextPart.id(practised), practised],
  [practiceIds.next.id(run), run],
  [practiceIds.more.id(run), { topic: run.topic }],
  [examIds.choose.id({ ...examAnswer, letter: 'Z' }), { ...examAnswer, letter: 'Z' }],
  [examIds.chooseMany.id(examAnswer), examAnswer],
  [examIds.openForm.id({ ...exam, place: ROW }), { ...exam, place: ROW }],
  [examIds.sendForm.id(examAnswer), examAnswer],
  [examIds.open.id({}), {}],
  [examIds.start.id(start), start],
  [examIds.show.id({ ...exam, place: ROW }), { ...exam, place: ROW }],
  [examIds.goOn.id(exam), exam],
  [examIds.flag.id({ ...exam, place: ROW, on: true }), { ...exam, place: ROW, on: true }],
  [
    examIds.sure.id({ ...exam, place: ROW, confidence: 'guess' }),
    { ...exam, place: ROW, confidence: 'guess' },
  ],
  [examIds.overview.id(exam), exam],
  [examIds.pick.id({ ...exam, from: ROW }), { ...exam, from: ROW }],
  [examIds.askToHandIn.id(exam), exam],
  [examIds.handIn.id(exam), exam],
  [examIds.report.id(exam), exam],
  [examIds.miss.id({ ...exam, nth: ROW }), { ...exam, nth: ROW }],
  [examIds.plan.id(exam), exam],
  [planIds.goal.id({}), {}],
  [planIds.clear.id({}), {}],
  [planIds.openExam.id({}), {}],
  [planIds.saveExam.id({}), {}],
  [planIds.went.id({ how: 'not-yet' }), { how: 'not-yet' }],
  [linkIds.agree.id({ first: ROW }), { first: ROW }],
  [linkIds.confirm.id({ first: ROW, other: ROW }), { first: ROW, other: ROW }],
  [linkIds.refuse.id({ first: ROW }), { first: ROW }],
  [linkIds.askToUnlink.id({}), {}],
  [linkIds.unlink.id({ sure: false }), { sure: false }],
  [topicIds.read.id({ topics }), { topics }],
  [topicIds.near.id({ topics }), { topics }],
  [topicIds.show.id({ topics }), { topics }],
  [topicIds.quiz.id({ topics }), { topics }],
  [topicIds.write.id({ topics }), { topics }],
  [boardIds.turn.id({ ...board, offset: LAST_PAGE }), { ...board, offset: LAST_PAGE }],
  [boardIds.show.id(board), board],
  [authoringIds.open.id({ team: ROW }), { team: ROW }],
  [authoringIds.openChange.id(written), written],
  [authoringIds.save.id({ team: ROW }), { team: ROW }],
  [authoringIds.change.id(written), written],
  [authoringIds.saveAnyway.id({ draft: reopened.draft }), { draft: reopened.draft }],
  [authoringIds.next.id({ team: ROW, after: ROW }), { team: ROW, after: ROW }],
  [authoringIds.approve.id(written), written],
  [authoringIds.openReject.id(written), written],
  [authoringIds.reject.id(written), written],
  [authoringIds.withdraw.id(written), written],
  [authoringIds.retire.id({ ...written, sure: true }), { ...written, sure: true }],
  [authoringIds.own.id({}), {}],
  [authoringIds.all.id({ team: ROW }), { team: ROW }],
  [authoringIds.ownPage.id({ offset: ROW }), { offset: ROW }],
  [
    authoringIds.allPage.id({ team: ROW, list: 'waiting', offset: 20 }),
    { team: ROW, list: 'waiting', offset: 20 },
  ],
  [authoringIds.show.id({}), {}],
  [authoringIds.showOne.id({ question: ROW }), { question: ROW }],
  [authoringIds.ofMessage.id({}), {}],
  [authoringIds.allow.id({ ask: ROW, yes: false }), { ask: ROW, yes: false }],
  [authoringIds.leadApproves.id({ team: ROW, on: true }), { team: ROW, on: true }],
  [formIds.reopen.id(reopened), reopened],
  [importIds.open.id({}), {}],
  [importIds.send.id({}), {}],
  [importIds.chooseTeam.id({ kept: reopened.draft }), { kept: reopened.draft }],
  [importIds.take.id({ kept: reopened.draft, team: ROW }), { kept: reopened.draft, team: ROW }],
  [importIds.cancel.id({ kept: reopened.draft }), { kept: reopened.draft }],
  [controlIds.openSetup.id({}), {}],
  [controlIds.saveSetup.id({}), {}],
  [teamIds.openSetup.id({ team: ROW }), { team: ROW }],
  [teamIds.saveSetup.id({ team: ROW }), { team: ROW }],
  [teamIds.saveOver.id({ draft: reopened.draft, over: ROW }), { draft: reopened.draft, over: ROW }],
  [teamIds.list.id({}), {}],
  [teamIds.askToMove.id({}), {}],
  [teamIds.askToRemove.id({}), {}],
  [teamIds.move.id({ team: ROW, over: ROW }), { team: ROW, over: ROW }],
  [teamIds.remove.id({ team: ROW }), { team: ROW }],
  [teamIds.chooseExam.id({ team: ROW, exam: 'zzzzzz' }), { team: ROW, exam: 'zzzzzz' }],
  [controlIds.now.id({ what: 'resume' }), { what: 'resume' }],
  [controlIds.act.id({ team: ROW, what: 'resume' }), { team: ROW, what: 'resume' }],
  [controlIds.status.id({}), {}],
  [teamReportIds.show.id({ team: ROW }), { team: ROW }],
  [teamReportIds.toMe.id({ team: ROW }), { team: ROW }],
  [teamReportIds.askChannel.id({ team: ROW }), { team: ROW }],
  [teamReportIds.nameChannel.id({ team: ROW }), { team: ROW }],
  [
    teamReportIds.toChannel.id({ team: ROW, channel: 'c'.repeat(32) }),
    { team: ROW, channel: 'c'.repeat(32) },
  ],
  [teamReportIds.stop.id({ team: ROW }), { team: ROW }],
  [appealIds.open.id({ round: ROW }), { round: ROW }],
  [appealIds.send.id({ round: ROW }), { round: ROW }],
  [appealIds.give.id(slot), slot],
  [appealIds.keep.id(slot), slot],
  [homeIds.act.id(onBoard), onBoard],
  [homeIds.openForm.id({ team: ROW, act: 'team.open-setup' }), { team: ROW, act: 'team.open-setup' }],
  [topicIds.ask.id({}), {}],
  [topicIds.find.id({}), {}],
  [memberIds.directly.id({ directly: true }), { directly: true }],
  [memberIds.hide.id({ hidden: true }), { hidden: true }],
  [memberIds.mention.id({ mentioned: true }), { mentioned: true }],
  [memberIds.share.id({ shares: false }), { shares: false }],
  [memberIds.exportData.id({}), {}],
  [memberIds.askToForget.id({}), {}],
  [memberIds.study.id({}), {}],
  [memberIds.askToLeave.id({ team: ROW }), { team: ROW }],
  [memberIds.leave.id({ team: ROW, sure: false }), { team: ROW, sure: false }],
  [memberIds.openRoundReport.id({ round: ROW }), { round: ROW }],
  [memberIds.sendRoundReport.id({ round: ROW }), { round: ROW }],
  [membersIds.turn.id(membersPage), membersPage],
  [membersIds.askToTakeOut.id(membersPage), membersPage],
  [membersIds.takeOut.id({ ...membersPage, ...out }), { ...membersPage, ...out }],
  [memberIds.forget.id({ sure: true }), { sure: true }],
  [memberIds.forgetAll.id({ sure: true }), { sure: true }],
  [memberIds.openReport.id({ question }), { question }],
  [memberIds.sendReport.id({ question }), { question }],
]
declare const POSED: ItemInstance
const nameOf = (id: string) => splitId(id).name
const readId = (id: string) => {
  const found = findAction(id, actions)
  return found?.action.read(found.words)
}

it('every action is declared, done and measured here once', () => {
  const rooms = [
    roundIds,
    practiceIds,
    examIds,
    planIds,
    linkIds,
    remindIds,
    awayIds,
    topicIds,
    boardIds,
    controlIds,
    teamIds,
    homeIds,
    formIds,
    memberIds,
    membersIds,
    teamReportIds,
    appealIds,
    authoringIds,
    importIds,
  ]
  const declared = rooms.flatMap((ids) => Object.values(ids))
  const names = declared.map((one) => one.name).sort()
  expect(new Set(names).size).toBe(names.length)
  expect(actions.map((one) => one.name).sort()).toEqual(names)
  expect(LONGEST.map(([id]) => nameOf(id)).sort()).toEqual(names)
})

describe.each(LONGEST.map(([id, values]) => [nameOf(id), id, values] as const))('%s', (name, id, values) => {
  it('fits the narrowest platform, and is read as it was written', () => {
    expect(id.length).toBeLessThanOrEqual(MAX_ACTION_ID)
    expect(readId(id)).toEqual(values)
  })

  it('is refused with a word too few, and with one too many', () => {
    // What stands inside another action is read by itself.
    if (name === 'home.act' || name === 'home.open-form') return
    const { words } = splitId(id)
    if (words.length > 0) expect(() => readId([name, ...words.slice(0, -1)].join('~'))).toThrow(STALE)
    // A card of topics takes as many as there are, and refuses those that it does not know.
    if (!['topic.read', 'topic.show', 'topic.near'].includes(name))
      expect(() => readId(`${id}~0`)).toThrow(STALE)
  })
})

it.each([
  ['an action that there is not', 'gone~1'],
  ['a name that every object has', '__proto__~1'],
  ['a number out of range', 'ask~1~zzzzzzz'],
  ['a number of odd characters', 'ask~-1~0'],
  ['a page after the last', `board~season~members~${(LAST_PAGE + 1).toString(36)}`],
  ['a longer run of practice', `next~${(MAX_PRACTICE + 1).toString(36)}~0~0~0~-`],
  ['a word that is none of those there are', 'now~explode'],
  ['neither yes nor no', 'forget~perhaps'],
  ['no shape of a question', 'pick~1~0~x14~A'],
  ['a topic that there is not', 'topic~apple~nothing'],
  ['a word too many', 'mydata~1'],
])('says that the button no longer works, for %s', async (_what, id) => {
  const bot = await startBot()
  const reply = await bot.person('ann').request({ kind: 'press', id })
  expect(JSON.stringify(reply)).toMatch(STALE)
  expect(bot.errors).toEqual([])
})

/** Those that version 0.2 had. */
const OLD = LONGEST.flatMap(([id, values]) => {
  const name = nameOf(id)
  const oldName = actions.find((one) => one.name === name)?.oldName
  return oldName === undefined ? [] : [[name, id, values, oldName] as const]
})

it.each(OLD)('%s is read under its name of version 0.2', (name, id, values, oldName) => {
  expect(oldName).toMatch(/^[a-z]+$/)
  expect(readId(id.replace(name, oldName))).toEqual(values)
})

it.each(['report', 'reported'])('%s of version 0.2 is read', (name) => {
  const ref = { question: { id: 'some-question', version: '0123456789ab' } }
  const id = `${name}~some-question~0123456789ab`
  expect(readId(id)).toEqual(ref)
})

it('a form of version 0.2 for practice opens with the question that its button names', async () => {
  const bot = await startBot()
  const [question] = bot.bank.questions
  const rest = `${question?.id}~${question?.version.slice(0, 4)}~1~0~3~1~0~0~-`
  const reply = await bot.person('ann').request({ kind: 'press', id: `tryfill~${rest}` })
  expect(reply).toMatchObject({ kind: 'form', form: { id: `practice.send-form~${rest}` } })
})

it('what the declaration does not allow is refused by the compiler', () => {
  const refused = [
    // @ts-expect-error: there is no such action
    () => roundIds.chose.id(item),
    // @ts-expect-error: the slot is missing
    () => roundIds.ask.id({ round: 1 }),
    // @ts-expect-error: a letter is no number
    () => roundIds.choose.id({ ...item, letter: 1 }),
    // @ts-expect-error: there is no such view of a board
    () => boardIds.show.id({ span: 'month', whose: 'teams' }),
    // @ts-expect-error: the controls of a round need a slot
    () => itemBlocks(POSED, roundIds, { round: 1, shape: item.shape }),
    // @ts-expect-error: the id of this action has no letter
    () => action(roundIds.ask, { run: async ({ letter }) => letter }),
  ]
  // Never called: the type check of the tests looks at them.
  expect(refused).toHaveLength(6)
})

it('an id too long for a platform is never written', () => {
  expect(topicIds.show.idIfShort({ topics: { slugs: [slug, slug] } })).toBeUndefined()
  expect(() => topicIds.show.id({ topics: { slugs: [slug, slug] } })).toThrow('over 100 characters')
})
