/** Cards and forms as Block Kit. Never throws, and never gives what Slack would refuse, whatever the content. */
import type {
  ActionsBlock,
  ContextBlock,
  HeaderBlock,
  ImageBlock,
  InputBlock,
  KnownBlock,
  ModalView,
  MultiStaticSelect,
  PlainTextElement,
  PlainTextOption,
  SectionBlock,
  StaticSelect,
} from '@slack/types'
import { restId } from '../../bot/ui/action.js'
import { type Block, type Card, type Choosable, type Field, type Form, letterOf, type Picture, plainCard } from '../../bot/ui/card.js'
import { broken, plain, short, type Text } from '../../core/text.js'
import {
  ACTIONS,
  ALT_TEXT,
  BUTTON_TEXT,
  CONTEXT_TEXT,
  FALLBACK_TEXT,
  FIELD_TEXT,
  FIELDS,
  HEADER_TEXT,
  INPUT_HINT,
  INPUT_LABEL,
  INPUT_TEXT,
  MESSAGE_BLOCKS,
  MESSAGE_TEXT,
  MODAL_TITLE,
  OPTION_GROUPS,
  OPTION_TEXT,
  OPTIONS,
  PLACEHOLDER_TEXT,
  SECTION_TEXT,
  TABLE_CELLS,
  TABLE_ROWS,
  TABLE_TEXT,
  VIEW_BLOCKS,
} from './limits.js'
import { escaped, literal, mrkdwn, unformatted } from './mrkdwn.js'

/** The file at Slack that holds a picture; undefined when there is none, so that its words stand alone. */
export type Files = ReadonlyMap<Picture, string>

export interface Message {
  /** What notifications and screen readers get. */
  readonly text: string
  readonly blocks: KnownBlock[]
}

/** In the one field of an input block. */
export const INPUT = 'value'

/** `page`: which part of a card that does not fit, from 0; the others are behind the button *More*. */
export function renderMessage(card: Card, files: Files, page = 0): Message {
  const text = literal(short(plainCard(card), FALLBACK_TEXT)) || 'Cohort'
  return { text, blocks: fitted(card, (tables) => pieces(card, files, tables), MESSAGE_BLOCKS, page) }
}

/** For a modal or the Home tab, where tables are not allowed. */
export function renderBlocks(card: Card, files: Files, page = 0): KnownBlock[] {
  return fitted(card, () => pieces(card, files, false), VIEW_BLOCKS, page)
}

// ---- fitting ------------------------------------------------------------------------

interface Piece {
  readonly block: KnownBlock
  /** Buttons and menus stay when there is too much text. */
  readonly keep: boolean
}

const REST = context('_The rest does not fit into one message._')

/** `drawn`: the pieces, with a table drawn as one or as lines. */
function fitted(card: Card, drawn: (tables: boolean) => readonly Piece[], maxBlocks: number, page: number): KnownBlock[] {
  const all = drawn(true)
  const kept = all.filter((piece) => piece.keep).slice(0, maxBlocks - 3)
  // The title of a further part and the way on to the next one have their places kept.
  const room: Room = { blocks: maxBlocks - kept.length - 2, text: MESSAGE_TEXT - weight(kept) - HEADER_TEXT - weight(REST) }
  if (all.some((piece) => !piece.keep && piece.block.type === 'table' && weight(piece.block) > room.text))
    return fitted(card, () => drawn(false), maxBlocks, page)
  const list = all.length > maxBlocks ? merged(all) : all
  const pageOf = paginated(list, room)
  const more = list.some((piece) => (pageOf.get(piece) ?? 0) > page)
  const id = card.again === undefined ? undefined : restId(card.again, page + 1)
  if (more && id === undefined && page === 0) return cut(list, kept, pageOf, room)
  const shown = list.filter((piece) => kept.includes(piece) || pageOf.get(piece) === page).map((piece) => piece.block)
  const title = page > 0 && card.title ? [header(`${short(card.title, HEADER_TEXT - 6)} (${page + 1})`)] : []
  const onward = more && id !== undefined ? interactive({ kind: 'buttons', buttons: [{ id, label: 'More' }] }) : []
  return [...title, ...shown, ...onward]
}

interface Room {
  readonly blocks: number
  readonly text: number
}

/** Which part each piece of text stands in. */
function paginated(list: readonly Piece[], room: Room): Map<Piece, number> {
  const pages = new Map<Piece, number>()
  let [page, blocks, text] = [0, room.blocks, room.text]
  for (const piece of list) {
    if (piece.keep) continue
    const size = weight(piece.block)
    if (blocks === 0 || (size > text && blocks < room.blocks)) [page, blocks, text] = [page + 1, room.blocks, room.text]
    pages.set(piece, page)
    blocks--
    text -= size
  }
  return pages
}

/** The first part alone, with as much of the next piece as there is room for. */
function cut(list: readonly Piece[], kept: readonly Piece[], pageOf: Map<Piece, number>, room: Room): KnownBlock[] {
  const first = list.filter((piece) => pageOf.get(piece) === 0)
  const next = list.find((piece) => pageOf.get(piece) === 1)
  const left = room.text - first.reduce((sum, piece) => sum + weight(piece.block), 0)
  const part = next && first.length < room.blocks ? cutTo(next.block, left) : undefined
  return list.flatMap((piece) => {
    if (kept.includes(piece) || first.includes(piece)) return [piece.block]
    return piece === next ? [...(part ? [part] : []), REST] : []
  })
}

/** Neighbouring texts in one section, as far as one holds them: for cards of very many blocks. */
function merged(list: readonly Piece[]): Piece[] {
  const result: Piece[] = []
  for (const piece of list) {
    const [before, own] = [textOf(result.at(-1)), textOf(piece)]
    const both = before === undefined || own === undefined ? undefined : `${before}\n\n${own}`
    if (both !== undefined && both.length <= SECTION_TEXT) result[result.length - 1] = { block: section(both), keep: false }
    else result.push(piece)
  }
  return result
}

/** The text of a section that holds nothing else. */
function textOf(piece: Piece | undefined): string | undefined {
  const block = piece?.block
  return block?.type === 'section' && !block.fields && !block.accessory ? block.text?.text : undefined
}

/** Worth showing in part only when some of it is left. */
const SCRAP = 200

function cutTo(block: KnownBlock, room: number): KnownBlock | undefined {
  if (block.type !== 'section' || !block.text || room < SCRAP) return undefined
  return section(cutMrkdwn(block.text.text, room))
}

/** All characters that a reader could see. */
function weight(value: unknown): number {
  if (Array.isArray(value)) return value.reduce((sum, part) => sum + weight(part), 0)
  if (typeof value !== 'object' || value === null) return 0
  return Object.entries(value).reduce(
    (sum, [key, part]) => sum + (typeof part === 'string' ? (SEEN.has(key) ? part.length : 0) : weight(part)),
    0,
  )
}
const SEEN = new Set(['text', 'alt_text'])

// ---- blocks -----------------------------------------------------------------------------

function pieces(card: Card, files: Files, tables: boolean): Piece[] {
  const title: Piece[] = card.title?.trim() ? [{ block: header(card.title), keep: false }] : []
  let table = tables
  const body = card.blocks.flatMap((block): Piece[] => {
    if (block.kind === 'buttons' || block.kind === 'select') return interactive(block).map((drawn) => ({ block: drawn, keep: true }))
    if (block.kind === 'table' && table) {
      const drawn = tableBlock(block)
      if (drawn) {
        table = false
        return [{ block: drawn, keep: false }]
      }
    }
    return drawBlock(block, files).map((drawn) => ({ block: drawn, keep: false }))
  })
  return [...title, ...body]
}

function drawBlock(block: Exclude<Block, { kind: 'buttons' | 'select' }>, files: Files): KnownBlock[] {
  switch (block.kind) {
    case 'text':
      return sections(broken(block.text, SECTION_TEXT, rendered).map(mrkdwn))
    case 'note':
      return block.text.length > 0 && plain(block.text).trim() !== '' ? [context(cutMrkdwn(mrkdwn(block.text), CONTEXT_TEXT))] : []
    case 'heading':
      return sections([bold(block.text)])
    case 'list':
      return sections(
        block.items.flatMap((item, i) =>
          broken(item, SECTION_TEXT - 10, rendered).map((part, n) => `${n === 0 ? MARKS[block.style](i) : ''}${mrkdwn(part)}`),
        ),
      )
    case 'fields':
      return fieldBlocks(block.fields)
    case 'table':
      return sections(block.rows.map((row) => tableRow(block.header, row)))
    case 'code':
      return codeSections(block.text)
    case 'image':
      return [picture(block, files)]
    case 'file':
      return [context(`${literal(block.name)} comes in a direct message.`)]
    case 'divider':
      return [{ type: 'divider' }]
  }
}

const rendered = (text: Text) => mrkdwn(text).length

const MARKS = {
  bullets: () => '• ',
  numbers: (i: number) => `${i + 1}. `,
  letters: (i: number) => `*${letterOf(i)})* `,
  plain: () => '',
} as const

function header(title: string): HeaderBlock {
  return { type: 'header', text: plainText(title, HEADER_TEXT) }
}

function section(text: string): SectionBlock {
  return { type: 'section', text: { type: 'mrkdwn', text, verbatim: true } }
}

function context(text: string): ContextBlock {
  return { type: 'context', elements: [{ type: 'mrkdwn', text, verbatim: true }] }
}

/** As few sections as hold the lines; a line that is too long for one is cut. */
function sections(lines: readonly string[]): SectionBlock[] {
  const texts: string[] = []
  for (const line of lines.map((text) => cutMrkdwn(text.trim(), SECTION_TEXT)).filter((text) => text !== '')) {
    const last = texts.at(-1)
    if (last !== undefined && last.length + line.length + 1 <= SECTION_TEXT) texts[texts.length - 1] = `${last}\n${line}`
    else texts.push(line)
  }
  return texts.map(section)
}

function codeSections(code: string): SectionBlock[] {
  const fence = '```'
  const texts: string[] = []
  for (const line of escaped(code.replaceAll(fence, 'ˋˋˋ')).split('\n')) {
    const part = cutMrkdwn(line, SECTION_TEXT - 10)
    const last = texts.at(-1)
    if (last !== undefined && last.length + part.length + 9 <= SECTION_TEXT) texts[texts.length - 1] = `${last}\n${part}`
    else texts.push(part)
  }
  return texts.filter((text) => text.trim() !== '').map((text) => section(`${fence}\n${text}\n${fence}`))
}

function bold(text: string): string {
  const shown = literal(text.trim())
  return shown === '' ? '' : `*${shown}*`
}

function fieldBlocks(fields: readonly { readonly name: string; readonly value: Text }[]): SectionBlock[] {
  const drawn = fields.map(({ name, value }) => ({
    type: 'mrkdwn' as const,
    text: cutMrkdwn(`${bold(name)}\n${mrkdwn(value)}`.trim() || '–', FIELD_TEXT),
    verbatim: true,
  }))
  const groups: (typeof drawn)[] = []
  for (const field of drawn) {
    const last = groups.at(-1)
    if (last && last.length < FIELDS && weight(last) + weight(field) <= SECTION_TEXT) last.push(field)
    else groups.push([field])
  }
  return groups.map((group) => ({ type: 'section', fields: group }))
}

/** Undefined when it is larger than Slack's table may be. */
function tableBlock({ header: head, rows }: Extract<Block, { kind: 'table' }>): KnownBlock | undefined {
  const all = [head, ...rows]
  const cells = all.map((row) =>
    head.map((_, column) => ({ type: 'raw_text' as const, text: unformatted(plain(row[column] ?? []).trim()) || '–' })),
  )
  const fits = head.length > 0 && head.length <= TABLE_CELLS && all.length <= TABLE_ROWS && weight(cells) <= TABLE_TEXT
  return fits ? { type: 'table', rows: cells, column_settings: head.map(() => ({ is_wrapped: true })) } : undefined
}

/** The first cell, then the others with the names of their columns. */
function tableRow(head: readonly Text[], [first, ...others]: readonly Text[]): string {
  const rest = others.map((cell, i) => {
    const name = plain(head[i + 1] ?? []).trim()
    return name === '' ? mrkdwn(cell) : `_${literal(name)}:_ ${mrkdwn(cell)}`
  })
  return `• *${literal(plain(first ?? []).trim()) || '–'}* · ${rest.join(' · ')}`
}

function picture(block: Extract<Block, { kind: 'image' }>, files: Files): ImageBlock | ContextBlock {
  const id = files.get(block.picture)
  const alt = short(unformatted(block.alt.trim()), ALT_TEXT) || 'A picture'
  return id === undefined ? context(cutMrkdwn(literal(alt), CONTEXT_TEXT)) : { type: 'image', slack_file: { id }, alt_text: alt }
}

// ---- what can be pressed ------------------------------------------------------------------

function interactive(block: Extract<Block, { kind: 'buttons' | 'select' }>): (ActionsBlock | SectionBlock)[] {
  if (block.kind === 'select') return selectBlock(block)
  const buttons = block.buttons.map(({ id, label, style }) => ({
    type: 'button' as const,
    action_id: id,
    text: plainText(label, BUTTON_TEXT),
    ...(style && { style }),
  }))
  return Array.from({ length: Math.ceil(buttons.length / ACTIONS) }, (_, i) => ({
    type: 'actions',
    elements: buttons.slice(i * ACTIONS, (i + 1) * ACTIONS),
  }))
}

function selectBlock({ id, label, max, options }: Extract<Block, { kind: 'select' }>): (ActionsBlock | SectionBlock)[] {
  const list = options.slice(0, OPTIONS).map(option)
  if (list.length === 0) return []
  const common = { action_id: id, placeholder: plainText(label, PLACEHOLDER_TEXT), options: list }
  if (max === 1) return [{ type: 'actions', elements: [{ type: 'static_select', ...common }] }]
  const accessory: MultiStaticSelect = { type: 'multi_static_select', ...common, max_selected_items: Math.min(max, list.length) }
  return [{ ...section(cutMrkdwn(bold(label) || '…', SECTION_TEXT)), accessory }]
}

function option({ value, label }: Choosable): PlainTextOption {
  return { text: plainText(label, OPTION_TEXT), value }
}

export function plainText(text: string, max: number): PlainTextElement {
  return { type: 'plain_text', text: short(unformatted(text.replace(/\s+/g, ' ').trim()), max) || '–', emoji: false }
}

/** Cut at a word, and never inside an escape, a link or a pair of marks that this file wrote. */
function cutMrkdwn(text: string, max: number): string {
  if (text.length <= max) return text
  let cut = short(text, max)
  const open = cut.lastIndexOf('<')
  if (open > cut.lastIndexOf('>')) cut = `${cut.slice(0, open).trimEnd()}…`
  return cut.replace(/&(?:a|am|amp|l|lt|g|gt)?…$/, '…')
}

// ---- forms -----------------------------------------------------------------------------------

/** `metadata` comes back with the submission; at most 3,000 characters. */
export function renderForm(form: Form, metadata: string): ModalView {
  const intro = renderBlocks({ blocks: form.intro ?? [] }, new Map())
  return {
    type: 'modal',
    callback_id: form.id,
    title: plainText(form.title, MODAL_TITLE),
    submit: plainText(form.submit, MODAL_TITLE),
    close: plainText('Cancel', MODAL_TITLE),
    private_metadata: metadata,
    blocks: [...intro.slice(0, VIEW_BLOCKS - form.fields.length), ...form.fields.map(inputBlock)],
  }
}

function inputBlock(field: Field): InputBlock {
  const optional = (field.kind === 'text' || field.kind === 'multi') && field.optional === true
  return {
    type: 'input',
    block_id: field.name,
    label: plainText(field.label, INPUT_LABEL),
    ...(field.hint && { hint: plainText(field.hint, INPUT_HINT) }),
    optional,
    element: element(field),
  }
}

function element(field: Field): InputBlock['element'] {
  switch (field.kind) {
    case 'text':
      if (field.suggestions) return suggested(field.suggestions, field.value)
      return {
        type: 'plain_text_input',
        action_id: INPUT,
        multiline: field.long === true,
        max_length: Math.min(field.max, INPUT_TEXT),
        ...(field.value && { initial_value: field.value.slice(0, Math.min(field.max, INPUT_TEXT)) }),
      }
    case 'select': {
      const chosen = field.options.find((o) => o.value === field.value)
      return {
        type: 'static_select',
        action_id: INPUT,
        ...choosable(field.options),
        ...(chosen && { initial_option: option(chosen) }),
      } satisfies StaticSelect
    }
    case 'multi': {
      const chosen = field.options.filter((o) => field.values.includes(o.value)).map(option)
      return {
        type: 'multi_static_select',
        action_id: INPUT,
        ...choosable(field.options),
        ...(chosen.length > 0 && { initial_options: chosen }),
      }
    }
    case 'channel':
      return {
        type: 'conversations_select',
        action_id: INPUT,
        filter: { include: ['public', 'private'], exclude_bot_users: true },
        ...(field.value && { initial_conversation: field.value }),
      }
  }
}

/** Slack lets people search in a menu, not complete in a text: a text with suggestions is a menu of them, by the word before the slash. */
function suggested(suggestions: readonly string[], value: string | undefined): StaticSelect {
  const all = value === undefined || suggestions.includes(value) ? suggestions : [value, ...suggestions]
  const names = [...new Set(all.map((one) => one.split('/')[0] ?? ''))]
  const groups = names.flatMap((name) => chunks(all.filter((one) => one.split('/')[0] === name)).map((part) => ({ name, part })))
  return {
    type: 'static_select',
    action_id: INPUT,
    placeholder: plainText('Choose, or type to search', PLACEHOLDER_TEXT),
    option_groups: groups.slice(0, OPTION_GROUPS).map(({ name, part }) => ({
      label: plainText(name, OPTION_TEXT),
      options: part.map((one) => option({ value: one, label: one })),
    })),
    ...(value && { initial_option: option({ value, label: value }) }),
  }
}

function chunks<T>(list: readonly T[]): T[][] {
  return Array.from({ length: Math.ceil(list.length / OPTIONS) }, (_, i) => list.slice(i * OPTIONS, (i + 1) * OPTIONS))
}

/** More than fit into one list are grouped by their first letters. */
function choosable(options: readonly Choosable[]) {
  const placeholder = plainText('Choose', PLACEHOLDER_TEXT)
  if (options.length <= OPTIONS) return { placeholder, options: options.map(option) }
  return {
    placeholder,
    option_groups: chunks(options)
      .slice(0, OPTION_GROUPS)
      .map((group) => ({
        label: plainText(`${group[0]?.label.slice(0, 30) ?? ''} – ${group.at(-1)?.label.slice(0, 30) ?? ''}`, OPTION_TEXT),
        options: group.map(option),
      })),
  }
}
