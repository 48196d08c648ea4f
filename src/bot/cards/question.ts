/** Questions, as they are shown in the channel, privately from a round, or in practice. */
import { isWithdrawn } from '../../core/grade.js'
import type { Answer, ItemInstance, Question } from '../../core/model.js'
import { isolated, sentence, short, type Text } from '../../core/text.js'
import { type Block, bold, button, buttons, type Form, heading, letters, note, text } from '../ui/card.js'
import type { AnswerIds } from '../ui/ids.js'
import { loudNumber } from './wording.js'

/**
 * Stem, options and controls, which carry `where`. The options are listed with their letters, and buttons
 * show only letters.
 */
export function itemBlocks<Opening, Where extends Opening>(
  item: ItemInstance,
  ids: AnswerIds<Where, Opening>,
  where: Where,
): Block[] {
  return [text(item.stem), ...optionBlocks(item), ...controls(item, ids, where)]
}

function optionBlocks(item: ItemInstance): Block[] {
  const options = letters(...item.options.map((o) => [o.text]))
  switch (item.kind) {
    case 'choice':
      return [options]
    case 'response':
      return [text(bold(`Choose ${loudNumber(item.pick)}.`)), options]
    case 'ordering':
      return [text(bold(orderingTask(item))), options]
    case 'matching':
      return [
        { kind: 'list', style: 'numbers', items: item.prompts.map((p) => [p.text]) },
        text(bold('Match each with one of these:')),
        options,
      ]
  }
}

function orderingTask(item: ItemInstance & { kind: 'ordering' }): string {
  const spare = item.options.length - item.places
  return spare > 0
    ? `Put ${loudNumber(item.places)} of these steps in order; leave ${loudNumber(spare)} out.`
    : `Put these ${loudNumber(item.places)} steps in order.`
}

function controls<Opening, Where extends Opening>(
  item: ItemInstance,
  ids: AnswerIds<Where, Opening>,
  where: Where,
): Block[] {
  switch (item.kind) {
    case 'choice':
      return buttons(
        ...item.options.map((o) => button(ids.choose.id({ ...where, letter: o.letter }), o.letter)),
      )
    case 'response':
      return [
        {
          kind: 'select',
          id: ids.chooseMany.id(where),
          label: `Choose ${loudNumber(item.pick)}`,
          min: item.pick,
          max: item.pick,
          options: item.options.map((o) => ({
            value: o.letter,
            label: sentence`${o.letter}: ${short(o.text, 60)}`,
          })),
        },
      ]
    case 'ordering':
      return buttons(button(ids.openForm.id(where), 'Put in order', 'primary'))
    case 'matching':
      return buttons(button(ids.openForm.id(where), 'Match', 'primary'))
  }
}

/**
 * The form for an ordering or a matching: one menu per place or prompt, with letters as values. `answer`: an
 * earlier answer that may be changed.
 */
export function answerForm(item: ItemInstance, id: string, answer?: Answer): Form {
  const options = item.options.map((o) => ({
    value: o.letter,
    label: sentence`${o.letter}: ${short(o.text, 60)}`,
  }))
  const labels =
    item.kind === 'matching'
      ? item.prompts.map((p, i) => sentence`${i + 1}. ${short(p.text, 120)}`)
      : Array.from({ length: item.kind === 'ordering' ? item.places : 1 }, (_, i) => `Step ${i + 1}`)
  return {
    id,
    title: item.kind === 'matching' ? 'Match' : 'Put in order',
    submit: 'Answer',
    intro: [text(item.stem), ...optionBlocks(item)],
    fields: labels.map((label, i) => {
      const value = answer?.[i]
      return { kind: 'select', name: `p${i}`, label, options, ...(value !== undefined && { value }) }
    }),
  }
}

export const NO_REASONS = 'No reasons were given.'

/** Bold words, then the reason, if there is one. */
const reasoned = (told: string, why: string, between = ''): Text => [
  bold(told),
  ...(between === '' ? [] : [between]),
  ...(why === '' ? [] : [' ', isolated(why)]),
]

export function hasReasons(item: ItemInstance): boolean {
  const prompts = item.kind === 'matching' ? item.prompts : []
  return [...item.options, ...prompts].some(({ why }) => why !== '')
}

/** `part` shortens it where there is little room. */
export function misconceptionBlocks(
  { misconception }: Question,
  part: (content: string) => string = (content) => content,
): Block[] {
  if (misconception === '') return []
  return [text(bold('Common misconception: '), isolated(part(misconception)))]
}

const WITHDRAWN = 'This question was withdrawn: every answer counts as right.'

/**
 * The right answer, and why each option is right or wrong. The member's own answer is marked in words, not by
 * colour.
 */
export function reasonBlocks(item: ItemInstance, answer: string | undefined): Block[] {
  if (isWithdrawn(item)) return [text(bold(WITHDRAWN)), ...optionBlocks(item), ...given(answer)]
  return [...toldItem(item, answer), ...(hasReasons(item) ? [] : [note(NO_REASONS)])]
}

function toldItem(item: ItemInstance, answer: string | undefined): Block[] {
  switch (item.kind) {
    case 'choice':
    case 'response':
      return [
        {
          kind: 'list',
          style: 'bullets',
          items: item.options.map((o) =>
            reasoned(
              sentence`${item.key.includes(o.letter) ? '✓' : '✗'} ${o.letter}: ${o.text}`,
              o.why,
              answer?.includes(o.letter) ? ' (your pick)' : '',
            ),
          ),
        },
      ]
    case 'ordering':
      return [...orderReasons(item), ...(answer === undefined ? [] : [text('Your order: ', inOrder(answer))])]
    case 'matching':
      return [
        {
          kind: 'list',
          style: 'numbers',
          items: item.prompts.map((p, i) =>
            reasoned(
              sentence`${p.text}: ${optionText(item, item.key[i])}`,
              p.why,
              answer === undefined || answer[i] === item.key[i]
                ? ''
                : sentence` (you chose ${optionText(item, answer[i])})`,
            ),
          ),
        },
      ]
  }
}

function given(answer: string | undefined): Block[] {
  return answer === undefined ? [] : [text('Your answer: ', inOrder(answer))]
}

function inOrder(answer: string): string {
  return answer.split('').join(', ')
}

function orderReasons(item: ItemInstance & { kind: 'ordering' }): Block[] {
  const spare = item.options.filter((o) => !item.key.includes(o.letter))
  const right = item.key.split('').map((letter) => item.options.find((o) => o.letter === letter))
  return [
    heading('The right order'),
    {
      kind: 'list',
      style: 'numbers',
      items: right
        .filter((o) => o !== undefined)
        .map((o) => reasoned(sentence`${o.letter}: ${o.text}`, o.why)),
    },
    ...(spare.length > 0 ? [heading('Left out')] : []),
    ...spare.map((o) => text(...reasoned(sentence`${o.letter}: ${o.text}`, o.why))),
  ]
}

function optionText(item: ItemInstance, letter: string | undefined): string {
  return item.options.find((o) => o.letter === letter)?.text ?? 'nothing'
}

/** The key in words, such as `C: Canary`, for the reveal. */
export function keyInWords(item: ItemInstance): string {
  if (isWithdrawn(item)) return WITHDRAWN
  switch (item.kind) {
    case 'choice':
    case 'response':
      return item.options
        .filter((o) => item.key.includes(o.letter))
        .map((o) => sentence`${o.letter}: ${o.text}`)
        .join(' · ')
    case 'ordering':
      return item.key
        .split('')
        .map((l) => sentence`${l}: ${optionText(item, l)}`)
        .join(' → ')
    case 'matching':
      return item.prompts
        .map((p, i) => sentence`${short(p.text, 60)} → ${optionText(item, item.key[i])}`)
        .join(' · ')
  }
}
