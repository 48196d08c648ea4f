/** A pack that a test writes: topics by slug, each with what its front matter and its body hold. */
import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { stringify } from 'yaml'

export interface SmallTopic {
  readonly title: string
  /** Further front matter. */
  readonly front?: Readonly<Record<string, unknown>>
  readonly body?: string
  /** Stems of questions on it. */
  readonly asks?: readonly string[]
  /** What each of them offers, the right one first, and why each is right or wrong. */
  readonly choices?: readonly string[]
  readonly why?: string
}

const CHOICES = ['This one', 'Another', 'A third', 'Nothing']

export interface SmallPack {
  readonly topics: Readonly<Record<string, SmallTopic>>
  /** Further keys of `pack.yaml`. */
  readonly pack?: Readonly<Record<string, unknown>>
  readonly compare?: readonly object[]
}

const SECTION = { id: '01-all', number: 1, title: 'All' }
const SOURCES = { notes: [1], checked: '2026-11-20' }

/** The folder of the content. */
export function smallPack({ topics, pack = {}, compare = [] }: SmallPack): string {
  const content = mkdtempSync(join(tmpdir(), 'cohort-small-'))
  const section = join(content, 'small', SECTION.id)
  mkdirSync(section, { recursive: true })
  writeFileSync(join(content, 'small/pack.yaml'), stringify({ title: 'Small', sections: [SECTION], ...pack }))
  if (compare.length > 0) writeFileSync(join(section, 'compare.yaml'), stringify(compare))
  for (const [slug, { title, front = {}, body = '', asks = [], choices = CHOICES, why }] of Object.entries(
    topics,
  )) {
    const head = { title, summary: `${title} is what it is called.`, sources: SOURCES, ...front }
    writeFileSync(join(section, `${slug}.md`), `---\n${stringify(head)}---\n${body}\n`)
    if (asks.length > 0)
      writeFileSync(
        join(section, `${slug}.questions.yaml`),
        stringify(asks.map((stem, i) => question(slug, stem, i, choices, why))),
      )
  }
  return content
}

function question(
  slug: string,
  stem: string,
  number: number,
  choices: readonly string[],
  why: string | undefined,
) {
  return {
    id: `${slug}-${number}`,
    kind: 'choice',
    topics: [slug],
    concept: slug,
    difficulty: 1,
    stem,
    choices: choices.map((text, i) => ({
      text,
      ...(i === 0 && { right: true }),
      why: why ?? `It is ${i === 0 ? '' : 'not '}that.`,
    })),
    misconception: 'It is taken for another.',
    sources: SOURCES,
  }
}
