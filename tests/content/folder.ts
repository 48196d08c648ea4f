/** A small content folder on disk, with some files exchanged, and what reading it gives. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { type Bank, createBank } from '../../src/content/bank.js'
import { type Loaded, loadContent } from '../../src/content/load.js'

export const PACK = `title: A certificate
exam: ABC-1
domains:
  - { number: 3, title: Deployment, weight: 22 }
sections:
  - { id: one, number: 1, title: Section one }
`

export const TOPIC = `---
title: Canary
aliases: [canary deployment]
summary: A **small** part goes first. The rest follows.
sources: { notes: [1], aws: [Guide], checked: 2026-11-20 }
---
- It goes first.
`

export const QUESTIONS = `- id: canary-first
  kind: choice
  topics: [canary]
  concept: canary
  difficulty: 2
  domain: 3
  task: "3.3"
  stem: What goes first?
  choices:
    - { text: a part, right: true, why: that is canary }
    - { text: all, why: that is all at once }
    - { text: half, why: that is linear }
    - { text: nothing, why: that is nothing }
  misconception: All goes at once.
  sources: { notes: [1], aws: [Guide], checked: 2026-11-20 }
`

export type Files = Readonly<Record<string, string | Buffer>>

export function folder(files: Files = {}): string {
  const root = mkdtempSync(join(tmpdir(), 'cohort-content-'))
  const all: Files = {
    'p/pack.yaml': PACK,
    'p/one/canary.md': TOPIC,
    'p/one/canary.questions.yaml': QUESTIONS,
    ...files,
  }
  for (const [file, text] of Object.entries(all)) {
    mkdirSync(join(root, dirname(file)), { recursive: true })
    writeFileSync(join(root, file), text)
  }
  return root
}

/** `bank`: that of the first pack. */
export async function load(files?: Files): Promise<Loaded & { readonly bank: Bank }> {
  const root = folder(files)
  const loaded = await loadContent(root)
  rmSync(root, { recursive: true })
  return { ...loaded, bank: firstOf(loaded) }
}

export function firstOf({ banks: [bank] }: Loaded): Bank {
  const pack = {
    id: 'none',
    title: 'None',
    exams: [],
    sections: [],
    language: 'en' as const,
    vocabulary: { makers: [], synonyms: [] },
  }
  return bank ?? createBank({ pack, topics: [], questions: [], comparisons: [] })
}

/** The problems as the checker prints them, those of the folder `p/one` by file name alone. */
export async function problems(files: Files | string): Promise<string[]> {
  const loaded = typeof files === 'string' ? await loadContent(files) : await load(files)
  return loaded.problems.map((p) => `${p.file.replace('p/one/', '')}:${p.line}: ${p.message}`)
}

/**
 * The files with one thing in the topic, or in the questions, written otherwise; refuses to change nothing.
 */
export const topicWith = (from: string, to: string): Files => ({
  'p/one/canary.md': replaced(TOPIC, from, to),
})
export const questionWith = (from: string, to: string): Files => ({
  'p/one/canary.questions.yaml': replaced(QUESTIONS, from, to),
})

function replaced(text: string, from: string, to: string): string {
  if (!text.includes(from)) throw new Error(`nothing reads ${from}`)
  return text.replace(from, () => to)
}
