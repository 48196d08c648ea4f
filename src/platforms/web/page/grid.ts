/**
 * Shows a menu as a grid of cells: one stop of the Tab key, and arrows within, as in the grid pattern of the
 * ARIA Authoring Practices.
 */
import type { Select } from '../../../bot/ui/card.js'
import { el, freshId } from './dom.js'

const COLUMNS = 5

type Celled = Select['options'][number] & { readonly cell: string }

/** Undefined if some option has no cell. */
export function cellsOf({ options, max }: Select): readonly Celled[] | undefined {
  return max === 1 && options.every((one): one is Celled => one.cell !== undefined) ? options : undefined
}

export function drawGrid(select: Select, cells: readonly Celled[], pick: (value: string) => void): Node {
  const id = freshId()
  const buttons = cells.map(({ cell, label, value }, i) => {
    const kinds = ['cell', cell.includes('✓') ? 'answered' : '', cell.includes('⚑') ? 'flagged' : '']
    const node = el(
      'button',
      {
        type: 'button',
        class: kinds.filter((kind) => kind !== '').join(' '),
        'data-act': `${select.id} ${value}`,
        'aria-label': label,
        tabindex: i === 0 ? 0 : -1,
      },
      cell,
    )
    node.addEventListener('click', () => pick(value))
    return node
  })
  const rows = Array.from({ length: Math.ceil(buttons.length / COLUMNS) }, (_, row) =>
    el(
      'div',
      { role: 'row', class: 'row' },
      ...buttons.slice(row * COLUMNS, (row + 1) * COLUMNS).map((one) => el('div', { role: 'gridcell' }, one)),
    ),
  )
  const grid = el('div', { role: 'grid', class: 'grid', 'aria-labelledby': id }, ...rows)
  grid.addEventListener('keydown', (event) => move(event, buttons))
  grid.addEventListener('focusin', (event) => rove(buttons, event.target))
  return el('div', { class: 'grid-menu' }, el('span', { id, class: 'label' }, select.label), grid)
}

/** Makes the Tab key return to the cell that had the focus. */
function rove(buttons: readonly HTMLElement[], to: EventTarget | null): void {
  for (const one of buttons) one.tabIndex = one === to ? 0 : -1
}

function move(event: KeyboardEvent, buttons: readonly HTMLElement[]): void {
  const at = event.target instanceof HTMLElement ? buttons.indexOf(event.target) : -1
  if (at < 0 || event.altKey || event.metaKey) return
  const to = target(event, at, buttons.length)
  if (to === undefined) return
  event.preventDefault()
  buttons[Math.min(Math.max(to, 0), buttons.length - 1)]?.focus()
}

function target({ key, ctrlKey }: KeyboardEvent, at: number, count: number): number | undefined {
  const first = at - (at % COLUMNS)
  switch (key) {
    case 'ArrowRight':
      return at + 1
    case 'ArrowLeft':
      return at - 1
    case 'ArrowDown':
      return at + COLUMNS < count ? at + COLUMNS : at
    case 'ArrowUp':
      return at - COLUMNS >= 0 ? at - COLUMNS : at
    case 'Home':
      return ctrlKey ? 0 : first
    case 'End':
      return ctrlKey ? count - 1 : first + COLUMNS - 1
  }
  return undefined
}
