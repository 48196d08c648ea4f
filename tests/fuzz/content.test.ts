// @module-tag slow
/**
 * Whatever authors write or import: it is read, or refused with a line that is there, and in bounded time.
 */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import type { z } from 'zod'
import { importNotes } from '../../src/content/import.js'
import { loadContent } from '../../src/content/load.js'
import { inlineText, readMarkdown } from '../../src/content/markdown.js'
import { comparison, frontMatter, pack, question } from '../../src/content/schema.js'
import { check, readYaml } from '../../src/content/yaml.js'
import { type Inline, plain } from '../../src/core/text.js'
import { PACK, QUESTIONS, TOPIC } from '../content/folder.js'
import { IS_LONG } from '../helpers/long.js'
import { changed, changes, holds, json, madeOf, PATIENCE_MS, text, within } from './fuzz.js'
import { growth } from './slowest.js'

/** For what takes a millisecond or two; slow machines take ten times as long. */
const SOON_MS = 3000
/** No pack around a note. */
const NOTHING = { known: [], makers: ['Amazon', 'AWS'] }
const LIMIT = IS_LONG ? 100_000 : 3000
/**
 * What takes its time by the square of its length takes a hundred seconds for the longer text. The shorter
 * finds what is worse than that.
 */
const SECONDS_MS = IS_LONG ? 10_000 : 6000

const MARKS = [
  ...[
    '*',
    '**',
    '_',
    '__',
    '~',
    '~~',
    '`',
    '```',
    '[',
    ']',
    '(',
    ')',
    '[a](https://a.b)',
    '![',
    '<',
    '>',
    '<!--',
    '-->',
    '<a b="',
    '</',
  ],
  ...[
    '[[',
    ']]',
    '![[',
    '|',
    '#',
    '\\',
    '&',
    '&amp;',
    '\n',
    '\n\n',
    '    ',
    '\t',
    '- ',
    '1. ',
    '> ',
    '# ',
    '## ',
    '### ',
    '#### ',
    '---\n',
    '===\n',
  ],
  ...[
    '| a | b |\n|---|---|\n',
    '[^1]',
    '[^1]: ',
    '[a]: ',
    'http://a',
    'www.a.b',
    'a@b.c',
    'word',
    ' ',
    '> [!tip] ',
    '**Purpose:** ',
    '**Related:** ',
  ],
  ...['\n## Exam tips\n', '\n## Changes\n', '- Today: a\n- Exam: b\n', '$$', '~~~\n', '\u00a0', '\u2028'],
]
const YAML = [
  ...[
    '- ',
    ': ',
    'a: ',
    '\n',
    '  ',
    '    ',
    '[',
    ']',
    '{',
    '}',
    ',',
    '&a ',
    '*a',
    '!!binary ',
    '!t ',
    '|',
    '>',
    '"',
    "'",
    '#',
    '?',
    '%',
    '---\n',
    '...\n',
  ],
  ...[
    '<<: *a',
    '\t',
    '0x',
    '1e3',
    '~',
    'null',
    'true',
    '2026-01-01',
    '__proto__: ',
    'constructor: ',
    '\\u0000',
    '- id: ',
    'kind: choice\n',
  ],
]

interface Told {
  readonly line: number
  readonly message: string
}

/** What was reported; each has a line that is there. */
function collect(lines: number) {
  const told: Told[] = []
  const report = (line: number, message: string) => told.push({ line, message })
  const verify = () => {
    for (const { line, message } of told) {
      expect(
        Number.isInteger(line) && line >= 1 && line <= lines,
        `line ${line} of ${lines}: ${message}`,
      ).toBe(true)
      expect(message).not.toBe('')
    }
  }
  return { told, report, verify }
}

/** As Markdown counts them. */
const count = (source: string) => source.split(/\r\n?|\n/).length
const addresses = (all: readonly Inline[]): string[] =>
  all.flatMap((one) =>
    typeof one !== 'object'
      ? []
      : 'link' in one
        ? [one.link]
        : 'bold' in one
          ? addresses(one.bold)
          : 'italic' in one
            ? addresses(one.italic)
            : [],
  )

const schemas: readonly z.ZodType<unknown>[] = [question, pack, frontMatter, comparison]

describe('made-up content', () => {
  it(
    'in Markdown becomes passages or is refused, and its links lead to the web alone',
    () =>
      holds(
        fc.property(madeOf(MARKS, 24), (body) => {
          const source = `---\ntitle: a\n---\n${body}`
          const { report, verify } = collect(count(source))
          const read = within(SOON_MS, () => readMarkdown(source, report))
          verify()
          const inlines = (read?.details ?? []).flatMap((p) =>
            p.kind === 'text'
              ? [p.text]
              : p.kind === 'list'
                ? p.items
                : p.kind === 'table'
                  ? p.rows.flat()
                  : [],
          )
          for (const one of inlines) {
            plain(one)
            for (const url of addresses(one)) expect(url).toMatch(/^https?:\/\//)
          }
        }),
      ),
    PATIENCE_MS,
  )

  it(
    'in one line of text becomes inlines',
    () =>
      holds(
        fc.property(madeOf(MARKS, 12), (line) => {
          const { report } = collect(1)
          for (const url of addresses(within(SOON_MS, () => inlineText(line, 1, report))))
            expect(url).toMatch(/^https?:\/\//)
        }),
      ),
    PATIENCE_MS,
  )

  it(
    'in YAML is data or is refused in one line, and pollutes no prototype',
    () =>
      holds(
        fc.property(fc.oneof(madeOf(YAML, 40), text), (source) => {
          const { told, report, verify } = collect(count(source))
          const read = within(SOON_MS, () => readYaml(source, 0, report))
          verify()
          expect(told.length).toBe(read ? 0 : 1)
          if (read) for (const schema of schemas) check(read, read.value, schema, [], report)
          verify()
          expect(Object.keys(Object.prototype)).toEqual([])
          expect(({} as Record<string, unknown>).a).toBeUndefined()
        }),
      ),
    PATIENCE_MS,
  )

  const good: readonly (readonly [z.ZodType<unknown>, unknown])[] = [
    [question, parse(QUESTIONS)[0]],
    [pack, parse(PACK)],
    [frontMatter, parse(TOPIC.split('---')[1] ?? '')],
    [comparison, { topics: ['a', 'b'], differ: [{ aspect: 'a', sides: ['x', 'y'] }], choose: 'either' }],
  ]
  it(
    'of nearly the right shape is taken, or told what is wrong with it',
    () =>
      holds(
        fc.property(fc.constantFrom(...good), changes, ([schema, value], all) => {
          // JSON is YAML.
          const source = JSON.stringify(changed(value, all))
          const { told, report, verify } = collect(count(source))
          const yaml = readYaml(source, 0, report)
          if (yaml) expect(check(yaml, yaml.value, schema, [], report) === undefined).toBe(told.length > 0)
          verify()
        }),
      ),
    PATIENCE_MS,
  )

  it(
    'in a folder is told by file and line, and nothing of it throws',
    () =>
      holds(
        fc.asyncProperty(
          fc.constantFrom(
            'p/pack.yaml',
            'p/one/canary.md',
            'p/one/canary.questions.yaml',
            'p/one/compare.yaml',
          ),
          fc.oneof(
            madeOf(YAML, 30),
            madeOf(MARKS, 30),
            json.map((value) => JSON.stringify(value)),
          ),
          async (file, body) => {
            const root = mkdtempSync(path.join(tmpdir(), 'cohort-fuzz-'))
            mkdirSync(path.join(root, 'p/one'), { recursive: true })
            for (const [name, good] of [
              ['p/pack.yaml', PACK],
              ['p/one/canary.md', TOPIC],
              ['p/one/canary.questions.yaml', QUESTIONS],
            ] as const)
              writeFileSync(path.join(root, name), good)
            writeFileSync(path.join(root, file), body)
            const { problems } = await loadContent(root)
            rmSync(root, { recursive: true })
            for (const one of problems) expect(one.line).toBeGreaterThan(0)
          },
        ),
        // A fortieth: each writes and reads a folder.
        0.025,
      ),
    PATIENCE_MS,
  )

  it(
    'in notes is imported to topics that can be read again, or refused with a line',
    () =>
      holds(
        fc.property(madeOf(MARKS, 24), fc.boolean(), (body, whole) => {
          const source = whole ? body : `# Section 9: X\n\n## Group\n\n### Topic\n${body}`
          const { told, report, verify } = collect(count(source.replace(/\r\n?/g, '\n')) + 1)
          const imported = within(SOON_MS, () => importNotes(source, '09-x', NOTHING, '2026-11-27', report))
          verify()
          if (!imported) expect(told.length).toBeGreaterThan(0)
          for (const { name, text: written } of imported?.files ?? []) {
            expect(name).toMatch(/^[a-z0-9]+(-[a-z0-9]+)*\.md$/)
            if (told.length > 0) continue
            const again = collect(count(written))
            const read = readMarkdown(written, again.report)
            const front = read && readYaml(read.front.text, read.front.offset, again.report)
            if (front) check(front, front.value, frontMatter, [], again.report)
            expect(again.told, written).toEqual([])
          }
        }),
        // A quarter: parsed, written and parsed again.
        0.25,
      ),
    PATIENCE_MS,
  )
})

describe('content that would take long to read', () => {
  const UNITS = [
    ...[
      '*a ',
      '*a **b ',
      '**a *b',
      '_a',
      '*',
      '~a',
      '[a](',
      '[',
      '[a](b',
      '![',
      '[[a',
      '![[a|',
      '<',
      '<a b="',
      '`a``',
      'www.a',
      'a@',
      '[^a]',
      '|a\n|-\n',
    ],
    ...[
      '&a',
      '\\',
      '[a]: <',
      '- a\n',
      '-\n',
      '1. a\n',
      '*_',
      '*a_b',
      ']',
      '[]',
      '*[a',
      '*`',
      ' *a',
      'a* ',
      '  ',
      '\u00a0',
      '\t',
      '# a\n\n',
      '### a\n',
      '> a\n',
      'a  \n',
    ],
    ...[
      '> a\n\n',
      '> > a\n\n',
      '- a\n\n',
      '- a\n  - b\n',
      '> a\nb\n',
      '[a]: /b\n\n[a]\n\n',
      '[^a]: x\n\n[^a]\n\n',
      '<!-- ',
      '<!-- a -->\n\n',
    ],
    ...[
      '&amp; ',
      'a@b.c ',
      'http://a.b ',
      'a\n=\n',
      'a\n\n=\n\n',
      '```\na\n```\n',
      '---\n\n',
      'word word\n\n',
      '| a ',
      '- [ ] a\n',
      '    a\n\n',
    ],
    ...[
      '### a\n\nb\n\n',
      '**Related:** [[a]]\n\n',
      'a\n\n```\n\n',
      '\n',
      '\u2028',
      '$$\n',
      '![[a]]\n\n',
      '[[a|b]] ',
    ],
  ]
  it.each(UNITS)('%j again and again is read or refused in seconds', (unit) => {
    const body = `x${unit.repeat(LIMIT / unit.length)}x`
    within(SECONDS_MS, () => readMarkdown(`---\ntitle: a\n---\n${body}\n`, () => {}))
    within(SECONDS_MS, () =>
      importNotes(`# Section 9: X\n## G\n### T\n${body}\n`, '09-x', NOTHING, '2026-11-27', () => {}),
    )
  })

  it.each([
    '> a\n\n',
    'word word\n\n',
    '- a\n',
    '- *a* [[b]]\n\n',
    '### a\n\nSome words of `it`.\n\n',
    'A line of words.\n',
  ])('%j four times as often takes about four times as long', (unit) => {
    const once = IS_LONG ? 4000 : 2000
    const read = (length: number) => {
      const body = unit.repeat(length / unit.length)
      readMarkdown(`---\ntitle: a\n---\n${body}`, () => {})
      importNotes(`# Section 9: X\n## G\n### T\n${body}`, '09-x', NOTHING, '2026-11-27', () => {})
    }
    read(once)
    // By the square it would be 16.
    expect(
      growth(
        9,
        5,
        2,
        () => read(once),
        () => read(4 * once),
      ),
    ).toBeLessThan(9)
  })

  it.each([
    ['keys', Array.from({ length: 9000 }, (_, i) => `k${i}: 1`).join('\n')],
    ['far too many keys', Array.from({ length: 100_000 }, (_, i) => `k${i}: 1`).join('\n')],
    ['maps in maps', '{a: '.repeat(20_000)],
    ['merged keys', `a: &a {x: 1}\n${Array.from({ length: 3000 }, (_, i) => `b${i}: {<<: *a}`).join('\n')}`],
    ['digits', '1'.repeat(LIMIT)],
    ['quotes', '"'.repeat(LIMIT)],
  ])('%s in YAML', (_name, source) => {
    const { report } = collect(count(source))
    within(SECONDS_MS, () => {
      const yaml = readYaml(source, 0, report)
      if (yaml) check(yaml, yaml.value, frontMatter, [], report)
    })
  })
})
