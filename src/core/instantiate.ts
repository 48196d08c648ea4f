/** Turns a question as authored into a question as shown. */
import type { AuthoredItem, ItemInstance, Option, Question, QuestionInstance } from './model.js'
import { seeded, shuffle } from './random.js'
import { drawTemplate } from './template.js'

/**
 * Assigns letters, shuffles the options by the seed (32 bits), draws a template's numbers, and computes the
 * keys.
 */
export function instantiate(question: Question, seed: number): QuestionInstance {
  const random = seeded(seed)
  switch (question.kind) {
    case 'case':
      return {
        question,
        seed,
        scenario: question.scenario,
        items: question.items.map((item) => instantiateItem(item, random)),
      }
    case 'template':
      return { question, seed, items: [instantiateItem(drawTemplate(question.family, random), random)] }
    case 'choice':
    case 'response':
    case 'ordering':
    case 'matching':
      return { question, seed, items: [instantiateItem(question, random)] }
  }
}

function instantiateItem(item: AuthoredItem, random: () => number): ItemInstance {
  switch (item.kind) {
    case 'choice':
    case 'response': {
      const choices = shuffle(item.choices, random)
      const key = choices.flatMap((choice, i) => (choice.right ? [letter(i)] : [])).join('')
      const instance = { stem: item.stem, options: lettered(choices), key }
      return item.kind === 'choice'
        ? { kind: 'choice', ...instance }
        : { kind: 'response', ...instance, pick: key.length }
    }
    case 'ordering': {
      const steps = shuffle([...item.steps, ...item.spare], random)
      const key = item.steps.map((step) => letter(steps.indexOf(step))).join('')
      return { kind: 'ordering', stem: item.stem, options: lettered(steps), key, places: item.steps.length }
    }
    case 'matching': {
      const answers = shuffle([...new Set([...item.pairs.map((p) => p.answer), ...item.spare])], random)
      const pairs = shuffle(item.pairs, random)
      const key = pairs.map((p) => letter(answers.indexOf(p.answer))).join('')
      const options = lettered(answers.map((text) => ({ text, why: '' })))
      return {
        kind: 'matching',
        stem: item.stem,
        prompts: pairs.map((p) => ({ text: p.prompt, why: p.why })),
        options,
        key,
      }
    }
  }
}

function lettered(options: readonly { text: string; why: string }[]): Option[] {
  return options.map((option, i) => ({ letter: letter(i), text: option.text, why: option.why }))
}

function letter(index: number): string {
  return String.fromCharCode(65 + index)
}
