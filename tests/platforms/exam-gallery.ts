/** Every card of a mock exam, for the gallery: an item of each question, and the rest at its longest. */
import {
  examElsewhereCard,
  examItemCard,
  handInCard,
  overviewCard,
  runningCard,
  warningCard,
  withoutDirectMessages,
} from '../../src/bot/cards/exam.js'
import { examOfferCard } from '../../src/bot/cards/exam-offer.js'
import { examMissCard, examReportCard, plannedCard } from '../../src/bot/cards/exam-report.js'
import type { ExamItem, MockExam } from '../../src/bot/ports/exams.js'
import type { Card } from '../../src/bot/ui/card.js'
import type { Bank } from '../../src/content/bank.js'
import { markExam } from '../../src/core/exam.js'
import type { QuestionInstance } from '../../src/core/model.js'
import { filled } from './worst-content.js'

const NOW = Date.parse('2026-11-23T08:00:00Z')
const MAX_ID = 2 ** 31 - 1
const HOUR = 3_600_000

interface Named {
  readonly name: string
  readonly card: Card
}

function examOf(items: readonly ExamItem[]): MockExam {
  return {
    ...{
      id: MAX_ID,
      pack: 'p',
      exam: 'e',
      length: 'full',
      minutes: 195,
      place: 0,
      isPlanned: false,
      rates: true,
      items,
    },
    ...{ startedAt: NOW - HOUR, endsAt: NOW + HOUR, handedInAt: undefined },
  }
}

/** `instances`: whole questions; those with most items of them make the exam. */
export function examCards(instances: readonly QuestionInstance[], bank: Bank): Named[] {
  return [...instances.flatMap((one) => itemCards(one, bank)), ...wholeCards(bank)]
}

function itemCards(instance: QuestionInstance, bank: Bank): Named[] {
  const { id: question, version, domain } = instance.question
  const posed = instance.items.map(({ key }, item) => ({
    ...{ question, version, seed: instance.seed, item, key, domain },
    ...{
      answer: [...key].reverse().join(''),
      isFlagged: true,
      confidence: 'think' as const,
      spentMs: 5_400_000,
    },
  }))
  const exam = examOf(posed)
  const view = { exam, now: NOW, zone: 'UTC' }
  return posed.flatMap((item, place) => [
    { name: `${question} ${place} in a mock exam`, card: examItemCard(view, place, instance) },
    {
      name: `${question} ${place} missed in a mock exam`,
      card: examMissCard({
        ...{ exam, nth: 1, of: 65, place, item, instance, bank },
        secret: place === 1 ? filled('', 200) : undefined,
      }),
    },
  ])
}

function wholeCards({ pack }: Bank): Named[] {
  const item = { question: 'q', version: 'v', seed: 1, item: 0, key: 'A', domain: 1, spentMs: 84_000 }
  const items = Array.from({ length: 65 }, (_, i) => ({
    ...{ ...item, answer: i % 2 === 0 ? 'B' : undefined, isFlagged: i % 3 === 0, confidence: undefined },
  }))
  const view = { exam: examOf(items), now: NOW, zone: 'UTC' }
  const sizes = [
    { length: 'full', items: 65, minutes: 130 },
    { length: 'short', items: 20, minutes: 40 },
  ] as const
  const missed = (n: number) => Array.from({ length: n }, (_, place) => ({ place, stem: filled('', 400) }))
  const range = { low: 48, high: 86 }
  const over = { ...view.exam, handedInAt: view.exam.endsAt, isPlanned: true }
  const [facts] = pack.exams
  const ready = { kind: 'range', range, domains: [{ number: 1, ...range }] } as const
  return [
    { name: 'a mock exam at a glance', card: overviewCard(view) },
    { name: 'a mock exam that runs', card: runningCard(view) },
    { name: 'a mock exam to be handed in', card: handInCard(view) },
    { name: 'the time that is left', card: warningCard(view) },
    { name: 'a mock exam is elsewhere', card: examElsewhereCard() },
    { name: 'a mock exam in a channel', card: withoutDirectMessages(overviewCard(view)) },
    {
      name: 'the mock exams there are',
      card: examOfferCard({
        ...{ pack: pack.id, name: filled('', 80), workspace: '9'.repeat(20), sizes, available: 30 },
        last: { exam: MAX_ID, right: 12, items: 65, on: '2026-11-02' },
      }),
    },
    {
      name: 'the report of a mock exam',
      card: examReportCard({ exam: over, result: markExam(items), facts, ready, misses: missed(10) }),
    },
    {
      name: 'the report of a mock exam without a miss',
      card: examReportCard({
        ...{ exam: view.exam, result: markExam([{ ...item, answer: 'A' }]), facts: undefined },
        ...{ ready: undefined, misses: [] },
      }),
    },
    { name: 'misses in the plan', card: plannedCard(65) },
  ]
}
