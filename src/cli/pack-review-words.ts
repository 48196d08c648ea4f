/** Shows a draft to its reviewer, with its key and its origin. */
import type { Waiting } from '../content/drafts/draft-file.js'
import { question as questionSchema } from '../content/schema.js'

export function draftLines({ id, value, from }: Waiting): string[] {
  const question = questionSchema.parse(value)
  const place = from.line === undefined ? from.file : `${from.file}:${from.line}`
  return [`${id}  (${question.kind}, from ${place}, "${from.heading}")`, ...itemLines(question)]
}

function itemLines(question: ReturnType<typeof questionSchema.parse>): string[] {
  switch (question.kind) {
    case 'choice':
    case 'response':
      return [
        question.stem,
        ...question.choices.flatMap(({ text, right, why }) => [
          `  ${right ? '*' : ' '} ${text}`,
          ...(why === '' ? [] : [`      ${why}`]),
        ]),
      ]
    case 'ordering':
      return [question.stem, ...question.steps.map(({ text }, i) => `  ${i + 1}. ${text}`)]
    case 'matching':
      return [question.stem, ...question.pairs.map(({ prompt, answer }) => `    ${prompt}  =  ${answer}`)]
    case 'case':
      return [question.scenario]
    case 'template':
      return [question.family]
  }
}

export const stemOf = ({ id, value }: Waiting): string => (typeof value.stem === 'string' ? value.stem : id)

export const drafts = (n: number): string => `${n.toLocaleString('en')} draft${n === 1 ? '' : 's'}`
