import { beforeAll, describe, expect, it } from 'vitest'
import type { Bank } from '../../src/content/bank.js'
import { checkItemWriting, itemsOf } from '../../src/content/item-writing.js'
import { contentSummary, loadContent } from '../../src/content/load.js'
import type { Problem } from '../../src/content/problem.js'
import { templateFamilies } from '../../src/core/template.js'
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
  const loaded = await loadContent('content')
  bank = firstOf(loaded)
  example = loaded.banks[1]
  problems = loaded.problems
})

describe('the MLA-C01 pack', () => {
  it('has no problems, nor keys that form betrays', () => {
    expect([...problems, ...checkItemWriting(bank)]).toEqual([])
  })

  it('says what is known of its exam', () => {
    const [exam, ...others] = bank.pack.exams
    expect(others).toEqual([])
    expect(exam).toMatchObject({
      id: 'c01',
      name: 'MLA-C01',
      state: 'retired',
      until: '2026-09-28',
      minutes: 130,
    })
    expect(exam).toMatchObject({
      items: { scored: 50, unscored: 15 },
      kinds: ['choice', 'response', 'ordering', 'matching', 'case'],
    })
    expect(exam?.domains.map((domain) => domain.weight)).toEqual([28, 26, 22, 24])
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

  it('asks every template family', () => {
    const asked = new Set(bank.questions.flatMap((q) => (q.kind === 'template' ? [q.family] : [])))
    expect([...asked].sort()).toEqual([...templateFamilies].sort())
  })

  it('spreads difficulty, and feeds mostly the domains that the section is about', () => {
    const share = (test: (q: Bank['questions'][number]) => boolean) =>
      bank.questions.filter(test).length / bank.questions.length
    for (const difficulty of [1, 2, 3])
      expect(share((q) => q.difficulty === difficulty)).toBeGreaterThan(0.15)
    expect(share((q) => q.domain === 3 || q.domain === 4)).toBeGreaterThan(0.6)
  })

  it('has 20 comparisons and more', () => {
    expect(bank.comparisons.length).toBeGreaterThanOrEqual(20)
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
