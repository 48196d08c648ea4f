import { describe, expect, it } from 'vitest'
import { htmlText } from '../../../src/content/formats/html-text.js'
import { markdownText } from '../../../src/content/formats/markdown-text.js'

describe('HTML in a text', () => {
  it.each([
    ['<p>Hello&nbsp;<b>you</b></p><p>there</p>', 'Hello you\n\nthere'],
    ['a<br>b<br/>c', 'a\nb\nc'],
    ['  many \n  blanks  ', 'many blanks'],
    ['<ul><li>a</li><li>b</li></ul>', '- a\n- b'],
    ['<pre>  x\n    y</pre>', 'x\n    y'],
    ['10<sup>3</sup> H<sub>2</sub>O x<sup>n+1</sup>', '10³ H₂O x^(n+1)'],
    ['1 &lt; 2 &amp;&amp; 3 &gt; 2 &eacute; &#x1F600; &#65;', '1 < 2 && 3 > 2 é 😀 A'],
    ['&bogus; & &', '&bogus; & &'],
    ['a<!-- never seen -->b', 'ab'],
    ['<div>a</div><div>b</div>', 'a\nb'],
    ['<![CDATA[a < b]]>', 'a < b'],
  ])('%j is %j', (html, text) => expect(htmlText(html)).toEqual({ text, dropped: [] }))

  it.each([
    ['List<String> and Map<K, V>', 'List<String> and Map<K, V>'],
    ['if a < b and c > d', 'if a < b and c > d'],
    ['a <b', 'a <b'],
    ['a <b x="1', 'a <b x="1'],
    ['a <!-- b', 'a <!-- b'],
    ['</T> end', '</T> end'],
  ])('that is none stays: %j', (html, text) => expect(htmlText(html)).toEqual({ text, dropped: [] }))

  it.each([
    ['a<img src=x onerror=alert(1)>b', 'ab', 'a picture'],
    ['a<script>alert(1)</script>b', 'ab', 'a script'],
    ['a<svg><path d="M0"/><text>t</text></svg>b', 'ab', 'a picture'],
    ['a<audio src="x.mp3"></audio>', 'a', 'a sound'],
    [
      '<table><tr><th>a</th><th>b</th></tr><tr><td>1</td><td>2</td></tr></table>',
      'a | b\n1 | 2',
      'the lines of a table',
    ],
    ['<a href="#x">here</a>', 'here', 'a link within the page'],
  ])('says what it loses: %j', (html, text, what) =>
    expect(htmlText(html)).toEqual({ text, dropped: [what] }),
  )

  it('keeps the address of a link, once', () => {
    const html =
      '<a href="https://a.b/?x=1&amp;y=2" onclick="x()">here</a> <a href="https://c.d">https://c.d</a>'
    expect(htmlText(html)).toEqual({ text: 'here (https://a.b/?x=1&y=2) https://c.d', dropped: [] })
  })

  it('says so when something hidden is never closed', () => {
    expect(htmlText('a<object>b').dropped).toEqual([
      'an embedded object',
      'what follows <object>, which is never closed',
    ])
  })
})

describe('Markdown in a text', () => {
  it.each([
    ['**a** *b* ~~c~~ __d__ _e_', 'a b c d e'],
    ['snake_case_name and 2 * 3 * 4', 'snake_case_name and 2 * 3 * 4'],
    ['**not closed', '**not closed'],
    ['`a * b` and ``c ` d``', 'a * b and c ` d'],
    ['`List<String>` &lt; `&lt;`', 'List<String> < &lt;'],
    ['\\*a\\* \\<b\\>', '*a* <b>'],
    ['[words](https://a.b) [here](#x) <https://c.d>', 'words (https://a.b) here https://c.d'],
    ['[[Note|words]] and [x]', 'words and [x]'],
    ['> quoted\n> more', 'quoted\nmore'],
    ['Run:\n```sh\nls *a* <b>\n  x\n```\nThen?', 'Run:\nls *a* <b>\n  x\nThen?'],
    [`${'long '.repeat(15)}\nline`, `${'long '.repeat(15)}line`],
    ['a\n- b\n- c', 'a\n- b\n- c'],
  ])('%j is %j', (markdown, text) => expect(markdownText(markdown)).toEqual({ text, dropped: [] }))

  it('says that a picture is gone', () => {
    expect(markdownText('a ![b](c.png) d')).toEqual({ text: 'a  d', dropped: ['a picture'] })
  })
})
