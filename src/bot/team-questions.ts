/**
 * The questions of teams that can be asked, kept in the memory of each process like the packs, so that
 * answers and look-ups never read them from the database. `catchUp` reads changes.
 */
import { placedByTopics } from '../content/exam-view.js'
import { createSelections } from '../content/selections.js'
import type { Question } from '../core/model.js'
import type { AuthoringStore } from './ports/authoring.js'
import type { Askable, Questions } from './ports/questions.js'

export type AskedSource = Pick<AuthoringStore, 'askedSince'>
/** The questions of the packs, which do not change. */
export type PackQuestions = Pick<Questions, 'about' | 'question' | 'numbered'>

export function withTeamQuestions(packs: PackQuestions, source: AskedSource | undefined): Questions {
  let asked = emptyMemory()
  const selections = createSelections()
  let reading: Promise<void> | undefined

  async function read(): Promise<void> {
    if (!source) return
    const before = asked.stamp
    const isRight = learn(asked, await source.askedSince(before))
    // A deletion, for example together with its team, is not among the changes, so everything is read again.
    if (!isRight) {
      const fresh = emptyMemory()
      learn(fresh, await source.askedSince(0))
      asked = fresh
    }
    if (!isRight || asked.stamp !== before) selections.clear()
  }

  function select(of: Askable, teams: readonly number[], topics: readonly string[]): readonly Question[] {
    const key = JSON.stringify([of.pack, of.exam, teams, topics])
    const known = selections.get(key)
    if (known) return known
    const own = teams
      .flatMap((team) => [...(asked.ofTeam.get(team)?.values() ?? [])])
      .filter((one) => one.pack === of.pack && isAbout(one, topics))
      .map((one) => placedByTopics(one, (its) => packs.about(of, its)))
    const selection = [...packs.about(of, topics), ...own]
    selections.set(key, selection)
    return selection
  }

  return {
    about(of, topics) {
      const teams = teamsOf(of).filter((team) => asked.ofTeam.has(team))
      return teams.length === 0 ? packs.about(of, topics) : select(of, teams, topics)
    },
    question: (id) => packs.question(id) ?? asked.byId.get(id),
    numbered: (number) => packs.numbered(number) ?? (number === 0 ? undefined : asked.byNumber.get(number)),
    hasOwn: (pack) => [...asked.byId.values()].some((one) => one.pack === pack),
    async catchUp() {
      // A read that began before this call may have missed what this call needs.
      await reading?.catch(() => undefined)
      reading ??= read().finally(() => {
        reading = undefined
      })
      await reading
    },
  }
}

const teamsOf = ({ id, teams = id === undefined ? [] : [id] }: Askable) => teams
const isAbout = (question: Question, topics: readonly string[]) =>
  topics.length === 0 || question.topics.some((topic) => topics.includes(topic))

interface Memory {
  stamp: number
  /** Keys: the number of a team, then the number of a question. */
  readonly ofTeam: Map<number, Map<number, Question>>
  readonly byId: Map<string, Question>
  readonly byNumber: Map<number, Question>
}

const emptyMemory = (): Memory => ({ stamp: 0, ofTeam: new Map(), byId: new Map(), byNumber: new Map() })

/** Returns whether as many questions are known as there are. */
function learn(memory: Memory, found: Awaited<ReturnType<AskedSource['askedSince']>>): boolean {
  for (const { id, team, question } of found.changes) {
    const own = memory.ofTeam.get(team) ?? new Map<number, Question>()
    const before = own.get(id)
    if (before) {
      memory.byId.delete(before.id)
      memory.byNumber.delete(before.number)
      own.delete(id)
    }
    if (question) {
      own.set(id, question)
      memory.byId.set(question.id, question)
      memory.byNumber.set(question.number, question)
    }
    if (own.size > 0) memory.ofTeam.set(team, own)
    else memory.ofTeam.delete(team)
  }
  memory.stamp = found.stamp
  return memory.byId.size === found.count
}
