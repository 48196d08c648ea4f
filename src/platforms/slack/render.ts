/**
 * Cards and forms as Block Kit. Never throws, and never gives what Slack would refuse, whatever the content.
 */
import type {
  ActionsBlock,
  Button,
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
import {
  type Block,
  type Card,
  type Choosable,
  type Field,
  type Form,
  type ListStyle,
  letterOf,
  type Option,
  type Outcome,
  type Picture,
  plainCard,
} from '../../bot/ui/card.js'
import { broken, isolatedLine, plain, short, type Text } from '../../core/text.js'
import { sideBySide } from '../aligned.js'
import { cutPages, type Piece, turning } from '../paging.js'
import { tableItems } from '../tables.js'
import {
  ACTIONS,
  ALT_TEXT,
  BUTTON_TEXT,
  CHECKBOXES,
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

/**
 * The checkboxes, or the menu, of which several are picked: nothing is done until *Submit* is pressed, whose
 * id is that of their block.
 */
export const PICKED = 'picked'

/**
 * All pages of a card, at least one. Where it has no action that shows it again, there is one page, which
 * says that the rest does not fit.
 */
export function renderPages(card: Card, files: Files): [Message, ...Message[]] {
  const text = literal(short(plainCard(card), FALLBACK_TEXT)) || 'Cohort'
  const [first, ...more] = blockPages(card, files, MESSAGE_BLOCKS, true)
  return [{ text, blocks: first }, ...more.map((blocks) => ({ text, blocks }))]
}

/** A card of which only the first page is shown. */
export function renderMessage(card: Card, files: Files): Message {
  return renderPages(card, files)[0]
}

/** All pages for a modal or the Home tab, where tables are not allowed. */
export function renderViews(card: Card, files: Files): [KnownBlock[], ...KnownBlock[][]] {
  return blockPages(card, files, VIEW_BLOCKS, false)
}

// ---- fitting ------------------------------------------------------------------------

/** As many characters of a fixed pitch stand on one line of a form, and nearly on one of a phone. */
const ALIGNED_WIDTH = 44
const REST = context('_The rest does not fit into one message._')

/** Colour beside the words of the title: a coloured edge would take the blocks into an attachment. */
const SIGNS: Readonly<Record<Outcome, string>> = { right: '✅', wrong: '🟠', trouble: '⚠️' }

/** `tables`: the first table is drawn as one, unless it fits on no page; else all are lists. */
function blockPages(
  card: Card,
  files: Files,
  maxBlocks: number,
  tables: boolean,
): [KnownBlock[], ...KnownBlock[][]] {
  const pieces = drawCard(card, files, tables)
  const room = MESSAGE_TEXT - HEADER_TEXT - weight(REST) - weight(pieces.filter((piece) => piece.stays))
  if (tables && pieces.some(({ drawn }) => drawn.type === 'table' && weight(drawn) > room))
    return blockPages(card, files, maxBlocks, false)
  const idOf = (page: number) => (card.again === undefined ? undefined : restId(card.again, page))
  const words = card.title?.trim()
  const title = words && card.outcome ? `${SIGNS[card.outcome]} ${words}` : words
  const [first = [], ...more] = cutPages<KnownBlock>(pieces, {
    room: { parts: maxBlocks, text: MESSAGE_TEXT },
    sizeOf: (block) => ({ parts: 1, text: weight(block) }),
    // Apart they are easier to read, so they are joined only where there are very many.
    join: pieces.length >= maxBlocks ? joined : () => undefined,
    title: (page) =>
      title ? header(page === 0 ? title : `${short(title, HEADER_TEXT - 6)} (${page + 1})`) : undefined,
    foot(page, isLast) {
      const [row] = interactive({ kind: 'buttons', buttons: turning(page, isLast, idOf) })
      if (row) return { drawn: row, stays: true }
      return isLast ? undefined : { drawn: REST, stays: false }
    },
  })
  return idOf(1) === undefined ? [first] : [first, ...more]
}

/** Neighbouring texts in one section, as far as one holds them. */
function joined(before: KnownBlock, after: KnownBlock): SectionBlock | undefined {
  const [first, second] = [textOf(before), textOf(after)]
  const both = first === undefined || second === undefined ? undefined : `${first}\n\n${second}`
  return both !== undefined && both.length <= SECTION_TEXT ? section(both) : undefined
}

/** The text of a section that holds nothing else. */
function textOf(block: KnownBlock): string | undefined {
  return block.type === 'section' && !block.fields && !block.accessory ? block.text?.text : undefined
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

function drawCard(card: Card, files: Files, tables: boolean): Piece<KnownBlock>[] {
  let table = tables
  return card.blocks.flatMap((block): Piece<KnownBlock>[] => {
    if (block.kind === 'buttons' || block.kind === 'select')
      return interactive(block).map((drawn) => ({ drawn, stays: true }))
    const whole = block.kind === 'table' && table ? tableBlock(block) : undefined
    if (whole) table = false
    return (whole ? [whole] : drawBlock(block, files)).map((drawn) => ({ drawn, stays: false }))
  })
}

function drawBlock(block: Exclude<Block, { kind: 'buttons' | 'select' }>, files: Files): KnownBlock[] {
  switch (block.kind) {
    case 'text':
      return sections(broken(block.text, SECTION_TEXT, rendered).map(mrkdwn))
    case 'note':
      return broken(block.text, CONTEXT_TEXT, rendered)
        .map((part) => mrkdwn(part).trim())
        .filter((part) => part !== '')
        .map((part) => context(cutMrkdwn(part, CONTEXT_TEXT)))
    case 'heading':
      return sections([bold(block.text)])
    case 'list':
      return list(block.style, block.items)
    case 'fields':
      return fieldBlocks(block.fields)
    case 'table':
      return listedTable(block)
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

/** Where no table is allowed, or it is not the first. */
function listedTable({ header, rows, ...block }: Extract<Block, { kind: 'table' }>): SectionBlock[] {
  const aligned = block.sideBySide && sideBySide(header, rows, ALIGNED_WIDTH)
  return aligned ? codeSections(aligned) : list('bullets', tableItems(header, rows))
}

function list(style: ListStyle, items: readonly Text[]): SectionBlock[] {
  return sections(
    items.flatMap((item, i) =>
      broken(item, SECTION_TEXT - 10, rendered).map(
        (part, n) => `${n === 0 ? MARKS[style](i) : ''}${isolatedLine(mrkdwn(part), part)}`,
      ),
    ),
  )
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
  for (const line of lines
    .map((text) => cutMrkdwn(text.trim(), SECTION_TEXT))
    .filter((text) => text !== '')) {
    const last = texts.at(-1)
    if (last !== undefined && last.length + line.length + 1 <= SECTION_TEXT)
      texts[texts.length - 1] = `${last}\n${line}`
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
    if (last !== undefined && last.length + part.length + 9 <= SECTION_TEXT)
      texts[texts.length - 1] = `${last}\n${part}`
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
    head.map((_, column) => ({
      type: 'raw_text' as const,
      text: unformatted(plain(row[column] ?? []).trim()) || '–',
    })),
  )
  const fits =
    head.length > 0 && head.length <= TABLE_CELLS && all.length <= TABLE_ROWS && weight(cells) <= TABLE_TEXT
  return fits
    ? { type: 'table', rows: cells, column_settings: head.map(() => ({ is_wrapped: true })) }
    : undefined
}

function picture(block: Extract<Block, { kind: 'image' }>, files: Files): ImageBlock | ContextBlock {
  const id = files.get(block.picture)
  const alt = short(unformatted(block.alt.trim()), ALT_TEXT) || 'A picture'
  return id === undefined
    ? context(cutMrkdwn(literal(alt), CONTEXT_TEXT))
    : { type: 'image', slack_file: { id }, alt_text: alt }
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

function selectBlock({
  id,
  label,
  max,
  options,
}: Extract<Block, { kind: 'select' }>): (ActionsBlock | SectionBlock)[] {
  const list = options.slice(0, OPTIONS).map(option)
  if (list.length === 0) return []
  if (max === 1) {
    const placeholder = plainText(label, PLACEHOLDER_TEXT)
    return [
      { type: 'actions', elements: [{ type: 'static_select', action_id: id, placeholder, options: list }] },
    ]
  }
  const heading = section(cutMrkdwn(bold(label) || '…', SECTION_TEXT))
  const submit: Button = {
    ...{ type: 'button', action_id: id, text: plainText('Submit', BUTTON_TEXT), style: 'primary' },
  }
  // Under the same name in each drawing, so that what somebody has ticked stays when a message is changed.
  const common = { action_id: PICKED, options: list }
  if (list.length <= CHECKBOXES)
    return [heading, { type: 'actions', block_id: id, elements: [{ type: 'checkboxes', ...common }, submit] }]
  const menu: MultiStaticSelect = {
    ...{ type: 'multi_static_select', ...common, placeholder: plainText(label, PLACEHOLDER_TEXT) },
    max_selected_items: Math.min(max, list.length),
  }
  return [
    { ...heading, block_id: id, accessory: menu },
    { type: 'actions', elements: [submit] },
  ]
}

function option({ value, label }: Choosable): PlainTextOption {
  return { text: plainText(label, OPTION_TEXT), value }
}

export function plainText(text: string, max: number): PlainTextElement {
  return {
    type: 'plain_text',
    text: short(unformatted(text.replace(/\s+/g, ' ').trim()), max) || '–',
    emoji: false,
  }
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
  const [intro] = renderViews({ blocks: form.intro ?? [] }, new Map())
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

/** An id, or a link that ends with it. */
const GROUP_INPUT = 200

function inputBlock(field: Field): InputBlock {
  const optional =
    field.kind === 'group' || ((field.kind === 'text' || field.kind === 'multi') && field.optional === true)
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
    case 'group':
      return {
        type: 'plain_text_input',
        action_id: INPUT,
        max_length: GROUP_INPUT,
        ...(field.value && { initial_value: field.value.slice(0, GROUP_INPUT) }),
      }
  }
}

/**
 * Slack lets people search in a menu, not complete in a text: a text with suggestions is a menu of them, by
 * the word before the slash.
 */
function suggested(suggestions: readonly string[], value: string | undefined): StaticSelect {
  const all = value === undefined || suggestions.includes(value) ? suggestions : [value, ...suggestions]
  const names = [...new Set(all.map((one) => one.split('/')[0] ?? ''))]
  const groups = names.flatMap((name) =>
    chunks(all.filter((one) => one.split('/')[0] === name)).map((part) => ({ name, part })),
  )
  return {
    type: 'static_select',
    action_id: INPUT,
    placeholder: plainText('Choose, or type to search', PLACEHOLDER_TEXT),
    option_groups: groups.slice(0, OPTION_GROUPS).map(({ name, part }) =>
      optionGroup(
        name,
        part.map((one) => ({ value: one, label: one })),
      ),
    ),
    ...(value && { initial_option: option({ value, label: value }) }),
  }
}

function chunks<T>(list: readonly T[]): T[][] {
  return Array.from({ length: Math.ceil(list.length / OPTIONS) }, (_, i) =>
    list.slice(i * OPTIONS, (i + 1) * OPTIONS),
  )
}

/** Those with groups stand in them; else more than fit into one list are grouped by their first letters. */
function choosable(options: readonly Option[]) {
  const placeholder = plainText('Choose', PLACEHOLDER_TEXT)
  const names = [...new Set(options.flatMap(({ group }) => group ?? []))]
  const groups = names.flatMap((name) =>
    chunks(options.filter(({ group }) => group === name)).map((part) => optionGroup(name, part)),
  )
  const isGrouped =
    groups.length > 0 && groups.length <= OPTION_GROUPS && options.every(({ group }) => group !== undefined)
  if (isGrouped) return { placeholder, option_groups: groups }
  if (options.length <= OPTIONS) return { placeholder, options: options.map(option) }
  return {
    placeholder,
    option_groups: chunks(options)
      .slice(0, OPTION_GROUPS)
      .map((part) =>
        optionGroup(`${part[0]?.label.slice(0, 30) ?? ''} – ${part.at(-1)?.label.slice(0, 30) ?? ''}`, part),
      ),
  }
}

function optionGroup(name: string, part: readonly Option[]) {
  return { label: plainText(name, OPTION_TEXT), options: part.map(option) }
}
