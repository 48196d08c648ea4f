/** The state of a team, and notices about it to its admins. */
import type { Bank } from '../../content/bank.js'
import { type Figure, MIN_PEOPLE } from '../../core/group-figures.js'
import type { Pack, Round, Team } from '../../core/model.js'
import { isolated, sentence, short, type Text } from '../../core/text.js'
import type { Refusable } from '../ports/deliveries.js'
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
import { type Change, isSame, shownValue } from '../ui/form.js'
import { controlIds, teamIds } from '../ui/ids.js'
import { clock, dayList, packName } from './schedule-words.js'
import { exampleQuery } from './topic.js'
import { count, dayOf, inFigures } from './wording.js'

/** `pack`: shown if there are several packs. */
function schedule(team: Team, pack: Pack | undefined): Record<string, Text | string> {
  return {
    ...(pack && { Exam: packName(pack) }),
    Channel: [{ channel: team.channel }],
    When: `${clock(team.minute)}, ${dayList(team.days)} (${team.zone})`,
    Questions: `${team.count} a day, open for ${count(team.openHours, 'hour')}`,
    Topics: team.topics.length === 0 ? 'all' : count(team.topics.length, 'topic'),
    ...(team.thread && { Discussion: 'a thread under each answer' }),
  }
}

export interface Saved {
  /** Whether today, in the team's zone, has had its question. */
  readonly hadToday: boolean
  /** Why the platform does not let Cohort post in the channel. */
  readonly refused?: string | undefined
  /** Changes by others while the form was open. */
  readonly changes?: readonly Change[]
  /** Shown if there are several packs. */
  readonly pack?: Pack | undefined
  /** The team as it was before the move, and its rounds that stay open in the earlier channel. */
  readonly moved?: { readonly from: Team; readonly open: readonly Round[] } | undefined
}

export function savedCard(team: Team, { hadToday, refused, changes = [], pack, moved }: Saved): Card {
  const warning = refused === undefined ? [] : [text(bold('Cohort cannot post there yet. '), refused)]
  return {
    title: sentence`${team.name} is set up`,
    blocks: [
      ...warning,
      fields(schedule(team, pack)),
      ...changed(changes),
      ...(moved ? movedWords(moved.from, moved.open) : []),
      ...nextLine(team, hadToday),
      ...buttons(hadToday || team.paused ? undefined : actButton(team, 'post', 'Post a question now')),
    ],
  }
}

/** The effect of a move on points and on open rounds. */
function movedWords(from: Team, open: readonly Round[]): Block[] {
  return [
    text('It moved here. Points, streaks and the season moved with it.'),
    ...(from.goneAt === undefined ? openWords(open, from.channel) : []),
  ]
}

export function openWords(open: readonly Round[], channel: string): Block[] {
  return open.map((round) =>
    text(
      `The question of ${dayOf(round.date)} stays in `,
      { channel },
      ' and can be answered there; its answer comes there too.',
    ),
  )
}

function changed(changes: readonly Change[]): Block[] {
  if (changes.length === 0) return []
  const words = (change: Change, value: Change['is']) => short(shownValue(change.field, value), 200) || 'none'
  return [
    heading('Changed by somebody else since you opened the form'),
    bullets(
      ...changes.map((change) => [
        bold(change.field.label),
        sentence`: from ${words(change, change.was)} to ${words(change, change.is)}`,
        isSame(change.now, change.is)
          ? '. This was kept.'
          : sentence`. Your value replaced it: ${words(change, change.now)}.`,
      ]),
    ),
  ]
}

const actButton = ({ id }: Team, what: 'post' | 'close' | 'pause' | 'resume', label: string) =>
  button(controlIds.act.id({ team: id, what }), label)

function nextLine(team: Team, hadToday = false): Block[] {
  if (team.nextPostAt === undefined) return [text('Paused: nothing is posted until /team resume.')]
  return [
    text(
      hadToday ? 'Today has had its question. The next one: ' : 'Next question: ',
      { time: team.nextPostAt, zone: team.zone, show: 'both' },
      '.',
    ),
  ]
}

export interface Insight {
  readonly members: number
  /** Concepts whose figures may be shown, weakest first. */
  readonly weakest: readonly { readonly concept: string; readonly figure: Figure }[]
}

export interface OpenRound {
  readonly round: Round
  /** The round's channel, if the team is in another one by now. */
  readonly elsewhere?: Elsewhere | undefined
}

export interface Elsewhere {
  /** Undefined for a channel that the reader does not see. */
  readonly channel: string | undefined
  /** The address of the message. */
  readonly link?: string | undefined
}

/** Says that a round `is open in #somewhere (go there) until …`. */
export function openInWords({ round, elsewhere }: OpenRound): Text {
  const { channel, link } = elsewhere ?? {}
  const where: Text =
    channel === undefined
      ? ['in a channel that you do not see']
      : ['in ', { channel }, ...(link === undefined ? [] : [' (', { link, text: ['go there'] }, ')'])]
  const until = { time: round.closesAt, zone: round.team.zone, show: 'both' } as const
  return [...(elsewhere ? [' is open ', ...where] : [' is open']), ' until ', until]
}

/** `rounds`: those that can be answered; `credit`: the source of the pack. */
export function statusCard(
  team: Team,
  rounds: readonly OpenRound[],
  insight: Insight,
  admin: boolean,
  pack?: Pack,
  trouble: readonly Block[] = [],
  credit: readonly Block[] = [],
): Card {
  const open = rounds.length > 0
  return {
    title: isolated(team.name),
    blocks: [
      fields({ ...schedule(team, pack), Members: String(insight.members) }),
      ...trouble,
      ...nextLine(team),
      ...rounds.map((one) => text(`The question of ${dayOf(one.round.date)}`, ...openInWords(one), '.')),
      ...weakest(insight),
      ...(admin
        ? buttons(
            team.paused
              ? undefined
              : open
                ? actButton(team, 'close', 'Close the round now')
                : actButton(team, 'post', 'Post a question now'),
            team.paused ? actButton(team, 'resume', 'Resume') : actButton(team, 'pause', 'Pause'),
            button(teamIds.openSetup.id({ team: team.id }), 'Change the setup'),
          )
        : []),
      ...credit,
    ],
  }
}

function weakest(insight: Insight): Block[] {
  if (insight.weakest.length === 0)
    return [
      note(
        `Where the team is weak is shown by the week, from ${MIN_PEOPLE} people who answered on, so that nobody is singled out.`,
      ),
    ]
  return [
    heading('Where the team is weakest'),
    bullets(...insight.weakest.map(({ concept, figure }) => [sentence`${concept}: ${inFigures(figure)}`])),
  ]
}

export function welcomeCard(team: Team, bank: Bank): Card {
  return {
    title: 'Welcome to Cohort',
    blocks: [
      text(
        sentence`${team.name} prepares for its exam here: a question a day, answered privately, revealed to all when it closes.`,
      ),
      bullets(
        ['Answer the question of the day with its buttons.'],
        [`Type /explain ${exampleQuery(bank) ?? 'and a word'} to look something up.`],
        ['Type /quiz to practise by yourself, /help for the rest.'],
      ),
    ],
  }
}

export function goneCard(team: Team): Card {
  return {
    title: sentence`${team.name} is paused`,
    blocks: [
      text(
        'Its channel was deleted or archived, or Cohort can no longer see it, so nothing can be posted there. Type /team move in the channel where the team goes on: its points, streaks and season move with it. /team list shows where each team is.',
      ),
    ],
  }
}

/** The title of the notice and the name of the post, for each kind that a team did not get. */
const MISSED: { readonly [K in Refusable]: { readonly title: string; readonly what: string } } = {
  round: { title: 'The daily question could not be posted', what: 'its question' },
  reveal: { title: 'The answer of the day could not be posted', what: 'the answer to its question' },
  podium: { title: 'The podium could not be posted', what: 'the podium of its season' },
  notice: { title: 'A corrected key could not be announced', what: 'the notice that a key was corrected' },
  idle: { title: 'Nobody answers the questions', what: 'the question whether to pause' },
  'new-exam': { title: 'An exam is no longer held', what: 'the question which exam it takes' },
  review: { title: 'Questions wait for review', what: 'the notice about them' },
  report: { title: 'The weekly report could not be posted', what: 'its weekly report' },
}

/** `isOver`: it is not tried again. */
export function refusedCard(team: Team, what: Refusable, reason: string, isOver = false): Card {
  const missed = MISSED[what]
  const next = isOver
    ? 'It is not tried again. This is said once.'
    : what === 'round'
      ? 'Fix it, then use /team post-now. This is said once; Cohort keeps trying while the round is open.'
      : KEEPS_TRYING
  return {
    title: missed.title,
    blocks: [text(sentence`${team.name} did not get ${missed.what}: ${reason}`), text(next)],
  }
}

const KEEPS_TRYING = 'Fix it there. This is said once; Cohort keeps trying.'

/** Confirms what an admin has just done to the team. */
export const postedCard = (): Card => ({
  title: 'Posted',
  blocks: [text('Today’s question is in the channel.')],
})

export const closedCard = (): Card => ({
  title: 'Closed',
  blocks: [text('The round is closed and the answer is in the channel.')],
})

export const pausedCard = (): Card => ({
  title: 'Paused',
  blocks: [text('Nothing is posted until /team resume. Streaks stay as they are.')],
})

export const resumedCard = ({ zone }: Team, nextPostAt: number): Card => ({
  title: 'Resumed',
  blocks: [text('Next question: ', { time: nextPostAt, zone, show: 'both' }, '.')],
})

/** The reply to an admin who keeps a team going in which nobody answers. */
export const goesOnCard = (team: Team | undefined): Card => ({
  title: 'They keep coming',
  blocks: [
    text(
      sentence`${team?.name ?? 'The team'} goes on. You are asked again only after somebody has answered in between.`,
    ),
  ],
})
