/** Puts drafts that a program made from the notes of a pack into the queues of the teams that use it. */
import type { Team } from '../../core/model.js'
import { authoredId } from '../../core/question-id.js'
import type { Deps } from '../deps.js'
import { askToReview } from './deliveries.js'

/**
 * The number of drafts that wait at a time: members' questions come between them, and nobody faces hundreds.
 */
const WAIT_AT_ONCE = 10
const TEAMS_AT_ONCE = 100

/** Adds drafts, each once, while too few wait; the team is asked to review them. */
export async function feedQueue(team: Team, deps: Deps): Promise<void> {
  const drafts = deps.drafts?.get(team.pack)?.waiting ?? []
  if (drafts.length === 0) return
  const known = await deps.store.madeQuestions(team.id, team.pack)
  const decided = questionsOf(team.pack, deps)
  const topics = topicsOf(team.pack, deps)
  const next = drafts
    .filter(({ id, content }) => {
      const isNew = !known.drafts.includes(id) && !decided.has(id)
      return isNew && content.topics.some((topic) => topics.has(topic))
    })
    .slice(0, Math.max(0, WAIT_AT_ONCE - known.waiting))
  let added = 0
  for (const { id, content } of next) {
    const question = { team: team.id, pack: team.pack, content, now: deps.clock(), draft: id }
    if (await deps.store.addMadeQuestion(question)) added++
  }
  if (added > 0) await askToReview(team, deps)
}

/** Returns the ids of questions in the files of the pack, where an approved draft keeps its id. */
const questionsOf = (pack: string, { packs }: Deps): ReadonlySet<string> =>
  new Set(packs.get(pack)?.bank.questions.map(authoredId))

const topicsOf = (pack: string, { packs }: Deps): ReadonlySet<string> =>
  new Set(packs.get(pack)?.bank.topics.map(({ slug }) => slug))

/**
 * Feeds the queues of all teams of packs with drafts, once what is out of date has left them. A draft that
 * was approved or rejected for the whole pack is not decided on by any team, and an approved one is not asked
 * twice. A copy that a team has changed or approved before a rejection stays with the team.
 */
export async function feedQueues(deps: Deps): Promise<void> {
  const packs = deps.packs.all.map(({ bank }) => bank.pack.id)
  const retired = await Promise.all(packs.map((pack) => retireIn(pack, deps)))
  if (retired.includes(true)) await deps.questions.catchUp()
  if (!deps.drafts?.size) return
  for (let after = 0; ; ) {
    const teams = await deps.store.teamsAfter(after, TEAMS_AT_ONCE)
    for (const team of teams) if (deps.drafts.has(team.pack)) await feedQueue(team, deps)
    const last = teams.at(-1)
    if (!last) return
    after = last.id
  }
}

/** Returns whether any copy of a draft of the pack was taken away from a team. */
async function retireIn(pack: string, deps: Deps): Promise<boolean> {
  const { store, clock, drafts, log } = deps
  const approved = [...questionsOf(pack, deps)]
  const decided = { approved, rejected: drafts?.get(pack)?.rejected ?? [] }
  const retired = await store.retireMade(pack, decided, clock())
  const ids = drafts?.has(pack) === false ? [] : drafts?.get(pack)?.all
  const left = { topics: [...topicsOf(pack, deps)], drafts: ids }
  const dropped = await store.dropMade(pack, left, clock())
  if (retired + dropped > 0) log.info({ pack, retired, dropped }, 'drafts of notes taken out of the queues')
  return retired + dropped > 0
}
