/**
 * Draws cards as Block Kit. Never throws, and never returns anything that Slack would refuse, whatever the
 * content.
 */
import type { KnownBlock, SectionBlock } from '@slack/types'
import { restId } from '../../bot/ui/action.js'
import { type Card, type Outcome, plainCard } from '../../bot/ui/card.js'
import { short } from '../../core/text.js'
import { cutPages, type Piece, turning } from '../paging.js'
import { context, drawBlock, type Files, header, section, tableBlock, weight } from './blocks.js'
import { interactive } from './controls.js'
import {
  FALLBACK_TEXT,
  HEADER_TEXT,
  MESSAGE_BLOCKS,
  MESSAGE_TEXT,
  SECTION_TEXT,
  VIEW_BLOCKS,
} from './limits.js'
import { literal } from './mrkdwn.js'

export interface Message {
  /** The text for notifications and screen readers. */
  readonly text: string
  readonly blocks: KnownBlock[]
}

/**
 * Returns all pages of a card, at least one. A card without an action that shows it again has one page, which
 * says that the rest does not fit.
 */
export function renderPages(card: Card, files: Files): [Message, ...Message[]] {
  const text = literal(short(plainCard(card), FALLBACK_TEXT)) || 'Cohort'
  const [first, ...more] = blockPages(card, files, MESSAGE_BLOCKS, true)
  return [{ text, blocks: first }, ...more.map((blocks) => ({ text, blocks }))]
}

/** Returns the first page of a card that shows no others. */
export function renderMessage(card: Card, files: Files): Message {
  return renderPages(card, files)[0]
}

/** Returns all pages for a modal or the Home tab, where tables are not allowed. */
export function renderViews(card: Card, files: Files): [KnownBlock[], ...KnownBlock[][]] {
  return blockPages(card, files, VIEW_BLOCKS, false)
}

const REST = context('_The rest does not fit into one message._')

/** Signs that add colour to the title: a coloured edge would require an attachment instead of blocks. */
const SIGNS: Readonly<Record<Outcome, string>> = { right: '✅', wrong: '🟠', trouble: '⚠️' }

/** `tables`: whether the first table is drawn as a table, unless it fits on no page; all others are lists. */
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
    // Separate texts are easier to read, so they are joined only where there are very many.
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

/** Joins neighbouring texts in one section, as far as it holds them. */
function joined(before: KnownBlock, after: KnownBlock): SectionBlock | undefined {
  const [first, second] = [textOf(before), textOf(after)]
  const both = first === undefined || second === undefined ? undefined : `${first}\n\n${second}`
  return both !== undefined && both.length <= SECTION_TEXT ? section(both) : undefined
}

/** Returns the text of a section that holds nothing else. */
function textOf(block: KnownBlock): string | undefined {
  return block.type === 'section' && !block.fields && !block.accessory ? block.text?.text : undefined
}

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
