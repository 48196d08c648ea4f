/**
 * Draws cards as elements: one small function per block; a new kind of block does not compile until it is
 * drawn here.
 */
import type { Block, Button, Card, FileBlock, ListStyle, Picture, Select } from '../../../bot/ui/card.js'
import type { Text } from '../../../core/text.js'
import { type Child, el, freshId } from './dom.js'
import { cellsOf, drawGrid } from './grid.js'
import { inlines, words } from './inline.js'

/** The surroundings that a card needs. */
export interface Around {
  /** Returns the address of the card's nth picture; undefined if no picture can be shown. */
  readonly picture: (index: number) => string | undefined
  /** Fetches the card's nth file; undefined if that failed, which the reader was told then. */
  readonly file: (index: number) => Promise<Blob | undefined>
  readonly press: (id: string) => void
  readonly select: (id: string, values: readonly string[]) => void
}

export function drawCard(card: Card, around: Around): HTMLElement {
  const title = card.title ? el('h3', { class: 'title', dir: 'auto' }, ...words(card.title)) : undefined
  const kind = card.outcome ? `card ${card.outcome}` : 'card'
  return el('div', { class: kind }, title, ...drawBlocks(card.blocks, around, title ? 'h4' : 'h3'))
}

export function drawBlocks(blocks: readonly Block[], around: Around, level: 'h3' | 'h4'): Node[] {
  let [pictures, files] = [0, 0]
  return blocks.map((block) => {
    if (block.kind === 'image') return drawImage(block.picture, block.alt, around.picture(pictures++))
    if (block.kind === 'file') return drawFile(block, files++, around)
    return drawBlock(block, around, level)
  })
}

function drawBlock(
  block: Exclude<Block, { kind: 'image' | 'file' }>,
  around: Around,
  level: 'h3' | 'h4',
): Node {
  switch (block.kind) {
    case 'text':
      return el('p', { dir: 'auto' }, ...inlines(block.text))
    case 'note':
      return el('p', { class: 'note', dir: 'auto' }, ...inlines(block.text))
    case 'heading':
      return el(level, { class: 'heading', dir: 'auto' }, ...words(block.text))
    case 'list':
      return drawList(block.style, block.items, block.start)
    case 'fields':
      return el(
        'dl',
        { class: 'fields' },
        ...block.fields.map((f) =>
          el('div', {}, el('dt', { dir: 'auto' }, f.name), el('dd', { dir: 'auto' }, ...inlines(f.value))),
        ),
      )
    case 'table':
      return drawTable(block.header, block.rows)
    case 'code':
      return el(
        'pre',
        { class: 'code', tabindex: 0, role: 'region', 'aria-label': 'Code' },
        el('code', {}, block.text),
      )
    case 'buttons':
      return el('div', { class: 'buttons' }, ...block.buttons.map((b) => drawButton(b, around)))
    case 'select':
      return drawSelect(block, around)
    case 'divider':
      return el('hr')
  }
}

function drawList(style: ListStyle, items: readonly Text[], start = 1): Node {
  switch (style) {
    case 'bullets':
      return el('ul', {}, ...items.map((item) => el('li', { dir: 'auto' }, ...inlines(item))))
    case 'plain':
      return el('ul', { class: 'plain' }, ...items.map((item) => el('li', { dir: 'auto' }, ...inlines(item))))
    case 'numbers':
      return el(
        'ol',
        start === 1 ? {} : { start },
        ...items.map((item) => el('li', { dir: 'auto' }, ...inlines(item))),
      )
    case 'letters':
      return el(
        'ul',
        { class: 'letters' },
        ...items.map((item, i) => lettered(String.fromCharCode(65 + i), inlines(item))),
      )
  }
}

function lettered(letter: string, content: readonly Child[]): Node {
  return el('li', {}, el('span', { class: 'letter' }, letter), el('span', { dir: 'auto' }, ...content))
}

function drawTable(header: readonly Text[], rows: readonly (readonly Text[])[]): Node {
  const head = el(
    'thead',
    {},
    el(
      'tr',
      {},
      ...header.map((cell) =>
        el(
          cell.length > 0 ? 'th' : 'td',
          cell.length > 0 ? { scope: 'col', dir: 'auto' } : {},
          ...inlines(cell),
        ),
      ),
    ),
  )
  const body = el(
    'tbody',
    {},
    ...rows.map((row) => el('tr', {}, ...row.map((cell) => el('td', { dir: 'auto' }, ...inlines(cell))))),
  )
  return el(
    'div',
    { class: 'wide', tabindex: 0, role: 'region', 'aria-label': 'Table' },
    el('table', {}, head, body),
  )
}

function drawImage(picture: Picture, alt: string, address: string | undefined): Node {
  if (address === undefined) return el('p', { class: 'note', dir: 'auto' }, ...words(alt))
  const image = el('img', { src: address, alt, ...roomFor(picture) })
  const figure = el('figure', { class: `picture ${picture.kind}` }, image)
  image.addEventListener('error', () =>
    figure.replaceChildren(el('figcaption', { dir: 'auto' }, ...words(alt))),
  )
  return figure
}

/** Returns the approximate size of the picture, so that the page does not jump when it comes. */
function roomFor(picture: Picture): { width: number; height: number } {
  switch (picture.kind) {
    case 'board':
      return { width: 720, height: 110 + picture.rows.length * 44 }
    case 'bars':
      return { width: 720, height: 90 + picture.bars.length * 48 }
    case 'ranges':
      return { width: 640, height: 124 + picture.ranges.length * 62 }
    case 'diagram':
    case 'scale':
      return { width: 720, height: 240 }
  }
}

function drawButton(button: Button, around: Around): Node {
  const node = el(
    'button',
    { type: 'button', class: `button ${button.style ?? 'plain'}`, 'data-act': button.id, dir: 'auto' },
    ...words(button.label),
  )
  node.addEventListener('click', () => around.press(button.id))
  return node
}

function drawSelect(select: Select, around: Around): Node {
  const cells = cellsOf(select)
  if (cells) return drawGrid(select, cells, (value) => around.select(select.id, [value]))
  return select.max > 1 ? drawChecks(select, around) : drawMenu(select, around)
}

function drawMenu(select: Select, around: Around): Node {
  const id = freshId()
  const first = el('option', { value: '', disabled: true, selected: true }, 'Choose…')
  const menu = el(
    'select',
    { id, 'data-act': select.id },
    first,
    ...select.options.map((o) => el('option', { value: o.value }, o.label)),
  )
  menu.addEventListener('change', () => {
    if (menu.value === '') return
    around.select(select.id, [menu.value])
    menu.value = ''
  })
  menu.addEventListener('keydown', (event) => openInstead(event, menu))
  return el('div', { class: 'menu' }, el('label', { for: id }, select.label), menu)
}

/**
 * Opens the menu on an arrow or a letter, which would otherwise pick at once, before a reader by keyboard has
 * seen the options.
 */
function openInstead(event: KeyboardEvent, menu: HTMLSelectElement): void {
  const picks =
    ['ArrowDown', 'ArrowUp', 'ArrowLeft', 'ArrowRight', 'Home', 'End', 'PageUp', 'PageDown'].includes(
      event.key,
    ) || event.key.length === 1
  if (!picks || event.ctrlKey || event.metaKey || event.altKey || typeof menu.showPicker !== 'function')
    return
  event.preventDefault()
  menu.showPicker()
}

function drawChecks(select: Select, around: Around): Node {
  const boxes = select.options.map((o) => el('input', { type: 'checkbox', value: o.value }))
  const rows = select.options.map((o, i) =>
    el('label', { class: 'check' }, boxes[i], el('span', { dir: 'auto' }, ...words(o.label))),
  )
  const send = el('button', { type: 'submit', class: 'button primary', 'data-act': select.id }, 'Submit')
  const tally = el('span', { class: 'tally', 'aria-live': 'polite' })
  const form = el(
    'form',
    { class: 'checks' },
    el('fieldset', {}, el('legend', {}, select.label), ...rows),
    el('div', { class: 'buttons' }, send, tally),
  )
  const picked = () => boxes.filter((b) => b.checked).map((b) => b.value)
  const refresh = () => {
    const n = picked().length
    const enough = n >= select.min && n <= select.max
    send.setAttribute('aria-disabled', String(!enough))
    tally.textContent = `${n} of ${select.max} chosen`
    for (const box of boxes) box.disabled = !box.checked && n >= select.max
  }
  form.addEventListener('change', refresh)
  form.addEventListener('submit', (event) => {
    event.preventDefault()
    if (send.getAttribute('aria-disabled') === 'false') around.select(select.id, picked())
  })
  refresh()
  return form
}

function drawFile({ name }: FileBlock, index: number, around: Around): Node {
  const clip = el('span', { class: 'clip', 'aria-hidden': 'true' }, '↓')
  const link = el('a', { class: 'file', download: name, href: '#' }, clip, `Download ${name}`)
  link.addEventListener('click', async (event) => {
    event.preventDefault()
    const content = await around.file(index)
    if (content) save(content, name)
  })
  return link
}

function save(content: Blob, name: string): void {
  const address = URL.createObjectURL(content)
  el('a', { download: name, href: address }).click()
  setTimeout(() => URL.revokeObjectURL(address), 10_000)
}
