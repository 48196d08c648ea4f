/**
 * A card: a message independent of platforms. Each platform draws every block in its own way; `plainCard`
 * returns the same as text.
 */

import type { Diagram, NumberLine } from '../../core/model.js'
import { isolated, isolatedLine, plain, short, type Text } from '../../core/text.js'

export interface Card {
  readonly title?: string
  /** The outcome that the title states: platforms add a colour or a sign, never instead of the words. */
  readonly outcome?: Outcome
  readonly blocks: readonly Block[]
  /** The action that shows this card again, so that a platform can put what does not fit behind *More*. */
  readonly again?: string
}

export type Outcome = 'right' | 'wrong' | 'trouble'

export type Block =
  | { readonly kind: 'text'; readonly text: Text }
  /** A less prominent line, such as a source or a hint. */
  | { readonly kind: 'note'; readonly text: Text }
  | { readonly kind: 'heading'; readonly text: string }
  /** `start`: the number of the first item, if that is not 1. */
  | {
      readonly kind: 'list'
      readonly style: ListStyle
      readonly start?: number
      readonly items: readonly Text[]
    }
  | { readonly kind: 'fields'; readonly fields: readonly { readonly name: string; readonly value: Text }[] }
  | {
      readonly kind: 'table'
      readonly header: readonly Text[]
      readonly rows: readonly (readonly Text[])[]
      /** The cells of a row must be read beside each other, even if there is no room for a table. */
      readonly sideBySide?: true
    }
  | { readonly kind: 'code'; readonly text: string }
  | { readonly kind: 'image'; readonly picture: Picture; readonly alt: string }
  | { readonly kind: 'buttons'; readonly buttons: readonly Button[] }
  | Select
  | FileBlock
  | { readonly kind: 'divider' }

/** `plain` items bring their own marks, such as ranks. */
export type ListStyle = 'bullets' | 'numbers' | 'letters' | 'plain'

/** Labels of buttons and options: the narrowest platform takes 75 characters. */
export const MAX_LABEL = 75

export interface Button {
  /** An action id from `action.ts`, at most 100 characters, unique in the card. */
  readonly id: string
  /** At most `MAX_LABEL` characters. */
  readonly label: string
  readonly style?: 'primary' | 'danger'
}

/** A menu that acts as soon as `min` to `max` options are picked. */
export interface Select {
  readonly kind: 'select'
  readonly id: string
  readonly label: string
  readonly min: number
  readonly max: number
  readonly options: readonly (Choosable & Partial<Cell>)[]
}

/** If every option has a cell, platforms that can do so show a grid. */
export interface Cell {
  /** The content of the cell: a number, and signs for what the label says in words. */
  readonly cell: string
}

export interface Choosable {
  readonly value: string
  readonly label: string
  /** Options of one group are shown together; platforms show the name of the group if they can. */
  readonly group?: string
}

/**
 * The pictures that `pictures/` can draw. They are data, not pixels: a picture is drawn only where one is
 * shown.
 */
export type Picture =
  | {
      readonly kind: 'board'
      readonly title: string
      readonly subtitle: string
      readonly rows: readonly BoardRow[]
    }
  | { readonly kind: 'bars'; readonly title: string; readonly bars: readonly Bar[] }
  | { readonly kind: 'ranges'; readonly title: string; readonly ranges: readonly RangeRow[] }
  | { readonly kind: 'diagram'; readonly diagram: Diagram }
  | { readonly kind: 'scale'; readonly scale: NumberLine }

/** The narrowest platform takes 10 MiB a file, and ten files a message. */
export const MAX_FILE_BYTES = 8 * 1024 * 1024

export interface FileBlock {
  readonly kind: 'file'
  readonly name: string
  readonly mime: string
  /** At most `MAX_FILE_BYTES`. */
  readonly content: Uint8Array
}

/** A range from `low` to `high`, in whole per cent. */
export interface RangeRow {
  readonly label: string
  readonly low: number
  readonly high: number
}

export interface BoardRow {
  readonly rank: number
  readonly name: string
  readonly points: string
  /** The length from 0 to 1, relative to the longest bar. */
  readonly share: number
  /** The reader's own row. */
  readonly mine: boolean
}

/** One option and how many chose it; `right` bars also carry a check mark, so that colour is not alone. */
export interface Bar {
  readonly label: string
  readonly count: number
  readonly right: boolean
}

/**
 * A form that opens as the reply to a command or a press; it comes back as a submission with one value (or
 * list) per field.
 */
export interface Form {
  /** An action id. */
  readonly id: string
  /** At most 24 characters. */
  readonly title: string
  readonly intro?: readonly Block[]
  readonly submit: string
  readonly fields: readonly Field[]
  /**
   * Stores the form as soon as it is opened: people take a while to fill it in, or others may change what it
   * shows.
   */
  readonly isKept?: true
}

interface FieldBase {
  readonly name: string
  readonly label: string
  readonly hint?: string
}

export type Field =
  | (FieldBase & {
      readonly kind: 'text'
      readonly value?: string
      readonly long?: boolean
      readonly optional?: boolean
      readonly max: number
      readonly suggestions?: readonly string[]
    })
  | (FieldBase & { readonly kind: 'select'; readonly value?: string; readonly options: readonly Choosable[] })
  | (FieldBase & {
      readonly kind: 'multi'
      readonly values: readonly string[]
      readonly options: readonly Choosable[]
      readonly optional?: boolean
    })
  | (FieldBase & { readonly kind: 'channel'; readonly value?: string })
  /** A role or a user group, or none. */
  | (FieldBase & { readonly kind: 'group'; readonly value?: string })
  /** One file. It comes with the submission and is not stored, not even in a draft. */
  | (FieldBase & { readonly kind: 'file' })

// ---- builders -------------------------------------------------------------------

export function text(...content: Text): Block {
  return { kind: 'text', text: content }
}
export function note(...content: Text): Block {
  return { kind: 'note', text: content }
}
export function heading(content: string): Block {
  return { kind: 'heading', text: content }
}
export function bullets(...items: Text[]): Block {
  return { kind: 'list', style: 'bullets', items }
}
export function letters(...items: Text[]): Block {
  return { kind: 'list', style: 'letters', items }
}
export function fields(values: Record<string, Text | string>): Block {
  return {
    kind: 'fields',
    fields: Object.entries(values).map(([name, value]) => ({
      name,
      value: typeof value === 'string' ? [value] : value,
    })),
  }
}
/** Returns no block if there is no button. */
export function buttons(...list: readonly (Button | undefined)[]): Block[] {
  const real = list.filter((b) => b !== undefined)
  return real.length > 0 ? [{ kind: 'buttons', buttons: real }] : []
}
export function button(id: string, label: string, style?: 'primary' | 'danger'): Button {
  const cut = short(label, MAX_LABEL)
  return style ? { id, label: cut, style } : { id, label: cut }
}
export const bold = (...content: Text) => ({ bold: content })
export const italic = (...content: Text) => ({ italic: content })
export const code = (content: string) => ({ code: content })
export const letterOf = (index: number): string => String.fromCharCode(65 + index)

// ---- the card as text -------------------------------------------------------------

/**
 * The whole card as plain text, for the command line, notifications and logs. Buttons and menus are left out.
 */
export function plainCard(card: Card): string {
  const body = card.blocks.map(plainBlock).filter((part) => part !== '')
  return [...(card.title ? [card.title] : []), ...body].join('\n\n')
}

function plainBlock(block: Block): string {
  switch (block.kind) {
    case 'text':
    case 'note':
      return plain(block.text)
    case 'heading':
    case 'code':
      return block.text
    case 'list':
      return block.items
        .map((item, i) =>
          `${marker(block.style, i, block.start)} ${isolatedLine(plain(item), item)}`.trimStart(),
        )
        .join('\n')
    case 'fields':
      return block.fields.map((f) => `${isolated(f.name)}: ${isolated(plain(f.value))}`).join('\n')
    case 'table':
      return [block.header, ...block.rows]
        .map((row) => row.map((cell) => isolated(plain(cell))).join(' | '))
        .join('\n')
    case 'image':
      return block.alt
    case 'file':
      return `Attached: ${block.name}`
    case 'divider':
      return '—'
    case 'buttons':
    case 'select':
      return ''
  }
}

function marker(style: ListStyle, index: number, start = 1): string {
  if (style === 'bullets') return '•'
  if (style === 'plain') return ''
  return style === 'numbers' ? `${index + start}.` : `${letterOf(index)})`
}
