/** The report of a team's weeks, made from what may be shown. */

import { conceptInWords } from '../../core/concept.js'
import { byDomain, byPhase, type Cell, joinWeeks } from '../../core/group-figures.js'
import type { Question, Team } from '../../core/model.js'
import { DAY_MS } from '../../core/time.js'
import type { DomainLine, TeamReportView } from '../cards/team-report.js'
import type { Deps } from '../deps.js'
import { questionsByConcept } from '../member/plan-concepts.js'
import type { FileBlock } from '../ui/card.js'
import { reportCsv } from './team-report-csv.js'
import { cellsOf, teamWeeks, weakestInWords } from './team-weeks.js'

const WEAKEST = 3
const SUSPECTS = 3
const PROBLEMS = 5
const PROBLEMS_MS = 7 * DAY_MS

/** `file`: the same report as CSV. */
export async function teamReport(
  team: Team,
  deps: Deps,
): Promise<{ readonly view: TeamReportView; readonly file: FileBlock }> {
  const weeks = await teamWeeks(team, deps)
  const week = weeks.at(-1)
  if (!week) throw new Error('the week that is over was not made')
  const [history, shared, problems, flagged] = await Promise.all([
    deps.store.teamHistory(team.id),
    deps.store.sharedProgress(team.id, week.week),
    deps.store.problemsOf(team.id, deps.clock() - PROBLEMS_MS),
    deps.store.suspectKeys(team.pack),
  ])
  const cells = cellsOf(team, weeks)
  const wasOver = (id: string) => (history.get(id)?.answered ?? 0) > 0
  const view: TeamReportView = {
    ...{ team, week, shared, before: weeks.at(-2) },
    trend: joinWeeks(weeks),
    ...byPhase(cells),
    domains: domainsOf(team, cells, (id) => history.has(id), deps),
    weakest: weakestInWords(cells, WEAKEST, team, deps),
    problems: problems.slice(0, PROBLEMS).flatMap(({ question, reason }) => {
      const asked = stemOf(deps.questions.question(question))
      return asked === undefined ? [] : [{ asked, reason }]
    }),
    // Questions that the team has not been asked yet are not mentioned.
    suspects: flagged
      .filter(wasOver)
      .slice(0, SUSPECTS)
      .flatMap((id) => stemOf(deps.questions.question(id)) ?? []),
  }
  return { view, file: fileOf(view) }
}

const fileOf = (view: TeamReportView): FileBlock => ({
  kind: 'file',
  name: `team-report-${view.week.week}.csv`,
  mime: 'text/csv',
  content: Buffer.from(reportCsv(view)),
})

export function stemOf(question: Question | undefined): string | undefined {
  if (!question) return undefined
  switch (question.kind) {
    case 'case':
      return question.scenario
    case 'template':
      return conceptInWords(question)
    case 'choice':
    case 'response':
    case 'ordering':
    case 'matching':
      return question.stem
  }
}

/** Domains of the exam that the team prepares for; nothing for a pack without an exam. */
function domainsOf(
  team: Team,
  cells: readonly Cell[],
  isAsked: (question: string) => boolean,
  { packs, questions }: Deps,
): DomainLine[] {
  const domains = packs.get(team.pack) ? (packs.preparing(team).bank.pack.exams[0]?.domains ?? []) : []
  if (domains.length === 0) return []
  const figures = byDomain(cells)
  const concepts = [...questionsByConcept(questions.about(team, [])).values()]
  const lines = domains.map(({ number, title }): DomainLine => {
    const own = concepts.filter(([first]) => first?.domain === number)
    const asked = own.filter((siblings) => siblings.some(({ id }) => isAsked(id))).length
    const figure = figures.find(({ domain }) => domain === number)?.figure
    return { title: `${number} ${title}`, met: { asked, of: own.length }, figure }
  })
  const others = figures.find(({ domain }) => domain === undefined)?.figure
  return others ? [...lines, { title: undefined, figure: others }] : lines
}
