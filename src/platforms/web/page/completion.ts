/** The popup of completions over the message box. */
import type { Choosable } from '../../../bot/ui/card.js'
import { el, isComposing, part } from './dom.js'

const PAUSE_MS = 60

export interface Completion {
  /** Asks again about the text in the box. */
  readonly refresh: () => void
  readonly close: () => void
  /** Returns true if the popup handled the key. */
  readonly key: (event: KeyboardEvent) => boolean
}

export function createCompletion(
  box: HTMLTextAreaElement,
  ask: (line: string, signal: AbortSignal) => Promise<readonly Choosable[]>,
  accept: (line: string) => void,
): Completion {
  const list = part('choices', HTMLElement)
  const count = part('count', HTMLElement)
  let choices: readonly Choosable[] = []
  let active = -1
  let asking = new AbortController()

  function close(): void {
    asking.abort()
    choices = []
    active = -1
    list.hidden = true
    list.replaceChildren()
    box.removeAttribute('aria-activedescendant')
    count.textContent = ''
  }

  function show(found: readonly Choosable[]): void {
    if (found.length === 0) {
      close()
      return
    }
    // A choice that was marked while the answer was on its way stays marked.
    const marked = choices[active]?.value
    choices = found
    list.replaceChildren(...found.map((choice, i) => option(choice, i)))
    mark(found.findIndex((choice) => choice.value === marked))
    list.hidden = false
    count.textContent = `${found.length} ${found.length === 1 ? 'completion' : 'completions'}. Arrow keys choose, Tab takes.`
  }

  function option(choice: Choosable, index: number): HTMLElement {
    const value = choice.value.trim()
    const extra =
      choice.group ??
      (choice.label !== value && !value.endsWith(choice.label) ? rest(choice.label, value) : undefined)
    const node = el(
      'div',
      { role: 'option', id: `choice${index}`, 'aria-selected': 'false' },
      el('span', { class: 'line' }, value),
      extra,
    )
    node.addEventListener('pointerdown', (event) => event.preventDefault())
    node.addEventListener('click', () => take(index))
    return node
  }

  function move(step: number): void {
    // If nothing is marked, down leads to the first and up to the last.
    mark(
      active === -1 ? (step > 0 ? 0 : choices.length - 1) : (active + step + choices.length) % choices.length,
    )
    list.children[active]?.scrollIntoView({ block: 'nearest' })
  }

  /** -1 means none. */
  function mark(index: number): void {
    active = index
    for (const [i, node] of [...list.children].entries())
      node.setAttribute('aria-selected', String(i === index))
    if (index === -1) box.removeAttribute('aria-activedescendant')
    else box.setAttribute('aria-activedescendant', `choice${index}`)
  }

  function take(index: number): void {
    const choice = choices[index]
    close()
    if (choice) accept(choice.value)
  }

  return {
    close,
    async refresh() {
      asking.abort()
      asking = new AbortController()
      // A person who continues typing has not chosen what was marked for the text before.
      mark(-1)
      const { signal } = asking
      // East Asian keyboards type a wide slash.
      const line = box.value.replace(/^\uff0f/, '/')
      if (!line.startsWith('/') || line.includes('\n')) return close()
      await new Promise((done) => setTimeout(done, PAUSE_MS))
      if (signal.aborted) return
      const found = await ask(line, signal)
      if (!signal.aborted) show(found.filter((c) => c.value !== line))
    },
    key(event) {
      if (list.hidden || isComposing(event)) return false
      if (event.key === 'ArrowDown') move(1)
      else if (event.key === 'ArrowUp') move(-1)
      else if (event.key === 'Escape') close()
      else if (event.key === 'Tab' && !event.shiftKey) take(Math.max(active, 0))
      else if (event.key === 'Enter' && active !== -1) take(active)
      else return false
      return true
    },
  }
}

/** Returns the part of the label that is not in the line already. */
function rest(label: string, value: string): Node {
  return el('span', { class: 'about' }, label.startsWith(value) ? label.slice(value.length).trim() : label)
}
