/** Draws the blocks of a card for Discord: texts, lists, tables, code, pictures and files. */
import { ComponentType } from 'discord.js'
import { type Block, type Card, type ListStyle, letterOf } from '../../bot/ui/card.js'
import { broken, isolatedLine, isolatedParts, plain, short, type Text } from '../../core/text.js'
import { sideBySide } from '../aligned.js'
import { tableItems } from '../tables.js'
import { rowsOf, selectRow } from './controls.js'
import { type Drawn, heading, lines, oneLine, PIECE, small, TITLE, text, texts } from './drawn.js'
import { ALT_TEXT, CUSTOM_ID } from './limits.js'
import { literal, markdown } from './markdown.js'
import { type Files, fileName } from './pictures.js'

export function drawCard(card: Card, files: Files): Drawn[] {
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
      return list(block.style, block.items, block.start)
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
  numbers: (i: number, start: number) => `${i + start}. `,
  letters: (i: number) => `**${letterOf(i)})** `,
  plain: () => '',
} as const

function list(style: ListStyle, items: readonly Text[], start = 1): Drawn[] {
  return lines(
    items.flatMap((item, i) =>
      broken(item, PIECE, length).map(
        (part, n) => `${n === 0 ? MARKS[style](i, start) : ''}${isolatedLine(markdown(part), part)}`,
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

/** The number of monospaced characters that fit on a small screen. */
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
