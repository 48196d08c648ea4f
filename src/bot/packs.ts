/** Packs as the bot is given them, from what was read of their files. */
import type { Bank } from '../content/bank.js'
import { createSearch, searchTopic } from '../search/search.js'
import type { LoadedPack, Packs } from './ports/packs.js'
import type { Questions } from './ports/questions.js'

export function openPacks(banks: readonly Bank[]): { readonly packs: Packs; readonly questions: Questions } {
  const all = banks.map(loadedPack)
  const [first] = all
  if (!first) throw new Error('there is no pack')
  const byId = new Map(all.map((pack) => [pack.bank.pack.id, pack]))
  return { packs: { all, first, get: (id) => byId.get(id) }, questions: questionsOf(banks) }
}

/** The look-up is made when it is first used: of several packs, the command line needs one. */
function loadedPack(bank: Bank): LoadedPack {
  let search: LoadedPack['search'] | undefined
  return {
    bank,
    get search() {
      search ??= createSearch(bank.topics.map(searchTopic), bank.pack.vocabulary)
      return search
    },
  }
}

function questionsOf(banks: readonly Bank[]): Questions {
  const all = banks.flatMap((bank) => bank.questions)
  const [byId, byNumber] = [new Map(all.map((q) => [q.id, q])), new Map(all.map((q) => [q.number, q]))]
  const packs = new Map(banks.map((bank) => [bank.pack.id, bank]))
  return {
    about: ({ pack }, topics) => packs.get(pack)?.questionsFor(topics) ?? [],
    question: (id) => byId.get(id),
    numbered: (number) => (number === 0 ? undefined : byNumber.get(number)),
  }
}
