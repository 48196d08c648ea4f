/** Small questions for the tests of the core. */
import type {
  AuthoredItem,
  ChoiceItem,
  Difficulty,
  MatchingItem,
  OrderingItem,
  Question,
  ResponseItem,
} from '../../src/core/model.js'

export interface Facts {
  readonly id?: string
  readonly topics?: readonly string[]
  readonly concept?: string
  readonly difficulty?: Difficulty
}

function facts({ id = 'q', topics = ['canary'], concept = id, difficulty = 2 }: Facts) {
  return {
    ...{ id, topics, concept, difficulty },
    ...{ pack: 'mla', version: '0123456789ab', number: 1, domain: 3, task: '3.3', misconception: 'm' },
    origin: {
      kind: 'file',
      section: 'one',
      file: 'f',
      line: 1,
      sources: { notes: [], documents: [], checked: '2026-11-20' },
      imported: false,
    } as const,
  }
}

export const why = (text: string) => `because of ${text}`

/** The first choice is right. */
export function choiceItem(...texts: string[]): ChoiceItem {
  return {
    kind: 'choice',
    stem: 'Which?',
    choices: texts.map((text, i) => ({ text, right: i === 0, why: why(text) })),
  }
}

export function responseItem(right: readonly string[], wrong: readonly string[]): ResponseItem {
  const made = (texts: readonly string[], isRight: boolean) =>
    texts.map((text) => ({ text, right: isRight, why: why(text) }))
  return { kind: 'response', stem: 'Which?', choices: [...made(right, true), ...made(wrong, false)] }
}

export function orderingItem(steps: readonly string[], spare: readonly string[] = []): OrderingItem {
  const made = (texts: readonly string[]) => texts.map((text) => ({ text, why: why(text) }))
  return { kind: 'ordering', stem: 'In which order?', steps: made(steps), spare: made(spare) }
}

/** Prompt to answer; an answer may come twice. */
export function matchingItem(
  pairs: Readonly<Record<string, string>>,
  spare: readonly string[] = [],
): MatchingItem {
  const made = Object.entries(pairs).map(([prompt, answer]) => ({ prompt, answer, why: why(prompt) }))
  return { kind: 'matching', stem: 'Which to which?', pairs: made, spare }
}

export function ask(item: AuthoredItem, about: Facts = {}): Question {
  return { ...facts(about), ...item }
}

export function askCase(items: readonly AuthoredItem[], about: Facts = {}): Question {
  return { ...facts(about), kind: 'case', scenario: 'A team …', items }
}

export function askTemplate(family: string, about: Facts = {}): Question {
  return { ...facts(about), kind: 'template', family }
}

/** A choice question with nothing remarkable. */
export function plainQuestion(about: Facts = {}): Question {
  return ask(choiceItem('one', 'two', 'three', 'four'), about)
}
