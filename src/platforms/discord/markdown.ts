/**
 * Renders rich text as Discord's Markdown. Data is escaped: it cannot format, link, name a channel or ping.
 */
import { enclosed, isolated, type Text } from '../../core/text.js'

const ID = /^\d{5,20}$/

/** Marks must touch a word, so spaces go outside them. */
export function markdown(text: Text): string {
  return text.map(inline).join('')
}

function inline(part: Text[number]): string {
  if (typeof part === 'string') return literal(part)
  if ('bold' in part) return enclosed(markdown(part.bold), '**')
  if ('italic' in part) return enclosed(markdown(part.italic), '*')
  if ('code' in part) return code(isolated(part.code))
  if ('link' in part) return link(part.link, markdown(part.text))
  if ('member' in part)
    return part.ping && ID.test(part.member) ? `<@${part.member}>` : literal(isolated(part.name))
  if ('group' in part) return ID.test(part.group) ? `<@&${part.group}>` : ''
  if ('channel' in part) return ID.test(part.channel) ? `<#${part.channel}>` : literal(`#${part.channel}`)
  if ('command' in part) return command(part)
  if ('until' in part) return literal(part.left)
  return time(part)
}

/** Characters that format anywhere; `[` begins a link and `<` a mention, an emoji, a moment or a command. */
const ANYWHERE = /[\\*_~`|[\]<]/g
/**
 * Characters that format at the start of a line: headings, small text, quotes, lists. Four characters end a
 * line.
 */
const AT_START = /^([^\S\n\r\u2028\u2029]*)(#{1,3}(?=\s|$)|-#|>|[-+.)](?=\s|$))/gm
const NUMBERED = /^([^\S\n\r\u2028\u2029]*\d+)([.)])(?=\s|$)/gm
const ADDRESS = /\b(https?|steam|mailto|tel|sms|discord):/gi
const EVERYBODY = /@(?=everyone|here)/gi

/** Escapes data. Discord shows a punctuation character after a backslash as it is. */
export function literal(text: string): string {
  return text
    .replace(ANYWHERE, '\\$&')
    .replace(AT_START, '$1\\$2')
    .replace(NUMBERED, '$1\\$2')
    .replace(ADDRESS, '$1\\:')
    .replace(EVERYBODY, '\\@')
}

/** Uses more backticks than the text contains in a row. */
function code(text: string): string {
  const shown = text.replace(/\s+/g, ' ').trim()
  if (shown === '') return ''
  return shown.includes('`') ? `\`\` ${shown.replaceAll('``', 'ˋˋ')} \`\`` : `\`${shown}\``
}

/** Accepts web addresses only; angle brackets keep the address whole and prevent a preview. */
function link(address: string, text: string): string {
  if (!URL.canParse(address) || !/^https?:$/.test(new URL(address).protocol)) return text
  const shown = text.trim() === '' ? literal(address) : text.replace(/\n+/g, ' ')
  return `[${shown}](<${new URL(address).href.replaceAll('<', '%3C').replaceAll('>', '%3E')}>)`
}

/** If the id is known, Discord shows a command to press, which puts it into the message box. */
function command({ command: name, id }: { command: string; id?: string | undefined }): string {
  const [first = '', ...sub] = name.split(' ')
  return id === undefined
    ? literal(`/${name}`)
    : `</${[first, ...(sub.length > 0 ? [sub.join('-')] : [])].join(' ')}:${id}>`
}

const STYLES = { day: 'D', time: 't', both: 'f' } as const

/**
 * Discord shows a moment in the reader's own zone and language. A full date and time is also shown as the
 * time left till then; some clients do not count that down, so it never stands alone.
 */
function time({ time: at, show }: Extract<Text[number], { time: number }>): string {
  const seconds = Math.floor(at / 1000)
  return `<t:${seconds}:${STYLES[show]}>${show === 'both' ? ` (<t:${seconds}:R>)` : ''}`
}
