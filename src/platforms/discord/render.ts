/** Cards as messages of components. Never throws, and never gives what Discord would refuse, whatever the content. */
import {
  type APIActionRowComponent,
  type APIButtonComponentWithCustomId,
  type APIComponentInContainer,
  type APIComponentInMessageActionRow,
  type APIMessageTopLevelComponent,
  type APIStringSelectComponent,
  ButtonStyle,
  ComponentType,
  MessageFlags,
} from 'discord.js'
import { restId } from '../../bot/ui/action.js'
import { type Block, type Button, type Card, type Choosable, letterOf, type Picture, type Select } from '../../bot/ui/card.js'
import { broken, plain, short, type Text } from '../../core/text.js'
import {
  ALT_TEXT,
  BUTTON_LABEL,
  CUSTOM_ID,
  MESSAGE_COMPONENTS,
  MESSAGE_TEXT,
  OPTION_LABEL,
  OPTION_VALUE,
  OPTIONS,
  PLACEHOLDER,
  ROW_BUTTONS,
} from './limits.js'
import { literal, markdown } from './markdown.js'

/** The names of the files that hold the pictures; one that is not here could not be drawn, and its words stand alone. */
export type Files = ReadonlyMap<Picture, string>

export interface Message {
  readonly flags: MessageFlags.IsComponentsV2
  readonly components: APIMessageTopLevelComponent[]
}

/** `page`: which part of a card that does not fit, from 0. `mark`: the id of the outermost component, by which the message is found again. */
export function renderMessage(card: Card, files: Files, page = 0, mark?: number): Message {
  const components = fitted(card, pieces(card, files), page)
  return {
    flags: MessageFlags.IsComponentsV2,
    components: [{ type: ComponentType.Container, ...(mark !== undefined && { id: mark }), components }],
  }
}

/** The words of some blocks, for the top of a modal. */
export function renderText(blocks: readonly Block[]): string {
  const drawn = joined(pieces({ blocks }, new Map()).filter((piece) => piece.kind === 'text'))
  return drawn.flatMap((one) => (one.type === ComponentType.TextDisplay ? [short(one.content, MESSAGE_TEXT)] : [])).join('\n\n')
}

/** A name of a file that Discord keeps as it is. */
export function fileName(name: string): string {
  return name.replace(/[^A-Za-z0-9._-]+/g, '_').replace(/^[._]+/, '') || 'file'
}

// ---- fitting ------------------------------------------------------------------------

interface TextPiece {
  readonly kind: 'text'
  readonly text: string
  /** Right under the line before it. */
  readonly tight: boolean
}

type Piece =
  | TextPiece
  /** A picture, a file or a line across. */
  | { readonly kind: 'thing'; readonly component: APIComponentInContainer; readonly size: number }
  /** Buttons and menus stay when there is too much text. */
  | { readonly kind: 'row'; readonly component: APIActionRowComponent<APIComponentInMessageActionRow>; readonly size: number }

const REST = '-# The rest does not fit into one message.'
/** A title is at most this long, so that the rest has room. */
const TITLE = 200
/** One piece of text, so that parts can be filled well. */
const PIECE = 1200

interface Room {
  readonly components: number
  readonly text: number
}

function fitted(card: Card, all: readonly Piece[], page: number): APIComponentInContainer[] {
  const rows = all.filter((piece) => piece.kind === 'row')
  // The container, a title and the way on have their places kept: the same in each part, so that nothing is lost between two.
  const title = card.title?.trim() ? heading(card.title, page) : undefined
  const room: Room = {
    components: MESSAGE_COMPONENTS - 4 - rows.reduce((sum, row) => sum + row.size, 0),
    text: MESSAGE_TEXT - (title ? 2 * TITLE : 0) - REST.length - 20,
  }
  const pageOf = paginated(all, room)
  const last = Math.max(0, ...pageOf.values())
  const shown = all.filter((piece) => piece.kind === 'row' || pageOf.get(piece) === page)
  const id = card.again === undefined ? undefined : restId(card.again, page + 1)
  const more = page < last
  const onward: Piece[] = more && id !== undefined ? rowsOf([{ id, label: 'More' }]) : more ? [text(REST)] : []
  const components = joined([...(title ? [title] : []), ...shown, ...onward])
  return components.length > 0 ? components : [{ type: ComponentType.TextDisplay, content: 'Cohort' }]
}

/** Which part each piece but the rows stands in. */
function paginated(all: readonly Piece[], room: Room): Map<Piece, number> {
  const pages = new Map<Piece, number>()
  let [page, components, left] = [0, room.components, room.text]
  for (const piece of all) {
    if (piece.kind === 'row') continue
    const [one, length] = piece.kind === 'text' ? [1, piece.text.length + 2] : [piece.size, 0]
    const isFull = one > components || length > left
    if (isFull && (components < room.components || left < room.text)) [page, components, left] = [page + 1, room.components, room.text]
    pages.set(piece, page)
    components -= one
    left -= length
  }
  return pages
}

/** Neighbouring texts in one text display. */
function joined(list: readonly Piece[]): APIComponentInContainer[] {
  const result: APIComponentInContainer[] = []
  let tight = true
  for (const piece of list) {
    const last = result.at(-1)
    if (piece.kind !== 'text') result.push(piece.component)
    else if (last?.type === ComponentType.TextDisplay) last.content += `${tight || piece.tight ? '\n' : '\n\n'}${piece.text}`
    else result.push({ type: ComponentType.TextDisplay, content: piece.text })
    tight = piece.kind === 'text' && piece.text.startsWith('#')
  }
  return result
}

// ---- blocks -----------------------------------------------------------------------------

function pieces(card: Card, files: Files): Piece[] {
  const seen = new Set<string>()
  const fresh = (id: string) => id !== '' && id.length <= CUSTOM_ID && !seen.has(id) && seen.add(id) !== undefined
  return card.blocks.flatMap((block): Piece[] => {
    if (block.kind === 'buttons') return rowsOf(block.buttons.filter((button) => fresh(button.id)))
    if (block.kind === 'select') return fresh(block.id) ? selectRow(block) : []
    return drawBlock(block, files)
  })
}

function drawBlock(block: Exclude<Block, { kind: 'buttons' | 'select' }>, files: Files): Piece[] {
  switch (block.kind) {
    case 'text':
      return texts(broken(block.text, PIECE, length).map(markdown))
    case 'note':
      return texts(broken(block.text, PIECE, length).map((part) => small(markdown(part))))
    case 'heading':
      return block.text.trim() === '' ? [] : [text(`### ${oneLine(literal(short(block.text.trim(), TITLE)))}`)]
    case 'list':
      return lines(
        block.items.flatMap((item, i) =>
          broken(item, PIECE, length).map((part, n) => `${n === 0 ? MARKS[block.style](i) : ''}${markdown(part)}`),
        ),
      )
    case 'fields':
      return lines(block.fields.flatMap(({ name, value }) => fieldLines(name, value)))
    case 'table':
      return table(block)
    case 'code':
      return codeBlocks(block.text)
    case 'image':
      return [picture(block, files)]
    case 'file':
      return block.content.byteLength === 0 ? [text(`-# ${literal(block.name)} is empty.`)] : [attached(fileName(block.name))]
    case 'divider':
      return [{ kind: 'thing', component: { type: ComponentType.Separator }, size: 1 }]
  }
}

const length = (part: Text) => markdown(part).length

const MARKS = {
  bullets: () => '- ',
  numbers: (i: number) => `${i + 1}. `,
  letters: (i: number) => `**${letterOf(i)})** `,
  plain: () => '',
} as const

const text = (content: string): TextPiece => ({ kind: 'text', text: cut(content), tight: false })
const heading = (title: string, page: number): TextPiece =>
  text(`## ${oneLine(literal(short(title.trim(), TITLE)))}${page > 0 ? ` (${page + 1})` : ''}`)
const oneLine = (content: string) => content.replace(/\s+/g, ' ').trim()
const small = (content: string) => content.replace(/^(?=.*\S)/gm, '-# ')

function texts(list: readonly string[]): Piece[] {
  return list.filter((content) => content.trim() !== '').map(text)
}

/** Lines of one list, close to each other. */
function lines(list: readonly string[]): Piece[] {
  const shown = list.map((line) => line.trim()).filter((line) => line !== '' && line !== '-')
  return shown.map((line, i) => ({ kind: 'text', text: cut(line), tight: i > 0 }))
}

function fieldLines(name: string, value: Text): string[] {
  const [first = [], ...rest] = broken(value, PIECE, length)
  return [`**${oneLine(literal(short(name.trim(), TITLE))) || '–'}:** ${markdown(first).trim() || '–'}`, ...rest.map(markdown)]
}

/** One long word may still be longer than a piece of text should be: never inside an escape. */
function cut(content: string): string {
  if (content.length <= 2 * PIECE) return content
  const part = short(content, 2 * PIECE).slice(0, -1)
  let end = part.length
  while (part[end - 1] === '\\') end--
  return `${part.slice(0, end)}…`
}

/** What fits beside each other on a small screen. */
const TABLE_WIDTH = 44
const TABLE_ROWS = 20

function table({ header, rows }: Extract<Block, { kind: 'table' }>): Piece[] {
  const cells = [header, ...rows].map((row) => header.map((_, i) => oneLine(plain(row[i] ?? []))))
  const widths = header.map((_, i) => Math.max(...cells.map((row) => row[i]?.length ?? 0)))
  const isNarrow = header.length > 0 && widths.reduce((sum, width) => sum + width + 2, 0) <= TABLE_WIDTH && cells.length <= TABLE_ROWS
  if (!isNarrow) return lines(rows.map((row) => tableRow(header, row)))
  const shown = cells.map((row) =>
    row
      .map((cell, i) => cell.padEnd(widths[i] ?? 0))
      .join('  ')
      .trimEnd(),
  )
  const [head = '', ...body] = shown
  return codeBlocks([head, widths.map((width) => '─'.repeat(width)).join('  '), ...body].join('\n'))
}

/** The first cell, then the others with the names of their columns. */
function tableRow(header: readonly Text[], [first, ...others]: readonly Text[]): string {
  const rest = others.map((cell, i) => {
    const name = oneLine(literal(plain(header[i + 1] ?? [])))
    return name === '' ? markdown(cell) : `*${name}:* ${markdown(cell)}`
  })
  return `- **${oneLine(literal(plain(first ?? []))) || '–'}** · ${rest.join(' · ')}`
}

const FENCE = '```'

function codeBlocks(code: string): Piece[] {
  const blocks: string[] = []
  for (const line of code
    .replaceAll(FENCE, 'ˋˋˋ')
    .split('\n')
    .map((one) => short(one, PIECE))) {
    const last = blocks.at(-1)
    if (last !== undefined && last.length + line.length < PIECE) blocks[blocks.length - 1] = `${last}\n${line}`
    else blocks.push(line)
  }
  return blocks.filter((block) => block.trim() !== '').map((block) => ({ kind: 'text', text: `${FENCE}\n${block}\n${FENCE}`, tight: true }))
}

function picture({ picture: shown, alt }: Extract<Block, { kind: 'image' }>, files: Files): Piece {
  const name = files.get(shown)
  const description = short(alt.trim(), ALT_TEXT) || 'A picture'
  if (name === undefined) return text(small(literal(description)))
  const items = [{ media: { url: `attachment://${name}` }, description }]
  return { kind: 'thing', component: { type: ComponentType.MediaGallery, items }, size: 1 }
}

function attached(name: string): Piece {
  return { kind: 'thing', component: { type: ComponentType.File, file: { url: `attachment://${name}` } }, size: 1 }
}

// ---- what can be pressed ------------------------------------------------------------------

const STYLES = { primary: ButtonStyle.Primary, danger: ButtonStyle.Danger } as const

export function rowsOf(buttons: readonly Button[]): Extract<Piece, { kind: 'row' }>[] {
  const drawn = buttons.map(
    ({ id, label, style }): APIButtonComponentWithCustomId => ({
      type: ComponentType.Button,
      custom_id: id,
      label: labelOf(label, BUTTON_LABEL),
      style: style ? STYLES[style] : ButtonStyle.Secondary,
    }),
  )
  return Array.from({ length: Math.ceil(drawn.length / ROW_BUTTONS) }, (_, i) => {
    const components = drawn.slice(i * ROW_BUTTONS, (i + 1) * ROW_BUTTONS)
    return { kind: 'row', component: { type: ComponentType.ActionRow, components }, size: components.length + 1 }
  })
}

function selectRow({ id, label, min, max, options }: Select): Piece[] {
  const list = optionsOf(options)
  if (list.length === 0) return []
  const select: APIStringSelectComponent = {
    type: ComponentType.StringSelect,
    custom_id: id,
    placeholder: labelOf(label, PLACEHOLDER),
    min_values: Math.min(min, list.length),
    max_values: Math.min(Math.max(max, 1), list.length),
    options: list,
  }
  return [{ kind: 'row', component: { type: ComponentType.ActionRow, components: [select] }, size: 2 }]
}

/** At most as many as a menu holds, each value once. `chosen`: those that are picked from the start. */
export function optionsOf(options: readonly Choosable[], chosen: readonly string[] = []): APIStringSelectComponent['options'] {
  const unique = [...new Map(options.map((option) => [option.value.slice(0, OPTION_VALUE), option])).entries()]
  return unique
    .filter(([value]) => value !== '')
    .slice(0, OPTIONS)
    .map(([value, { label }]) => ({ value, label: labelOf(label, OPTION_LABEL), ...(chosen.includes(value) && { default: true }) }))
}

/** Text that Discord shows as it is, on one line. */
export function labelOf(content: string, max: number): string {
  return short(oneLine(content), max) || '–'
}
