/**
 * Content at the edge of what the schema lets through: as long as can be, and full of what formats, pings or
 * breaks out elsewhere.
 */
import { type Bank, createBank } from '../../src/content/bank.js'
import type { AuthoredItem, FileOrigin, Question, Topic } from '../../src/core/model.js'
import { templateFamilies } from '../../src/core/template.js'

export const NASTY = '@everyone <!channel> <@U1> </script> *a* _b_ `c` ||d|| ~e~ > & "f" 🧑‍🚀 '

/** Exactly as many characters, with an own beginning. */
export function filled(start: string, length: number): string {
  return (start + NASTY.repeat(Math.ceil(length / NASTY.length)))
    .slice(0, length - 1)
    .toWellFormed()
    .replace(/\ufffd$/, '')
    .padEnd(length, '.')
}

const choices = (count: number, right: number) =>
  Array.from({ length: count }, (_, i) => ({
    text: filled(`Choice ${i} `, 240),
    right: i < right,
    why: filled(`Why ${i} `, 320),
  }))
const steps = (count: number, start: string) =>
  Array.from({ length: count }, (_, i) => ({
    text: filled(`${start} ${i} `, 240),
    why: filled(`Why ${i} `, 320),
  }))

const ITEMS: readonly AuthoredItem[] = [
  { kind: 'choice', stem: filled('Which? ', 900), choices: choices(4, 1) },
  { kind: 'response', stem: filled('Which ones? ', 900), choices: choices(8, 7) },
  {
    kind: 'ordering',
    stem: filled('In which order? ', 900),
    steps: steps(5, 'Step'),
    spare: steps(3, 'Spare'),
  },
  {
    kind: 'matching',
    stem: filled('Which to which? ', 900),
    pairs: Array.from({ length: 7 }, (_, i) => ({
      prompt: filled(`Prompt ${i} `, 240),
      answer: filled(`Answer ${i} `, 70),
      why: filled(`Why ${i} `, 320),
    })),
    spare: ['a', 'b', 'c'].map((name) => filled(`Spare ${name} `, 70)),
  },
]

const SLUGS = Array.from({ length: 8 }, (_, i) => `worst-${i}`.padEnd(60, `-topic-${i}`))

/** The longest numbers there can be. */
const MOST = 2 ** 31 - 1

const facts = (name: string) => ({
  id: `worst-${name}-`.padEnd(48, 'x'),
  pack: 'worst',
  version: '0123456789ab',
  number: MOST,
  topics: SLUGS.slice(0, 4),
  concept: filled('Concept ', 80),
  difficulty: 3 as const,
  domain: 4,
  task: '4.3',
  misconception: filled('People think ', 320),
  origin: {
    kind: 'file' as const,
    section: 'one',
    file: 'worst',
    line: 1,
    sources: { notes: [1], documents: [filled('Guide ', 160)], checked: '2026-11-20' },
    imported: false,
  },
})

/** As files of other programs have them: more choices or fewer, and no more than that. */
const bare = (name: string, documents: FileOrigin['sources']['documents'] = []) => ({
  ...facts(name),
  topics: [],
  misconception: '',
  domain: undefined,
  task: undefined,
  origin: { ...facts(name).origin, sources: { notes: [], documents, checked: 'none' }, imported: true },
})
const withoutReasons = <T extends { readonly why: string }>(list: readonly T[]): T[] =>
  list.map((one) => ({ ...one, why: '' }))

const IMPORTED: readonly Question[] = [
  { ...bare('eight-choices'), kind: 'choice', stem: filled('Which? ', 900), choices: choices(8, 1) },
  { ...bare('two-choices'), kind: 'choice', stem: 'T', choices: withoutReasons(choices(2, 1)) },
  { ...bare('three-choices'), kind: 'response', stem: 'T', choices: withoutReasons(choices(3, 2)) },
  { ...bare('two-steps'), kind: 'ordering', stem: 'T', steps: withoutReasons(steps(2, 'Step')), spare: [] },
  {
    ...bare('two-pairs', [{ title: filled('File ', 160), url: 'https://example.com/'.padEnd(500, 'a') }]),
    kind: 'matching',
    stem: 'T',
    pairs: ['a', 'b'].map((name) => ({ prompt: filled(name, 240), answer: filled(name, 70), why: '' })),
    spare: [],
  },
  {
    ...bare('half-the-reasons', [filled('File ', 160)]),
    kind: 'choice',
    stem: filled('Which? ', 900),
    choices: choices(8, 1).map((choice) => (choice.right ? { ...choice, why: '' } : choice)),
  },
]

/** One of each kind, and what was imported. */
export const worstQuestions: readonly Question[] = [
  ...ITEMS.map((item) => ({ ...facts(item.kind), ...item })),
  { ...facts('case'), kind: 'case', scenario: filled('A team ', 1200), items: ITEMS },
  { ...facts('template'), kind: 'template', family: templateFamilies[0] ?? '' },
  ...IMPORTED,
].map((question, i) => ({ ...question, number: MOST - i }) as Question)

function worstTopic(slug: string, index: number): Topic {
  const cell = [filled('Cell ', 400)]
  return {
    slug,
    pack: 'worst',
    section: 'one',
    title: filled(`Topic ${index} `, 80),
    aliases: [],
    asked: [],
    summary: [filled('In short ', 600)],
    details: [
      { kind: 'heading', text: filled('Heading ', 300) },
      {
        kind: 'text',
        text: [
          { bold: [filled('Bold ', 2000)] },
          { italic: [NASTY] },
          { code: '```' },
          { link: 'https://example.com/?a=b&c=<d>', text: [NASTY] },
        ],
      },
      { kind: 'text', text: [''] },
      { kind: 'list', ordered: true, items: Array.from({ length: 30 }, () => [filled('Item ', 300)]) },
      { kind: 'list', ordered: false, items: [] },
      {
        kind: 'table',
        header: Array.from({ length: 8 }, () => cell),
        rows: Array.from({ length: 40 }, () => Array.from({ length: 8 }, () => cell)),
      },
      { kind: 'table', header: [[''], ['One']], rows: [] },
      { kind: 'code', text: filled('```\nline\n', 6000) },
      { kind: 'code', text: '' },
    ],
    examTips: Array.from({ length: 10 }, () => [filled('Tip ', 500)]),
    changes: Array.from({ length: 5 }, () => ({
      today: [filled('Now ', 500)],
      exam: [filled('Then ', 500)],
    })),
    diagram: {
      alt: filled('A diagram ', 1000),
      boxes: ['a', 'b', 'c'].map((id) => ({ id, label: filled(id, 60) })),
      arrows: [
        { from: 'a', to: 'b', label: filled('to ', 200) },
        { from: 'b', to: 'a' },
      ],
    },
    scale: {
      alt: filled('A line ', 1000),
      marks: [-1, 0, 0.01, 1].map((at) => ({ at, label: filled('means ', 60) })),
      open: ['start', 'end'],
    },
    related: SLUGS.filter((other) => other !== slug),
    confused: SLUGS.slice(0, 4).map((other) => ({ slug: other, why: [filled('Because ', 320)] })),
    sources: {
      notes: [1],
      documents: Array.from({ length: 8 }, (_, i) => {
        const title = filled('Guide ', 160)
        return i % 2 === 0 ? title : { title, url: filled('https://example.com/?a=b&c=|', 500) }
      }),
      checked: '2026-11-20',
    },
    markdown: '',
    file: 'worst',
  }
}

export const worstBank: Bank = createBank({
  pack: {
    id: 'worst',
    title: filled('Pack ', 160),
    exams: [
      {
        id: 'exam',
        name: filled('Exam ', 40),
        state: 'open',
        kinds: [],
        domains: [{ number: 4, title: 'Four', weight: 1, tasks: [] }],
      },
    ],
    sections: [{ id: 'one', number: 1, title: 'One' }],
    language: 'en',
    vocabulary: { makers: [], synonyms: [] },
  },
  topics: SLUGS.map(worstTopic),
  questions: worstQuestions,
  comparisons: [
    {
      topics: SLUGS.slice(0, 4),
      differ: Array.from({ length: 12 }, () => ({
        aspect: filled('Aspect ', 60),
        sides: SLUGS.slice(0, 4).map(() => [filled('Side ', 240)]),
      })),
      choose: [filled('Choose ', 600)],
    },
  ],
})
