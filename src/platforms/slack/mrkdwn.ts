/**
 * Rich text as Slack's mrkdwn. Slack has no way to quote a formatting character, so data that would format is written with
 * look-alikes; `&`, `<` and `>` are escaped, which keeps data from pinging and linking.
 */
import { enclosed, formatTime, type Inline, plain, type Text } from '../../core/text.js'

/** For `text` of type `mrkdwn`, together with `verbatim: true`, so that Slack links nothing by itself. */
export function mrkdwn(text: Text): string {
  return text.map(inline).join('')
}

/** Slack formats only what has no space inside its marks. */
function inline(part: Inline): string {
  if (typeof part === 'string') return literal(part)
  if ('bold' in part) return enclosed(mrkdwn(part.bold), '*')
  if ('italic' in part) return enclosed(mrkdwn(part.italic), '_')
  if ('code' in part) return enclosed(escaped(part.code.replaceAll('`', 'ˋ').replace(/\s+/g, ' ')), '`')
  if ('link' in part)
    return `<${encodeURI(part.link).replaceAll('|', '%7C').replaceAll('&', '&amp;')}|${literal(plain(part.text)).replaceAll('|', '∣')}>`
  if ('member' in part) return literal(part.name)
  if ('channel' in part) return /^[A-Z0-9]+$/.test(part.channel) ? `<#${part.channel}>` : literal(`#${part.channel}`)
  return moment(part)
}

const TOKENS = { day: '{date_short}', time: '{time}', both: '{date_short}, {time}' } as const

/** Shown in the reader's own zone. */
function moment({ time, zone, show }: { time: number; zone: string; show: 'day' | 'time' | 'both' }): string {
  return `<!date^${Math.floor(time / 1000)}^${TOKENS[show]}|${formatTime(time, zone, show)}>`
}

export function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')
}

const LOOK_ALIKES: Readonly<Record<string, string>> = { '*': '∗', _: '＿', '~': '∼', '`': 'ˋ' }
/** No character at all to see; keeps its neighbours apart. */
const JOINER = '\u2060'

/** For texts that Slack does not format, such as titles and labels: what would ping elsewhere is taken apart here too. */
export function unformatted(text: string): string {
  return text.replace(/<(?=[!@#])/g, `<${JOINER}`)
}

/** Data: shown as it is, whatever stands in it. */
export function literal(text: string): string {
  return escaped(unmarked(text))
    .replace(/:(?=[\w+'-]+:)/g, `:${JOINER}`)
    .replace(/^(?=&gt;)/gm, JOINER)
}

/** With look-alikes for every pair of marks between which Slack would format. */
function unmarked(text: string): string {
  let quiet = text
  // Marks inside marks come to light when the outer ones are gone.
  for (let i = 0; i < 4; i++) {
    const places = MARK.test(quiet) ? formatting(quiet) : []
    if (places.length === 0) break
    let [shown, from] = ['', 0]
    for (const place of places) {
      shown += quiet.slice(from, place) + LOOK_ALIKES[quiet[place] ?? '']
      from = place + 1
    }
    quiet = shown + quiet.slice(from)
  }
  return quiet
}

const MARK = /[*_~`]/

/**
 * The places of the marks that format: the first that can begin, the next of its kind on the line that can end, and so on after that.
 * A mark begins with no word before it and no space after it, and ends the other way round.
 */
function formatting(text: string): number[] {
  const ends = endings(text)
  const places: number[] = []
  for (let i = 0; i < text.length; i++) {
    const end = ends[i] ?? 0
    if (end === 0 || isSpace(text, i + 1) || isWord(text, i - 1)) continue
    places.push(i, end)
    i = end
  }
  return places
}

/** For each mark, the next of its kind on its line that can end it with something between; 0 for none and for all else. */
function endings(text: string): Int32Array {
  const ends = new Int32Array(text.length)
  const next = new Map<string, number>()
  for (let i = text.length - 3; i >= 0; i--) {
    const later = text[i + 2] ?? ''
    if (later === '\n') next.clear()
    else if (LOOK_ALIKES[later] !== undefined && !isSpace(text, i + 1) && !isWord(text, i + 3)) next.set(later, i + 2)
    ends[i] = next.get(text[i] ?? '') ?? 0
  }
  return ends
}

const ASCII = 128

function isSpace(text: string, place: number): boolean {
  const code = text.charCodeAt(place)
  return code < ASCII ? code === 32 || (code >= 9 && code <= 13) : /\s/.test(text.charAt(place))
}

/** Whether the character of which the place is a half or the whole is a letter or a digit. */
function isWord(text: string, place: number): boolean {
  const code = text.charCodeAt(place)
  if (code < ASCII) return (code >= 48 && code <= 57) || (code >= 65 && code <= 90) || (code >= 97 && code <= 122)
  const isSecond = code >= 0xdc00 && code <= 0xdfff && /[\uD800-\uDBFF]/.test(text.charAt(place - 1))
  return /^[\p{L}\p{N}]/u.test(text.slice(isSecond ? place - 1 : Math.max(0, place), place + 2))
}
