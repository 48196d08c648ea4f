/** The shapes of the content files, as `content/README.md` describes them. */
import { z } from 'zod'
import { templateFamilies } from '../core/template.js'

/**
 * What no chat shows and no database takes: control characters (other than tab and line feed) and halves of
 * characters.
 */
export const UNSHOWABLE = /[^\P{Cc}\t\n]|\p{Cs}/u

const words = (max: number) =>
  z
    .string('should be text')
    .trim()
    .min(1, 'is empty')
    .max(max, `is too long: at most ${max} characters`)
    .refine((text) => !UNSHOWABLE.test(text), 'holds a control character')
export const slug = z
  .string('should be text')
  .regex(/^[a-z0-9]+(-[a-z0-9]+)*$/, 'should be lower-case words joined by hyphens')
  .max(60, 'should have at most 60 characters')

const date = z.iso.date('should be a date such as 2026-11-20')

const MAX_ADDRESS = 500
/** Only the encrypted web, and nothing that a reader would not see: a name and a password, or a blank. */
const address = words(MAX_ADDRESS).refine(isAddress, 'should be an address that begins with https://')

function isAddress(url: string): boolean {
  if (!/^https:\/\/[^\s/\\?#@]/i.test(url) || /[\s\p{Cf}]/u.test(url) || !URL.canParse(url)) return false
  const { protocol, username, password } = new URL(url)
  return protocol === 'https:' && (username + password).length === 0
}

const title = words(160)
const documents = z.array(
  z.union([title, z.strictObject({ title, url: address })], 'should be a title, or { title, url }'),
)
const sources = z
  .strictObject({
    notes: z.array(z.int('should be a line number').positive('should be a line number')).default([]),
    documents: documents.optional(),
    /** What `documents` was called when there was one subject. */
    aws: documents.optional(),
    checked: date,
  })
  .transform(({ documents, aws = [], ...rest }) => ({ ...rest, documents: documents ?? aws }))

const domains = z
  .array(z.strictObject({ number: z.int().positive(), title: words(160), weight: z.number().positive() }))
  .min(1)

const exam = z.strictObject({
  name: words(40),
  state: z.enum(['announced', 'open', 'retired'], 'should be announced, open or retired'),
  from: date.optional(),
  until: date.optional(),
  minutes: z.int().positive().optional(),
  items: z
    .strictObject({ scored: z.int().positive(), unscored: z.int().nonnegative().default(0) })
    .optional(),
  kinds: z
    .array(z.enum(['choice', 'response', 'ordering', 'matching', 'case'], 'should be a kind of question'))
    .default([]),
  domains: domains.refine(
    (list) => Math.abs(sum(list.map((d) => d.weight)) - 100) < 0.1,
    'should have weights that add up to 100',
  ),
})

const sum = (numbers: readonly number[]) => numbers.reduce((a, b) => a + b, 0)

export const pack = z
  .strictObject({
    title: words(160),
    order: z.int('should be a whole number').default(1),
    exams: z.record(slug, exam).default({}),
    /** How version 0.2 named the one exam that a pack had. */
    exam: words(40).optional(),
    domains: domains.optional(),
    sections: z.array(z.strictObject({ id: slug, number: z.int().positive(), title: words(160) })).min(1),
    makers: z.array(words(40)).default([]),
    synonyms: z.array(z.array(words(40)).min(2, 'should have two words or more')).default([]),
  })
  .transform(({ exams, exam, domains = [], makers, synonyms, ...rest }) => ({
    ...rest,
    exams: [
      ...Object.entries(exams).map(([id, facts]) => ({ id, ...facts })),
      ...(exam === undefined ? [] : [{ id: 'exam', name: exam, state: 'open' as const, kinds: [], domains }]),
    ],
    vocabulary: { makers, synonyms },
  }))

export const frontMatter = z.strictObject({
  title: words(80),
  aliases: z.array(words(80)).default([]),
  asked: z.array(words(120)).max(8, 'should have at most eight questions').default([]),
  summary: words(600).refine((text) => sentences(text) <= 2, 'should have at most two sentences'),
  related: z.array(slug).default([]),
  confused: z.record(slug, words(320)).default({}),
  diagram: z
    .strictObject({
      alt: words(1000),
      // Placing them takes time by the square of both, and nobody reads more in a chat.
      boxes: z
        .record(z.string().regex(/^[\w-]+$/), words(60))
        .refine((boxes) => Object.keys(boxes).length <= 12, 'should have at most twelve boxes'),
      arrows: z
        .array(z.string().regex(/^[\w-]+ -> [\w-]+(: .+)?$/, 'should look like "a -> b" or "a -> b: label"'))
        .min(1)
        .max(20, 'should have at most twenty arrows'),
    })
    .optional(),
  sources,
})

/** Where a sentence ends. */
export const SENTENCE_END = /[.!?](?=\s+[A-Z]|\s*$)/g

function sentences(text: string): number {
  return text.split(SENTENCE_END).filter((part) => part.trim() !== '').length
}

const POSITION = [
  /\b(all|none|both) of the above\b|\bthe (first|second|third|fourth|last) (option|choice|answer)\b/i,
  /\b([Oo]ption|[Cc]hoice|[Aa]nswer)s? [A-H]\b/,
]
const optionText = (max: number) =>
  words(max).refine(
    (text) => !POSITION.some((p) => p.test(text)),
    'speaks of other options or their order, which is shuffled',
  )
const why = optionText(320)
const choice = z.strictObject({ text: optionText(240), right: z.boolean().default(false), why })
const stem = words(900)
const step = z.strictObject({ text: optionText(240), why })
const different = (list: readonly { text: string }[]) =>
  new Set(list.map((c) => c.text.toLowerCase())).size === list.length
const rights = (list: readonly { right: boolean }[]) => list.filter((c) => c.right).length

const items = {
  choice: {
    kind: z.literal('choice'),
    stem,
    choices: z
      .array(choice)
      .length(4, 'should have four choices')
      .refine((list) => rights(list) === 1, 'should have exactly one right choice')
      .refine(different, 'has two equal choices'),
  },
  response: {
    kind: z.literal('response'),
    stem,
    choices: z
      .array(choice)
      .min(5, 'should have five choices or more')
      .max(8, 'should have at most eight choices')
      .refine(
        (list) => rights(list) >= 2 && rights(list) < list.length,
        'should have two right choices or more, and a wrong one',
      )
      .refine(different, 'has two equal choices'),
  },
  ordering: {
    kind: z.literal('ordering'),
    stem,
    steps: z.array(step).min(3, 'should have three steps or more').max(5, 'should have at most five steps'),
    spare: z.array(step).max(3, 'should have at most three spare steps').default([]),
  },
  matching: {
    kind: z.literal('matching'),
    stem,
    pairs: z
      .array(z.strictObject({ prompt: optionText(240), answer: optionText(70), why }))
      .min(3, 'should have three pairs or more')
      .max(7, 'should have at most seven pairs'),
    spare: z.array(optionText(70)).max(3).default([]),
  },
}

const item = z.discriminatedUnion('kind', [
  z.strictObject(items.choice),
  z.strictObject(items.response),
  z.strictObject(items.ordering),
  z.strictObject(items.matching),
])

const shared = {
  id: slug.max(48, 'is too long: at most 48 characters'),
  topics: z.array(slug).min(1, 'names no topic'),
  concept: words(80),
  difficulty: z.union([z.literal(1), z.literal(2), z.literal(3)], 'should be 1, 2 or 3'),
  domain: z.int().positive().optional(),
  task: z
    .string('should be quoted text')
    .regex(/^\d\.\d$/, 'should look like "3.1"')
    .optional(),
  misconception: words(320),
  sources,
}

export const question = z.discriminatedUnion('kind', [
  z.strictObject({ ...shared, ...items.choice }),
  z.strictObject({ ...shared, ...items.response }),
  z.strictObject({ ...shared, ...items.ordering }),
  z.strictObject({ ...shared, ...items.matching }),
  z.strictObject({
    ...shared,
    kind: z.literal('case'),
    scenario: words(1200),
    items: z.array(item).min(2, 'should have two items or more').max(4, 'should have at most four items'),
  }),
  z.strictObject({
    ...shared,
    kind: z.literal('template'),
    family: z
      .string()
      .refine((name) => templateFamilies.includes(name), `should be one of ${templateFamilies.join(', ')}`),
  }),
])

export const comparison = z.strictObject({
  topics: z.array(slug).min(2, 'should name two topics or more'),
  differ: z.array(z.strictObject({ aspect: words(60), sides: z.array(words(240)) })).min(1),
  choose: words(600),
})
