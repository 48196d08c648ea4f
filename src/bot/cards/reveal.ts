/**
 * The card that everybody sees when a round closes: the key, how many chose what, the reasons, and the
 * standings of the season.
 */

import { isWithdrawn } from '../../core/grade.js'
import { MIN_PEOPLE } from '../../core/group-figures.js'
import type { ItemInstance, Question, Round, SlotView } from '../../core/model.js'
import { isolated, sentence, short, type Text } from '../../core/text.js'
import type { Board } from '../ports/boards.js'
import type { SlotResult } from '../ports/rounds.js'
import {
  type Bar,
  type Block,
  bold,
  button,
  buttons,
  type Card,
  heading,
  MAX_LABEL,
  note,
  text,
} from '../ui/card.js'
import { boardIds, roundIds } from '../ui/ids.js'
import { appealButton } from './appeal.js'
import { type Asked, askedIn, type Part } from './asked.js'
import { boardLines } from './board.js'
import { originAndSource } from './origin.js'
import { hasReasons, keyInWords, misconceptionBlocks, NO_REASONS } from './question.js'
import { reportOfRound } from './report.js'
import { importNote } from './sources.js'
import { count, dayOf } from './wording.js'

/**
 * The most questions shown in full; with more, only the answers are shown, and the reasons are behind the
 * menu.
 */
const IN_FULL = 5
/**
 * The most characters of the texts of all questions together: the narrowest platform shows 4,000, and the
 * standings come after them.
 */
const ALL_TEXTS = 3000

export function revealCard(
  { id: round, date }: Pick<Round, 'id' | 'date'>,
  slots: readonly SlotView[],
  results: readonly SlotResult[],
  season: Board,
): Card {
  const resultOf = (view: SlotView) => results.find((r) => r.slot === view.slot)
  const [only] = slots
  const many = slots.length > 1
  const asked = askedIn(slots)
  return {
    title: `${many ? 'The answers' : 'The answer'} of the day, ${dayOf(date)}`,
    again: roundIds.showReveal.id({ round }),
    blocks: [
      ...(slots.length > IN_FULL
        ? brief(asked, slots.length, resultOf)
        : asked.flatMap((one) => inFull(one, slots.length, resultOf))),
      ...(season.rows.length > 0 ? [heading('This season so far'), boardLines(season.rows)] : []),
      ...(many ? [explainMenu(round, asked)] : []),
      ...buttons(
        only && !many
          ? button(roundIds.explain.id({ round, slot: only.slot }), 'Every option explained')
          : undefined,
        button(boardIds.turn.id({ span: 'season', whose: 'members', offset: 0 }), 'Leaderboard'),
        appealButton(round),
        reportOfRound(round, slots),
      ),
    ],
  }
}

/** The first message of the discussion; its title is the name of the thread if threads have names. */
export function threadCard({ date }: Pick<Round, 'date'>): Card {
  return {
    title: `Discussion, ${dayOf(date)}`,
    blocks: [text('What did you weigh up? This is the place to talk about the question and its answer.')],
  }
}

type ResultOf = (view: SlotView) => SlotResult | undefined

function inFull({ instance, heading: title, parts }: Asked, of: number, resultOf: ResultOf): Block[] {
  return [
    ...(title === undefined ? [] : [heading(title)]),
    ...(instance.scenario ? [text(short(instance.scenario, (ALL_TEXTS / of) * 0.2 * parts.length))] : []),
    ...parts.flatMap((part) => partInFull(part, of, resultOf(part.view))),
    ...(parts.some(({ view: { item } }) => isWithdrawn(item) || hasReasons(item)) ? [] : [note(NO_REASONS)]),
    ...(of > 1 ? [] : importNote(instance.question)),
    ...originAndSource(instance.question),
  ]
}

function partInFull({ view, name }: Part, of: number, result: SlotResult | undefined): Block[] {
  const { item, instance } = view
  const bars = isFew(result) ? [] : distribution(item, result)
  // A single question is shown with all its text.
  const part = (content: string, share: number) =>
    of > 1 ? short(content, (ALL_TEXTS / of) * share) : content
  return [
    text(
      name === undefined ? '' : bold(`${name}: `),
      isolated(of > 1 ? part(item.stem, 0.2) : short(item.stem, 300)),
    ),
    text(bold('Answer: '), keyInWords(item)),
    text(outcome(result, instance.question)),
    ...(bars.length === 0
      ? []
      : [
          {
            kind: 'image',
            picture: { kind: 'bars', title: 'How you chose', bars },
            alt: `How you chose. ${inWords(bars)}`,
          } as const,
        ]),
    ...(isWithdrawn(item) ? [] : reasons(view, part)),
  ]
}

function reasons({ item, instance }: SlotView, part: (content: string, share: number) => string): Block[] {
  const reason = why(item)
  return [
    ...(reason === '' ? [] : [text(bold('Why: '), isolated(part(reason, 0.35)))]),
    ...misconceptionBlocks(instance.question, (content) => part(content, 0.25)),
  ]
}

function brief(asked: readonly Asked[], of: number, resultOf: ResultOf): Block[] {
  const part = (content: string, share: number) => short(content, Math.max(20, (ALL_TEXTS / of - 20) * share))
  const line = ({ view, label }: Part): Text => [
    bold(`${label}. `),
    sentence`${part(view.item.stem, 0.5)} `,
    bold(keyInWords(view.item)),
    isFew(resultOf(view)) ? '' : ` · ${resultOf(view)?.right ?? 0} of ${resultOf(view)?.answered ?? 0}`,
  ]
  const bars = asked
    .flatMap(({ parts }) => parts)
    .flatMap(({ view, label }) =>
      isFew(resultOf(view))
        ? []
        : [{ label: `Question ${label}`, count: resultOf(view)?.right ?? 0, right: true }],
    )
  const picture = {
    kind: 'image',
    picture: { kind: 'bars', title: 'Right answers', bars },
    alt: `Right answers. ${bars.map((b) => `${b.label}: ${b.count}`).join('. ')}.`,
  } as const
  return [
    ...asked.flatMap(({ instance, heading: title, parts }): Block[] => [
      ...(title === undefined ? [] : [heading(title)]),
      ...(instance.scenario ? [text(part(instance.scenario, 0.3 * parts.length))] : []),
      { kind: 'list', style: 'plain', items: parts.map(line) },
    ]),
    ...(bars.some((b) => b.count > 0) ? [picture] : []),
  ]
}

function outcome(result: SlotResult | undefined, { origin }: Question): string {
  const answered = result?.answered ?? 0
  // An answer of a person who knew the key counts in no figure.
  const isReviewed = origin.kind === 'team' && origin.isImported !== true
  if (answered === 0)
    return isReviewed ? 'Nobody answered who had not seen it in review.' : 'Nobody answered.'
  if (isFew(result))
    return `${count(answered, 'member')} answered. How they chose is shown from ${MIN_PEOPLE} answers on.`
  return `${result?.right ?? 0} of ${count(answered, 'member')} right.`
}

/** If so few answered, the counts would show who chose what. */
const isFew = (result: SlotResult | undefined) => (result?.answered ?? 0) < MIN_PEOPLE

/** One menu instead of a button per question: a round can have twenty. */
function explainMenu(round: number, asked: readonly Asked[]): Block {
  const options = asked
    .flatMap(({ parts }) => parts)
    .map(({ view, label }) => ({
      value: String(view.slot),
      label: short(sentence`${label}: ${view.item.stem}`, MAX_LABEL),
    }))
  return {
    kind: 'select',
    id: roundIds.explainPicked.id({ round }),
    label: 'Every option explained',
    min: 1,
    max: 1,
    options,
  }
}

/** The reason of the right answer; empty if it has none. */
function why(item: ItemInstance): string {
  const right =
    item.kind === 'matching'
      ? item.prompts
      : [...item.key].map((letter) => item.options.find((option) => option.letter === letter))
  return right.flatMap((one) => one?.why || []).join(' ')
}

/**
 * The answers per option of a choice or response, the right and the most common other orders of an ordering,
 * or how often each prompt of a matching was right. Empty if the question was withdrawn.
 */
function distribution(item: ItemInstance, result: SlotResult | undefined): Bar[] {
  const answers = result?.answers ?? []
  const sum = (fits: (answer: string) => boolean) =>
    answers.filter((a) => fits(a.answer)).reduce((n, a) => n + a.count, 0)
  switch (item.kind) {
    case 'choice':
    case 'response':
      return item.options.map((o) => ({
        label: sentence`${o.letter}: ${o.text}`,
        count: sum((a) => a.includes(o.letter)),
        right: item.key.includes(o.letter),
      }))
    case 'ordering': {
      const others = answers.filter((a) => a.answer !== item.key).sort((a, b) => b.count - a.count)
      const right = { label: item.key.split('').join(', '), count: sum((a) => a === item.key), right: true }
      return [
        ...(isWithdrawn(item) ? [] : [right]),
        ...others
          .slice(0, 3)
          .map((a) => ({ label: a.answer.split('').join(', '), count: a.count, right: false })),
        ...(others.length > 3
          ? [{ label: 'Other orders', count: others.slice(3).reduce((n, a) => n + a.count, 0), right: false }]
          : []),
      ]
    }
    case 'matching':
      if (isWithdrawn(item)) return []
      return item.prompts.map((p, i) => ({
        label: sentence`${i + 1}. ${p.text}`,
        count: sum((a) => a[i] === item.key[i]),
        right: true,
      }))
  }
}

function inWords(bars: readonly Bar[]): string {
  return `${bars.map((b) => `${short(b.label, 60)}${b.right ? ' (right)' : ''}: ${b.count}`).join('. ')}.`
}
