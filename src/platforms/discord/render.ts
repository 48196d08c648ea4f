/**
 * Cards as messages of components. Never throws, and never gives what Discord would refuse, whatever the
 * content.
 */
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
import {
  type Block,
  type Button,
  type Card,
  type ListStyle,
  letterOf,
  type Option,
  type Outcome,
  type Picture,
  type Select,
} from '../../bot/ui/card.js'
import { broken, isolatedLine, isolatedParts, plain, short, type Text } from '../../core/text.js'
import { sideBySide } from '../aligned.js'
import { cutPages, turning } from '../paging.js'
import { tableItems } from '../tables.js'
import {
  ALT_TEXT,
  BUTTON_LABEL,
  CUSTOM_ID,
  MESSAGE_COMPONENTS,
  MESSAGE_TEXT,
  OPTION_DESCRIPTION,
  OPTION_LABEL,
  OPTION_VALUE,
  OPTIONS,
  PLACEHOLDER,
  ROW_BUTTONS,
} from './limits.js'
import { literal, markdown } from './markdown.js'

/**
 * The names of the files that hold the pictures; one that is not here could not be drawn, and its words stand
 * alone.
 */
export type Files = ReadonlyMap<Picture, string>

export interface Message {
  readonly flags: MessageFlags.IsComponentsV2
  readonly components: APIMessageTopLevelComponent[]
}

/**
 * All pages of a card, at least one. Where it has no action that shows it again, there is one page, which
 * says that the rest does not fit.
 * `mark`: the id of the outermost component, by which the message is found again.
 */
export function renderPages(card: Card, files: Files, mark?: number): [Message, ...Message[]] {
  const idOf = (page: number) => (card.again === undefined ? undefined : restId(card.again, page))
  const [first = [], ...more] = cutPages(
    drawCard(card, files).map((drawn) => ({ drawn, stays: drawn.kind === 'row' })),
    {
      room: { parts: MESSAGE_COMPONENTS - CONTAINER, text: MESSAGE_TEXT },
      sizeOf: (drawn) =>
        drawn.kind === 'text' ? { parts: 1, text: drawn.text.length } : { parts: drawn.size, text: 0 },
      join: (before, after) =>
        before.kind === 'text' && after.kind === 'text' ? joined(before, after) : undefined,
      title: (page) => (card.title?.trim() ? titleOf(card.title, page) : undefined),
      foot(page, isLast) {
        const [row] = rowsOf(turning(page, isLast, idOf))
        if (row) return { drawn: row, stays: true }
        return isLast ? undefined : { drawn: text(REST), stays: false }
      },
    },
  )
  const message = (page: readonly Drawn[]) => messageOf(page.map(componentOf), mark, card.outcome)
  return idOf(1) === undefined ? [message(first)] : [message(first), ...more.map(message)]
}

/** A card of which only the first page is shown. */
export function renderMessage(card: Card, files: Files, mark?: number): Message {
  return renderPages(card, files, mark)[0]
}

/** Of the edge of the container; the title says the same in words. */
const COLOURS: Readonly<Record<Outcome, number>> = { right: 0x2f9e68, wrong: 0xd9772b, trouble: 0xc9a227 }

function messageOf(
  drawn: APIComponentInContainer[],
  mark: number | undefined,
  outcome: Outcome | undefined,
): Message {
  const components: APIComponentInContainer[] =
    drawn.length > 0 ? drawn : [{ type: ComponentType.TextDisplay, content: 'Cohort' }]
  return {
    flags: MessageFlags.IsComponentsV2,
    components: [
      {
        type: ComponentType.Container,
        ...(mark !== undefined && { id: mark }),
        ...(outcome && { accent_color: COLOURS[outcome] }),
        components,
      },
    ],
  }
}

/** The words of some blocks, for the top of a modal. */
export function renderText(blocks: readonly Block[]): string {
  const words = drawCard({ blocks }, new Map()).filter((drawn) => drawn.kind === 'text')
  return words.length > 0 ? short(words.reduce(joined).text, MESSAGE_TEXT) : ''
}

/** A name of a file that Discord keeps as it is. */
export function fileName(name: string): string {
  return name.replace(/[^A-Za-z0-9._-]+/g, '_').replace(/^[._]+/, '') || 'file'
}

// ---- fitting ------------------------------------------------------------------------

interface TextDrawn {
  readonly kind: 'text'
  readonly text: string
  /** Right under the line before it. */
  readonly tight: boolean
  /** The next line comes right under it. */
  readonly isHeading: boolean
}

type Drawn =
  | TextDrawn
  /** A picture, a file or a line across. */
  | { readonly kind: 'thing'; readonly component: APIComponentInContainer; readonly size: number }
  /** Buttons and menus. */
  | {
      readonly kind: 'row'
      readonly component: APIActionRowComponent<APIComponentInMessageActionRow>
      readonly size: number
    }

const REST = '-# The rest does not fit into one message.'
/** The component around all others. */
const CONTAINER = 1
/** A title is at most this long, so that the rest has room. */
const TITLE = 200
/** One piece of text, so that pages can be filled well. */
const PIECE = 1200

/** Neighbouring texts in one text display. */
function joined(before: TextDrawn, after: TextDrawn): TextDrawn {
  const between = before.isHeading || after.tight ? '\n' : '\n\n'
  return {
    kind: 'text',
    text: `${before.text}${between}${after.text}`,
    tight: before.tight,
    isHeading: after.isHeading,
  }
}

function componentOf(drawn: Drawn): APIComponentInContainer {
  return drawn.kind === 'text' ? { type: ComponentType.TextDisplay, content: drawn.text } : drawn.component
}

// ---- blocks -----------------------------------------------------------------------------

function drawCard(card: Card, files: Files): Drawn[] {
  const seen = new Set<string>()
  const fresh = (id: string) =>
    id !== '' && id.length <= CUSTOM_ID && !seen.has(id) && seen.add(id) !== undefined
  return card.blocks.flatMap((block): Drawn[] => {
    if (block.kind === 'buttons') return rowsOf(block.buttons.filter((button) => fresh(button.id)))
    if (block.kind === 'select') return fresh(block.id) ? selectRow(block) : []
    return drawBlock(block, files)
  })
}

function drawBlock(block: Exclude<Block, { kind: 'buttons' | 'select' }>, files: Files): Drawn[] {
  switch (block.kind) {
    case 'text':
      return texts(broken(block.text, PIECE, length).map(markdown))
    case 'note':
      return texts(broken(block.text, PIECE, length).map((part) => small(markdown(part))))
    case 'heading':
      return block.text.trim() === ''
        ? []
        : [heading(`### ${oneLine(literal(short(block.text.trim(), TITLE)))}`)]
    case 'list':
      return list(block.style, block.items)
    case 'fields':
      return lines(block.fields.flatMap(({ name, value }) => fieldLines(name, value)))
    case 'table':
      return table(block)
    case 'code':
      return codeBlocks(block.text)
    case 'image':
      return [picture(block, files)]
    case 'file':
      return block.content.byteLength === 0
        ? [text(`-# ${literal(block.name)} is empty.`)]
        : [attached(fileName(block.name))]
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

const text = (content: string): TextDrawn => ({
  kind: 'text',
  text: cut(content),
  tight: false,
  isHeading: false,
})
const heading = (content: string): TextDrawn => ({ ...text(content), isHeading: true })
const titleOf = (title: string, page: number): TextDrawn =>
  heading(`## ${oneLine(literal(short(title.trim(), TITLE)))}${page > 0 ? ` (${page + 1})` : ''}`)
const oneLine = (content: string) => content.replace(/\s+/g, ' ').trim()
const small = (content: string) => content.replace(/^(?=.*\S)/gm, '-# ')

function texts(list: readonly string[]): Drawn[] {
  return list.filter((content) => content.trim() !== '').map(text)
}

/** Lines of one list, close to each other. */
function lines(list: readonly string[]): Drawn[] {
  const shown = list.map((line) => line.trim()).filter((line) => line !== '' && line !== '-')
  return shown.map((line, i) => ({ ...text(line), tight: i > 0 }))
}

function list(style: ListStyle, items: readonly Text[]): Drawn[] {
  return lines(
    items.flatMap((item, i) =>
      broken(item, PIECE, length).map(
        (part, n) => `${n === 0 ? MARKS[style](i) : ''}${isolatedLine(markdown(part), part)}`,
      ),
    ),
  )
}

function fieldLines(name: string, value: Text): string[] {
  const [first = [], ...rest] = broken(value, PIECE, length)
  return [
    `**${oneLine(literal(short(name.trim(), TITLE))) || '–'}:** ${markdown(isolatedParts(first)).trim() || '–'}`,
    ...rest.map(markdown),
  ]
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

function table(block: Extract<Block, { kind: 'table' }>): Drawn[] {
  const { header, rows } = block
  const aligned = block.sideBySide && sideBySide(header, rows, TABLE_WIDTH)
  if (aligned) return codeBlocks(aligned)
  const cells = [header, ...rows].map((row) => header.map((_, i) => oneLine(plain(row[i] ?? []))))
  const widths = header.map((_, i) => Math.max(...cells.map((row) => row[i]?.length ?? 0)))
  const isNarrow =
    header.length > 0 &&
    widths.reduce((sum, width) => sum + width + 2, 0) <= TABLE_WIDTH &&
    cells.length <= TABLE_ROWS
  if (!isNarrow) return list('bullets', tableItems(header, rows))
  const shown = cells.map((row) =>
    row
      .map((cell, i) => cell.padEnd(widths[i] ?? 0))
      .join('  ')
      .trimEnd(),
  )
  const [head = '', ...body] = shown
  return codeBlocks([head, widths.map((width) => '─'.repeat(width)).join('  '), ...body].join('\n'))
}

const FENCE = '```'

function codeBlocks(code: string): Drawn[] {
  const blocks: string[] = []
  for (const line of code
    .replaceAll(FENCE, 'ˋˋˋ')
    .split('\n')
    .map((one) => short(one, PIECE))) {
    const last = blocks.at(-1)
    if (last !== undefined && last.length + line.length < PIECE)
      blocks[blocks.length - 1] = `${last}\n${line}`
    else blocks.push(line)
  }
  return blocks
    .filter((block) => block.trim() !== '')
    .map((block) => ({ ...text(`${FENCE}\n${block}\n${FENCE}`), tight: true }))
}

function picture({ picture: shown, alt }: Extract<Block, { kind: 'image' }>, files: Files): Drawn {
  const name = files.get(shown)
  const description = short(alt.trim(), ALT_TEXT) || 'A picture'
  if (name === undefined) return text(small(literal(description)))
  const items = [{ media: { url: `attachment://${name}` }, description }]
  return { kind: 'thing', component: { type: ComponentType.MediaGallery, items }, size: 1 }
}

function attached(name: string): Drawn {
  return {
    kind: 'thing',
    component: { type: ComponentType.File, file: { url: `attachment://${name}` } },
    size: 1,
  }
}

// ---- what can be pressed ------------------------------------------------------------------

const STYLES = { primary: ButtonStyle.Primary, danger: ButtonStyle.Danger } as const

export function rowsOf(buttons: readonly Button[]): Extract<Drawn, { kind: 'row' }>[] {
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
    return {
      kind: 'row',
      component: { type: ComponentType.ActionRow, components },
      size: components.length + 1,
    }
  })
}

function selectRow({ id, label, min, max, options }: Select): Drawn[] {
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
export function optionsOf(
  options: readonly Option[],
  chosen: readonly string[] = [],
): APIStringSelectComponent['options'] {
  const unique = [
    ...new Map(options.map((option) => [option.value.slice(0, OPTION_VALUE), option])).entries(),
  ]
  return unique
    .filter(([value]) => value !== '')
    .slice(0, OPTIONS)
    .map(([value, { label, group }]) => ({
      value,
      label: labelOf(label, OPTION_LABEL),
      ...(group !== undefined && { description: labelOf(group, OPTION_DESCRIPTION) }),
      ...(chosen.includes(value) && { default: true }),
    }))
}

/** Text that Discord shows as it is, on one line. */
export function labelOf(content: string, max: number): string {
  return short(oneLine(content), max) || '–'
}
