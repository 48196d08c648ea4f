/**
 * Writes questions as cards that Anki imports: the question with its answers on the front, the key and the
 * reasons on the back.
 */
import type { AuthoredItem, Choice } from '../../core/model.js'
import type { FoundQuestion, WrittenFile } from './format.js'
import { oneLine } from './tidy.js'

const HEADERS = ['#separator:tab', '#html:true', '#notetype:Basic', '#deck column:3']

export function writeAnki(questions: readonly FoundQuestion[], title: string): WrittenFile {
  const rows = questions.map(({ item, explanation, group }) => {
    const { front, back } = cardOf(item)
    const deck = [title, group]
      .map(oneLine)
      .filter((part) => part !== '')
      .join('::')
    return [html(front), html([...back, ...(explanation === '' ? [] : ['', explanation])]), deck]
      .map(quoted)
      .join('\t')
  })
  const message = 'Anki has cards to turn over: read again, this file gives topics to look up, not questions'
  return {
    bytes: new TextEncoder().encode(`${[...HEADERS, ...rows].join('\n')}\n`),
    extension: '.txt',
    count: rows.length,
    warnings: questions.length > 0 ? [{ name: '', message }] : [],
  }
}

interface Card {
  readonly front: readonly string[]
  readonly back: readonly string[]
}

function cardOf(item: AuthoredItem): Card {
  switch (item.kind) {
    case 'choice':
    case 'response': {
      const lines = item.choices.map(({ text }, i) => `${letter(i)}. ${text}`)
      return { front: [item.stem, '', ...lines], back: answers(item.choices) }
    }
    case 'ordering': {
      const all = [...item.steps, ...item.spare].map(({ text }) => text).sort()
      const steps = item.steps.map(({ text, why }, i) => `${i + 1}. ${text}${after(why)}`)
      const spare = item.spare.map(({ text, why }) => `Not needed: ${text}${after(why)}`)
      return { front: [item.stem, '', ...all], back: [...steps, ...spare] }
    }
    case 'matching': {
      const all = [...new Set([...item.pairs.map(({ answer }) => answer), ...item.spare])].sort()
      const prompts = item.pairs.map(({ prompt }, i) => `${i + 1}. ${prompt}`)
      const pairs = item.pairs.map(({ prompt, answer, why }) => `${prompt}: ${answer}${after(why)}`)
      return { front: [item.stem, '', ...prompts, '', ...all], back: pairs }
    }
  }
}

/** Returns the key first, then why the others are wrong. */
function answers(choices: readonly Choice[]): readonly string[] {
  const lines = choices.map(({ text, right, why }, i) => ({
    right,
    line: `${letter(i)}. ${text}${after(why)}`,
    why,
  }))
  const others = lines.filter(({ right, why }) => !right && why !== '')
  return [...lines.filter(({ right }) => right), ...(others.length > 0 ? [{ line: '' }, ...others] : [])].map(
    ({ line }) => line,
  )
}

const letter = (place: number) => String.fromCharCode(65 + place)
const after = (why: string) => (why === '' ? '' : ` (${why})`)

const html = (lines: readonly string[]) =>
  lines
    .join('\n')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('\n', '<br>')

const quoted = (cell: string) => `"${cell.replaceAll('"', '""')}"`
