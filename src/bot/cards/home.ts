/**
 * One member's own page: today's plan, the exam, the open round and the streak, readiness, recent mistakes,
 * and the switches for their data.
 */

import type { AwayTime } from '../../core/away.js'
import { conceptInWords } from '../../core/concept.js'
import type { Exam, Pack, Question, Ranked, Round, SlotView, Team } from '../../core/model.js'
import type { Readiness } from '../../core/readiness.js'
import { isolated, sentence, short, type Text } from '../../core/text.js'
import type { Reminders } from '../ports/habits.js'
import type { Rests } from '../ports/membership.js'
import {
  type Block,
  bold,
  bullets,
  button,
  buttons,
  type Card,
  fields,
  heading,
  note,
  text,
} from '../ui/card.js'
import {
  authoringIds,
  boardIds,
  controlIds,
  examIds,
  homeIds,
  memberIds,
  planIds,
  practiceIds,
  roundIds,
} from '../ui/ids.js'
import { MISSED } from '../ui/params.js'
import { awayLine, backButton } from './away.js'
import { restsLine } from './board.js'
import { creditNote } from './credit.js'
import { type PlanView, planLine } from './plan.js'
import { readinessBlocks } from './readiness.js'
import { areOn, remindButton, remindersLine } from './reminder.js'
import { type BrokenView, brokenBlocks } from './repair.js'
import { leftBlocks, namedRound } from './round.js'
import { shareButton } from './sharing.js'
import { count } from './wording.js'

export interface TeamView {
  readonly team: Team
  /** Days in a row, now. */
  readonly streak: number
  readonly freezes: number
  readonly week: Ranked | undefined
  /** How many members are on the board of the week. */
  readonly members: number
  /** Points of this week in rounds that are open. */
  readonly open: number
  readonly rests: Rests | undefined
  /** A broken streak that can be repaired. */
  readonly broken?: BrokenView | undefined
  /** Rounds that can be answered. */
  readonly rounds?: readonly OpenRound[]
}

export interface OpenRound {
  readonly round: Round
  readonly slots: readonly SlotView[]
  /** The items that this member has not answered yet. */
  readonly left: readonly SlotView[]
}

/** A question answered wrong and not right since, and the title of its topic, if known. */
export interface Missed {
  readonly question: Question
  readonly topic: string | undefined
}

export const SHOWN_MISSES = 5
const STEM = 160
const SHARED =
  'You share your progress: those who lead your teams see in the weekly report how many questions of the day you answered and got right. Practice stays yours.'
const NOT_SHARED = 'Those who lead your teams see figures of five people and more, and never yours.'

/** The member's choices about what others see. */
export interface OwnData {
  readonly hidden: boolean
  readonly mentioned: boolean
  readonly directly: boolean | undefined
  readonly shares: boolean
}

/** A person's learning, which only they see. */
export interface LearningView {
  readonly plan: PlanView
  /** ISO date. */
  readonly exam: { readonly on: string; readonly isOver: boolean } | undefined
  /** Undefined for a pack without an exam. */
  readonly expected: { readonly ready: Readiness; readonly exam: Exam } | undefined
}

export interface HomeView {
  readonly learning: LearningView
  readonly teams: readonly TeamView[]
  /** The team of the channel, for a person who has not joined it. */
  readonly here: Team | undefined
  /** The latest first. */
  readonly missed: readonly Missed[]
  /** Undefined for non-members, about whom nothing is stored. */
  readonly hidden: boolean | undefined
  readonly mentioned: boolean
  readonly isAdmin: boolean
  /** Undefined if the chat has no direct messages. */
  readonly directly: boolean | undefined
  readonly shares: boolean
  /** Whether there is a mock exam to take. */
  readonly hasExam: boolean
  /** Undefined for non-members. */
  readonly habits?: HabitsView | undefined
  /** The pack that is studied, because its source and licence are shown. */
  readonly pack?: Pack | undefined
}

/** The member's choices about their own study. */
export interface HabitsView {
  readonly reminders: Reminders | undefined
  /** The current away time. */
  readonly away: AwayTime | undefined
  /** Whether practice asks how sure they are. */
  readonly rates: boolean
}

export function homeCard(view: HomeView): Card {
  const { learning, teams, here, missed, isAdmin, hasExam, habits } = view
  return {
    title: 'Your study',
    again: memberIds.study.id({}),
    blocks: [
      ...todayBlocks(learning),
      ...(teams.length === 0 && !here
        ? [
            text(
              'No team of yours is shown here: answer the question of the day in its channel. Practice is always open.',
            ),
          ]
        : teams.flatMap((view) => teamBlocks(view, isAdmin))),
      ...(here ? notJoined(here) : []),
      ...(learning.expected ? readinessBlocks(learning.expected.ready, learning.expected.exam) : []),
      ...missedBlocks(missed),
      ...buttons(
        missed.length > 0 ? button(practiceIds.more.id({ topic: MISSED }), 'Practise these') : undefined,
        hasExam ? button(examIds.open.id({}), 'Mock exam') : undefined,
        isAdmin ? button(controlIds.openSetup.id({}), 'Set up a team') : undefined,
      ),
      { kind: 'divider' },
      ...(habits ? habitBlocks(habits) : []),
      ...privacyBlocks(view),
      ...(view.pack ? creditNote(view.pack) : []),
    ],
  }
}

/** The plan of today; *Start* follows it, as `/quiz` without a topic does. */
function todayBlocks({ plan, exam }: LearningView): Block[] {
  const isDone = plan.day.next.length === 0
  return [
    ...(plan.day.concepts === 0 ? [] : [text(bold('Today: '), `${planLine(plan)}.`)]),
    fields({ 'Your exam': exam ? `${exam.on}${exam.isOver ? ', which is over' : ''}` : 'no date yet' }),
    ...buttons(
      button(practiceIds.more.id({ topic: '-' }), isDone ? 'Practise more' : 'Start', 'primary'),
      button(planIds.openExam.id({}), exam ? 'Change the exam date' : 'Set the exam date'),
    ),
  ]
}

function habitBlocks({ reminders, away, rates }: HabitsView): Block[] {
  return [
    fields({
      Reminders: remindersLine(reminders),
      Away: awayLine(away),
      'How sure you are': rates ? 'asked in practice' : 'not asked',
    }),
    ...buttons(
      remindButton(areOn(reminders)),
      away ? backButton() : undefined,
      button(memberIds.rates.id({ rates: !rates }), rates ? 'Do not ask how sure I am' : 'Ask how sure I am'),
    ),
  ]
}

const nextQuestion = ({ nextPostAt, zone }: Team): Text =>
  nextPostAt === undefined ? ['paused'] : [{ time: nextPostAt, zone, show: 'both' }]

function teamBlocks(view: TeamView, isAdmin: boolean): Block[] {
  const { team, streak, freezes, rests, rounds = [] } = view
  return [
    heading(isolated(team.name)),
    fields({
      Streak: `${count(streak, 'day')}, ${count(freezes, 'freeze')} in hand`,
      'This week': weekOf(view),
      'Next question': nextQuestion(team),
    }),
    ...brokenBlocks(view.broken),
    ...(rests === undefined
      ? []
      : [text(bold('You rest. '), restsLine(rests), ' Your next answer brings you back.')]),
    ...rounds.flatMap((open) => openBlocks(open, rounds.length === 1)),
    ...buttons(
      button(inTeam(team, boardIds.turn.id({ span: 'season', whose: 'members', offset: 0 })), 'Leaderboard'),
      button(inTeam(team, authoringIds.own.id({})), 'Your questions'),
      isAdmin ? button(inTeam(team, controlIds.status.id({})), 'Status') : undefined,
      isAdmin
        ? button(homeIds.openForm.id({ team: team.id, act: controlIds.openSetup.id({}) }), 'Change the setup')
        : undefined,
    ),
  ]
}

/** The member's rank and points of the week; ranks count only closed rounds. */
function weekOf({ week, members, open }: TeamView): string {
  const later = open > 0 ? `${count(open, 'point')} to come when the open round closes` : ''
  if (!week) return later || 'no answer yet'
  return `${count(week.points, 'point')}, rank ${week.rank} of ${members}${later && `; ${later}`}`
}

function notJoined(team: Team): Block[] {
  return [
    heading(isolated(team.name)),
    text('You have not joined this team yet: your first answer to its question of the day joins it.'),
    fields({ 'Next question': nextQuestion(team) }),
  ]
}

const inTeam = ({ id }: Team, act: string) => homeIds.act.id({ team: id, act })

/** `inFull`: shows the questions as in the channel; otherwise they open with a press. */
function openBlocks({ round, slots, left }: OpenRound, inFull: boolean): Block[] {
  const closes = { time: round.closesAt, zone: round.team.zone, show: 'both' } as const
  const title = bold(namedRound(round, slots))
  if (left.length === 0) return [text(title, ': you have answered. The reveal comes ', closes, '.')]
  const open = text(title, ' can be answered until ', closes, '.')
  if (inFull) return [open, ...leftBlocks(round, slots, left)]
  const ask = ({ slot }: SlotView, i: number) =>
    button(
      roundIds.ask.id({ round: round.id, slot }),
      left.length === 1 ? 'Answer' : `Answer ${i + 1}`,
      'primary',
    )
  return [open, ...buttons(...left.map(ask))]
}

function missedBlocks(missed: readonly Missed[]): Block[] {
  if (missed.length === 0) return []
  const stems = missed.slice(0, SHOWN_MISSES).map(({ question, topic }) => {
    const asked = 'stem' in question ? question.stem : conceptInWords(question)
    const stem = short(asked, STEM)
    return [topic === undefined ? isolated(stem) : sentence`${topic}: ${stem}`]
  })
  return [heading('Missed lately'), bullets(...stems)]
}

/** `hidden`: undefined for non-members, about whom nothing is stored. */
function privacyBlocks({ hidden, mentioned, directly, shares }: HomeView): Block[] {
  if (hidden === undefined) return [note('Nothing is stored about you yet.')]
  return [
    note('Only answers are stored, and the name that is shown.'),
    note(shares ? SHARED : NOT_SHARED),
    ...ownDataButtons({ hidden, mentioned, directly, shares }),
  ]
}

/**
 * The actions on a member's own data. `directly`: whether questions come as direct messages; undefined if the
 * chat has none.
 */
export function ownDataButtons({ hidden, mentioned, directly, shares }: OwnData): Block[] {
  return buttons(
    button(
      memberIds.hide.id({ hidden: !hidden }),
      hidden ? 'Show my name on boards' : 'Hide my name on boards',
    ),
    hidden
      ? undefined
      : button(
          memberIds.mention.id({ mentioned: !mentioned }),
          mentioned ? 'Do not mention me on podiums' : 'Mention me on podiums',
        ),
    directly === undefined
      ? undefined
      : button(
          memberIds.directly.id({ directly: !directly }),
          directly ? 'Answer in the channel only' : 'Answer by direct message',
        ),
    shareButton(shares),
    button(memberIds.exportData.id({}), 'Get my data'),
    button(memberIds.askToForget.id({}), 'Delete my data', 'danger'),
  )
}
