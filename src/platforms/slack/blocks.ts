/** Draws the readable parts of a card as blocks: texts, lists, fields, tables, code and pictures. */
import type { ContextBlock, HeaderBlock, ImageBlock, KnownBlock, SectionBlock } from '@slack/types'
import { type Block, type ListStyle, letterOf, type Picture } from '../../bot/ui/card.js'
import { broken, isolatedLine, plain, short, type Text } from '../../core/text.js'
import { sideBySide } from '../aligned.js'
import { tableItems } from '../tables.js'
import {
  ALT_TEXT,
  CONTEXT_TEXT,
  FIELD_TEXT,
  FIELDS,
  HEADER_TEXT,
  SECTION_TEXT,
  TABLE_CELLS,
  TABLE_ROWS,
  TABLE_TEXT,
} from './limits.js'
import { escaped, literal, mrkdwn, unformatted } from './mrkdwn.js'
import { cutMrkdwn, plainText } from './plain-text.js'

/** Slack's file of each picture; a picture without a file is shown by its words. */
export type Files = ReadonlyMap<Picture, string>

/** The number of monospaced characters that fit on one line of a form, and nearly on one of a phone. */
const ALIGNED_WIDTH = 44

export function drawBlock(block: Exclude<Block, { kind: 'buttons' | 'select' }>, files: Files): KnownBlock[] {
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
      return list(block.style, block.items, block.start)
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

/** Draws a table as a list, if tables are not allowed or this is not the first. */
function listedTable({ header, rows, ...block }: Extract<Block, { kind: 'table' }>): SectionBlock[] {
  const aligned = block.sideBySide && sideBySide(header, rows, ALIGNED_WIDTH)
  return aligned ? codeSections(aligned) : list('bullets', tableItems(header, rows))
}

function list(style: ListStyle, items: readonly Text[], start = 1): SectionBlock[] {
  return sections(
    items.flatMap((item, i) =>
      broken(item, SECTION_TEXT - 10, rendered).map(
        (part, n) => `${n === 0 ? MARKS[style](i, start) : ''}${isolatedLine(mrkdwn(part), part)}`,
      ),
    ),
  )
}

const rendered = (text: Text) => mrkdwn(text).length

const MARKS = {
  bullets: () => '• ',
  numbers: (i: number, start: number) => `${i + start}. `,
  letters: (i: number) => `*${letterOf(i)})* `,
  plain: () => '',
} as const

export function header(title: string): HeaderBlock {
  return { type: 'header', text: plainText(title, HEADER_TEXT) }
}

export function section(text: string): SectionBlock {
  return { type: 'section', text: { type: 'mrkdwn', text, verbatim: true } }
}

export function context(text: string): ContextBlock {
  return { type: 'context', elements: [{ type: 'mrkdwn', text, verbatim: true }] }
}

/** Puts the lines into as few sections as possible; a line that is too long for one is cut. */
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

export function bold(text: string): string {
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

/** Undefined if the table is larger than Slack allows. */
export function tableBlock({
  header: head,
  rows,
}: Extract<Block, { kind: 'table' }>): KnownBlock | undefined {
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

/** Counts all characters that a reader could see. */
export function weight(value: unknown): number {
  if (Array.isArray(value)) return value.reduce((sum, part) => sum + weight(part), 0)
  if (typeof value !== 'object' || value === null) return 0
  return Object.entries(value).reduce(
    (sum, [key, part]) => sum + (typeof part === 'string' ? (SEEN.has(key) ? part.length : 0) : weight(part)),
    0,
  )
}
const SEEN = new Set(['text', 'alt_text'])
