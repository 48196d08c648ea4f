/** Draws rich text as elements. */
import type { Inline, Text } from '../../../core/text.js'
import { el } from './dom.js'
import { timer } from './timer.js'

export function inlines(text: Text): (Node | string)[] {
  return text.flatMap((part) => (typeof part === 'string' ? words(part) : [inline(part)]))
}

/** Puts isolated data of a text, which may run in the other direction, into elements that isolate it. */
export function words(text: string): (Node | string)[] {
  return text
    .split(/(\u2068[^\u2068\u2069]*\u2069)/)
    .map((part) => (part.startsWith('\u2068') ? el('bdi', {}, part.slice(1, -1)) : part))
}

function inline(part: Exclude<Inline, string>): Node | string {
  if ('bold' in part) return el('strong', {}, ...inlines(part.bold))
  if ('italic' in part) return el('em', {}, ...inlines(part.italic))
  if ('code' in part) return el('code', { dir: 'auto' }, part.code)
  if ('link' in part) return link(part.link, part.text)
  if ('channel' in part) return `#${part.channel}`
  if ('command' in part) return el('code', {}, `/${part.command}`)
  if ('member' in part) return el('span', { class: 'mention' }, '@', el('bdi', {}, part.name))
  if ('until' in part) return timer(part.until)
  // The web chat has no groups.
  if ('group' in part) return ''
  return moment(part.time, part.zone, part.show)
}

/** Makes links of web addresses only; anything else stays plain text. */
function link(address: string, text: Text): Node {
  const safe = URL.canParse(address) && /^https?:$/.test(new URL(address).protocol)
  return safe
    ? el('a', { href: address, target: '_blank', rel: 'noopener noreferrer' }, ...inlines(text))
    : el('span', {}, ...inlines(text))
}

/** Shows a moment in the reader's own zone, with the team's zone on hover. */
function moment(time: number, zone: string, show: 'day' | 'time' | 'both'): Node {
  const day = { weekday: 'short', day: 'numeric', month: 'short' } as const
  const clock = { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' } as const
  const options = show === 'day' ? day : show === 'time' ? clock : { ...day, ...clock }
  const there = new Intl.DateTimeFormat('en-GB', {
    ...day,
    ...clock,
    timeZone: zone,
    timeZoneName: 'short',
  }).format(time)
  return el(
    'time',
    { datetime: new Date(time).toISOString(), title: there },
    new Intl.DateTimeFormat('en-GB', options).format(time),
  )
}
