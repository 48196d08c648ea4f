// @module-tag longer
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { FoundQuestion } from '../../../src/content/formats/format.js'
import { type Around, questionsYaml } from '../../../src/content/formats/to-yaml.js'
import { readYaml } from '../../../src/content/yaml.js'
import type { AuthoredItem } from '../../../src/core/model.js'
import { holds, PATIENCE_MS } from '../../fuzz/fuzz.js'

const ALONE: Around = { taken: [], topicOf: () => [] }

const choice = (stem: string, why = ''): AuthoredItem => ({
  kind: 'choice',
  stem,
  choices: [
    { text: 'right one', right: true, why },
    { text: 'wrong one', right: false, why: '' },
  ],
})
const found = (item: AuthoredItem, more: Partial<FoundQuestion> = {}): FoundQuestion => ({
  line: 1,
  item,
  explanation: '',
  group: '',
  name: '',
  ...more,
})
const read = (text: string): unknown =>
  readYaml(text, 0, (line, message) => expect.fail(`${line}: ${message}`))?.value
const idsOf = (questions: readonly FoundQuestion[], taken: string[] = []) =>
  questionsYaml(questions, { ...ALONE, taken }).ids

describe('questions as YAML', () => {
  it('say what is right, and leave out what says nothing', () => {
    const { text } = questionsYaml([found(choice('Which one?'))], { taken: [], topicOf: () => ['pods'] })
    expect(text).toBe(`- id: which-one
  kind: choice
  imported: true
  topics:
    - pods
  stem: Which one?
  choices:
    - text: right one
      right: true
    - text: wrong one
`)
  })

  it('hold steps and pairs with their reasons and spares', () => {
    const ordering: AuthoredItem = {
      kind: 'ordering',
      stem: 'Order',
      steps: [
        { text: 'one', why: 'first' },
        { text: 'two', why: '' },
      ],
      spare: [{ text: 'none', why: '' }],
    }
    const matching: AuthoredItem = {
      kind: 'matching',
      stem: 'Match',
      pairs: [
        { prompt: 'a', answer: '1', why: '' },
        { prompt: 'b', answer: '2', why: 'so' },
      ],
      spare: ['3'],
    }
    expect(read(questionsYaml([found(ordering), found(matching)], ALONE).text)).toMatchObject([
      { steps: [{ text: 'one', why: 'first' }, { text: 'two' }], spare: [{ text: 'none' }] },
      {
        pairs: [
          { prompt: 'a', answer: '1' },
          { prompt: 'b', answer: '2', why: 'so' },
        ],
        spare: ['3'],
      },
    ])
  })

  it('come in texts that a pack can read, however many they are', () => {
    const many = Array.from({ length: 200 }, (_, i) => found(choice(`Question ${i}? ${'long '.repeat(100)}`)))
    const { text, texts, ids } = questionsYaml(many, ALONE)
    expect(texts.length).toBeGreaterThan(1)
    for (const one of texts) expect(Buffer.byteLength(one)).toBeLessThanOrEqual(100_000)
    expect(texts.join('\n')).toBe(text)
    expect(texts.flatMap((one) => read(one) as { id: string }[]).map(({ id }) => id)).toEqual(ids)
  })

  it(
    'are read again as they were, whatever their texts hold',
    () =>
      holds(
        fc.property(
          fc.array(fc.string({ unit: 'grapheme', minLength: 1, maxLength: 60 }), {
            minLength: 3,
            maxLength: 3,
          }),
          ([stem = '', right = '', wrong = '']) => {
            const item = {
              ...choice(stem),
              choices: [
                { text: right, right: true, why: '' },
                { text: wrong, right: false, why: '' },
              ],
            } as AuthoredItem
            expect(read(questionsYaml([found(item)], ALONE).text)).toMatchObject([
              { stem, choices: [{ text: right, right: true }, { text: wrong }] },
            ])
          },
        ),
      ),
    PATIENCE_MS,
  )
})

describe('the id of a question that has none', () => {
  it('is its name, else its stem, in 48 letters at most', () => {
    expect(idsOf([found(choice('Stem'), { name: 'Canary release' })])).toEqual(['canary-release'])
    expect(idsOf([found(choice('What is a Pod?'))])).toEqual(['what-is-a-pod'])
    const [long = ''] = idsOf([
      found(choice('A company that wants to move all of its workloads to the cloud asks for more')),
    ])
    expect(long).toMatch(/^a-company-that-wants-to-move-all-of-its-[0-9a-f]{6}$/)
  })

  it.each(['Question 7', 'Q12', '003', 'Frage 2'])('is not the bare number %s', (name) => {
    expect(idsOf([found(choice('What is a Pod?'), { name })])).toEqual(['what-is-a-pod'])
  })

  it('is made in any script, and lasts', () => {
    const [id = ''] = idsOf([found(choice('Что такое под?'))])
    expect(id).toMatch(/^question-[0-9a-f]{6}$/)
    expect(idsOf([found(choice('Other')), found(choice('Что такое  под?'))])[1]).toBe(id)
    expect(idsOf([found(choice('Qu’est-ce qu’un nœud ?'))])[0]).toMatch(/^[a-z0-9-]+$/)
  })

  it('does not depend on what stands before it', () => {
    const twins = [
      found(choice('What is a Pod?'), { name: 'Pods' }),
      found(choice('Why Pods?'), { name: 'Pods' }),
    ]
    const there = idsOf(twins)
    expect(idsOf(twins.toReversed())).toEqual(there.toReversed())
    expect(new Set(there).size).toBe(2)
  })

  it('is free in the pack, and no other question has it', () => {
    const same = found(choice('What is a Pod?'))
    const other = found({ ...choice('What is a Pod?'), choices: [] } as unknown as AuthoredItem)
    const ids = idsOf([same, other, same, same], ['what-is-a-pod'])
    expect(new Set([...ids, 'what-is-a-pod']).size).toBe(5)
    for (const id of ids) expect(id).toMatch(/^what-is-a-pod-[0-9a-f]{6}(-\d)?$/)
  })
})

describe('the explanation', () => {
  const reasons = (item: AuthoredItem, explanation: string) => {
    const { text, changed } = questionsYaml([found(item, { explanation, line: 7 })], ALONE)
    const [first] = read(text) as { choices: { why?: string }[] }[]
    return { whys: first?.choices.map(({ why }) => why), changed }
  }

  it('becomes the reason of what is right', () => {
    expect(reasons(choice('Q?'), 'Because.')).toEqual({ whys: ['Because.', undefined], changed: [] })
    expect(reasons(choice('Q?', 'A reason.'), 'Because.').whys).toEqual(['A reason.\nBecause.', undefined])
    expect(reasons(choice('Q?', 'Because.'), 'Because.').whys).toEqual(['Because.', undefined])
  })

  it('loses the sentences that speak of letters, and that is told', () => {
    const { whys, changed } = reasons(choice('Q?'), 'Pods are small. Option B is wrong. They run containers.')
    expect(whys?.[0]).toBe('Pods are small. They run containers.')
    expect(changed).toEqual([{ line: 7, message: expect.stringContaining('letters') }])
  })

  it('is cut after a sentence where it is too long, and that is told', () => {
    const { whys, changed } = reasons(choice('Q?'), `First. ${'Second is very long. '.repeat(20)}`)
    expect(whys?.[0]?.length).toBeLessThanOrEqual(320)
    expect(whys?.[0]).toMatch(/^First\. Second.*long\.$/)
    expect(changed[0]?.message).toMatch(/has \d+ characters; the first sentences/)
  })
})
