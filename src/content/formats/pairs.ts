import { LONGEST } from '../longest.js'
import { type Built, matchingItem, type Pair } from './item.js'

/** Makes pairs to match; if answers are too long and prompts are not, prompts and answers are swapped. */
export function pairsItem(stem: string, pairs: readonly Pair[], spare: readonly string[]): Built {
  const built = matchingItem(stem, pairs, spare)
  const isTooLong = pairs.some(({ answer }) => answer.length > LONGEST.answer)
  if ('item' in built || !isTooLong || spare.length > 0) return built
  const turned = matchingItem(
    stem,
    pairs.map(({ prompt, answer }) => ({ prompt: answer, answer: prompt })),
  )
  if ('reason' in turned) return built
  const remark = `prompts and answers changed places, since answers have ${LONGEST.answer} characters at most`
  return { ...turned, changed: [...turned.changed, remark] }
}
