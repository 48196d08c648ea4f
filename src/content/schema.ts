/** The shapes of the content files, as `content/README.md` describes them. */
import * as z from 'zod'
import { templateFamilies } from '../core/template.js'
import { asSeen } from '../core/text.js'
import { LONGEST } from './longest.js'

/**
 * Characters that no chat shows and no database accepts: control characters (other than tab and line feed)
 * and surrogates.
 */
export const UNSHOWABLE = /[^\P{Cc}\t\n]|\p{Cs}/u

const words = (max: number) => wordsOrNone(max).refine((text) => text !== '', 'is empty')
const wordsOrNone = (max: number) =>
  z
    .string('should be text')
    .trim()
    .max(max, `is too long: at most ${max} characters`)
    .refine((text) => !UNSHOWABLE.test(text), 'holds a control character')
export const slug = z
  .string('should be text')
  .regex(/^[a-z0-9]+(-[a-z0-9]+)*$/, 'should be lower-case words joined by hyphens')
  .max(60, 'should have at most 60 characters')

const date = z.iso.date('should be a date such as 2026-11-20')

const MAX_ADDRESS = 500
/** Allows only https, and nothing that a reader would not see: a name and a password, or a blank. */
const address = words(MAX_ADDRESS).refine(isAddress, 'should be an address that begins with https://')

function isAddress(url: string): boolean {
  if (!/^https:\/\/[^\s/\\?#@]/i.test(url) || /[\s\p{Cf}]/u.test(url) || !URL.canParse(url)) return false
  const { protocol, username, password } = new URL(url)
  return protocol === 'https:' && (username + password).length === 0
}

const title = words(LONGEST.document)
const documents = z.array(
  z.union([title, z.strictObject({ title, url: address })], 'should be a title, or { title, url }'),
)
/** `checked` is a date only if somebody read the documents themselves. */
const sources = z
  .strictObject({
    notes: z.array(z.int('should be a line number').positive('should be a line number')).default([]),
    documents: documents.optional(),
    /** The name of `documents` when there was only one subject. */
    aws: documents.optional(),
    checked: z.literal('none').or(z.iso.date('should be a date such as 2026-11-20, or none')).default('none'),
  })
  .transform(({ documents, aws = [], ...rest }) => ({ ...rest, documents: documents ?? aws }))
  .prefault({})

const SKILL = /^\d+(\.\d+){0,2}$/
/**
 * Domains, tasks or skills by exam, such as `"3"`, `"3.1"`, `"3.1.4"`; empty if the question no longer serves
 * that exam.
 */
const skills = z.record(
  slug,
  z.array(z.string('should be quoted text').regex(SKILL, 'should look like "3", "3.1" or "3.1.4"')),
)

const task = z.strictObject({
  number: z.string('should be quoted text').regex(/^\d+\.\d+$/, 'should look like "3.1"'),
  title: words(160),
  skills: z
    .record(z.string().regex(/^\d+\.\d+\.\d+$/, 'should look like 3.1.4'), words(240))
    .default({})
    .transform((found) => Object.entries(found).map(([number, title]) => ({ number, title }))),
})

const domains = z
  .array(
    z.strictObject({
      number: z.int().positive(),
      title: words(160),
      weight: z.number().positive(),
      tasks: z.array(task).default([]),
    }),
  )
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
    licence: words(80).optional(),
    attribution: words(300).optional(),
    order: z.int('should be a whole number').default(1),
    exams: z.record(slug, exam).default({}),
    /** The name of the only exam of a pack in version 0.2. */
    exam: words(40).optional(),
    domains: domains.optional(),
    sections: z.array(z.strictObject({ id: slug, number: z.int().positive(), title: words(160) })).min(1),
    language: z.enum(['en', 'de'], 'should be en or de').default('en'),
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

/** The maximum number of characters. */
export const MAX_SUMMARY = 600

export const frontMatter = z.strictObject({
  title: words(80),
  aliases: z.array(words(80)).default([]),
  asked: z.array(words(120)).max(24, 'should have at most 24 questions').default([]),
  /** The default is the first sentence of the body. */
  summary: words(MAX_SUMMARY)
    .refine((text) => sentences(text) <= 2, 'should have at most two sentences')
    .optional(),
  related: z.array(slug).default([]),
  confused: z.record(slug, words(LONGEST.why)).default({}),
  skills: skills.default({}),
  diagram: z
    .strictObject({
      alt: words(1000),
      // Placing the boxes takes time by the square of both, and nobody reads more in a chat.
      boxes: z
        .record(z.string().regex(/^[\w-]+$/), words(60))
        .refine((boxes) => Object.keys(boxes).length <= 12, 'should have at most twelve boxes'),
      arrows: z
        .array(z.string().regex(/^[\w-]+ -> [\w-]+(: .+)?$/, 'should look like "a -> b" or "a -> b: label"'))
        .min(1)
        .max(20, 'should have at most twenty arrows'),
    })
    .optional(),
  scale: z
    .strictObject({
      alt: words(1000),
      marks: z
        .record(z.string().regex(/^-?\d+(\.\d+)?$/, 'should be a number'), words(60))
        .transform((marks) =>
          Object.entries(marks)
            .map(([at, label]) => ({ at: Number(at), label }))
            .sort((a, b) => a.at - b.at),
        )
        .refine((marks) => marks.length >= 2 && marks.length <= 7, 'should have two to seven marks'),
      open: z.array(z.enum(['start', 'end'])).default([]),
    })
    .optional(),
  sources,
})

/** Matches the end of a sentence. */
export const SENTENCE_END = /[.!?](?=\s+[A-Z]|\s*$)/g

function sentences(text: string): number {
  return text.split(SENTENCE_END).filter((part) => part.trim() !== '').length
}

/** Words about other options or their order. */
const POSITION = [
  /\b(all|none|both) of the above\b|\bthe (first|second|third|fourth|last) (option|choice|answer)\b/i,
  /\b([Oo]ption|[Cc]hoice|[Aa]nswer)s? [A-H]\b/,
]
export const speaksOfOthers = (text: string): boolean => POSITION.some((one) => one.test(text))
const withoutPosition = (text: z.ZodType<string>) =>
  text.refine((text) => !speaksOfOthers(text), 'speaks of other options or their order, which is shuffled')
const optionText = (max: number) => withoutPosition(words(max))
/** Files of other programs often give no reasons. */
const why = withoutPosition(wordsOrNone(LONGEST.why)).default('')
const choice = z.strictObject({ text: optionText(LONGEST.choice), right: z.boolean().default(false), why })
const stem = words(LONGEST.stem)
const step = z.strictObject({ text: optionText(LONGEST.choice), why })
const different = (list: readonly { text: string }[]) =>
  new Set(list.map((c) => asSeen(c.text))).size === list.length
const rights = (list: readonly { right: boolean }[]) => list.filter((c) => c.right).length

const MOST_CHOICES = 8
const TOO_MANY = 'should have at most eight choices'

const items = {
  choice: {
    kind: z.literal('choice'),
    stem,
    choices: z
      .array(choice)
      .min(2, 'should have two choices or more')
      .max(MOST_CHOICES, TOO_MANY)
      .refine((list) => rights(list) === 1, 'should have exactly one right choice')
      .refine(different, 'has two equal choices'),
  },
  response: {
    kind: z.literal('response'),
    stem,
    choices: z
      .array(choice)
      .max(MOST_CHOICES, TOO_MANY)
      .refine(
        (list) => rights(list) >= 2 && rights(list) < list.length,
        'should have two right choices or more, and a wrong one',
      )
      .refine(different, 'has two equal choices'),
  },
  ordering: {
    kind: z.literal('ordering'),
    stem,
    steps: z.array(step).min(2, 'should have two steps or more').max(5, 'should have at most five steps'),
    spare: z.array(step).max(3, 'should have at most three spare steps').default([]),
  },
  matching: {
    kind: z.literal('matching'),
    stem,
    pairs: z
      .array(z.strictObject({ prompt: optionText(LONGEST.choice), answer: optionText(LONGEST.answer), why }))
      .min(2, 'should have two pairs or more')
      .max(7, 'should have at most seven pairs'),
    spare: z.array(optionText(LONGEST.answer)).max(3).default([]),
  },
}

const item = z.discriminatedUnion('kind', [
  z.strictObject(items.choice),
  z.strictObject(items.response),
  z.strictObject(items.ordering),
  z.strictObject(items.matching),
])

const shared = {
  id: slug.max(LONGEST.id, `is too long: at most ${LONGEST.id} characters`),
  topics: z.array(slug).default([]),
  /** A question without one is its own concept. */
  concept: words(LONGEST.concept).optional(),
  difficulty: z.union([z.literal(1), z.literal(2), z.literal(3)], 'should be 1, 2 or 3').default(2),
  domain: z.int().positive().optional(),
  task: z
    .string('should be quoted text')
    .regex(/^\d\.\d$/, 'should look like "3.1"')
    .optional(),
  skills: skills.default({}),
  /** The question asks only for a fact, as somebody found who answered it without knowing the key. */
  recall: z.boolean('should be true or false').default(false),
  misconception: wordsOrNone(LONGEST.misconception).default(''),
  sources,
  /** The question comes from a file of another program, and is labelled so. */
  imported: z.boolean('should be true or false').default(false),
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
