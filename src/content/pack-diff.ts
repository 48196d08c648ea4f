/** The changes in a new version of a pack, and which keys change. */
import { correct } from '../core/correct.js'
import { instantiate } from '../core/instantiate.js'
import type { Question, Topic } from '../core/model.js'
import type { Content } from './bank.js'

export interface Changes {
  readonly added: readonly string[]
  readonly removed: readonly string[]
  readonly changed: readonly string[]
}

export interface PackDiff {
  readonly topics: Changes
  readonly questions: Changes
  /** Questions with a changed key, which can be applied to what was posted of them. */
  readonly keys: readonly string[]
  /** Questions that ask something else under the same id: what was posted keeps its old key. */
  readonly others: readonly { readonly id: string; readonly reason: string }[]
}

export function packDiff(before: Content, after: Content): PackDiff {
  const old = new Map(before.questions.map((question) => [question.id, question]))
  const versions = after.questions.flatMap((now) => {
    const then = old.get(now.id)
    return then && then.version !== now.version ? [{ id: now.id, ...keyChange(then, now) }] : []
  })
  return {
    topics: changes(before.topics, after.topics, ({ slug }) => slug, wordsOf),
    questions: changes(
      before.questions,
      after.questions,
      ({ id }) => id,
      ({ version }) => version,
    ),
    keys: versions.filter(({ isOther }) => isOther).map(({ id }) => id),
    others: versions.flatMap(({ id, reason }) => (reason === undefined ? [] : [{ id, reason }])),
  }
}

function changes<T>(
  before: readonly T[],
  after: readonly T[],
  idOf: (one: T) => string,
  stateOf: (one: T) => string,
): Changes {
  const [then, now] = [before, after].map((all) => new Map(all.map((one) => [idOf(one), stateOf(one)])))
  return {
    added: [...(now?.keys() ?? [])].filter((id) => !then?.has(id)),
    removed: [...(then?.keys() ?? [])].filter((id) => !now?.has(id)),
    changed: [...(now ?? [])]
      .filter(([id, state]) => then?.has(id) && then.get(id) !== state)
      .map(([id]) => id),
  }
}

/** Returns everything except where the topic stands. */
const wordsOf = ({ pack, section, file, ...words }: Topic) => JSON.stringify(words)

/** Any seed shows it, since layout and letters stay as they were posted. */
function keyChange(then: Question, now: Question): { isOther?: boolean; reason?: string } {
  const posed = instantiate(then, 0)
  const corrected = correct(posed, instantiate(now, 0))
  if ('reason' in corrected) return { reason: corrected.reason }
  return { isOther: corrected.instance.items.some((item, i) => item.key !== posed.items[i]?.key) }
}
