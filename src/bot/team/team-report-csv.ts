/** The report of a team's weeks for a spreadsheet: the figures that its card shows, and no others. */

import { csv } from '../../core/csv.js'
import type { Figure } from '../../core/group-figures.js'
import type { TeamReportView } from '../cards/team-report.js'
import { percent } from '../cards/wording.js'

const HEADER = ['what', 'name', 'from', 'week', 'people_from', 'members', 'asked', 'of', 'answers']
const SHARES = ['right_percent', 'low_percent', 'high_percent', 'note']

type Row = Partial<Record<(typeof HEADER | typeof SHARES)[number], string | number>>

export function reportCsv(view: TeamReportView): string {
  const columns = [...HEADER, ...SHARES]
  return csv([columns, ...rowsOf(view).map((row) => columns.map((column) => row[column] ?? ''))])
}

function rowsOf(view: TeamReportView): Row[] {
  const { week, before, trend, first, sibling, domains, weakest, shared, problems, suspects } = view
  return [
    ...[before, week].flatMap((one) =>
      one ? [{ what: 'took part', week: one.week, people_from: one.people, members: one.members }] : [],
    ),
    ...trend.map(({ from, week, figure }) => ({ what: 'right', from, week, ...numbers(figure) })),
    ...(first ? [{ what: 'first tries', ...numbers(first) }] : []),
    ...(sibling ? [{ what: 'siblings later', ...numbers(sibling) }] : []),
    ...domains.map(({ title, met, figure }) => ({
      ...{ what: 'domain', name: title ?? 'other domains' },
      ...met,
      ...(figure && numbers(figure)),
    })),
    ...weakest.map(({ concept, figure, wrong }) => ({
      ...{ what: 'weakest', name: concept, ...numbers(figure) },
      ...(wrong !== undefined && { note: wrong }),
    })),
    ...shared.map(({ name, answered, right }) => ({
      ...{ what: 'shares', name, answers: answered, right_percent: Math.round((100 * right) / answered) },
    })),
    ...problems.map(({ asked, reason }) => ({ what: 'reported', name: asked, note: reason })),
    ...suspects.map((asked) => ({ what: 'key to look at', name: asked })),
  ]
}

function numbers({ answered, share, low, high }: Figure): Row {
  return {
    ...{ answers: answered, right_percent: percent(share) },
    ...{ low_percent: percent(low), high_percent: percent(high) },
  }
}
