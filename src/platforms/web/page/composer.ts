/** The message box: sends, completes, recalls. */
import type { Choosable } from '../../../bot/ui/card.js'
import { createCompletion } from './completion.js'
import { el, isComposing, part } from './dom.js'

export interface Composer {
  readonly focus: () => void
}

/** `send` returns false when the line did not get through; it then stays in the box. */
export function createComposer(
  examples: readonly string[],
  send: (text: string) => Promise<boolean>,
  ask: (line: string, signal: AbortSignal) => Promise<readonly Choosable[]>,
): Composer {
  const form = part('composer', HTMLFormElement)
  const box = part('message', HTMLTextAreaElement)
  const starts = part('starts', HTMLElement)
  const hint = part('hint', HTMLElement)
  const recall = createRecall()

  function grow(): void {
    box.style.height = 'auto'
    box.style.height = `${Math.min(box.scrollHeight, 180)}px`
    starts.hidden = box.value !== ''
    hint.hidden = box.value === ''
  }
  function write(text: string): void {
    box.value = text
    box.setSelectionRange(text.length, text.length)
    grow()
  }
  const completion = createCompletion(box, ask, (line) => {
    write(line)
    box.focus()
    if (line.endsWith(' ')) completion.refresh()
  })
  async function submit(text: string): Promise<void> {
    if (text.trim() === '') return
    completion.close()
    recall.remember(text)
    write('')
    if (!(await send(text)) && box.value === '') write(text)
  }

  box.addEventListener('input', () => {
    grow()
    recall.rest()
    completion.refresh()
  })
  box.addEventListener('blur', () => completion.close())
  box.addEventListener('keydown', (event) => {
    if (completion.key(event)) return event.preventDefault()
    if (isComposing(event)) return
    if (event.key === 'Enter' && !event.shiftKey) {
      event.preventDefault()
      submit(box.value)
    } else if (
      (event.key === 'ArrowUp' || event.key === 'ArrowDown') &&
      (box.value === '' || recall.busy())
    ) {
      const line = event.key === 'ArrowUp' ? recall.back() : recall.forth()
      if (line === undefined) return
      event.preventDefault()
      write(line)
    }
  })
  form.addEventListener('submit', (event) => {
    event.preventDefault()
    submit(box.value)
    box.focus()
  })
  starts.replaceChildren(...examples.map((line) => chip(line, () => submit(line))))
  grow()
  return { focus: () => box.focus() }
}

function chip(line: string, act: () => void): HTMLElement {
  const node = el('button', { type: 'button', class: 'chip' }, line)
  node.addEventListener('click', act)
  return node
}

/** Returns to lines sent before, with the arrow keys. */
function createRecall() {
  const lines: string[] = []
  let at: number | undefined
  return {
    remember(line: string) {
      if (lines.at(-1) !== line) lines.push(line)
      at = undefined
    },
    rest: () => {
      at = undefined
    },
    busy: () => at !== undefined,
    back(): string | undefined {
      if (lines.length === 0) return undefined
      at = Math.max((at ?? lines.length) - 1, 0)
      return lines[at]
    },
    forth(): string | undefined {
      if (at === undefined) return undefined
      at = at + 1 < lines.length ? at + 1 : undefined
      return at === undefined ? '' : lines[at]
    },
  }
}
