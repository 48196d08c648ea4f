/** A long text is read part by part, and nobody can tell. */
import fc from 'fast-check'
import type { Root } from 'mdast'
import remarkFrontmatter from 'remark-frontmatter'
import remarkGfm from 'remark-gfm'
import remarkParse from 'remark-parse'
import { unified } from 'unified'
import { describe, expect, it } from 'vitest'
import { parseTree } from '../../src/content/parse.js'
import { partsOf } from '../../src/content/parts.js'
import { wikiLinks } from '../../src/content/wikilink.js'

const parser = unified().use(remarkParse).use(remarkGfm).use(remarkFrontmatter, ['yaml']).use(wikiLinks)

/** Without what nothing of ours reads: how far apart items are, where things end, and blank ends of code. */
function shape(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(shape)
  if (typeof value !== 'object' || value === null) return value
  const node = Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, shape(inner)]))
  const { spread, data, position, ...rest } = node as Record<string, unknown> & {
    position?: { start: unknown }
  }
  const text = rest.type === 'html' || rest.type === 'code' ? { value: String(rest.value).trimEnd() } : {}
  return { ...rest, ...text, ...(position && rest.type !== 'root' && { start: position.start }) }
}

function read(source: string): Root | readonly string[] {
  const told: string[] = []
  return parseTree(parser, source, (line, message) => told.push(`${line}: ${message}`)) ?? told
}

const LINES = [
  ...[
    'word',
    'more words of it',
    '# Heading',
    '## Heading',
    '### [[a]]',
    '- item',
    '- *item*',
    '* star',
    '+ plus',
    '  - inner',
    '  of the item',
  ],
  ...[
    '1. one',
    '2. two',
    '7) seven',
    '> quote',
    '> - quoted item',
    '> ```',
    '```',
    '```js',
    '~~~',
    '  ```',
    '````',
    '<div>',
    '</div>',
    '<b>a</b>',
  ],
  ...[
    '<!-- note',
    '-->',
    '<!-- a -->',
    '<pre>',
    '</pre>',
    '<?a',
    '?>',
    '| a | b |',
    '|---|---|',
    '[a]: https://a.b',
    '[^1]: note',
    '    more',
  ],
  ...[
    '[a] and [a][b] and [^1] and ![a]',
    '[b]: https://b.c "title"',
    '---',
    '***',
    '- - -',
    '===',
    'a `b` **c** [d](https://e.f) [[g|h]]',
    '&amp;',
  ],
]

describe('a text in parts', () => {
  it('is what it is as a whole, line by line', { tags: ['slow'] }, () => {
    const line = fc.oneof(
      { weight: 3, arbitrary: fc.constant('') },
      { weight: 7, arbitrary: fc.constantFrom(...LINES) },
    )
    fc.assert(
      fc.property(fc.array(line, { minLength: 60, maxLength: 140, size: 'max' }), (lines) => {
        const source = `x\n\n${lines.join('\n')}`
        expect(shape(read(source))).toEqual(shape(parser.parse(source)))
      }),
      { numRuns: 80, seed: 20_261_127 },
    )
  })

  it('holds every character once', () => {
    const source = `---\n# no heading\n---\n${'- a\n- b\n\n# c\n\nd\n'.repeat(50)}`
    expect(
      partsOf(source)
        .map(({ text }) => text)
        .join(''),
    ).toBe(source)
    expect(partsOf(source).length).toBeGreaterThan(150)
  })

  it('keeps a list together, and its lines', () => {
    const tree = read(`x\n\n${'- item\n'.repeat(1000)}`)
    if (!('children' in tree)) throw new Error('it was refused')
    expect(tree.children.map(({ type }) => type)).toEqual(['paragraph', 'list'])
    const [, list] = tree.children
    expect(list?.type === 'list' && list.children.map(({ position }) => position?.start.line)).toEqual(
      Array.from({ length: 1000 }, (_, i) => i + 3),
    )
  })

  it('knows what the other parts define', () => {
    const tree = read(`[a] and [^1]\n\n${'word\n\n'.repeat(500)}[a]: https://a.b\n\n[^1]: note\n`)
    if (!('children' in tree)) throw new Error('it was refused')
    const [first] = tree.children
    expect(first?.type === 'paragraph' && first.children.map(({ type }) => type)).toEqual([
      'linkReference',
      'text',
      'footnoteReference',
    ])
  })

  it.each([
    [
      'too much in one piece',
      `x\n\n${'*a **b '.repeat(2000)}`,
      '3: holds too many signs in one piece; part it by blank lines and headings',
    ],
    [
      'too much in all',
      '> a\n\n'.repeat(20_000),
      '20001: is more than is read: at most 30000 signs and lines; split it up',
    ],
    [
      'too many definitions',
      Array.from({ length: 1500 }, (_, i) => `[a${i}]: b\n\n`).join(''),
      '1: holds more than 1000 definitions of links and footnotes; split it up',
    ],
    ['nested without end', `${'> '.repeat(5000)}a`, '1: is nested too deeply'],
  ])('is refused with its line: %s', (_, source, reason) => {
    expect(read(source)).toEqual([reason])
  })
})
