/**
 * Platform-neutral rich text. A string is data: every renderer escapes it, so no character in it can format,
 * link or ping.
 */
import { createBoundedCache } from './bounded-cache.js'

export type Text = readonly Inline[]

export type Inline =
  | string
  | { readonly bold: Text }
  | { readonly italic: Text }
  | { readonly code: string }
  | { readonly link: string; readonly text: Text }
  /** A member of the workspace, shown by name. `ping` also notifies them, which needs their own consent. */
  | { readonly member: string; readonly name: string; readonly ping?: true }
  /** A role or a user group that is notified, by the platform's own id, taken from a setting of the team. */
  | { readonly group: string }
  /** A channel of the workspace, by the platform's own id. */
  | { readonly channel: string }
  /** One of our commands by its name, such as `study status`. `id`: the platform's own id of the command. */
  | { readonly command: string; readonly id?: string | undefined }
  /**
   * The time left until a moment, as of the time of drawing; a platform that can do so counts it down, in
   * minutes.
   */
  | { readonly until: number; readonly left: string }
  /** A moment (epoch milliseconds), shown in the reader's own zone if the platform can. */
  | { readonly time: number; readonly zone: string; readonly show: 'day' | 'time' | 'both' }

/** Hebrew, Arabic and the other scripts that are written from right to left. */
const RIGHT_TO_LEFT = /[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc\u{10800}-\u{10fff}\u{1e800}-\u{1efff}]/u
/**
 * First strong isolate, and its end: isolated data does not affect the direction of the text around it
 * (Unicode Standard Annex 9).
 */
const [ISOLATE, END] = ['\u2068', '\u2069']

/** Data that is already isolated. */
const APART = /\u2068[^\u2068\u2069]*\u2069/g

/** Isolates data that would otherwise reverse the words around it; other data is unchanged. */
export function isolated(data: string): string {
  return RIGHT_TO_LEFT.test(data.replace(APART, '')) ? `${ISOLATE}${data}${END}` : data
}

/**
 * Puts data, such as names of people, teams, channels and topics, into our sentences, and nothing else
 * should: sentence`${team.name} is paused` isolates each piece.
 */
export function sentence(words: TemplateStringsArray, ...data: readonly (string | number)[]): string {
  return String.raw({ raw: words }, ...data.map((one) => isolated(String(one))))
}

/**
 * Completes a part of a text with isolated data in it. The part may begin or end within that data; the result
 * is a complete text of its own.
 */
export function balanced(part: string): string {
  let [open, missing] = [0, 0]
  for (const mark of part) {
    if (mark === ISOLATE) open++
    else if (mark === END && open > 0) open--
    else if (mark === END) missing++
  }
  return `${ISOLATE.repeat(missing)}${part}${END.repeat(open)}`
}

/** Returns the text without the marks of isolation, for counting characters. */
export const withoutMarks = (content: string): string => content.replace(/[\u2068\u2069]/g, '')

/**
 * The same for two texts that readers cannot tell apart: composed or not, with other spaces between words,
 * with characters that are not drawn. Upper and lower case are the same, too; lines and how far they are
 * indented are not.
 */
export const asSeen = (content: string): string =>
  content
    .normalize('NFC')
    .replace(/\p{Default_Ignorable_Code_Point}/gu, '')
    .replace(/(?<=\S)[^\S\n]+/g, ' ')
    .trim()
    .toLowerCase()

export const isRightToLeft = (content: string): boolean => RIGHT_TO_LEFT.test(content)

/**
 * Like `isolated`, for a line that was drawn from a text. A text with formatting is left as it is, since its
 * pieces are isolated one by one and marks need room.
 */
export function isolatedLine(drawn: string, text: Text): string {
  return text.every((part) => typeof part === 'string') ? isolated(drawn) : drawn
}

/** Isolates each piece of data in a text from the words before it. */
export const isolatedParts = (text: Text): Text =>
  text.map((part) => (typeof part === 'string' ? isolated(part) : part))

/** Returns the same words without formatting. Moments are shown in their zone. */
export function plain(text: Text): string {
  return text.map(plainInline).join('')
}

function plainInline(inline: Inline): string {
  if (typeof inline === 'string') return inline
  if ('bold' in inline) return plain(inline.bold)
  if ('italic' in inline) return plain(inline.italic)
  if ('code' in inline) return inline.code
  if ('link' in inline) return plain(inline.text)
  if ('member' in inline) return isolated(inline.name)
  if ('group' in inline) return `@${inline.group}`
  if ('channel' in inline) return `#${inline.channel}`
  if ('command' in inline) return `/${inline.command}`
  if ('until' in inline) return inline.left
  return formatTime(inline.time, inline.zone, inline.show)
}

/** Making a formatter takes as long as formatting a hundred moments. */
const formats = createBoundedCache<Intl.DateTimeFormat>(200)

/** Returns `Mon 23 Nov`, `09:00` or `Mon 23 Nov, 09:00`, in the IANA zone. */
export function formatTime(time: number, zone: string, show: 'day' | 'time' | 'both'): string {
  const key = `${show} ${zone}`
  const format = formats.get(key) ?? formatOf(zone, show)
  formats.set(key, format)
  return format.format(time)
}

function formatOf(timeZone: string, show: 'day' | 'time' | 'both'): Intl.DateTimeFormat {
  const day = { weekday: 'short', day: 'numeric', month: 'short' } as const
  const clock = { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' } as const
  const options = show === 'day' ? day : show === 'time' ? clock : { ...day, ...clock }
  return new Intl.DateTimeFormat('en-GB', { ...options, timeZone })
}

/**
 * Cuts the text to at most `max` UTF-16 units, at a word if there is one in the second half, and adds an
 * ellipsis. Isolated data in it stays isolated.
 */
export function short(content: string, max: number): string {
  if (content.length <= max) return content
  const whole = cutAt(content, max)
  const closed = balanced(whole)
  return closed.length <= max ? closed : balanced(cutAt(content, max - (closed.length - whole.length)))
}

function cutAt(content: string, max: number): string {
  const cut = content.slice(0, max - 1)
  const space = cut.lastIndexOf(' ')
  const kept = space > max / 2 ? cut.slice(0, space) : cut
  // Drops the half of a surrogate pair that the cut split.
  return `${kept.replace(/[\uD800-\uDBFF]$/, '').trimEnd()}…`
}

const LEAF = 400

/**
 * Splits the text at spaces into parts that are each at most `max` long as measured by `length`. A single
 * part that is too long stays whole.
 */
export function broken(text: Text, max: number, length: (text: Text) => number): Text[] {
  const parts: Inline[][] = [[]]
  let room = max
  for (const leaf of leaves(text)) {
    const size = length([leaf])
    if (size > room && parts.at(-1)?.length !== 0) {
      parts.push([])
      room = max
    }
    parts.at(-1)?.push(leaf)
    room -= size
  }
  return parts
}

function leaves(text: Text): Inline[] {
  return text.flatMap((part): Inline[] => {
    if (typeof part === 'string') return pieces(part)
    if ('bold' in part) return leaves(part.bold).map((leaf) => ({ bold: [leaf] }))
    if ('italic' in part) return leaves(part.italic).map((leaf) => ({ italic: [leaf] }))
    return [part]
  })
}

/** Splits the text into pieces of at most `LEAF` units, after a space if there is one. */
function pieces(content: string): string[] {
  const parts: string[] = []
  let from = 0
  while (content.length - from > LEAF) {
    const space = content.slice(from, from + LEAF).lastIndexOf(' ')
    const at = from + (space < 0 ? LEAF : space + 1)
    // A surrogate pair stays together.
    const end = isHigh(content.charCodeAt(at - 1)) ? at - 1 : at
    parts.push(content.slice(from, end))
    from = end
  }
  return [...parts, content.slice(from)]
}

const isHigh = (code: number) => code >= 0xd800 && code <= 0xdbff

/** Puts a mark around the text, inside its leading and trailing spaces; blank text is returned unchanged. */
export function enclosed(text: string, mark: string): string {
  const core = text.trim()
  if (core === '') return text
  const start = text.length - text.trimStart().length
  return `${text.slice(0, start)}${mark}${core}${mark}${text.slice(start + core.length)}`
}
