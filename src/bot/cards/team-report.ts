/**
 * The report to the admins of a team about its weeks: figures of groups, and names only of members who share.
 */
import { type Figure, MIN_PEOPLE } from '../../core/group-figures.js'
import type { Team } from '../../core/model.js'
import { mondayOf } from '../../core/schedule.js'
import { isolated, short } from '../../core/text.js'
import type { SharedProgress, TeamReport } from '../ports/team-reports.js'
import {
  type Block,
  bold,
  bullets,
  type Card,
  type FileBlock,
  fields,
  heading,
  note,
  text,
} from '../ui/card.js'
import { teamReportIds } from '../ui/ids.js'
import { count, dayOf, inFigures, percent } from './wording.js'

export interface TeamReportView {
  readonly team: Team
  /** The last week that is over, and the one before. */
  readonly week: TeamReport
  readonly before: TeamReport | undefined
  /**
   * Weeks with a figure, oldest first; `from`: the first week, if it includes weeks that were too small
   * alone.
   */
  readonly trend: readonly { readonly from: string; readonly week: string; readonly figure: Figure }[]
  readonly first: Figure | undefined
  readonly sibling: Figure | undefined
  readonly domains: readonly DomainLine[]
  readonly weakest: readonly {
    readonly concept: string
    readonly figure: Figure
    readonly wrong: string | undefined
  }[]
  readonly shared: readonly SharedProgress[]
  /** Problems reported in the last seven days. */
  readonly problems: readonly { readonly asked: string; readonly reason: string }[]
  /** Questions whose key may be wrong, judged by the answers of all people. */
  readonly suspects: readonly string[]
}

export interface DomainLine {
  /** Undefined for the domains that are too small to be shown alone. */
  readonly title: string | undefined
  /** Concepts of the domain that the team has been asked about, and how many it has. */
  readonly met?: { readonly asked: number; readonly of: number }
  readonly figure: Figure | undefined
}

const SHOWN_WEEKS = 6
const STEM = 160

/** `more`: blocks after the figures, such as buttons. `late`: it could not be sent when it was due. */
export function teamReportCard(
  view: TeamReportView,
  file: FileBlock,
  { more = [], late = false }: { readonly more?: readonly Block[]; readonly late?: boolean } = {},
): Card {
  return {
    title: `${isolated(view.team.name)}: ${weekName(view.week.week)}`,
    again: teamReportIds.show.id({ team: view.team.id }),
    blocks: [
      ...(late ? [note('This report is late: Cohort could not send it on Monday at 9:00.')] : []),
      fields(head(view)),
      ...trendBlocks(view),
      ...domainBlocks(view),
      ...weakestBlocks(view),
      ...sharedBlocks(view),
      ...problemBlocks(view),
      note(
        `Answers to the questions of the day, of weeks that are over; practice is nobody's business. A figure stands on ${MIN_PEOPLE} people and 8 answers or more, also when two are subtracted.`,
      ),
      file,
      ...more,
    ],
  }
}

const weekName = (week: string) => `week of ${dayOf(mondayOf(week)).replace(/^\S+ /, '')}`

function head({ week, before, trend, first, sibling }: TeamReportView): Record<string, string> {
  const last = trend.at(-1)
  const isThis = last?.week === week.week
  return {
    'Took part': `${ofMembers(week)}${before ? `; the week before ${inSteps(before.people)}` : ''}`,
    Right:
      isThis && last
        ? `${inFigures(last.figure)}${last.from === last.week ? '' : `, since the ${weekName(last.from)}`}`
        : 'too few answers for a figure: this week joins the next',
    ...(first && { 'First tries': inFigures(first) }),
    ...(sibling && { 'Siblings later': inFigures(sibling) }),
  }
}

/** A range never ends above the number of members, which is known anyway. */
function ofMembers({ people, members }: { readonly people: number; readonly members: number }): string {
  const all = count(members, 'member')
  if (members < MIN_PEOPLE) return `too few for a figure, in a team of ${all}`
  if (people === 0) return `${inSteps(people)} of ${all}`
  const most = Math.max(people, Math.min(people + MIN_PEOPLE - 1, members))
  return `${most === people ? people : `${people} to ${most}`} of ${all}`
}

/** The number of people as a range of five. */
function inSteps(people: number): string {
  return people === 0 ? `fewer than ${MIN_PEOPLE}` : `${people} to ${people + MIN_PEOPLE - 1}`
}

function trendBlocks({ trend }: TeamReportView): Block[] {
  const weeks = trend.slice(-SHOWN_WEEKS)
  if (weeks.length === 0) return []
  const ranges = weeks.map(({ week, figure: { low, high } }) => ({
    label: weekName(week),
    low: percent(low),
    high: percent(high),
  }))
  const told = ranges.map(({ label, low, high }) => `${label}: ${low}-${high} %`).join('. ')
  return [
    {
      kind: 'image',
      picture: { kind: 'ranges', title: 'Right answers by week', ranges },
      alt: `Right answers by week. ${told}.`,
    },
    bullets(...weeks.map(({ week, figure }) => [`${weekName(week)}: ${inFigures(figure)}`])),
  ]
}

function domainBlocks({ domains }: TeamReportView): Block[] {
  if (domains.length === 0) return []
  const rows = domains.map(({ title, met, figure }) => [
    [isolated(title ?? 'Other domains, together')],
    [met ? `${met.asked} of ${met.of}` : ''],
    [figure ? `${percent(figure.share)} % of ${figure.answered}` : 'with the others'],
  ])
  const header = [['Domain'], ['Concepts asked'], ['Right']]
  return [heading('By domain'), { kind: 'table', header, rows, sideBySide: true }]
}

function weakestBlocks({ weakest }: TeamReportView): Block[] {
  if (weakest.length === 0) return []
  return [
    heading('Where the team is weakest'),
    bullets(
      ...weakest.map(({ concept, figure, wrong }) => [
        bold(isolated(concept)),
        `: ${inFigures(figure)}`,
        wrong === undefined ? '' : `. Most chosen in place of the key: ${isolated(wrong)}`,
      ]),
    ),
  ]
}

function sharedBlocks({ shared }: TeamReportView): Block[] {
  if (shared.length === 0) return []
  return [
    heading('Who shares their progress'),
    bullets(
      ...shared.map(({ name, answered, right }) => [
        `${isolated(name)}: ${right} of ${count(answered, 'answer')} right`,
      ]),
    ),
  ]
}

function problemBlocks({ problems, suspects }: TeamReportView): Block[] {
  return [
    ...(problems.length === 0
      ? []
      : [
          heading('Reported questions'),
          bullets(...problems.map(({ asked, reason }) => [`${short(asked, STEM)} (${reason})`])),
        ]),
    ...(suspects.length === 0
      ? []
      : [
          heading('Look at these keys'),
          text('Those who know most choose something else more often than the key:'),
          bullets(...suspects.map((asked) => [short(asked, STEM)])),
        ]),
  ]
}
