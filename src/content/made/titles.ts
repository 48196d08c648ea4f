/** Makes titles that are clear to people who do not see the file around them. */

/** Headings that occur in every file. */
const GENERIC = new Set(
  (
    'overview|introduction|intro|summary|conclusion|conclusions|background|basics|definition|definitions|description|' +
    'example|examples|feature|features|key features|benefits|use case|use cases|advantages|disadvantages|pros|cons|' +
    'pros and cons|limitations|limits|pricing|cost|costs|security|note|notes|tip|tips|exam tip|exam tips|faq|reference|' +
    'references|resources|useful links|links|further reading|see also|prerequisites|requirements|installation|usage|' +
    'setup|getting started|configuration|how it works|what is it|why|when to use|when to use it|architecture|concepts|' +
    'key concepts|core concepts|key points|key takeaways|takeaways|terminology|glossary|comparison|commands|syntax|' +
    'steps|related|sources|todo|misc|miscellaneous|other|others|general|details|more|best practice|best practices|' +
    'options|types|components|monitoring|troubleshooting|practice|exercise|exercises|questions|answers|key facts|' +
    'important|remember|cheat sheet|cheatsheet|readme|index|home|review|recap|purpose|learning objectives|objectives'
  ).split('|'),
)

export const isGeneric = (title: string): boolean =>
  GENERIC.has(
    title
      .toLowerCase()
      .replace(/^[\d.\s)]+|[^\p{L}\p{N}\s]/gu, '')
      .replace(/\s+/g, ' ')
      .trim(),
  )

/** Notion puts one after the name of every file and folder. */
const ID = /\s[0-9a-f]{32}$/

/** Returns a name without the id that a program gave it. */
export const withoutId = (name: string): string => name.replace(ID, '')

/**
 * Turns `01_ec2-basics` into `Ec2 basics`; words with capitals keep them, and a date is not a number before a
 * name.
 */
export function humanised(whole: string): string {
  const name = withoutId(whole)
  if (/^\d{4}([-_.])\d{2}\1\d{2}$/.test(name)) return name.replace(/[_.]/g, '-')
  const words = name
    .replace(/^(?:\d{4}-\d{2}-\d{2}|\d+)[\s._-]+(?=\S)/, '')
    .replace(/[_-]+/g, ' ')
    .replace(/\s+/g, ' ')
    .trim()
  const text = words || name
  return text.charAt(0).toUpperCase() + text.slice(1)
}

/** Returns the name for a file whose own title says nothing: its file name, or that of its folder. */
export function fileName(path: string): string {
  const [last = '', folder] = path.split('/').reverse()
  const name = last.replace(/\.[^.]+$/, '')
  return humanised(/^(?:readme|index|_index|home)$/i.test(name) && folder !== undefined ? folder : name)
}

const MAX = 80

export interface Titled {
  /** Its heading; for text above all headings, the heading of the file. */
  readonly title: string
  /** The names of the headings around it, the nearest first, then the file and its folders. */
  readonly around: readonly string[]
}

/**
 * Returns a unique title for each topic, also different from those `taken` (in lower case): generic titles,
 * and titles of several files, get the name of what is around them.
 */
export function clearTitles(topics: readonly Titled[], taken: Set<string>): string[] {
  const counts = new Map<string, number>()
  for (const { title } of topics) counts.set(title.toLowerCase(), (counts.get(title.toLowerCase()) ?? 0) + 1)
  // Notes may repeat a heading often, so numbers that are taken are not tried again.
  const next = new Map<string, number>()
  return topics.map(({ title, around }) => {
    const isCommon = isGeneric(title) || (counts.get(title.toLowerCase()) ?? 0) > 1
    for (const name of candidates(title, around, isCommon, next)) {
      if (taken.has(name.toLowerCase())) continue
      taken.add(name.toLowerCase())
      return name
    }
    return title
  })
}

function* candidates(
  title: string,
  around: readonly string[],
  isCommon: boolean,
  next: Map<string, number>,
): Generator<string> {
  const names = around.filter((name) => name !== '' && name.toLowerCase() !== title.toLowerCase())
  const clear = names.findIndex((name) => !isGeneric(name))
  const [first] = clear >= 0 ? names.slice(clear) : names
  if (!isCommon || first === undefined) yield within(title)
  for (let i = Math.max(0, clear); i < names.length; i++) {
    yield within(title, names[i])
    if (i > clear && first !== undefined) yield within(title, `${first}, ${names[i]}`)
  }
  const key = JSON.stringify([title, first])
  for (let i = next.get(key) ?? 2; ; i++) {
    next.set(key, i + 1)
    yield within(title, first, i)
  }
}

/**
 * Adds the distinguishing name in brackets. Names are cut, the number never, since all titles would otherwise
 * be the same.
 */
function within(title: string, name = '', number?: number): string {
  const last = number === undefined ? '' : String(number)
  const short = cut(name, MAX / 2 - last.length)
  const end = [short, last].filter((part) => part !== '').join(', ')
  return end === '' ? cut(title, MAX) : `${cut(title, MAX - end.length - 3)} (${end})`.trim()
}

function cut(text: string, max: number): string {
  if (text.length <= max) return text
  const kept = text.slice(0, max - 1)
  const space = kept.lastIndexOf(' ')
  return `${(space > max / 2 ? kept.slice(0, space) : kept).replace(/[\uD800-\uDBFF]$/, '').trimEnd()}…`
}
