/**
 * Reads JSON of other programs, with the line of each object: one value, or one a line (JSON Lines). What is
 * no JSON is recorded, and reading goes on at the next object, so that one mistake does not cost the whole
 * file.
 */
export interface JsonFile {
  /** The outermost values, in their order. */
  readonly values: readonly unknown[]
  readonly faults: readonly JsonFault[]
  /** Whether a fault cuts the object or list short. */
  isBroken(value: object): boolean
  /** Returns the line, from 1, on which an object or a list of the file begins. */
  lineOf(value: object): number
}

export interface JsonFault {
  readonly line: number
  readonly reason: string
}

const MAX_DEPTH = 100
/** Far more than 2,000 questions have. */
const MAX_CONTAINERS = 300_000
/** A file with more faults is something else. */
const MAX_FAULTS = 100

/** Never throws, whatever the text is. */
export function readJson(text: string): JsonFile {
  const reader = new JsonReader(text)
  const values: unknown[] = []
  const faults: JsonFault[] = []
  while (reader.isMore()) {
    // What a fault has left over, such as a closing bracket, is no fault of its own.
    if (faults.length > 0 && reader.skipsRest()) continue
    const isAmidst = faults.length > 0 && reader.isAmidst()
    const value = reader.value(1)
    if (value !== undefined) values.push(value)
    const fault = reader.recover()
    if (!fault || isAmidst) continue
    if (faults.length < MAX_FAULTS) faults.push(fault)
    else {
      faults.push({ line: fault.line, reason: 'there is more that is no JSON, and the rest is not read' })
      break
    }
  }
  return {
    values,
    faults,
    isBroken: (value) => reader.broken.has(value),
    lineOf: (value) => reader.lines.get(value) ?? 1,
  }
}

const BLANKS = /[\s\ufeff]*/y
const TEXT = /"(?:[^"\\\n]|\\[^\n])*"/y
const NUMBER = /-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?/y
const WORD = /(?:true|false|null)\b/y

class JsonReader {
  readonly lines = new WeakMap<object, number>()
  readonly broken = new WeakSet<object>()
  private readonly source: string
  private at = 0
  private line = 1
  /** The place up to which lines are counted. */
  private counted = 0
  private fault: JsonFault | undefined
  private containers = 0

  constructor(source: string) {
    this.source = source
  }

  isMore(): boolean {
    this.take(BLANKS)
    return this.at < this.source.length
  }

  skipsRest(): boolean {
    return [']', '}', ',', ':'].some((sign) => this.sign(sign))
  }

  /** Whether something stands before this place in its line, and no object or list begins here. */
  isAmidst(): boolean {
    return !'{['.includes(this.source[this.at] ?? '') && this.source[this.at - 1] !== '\n'
  }

  /** Undefined where no value begins. A value that a fault cuts short is returned as far as it goes. */
  value(depth: number): unknown {
    this.take(BLANKS)
    if (depth > MAX_DEPTH) return this.wrong('it is nested too deeply')
    const sign = this.source[this.at]
    if (sign === '{') return this.object(depth)
    if (sign === '[') return this.list(depth)
    if (sign === '"') return this.text()
    const word = this.take(WORD)
    if (word !== undefined) return JSON.parse(word)
    const number = this.take(NUMBER)
    if (number === undefined) return this.wrong('a value is missing')
    // A number that JavaScript writes in another way, such as 1.50, stays as it is written.
    return String(Number(number)) === number ? Number(number) : number
  }

  /** Returns the fault, if there was one, and goes on at the next object or list after it. */
  recover(): JsonFault | undefined {
    const { fault } = this
    this.fault = undefined
    if (!fault) return undefined
    while (this.at < this.source.length && !this.isBeginning()) this.at++
    return fault
  }

  /** Whether an object or a list begins here, in a line of its own or next to another one. */
  private isBeginning(): boolean {
    if (!'{['.includes(this.source[this.at] ?? ' ')) return false
    let before = this.at - 1
    while (this.source[before] === ' ' || this.source[before] === '\t') before--
    return before < 0 || '\n,}]'.includes(this.source[before] ?? '')
  }

  private object(depth: number): object {
    // Without a prototype, a field named `__proto__` is a field like any other.
    const fields: Record<string, unknown> = Object.create(null)
    this.parts(fields, '}', () => {
      const name = this.text()
      if (name === undefined || !this.sign(':')) return this.wrong('a ":" is missing')
      if (name in fields) return this.wrong(`the field "${name.slice(0, 40)}" is there twice`)
      const value = this.value(depth + 1)
      if (value !== undefined) fields[name] = value
    })
    return fields
  }

  private list(depth: number): unknown[] {
    const list: unknown[] = []
    this.parts(list, ']', () => {
      const value = this.value(depth + 1)
      if (value !== undefined) list.push(value)
    })
    return list
  }

  /** A comma before the end is no fault. */
  private parts(container: object, end: string, readPart: () => void): void {
    if (++this.containers > MAX_CONTAINERS)
      this.wrong('the file holds too many objects and lists; split it up')
    this.lines.set(container, this.lineHere())
    this.at++
    while (!this.fault && !this.sign(end)) {
      readPart()
      if (this.fault || this.sign(',')) continue
      if (this.sign(end)) return
      this.wrong(`"," or "${end}" is missing`)
    }
    if (this.fault) this.broken.add(container)
  }

  private text(): string | undefined {
    this.take(BLANKS)
    const source = this.take(TEXT)
    if (source === undefined) return this.wrong('a text in quotation marks is missing, or is not closed')
    return JSON.parse(escaped(source))
  }

  private wrong(reason: string): undefined {
    this.fault ??= { line: this.lineHere(), reason }
    return undefined
  }

  private sign(wanted: string): boolean {
    this.take(BLANKS)
    const isThere = this.source[this.at] === wanted
    if (isThere) this.at++
    return isThere
  }

  private take(pattern: RegExp): string | undefined {
    pattern.lastIndex = this.at
    const [found] = pattern.exec(this.source) ?? []
    if (found !== undefined) this.at += found.length
    return found
  }

  private lineHere(): number {
    for (; this.counted < this.at; this.counted++) if (this.source[this.counted] === '\n') this.line++
    return this.line
  }
}

/** Tabs and backslashes that JSON wants escaped are signs of the text where they are not. */
const escaped = (source: string) =>
  source
    .replace(/\\(?:u[\da-fA-F]{4}|["\\/bfnrt])|\\/g, (sign) => (sign === '\\' ? '\\\\' : sign))
    .replaceAll('\t', '\\t')
