/** The drawn form of a card's blocks before it is cut into pages: texts, things and rows. */
import {
  type APIActionRowComponent,
  type APIComponentInContainer,
  type APIComponentInMessageActionRow,
  ComponentType,
} from 'discord.js'
import { short } from '../../core/text.js'
import { literal } from './markdown.js'

export interface TextDrawn {
  readonly kind: 'text'
  readonly text: string
  /** Whether it follows the previous line without a gap. */
  readonly tight: boolean
  /** Whether the next line follows it without a gap. */
  readonly isHeading: boolean
}

export type Drawn =
  | TextDrawn
  /** `thing`: a picture, a file or a divider. */
  | { readonly kind: 'thing'; readonly component: APIComponentInContainer; readonly size: number }
  /** `row`: buttons or a menu. */
  | {
      readonly kind: 'row'
      readonly component: APIActionRowComponent<APIComponentInMessageActionRow>
      readonly size: number
    }

/** The maximum length of a title, so that the rest has room. */
export const TITLE = 200
/** The maximum length of a piece of text, so that pages can be filled well. */
export const PIECE = 1200

/** Joins neighbouring texts into one text display. */
export function joined(before: TextDrawn, after: TextDrawn): TextDrawn {
  const between = before.isHeading || after.tight ? '\n' : '\n\n'
  return {
    kind: 'text',
    text: `${before.text}${between}${after.text}`,
    tight: before.tight,
    isHeading: after.isHeading,
  }
}

export function componentOf(drawn: Drawn): APIComponentInContainer {
  return drawn.kind === 'text' ? { type: ComponentType.TextDisplay, content: drawn.text } : drawn.component
}

export const text = (content: string): TextDrawn => ({
  kind: 'text',
  text: cut(content),
  tight: false,
  isHeading: false,
})
export const heading = (content: string): TextDrawn => ({ ...text(content), isHeading: true })
export const titleOf = (title: string, page: number): TextDrawn =>
  heading(`## ${oneLine(literal(short(title.trim(), TITLE)))}${page > 0 ? ` (${page + 1})` : ''}`)
export const oneLine = (content: string) => content.replace(/\s+/g, ' ').trim()
export const small = (content: string) => content.replace(/^(?=.*\S)/gm, '-# ')

export function texts(list: readonly string[]): Drawn[] {
  return list.filter((content) => content.trim() !== '').map(text)
}

/** Draws the lines of one list, without gaps. */
export function lines(list: readonly string[]): Drawn[] {
  const shown = list.map((line) => line.trim()).filter((line) => line !== '' && line !== '-')
  return shown.map((line, i) => ({ ...text(line), tight: i > 0 }))
}

/** Cuts a single word that is longer than a piece of text, but never inside an escape. */
function cut(content: string): string {
  if (content.length <= 2 * PIECE) return content
  const part = short(content, 2 * PIECE).slice(0, -1)
  let end = part.length
  while (part[end - 1] === '\\') end--
  return `${part.slice(0, end)}…`
}
