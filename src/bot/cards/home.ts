/**
 * One member's own page: streak, week, what went wrong lately, the next question, and the choices about their
 * data.
 */
import type { Question, Ranked, Team } from '../../core/model.js'
import { short, type Text } from '../../core/text.js'
import type { Rests } from '../ports/store.js'
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
import { memberIds, practiceIds } from '../ui/ids.js'
import { MISSED } from '../ui/params.js'
import { restsLine } from './board.js'
import { count } from './wording.js'

export interface TeamView {
  readonly team: Team
  /** Days in a row, now. */
  readonly streak: number
  readonly freezes: number
  readonly week: Ranked | undefined
  /** How many members the board of the week has. */
  readonly members: number
  /** Points of this week in rounds that are open. */
  readonly open: number
  readonly rests: Rests | undefined
}

/** A question answered wrong and not right since, and the title of what it is about. */
export interface Missed {
  readonly question: Question
  readonly topic: string
}

export const SHOWN_MISSES = 5
const STEM = 160

/** `missed`: the latest first. `here`: the team of the channel, for whoever has not joined it. */
export function homeCard(
  teams: readonly TeamView[],
  here: Team | undefined,
  missed: readonly Missed[],
  hidden: boolean | undefined,
): Card {
  return {
    title: 'Your study',
    blocks: [
      ...(teams.length === 0 && !here
        ? [
            text(
              'No team of yours is shown here: answer the question of the day in its channel. Practice is always open.',
            ),
          ]
        : teams.flatMap(teamBlocks)),
      ...(here ? notJoined(here) : []),
      ...missedBlocks(missed),
      ...buttons(
        missed.length > 0
          ? button(practiceIds.more.id({ topic: MISSED }), 'Practise these', 'primary')
          : undefined,
        button(practiceIds.more.id({ topic: '-' }), 'Practise', missed.length > 0 ? undefined : 'primary'),
      ),
      { kind: 'divider' },
      ...privacyBlocks(hidden),
    ],
  }
}

const nextQuestion = ({ nextPostAt, zone }: Team): Text =>
  nextPostAt === undefined ? ['paused'] : [{ time: nextPostAt, zone, show: 'both' }]

function teamBlocks(view: TeamView): Block[] {
  const { team, streak, freezes, rests } = view
  return [
    heading(team.name),
    fields({
      Streak: `${count(streak, 'day')}, ${count(freezes, 'freeze')} in hand`,
      'This week': weekOf(view),
      'Next question': nextQuestion(team),
    }),
    ...(rests === undefined
      ? []
      : [text(bold('You rest. '), restsLine(rests), ' Your next answer brings you back.')]),
  ]
}

/** Ranks count closed rounds. */
function weekOf({ week, members, open }: TeamView): string {
  const later = open > 0 ? `${count(open, 'point')} to come when the open round closes` : ''
  if (!week) return later || 'no answer yet'
  return `${count(week.points, 'point')}, rank ${week.rank} of ${members}${later && `; ${later}`}`
}

function notJoined(team: Team): Block[] {
  return [
    heading(team.name),
    text('You have not joined this team: your first answer to its question of the day does.'),
    fields({ 'Next question': nextQuestion(team) }),
  ]
}

function missedBlocks(missed: readonly Missed[]): Block[] {
  if (missed.length === 0) return []
  const stems = missed.slice(0, SHOWN_MISSES).map(({ question, topic }) => {
    const asked = 'stem' in question ? question.stem : question.concept
    return [`${topic}: ${short(asked, STEM)}`]
  })
  return [heading('Missed lately'), bullets(...stems)]
}

/** `hidden` is undefined for who is no member: nothing is stored about them. */
function privacyBlocks(hidden: boolean | undefined): Block[] {
  if (hidden === undefined) return [note('Nothing is stored about you yet.')]
  return [note('Only answers are stored, and the name that is shown.'), ...ownDataButtons(hidden)]
}

/** What a member may do with what is stored about them. */
export function ownDataButtons(hidden: boolean): Block[] {
  return buttons(
    button(
      memberIds.hide.id({ hidden: !hidden }),
      hidden ? 'Show my name on boards' : 'Hide my name on boards',
    ),
    button(memberIds.exportData.id({}), 'Get my data'),
    button(memberIds.askToForget.id({}), 'Delete my data', 'danger'),
  )
}
