/** The dividers between the days of a conversation. */
import { el } from './dom.js'

const HOUR_MS = 60 * 60_000

export interface Days {
  /** Puts a divider before the first message of each day, and labels just one of them "Today". */
  readonly arrange: () => void
}

export function createDays(log: HTMLElement): Days {
  function arrange(): void {
    const today = dayOf(Date.now())
    let before: string | undefined
    let line: HTMLElement | undefined
    for (const node of [...log.children]) {
      if (!(node instanceof HTMLElement)) continue
      if (node.classList.contains('day')) {
        // Two dividers in a row mean that the messages of the first day are gone.
        line?.remove()
        line = node
        continue
      }
      const at = Number(node.dataset.at)
      if (node.tagName !== 'ARTICLE' || Number.isNaN(at)) continue
      if (dayOf(at) === before) line?.remove()
      else label(line ?? insertBefore(node), at, today)
      before = dayOf(at)
      line = undefined
    }
    line?.remove()
  }
  function insertBefore(node: HTMLElement): HTMLElement {
    const line = el('div', { class: 'day' }, el('span'))
    log.insertBefore(line, node)
    return line
  }
  // Dividers change at midnight, and when a computer wakes up.
  setTimeout(function midnight() {
    arrange()
    setTimeout(midnight, untilMidnight())
  }, untilMidnight())
  document.addEventListener('visibilitychange', arrange)
  return { arrange }
}

function label(line: HTMLElement, at: number, today: string): void {
  const day = new Intl.DateTimeFormat('en-GB', { weekday: 'long', day: 'numeric', month: 'long' }).format(at)
  const text = dayOf(at) === today ? 'Today' : day
  if (line.textContent !== text) line.firstElementChild?.replaceChildren(text)
}

/** Returns an hour at most, since a clock may be set, and a zone changed. */
function untilMidnight(): number {
  const now = new Date()
  const next = new Date(now.getFullYear(), now.getMonth(), now.getDate() + 1).getTime()
  return Math.min(HOUR_MS, next - now.getTime() + 1)
}

export function dayOf(at: number): string {
  return new Date(at).toDateString()
}
