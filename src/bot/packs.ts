/** Packs as the bot uses them, built from the content of their files. */
import type { Bank } from '../content/bank.js'
import { bankFor } from '../content/exam-view.js'
import { once } from '../core/once.js'
import { createSearch } from '../search/search.js'
import { searchTopic } from '../search/search-topic.js'
import type { LoadedPack, Packs, Preparing } from './ports/packs.js'
import type { Questions } from './ports/questions.js'
import { type AskedSource, type PackQuestions, withTeamQuestions } from './team-questions.js'

/** `store`: holds the questions of teams. Without it, only the questions of the packs exist. */
export function openPacks(
  banks: readonly Bank[],
  store?: AskedSource,
): { readonly packs: Packs; readonly questions: Questions } {
  const all = banks.map(loadedPack)
  const [first] = all
  if (!first) throw new Error('there is no pack')
  const byId = new Map(all.map((pack) => [pack.bank.pack.id, pack]))
  const editions = banks.flatMap(({ pack: { id }, hash }) => (hash === undefined ? [] : [{ id, hash }]))
  const get = (id: string) => byId.get(id)
  const view = views()
  const packs: Packs = {
    ...{ all, first, editions, get },
    preparing: (of) => view(byId.get(of?.pack ?? '') ?? first, of?.exam),
  }
  const about: PackQuestions['about'] = (of, topics) =>
    byId.has(of.pack) ? packs.preparing(of).bank.questionsFor(topics) : []
  return { packs, questions: withTeamQuestions({ about, ...questionsOf(banks) }, store) }
}

/** The search is built on first use: of several packs, the command line needs only one. */
function loadedPack(bank: Bank): LoadedPack {
  const search = once(() =>
    createSearch(bank.topics.map(searchTopic), bank.pack.vocabulary, bank.pack.language),
  )
  return {
    bank,
    get search() {
      return search()
    },
  }
}

/** Topics are the same for all exams. */
const sharing = (whole: LoadedPack, bank: Bank): LoadedPack => ({
  bank,
  get search() {
    return whole.search
  },
})

/** Built on first use and cached, so that the same exam always returns the same object. */
function views() {
  const made = new Map<string, LoadedPack>()
  return (whole: LoadedPack, exam: Preparing['exam']): LoadedPack => {
    const { id, exams } = whole.bank.pack
    const key = `${id}/${exams.find((one) => one.id === exam)?.id ?? ''}`
    const before = made.get(key)
    if (before) return before
    const bank = bankFor(whole.bank, exam)
    const view = bank === whole.bank ? whole : sharing(whole, bank)
    made.set(key, view)
    return view
  }
}

function questionsOf(banks: readonly Bank[]): Omit<PackQuestions, 'about'> {
  const all = banks.flatMap((bank) => bank.questions)
  const [byId, byNumber] = [new Map(all.map((q) => [q.id, q])), new Map(all.map((q) => [q.number, q]))]
  return {
    question: (id) => byId.get(id),
    numbered: (number) => (number === 0 ? undefined : byNumber.get(number)),
  }
}
