/** Counts down the remaining minutes. It is never read out: important times come as messages. */
import { el } from './dom.js'

const EVERY_MS = 5000
const MINUTE_MS = 60_000

export function timer(until: number): Node {
  const node = el('span', { role: 'timer', 'aria-live': 'off', 'data-until': until })
  node.textContent = left(until)
  return node
}

function left(until: number): string {
  const minutes = Math.max(0, Math.ceil((until - Date.now()) / MINUTE_MS))
  return minutes === 1 ? '1 minute' : `${minutes} minutes`
}

/** Writes nothing if nothing changes, since a selection would be lost. */
function countDown(): void {
  for (const node of document.querySelectorAll<HTMLElement>('[data-until]')) {
    const now = left(Number(node.dataset.until))
    if (node.textContent !== now) node.textContent = now
  }
}

setInterval(countDown, EVERY_MS)
