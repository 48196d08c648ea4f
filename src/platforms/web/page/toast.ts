/** Shows bad news at the edge of the page, with the next step. */
import { el, part } from './dom.js'

const SHOWN_MS = 8000

/**
 * Returns a function that removes the toast. A lasting one stays until then; others also disappear by
 * themselves.
 */
export function toast(message: string, lasting = false): () => void {
  const close = el('button', { type: 'button', class: 'close', 'aria-label': 'Dismiss' }, '×')
  const box = el('div', { class: 'toast', role: 'alert' }, el('p', {}, message), close)
  const remove = () => box.remove()
  close.addEventListener('click', remove)
  part('toasts', HTMLElement).append(box)
  if (!lasting) setTimeout(remove, SHOWN_MS)
  return remove
}

/** Returns the message about text that is too long: pasted text is never cut silently. */
export function tooLong(length: number, most: number): string {
  const [is, may] = [length, most].map((n) => n.toLocaleString('en-GB'))
  return `That is too long: ${is} characters, of at most ${may}.`
}
