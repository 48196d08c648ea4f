// @module-tag longer
/** What is read without the Markdown parser is read as the parser reads it. */
import fc from 'fast-check'
import type { Nodes, Root, RootContent } from 'mdast'
import remarkGfm from 'remark-gfm'
import remarkParse from 'remark-parse'
import remarkStringify from 'remark-stringify'
import { unified } from 'unified'
import { describe, expect, it } from 'vitest'
import { quickBlocks } from '../../src/content/quick-blocks.js'
import { simplified } from '../../src/content/simplify-markdown.js'
import { markdownText } from '../../src/content/stringify.js'
import { wikiLinks } from '../../src/content/wikilink.js'
import { RUNS, SEED } from '../fuzz/fuzz.js'

const vault = unified().use(remarkParse).use(remarkGfm).use(wikiLinks)
const plain = unified().use(remarkParse).use(remarkGfm)

/** Without what nothing asks for: columns, and whether a list is loose. */
function bare(node: Nodes): unknown {
  const { position, ...rest } = node
  const {
    children,
    spread: _spread,
    align: _align,
    data: _data,
    ...own
  } = { children: undefined, spread: 0, align: 0, data: 0, ...rest }
  const lines = position && [position.start.line, position.end.line]
  const offsets =
    'value' in node || node.type === 'heading' ? [position?.start.offset, position?.end.offset] : []
  return { ...own, lines, offsets, ...(children && { children: (children as RootContent[]).map(bare) }) }
}

const read = (text: string, wiki: boolean): Root => (wiki ? vault : plain).parse(text)

const piece = fc.constantFrom(
  ...[
    'word',
    'Two words',
    'a_b',
    'x1',
    '(in)',
    'e.g.',
    'ü',
    '日本',
    '😀',
    '"q"',
    '5%',
    "it's",
    ',',
    '.',
    '!',
    '?',
    ':',
    ';',
  ],
  ...[
    '**bold**',
    '**bold:**',
    '*it*',
    '`code`',
    '` a `',
    '`a*b`',
    '[link](https://a.b/c_d)',
    '[in](x.md#y)',
    '[[note]]',
  ],
  ...[
    '[[a#b|c]]',
    '![[e]]',
    '*',
    '**',
    '_',
    '`',
    '[',
    ']',
    '(',
    ')',
    '<',
    '>',
    '&',
    '\\',
    '~',
    '|',
    '@',
    '$',
    '=',
    '+',
    '-',
  ],
  ...['www.a.b', 'https://a.b', ' ', ' ', ' ', '  ', '#', '1.', '/', '{', '}', '^'],
)
const words = fc.array(piece, { minLength: 1, maxLength: 5 }).map((all) => all.join(''))
const easy = fc
  .array(
    fc.constantFrom('word', ' word', ' **bold**', ' `code`', ' *it*', ' [[n]]', '.', ' [l](x.md)', ' a_b'),
    {
      minLength: 1,
      maxLength: 4,
    },
  )
  .map((all) => `W${all.join('')}`)
const line = fc.oneof(
  { weight: 3, arbitrary: easy },
  { weight: 1, arbitrary: words },
  fc
    .tuple(fc.constantFrom('# ', '## ', '#### ', '#', '####### '), fc.oneof(easy, words))
    .map(([a, b]) => a + b),
  {
    weight: 3,
    arbitrary: fc
      .tuple(
        fc.constantFrom('', '', '  ', '   ', '    ', '      '),
        fc.constantFrom('- ', '- ', '* ', '+ ', '1. ', '2. ', '1) ', '-', '10. '),
        fc.oneof(easy, easy, words),
      )
      .map((all) => all.join('')),
  },
  fc.constantFrom(
    '',
    '',
    '',
    '```',
    '```js',
    '````',
    '---',
    '===',
    '> q',
    '| a | b |',
    '|---|---|',
    '| 1 | 2 |',
    '| x |',
    '| a',
    '|-',
    '    x',
    '   ```',
    '  ```sh',
    '  x',
    '   y',
  ),
)
const documents = fc.array(line, { minLength: 1, maxLength: 8 }).map((all) => all.join('\n'))

describe('what is read without the parser', () => {
  it.each([true, false])('is the same, with links between notes: %s', (wiki) => {
    let quick = 0
    let all = 0
    fc.assert(
      fc.property(documents, (text) => {
        const blocks = quickBlocks(text, wiki)
        all++
        if (!blocks) return
        quick++
        expect(blocks.map(bare)).toEqual(read(text, wiki).children.map(bare))
      }),
      { numRuns: Math.max(500, RUNS), seed: SEED },
    )
    expect(quick / all).toBeGreaterThan(0.05)
  })

  it.each([
    'Words of **it**, `code` and [a link](https://a.b/c).\nAnd a line.\n\n',
    '## A heading with `code`\n\nWords.\n\n```yaml\na: [b]\n\nc: d\n```\n\n',
    '- one\n- two\n  - inner **bold**\n    - deep\n- three\n',
    '| a | b |\n|---|---|\n| 1 | **2** |\n\n',
    '1. one\n2. two\n',
  ])('are notes as they mostly are: %j', (text) => {
    expect(quickBlocks(text, true)?.map(bare)).toEqual(read(text, true).children.map(bare))
  })
})

describe('what is written without the library', () => {
  const writer = unified().use(remarkGfm).use(remarkStringify, {
    bullet: '-',
    emphasis: '*',
    rule: '-',
    listItemIndent: 'one',
    resourceLink: true,
  })
  const context = { definitions: new Map(), footnotes: new Map(), warn: () => {} }

  const shape = (text: string) =>
    JSON.stringify(read(text, false).children.map(bare), (key, value) =>
      key === 'lines' || key === 'offsets' ? undefined : value,
    )

  it('reads as what the library writes', { tags: ['slow'] }, () => {
    let quick = 0
    fc.assert(
      fc.property(documents, (text) => {
        const nodes = simplified(read(text, true).children, context)
        const written = writer.stringify({ type: 'root', children: nodes })
        if (nodes.length > 0) quick++
        expect(shape(markdownText(nodes)), markdownText(nodes)).toBe(shape(written))
      }),
      // A tenth: each is read and written several times.
      { numRuns: Math.max(200, RUNS / 10), seed: SEED },
    )
    expect(quick).toBeGreaterThan(50)
  })
})
