/** What notes of other programs hold beside Markdown: what is shown of it, and what is told. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { plainMarkdown } from '../../src/content/dialect/dialect.js'
import { importNotes } from '../../src/content/import.js'
import { readMarkdown } from '../../src/content/markdown.js'

/** The body that is written for a topic whose text begins in line 2, and what is told of it. */
function shown(text: string, heading = '### Topic') {
  const refusals: string[] = []
  const report = (line: number, message: string) => refusals.push(`${line}: ${message}`)
  const imported = importNotes(`${heading}\n${text}`, 'n', { known: [], makers: [] }, '2026-11-20', report)
  const file = imported?.files[0]?.text ?? ''
  readMarkdown(file, report)
  expect(refusals).toEqual([])
  const told = imported?.notes.warnings.map((w) => `${w.line}: ${w.message}`) ?? []
  return { body: file.split('\n---\n').slice(1).join('\n---\n').trim(), told, notes: imported?.notes }
}

describe('steps keep their numbers', () => {
  it.each([
    ['behind code inside a step', '1. a\n   ```\n   x\n   ```\n2. b', '1. a\n\n```\nx\n```\n\n2. b'],
    ['behind code between steps', '1. a\n\n```\nx\n```\n\n2. b', '1. a\n\n```\nx\n```\n\n2. b'],
    ['behind bullets inside a step', '1. a\n   - x\n   - y\n2. b', '1. a\n\n- x\n- y\n\n2. b'],
    [
      'behind a table inside a step',
      '1. a\n\n   | h |\n   |---|\n   | c |\n2. b',
      '1. a\n\n| h |\n| - |\n| c |\n\n2. b',
    ],
    ['behind a quote inside a step', '4. a\n   > q\n5. b', '4. a q\n5. b'],
    ['that another list inside has too', '1. a\n   1. x\n   2. y\n2. b', '1. a\n\n1) x\n2) y\n\n2. b'],
    ['where they begin elsewhere', '7. a\n8. b', '7. a\n8. b'],
    ['of bullets with steps inside', '- a\n  1. x\n  2. y\n- b', '- a\n\n1. x\n2. y\n\n- b'],
  ])('%s', (_name, text, body) => {
    const result = shown(text)
    const inner = result.told.filter(
      (one) => !one.endsWith('lists inside a list are shown on one level with it'),
    )
    expect({ ...result, told: inner }).toMatchObject({ body, told: [] })
  })

  it.each([
    ['- a\n- b\n  - c\n    - d\n', 4],
    ['1. a\n   - b\n', 3],
    ['> - a\n>   1. b\n', 3],
  ])('and a list that loses its level is told: %j', (text, line) => {
    expect(shown(text).told).toEqual([`${line}: lists inside a list are shown on one level with it`])
  })
})

describe('formulas stay as written', () => {
  it.each([
    ['in a line', 'so $a*b*c$ holds', 'so `$a*b*c$` holds'],
    ['in double dollars', 'so $$a_1*b_1*c$$ holds', 'so `$$a_1*b_1*c$$` holds'],
    ['in brackets', 'so \\(a*b*c\\) holds', 'so `\\(a*b*c\\)` holds'],
    ['of TeX amid a line', 'Also \\[ \\sum_i x_i \\] inline', 'Also `\\[ \\sum_i x_i \\]` inline'],
    ['of signs amid a line', 'so \\[ a = b \\] holds', 'so `\\[ a = b \\]` holds'],
    ['with ticks', 'so $a`b$ holds', 'so ``$a`b$`` holds'],
    ['over lines', '$$\na*b\n*c\n$$', '```\n$$\na*b\n*c\n$$\n```'],
    ['over lines in brackets', '\\[\na*b\n\\]', '```\n\\[\na*b\n\\]\n```'],
    ['that begin beside their dollars', '$$ a*b\n+ c*d $$\n\nend', '`$$ a*b + c*d $$`\n\nend'],
    ['in a table', '| a |\n|---|\n| $x*y*z$ |', '| a         |\n| --------- |\n| `$x*y*z$` |'],
  ])('%s', (_name, text, body) => {
    expect(shown(text)).toMatchObject({ body, told: [] })
  })

  it.each([
    'costs $5 or $10 a day',
    'set $HOME and $PATH',
    'code `$a*b$` stays',
    'a lone $$ sign',
    '\\$a*b$',
    'a \\[bracket\\] and \\[ \\] none',
    'no \\[link\\](a=b)',
  ])('and what is none stays: %s', (text) => {
    expect(shown(text).body.replaceAll('\\', '')).toBe(text.replaceAll('\\', ''))
  })

  it('and are no blocks of code in the outside shape', () => {
    expect(shown('$$\nx\n$$').notes?.topics[0]?.codeBlocks).toEqual([])
  })
})

describe('what is not for readers', () => {
  it.each([
    ['a remark in a line', 'a %% private %% b', 'a b', ['2: a remark (%%) is left out']],
    [
      'a remark of many lines',
      'a\n\n%%\nprivate\n\n### no topic\n%%\n\nb',
      'a\n\nb',
      ['4: a remark (%%) is left out'],
    ],
    [
      'a remark that holds code',
      '%%\n```\nprivate %%\n```\n\nb',
      '```\n\nb\n```',
      ['2: a remark (%%) is left out', '5: the fence that opens here is not closed'],
    ],
    [
      'a remark without an end',
      'a\n\n%% private\n\nb',
      'a',
      ['4: the remark (%%) that opens here is not closed: the rest is left out'],
    ],
    ['a comment', 'a\n\n<!-- private\n\nstill -->\n\nb', 'a\n\nb', ['4: a comment (<!-- -->) is left out']],
    ['a comment amid a line', 'a <!-- x --> b', 'a b', ['2: a comment (<!-- -->) is left out']],
    ['a comment as a link', 'a\n\n[//]: # (private)', 'a', ['4: a comment ([//]: #) is left out']],
    ['percent signs in code', 'a `%%` b %% c %% `%%`', 'a `%%` b `%%`', ['2: a remark (%%) is left out']],
    ['percent signs that are none', '100 %% of it', '100 %% of it', []],
    ['a comment of MDX', 'a {/* private */} b', 'a b', ['2: a remark ({/* */}) is left out']],
  ])('%s', (_name, text, body, told) => {
    const result = shown(text)
    expect({ body: result.body.replace(/ +/g, ' '), told: result.told }).toEqual({ body, told })
  })
})

describe('boxes', () => {
  it.each([
    ['of VitePress', '::: tip Mind\nText *a*.\n:::\n\nend', '**Mind:** Text *a*.\n\nend'],
    ['of VitePress without a title', '::: warning\nText\n:::', '**Warning:** Text'],
    ['of Docusaurus', ':::note[The title]\n\nText\n\n:::', '**The title:**\n\nText'],
    ['that only arrange', '::: code-group\n```js\nx\n```\n:::', '```js\nx\n```'],
    ['of MkDocs', '!!! note "Mind"\n    Text\n\n    - a\n\nend', '**Mind:** Text\n\n- a\n\nend'],
    ['of MkDocs that fold', '???+ tip\n    ```\n    x\n    ```', '**Tip:**\n\n```\nx\n```'],
    [
      'inside boxes of MkDocs',
      '!!! note\n    A\n\n    !!! tip\n        B\n\nend',
      '**Note:** A\n\n**Tip:** B\n\nend',
    ],
    ['as tabs', '=== "One"\n    A\n\n=== "Two"\n    B', '**One:** A\n\n**Two:** B'],
    ['of GitHub', '> [!NOTE]\n> Text', '**NOTE**\n\nText'],
    ['of Obsidian', '> [!tip]- Mind\n> Text', '**Mind**\n\nText'],
    [
      'as details',
      '<details>\n<summary>More</summary>\n\nText **b**\n\n</details>\n\nend',
      '**More:**\n\nText **b**\n\nend',
    ],
    ['as details in one line', '<details><summary>More</summary>Text</details>', '**More:** Text'],
    ['of GitBook', '{% hint style="info" %}\nText\n{% endhint %}\n\nend', '**Info:** Text\n\nend'],
    ['that are not closed', '::: tip\nText\n\n#### More\n\nend', '**Tip:** Text\n\n## More\n\nend'],
  ])('%s', (_name, text, body) => {
    expect(shown(text)).toMatchObject({ body, told: [] })
  })
})

describe('of other programs', () => {
  const page = (what: string) => `${what} is for a program that makes pages: it is left out`
  it.each([
    ['a highlight', 'a ==b c== d', 'a **b c** d', []],
    ['names of blocks', 'a b ^intro\n\n- c ^37066d\n\n^tables\n\n2 ^n', 'a b\n\n- c\n\n2 ^n', []],
    [
      'a query',
      'a\n\n```dataview\nLIST\n```\n\nb',
      'a\n\nb',
      ['4: a query (dataview) is for a program: it is left out'],
    ],
    [
      'a diagram',
      '```mermaid\na-->b\n```',
      '```mermaid\na-->b\n```',
      ['2: a diagram (mermaid) is shown as it is written'],
    ],
    [
      'an outliner',
      'alias:: k8s, kube\ntags:: infra\n\n- a\n  id:: 63f5a0c2\n- b ((63f5a0c2-1234-4321-abcd-1234567890ab)) c\n- {{cloze d}} std::e\n- f:: g\n\n#+BEGIN_NOTE\nh\n#+END_NOTE',
      'Also called: k8s, kube\n\n- a\n- b c\n- d std::e\n- f:: g\n\nh',
      [
        '3: a property of a program (::) is left out',
        '6: a property of a program (::) is left out',
        '7: a reference to a block is left out',
      ],
    ],
    [
      'tables and marks of Pandoc',
      'a\n\n  a   b\n  --- ---\n  1   2\n\n+---+\n| c |\n+===+\n| d |\n+---+\n\n  -----------\n  e    f\n  ---- ------\n  3    4\n\n  5    6\n  -----------\n\n[]{#g .anchor}h [i]{.ul} [j](https://k.l){ .m } `n`{.o} {p}',
      'a\n\n```\n  a   b\n  --- ---\n  1   2\n```\n\n```\n| c |\n+===+\n| d |\n```\n\n```\n  e    f\n  ---- ------\n  3    4\n\n  5    6\n```\n\nh i [j](https://k.l) `n` {p}',
      [3, 8, 14].map((n) => `${n}: a table that is drawn with lines is shown as it is written`),
    ],
    [
      'lines that draw no table',
      'a\n\n----------\n\nb\nc   d\n--- ---\n1   2\n\n----------\n\ne',
      'a\n\nb c d\n\n1 2\n\ne',
      [],
    ],
    ['an element that is text', 'a <port>80</port> b', 'a \\<port>80\\</port> b', []],
    ['an equation of code', 'if a == b and c == d', 'if a == b and c == d', []],
    ['a shortcode', 'a {{< figure src="x" >}} b', 'a b', [`2: ${page('{{< figure src="x" >}}')}`]],
    ['a tag of Liquid', '{% include x.html %}\n\nb', 'b', [`2: ${page('{% include x.html %}')}`]],
    ['a name in braces', 'a {{ .Values.x }} b', 'a `{{ .Values.x }}` b', []],
    ['a table of contents', '[[toc]]\n\n[TOC]\n\nb', 'b', []],
    ['attributes', 'a\n{: .note }\n\nb {: #c }', 'a\n\nb', []],
    [
      'an import of MDX',
      "import X from '@x/y'\n\nb",
      'b',
      ['2: what a page imports or exports (MDX) is left out'],
    ],
    [
      'a component',
      '<Tabs>\n\n<TabItem label="One">\n\nA\n\n</TabItem>\n\n</Tabs>',
      'One:\n\nA',
      [2, 4, 8, 10].map((n) => `${n}: HTML is left out, and its text stays`),
    ],
    ['a footnote', 'a[^1] b\n\n[^1]: The *note*.', 'a\\[1] b\n\n\\[1] The *note*.', []],
    [
      'a definition list',
      'Pod\n: smallest unit\n: of a node\n\nNode\n: a machine',
      '- **Pod:** smallest unit ; of a node\n- **Node:** a machine',
      [],
    ],
    ['tasks', '- [x] a\n- [ ] b', '- ☑ a\n- ☐ b', []],
    ['struck text', 'is ~~not~~ so', 'is not so', ['2: "not" is shown without the line through it']],
    [
      'formats of HTML',
      '<b>a</b> <i>b</i> <kbd>c</kbd> <a href="https://d.e">f</a>',
      '**a** *b* `c` [f](https://d.e)',
      [],
    ],
    ['powers', '10<sup>6</sup> H<sub>2</sub>O', '10⁶ H₂O', []],
    ['what only looks like HTML', 'a List<String> b', 'a List\\<String> b', []],
    [
      'a list of HTML',
      '<ul>\n<li>a</li>\n<li>b</li>\n</ul>',
      '- a\n- b',
      ['2: HTML is left out, and its text stays'],
    ],
    ['emoji codes', 'a :smile: b', 'a :smile: b', []],
    [
      'a bar in code in a table',
      '| a | b |\n|---|---|\n| `x|y` | z |',
      '| a      | b |\n| ------ | - |\n| `x\\|y` | z |',
      [],
    ],
    [
      'a row that is too long',
      '| a |\n|---|\n| x | y | z |',
      '| a           |\n| ----------- |\n| x \\| y \\| z |',
      ['4: the row has more cells than the table has columns: the last are joined'],
    ],
    ['a reference link', 'a [b][c] d\n\n[c]: https://e.f', 'a [b](https://e.f) d', []],
  ])('%s', (_name, text, body, told) => {
    const result = shown(text)
    expect({
      body: result.body.replace(/(?<=\S) +(?=\S)/g, (s) => (body.includes(s) ? s : ' ')),
      told: result.told,
    }).toEqual({ body, told })
  })

  it.each([
    ['### Canary #mlops #aws/sage', 'Canary'],
    ['### Issue #12', 'Issue #12'],
    ['### Canary {#canary}', 'Canary'],
    ['### <a name="x"></a>Canary', 'Canary'],
    ['### C#', 'C#'],
    ['### #only', '#only'],
    ['### [Canary](https://a.b) ![badge](x.png)', 'Canary'],
  ])('a heading: %s', (heading, title) => {
    expect(shown('Text', heading).notes?.topics[0]?.title).toBe(title)
  })

  it.each([
    ['TOML', '+++\ntitle = "The title"\n+++\n'],
    ['JSON', '{\n  "title": "The title"\n}\n'],
    ['YAML', '---\ntitle: The title\n---\n'],
    ['lines of percent signs', '% The title\n% Ann\n\n'],
  ])('front matter: %s', (_name, front) => {
    const imported = importNotes(
      `${front}### A\nText`,
      'n',
      { known: [], makers: [] },
      '2026-11-20',
      () => {},
    )
    expect(imported?.notes.section.title).toBe('The title')
    expect(imported?.notes.topics[0]?.line).toBe(front.split('\n').length)
  })
})

describe('whatever is written', () => {
  const piece = fc.constantFrom(
    ...[
      '%%',
      '$$',
      '$',
      '\\(',
      '\\)',
      '\\[',
      '\\]',
      '```',
      '`',
      '==',
      '{{',
      '}}',
      '{%',
      '%}',
      '{:',
      '}',
      '|',
      '[[',
    ],
    ...[
      ']]',
      ':::',
      '::: tip',
      '!!! note',
      '??? a "b"',
      '    ',
      '<details>',
      '</details>',
      '<summary>',
      '+++',
      '{',
    ],
    ...[
      '---',
      '% ',
      ': x',
      'Term',
      'import a from "b"',
      'export const',
      '> ',
      '- ',
      '1. ',
      '|---|---|',
      '| a | b |',
    ],
    ...['### H', '\n', '\n', '\n\n', 'word ', '<b>', '</b>', '[^1]', '[^1]: n', '~~', '~~~', '=== "t"', '\\'],
  )
  it('keeps its lines, and what is code stays as it is', () => {
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 40 }), (pieces) => {
        const source = pieces.join('')
        const { text } = plainMarkdown(source, (line) => {
          expect(line).toBeLessThanOrEqual(source.split('\n').length)
        })
        expect(text.split('\n')).toHaveLength(source.split('\n').length)
        const code = `\`\`\`\n${source.replaceAll('`', '').replaceAll('~', '').replaceAll('%%', '')}\n\`\`\``
        expect(plainMarkdown(code, () => {}).text).toBe(code)
      }),
      { numRuns: 300 },
    )
  })
})
