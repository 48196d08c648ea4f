/** The weeks of a team as they may be shown: each is made when it is over, once, and never changes. */

import { placedByTopics } from '../../content/exam-view.js'
import { conceptInWords } from '../../core/concept.js'
import {
  type AskedItem,
  type Cell,
  MIN_PEOPLE,
  type Phase,
  weakestConcepts,
  weekCells,
} from '../../core/group-figures.js'
import type { ItemInstance, Team } from '../../core/model.js'
import { isoWeek, periodNow } from '../../core/schedule.js'
import { short } from '../../core/text.js'
import { DAY_MS } from '../../core/time.js'
import type { Deps } from '../deps.js'
import { questionsByConcept } from '../member/plan-concepts.js'
import type { TeamReport, Unreported } from '../ports/team-reports.js'
import { instantiateVersion } from '../rounds/instantiate.js'

/** The number of weeks that count; older ones are in no figure. */
const WEEKS = 12
const WEEK_MS = 7 * DAY_MS
const MAX_OPTION = 200
/** The longest name of a concept. */
const MAX_CONCEPT = 80

/** The latest weeks that are over, oldest first, from the team's first question on; at least one. */
export async function teamWeeks(team: Team, deps: Deps): Promise<TeamReport[]> {
  const weekAgo = (ago: number) => periodNow('week', deps.clock() - ago * WEEK_MS, team.zone)
  const all = Array.from({ length: WEEKS }, (_, i) => weekAgo(WEEKS - i))
  const [from = '', last = from] = [all[0], all.at(-1)]
  const made = await deps.store.teamReports(team.id, from)
  if (made.at(-1)?.week === last) return made
  const asked = await deps.store.firstAsked(team.id)
  const began = [...asked.values()].map(isoWeek).sort()[0] ?? last
  const isMade = new Set(made.map(({ week }) => week))
  const missing = all.filter((week) => week === last || (week >= began && !isMade.has(week)))
  for (const week of missing) await makeWeek({ week, from, asked }, team, deps)
  return deps.store.teamReports(team.id, from)
}

interface Making {
  readonly week: string
  /** The first week whose questions count. */
  readonly from: string
  /** When each question was first asked; ISO dates. */
  readonly asked: ReadonlyMap<string, string>
}

/** Makes the report of a week. Two processes may read the same data at once; one of them saves it. */
async function makeWeek({ week, from, asked }: Making, team: Team, deps: Deps): Promise<void> {
  const { store } = deps
  const over = await store.unreported(team.id, from, week)
  const sharing = over.length > 0 ? await store.sharing(team.id) : []
  const phaseOf = phases(asked, deps)
  const items = await Promise.all(over.map((one) => askedItem(one, phaseOf(one), team, deps)))
  const made = weekCells(
    items.filter((item) => item !== undefined),
    (person) => sharing.includes(person),
  )
  await store.saveTeamReport({
    ...{ team: team.id, week, at: deps.clock(), cells: made.cells, named: made.isNamed ? sharing : [] },
    items: made.items,
  })
}

type Item = AskedItem & Pick<Unreported, 'round' | 'slot'>

/** Undefined for a question that no longer exists: nobody knows what it was about. */
async function askedItem(one: Unreported, phase: Phase, team: Team, deps: Deps): Promise<Item | undefined> {
  const question = deps.questions.question(one.question)
  if (!question) return undefined
  const { pack, concept } = question
  // The team's exam may put it into another domain than the first exam that it serves.
  const { bank } = deps.packs.preparing(team)
  const { domain } = bank.question(one.question) ?? placedByTopics(question, bank.questionsFor)
  const wrong = await mostChosenWrong(one, deps)
  return { ...one, pack, concept, domain, phase, ...(wrong !== undefined && { wrong }) }
}

/** Whether the team had been asked about the concept on an earlier day, and by which question. */
function phases(asked: ReadonlyMap<string, string>, { questions }: Deps): (one: Unreported) => Phase {
  const conceptOf = (id: string) => {
    const question = questions.question(id)
    return question && `${question.pack}/${question.concept}`
  }
  const first = new Map<string, string>()
  for (const [id, date] of asked) {
    const concept = conceptOf(id)
    if (concept !== undefined && date < (first.get(concept) ?? '9999')) first.set(concept, date)
  }
  return ({ question, date }) => {
    if ((asked.get(question) ?? date) < date) return 'again'
    return (first.get(conceptOf(question) ?? '') ?? date) < date ? 'sibling' : 'first'
  }
}

/** The text of the wrong option that most people chose; undefined if fewer than five did. */
async function mostChosenWrong(one: Unreported, deps: Deps): Promise<string | undefined> {
  if (one.answers.length === 0) return undefined
  const item = (await instantiateVersion(one, deps).catch(() => undefined))?.items[one.item]
  if (item?.kind !== 'choice' && item?.kind !== 'response') return undefined
  const [most] = wrongOptions(item, one).sort((a, b) => b.count - a.count)
  return most && most.count >= MIN_PEOPLE ? short(most.text, MAX_OPTION) : undefined
}

function wrongOptions(item: ItemInstance, { answers }: Unreported) {
  const chose = (letter: string) =>
    answers.filter(({ answer }) => answer.includes(letter)).reduce((sum, one) => sum + one.count, 0)
  return item.options
    .filter(({ letter }) => !item.key.includes(letter))
    .map(({ letter, text }) => ({ text, count: chose(letter) }))
}

/** The cells about what the team prepares for now. */
export function cellsOf({ pack }: Team, weeks: readonly TeamReport[]): Cell[] {
  return weeks.flatMap(({ cells }) => cells).filter(({ about }) => !about || about.pack === pack)
}

/** The weakest concepts of a team's latest weeks, by its questions of the day. */
export async function weakest(team: Team, most: number, deps: Deps) {
  return weakestInWords(cellsOf(team, await teamWeeks(team, deps)), most, team, deps)
}

export function weakestInWords(cells: readonly Cell[], most: number, team: Team, { questions }: Deps) {
  const byConcept = questionsByConcept(questions.about(team, []))
  return weakestConcepts(cells)
    .slice(0, most)
    .map((weak) => {
      const [first] = byConcept.get(weak.concept) ?? []
      return { ...weak, concept: first ? short(conceptInWords(first), MAX_CONCEPT) : weak.concept }
    })
}
