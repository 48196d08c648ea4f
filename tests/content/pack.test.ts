import { beforeAll, describe, expect, it } from 'vitest'
import type { Bank } from '../../src/content/bank.js'
import { checkCoverage } from '../../src/content/coverage.js'
import { bankFor } from '../../src/content/exam-view.js'
import { checkHabits } from '../../src/content/habits.js'
import { checkItemWriting, itemsOf } from '../../src/content/item-writing.js'
import { contentSummary } from '../../src/content/load.js'
import type { Problem } from '../../src/content/problem.js'
import { skillCoverage } from '../../src/content/skills.js'
import { templateFamilies } from '../../src/core/template.js'
import { shippedContent } from '../helpers/shipped.js'
import { firstOf } from './folder.js'

/** The topics that the headings of the notes became. */
const HEADINGS = [
  'deployment-safeguards',
  'sagemaker-docker',
  'sagemaker-containers-library',
  'production-variants',
  'sagemaker-neo',
  'inference-types',
  'inference-recommender',
  'inference-pipelines',
  'model-monitor',
  'clarify',
  'sagemaker-projects',
  'amazon-ecs',
  'amazon-eks',
  'amazon-ecr',
  'aws-batch',
  'cloudformation',
  'aws-cdk',
  'codepipeline',
  'eventbridge',
  'step-functions',
  'mwaa',
  'lake-formation',
]

let bank: Bank
let example: Bank | undefined
let problems: readonly Problem[]
beforeAll(async () => {
  const loaded = await shippedContent()
  bank = firstOf(loaded)
  example = loaded.banks[1]
  problems = loaded.problems
})

describe('the pack of the exam', () => {
  it('has no problems, no gaps, nor keys that form betrays', () => {
    expect([...problems, ...checkCoverage(bank), ...checkHabits(bank), ...checkItemWriting(bank)]).toEqual([])
  })

  it('says what is known of both exams, that of today first', () => {
    const [today, before, ...others] = bank.pack.exams
    expect(others).toEqual([])
    expect(today).toMatchObject({ id: 'c02', name: 'MLA-C02', state: 'open', from: '2026-09-29' })
    expect(today).toMatchObject({ items: { scored: 50, unscored: 15 }, kinds: ['choice', 'response'] })
    expect(today?.domains.map((domain) => domain.weight)).toEqual([28, 24, 24, 24])
    expect(before).toMatchObject({ id: 'c01', name: 'MLA-C01', state: 'retired', until: '2026-09-28' })
    expect(before).toMatchObject({
      items: { scored: 50, unscored: 15 },
      kinds: ['choice', 'response', 'ordering', 'matching', 'case'],
    })
    expect(before?.domains.map((domain) => domain.weight)).toEqual([28, 26, 22, 24])
  })

  it('names the 107 skills of MLA-C02, and asks 250 questions and more in each domain', () => {
    const [today] = bank.pack.exams
    const domains = today ? skillCoverage(bank, today) : []
    expect(domains.map(({ skills }) => skills.length)).toEqual([25, 27, 30, 25])
    expect(domains.filter(({ questions }) => questions < 250).map(({ number }) => number)).toEqual([])
    expect(bank.questions.length).toBeGreaterThanOrEqual(1250)
    expect(bank.topics.length).toBeGreaterThanOrEqual(270)
  })

  it('asks as the exam asks: situations, whole solutions, hardly a fact alone', () => {
    const asked = bankFor(bank, 'c02').questions.flatMap((q) =>
      q.kind === 'choice' || q.kind === 'response' ? [q] : [],
    )
    const words = (text: string) => text.split(/\s+/).length
    const isLike = (q: (typeof asked)[number]) =>
      words(q.stem) >= 40 && words(q.stem) <= 110 && q.choices.every(({ text }) => words(text) >= 9)
    expect(asked.filter(isLike).length / asked.length).toBeGreaterThan(0.5)
    expect(asked.filter(({ isRecall }) => isRecall).length / asked.length).toBeLessThan(0.15)
  })

  it('has 350 static questions and more, of every kind', () => {
    const { byKind } = contentSummary([bank])
    expect(bank.questions.filter((q) => q.kind !== 'template').length).toBeGreaterThanOrEqual(350)
    expect(byKind.choice).toBeGreaterThanOrEqual(200)
    expect(byKind.response).toBeGreaterThanOrEqual(60)
    expect(byKind.ordering).toBeGreaterThanOrEqual(25)
    expect(byKind.matching).toBeGreaterThanOrEqual(25)
    expect(byKind.case).toBeGreaterThanOrEqual(15)
    expect(bank.questions.some((q) => q.kind === 'ordering' && q.spare.length > 0)).toBe(true)
  })

  it('has ten static questions and more about each heading of the notes', () => {
    const few = HEADINGS.filter(
      (slug) => bank.questions.filter((q) => q.kind !== 'template' && q.topics.includes(slug)).length < 10,
    )
    expect(few).toEqual([])
  })

  it('asks every template family, in one edition or the other', () => {
    const formula = (family: string) => family.replace(/-even$/, '')
    const asked = bank.questions.flatMap((q) => (q.kind === 'template' ? [formula(q.family)] : []))
    expect([...new Set(asked)].sort()).toEqual([...new Set(templateFamilies.map(formula))].sort())
  })

  it('spreads difficulty', () => {
    const share = (difficulty: number) =>
      bank.questions.filter((q) => q.difficulty === difficulty).length / bank.questions.length
    for (const difficulty of [1, 2, 3]) expect(share(difficulty)).toBeGreaterThan(0.1)
  })

  it('has 80 comparisons and more', () => {
    expect(bank.comparisons.length).toBeGreaterThanOrEqual(80)
  })

  it('names topics of section 9 in full: other names, related topics, what they are confused with, tips', () => {
    const poor = bank.topics.filter(
      (t) =>
        t.section === '09-mlops' &&
        (t.aliases.length < 2 || t.related.length < 2 || t.confused.length < 1 || t.examTips.length < 1),
    )
    expect(poor.map((t) => t.slug)).toEqual([])
  })

  it('says nothing twice: every rationale of a question is its own', () => {
    const twice = bank.questions.flatMap((q) =>
      itemsOf(q).flatMap((item) => {
        const whys = item.kind === 'choice' || item.kind === 'response' ? item.choices.map((c) => c.why) : []
        return new Set(whys).size === whys.length ? [] : [q.id]
      }),
    )
    expect(twice).toEqual([])
  })
})

describe('the example pack', () => {
  it('is small, of several kinds, without an exam, and without a habit that betrays a key', () => {
    expect(example?.pack).toMatchObject({ id: 'example', exams: [] })
    expect(checkItemWriting(here(example))).toEqual([])
    const { topics, questions, byKind } = contentSummary([here(example)])
    expect([topics, questions]).toEqual([9, 20])
    expect(Object.keys(byKind).sort()).toEqual(['case', 'choice', 'matching', 'ordering', 'response'])
    expect(here(example).questions.filter((q) => q.domain !== undefined || q.task !== undefined)).toEqual([])
  })
})

function here(found: Bank | undefined): Bank {
  if (!found) throw new Error('no such pack')
  return found
}
