/** What everybody sees when a round closes: the key, how many chose what, why, and where the season stands. */
import type { PosedItem } from '../../core/model.js'
import { short } from '../../core/text.js'
import { encode } from '../action.js'
import { type Bar, type Block, bold, button, buttons, type Card, heading, text } from '../card.js'
import type { SlotView } from '../pose.js'
import type { Board, SlotResult } from '../store.js'
import { boardLines } from './board.js'
import { keyInWords } from './question.js'
import { count } from './voice.js'

export function revealCard(round: number, slots: readonly SlotView[], results: readonly SlotResult[], season: Board): Card {
  const many = slots.length > 1
  return {
    title: many ? 'The answers of the day' : 'The answer of the day',
    blocks: [
      ...slots.flatMap((view, i) =>
        slotBlocks(
          round,
          view,
          results.find((r) => r.slot === view.slot),
          many ? i + 1 : undefined,
        ),
      ),
      ...(season.rows.length > 0 ? [heading('This season so far'), boardLines(season.rows)] : []),
      ...buttons(button(encode('board', 'season', 'members', 0), 'Leaderboard')),
    ],
  }
}

function slotBlocks(round: number, view: SlotView, result: SlotResult | undefined, numbered: number | undefined): Block[] {
  const { item, posed } = view
  const bars = distribution(item, result)
  const answered = result?.answered ?? 0
  return [
    ...(numbered === undefined ? [text(short(item.stem, 300))] : [heading(`Question ${numbered}`), text(short(item.stem, 160))]),
    text(bold('Answer: '), keyInWords(item)),
    text(answered === 0 ? 'Nobody answered.' : `${result?.right ?? 0} of ${count(answered, 'member')} right.`),
    ...(answered === 0 ? [] : [{ kind: 'image', picture: { kind: 'bars', title: 'How you chose', bars }, alt: inWords(bars) } as const]),
    text(bold('Why: '), why(item)),
    text(bold('Common misconception: '), posed.question.misconception),
    ...buttons(
      button(
        encode('why', round, view.slot),
        numbered === undefined ? 'Every option explained' : `Options of question ${numbered} explained`,
      ),
    ),
  ]
}

function why(item: PosedItem): string {
  switch (item.kind) {
    case 'choice':
    case 'response':
      return item.options
        .filter((o) => item.key.includes(o.letter))
        .map((o) => o.why)
        .join(' ')
    case 'ordering':
      return item.key
        .split('')
        .map((l) => item.options.find((o) => o.letter === l)?.why ?? '')
        .join(' ')
    case 'matching':
      return item.prompts.map((p) => p.why).join(' ')
  }
}

/** Choice and response: by option. Ordering: right order against the most common other ones. Matching: prompts matched right. */
export function distribution(item: PosedItem, result: SlotResult | undefined): Bar[] {
  const answers = result?.answers ?? []
  const sum = (fits: (answer: string) => boolean) => answers.filter((a) => fits(a.answer)).reduce((n, a) => n + a.count, 0)
  switch (item.kind) {
    case 'choice':
    case 'response':
      return item.options.map((o) => ({
        label: `${o.letter}: ${o.text}`,
        count: sum((a) => a.includes(o.letter)),
        right: item.key.includes(o.letter),
      }))
    case 'ordering': {
      const others = answers.filter((a) => a.answer !== item.key).sort((a, b) => b.count - a.count)
      return [
        { label: item.key.split('').join(', '), count: sum((a) => a === item.key), right: true },
        ...others.slice(0, 3).map((a) => ({ label: a.answer.split('').join(', '), count: a.count, right: false })),
        ...(others.length > 3 ? [{ label: 'Other orders', count: others.slice(3).reduce((n, a) => n + a.count, 0), right: false }] : []),
      ]
    }
    case 'matching':
      return item.prompts.map((p, i) => ({ label: `${i + 1}. ${p.text}`, count: sum((a) => a[i] === item.key[i]), right: true }))
  }
}

function inWords(bars: readonly Bar[]): string {
  return `How you chose. ${bars.map((b) => `${short(b.label, 60)}${b.right ? ' (right)' : ''}: ${b.count}`).join('. ')}.`
}
