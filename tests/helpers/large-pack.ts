/**
 * A pack of many topics with a question each, in twelve sections that go across the four domains of its exam.
 */
import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

const SECTIONS = Array.from({ length: 12 }, (_, i) => ({
  id: `${String(i + 1).padStart(2, '0')}-part`,
  number: i + 1,
}))
const DOMAINS = [1, 2, 3, 4]

const pack = `title: A large certificate
exam: BIG-1
domains:
${DOMAINS.map((n) => `  - { number: ${n}, title: Domain ${n}, weight: 25 }`).join('\n')}
sections:
${SECTIONS.map(({ id, number }) => `  - { id: ${id}, number: ${number}, title: Part ${number} of the notes }`).join('\n')}
`

const topic = (slug: string) => `---
title: Topic ${slug}
aliases: [alias ${slug}]
summary: What ${slug} is.
sources: { notes: [1], aws: [Guide], checked: 2026-11-20 }
---
- It is ${slug}.
`

const question = (slug: string, domain: number) => `- id: about-${slug}
  kind: choice
  topics: [${slug}]
  concept: what ${slug} is
  difficulty: 2
  domain: ${domain}
  task: "${domain}.1"
  stem: What is ${slug}?
  choices:
    - { text: This one, right: true, why: It is that. }
    - { text: Another, why: It is not that. }
    - { text: A third, why: It is not this either. }
    - { text: Nothing, why: It is something. }
  misconception: It is taken for another.
  sources: { notes: [1], aws: [Guide], checked: 2026-11-20 }
`

/** The folder of the content, and the slugs of its topics. */
export function largePack(topics: number): { readonly content: string; readonly slugs: readonly string[] } {
  const content = mkdtempSync(join(tmpdir(), 'cohort-large-'))
  const slugs = Array.from({ length: topics }, (_, i) => `t${String(i).padStart(3, '0')}`)
  mkdirSync(join(content, 'big'))
  writeFileSync(join(content, 'big/pack.yaml'), pack)
  for (const [i, slug] of slugs.entries()) {
    const dir = join(content, 'big', SECTIONS[i % SECTIONS.length]?.id ?? '')
    mkdirSync(dir, { recursive: true })
    writeFileSync(join(dir, `${slug}.md`), topic(slug))
    writeFileSync(join(dir, `${slug}.questions.yaml`), question(slug, DOMAINS[i % 5] ?? 1))
  }
  return { content, slugs }
}
