/**
 * The orchard as a pack with an exam: two apples of choice, tools, an order, a match, a case of two, numbers.
 */
import { cpSync, mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { stringify } from 'yaml'

const ALL = ['choice', 'response', 'ordering', 'matching', 'case']

/** The folder of the content; `exam` replaces what the pack says of its exam. */
export function examPack(exam: object = {}): string {
  const content = mkdtempSync(join(tmpdir(), 'cohort-exam-'))
  cpSync('tests/fixtures/content', content, { recursive: true })
  const facts = {
    name: 'OK-1',
    state: 'open',
    minutes: 20,
    items: { scored: 7, unscored: 1 },
    kinds: ALL,
    domains: [{ number: 1, title: 'Fruit', weight: 100 }],
    ...exam,
  }
  const pack = {
    title: 'Orchard Keeper',
    exams: { ok1: facts },
    sections: [{ id: '01-fruit', number: 1, title: 'Fruit' }],
  }
  writeFileSync(join(content, 'orchard/pack.yaml'), stringify(pack))
  return content
}
