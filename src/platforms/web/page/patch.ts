/**
 * Changes a shared message, for example its number of answers, only where it differs, and quietly: otherwise
 * a screen reader would read the whole question again.
 */
import type { Shown } from '../wire.js'
import { type Around, drawCard } from './render.js'

/** Returns false if the message must be drawn again. */
export function patchCard(article: HTMLElement, known: Shown, message: Shown, around: Around): boolean {
  const [before, after] = [known.body, message.body]
  if (message.hidden || before.kind !== 'card' || after.kind !== 'card') return false
  if (before.card.title !== after.card.title || before.card.blocks.length !== after.card.blocks.length)
    return false
  const card = article.querySelector('.card')
  const fresh = drawCard(after.card, around)
  const pairs = [...(card?.children ?? [])].map((old, i) => [old, fresh.children[i]] as const)
  if (!card || card.children.length !== fresh.children.length) return false
  const offset = card.children.length - after.card.blocks.length
  for (const [i, [old, next]] of pairs.entries()) {
    const block = i - offset
    if (!next || same(before.card.blocks[block], after.card.blocks[block])) continue
    if (old.contains(document.activeElement)) return false
    quietly(old, next)
  }
  return true
}

const same = (a: unknown, b: unknown) => JSON.stringify(a) === JSON.stringify(b)

/** Changes only the text within the element, which the log around it does not announce. */
function quietly(old: Element, next: Element): void {
  if (old.tagName !== next.tagName || next.querySelector('button, select, input, img')) {
    next.setAttribute('aria-live', 'off')
    old.replaceWith(next)
    return
  }
  old.setAttribute('aria-live', 'off')
  old.replaceChildren(...next.childNodes)
}
