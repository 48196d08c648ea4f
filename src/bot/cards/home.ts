/** One member's own page: streak, week, what went wrong lately, the next question, and the choices about their data. */
import type { Bank } from '../../content/bank.js'
import type { Ranked, Team } from '../../core/model.js'
import { short, type Text } from '../../core/text.js'
import { type Block, bullets, button, buttons, type Card, fields, heading, note, text } from '../ui/card.js'
import { memberIds, practiceIds } from '../ui/ids.js'
import { count } from './voice.js'

export interface TeamView {
  readonly team: Team
  /** Days in a row, now. */
  readonly streak: number
  readonly week: Ranked | undefined
}

const SHOWN_MISSES = 5
const STEM = 160

/** `missed`: ids of questions answered wrong and not right since, the latest first. */
export function homeCard(teams: readonly TeamView[], missed: readonly string[], hidden: boolean | undefined, bank: Bank): Card {
  return {
    title: 'Your study',
    blocks: [
      ...(teams.length === 0
        ? [text('No team of yours is shown here: answer the question of the day in its channel. Practice is always open.')]
        : teams.flatMap(teamBlocks)),
      ...missedBlocks(missed, bank),
      ...buttons(button(practiceIds.more.id({ topic: '-' }), 'Practise', 'primary')),
      { kind: 'divider' },
      ...privacyBlocks(hidden),
    ],
  }
}

function teamBlocks({ team, streak, week }: TeamView): Block[] {
  const next: Text = team.nextPostAt === undefined ? ['paused'] : [{ time: team.nextPostAt, zone: team.zone, show: 'both' }]
  return [
    heading(team.name),
    fields({
      Streak: count(streak, 'day'),
      'This week': week ? `${count(week.points, 'point')}, rank ${week.rank}` : 'no answer yet',
      'Next question': next,
    }),
  ]
}

function missedBlocks(missed: readonly string[], bank: Bank): Block[] {
  const stems = missed.flatMap((id) => {
    const question = bank.question(id)
    const [topic] = question?.topics ?? []
    if (!question || !topic) return []
    const asked = 'stem' in question ? question.stem : question.concept
    return [[`${bank.topic(topic)?.title ?? topic}: ${short(asked, STEM)}`]]
  })
  return stems.length === 0 ? [] : [heading('Missed lately'), bullets(...stems.slice(0, SHOWN_MISSES))]
}

/** `hidden` is undefined for who is no member: nothing is stored about them. */
function privacyBlocks(hidden: boolean | undefined): Block[] {
  if (hidden === undefined) return [note('Nothing is stored about you yet.')]
  return [note('Only answers are stored, and the name that is shown.'), ...ownDataButtons(hidden)]
}

/** What a member may do with what is stored about them. */
export function ownDataButtons(hidden: boolean): Block[] {
  return buttons(
    button(memberIds.hide.id({ hidden: !hidden }), hidden ? 'Show my name on boards' : 'Hide my name on boards'),
    button(memberIds.exportData.id({}), 'Get my data'),
    button(memberIds.askToForget.id({}), 'Delete my data', 'danger'),
  )
}
