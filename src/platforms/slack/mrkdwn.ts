/**
 * Renders rich text as Slack's mrkdwn. Slack has no way to escape a formatting character, so data that would
 * format is written with look-alikes; `&`, `<` and `>` are escaped, which keeps data from pinging and
 * linking.
 */
import { enclosed, formatTime, type Inline, isolated, plain, type Text } from '../../core/text.js'
import { RESERVED, slashLine, slashName } from './manifest.js'
import { unmarked } from './marks.js'

/**
 * Use it for `text` of type `mrkdwn`, together with `verbatim: true`, so that Slack links nothing by itself.
 */
export function mrkdwn(text: Text): string {
  return text.map(inline).join('')
}

/** The id of a user group. */
const GROUP = /^S[A-Z0-9]{5,20}$/

/** Puts spaces outside the marks, since Slack formats only text without spaces just inside them. */
function inline(part: Inline): string {
  if (typeof part === 'string') return literal(part)
  if ('bold' in part) return enclosed(mrkdwn(part.bold), '*')
  if ('italic' in part) return enclosed(mrkdwn(part.italic), '_')
  if ('code' in part)
    return enclosed(escaped(isolated(part.code).replaceAll('`', 'ˋ').replace(/\s+/g, ' ')), '`')
  if ('link' in part) return link(part.link, plain(part.text))
  if ('member' in part)
    return part.ping && /^[UW][A-Z0-9]+$/.test(part.member)
      ? `<@${part.member}>`
      : literal(isolated(part.name))
  if ('group' in part) return GROUP.test(part.group) ? `<!subteam^${part.group}>` : ''
  if ('channel' in part)
    return /^[A-Z0-9]+$/.test(part.channel) ? `<#${part.channel}>` : literal(`#${part.channel}`)
  if ('command' in part) return literal(slashLine(part.command))
  if ('until' in part) return literal(part.left)
  return moment(part)
}

/** Accepts web addresses only. `href` percent-encodes everything that would end the link, except the bar. */
function link(address: string, text: string): string {
  if (!URL.canParse(address) || !/^https?:$/.test(new URL(address).protocol)) return literal(text)
  const { href } = new URL(address)
  return `<${escaped(href.replaceAll('|', '%7C'))}|${literal(text).replaceAll('|', '∣')}>`
}

const TOKENS = { day: '{date_short}', time: '{time}', both: '{date_short}, {time}' } as const

/** Slack shows a moment in the reader's own zone. */
function moment({ time, zone, show }: { time: number; zone: string; show: 'day' | 'time' | 'both' }): string {
  return `<!date^${Math.floor(time / 1000)}^${TOKENS[show]}|${formatTime(time, zone, show)}>`
}

export function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')
}

/** An invisible character that keeps its neighbours apart. */
const JOINER = '\u2060'

/**
 * Escapes texts that Slack does not format, such as titles and labels: characters that would ping elsewhere
 * are broken up here too.
 */
export function unformatted(text: string): string {
  return renamed(text).replace(/<(?=[!@#])/g, `<${JOINER}`)
}

/** Escapes data, so that it is shown as it is. */
export function literal(text: string): string {
  return escaped(unmarked(renamed(text)))
    .replace(/:(?=[\w+'-]+:)/g, `:${JOINER}`)
    .replace(/^(?=&gt;)/gm, JOINER)
}

/** Renames commands in the bot's own words to their names in Slack: `/cohort`, not `/help`. */
function renamed(text: string): string {
  return text.replace(RENAMED, (_all, name: string) => `/${slashName(name)}`)
}

/** Matches reserved commands, but not within a path or an address. */
const RENAMED = new RegExp(`(?<![\\w./-])/(${Object.keys(RESERVED).join('|')})(?![\\w/-]|\\.\\w)`, 'g')
