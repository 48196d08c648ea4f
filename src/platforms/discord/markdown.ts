/**
 * Rich text as Discord's Markdown. What comes from data is escaped: it cannot format, link, name a channel or
 * ping.
 */
import { enclosed, isolated, type Text } from '../../core/text.js'

const ID = /^\d{5,20}$/

/** The marks stand beside a word, so the spaces go outside. */
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

/**
 * Signs that format wherever they stand; `[` begins a link and `<` a mention, an emoji, a moment or a
 * command.
 */
const ANYWHERE = /[\\*_~`|[\]<]/g
/** At the start of a line: headings, small text, quotes, lists. A line ends at each of four characters. */
const AT_START = /^([^\S\n\r\u2028\u2029]*)(#{1,3}(?=\s|$)|-#|>|[-+.)](?=\s|$))/gm
const NUMBERED = /^([^\S\n\r\u2028\u2029]*\d+)([.)])(?=\s|$)/gm
const ADDRESS = /\b(https?|steam|mailto|tel|sms|discord):/gi
const EVERYBODY = /@(?=everyone|here)/gi

/** Data as it is. A backslash before a sign of punctuation makes Discord show the sign. */
export function literal(text: string): string {
  return text
    .replace(ANYWHERE, '\\$&')
    .replace(AT_START, '$1\\$2')
    .replace(NUMBERED, '$1\\$2')
    .replace(ADDRESS, '$1\\:')
    .replace(EVERYBODY, '\\@')
}

/** Between as many backticks as it does not hold itself. */
function code(text: string): string {
  const shown = text.replace(/\s+/g, ' ').trim()
  if (shown === '') return ''
  return shown.includes('`') ? `\`\` ${shown.replaceAll('``', 'ˋˋ')} \`\`` : `\`${shown}\``
}

/** Only to the web; the angle brackets keep the address whole, and Discord from showing a preview. */
function link(address: string, text: string): string {
  if (!URL.canParse(address) || !/^https?:$/.test(new URL(address).protocol)) return text
  const shown = text.trim() === '' ? literal(address) : text.replace(/\n+/g, ' ')
  return `[${shown}](<${new URL(address).href.replaceAll('<', '%3C').replaceAll('>', '%3E')}>)`
}

/** With its id, Discord shows it as one to press: it stands in the message box then. */
function command({ command: name, id }: { command: string; id?: string | undefined }): string {
  const [first = '', ...sub] = name.split(' ')
  return id === undefined
    ? literal(`/${name}`)
    : `</${[first, ...(sub.length > 0 ? [sub.join('-')] : [])].join(' ')}:${id}>`
}

const STYLES = { day: 'D', time: 't', both: 'f' } as const

/**
 * Shown in the reader's own zone and language; a whole moment also as what is left till then, which some
 * clients do not count down, so never that alone.
 */
function time({ time: at, show }: Extract<Text[number], { time: number }>): string {
  const seconds = Math.floor(at / 1000)
  return `<t:${seconds}:${STYLES[show]}>${show === 'both' ? ` (<t:${seconds}:R>)` : ''}`
}
