/**
 * Draws cards as messages of components. Never throws, and never returns anything that Discord would refuse,
 * whatever the content.
 */
import {
  type APIComponentInContainer,
  type APIMessageTopLevelComponent,
  ComponentType,
  MessageFlags,
} from 'discord.js'
import { restId } from '../../bot/ui/action.js'
import type { Block, Card, Outcome } from '../../bot/ui/card.js'
import { short } from '../../core/text.js'
import { cutPages, turning } from '../paging.js'
import { drawCard } from './blocks.js'
import { rowsOf } from './controls.js'
import { componentOf, type Drawn, joined, text, titleOf } from './drawn.js'
import { MESSAGE_COMPONENTS, MESSAGE_TEXT } from './limits.js'
import type { Files } from './pictures.js'

export interface Message {
  readonly flags: MessageFlags.IsComponentsV2
  readonly components: APIMessageTopLevelComponent[]
}

const REST = '-# The rest does not fit into one message.'
/** The component around all others. */
const CONTAINER = 1

const pageId = ({ again }: Card, page: number) => (again === undefined ? undefined : restId(again, page))

/** Whether *More* can show the further pages of a card. */
export const isTurned = (card: Card): boolean => pageId(card, 1) !== undefined

/**
 * Returns all pages of a card, at least one. A card without an action that shows it again has one page, which
 * says that the rest does not fit. `mark`: the id of the outermost component, by which the message is found
 * again.
 */
export function renderPages(card: Card, files: Files, mark?: number): [Message, ...Message[]] {
  const pages = pagesOf(card, files, mark, text(REST))
  return isTurned(card) ? pages : [pages[0]]
}

/** Returns all pages of a card, to be sent one after the other. */
export function renderParts(card: Card, files: Files): [Message, ...Message[]] {
  return pagesOf(card, files, undefined, undefined)
}

/** `rest`: stands below a page if no button leads to the next. */
function pagesOf(
  card: Card,
  files: Files,
  mark: number | undefined,
  rest: Drawn | undefined,
): [Message, ...Message[]] {
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
        const [row] = rowsOf(turning(page, isLast, (other) => pageId(card, other)))
        if (row) return { drawn: row, stays: true }
        return isLast || !rest ? undefined : { drawn: rest, stays: false }
      },
    },
  )
  const message = (page: readonly Drawn[]) => messageOf(page.map(componentOf), mark, card.outcome)
  return [message(first), ...more.map(message)]
}

/** Returns the first page of a card that shows no others. */
export function renderMessage(card: Card, files: Files, mark?: number): Message {
  return renderPages(card, files, mark)[0]
}

/** Colours of the container's edge; the title says the same in words. */
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

/** Returns the words of some blocks, for the top of a modal. */
export function renderText(blocks: readonly Block[]): string {
  const words = drawCard({ blocks }, new Map()).filter((drawn) => drawn.kind === 'text')
  return words.length > 0 ? short(words.reduce(joined).text, MESSAGE_TEXT) : ''
}
