import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { passageBlock } from '../../src/bot/cards/topic.js'
import { plainCard } from '../../src/bot/ui/card.js'
import { inlineText, readMarkdown } from '../../src/content/markdown.js'
import { readYaml } from '../../src/content/yaml.js'
import { plain, type Text } from '../../src/core/text.js'
import { load } from './folder.js'

const FRONT = '---\ntitle: x\n---\n'

/** The body read, and what was reported, as `line: message`. */
function read(markdown: string) {
  const reported: string[] = []
  const body = readMarkdown(FRONT + markdown, (line, message) => reported.push(`${line}: ${message}`))
  return { body, reported }
}

describe('one line of Markdown', () => {
  it.each<[string, string, Text]>([
    ['plain', 'ten % of it', ['ten % of it']],
    ['bold, italic and code', '**a** *b* `c`', [{ bold: ['a'] }, ' ', { italic: ['b'] }, ' ', { code: 'c' }]],
    ['bold inside italic', '*a **b***', [{ italic: ['a ', { bold: ['b'] }] }]],
    [
      'a link',
      '[the *guide*](https://example.com/a?b=c)',
      [{ link: 'https://example.com/a?b=c', text: ['the ', { italic: ['guide'] }] }],
    ],
    ['signs that were escaped', '\\*a\\* \\<b\\>', ['*a* <b>']],
    ['code that holds signs', '`**a** <b>`', [{ code: '**a** <b>' }]],
    ['what other chats would read as a ping', '@everyone <!channel', ['@everyone <!channel']],
    ['a line that looks like a quote', '> 50 %', ['> 50 %']],
    ['a line that looks like a heading', '# of nodes', ['# of nodes']],
  ])('%s', (_name, source, expected) => {
    const reported: string[] = []
    expect(inlineText(source, 1, (_line, message) => reported.push(message))).toEqual(expected)
    expect(reported).toEqual([])
  })

  it('says on which line of the file something cannot be shown', () => {
    const reported: [number, string][] = []
    inlineText('a ~~b~~ [c](file:///etc/passwd)', 12, (line, message) => reported.push([line, message]))
    expect(reported).toEqual([
      [12, 'a chat cannot show this (delete)'],
      [12, 'a link should begin with https://'],
    ])
  })
})

describe('the body of a topic', () => {
  it('becomes passages in their order', () => {
    const { body, reported } = read(
      'A\nb.\n\n## More\n\n1. one\n2. two\n\n| h | i |\n|---|---|\n| 1 | **2** |\n\n```yaml\na: <b>\n```\n',
    )
    expect(reported).toEqual([])
    expect(body?.details).toEqual([
      { kind: 'text', text: ['A b.'] },
      { kind: 'heading', text: 'More' },
      { kind: 'list', ordered: true, items: [['one'], ['two']] },
      { kind: 'table', header: [['h'], ['i']], rows: [[['1'], [{ bold: ['2'] }]]] },
      { kind: 'code', text: 'a: <b>' },
    ])
  })

  it.each([
    ['begins', '3. three\n4. four\n', ['3. three\n4. four']],
    ['begins at nought', '0. none\n1. one\n', ['0. none\n1. one']],
    ['goes on behind code', '1. one\n\n```\nx\n```\n\n2. two\n', ['1. one', 'x', '2. two']],
    ['goes on behind bullets', '1. one\n\n- a\n\n2. two\n', ['1. one', '• a', '2. two']],
  ])('is shown with the numbers of its steps, where it %s', (_name, markdown, shown) => {
    const details = read(markdown).body?.details ?? []
    expect(details.map((passage) => plainCard({ blocks: [passageBlock(passage)] }))).toEqual(shown)
  })

  it('keeps exam tips and changes apart from the rest', () => {
    const { body, reported } = read(
      '- fact\n\n## Exam tips\n- tip\n\n## Changes\n- Today: **Quick** Suite\n- **Exam:** QuickSight\n\n## After\nend\n',
    )
    expect(reported).toEqual([])
    expect(body?.examTips).toEqual([['tip']])
    expect(body?.changes).toEqual([{ today: ['', { bold: ['Quick'] }, ' Suite'], exam: ['QuickSight'] }])
    expect(body?.details.map((d) => d.kind)).toEqual(['list', 'heading', 'text'])
  })

  it('loses no word of a change that is bold beyond its label', () => {
    const { body, reported } = read('## Changes\n- **Today: x** y\n- Exam: z\n')
    expect(reported).toEqual(['5: "Changes" should hold pairs of "Today: …" and "Exam: …"'])
    expect(body?.changes).toEqual([])
  })

  it('is given whole as its author wrote it', () => {
    expect(read('\n- *a*\n').body?.source).toBe('- *a*')
    expect(readMarkdown('---\ntitle: x\n---', () => {})?.source).toBe('')
  })
})

describe('whatever stands in the files', () => {
  const RUNS = { numRuns: 300 }
  const scraps = fc
    .array(
      fc.constantFrom(
        '- ',
        '* ',
        '> ',
        '# ',
        '**',
        '_',
        '`',
        '```\n',
        '[a](',
        ')',
        '![',
        '<b>',
        '|',
        '|---|',
        '\n',
        '\n\n',
        '~~',
        '[^1]',
        '&amp;',
        'word ',
        '---\n',
        'Today: ',
        '## Changes\n',
        '## Exam tips\n',
        '😀',
      ),
    )
    .map((parts) => parts.join(''))
  const yamlScraps = fc
    .array(
      fc.constantFrom(
        '- ',
        'a: ',
        ': ',
        '&x ',
        '*x',
        '[',
        ']',
        '{',
        '}',
        '\n',
        '  ',
        '\t',
        '"',
        "'",
        '|\n',
        '? ',
        '!!set ',
        '!t ',
        '---\n',
        '%',
        '1',
        'null',
        '<<: ',
        '#',
        '😀',
      ),
    )
    .map((parts) => parts.join(''))

  it('reading Markdown never throws, and what it shows is plain words', () => {
    fc.assert(
      fc.property(fc.oneof(scraps, fc.string({ unit: 'binary' })), (text) => {
        const { body } = read(text)
        for (const tip of body?.examTips ?? []) expect(typeof plain(tip)).toBe('string')
      }),
      RUNS,
    )
  })

  it('reading YAML never throws, and names a line that is there', () => {
    fc.assert(
      fc.property(fc.oneof(yamlScraps, fc.string({ unit: 'binary' })), (text) => {
        const lines: number[] = []
        const yaml = readYaml(text, 0, (line) => lines.push(line))
        if (!yaml) expect(lines.length).toBeGreaterThan(0)
        for (const line of lines) {
          expect(line).toBeGreaterThanOrEqual(1)
          expect(line).toBeLessThanOrEqual(text.split('\n').length)
        }
      }),
      RUNS,
    )
  })

  it('reading a folder never throws', { tags: ['slow'] }, async () => {
    await fc.assert(
      fc.asyncProperty(scraps, yamlScraps, yamlScraps, async (topic, questions, pack) => {
        await load({
          'p/one/canary.md': FRONT + topic,
          'p/one/canary.questions.yaml': questions,
          'p/one/compare.yaml': questions,
          'q/pack.yaml': pack,
        })
      }),
      { numRuns: 40 },
    )
  })
})
