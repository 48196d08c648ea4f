/**
 * Every card and form that the bot can make, of the real content and of the worst: what a platform must be
 * able to show.
 */
import { Readable } from 'node:stream'
import { createApp } from '../../src/bot/app.js'
import { appealedCard, appealForm, givenCard, keptCard } from '../../src/bot/cards/appeal.js'
import { lookUpForm } from '../../src/bot/cards/arrival.js'
import { boardLines, memberBoardCard, podiumCard, teamBoardCard } from '../../src/bot/cards/board.js'
import { calibrationBlocks, sureCard } from '../../src/bot/cards/confidence.js'
import { creditNote } from '../../src/bot/cards/credit.js'
import { directCard, directClosedCard } from '../../src/bot/cards/direct.js'
import { chosenExamCard, newExamCard } from '../../src/bot/cards/exams-of-team.js'
import { alreadyCard, reasonsCard, recordedCard } from '../../src/bot/cards/feedback.js'
import { helpCard } from '../../src/bot/cards/help.js'
import {
  allThereCard,
  foundCard,
  lastQuestionCard,
  nothingFoundCard,
  notTakenCard,
  questionsTakenCard,
  readingCard,
  whichTeamCard,
} from '../../src/bot/cards/import.js'
import {
  askedThereCard,
  confirmCard,
  isThisYouCard,
  linkedAlreadyCard,
  linkedCard,
  toldLinkedCard,
  waitsCard,
} from '../../src/bot/cards/linking.js'
import { leaveWhichCard, leftCard, stayedCard } from '../../src/bot/cards/members.js'
import { noticeCard } from '../../src/bot/cards/notice.js'
import { examCard, noExamCard, wentCard } from '../../src/bot/cards/plan.js'
import { practiceCard, practiceEndCard, type Run } from '../../src/bot/cards/practice.js'
import { answerForm } from '../../src/bot/cards/question.js'
import { readinessBlocks } from '../../src/bot/cards/readiness.js'
import {
  laterCard,
  REMINDERS,
  reminderCard,
  remindersOverCard,
  tooLateCard,
} from '../../src/bot/cards/reminder.js'
import {
  nothingBrokenCard,
  repairedCard,
  repairSpentCard,
  tooLateToRepairCard,
} from '../../src/bot/cards/repair.js'
import { reportedCard, reportForm, whichQuestion } from '../../src/bot/cards/report.js'
import { channelForm, confirmChannelCard, orderedCard } from '../../src/bot/cards/report-order.js'
import { revealCard } from '../../src/bot/cards/reveal.js'
import { itemCard, roundCard } from '../../src/bot/cards/round.js'
import { setupForm } from '../../src/bot/cards/setup-form.js'
import { sharingCard } from '../../src/bot/cards/sharing.js'
import { exportCard } from '../../src/bot/cards/team-export.js'
import { goneCard, refusedCard, savedCard, statusCard, welcomeCard } from '../../src/bot/cards/team-status.js'
import {
  arrivedCard,
  moveCard,
  movedCard,
  newOrMoveCard,
  removeCard,
  takenCard,
} from '../../src/bot/cards/teams.js'
import {
  comparisonCard,
  didYouMeanCard,
  elsewhere,
  notCoveredCard,
  topicCard,
} from '../../src/bot/cards/topic.js'
import { emptyCard, idleCard, type Lack, missedCard, troubleBlocks } from '../../src/bot/cards/trouble.js'
import { bugCard, busyCard, limitCard, mistakeCard, problemCard } from '../../src/bot/cards/wording.js'
import { commands } from '../../src/bot/commands/index.js'
import { openPacks } from '../../src/bot/packs.js'
import type { Board } from '../../src/bot/ports/boards.js'
import type { Caller, Request } from '../../src/bot/ports/chat.js'
import type { Trouble } from '../../src/bot/ports/deliveries.js'
import type { Learner } from '../../src/bot/ports/learning.js'
import type { Account } from '../../src/bot/ports/linking.js'
import type { AttemptRecord } from '../../src/bot/ports/members.js'
import { noMetrics } from '../../src/bot/ports/metrics.js'
import type { Store } from '../../src/bot/ports/store.js'
import { noLimits } from '../../src/bot/request-limits.js'
import { type Block, button, type Card, type Form, MAX_LABEL } from '../../src/bot/ui/card.js'
import type { Change } from '../../src/bot/ui/form.js'
import { memberIds, teamReportIds } from '../../src/bot/ui/ids.js'
import { type Bank, createBank } from '../../src/content/bank.js'
import { readOrTell } from '../../src/content/read-apart.js'
import { CONFIDENCES } from '../../src/core/confidence.js'
import { withdrawn } from '../../src/core/correct.js'
import { ANY_ANSWER } from '../../src/core/grade.js'
import { instantiate } from '../../src/core/instantiate.js'
import type {
  ItemInstance,
  Question,
  QuestionInstance,
  Round,
  SlotView,
  Streak,
  Team,
} from '../../src/core/model.js'
import { seeded } from '../../src/core/random.js'
import { createQuestionFiles } from '../../src/server/question-files.js'
import { IS_LONG } from '../helpers/long.js'
import { rank } from '../helpers/oracle.js'
import { shippedContent } from '../helpers/shipped.js'
import { authoringCards, authoringForms } from './authoring-gallery.js'
import { examCards } from './exam-gallery.js'
import { filled, NASTY, worstBank, worstQuestions } from './worst-content.js'

export interface GalleryCard {
  readonly name: string
  readonly card: Card
}
export interface GalleryForm {
  readonly name: string
  readonly form: Form
}

const NOW = Date.parse('2026-11-23T08:00:00Z')
const MAX_ID = 2 ** 31 - 1
const MAX_SEED = 2 ** 32 - 1
const CALLER: Caller = {
  platform: 'test',
  workspace: 'w1',
  channel: 'study',
  user: 'u0',
  name: filled('Ann ', 80),
  isAdmin: async () => true,
}

/** What is made of each card or form once, however many tests look at it. */
export function once<K extends object, V>(make: (one: K) => V): (one: K) => V {
  const known = new WeakMap<K, { readonly value: V }>()
  return (one) => {
    const found = known.get(one) ?? { value: make(one) }
    known.set(one, found)
    return found.value
  }
}

let made: Promise<{ cards: readonly GalleryCard[]; forms: readonly GalleryForm[] }> | undefined

/** Made once. */
export async function gallery(): Promise<readonly GalleryCard[]> {
  made ??= make()
  return (await made).cards
}

export async function galleryForms(): Promise<readonly GalleryForm[]> {
  made ??= make()
  return (await made).forms
}

/** The cards that have the names of teams and people in them, with these names. */
export async function galleryNamed(name: string, person: string): Promise<readonly GalleryCard[]> {
  const [bank] = (await shippedContent()).banks
  if (!bank) throw new Error('no pack')
  const team = { ...realTeam(bank), name }
  const round = roundOf(team, 'posted')
  const slots = bank.questions
    .slice(0, 2)
    .map((question, slot) => instantiate(question, slot))
    .map((instance, slot) => ({ slot, instance, item: instance.items[0] as ItemInstance }))
  return [
    ...teamCards(team, bank),
    ...boards(team, person),
    { name: 'a direct question', card: directCard(round, slots, slots) },
    {
      name: 'a direct question, closed',
      card: directClosedCard(round, resultsOf(slots), false, undefined),
    },
    ...(await behind(bank, team, person)).cards,
  ]
}

/**
 * Of what is alike by the hundred, `npm test` draws the largest and every twentieth of the rest; `test:long`
 * all.
 */
function few<T>(all: readonly T[]): readonly T[] {
  if (IS_LONG) return all
  const size = (one: T) => JSON.stringify(one).length
  const large = new Set([...all].sort((a, b) => size(b) - size(a)).slice(0, 12))
  return all.filter((one, i) => i % 20 === 0 || large.has(one))
}

async function make() {
  const [read] = (await shippedContent()).banks
  if (!read) throw new Error('no pack')
  const bank = createBank({
    ...read,
    questions: read.questions.map((question, i) => ({ ...question, number: i + 1 })),
  })
  const some = {
    ...bank,
    topics: few(bank.topics),
    comparisons: few(bank.comparisons),
    questions: few(bank.questions),
  }
  const [real, worst] = [await behind(bank), await behind(worstBank)]
  return {
    cards: [
      { name: 'every block by hand', card: { title: filled('Every block ', 300), blocks: EVERY_BLOCK } },
      { name: 'a large table beside a large menu', card: { title: 'Large', blocks: LARGE_BESIDE_LARGE } },
      { name: 'nothing but a title', card: { title: 'Only this', blocks: [] } },
      ...named('real', [
        ...lookUps(some),
        ...questionCards(some.questions, bank),
        ...teamCards(realTeam(bank), bank),
        ...real.cards,
      ]),
      ...named('worst', [
        ...lookUps(worstBank),
        ...questionCards(worstQuestions, worstBank),
        ...teamCards(WORST_TEAM, worstBank),
        ...importCards(WORST_TEAM),
        ...worst.cards,
      ]),
      ...boards(),
      ...words(),
      { name: 'welcome to a pack without topics', card: welcomeCard(WORST_TEAM, NO_TOPICS) },
    ],
    forms: [
      ...named('real', [
        ...answerForms(some.questions),
        ...reportForms(some.questions),
        ...authoringForms(some.questions),
        setup(realTeam(bank), bank),
        ...real.forms,
      ]),
      ...named('worst', [
        ...answerForms(worstQuestions),
        ...reportForms(worstQuestions),
        ...authoringForms(worstQuestions),
        setup(WORST_TEAM, worstBank),
        ...worst.forms,
      ]),
      ...named('no topics', [
        setup(WORST_TEAM, NO_TOPICS),
        { name: 'look-up', form: lookUpForm(NO_TOPICS, 300) },
      ]),
    ],
  }
}

/** As of a question file alone: nothing to look up, and no topic to pick. */
const NO_TOPICS = createBank({
  ...worstBank,
  topics: [],
  questions: worstQuestions.map((question) => ({ ...question, topics: [] })),
  comparisons: [],
})

function named<T extends { readonly name: string }>(from: string, list: readonly T[]): T[] {
  return list.map((one) => ({ ...one, name: `${from}: ${one.name}` }))
}

/** The bot itself never draws a divider, so that one is here alone. */
const EVERY_BLOCK: readonly Block[] = [
  { kind: 'heading', text: NASTY },
  { kind: 'divider' },
  {
    kind: 'text',
    text: [{ member: 'u1', name: NASTY }, ' at ', { time: NOW, zone: 'Asia/Kolkata', show: 'day' }],
  },
  { kind: 'text', text: [{ until: NOW, left: NASTY }, ' left'] },
  ...['S012ABCDEFG', '123456789012345678', NASTY].map((group) => ({
    kind: 'text' as const,
    text: [{ group }],
  })),
  { kind: 'text', text: [{ member: 'U0ANN00001', name: NASTY, ping: true }] },
  { kind: 'list', style: 'letters', items: Array.from({ length: 26 }, () => [NASTY]) },
  { kind: 'list', style: 'numbers', start: 999_999_999, items: [[NASTY], ['']] },
  { kind: 'table', header: [], rows: [] },
  {
    kind: 'fields',
    fields: Array.from({ length: 30 }, (_, i) => ({ name: filled(`${i}`, 80), value: [filled('', 1500)] })),
  },
  { kind: 'file', name: 'a b/../<c>.json', mime: 'application/json', content: new Uint8Array() },
]

const LARGE_BESIDE_LARGE: readonly Block[] = [
  {
    kind: 'table',
    header: [['A'], ['B']],
    rows: Array.from({ length: 90 }, (_, i) => [[`row ${i}`], [filled('', 95)]]),
  },
  {
    kind: 'select',
    id: 'large',
    label: 'One of many',
    min: 1,
    max: 1,
    options: Array.from({ length: 25 }, (_, i) => ({ value: `${i}`, label: filled(`${i}`, MAX_LABEL) })),
  },
]

// ---- look-up -------------------------------------------------------------------------------

function lookUps(bank: Bank): GalleryCard[] {
  const some = bank.topics.slice(0, 5)
  const pairs = bank.comparisons.map((c) =>
    c.topics.map((slug) => bank.topic(slug)).filter((t) => t !== undefined),
  )
  return [
    ...bank.topics.flatMap((topic) => [
      { name: `topic ${topic.slug}`, card: topicCard(topic, bank) },
      { name: `topic ${topic.slug} for the channel`, card: topicCard(topic, bank, true) },
    ]),
    ...[...pairs, some.slice(-2)].map((topics, i) => ({
      name: `comparison ${i}`,
      card: comparisonCard(topics, bank),
    })),
    {
      name: 'a topic that other packs have too',
      card: { title: 'Two', blocks: elsewhere([{ pack: bank.pack, topics: some }], true) },
    },
    { name: 'comparison for the channel', card: comparisonCard(some.slice(0, 2), bank, true) },
    { name: 'did you mean', card: didYouMeanCard(filled('', 300), some) },
    { name: 'not covered, some near', card: notCoveredCard(filled('', 300), some.slice(0, 3)) },
    { name: 'not covered, none near', card: notCoveredCard('', []) },
  ]
}

// ---- questions -----------------------------------------------------------------------------

const STREAK: Streak = { days: 365, best: 365, freezes: 2, answered: 365, last: '2026-11-23' }
const RUN: Run = { total: 20, shown: 20, right: 80, answered: 80, topic: 'zzzzzz' }

function questionCards(questions: readonly Question[], bank: Bank): GalleryCard[] {
  const instance = questions.map((question) => instantiate(question, MAX_SEED))
  return [
    ...instance.flatMap((p) => p.items.flatMap((item, i) => itemCards(p, item, i, bank))),
    ...instance.flatMap((p) => rounds([p], bank)),
    ...rounds(five(instance), bank),
    ...planCards(bank),
    ...linkingCards(),
    ...examCards(instance, bank),
    ...authoringCards(questions),
    ...rounds(mixed(instance), bank),
    ...rounds(
      instance.filter(({ question: { origin } }) => origin.kind === 'file' && origin.imported).slice(0, 5),
      bank,
    ),
    ...regraded(instance, bank),
  ]
}

/**
 * One of each kind withdrawn, wherever it may be seen, and what a team is told of it and of a corrected key.
 */
function regraded(instance: readonly QuestionInstance[], bank: Bank): GalleryCard[] {
  // The first of each, which is the longest.
  const kinds = [...new Map(instance.toReversed().map((p) => [p.question.kind, p])).values()]
  const none = kinds.map(withdrawn)
  return [
    ...none.flatMap((p) => [
      ...p.items.flatMap((item, i) => itemCards(p, item, i, bank)),
      ...rounds([p], bank),
    ]),
    ...rounds(five(none), bank),
  ]
    .map((one) => ({ ...one, name: `withdrawn ${one.name}` }))
    .concat(kinds.flatMap((p, i) => notices(p, none[i] ?? p)))
}

function notices(instance: QuestionInstance, none: QuestionInstance): GalleryCard[] {
  const views = (p: QuestionInstance): SlotView[] =>
    p.items.map((item, slot) => ({ slot, instance: p, item }))
  const was = instance.items.map((item, slot) => ({ slot, key: [...item.key].reverse().join('') }))
  const notice = {
    ...{ question: instance.question.id, why: filled('', 500), round: { id: MAX_ID }, was },
    ...{ members: 12_345, points: -86_415 },
  }
  return [
    { name: `key of ${instance.question.id} corrected`, card: noticeCard(notice, views(instance), false) },
    {
      name: `key of ${instance.question.id} corrected, still open`,
      card: noticeCard({ ...notice, members: 0 }, views(instance), true),
    },
    {
      name: `told that ${instance.question.id} is withdrawn`,
      card: noticeCard({ ...notice, members: 1, points: 7 }, views(none), true),
    },
  ]
}

/** The longest round: five questions, cases among them, so of up to twenty items. */
function five(instance: readonly QuestionInstance[]): readonly QuestionInstance[] {
  return [...instance].sort((a, b) => b.items.length - a.items.length).slice(0, 5)
}

/** A case between others, and one at the end. */
function mixed(instance: readonly QuestionInstance[]): readonly QuestionInstance[] {
  const cases = instance.filter((one) => one.items.length > 1)
  const others = instance.filter((one) => one.items.length === 1)
  return [others[0], cases[0], others[1], others[2], cases[1]].filter((one) => one !== undefined)
}

function itemCards(instance: QuestionInstance, item: ItemInstance, index: number, bank: Bank): GalleryCard[] {
  const name = `${instance.question.id} ${index}`
  const answer = item.key === ANY_ANSWER ? item.options.map((o) => o.letter).join('') : item.key
  const [right, wrong] = [
    { instance, item, answer },
    { instance, item, answer: [...answer].reverse().join('') },
  ]
  const next = button(`round.ask~${MAX_ID.toString(36)}~k`, 'Next question', 'primary')
  return [
    {
      name: `${name} answered right`,
      card: recordedCard(
        right,
        { right: true, points: 20, bonus: 5, streak: STREAK, lostDays: 0, seasonPoints: 99_999 },
        next,
        bank,
      ),
    },
    {
      name: `${name} answered wrong`,
      card: recordedCard(
        wrong,
        {
          ...{ right: false, points: 3, bonus: 0, seasonPoints: 3 },
          ...{ streak: { ...STREAK, days: 1, freezes: 0 }, lostDays: 9999 },
        },
        undefined,
        bank,
      ),
    },
    { name: `${name} answered before`, card: alreadyCard(wrong, { right: false, points: 3 }, next, bank) },
    { name: `${name} explained`, card: reasonsCard({ instance, item, answer: undefined }, bank) },
    { name: `${name} in practice`, card: practiceCard(instance, index, RUN) },
  ]
}

function rounds(list: readonly QuestionInstance[], bank: Bank): GalleryCard[] {
  if (list.length === 0) return []
  const slots: SlotView[] = list
    .flatMap((instance) => instance.items.map((item) => ({ instance, item })))
    .map((s, slot) => ({ ...s, slot }))
  const name =
    list.length === 1
      ? `round of ${list[0]?.question.id}`
      : `round of ${list.length} questions and ${slots.length} items`
  const open = roundOf(bank === worstBank ? WORST_TEAM : realTeam(bank), 'posted')
  const results = slots.map(({ slot, item }) => ({
    slot,
    answered: 12_345,
    right: 345,
    answers: answersTo(item),
  }))
  return [
    { name: `${name}, open`, card: roundCard(open, slots, 0) },
    { name: `${name}, closed`, card: roundCard({ ...open, state: 'closed' }, slots, 12_345) },
    { name: `${name}, revealed`, card: revealCard({ ...open, id: MAX_ID }, slots, results, boardOf(10)) },
    {
      name: `${name}, revealed without answers`,
      card: revealCard({ ...open, id: 1 }, slots, [], boardOf(0)),
    },
    { name: `${name}, directly`, card: directCard(open, slots, slots) },
    ...[true, false].map((isSecret) => ({
      name: `${name}, directly and closed${isSecret ? ' in secret' : ''}`,
      card: directClosedCard(open, resultsOf(slots), isSecret, undefined),
    })),
    ...slots.map((view) => ({ name: `${name}, item ${view.slot} alone`, card: itemCard(open, slots, view) })),
  ]
}

/** What a person sees of their own plan and readiness. */
function planCards({ pack }: Bank): GalleryCard[] {
  const day = { days: 12_345, met: 143, concepts: 144, next: [{ concept: 'c', why: 'new' as const }] }
  const view = { day, daysLeft: 12_345 }
  const [exam] = pack.exams
  const domains = (exam?.domains ?? []).map(({ number }) => ({ number, low: 0, high: 100 }))
  const missing = {
    kind: 'missing',
    answers: 40,
    domains: domains.map((one) => ({ ...one, answers: 5 })),
  } as const
  const range = { kind: 'range', range: { low: 0, high: 100 }, domains } as const
  return [
    { name: 'plan to an exam', card: examCard(view, '2027-02-15', 50) },
    { name: 'plan without a date', card: noExamCard({ ...view, daysLeft: undefined }, 1) },
    { name: 'how the exam went', card: wentCard('2027-02-15') },
    ...REMINDERS.map((_, i) => ({ name: `reminder ${i}`, card: reminderCard(MAX_ID, i) })),
    { name: 'no more reminders', card: remindersOverCard(5) },
    { name: 'a reminder later', card: laterCard(NOW, 'America/Argentina/ComodRivadavia') },
    { name: 'too late for a reminder', card: tooLateCard() },
    { name: 'a streak that is back', card: repairedCard(9999) },
    { name: 'nothing to repair', card: nothingBrokenCard(0) },
    { name: 'too late to repair', card: tooLateToRepairCard({ days: 9999 }) },
    { name: 'repaired before', card: repairSpentCard(NOW, 'UTC') },
    { name: 'how sure', card: sureCard(filled('', 1500), 'ABCDEFG', (level) => level.padEnd(100, 'i')) },
    {
      name: 'calibration',
      card: {
        title: 'Your stats',
        blocks: calibrationBlocks(CONFIDENCES.map((confidence) => ({ confidence, answered: 30, share: 1 }))),
      },
    },
    ...(exam
      ? [missing, range].map((ready) => ({
          name: `readiness, ${ready.kind}`,
          card: { title: 'Your stats', blocks: readinessBlocks(ready, exam) },
        }))
      : []),
  ]
}

/** Who has answered every question there is. */
function learnerOf({ pack, questions }: Bank): Learner {
  const [at, memory] = [NOW - 86_400_000, { stability: 3, difficulty: 5, reps: 1, lapses: 0 }]
  return {
    exam: { on: '2027-02-15', pack: pack.id },
    goal: 50,
    concepts: questions.map(({ id, concept }, i) => ({
      ...{ pack: pack.id, concept, memory: { ...memory, last: at } },
      seen: { [id]: { times: 1, last: at, right: i % 3 > 0, first: { at, right: i % 3 > 0 } } },
    })),
    misses: [],
  }
}

/** Six of them, with the longest names that a platform gives. */
const ACCOUNTS: readonly Account[] = ['slack', 'discord', 'web', 'slack', 'discord', 'slack'].map(
  (platform, i) => ({
    platform,
    workspace: 'w',
    user: `u${i}`,
    id: 2 ** 31 - 1 - i,
    name: filled('Ann ', 80),
  }),
)

/** What a person sees of their accounts. */
function linkingCards(): GalleryCard[] {
  const [self, other, ...linked] = ACCOUNTS
  if (!self || !other) return []
  const [exam, dropped] = ['2027-02-15', '2027-03-15'].map((on) => ({ on, pack: 'p' }))
  return [
    { name: 'is this you', card: isThisYouCard(other, linked) },
    { name: 'asked there', card: askedThereCard(other) },
    { name: 'is this you, for whose code it was', card: confirmCard(self, other, linked) },
    { name: 'a code that was typed', card: waitsCard(self, other) },
    { name: 'linked', card: linkedCard({ accounts: ACCOUNTS, exam, dropped, goal: 50 }) },
    { name: 'linked, for the other', card: toldLinkedCard(ACCOUNTS) },
    { name: 'linked already', card: linkedAlreadyCard(ACCOUNTS) },
  ]
}

/** Of a file whose every text is as long and as odd as it may be. */
function importCards(team: Team): GalleryCard[] {
  const lines = Array.from({ length: 40 }, (_, i) => ({
    line: i + 1,
    message: `${NASTY} ${'x'.repeat(400)}`,
  }))
  const choices = Array.from({ length: 8 }, (_, i) => ({ text: filled(NASTY, 240), right: i < 7, why: '' }))
  const question = {
    ...{ line: 1, explanation: '', group: NASTY, name: NASTY },
    item: { kind: 'response' as const, stem: filled(NASTY, 900), choices },
  }
  const file = {
    ...{ format: 'Moodle GIFT', questions: Array.from({ length: 2000 }, () => question) },
    ...{ leftOut: lines, changed: lines, attribution: filled(NASTY, 200) },
    topics: [{ line: 1, title: NASTY, text: NASTY, group: NASTY }],
  }
  const [found, kept] = [{ name: filled(NASTY, 100), file, same: 2000 }, crypto.randomUUID()]
  const teams = Array.from({ length: 30 }, (_, i) => ({ ...team, id: team.id - i }))
  const written = {
    bytes: new Uint8Array(10),
    extension: '.gift',
    count: 2000,
    warnings: lines.map((one) => ({ name: NASTY, ...one })),
  }
  return [
    { name: 'found in a file', card: foundCard(found, kept, team, 2000) },
    { name: 'found in a file of no team', card: whichTeamCard(found, kept, teams) },
    { name: 'a file for a team', card: lastQuestionCard(found.name, 2000, kept, team, 2000) },
    {
      name: 'nothing found in a file',
      card: nothingFoundCard({ ...found, file: { ...file, questions: [] } }),
    },
    {
      name: 'all of a file is there',
      card: nothingFoundCard({ ...found, file: { ...file, questions: [], leftOut: [] } }),
    },
    { name: 'all of it is there already', card: allThereCard(found.name, team) },
    { name: 'questions of a file taken', card: questionsTakenCard(team, 2000) },
    { name: 'nothing of a file taken', card: notTakenCard() },
    { name: 'a file is read', card: readingCard(found.name) },
    {
      name: 'questions as a file',
      card: exportCard(team, { format: 'gift', written, open: 5 }),
    },
  ]
}

function answersTo(item: ItemInstance) {
  const turned = Array.from(item.key, (_, i) => item.key.slice(i) + item.key.slice(0, i))
  return [...new Set(turned)].map((answer, i) => ({ answer, count: 1000 - i }))
}

/** As of a round of these questions. */
function reportForms(questions: readonly Question[]): GalleryForm[] {
  const slots = questions.slice(0, 20).flatMap((question) => {
    const instance = instantiate(question, MAX_SEED)
    return instance.items.map((item) => ({ instance, item }))
  })
  const which = whichQuestion(slots.map((one, slot) => ({ ...one, slot })))
  const asked = slots.map((one, slot) => ({ ...one, slot }))
  return [
    { name: 'an appeal', form: appealForm(MAX_ID, asked) },
    { name: 'where a report goes', form: channelForm(teamReportIds.nameChannel.id({ team: MAX_ID })) },
    { name: 'which to report', form: reportForm(memberIds.sendRoundReport.id({ round: MAX_ID }), which) },
  ]
}

function answerForms(questions: readonly Question[]): GalleryForm[] {
  return questions.flatMap((question) =>
    instantiate(question, MAX_SEED).items.flatMap((item, i) =>
      item.kind === 'ordering' || item.kind === 'matching'
        ? [
            {
              name: `${question.id} ${i}`,
              form: answerForm(item, `round.send-form~${MAX_ID.toString(36)}~k`),
            },
          ]
        : [],
    ),
  )
}

// ---- teams and boards ----------------------------------------------------------------------

function realTeam(bank: Bank): Team {
  return {
    ...{
      id: 1,
      platform: 'test',
      workspace: 'w1',
      channel: 'study',
      name: 'Orchard',
      pack: bank.pack.id,
      count: 1,
      topics: [],
      mention: '',
      thread: false,
    },
    ...{
      paused: false,
      nextPostAt: NOW,
      zone: 'Europe/Berlin',
      minute: 540,
      days: [1, 2, 3, 4, 5],
      openHours: 24,
    },
  }
}

const WORST_TEAM: Team = {
  ...{
    ...realTeam(worstBank),
    id: MAX_ID,
    name: filled('Team ', 60),
    channel: filled('channel ', 80),
    count: 5,
    paused: true,
    mention: '123456789012345678',
    thread: true,
  },
  ...{
    topics: worstBank.topics.map((t) => t.slug),
    nextPostAt: undefined,
    zone: 'America/Argentina/ComodRivadavia',
    days: [1, 2, 3, 4, 6, 7],
    openHours: 168,
  },
}

function roundOf(team: Team, state: Round['state']): Round {
  return {
    id: team.id,
    team,
    channel: team.channel,
    date: '2026-11-23',
    dueAt: NOW,
    closesAt: NOW + 86_400_000,
    state,
    message: 'm1',
    questions: [],
  }
}

function setup(team: Team, bank: Bank): GalleryForm {
  return {
    name: 'setup',
    form: setupForm(
      team,
      { bank, packs: [bank.pack, { ...worstBank.pack, id: 'other' }] },
      Intl.supportedValuesOf('timeZone'),
      team.id,
      { groups: { hint: filled('How ', 300) }, threads: true },
    ),
  }
}

const REGRADED = {
  ...{ versions: [], rounds: 1, open: 0, attempts: 9, practice: 0, members: 12_345, teams: 1 },
  ...{ given: 123_450, taken: 0 },
}
const tinyFigure = { answered: 12_345, share: 1 / 12_347, low: 0, high: 1, cells: [] }

function teamCards(team: Team, bank: Bank): GalleryCard[] {
  const [exam] = worstBank.pack.exams
  if (!exam) throw new Error('no exam')
  const weakest = bank.topics.slice(0, 5).map((t) => ({ concept: t.title, figure: tinyFigure }))
  return [
    { name: 'team set up', card: savedCard(team, { hadToday: true }) },
    {
      name: 'team moved by its setup',
      card: savedCard(team, { hadToday: true, moved: { from: team, open: manyRounds(team) } }),
    },
    { name: 'team has a new channel', card: arrivedCard(team) },
    {
      name: 'team moves over another',
      card: moveCard(team, { isLost: false, over: team, open: manyRounds(team) }),
    },
    {
      name: 'team moved',
      card: movedCard(team, { from: team, isLost: false, open: manyRounds(team), refused: filled('', 500) }),
    },
    { name: 'channel is taken', card: takenCard(team.name, team, 'd'.repeat(36)) },
    { name: 'team to remove', card: removeCard({ team, members: 99_999, rounds: 99_999, isLost: true }) },
    {
      name: 'new team or one that moves',
      card: newOrMoveCard({ teams: manyTeams(team), hidden: 99 }, false),
    },
    { name: 'channel is gone', card: goneCard(team) },
    {
      name: 'team set up while another changed it',
      card: savedCard(team, { hadToday: false, changes: changes(team, bank), pack: bank.pack }),
    },
    {
      name: 'status for an admin',
      card: statusCard(
        team,
        [
          { round: roundOf(team, 'posted') },
          { round: roundOf(team, 'posted'), elsewhere: { channel: undefined } },
          { round: roundOf(team, 'posted'), elsewhere: { channel: team.channel, link: LONG_LINK } },
        ],
        { members: 12_345, weakest },
        true,
      ),
    },
    {
      name: 'status where there are several packs',
      card: statusCard(team, [], { members: 0, weakest: [] }, true, bank.pack),
    },
    { name: 'status for a member', card: statusCard(team, [], { members: 0, weakest: [] }, false) },
    { name: 'welcome', card: welcomeCard(team, bank) },
    { name: 'skipped', card: refusedCard(team, 'round', filled('Because ', 1000)) },
    { name: 'missed', card: missedCard(team, roundOf(team, 'skipped')) },
    { name: 'nothing to ask', card: emptyCard(team, lackOfAll(team)) },
    { name: 'no pack', card: emptyCard(team, { kind: 'pack', pack: filled('pack-', 80) }) },
    { name: 'idle', card: idleCard(team, 10) },
    { name: 'a new exam', card: newExamCard(team, { old: exam, next: { ...exam, id: 'next' } }) },
    { name: 'an exam chosen', card: chosenExamCard(team, exam, undefined) },
    { name: 'leave which', card: leaveWhichCard(Array.from({ length: 20 }, (_, id) => ({ ...team, id }))) },
    { name: 'left', card: leftCard(team) },
    { name: 'stayed', card: stayedCard(team) },
    ...[true, false].map((isPrivate) => ({
      name: `report to a channel, private: ${isPrivate}`,
      card: confirmChannelCard(team, 'leads', isPrivate),
    })),
    {
      name: 'report ordered for a channel',
      card: orderedCard(team, { user: 'u1', channel: team.channel }, NOW),
    },
    ...(['new', 'again', 'reworded'] as const).map((saved) => ({
      name: `an appeal, ${saved}`,
      card: appealedCard(saved),
    })),
    { name: 'an appeal that is granted', card: givenCard(REGRADED, 1) },
    { name: 'an appeal that was granted', card: givenCard(undefined, undefined) },
    { name: 'a key that stays', card: keptCard(1) },
    ...[true, false, undefined].map((shares) => ({
      name: `sharing, ${shares}`,
      card: sharingCard(shares),
    })),
    {
      name: 'status with all that can be wrong',
      card: statusCard(
        team,
        [],
        { members: 0, weakest: [] },
        true,
        undefined,
        troubleBlocks(everyTrouble(), lackOfAll(team)),
        creditNote({ ...bank.pack, licence: filled('CC ', 80), attribution: filled('The authors ', 300) }),
      ),
    },
  ]
}

/** Every second item is answered. */
const resultsOf = (slots: readonly SlotView[]) =>
  slots.map((view, i) => ({
    view,
    earlier: i % 2 === 0 ? { answer: view.item.key, right: true, points: 15 } : undefined,
  }))

const LONG_LINK = `https://chat.invalid/${'channel/'.repeat(30)}`

const lackOfAll = ({ topics }: Team): Lack => ({
  kind: 'topics',
  gone: topics,
  of: topics.length,
  isAll: topics.length === 0,
})

const everyTrouble = (): Trouble[] =>
  (['round', 'reveal', 'podium', 'notice'] as const).flatMap((kind) => [
    { kind, date: '2026-11-23', isOver: true, reason: filled('because ', 500) },
    { kind, date: undefined, isOver: false, reason: undefined },
  ])

/** All that a form can have changed, one half of it by both. */
function changes(team: Team, bank: Bank): Change[] {
  const { form } = setup(team, bank)
  return form.fields.map((field, i) => {
    const all = 'options' in field ? field.options.map((option) => option.value) : filled('It was ', 1000)
    const is = field.kind === 'multi' ? [] : 'other'
    return { field, was: all, is, now: i % 2 === 0 ? is : all }
  })
}

/** Names of 80 characters, equals, and a hidden member. */
function boardOf(rows: number, person?: string): Board {
  const names = ['', '@everyone', '<!channel>', '</script>', '🧑‍🚀'.repeat(7)]
  const standings = Array.from({ length: rows }, (_, i) => ({
    member: {
      ...{ id: i, user: `u${i}`, name: person ?? names[i] ?? filled(`Member ${i} `, 80), hidden: i === 3 },
      mentioned: i > 0,
    },
    points: 1_000_000 - Math.floor(i / 2),
    answered: 99_999,
    right: 99_998,
  }))
  const ranked = rank(standings)
  return {
    rows: ranked,
    total: rows === 0 ? 0 : 12_345,
    mine: ranked.find((r) => r.member.user === 'u0'),
    ahead: rows > 1 ? 1_000_000 : undefined,
    open: 99_999,
  }
}

function boards(team = WORST_TEAM, person?: string): GalleryCard[] {
  const asked = { team: team.name, span: 'all-time', offset: 20, user: 'u0' } as const
  const teams = Array.from({ length: 12 }, (_, i) => ({
    team: { ...team, id: i },
    members: i,
    answered: i,
    points: 100,
    mean: 100 / (i + 1),
    rank: i + 1,
  }))
  return [
    { name: 'board of ten, own view', card: memberBoardCard(boardOf(10, person), asked) },
    {
      name: 'board of ten, for the channel',
      card: memberBoardCard(boardOf(10, person), { ...asked, user: undefined }),
    },
    { name: 'board of nobody', card: memberBoardCard(boardOf(0), { ...asked, offset: 0, span: 'week' }) },
    { name: 'board of teams', card: teamBoardCard(teams, { ...asked, teamId: 11 }) },
    { name: 'board of no teams', card: teamBoardCard([], { ...asked, user: undefined, teamId: undefined }) },
    { name: 'podium', card: podiumCard(team.name, '2026-11', boardOf(3, person)) },
    { name: 'podium of nobody', card: podiumCard(team.name, '2026-11', boardOf(0)) },
    { name: 'board in words', card: { blocks: [boardLines(boardOf(10, person).rows)] } },
  ]
}

function words(): GalleryCard[] {
  return [
    { name: 'a mistake', card: problemCard(filled('', 3000)) },
    {
      name: 'a mistake in a form',
      card: mistakeCard(filled('Label ', 150), filled('', 3000), 'd'.repeat(36), 'p0'),
    },
    { name: 'a bug', card: bugCard('zzzzzz') },
    { name: 'a limit', card: limitCard({ what: 'requests', isShared: true, seconds: 3600 }) },
    { name: 'a platform that is busy', card: busyCard('slack', 29_001) },
    ...(['new', 'again', 'reworded'] as const).map((saved) => ({
      name: `a report, ${saved}`,
      card: reportedCard(saved),
    })),
    { name: 'help for an admin', card: helpCard(commands) },
    { name: 'practice done', card: practiceEndCard(RUN) },
    {
      name: 'practice done without an answer',
      card: practiceEndCard({ ...RUN, right: 0, answered: 0, topic: '-' }),
    },
  ]
}

// ---- cards that only commands and actions make -----------------------------------------------

const LINES = [
  '/help',
  '/stats',
  '/quiz',
  '/exam',
  '/leaderboard',
  '/team setup',
  '/team list',
  '/team move',
  '/team remove',
  '/study status',
  '/study exam',
  '/study link',
  '/study unlink',
  '/study leave',
  '/study remind',
  '/study remind on',
  '/study away',
  '/study repair',
  '/team status',
  '/team members',
  '/team report',
  '/team import',
  '/team export all',
  '/study share',
  '/study write',
  '/study review',
  '/study questions',
  '/team questions',
  '/team pause',
  '/team resume',
  '/study export',
  '/study forget-me',
  '/nonsense',
]

/** What people see who type and press, on a memory that answers the same to all. */
async function behind(
  bank: Bank,
  team = bank === worstBank ? WORST_TEAM : realTeam(bank),
  person?: string,
): Promise<{ cards: GalleryCard[]; forms: GalleryForm[] }> {
  const faults: object[] = []
  const log = {
    debug: () => {},
    info: () => {},
    warn: () => {},
    error: (fields: object) => void faults.push(fields),
  }
  const app = createApp({
    ...{
      ...openPacks([bank]),
      files: createQuestionFiles(async (file) => readOrTell(file)),
      log,
      store: fixedStore(bank, team, person),
      countsToRedraw: new Set(),
      chats: new Map(),
    },
    ...{ clock: () => NOW, random: seeded(1), metrics: noMetrics, limits: noLimits },
  })
  const [cards, forms]: [GalleryCard[], GalleryForm[]] = [[], []]
  const run = async (name: string, request: Request): Promise<Card | undefined> => {
    const reply = await app.run(request)
    if (faults.length > 0) throw new Error(`${name} is broken`, { cause: faults[0] })
    if (reply.kind === 'form') forms.push({ name, form: reply.form })
    else cards.push({ name, card: reply.card })
    return reply.kind === 'card' ? reply.card : undefined
  }
  for (const line of LINES) {
    const [name = '', ...rest] = line.slice(1).split(' ')
    const card = await run(line, { kind: 'command', caller: CALLER, name, input: rest.join(' ') })
    for (const id of pressable(card)) await run(`${line}, then ${id}`, { kind: 'press', caller: CALLER, id })
  }
  for (const question of bank.questions)
    for (const request of tries(question)) await run(`${question.id}, ${request.id}`, request)
  const detail = { reason: 'Something else', detail: NASTY }
  await run('reported', {
    kind: 'submit',
    caller: CALLER,
    id: `member.send-report~${bank.questions[0]?.id}~0123456789ab`,
    values: detail,
  })
  return { cards, forms }
}

function pressable(card: Card | undefined): string[] {
  return card?.blocks.flatMap((b) => (b.kind === 'buttons' ? b.buttons.map((one) => one.id) : [])) ?? []
}

const manyRounds = (team: Team) => Array.from({ length: 7 }, () => roundOf(team, 'posted'))
const manyTeams = (team: Team) =>
  Array.from({ length: 60 }, (_, i) => ({
    team: { ...team, id: MAX_ID - i },
    members: 99_999,
    rounds: 99_999,
    isLost: false,
  }))

type Act = Request & { readonly id: string }

function tries(question: Question): Act[] {
  const instance = instantiate(question, MAX_SEED)
  return instance.items.flatMap((item, index) => tryItem(item, practiceCard(instance, index, RUN)))
}

/** An answer in practice: by button, by menu, or by a form that is opened and sent. */
function tryItem(item: ItemInstance, card: Card): Act[] {
  const [id = ''] = [...pressable(card), ...card.blocks.flatMap((b) => (b.kind === 'select' ? [b.id] : []))]
  const letters = item.options.map((o) => o.letter)
  switch (item.kind) {
    case 'choice':
      return [{ kind: 'press', caller: CALLER, id }]
    case 'response':
      return [{ kind: 'select', caller: CALLER, id, values: letters.slice(0, item.pick) }]
    case 'ordering':
    case 'matching': {
      const values = Object.fromEntries([...item.key].map((_, i) => [`p${i}`, letters[i] ?? 'A']))
      return [
        { kind: 'press', caller: CALLER, id },
        {
          kind: 'submit',
          caller: CALLER,
          id: id.replace(/^practice.open-form~/, 'practice.send-form~'),
          values,
        },
      ]
    }
  }
}

/** Only what is read here; a card that asks for more fails with the name of what is missing. */
/** Of each question thirty answers, with a wrong option of the longest. */
const cellsOf = ({ questions }: Bank) =>
  questions.map(({ pack, concept, domain }) => ({
    about: { pack, concept, domain, phase: 'first' as const, wrong: filled(NASTY, 200) },
    ...{ answered: 30, right: 10 },
  }))

const NO_QUESTIONS = { questions: [], offset: 0, totals: { all: 0, waiting: 0, asked: 0 } }

function fixedStore(bank: Bank, team: Team, person?: string): Store {
  const attempts = bank.questions.map(
    (q, i): AttemptRecord => ({
      ...{
        team: i % 2 === 0 ? team.id : undefined,
        date: '2026-11-23',
        question: q.id,
        item: 0,
        answer: 'A',
        right: i % 3 === 0,
        known: false,
      },
      ...{ points: 10, at: NOW - 86_400_000 },
    }),
  )
  const known: Partial<Store> = {
    openFormDraft: async () => 'd'.repeat(36),
    formDraft: async () => undefined,
    openQuestionIds: async () => [],
    questionsOfTeam: async () => [],
    keepImport: async () => 'd'.repeat(36),
    teamIn: async () => team,
    team: async () => team,
    teams: async () =>
      Array.from({ length: 30 }, (_, i) => ({
        team: { ...team, id: team.id - i, channel: i === 0 ? team.channel : `c${i}`, goneAt: NOW },
        members: 12_345,
        rounds: 400,
      })),
    removeTeam: async () => true,
    saveTeam: async () => team,
    moveTeam: async () => team,
    member: async () => ({ id: 1, user: CALLER.user, name: CALLER.name, hidden: false }),
    attempts: async () => attempts,
    streak: async () => ({
      ...{ ...STREAK, missed: 3, rests: undefined, repairedAt: undefined },
      broken: { days: 9999, last: '2026-11-20', at: NOW - 3_600_000, isFollowed: false },
    }),
    reminders: async () => ({ off: 'refused' }),
    takeReminderWord: async () => 'refused',
    remind: async () => true,
    stopReminding: async () => {},
    awayTimes: async () => [{ from: '2000-01-01', until: '2100-09-30' }],
    endAway: async () => true,
    rateAnswers: async () => true,
    unanswered: async () => bank.questions.slice(0, 1).map(({ id }) => id),
    repairStreak: async () => true,
    learner: async () => learnerOf(bank),
    openLinking: async () => true,
    linking: async () => undefined,
    accounts: async () => [...ACCOUNTS],
    unlink: async () => true,
    exam: async () => undefined,
    examQuestions: async () => [],
    startExam: async () => undefined,
    saveExam: async () => true,
    saveGoal: async () => true,
    hide: async () => true,
    allowMention: async () => true,
    rename: async () => {},
    forgetMember: async () => true,
    exportMember: async () => ({
      head: { member: { name: NASTY } },
      pages: Readable.from([{ name: 'answers', rows: attempts }]),
    }),
    ownTotals: async () => ({ points: 120, answered: 40, right: 30 }),
    board: async () => boardOf(10, person),
    teamBoard: async () => [{ team, members: 3, answered: 3, points: 30, mean: 10 }],
    latestRound: async () => roundOf(team, 'posted'),
    openRounds: async () => [roundOf(team, 'posted')],
    roundsElsewhere: async () => [roundOf(team, 'posted')],
    claimShown: async () => undefined,
    usedDates: async () => [],
    memberCount: async () => 12_345,
    restingCount: async () => 345,
    leaveTeam: async () => true,
    takeOut: async () => true,
    teamMember: async (_team, id) => ({
      ...{ id, user: 'u', name: person ?? NASTY, hidden: false, rests: undefined, askedAt: NOW },
    }),
    teamsJoined: async () => [team],
    writeRefusal: async () => undefined,
    teamMembers: async (_team, limit) =>
      Array.from({ length: limit }, (_, i) => ({
        ...{
          id: i + 1,
          user: `u${i}`,
          name: person ?? (i % 2 ? NASTY : 'm'.repeat(80)),
          hidden: false,
          askedAt: NOW,
        },
        rests: ([undefined, 'gone', 'quiet'] as const)[i % 3],
      })),
    share: async () => true,
    teamReports: async () =>
      ['2026-W46', '2026-W47'].map((week) => ({
        week,
        members: 12_345,
        people: 12_340,
        cells: cellsOf(bank),
      })),
    sharedProgress: async () =>
      Array.from({ length: 20 }, () => ({ name: person ?? NASTY, answered: 999, right: 998 })),
    problemsOf: async () => bank.questions.map(({ id }) => ({ question: id, reason: NASTY })),
    suspectKeys: async () => bank.questions.map(({ id }) => id),
    teamHistory: async () =>
      new Map(bank.questions.map(({ id }) => [id, { uses: 1, answered: 30, right: 10 }])),
    reportOrder: async () => ({ user: 'u1', channel: undefined }),
    reportTrouble: async () => filled('because ', 500),
    orderReport: async () => {},
    cancelReport: async () => {},
    waitingAppeals: async () =>
      bank.questions.slice(0, 9).map(({ id, version }, slot) => ({
        ...{ question: id, version, round: MAX_ID, slot },
        reasons: Array.from({ length: 9 }, () => filled(NASTY, 500)),
      })),
    round: async () => undefined,
    openItems: async () => [],
    answersOf: async () => new Map(),
    ownQuestions: async () => NO_QUESTIONS,
    allQuestions: async () => NO_QUESTIONS,
    topicsOfWritten: async () => new Map(),
    waitingQuestions: async () => 0,
    nextToReview: async () => undefined,
    leadApproves: async () => false,
    letLeadApprove: async () => {},
    question: async (id) => bank.question(id),
    questionNumbered: async (number) => bank.questions.find((one) => one.number === number),
    pauseTeam: async () => {},
    troubles: async () => [],
    endRoundNow: async () => undefined,
    practise: async () => 'recorded',
    saveReport: async () => 'new',
  }
  return known as Store
}
