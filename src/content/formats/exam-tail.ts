/** Reads what follows the answers of a question: its key, the explanation, and reasons for single answers. */
import { examKey } from './exam-key.js'
import {
  bare,
  type ExamLine,
  explanationValue,
  headingLevel,
  isNavigation,
  isRule,
  keyValue,
} from './exam-lines.js'
import type { OptionGroup } from './exam-options.js'

export interface Tail {
  /** Indexes of the right answers; undefined if no line names them. */
  readonly places: readonly number[] | undefined
  /** Why the line that names them cannot be used. */
  readonly reason: string | undefined
  readonly explanation: string
  /** Whether a line is labelled as the explanation. */
  readonly isExplained: boolean
  /** Reasons by the letters of the answers. */
  readonly whys: ReadonlyMap<string, string>
}

const WHY =
  /^\s*(?:[-*+•]\s+)?(?:\*\*|__|`)?(?:option\s|answer\s|choice\s)?\(?([A-H])(?:\*\*|__|`)?(?:\s{0,2}[[(](?:wrong|incorrect|correct|right|false|true|not)\b[^)\]]{0,80}[)\]](?:\*\*|__)?\s{0,2}:?|[.):])(?:\*\*|__|`)?(?:\s{0,2}:(?:\*\*)?)?\s+(.*)$/i
/** Matches "B is not correct because …", as a line for each answer. */
const JUDGED =
  /^\s*(?:[-*+•]\s+)?[*_]{0,2}(?:option\s|answer\s)?([A-H])[*_]{0,2}\s+is\s+(not\s+correct|not\s+right|incorrect|correct|wrong|right)\b[*_]{0,2}[,:]?\s*(?:because\s+)?(.*)$/i
const ABOUT_OTHERS = /^why\s.{0,60}(?:incorrect|wrong|not correct|right|correct).{0,20}:?[\s*_]*$/i
const SAYS_RIGHT = /[-–—(\s](?:correct|right)\)?[\s*_✅✔]*$/iu

export function readTail(lines: readonly ExamLine[], group: OptionGroup): Tail {
  const keys = new KeyLines(group)
  const explanation: string[] = []
  const whys = new Map<string, string[]>()
  const judged = new Map<string, boolean>()
  let why: string[] | undefined
  let isExplained = false
  for (const line of lines) {
    if (isRule(line) || isNavigation(line)) continue
    const value = keyValue(line)
    const told = explanationValue(line)
    const [, letter, words] = line.isCode ? [] : (WHY.exec(line.text) ?? [])
    const [, about, verdict, because] = line.isCode ? [] : (JUDGED.exec(line.text) ?? [])
    const besides = keys.isPending && !line.isBlank && value === undefined ? keys.next(line) : undefined
    if (value !== undefined && !keys.isOpen) keys.again(value)
    if (value !== undefined && keys.isOpen) explanation.push(keys.begin(value))
    else if (about !== undefined && because !== undefined && !whys.has(about.toUpperCase())) {
      judged.set(about.toUpperCase(), /^(?:correct|right)$/i.test(verdict ?? ''))
      why = [`${because.slice(0, 1).toUpperCase()}${because.slice(1)}`]
      whys.set(about.toUpperCase(), why)
    } else if (besides !== undefined) explanation.push(besides)
    else if (line.isBlank && keys.isFound) keys.isPending = false
    else if (told !== undefined) {
      isExplained = true
      explanation.push(told)
      why = undefined
    } else if (letter !== undefined && words !== undefined && !whys.has(letter.toUpperCase())) {
      why = [words]
      whys.set(letter.toUpperCase(), why)
    } else if (why && (line.indent >= 2 || line.isCode)) why.push(line.text.trim())
    else if (headingLevel(line) > 0 || ABOUT_OTHERS.test(bare(line))) why = undefined
    else {
      if (!line.isBlank) why = undefined
      explanation.push(line.text)
    }
  }
  const isForEach = whys.size >= Math.max(2, group.options.length - 1)
  if (!isForEach) for (const [letter, parts] of whys) explanation.push(`${letter}) ${parts.join('\n')}`)
  const joined = new Map([...whys].map(([letter, parts]) => [letter, parts.join('\n')] as const))
  const named = keys.result()
  return {
    ...named,
    places: named.places ?? (named.reason === undefined ? judgedPlaces(group, judged) : undefined),
    explanation: explanation.join('\n').trim(),
    isExplained,
    whys: isForEach ? joined : new Map(),
  }
}

/** Returns the places only if each answer is judged. */
function judgedPlaces({ options }: OptionGroup, judged: ReadonlyMap<string, boolean>): number[] | undefined {
  const places = options.flatMap(({ letter }, place) => (judged.get(letter) === true ? [place] : []))
  return places.length > 0 && options.every(({ letter }) => judged.has(letter)) ? places : undefined
}

/** Reads the key from its own line, or from a list below its label. */
class KeyLines {
  private readonly group: OptionGroup
  private places: number[] | undefined
  private marked: number[] = []
  private reason: string | undefined
  /** Whether the keys stand in a list below their label. */
  private isList = false
  private isContradicted = false
  isOpen = true
  isPending = false

  constructor(group: OptionGroup) {
    this.group = group
  }

  get isFound(): boolean {
    return this.places !== undefined
  }

  /** Returns what else the line says. */
  begin(value: string): string {
    this.isPending = value.replace(/[*_`\s]/g, '') === ''
    if (this.isPending) return ''
    this.isOpen = false
    const key = examKey(value, this.group)
    if ('reason' in key) this.reason = key.reason
    else {
      this.places = [...key.places]
      this.isPending = key.isSpelt
    }
    return 'reason' in key ? '' : key.rest
  }

  /** A second line with nothing but a key must name the same answers. */
  again(value: string): void {
    const key = examKey(value, this.group)
    if ('reason' in key || key.rest !== '' || !this.places) return
    const [first, second] = [this.places, key.places].map((places) => [...new Set(places)].toSorted().join())
    if (first !== second) this.isContradicted = true
  }

  /** Returns what else a line below the label says, if it is one of the keys. */
  next(line: ExamLine): string | undefined {
    const isList = /^\s*(?:[-*+•]\s|[`*_(]{0,3}[A-Ha-h][.):])/.test(line.text)
    const isRight = SAYS_RIGHT.test(line.text)
    const value = line.text.replace(/^\s*[-*+•]\s+/, '').trim()
    const key = examKey(isRight ? value.replace(SAYS_RIGHT, '') : value, this.group)
    // A number followed by its own words begins a list, such as the steps of a solution.
    const isStep = 'places' in key && /^\d/.test(value) && key.rest !== '' && !key.isSpelt
    // More keys below the first one differ from reasons by the words of their answers.
    if ('reason' in key || isStep || (this.places && !(isList && (key.isSpelt || this.isList)))) {
      this.isPending = false
      return undefined
    }
    this.places = [...(this.places ?? []), ...key.places]
    if (isRight) this.marked.push(...key.places)
    this.isOpen = false
    this.isPending = isList
    this.isList ||= isList
    return key.rest
  }

  result(): Pick<Tail, 'places' | 'reason'> {
    if (this.isContradicted) return { places: undefined, reason: 'two lines name different answers as right' }
    const places = this.marked.length > 0 ? this.marked : this.places
    return { places: places && [...new Set(places)], reason: this.reason }
  }
}
