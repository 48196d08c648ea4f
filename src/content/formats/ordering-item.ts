import type { AuthoredItem } from '../../core/model.js'
import { asSeen } from '../../core/text.js'
import { LONGEST } from '../longest.js'
import { type Built, stemProblem, tooLong } from './item.js'
import { tidy } from './tidy.js'

const MOST = { steps: 5, spare: 3 } as const

/** `steps` are in the right order; `spare` steps have no place. */
export function orderingItem(stem: string, steps: readonly string[], spare: readonly string[] = []): Built {
  const step = (text: string) => ({ text: tidy(text), why: '' })
  const item: AuthoredItem = {
    kind: 'ordering',
    stem: tidy(stem),
    steps: steps.map(step),
    spare: spare.map(step),
  }
  const reason = stemProblem(item.stem) ?? stepsProblem(item.steps, item.spare)
  return reason === undefined ? { item, changed: [], moved: [] } : { reason }
}

function stepsProblem(
  steps: readonly { readonly text: string }[],
  spare: readonly { readonly text: string }[],
): string | undefined {
  if (steps.length < 2) return 'there are fewer than two steps to order'
  if (steps.length > MOST.steps) return `there are ${steps.length} steps; at most ${MOST.steps} can be asked`
  if (spare.length > MOST.spare)
    return `${spare.length} steps belong nowhere; at most ${MOST.spare} can be asked`
  const texts = [...steps, ...spare].map(({ text }) => text)
  if (texts.includes('')) return 'a step has no text'
  if (new Set(texts.map(asSeen)).size < texts.length) return 'two steps are the same'
  return texts.map((text) => tooLong('a step', text, LONGEST.choice)).find(Boolean)
}
