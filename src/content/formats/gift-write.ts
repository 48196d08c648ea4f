/** Writes GIFT as Moodle reads it. */
import type { Choice, MatchingItem } from '../../core/model.js'
import type { FoundQuestion, WrittenFile } from './format.js'
import { oneLine } from './tidy.js'

interface Told {
  readonly name: string
  readonly message: string
}

export function writeGift(questions: readonly FoundQuestion[], title: string): WrittenFile {
  const warnings: Told[] = []
  const lines = [`// ${oneLine(title)}`]
  let group: string | undefined
  let count = 0
  for (const question of questions) {
    const warn = (message: string) => warnings.push({ name: question.name, message })
    const answers = answersOf(question, warn)
    if (answers === undefined) continue
    if (question.group !== (group ?? '')) lines.push('', `$CATEGORY: ${categoryOf(question.group)}`)
    group = question.group
    count++
    const name = question.name === '' ? '' : `::${escaped(oneLine(question.name))}::`
    const feedback = question.explanation === '' ? [] : [`####${marked(question.explanation)}`]
    lines.push('', `${name}[plain]${escaped(question.item.stem)} {`, ...answers, ...feedback, '}')
  }
  return { bytes: new TextEncoder().encode(`${lines.join('\n')}\n`), extension: '.gift', count, warnings }
}

type Warn = (message: string) => void

function answersOf({ item }: FoundQuestion, warn: Warn): readonly string[] | undefined {
  switch (item.kind) {
    case 'choice':
      return item.choices.map((choice) => `${choice.right ? '=' : '~'}${textOf(choice)}`)
    case 'response': {
      const rights = item.choices.filter(({ right }) => right).length
      // Moodle knows shares with five decimals; a wrong pick takes all points away.
      const share = String(Math.round(100e5 / rights) / 1e5)
      return item.choices.map((choice) => `~%${choice.right ? share : '-100'}%${textOf(choice)}`)
    }
    case 'matching':
      return pairsOf(item, warn)
    case 'ordering':
      warn('GIFT has no questions about an order; it is left out')
      return undefined
  }
}

const textOf = ({ text, why }: Choice) => `${marked(text)}${why === '' ? '' : `#${marked(why)}`}`

function pairsOf({ pairs, spare }: MatchingItem, warn: Warn): readonly string[] {
  if (pairs.some(({ why }) => why !== '')) warn('GIFT has no reasons for single pairs; they are left out')
  return [
    ...pairs.map(({ prompt, answer }) => `=${promptOf(prompt)} -> ${marked(answer)}`),
    ...spare.map((answer) => `= -> ${marked(answer)}`),
  ]
}

/**
 * The arrow has no escape of its own, so a prompt that contains it is written as HTML, which `[moodle]`
 * reads.
 */
function promptOf(prompt: string): string {
  if (!prompt.includes('->')) return marked(prompt)
  const html = prompt.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')
  return `[moodle]${escaped(html)}`
}

/** A text that begins like a format marker gets a marker itself. */
const marked = (text: string) => `${/^\s*[[%#]/.test(text) ? '[plain]' : ''}${escaped(text)}`

const escaped = (text: string) => text.replace(/[\\~=#{}:]/g, '\\$&').replaceAll('\n', '\\n')

/** A slash separates nested categories; two slashes stand for one. */
function categoryOf(group: string): string {
  const name = oneLine(group).replaceAll('/', '//')
  return name === '' ? 'top' : name
}
