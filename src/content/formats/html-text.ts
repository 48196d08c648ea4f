/** Converts HTML in texts of other programs to plain text. Nothing of it is run or fetched. */
import { Tokenizer, type TokenizerCallbacks } from 'htmlparser2'
import { type Flow, flow } from './html-flow.js'
import { DROPPED, isShown, UNSEEN } from './html-tags.js'
import { tidy } from './tidy.js'

export interface PlainText {
  readonly text: string
  /** What plain text cannot hold, each kind once, such as `a picture`. */
  readonly dropped: readonly string[]
}

/** `keepsLines`: line ends of the source stay line ends of the text, as in Moodle's own formats. */
export function htmlText(source: string, keepsLines = false): PlainText {
  if (!/[<&]/.test(source)) return { text: tidy(keepsLines ? source : flowing(source)), dropped: [] }
  const reader = new HtmlReader(source, flow(keepsLines))
  const tokenizer = new Tokenizer({ decodeEntities: true }, reader)
  tokenizer.write(source)
  tokenizer.end()
  return reader.result()
}

const flowing = (text: string) => text.replace(/\s+/g, ' ')

/**
 * Uses only the tokenizer, not the library's parser, since nothing here needs to know which elements are
 * open.
 */
class HtmlReader implements TokenizerCallbacks {
  private readonly source: string
  private readonly out: Flow
  private readonly dropped = new Set<string>()
  private name = ''
  private begin = 0
  /** The end of what was read so far. */
  private end = 0
  private attribute = ''
  private value = ''
  private address = ''
  private linkFrom = 0
  private hidden = ''
  private depth = 0

  constructor(source: string, out: Flow) {
    this.source = source
    this.out = out
  }

  result(): PlainText {
    return { text: tidy(this.out.since(0)), dropped: [...this.dropped] }
  }

  ontext(start: number, end: number): void {
    this.add(this.source.slice(start, end))
    this.end = end
  }

  ontextentity(codepoint: number, end: number): void {
    this.add(String.fromCodePoint(codepoint))
    this.end = end
  }

  oncdata(start: number, end: number, offset: number): void {
    this.ontext(start, end - offset)
    this.end = end + 1
  }

  oncomment(_start: number, end: number): void {
    this.aside(end)
  }

  ondeclaration(_start: number, end: number): void {
    this.aside(end)
  }

  onprocessinginstruction(_start: number, end: number): void {
    this.aside(end)
  }

  onopentagname(start: number, end: number): void {
    this.name = this.source.slice(start, end).toLowerCase()
    this.begin = start - 1
    this.address = this.name === 'a' ? '' : this.address
  }

  onattribname(start: number, end: number): void {
    this.attribute = this.source.slice(start, end).toLowerCase()
    this.value = ''
  }

  onattribdata(start: number, end: number): void {
    if (this.attribute === 'href') this.value += this.source.slice(start, end)
  }

  onattribentity(codepoint: number): void {
    if (this.attribute === 'href') this.value += String.fromCodePoint(codepoint)
  }

  onattribend(): void {
    if (this.attribute === 'href' && this.name === 'a') this.address = this.value.trim()
  }

  onselfclosingtag(end: number): void {
    this.opened(end, true)
  }

  onopentagend(end: number): void {
    this.opened(end, false)
  }

  onclosetag(start: number, end: number): void {
    const name = this.source.slice(start, end).toLowerCase()
    const close = this.source.indexOf('>', end)
    this.end = close < 0 ? this.source.length : close + 1
    if (this.hidden !== '') {
      if (name === this.hidden && --this.depth === 0) this.hidden = ''
    } else if (!isShown(name)) this.add(this.source.slice(start - 2, this.end))
    else {
      if (name === 'a') this.endLink()
      this.out.close(name)
    }
  }

  onend(): void {
    if (this.hidden !== '' && this.depth > 0 && this.hidden !== 'head')
      this.dropped.add(`what follows <${this.hidden}>, which is never closed`)
    // Text that begins like a tag and never ends is text, such as `a <b`.
    else this.add(this.source.slice(this.end))
    this.end = this.source.length
  }

  private opened(end: number, isClosed: boolean): void {
    this.end = end + 1
    const { name } = this
    if (this.hidden !== '') {
      if (name === this.hidden && !isClosed) this.depth++
      return
    }
    const unseen = UNSEEN.get(name)
    const note = unseen ?? DROPPED.get(name)
    if (note) this.dropped.add(note)
    if (unseen !== undefined && !isClosed) [this.hidden, this.depth] = [name, 1]
    else if (!isShown(name)) this.add(this.source.slice(this.begin, this.end))
    else {
      this.linkFrom = name === 'a' ? this.out.mark() : this.linkFrom
      this.out.open(name)
    }
  }

  /** Comments are not shown; text that only looks like one, such as an unclosed one, is text. */
  private aside(end: number): void {
    const begin = this.end
    this.end = this.source[end] === '>' ? end + 1 : end
    const all = this.source.slice(begin, this.end)
    const isComment = all.startsWith('<!--') && all.endsWith('>')
    if (!isComment && !/^<(?:\?|!doctype)/i.test(all)) this.add(all)
  }

  private add(text: string): void {
    if (this.hidden === '') this.out.add(text)
  }

  /** A link keeps its address, unless its words are the address. */
  private endLink(): void {
    if (this.address === '') return
    const words = this.out.since(this.linkFrom)
    if (/^https?:\/\//i.test(this.address) && !words.includes(this.address))
      this.out.add(` (${this.address})`)
    else if (!words.includes(this.address)) this.dropped.add('a link within the page')
    this.address = ''
  }
}
