/**
 * One member's own page: streak, week, what went wrong lately, the next question, and the choices about their
 * data.
 */
import type { Question, Ranked, Team } from '../../core/model.js'
import { short, type Text } from '../../core/text.js'
import { type Block, bullets, button, buttons, type Card, fields, heading, note, text } from '../ui/card.js'
import { memberIds, practiceIds } from '../ui/ids.js'
import { count } from './wording.js'

export interface TeamView {
  readonly team: Team
  /** Days in a row, now. */
  readonly streak: number
  readonly week: Ranked | undefined
}

/** A question answered wrong and not right since, and the title of what it is about. */
export interface Missed {
  readonly question: Question
  readonly topic: string
}

const SHOWN_MISSES = 5
const STEM = 160

/** `missed`: the latest first. */
export function homeCard(
  teams: readonly TeamView[],
  missed: readonly Missed[],
  hidden: boolean | undefined,
  mentioned = false,
): Card {
  return {
    title: 'Your study',
    blocks: [
      ...(teams.length === 0
        ? [
            text(
              'No team of yours is shown here: answer the question of the day in its channel. Practice is always open.',
            ),
          ]
        : teams.flatMap(teamBlocks)),
      ...missedBlocks(missed),
      ...buttons(button(practiceIds.more.id({ topic: '-' }), 'Practise', 'primary')),
      { kind: 'divider' },
      ...privacyBlocks(hidden, mentioned),
    ],
  }
}

function teamBlocks({ team, streak, week }: TeamView): Block[] {
  const next: Text =
    team.nextPostAt === undefined ? ['paused'] : [{ time: team.nextPostAt, zone: team.zone, show: 'both' }]
  return [
    heading(team.name),
    fields({
      Streak: count(streak, 'day'),
      'This week': week ? `${count(week.points, 'point')}, rank ${week.rank}` : 'no answer yet',
      'Next question': next,
    }),
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
function privacyBlocks(hidden: boolean | undefined, mentioned: boolean): Block[] {
  if (hidden === undefined) return [note('Nothing is stored about you yet.')]
  return [note('Only answers are stored, and the name that is shown.'), ...ownDataButtons(hidden, mentioned)]
}

/** What a member may do with what is stored about them. */
export function ownDataButtons(hidden: boolean, mentioned: boolean): Block[] {
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
    button(memberIds.exportData.id({}), 'Get my data'),
    button(memberIds.askToForget.id({}), 'Delete my data', 'danger'),
  )
}
