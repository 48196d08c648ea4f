// @module-tag longer
import { describe, expect, it } from 'vitest'
import {
  allIn,
  childOf,
  childrenOf,
  markupOf,
  readXml,
  textOf,
  type XmlElement,
} from '../../src/content/xml.js'
import { within } from '../fuzz/fuzz.js'

function read(text: string): XmlElement {
  const found = readXml(text)
  if ('reason' in found) throw new Error(`${found.line}: ${found.reason}`)
  return found
}
const refusal = (text: string) => {
  const found = readXml(text)
  return 'reason' in found ? `${found.line}: ${found.reason}` : 'read'
}

describe('XML', () => {
  it('is read with its order, CDATA and entities, and without comments', () => {
    const root = read(
      '<?xml version="1.0"?>\n<a><b>1 &lt; 2 &#x41;</b><!-- <b>no</b> --><c/><b><![CDATA[<i>&amp;</i>]]></b></a>',
    )
    expect(childrenOf(root).map(({ name }) => name)).toEqual(['b', 'c', 'b'])
    expect(root.fault).toBe('')
    expect(childrenOf(root, 'b').map(textOf)).toEqual(['1 < 2 A', '<i>&amp;</i>'])
  })

  it('names elements and attributes without the prefix of their namespaces', () => {
    const root = read('<q:a xmlns:q="u"><q:b q:type="far" type="near" r:id="7"/></q:a>')
    const b = childOf(root, 'b')
    expect([b?.attributes.get('type'), b?.attributes.get('id')]).toEqual(['near', '7'])
  })

  it('says on which line each element begins', () => {
    const root = read('<a>\n<b>\n\n</b>\n  <b\n c="d"/></a>')
    expect(childrenOf(root).map(({ line }) => line)).toEqual([2, 5])
  })

  it('finds elements inside each other, and gives markup back', () => {
    const root = read('<a><b>x<b y="&quot;">1 &lt; 2</b></b></a>')
    expect(allIn(root, 'b').length).toBe(2)
    expect(markupOf(root, () => false)).toBe('<b>x<b y="&quot;">1 &lt; 2</b></b>')
    expect(markupOf(root, (one) => one.attributes.has('y'))).toBe('<b>x</b>')
  })
})

describe('broken XML', () => {
  it('says which element is not closed, and reads the others', () => {
    const root = read('<a>\n<b><i>x</b>\n<b>y</b></a>')
    expect(childrenOf(root, 'b').map(({ fault }) => fault)).toEqual(['<i> of line 2 is not closed', ''])
  })

  it('says which element the end of the file cuts off', () => {
    const root = read('<a><b>x</b><b>y')
    expect(childrenOf(root, 'b').map(({ fault }) => fault)).toEqual(['', 'the file ends in the midst of it'])
  })

  it('is told when it is none at all', () => {
    for (const text of ['', 'hello', '&&&', '<!-- x -->']) expect(refusal(text)).toContain('is no XML')
  })
})

describe('hostile XML', () => {
  const LAUGHS = `<?xml version="1.0"?>\n<!DOCTYPE lolz [\n<!ENTITY lol "lol">\n${Array.from(
    { length: 9 },
    (_, i) => `<!ENTITY lol${i + 1} "${`&lol${i || ''};`.repeat(10)}">`,
  ).join('\n')}\n]>\n<quiz>&lol9;</quiz>`

  it('with entities that grow, the billion laughs, is refused', () => {
    expect(within(1000, () => refusal(LAUGHS))).toBe(
      '2: declares entities of its own (DOCTYPE), which are not read',
    )
  })

  it('with an external entity is refused, and nothing is fetched for a DOCTYPE', () => {
    expect(refusal('<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><a>&x;</a>')).toContain('entities')
    expect(refusal('<!DOCTYPE a [<!ENTITY % x SYSTEM "http://127.0.0.1/x">%x;]><a/>')).toContain('entities')
    expect(textOf(read('<!DOCTYPE a SYSTEM "http://127.0.0.1/a.dtd"><a>&x;</a>'))).toBe('&x;')
  })

  it('that only speaks of such entities is read', () => {
    const root = read('<a><![CDATA[<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]>]]></a>')
    expect(textOf(root)).toContain('<!ENTITY x')
  })

  it('nested without end is refused', () => {
    expect(within(1000, () => refusal('<a>'.repeat(1_000_000)))).toContain('nested too deeply')
  })

  it('of more elements than anybody reads is refused', { tags: ['slow'] }, () => {
    expect(within(5000, () => refusal(`<a>${'<b/>'.repeat(400_000)}</a>`))).toContain('300000 elements')
  })

  it('that names what JavaScript has of its own pollutes nothing', () => {
    const root = read(
      '<a><__proto__ polluted="1" __proto__="2" constructor="3"/><constructor>x</constructor></a>',
    )
    expect(childOf(root, '__proto__')?.attributes.get('__proto__')).toBe('2')
    expect(textOf(childOf(root, 'constructor'))).toBe('x')
    expect(({} as Record<string, unknown>).polluted).toBeUndefined()
    expect(Object.keys(Object.prototype)).toEqual([])
  })

  it.each(['<', '<a ', 'a="', '&', '&#', '<!--', '<![CDATA[', '<?', '<!', '</a', '</'])(
    '%j again and again takes time by its length',
    (unit) => {
      within(2000, () => readXml(`<r>${unit.repeat(300_000 / unit.length)}`))
    },
  )
})
