/** A field for choosing a file, or dropping one on it. */
import type { Field } from '../../../bot/ui/card.js'
import { el } from './dom.js'

/** The server's limit, checked here at once, and enforced there. */
const MAX_BYTES = 5_000_000

interface FileField {
  readonly zone: HTMLElement
  readonly input: HTMLInputElement
  readonly check: () => string | undefined
}

export function drawFile(
  field: Field,
  about: Readonly<Record<string, string | undefined>>,
  dropped: FileList | undefined,
): FileField {
  const input = el('input', { ...about, type: 'file', required: true })
  const zone = el('div', { class: 'drop' }, input, el('p', { class: 'hint' }, 'or let it fall here'))
  if (dropped) input.files = dropped
  watchDrops(zone, (files) => {
    input.files = files
    input.focus()
  })
  return {
    ...{ zone, input },
    check() {
      const file = input.files?.[0]
      if (!file) return `"${field.label}" is missing.`
      return file.size > MAX_BYTES
        ? `That file is larger than ${MAX_BYTES / 1_000_000} MB. Split it.`
        : undefined
    },
  }
}

/** Takes files dropped on `target`, which the browser would otherwise show in place of the page. */
export function watchDrops(target: HTMLElement | Document, take: (files: FileList) => void): void {
  const brings = (event: Event): event is DragEvent =>
    event instanceof DragEvent && event.dataTransfer?.types.includes('Files') === true
  target.addEventListener('dragover', (event) => {
    if (brings(event)) event.preventDefault()
  })
  target.addEventListener('drop', (event) => {
    if (!brings(event) || event.defaultPrevented) return
    event.preventDefault()
    const files = event.dataTransfer?.files
    if (files && files.length > 0) take(files)
  })
}
