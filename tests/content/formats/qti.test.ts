import { strToU8, unzipSync, type Zippable, zipSync } from 'fflate'
import { describe, expect, it } from 'vitest'
import { readQuestions } from '../../../src/content/formats/all.js'
import type { SourceFile } from '../../../src/content/formats/format.js'
import { qti } from '../../../src/content/formats/qti.js'
import { readXml } from '../../../src/content/xml.js'

const file = (text: string): SourceFile => ({ path: 'item.xml', bytes: strToU8(text) })
const pack = (files: Readonly<Record<string, string>>): SourceFile => ({
  path: 'package.zip',
  bytes: zipSync(
    Object.fromEntries(Object.entries(files).map(([name, text]) => [name, strToU8(text)])) as Zippable,
  ),
})
const read = (source: SourceFile) => {
  const found = readQuestions(source)
  if (!found) throw new Error('no format knows it')
  return found
}
const only = (source: SourceFile) => read(source).questions[0]
const reasons = (source: SourceFile) => read(source).leftOut.map(({ message }) => message)

interface Parts {
  readonly response?: string
  readonly body: string
  readonly after?: string
}
const old = ({ response = '', body, after = '' }: Parts) =>
  file(`<?xml version="1.0"?>
<assessmentItem xmlns="http://www.imsglobal.org/xsd/imsqti_v2p2" identifier="i" title="A title" adaptive="false" timeDependent="false">
${response}<itemBody>${body}</itemBody>${after}</assessmentItem>`)
const responseOf = (values: readonly string[], cardinality = 'single', type = 'identifier') =>
  `<responseDeclaration identifier="RESPONSE" cardinality="${cardinality}" baseType="${type}"><correctResponse>${values.map((value) => `<value>${value}</value>`).join('')}</correctResponse></responseDeclaration>`
const strFrom = ({ bytes }: SourceFile) => new TextDecoder().decode(bytes)
const CHOICES = `<p>Look.</p><choiceInteraction responseIdentifier="RESPONSE" shuffle="true" maxChoices="1"><prompt>Which <b>one</b>?</prompt>
<simpleChoice identifier="A"><p>x &lt; y</p></simpleChoice><simpleChoice identifier="B" fixed="true">This<feedbackInline outcomeIdentifier="F" identifier="B" showHide="show">&#8212; Yes</feedbackInline></simpleChoice></choiceInteraction>`

const THREE = `<choiceInteraction responseIdentifier="RESPONSE" maxChoices="1"><prompt>Which?</prompt>
<simpleChoice identifier="A">a1</simpleChoice><simpleChoice identifier="B">b1</simpleChoice><simpleChoice identifier="C">c1</simpleChoice></choiceInteraction>`
const mapped = (entries: string) =>
  responseOf(['B']).replace('</responseDeclaration>', `<mapping>${entries}</mapping></responseDeclaration>`)
const rule = (choice: string, outcome: string) =>
  `<responseIf><match><variable identifier="RESPONSE"/><baseValue baseType="identifier">${choice}</baseValue></match><setOutcomeValue identifier="F"><baseValue baseType="identifier">${outcome}</baseValue></setOutcomeValue></responseIf>`
const rules = (...all: readonly string[]) =>
  `<responseProcessing>${all.map((one) => `<responseCondition>${one}</responseCondition>`).join('')}</responseProcessing>`
const shown = (id: string, text: string, how = 'show') =>
  `<modalFeedback outcomeIdentifier="F" identifier="${id}" showHide="${how}">${text}</modalFeedback>`

describe('an item of QTI whose parts do not fit', () => {
  it.each([
    [
      'a key that is declared twice',
      { response: mapped('<mapEntry mapKey="C" mappedValue="1"/>'), body: THREE },
      'the points are given for another answer',
    ],
    [
      'one answer to choose and two keys',
      { response: responseOf(['B', 'C'], 'multiple'), body: THREE },
      'each of several answers is right by itself',
    ],
    [
      'two answers of one identifier',
      { response: responseOf(['B']), body: THREE.replace('"C"', '"B"') },
      'two answers have the identifier "B"',
    ],
    [
      'a step that is not there',
      { response: responseOf(['A', 'Q'], 'ordered'), body: THREE.replaceAll('choiceI', 'orderI') },
      'the key "Q" is none of the answers',
    ],
    [
      'points by rules of its own',
      { body: THREE, after: rules(rule('B', '1')) },
      'no answer is declared as right, and its points',
    ],
  ])('is left out: %s', (_name, parts, reason) => {
    const { questions, leftOut } = read(old(parts))
    expect(questions).toEqual([])
    expect(leftOut[0]?.message).toContain(reason)
  })

  it('finds the answer of a feedback by its rules, and says which feedback is not taken', () => {
    const after =
      rules(rule('A', 'F1'), rule('B', 'F2'), rule('C', 'F2')) +
      shown('F1', 'Not the first.') +
      shown('F2', 'For two of them at once.') +
      shown('A', 'For all others.', 'hide')
    const { questions, changed } = read(old({ response: responseOf(['B']), body: THREE, after }))
    expect(questions[0]?.item).toMatchObject({
      choices: [{ why: 'Not the first.' }, { why: '' }, { why: '' }],
    })
    expect(changed.map(({ message }) => message)).toEqual([
      'a feedback that belongs to no single answer is left out',
      'a feedback that all other answers show is left out',
    ])
  })

  it('says that an answer with a part of the points counts as wrong', () => {
    const entries = '<mapEntry mapKey="B" mappedValue="1"/><mapEntry mapKey="A" mappedValue="0.5"/>'
    expect(read(old({ response: mapped(entries), body: THREE })).changed).toMatchObject([
      { message: 'an answer that gave a part of the points counts as wrong' },
    ])
  })

  it('has a gap with answers to choose from, signs by name, and instructions for whoever is asked', () => {
    const inline =
      '<rubricBlock view="candidate"><p>Choose.</p></rubricBlock><rubricBlock view="scorer">Secret.</rubricBlock><p>In&nbsp;caf&eacute;s, &amp;nbsp; is <inlineChoiceInteraction responseIdentifier="RESPONSE"><inlineChoice identifier="A">a blank</inlineChoice><inlineChoice identifier="B">a bean</inlineChoice></inlineChoiceInteraction>.</p>'
    expect(only(old({ response: responseOf(['A']), body: inline }))?.item).toMatchObject({
      stem: 'Choose.\n\nIn cafés, &nbsp; is ____.',
      choices: [{ text: 'a blank', right: true }, { text: 'a bean' }],
    })
  })

  it('that the manifest names and the package lacks is told', () => {
    const manifest =
      '<manifest><resources><resource type="imsqti_item_xmlv2p1" href="a.xml"/><resource type="imsqti_item_xmlv2p1" href="b/gone.xml"/></resources></manifest>'
    const item = strFrom(old({ response: responseOf(['B']), body: THREE }))
    expect(reasons(pack({ 'imsmanifest.xml': manifest, 'a.xml': item }))).toEqual([
      'b/gone.xml: the manifest names it, and it is not in the package',
    ])
  })
})

describe('QTI 2', () => {
  it('has choices with their key, reasons and explanation', () => {
    const after = `<modalFeedback outcomeIdentifier="F" identifier="A" showHide="show">No</modalFeedback>
      <modalFeedback outcomeIdentifier="F" identifier="correct" showHide="show">Since it is what it is, at last.</modalFeedback>
      <modalFeedback outcomeIdentifier="F" identifier="incorrect" showHide="show">Since it is not what it is, at last.</modalFeedback>`
    expect(only(old({ response: responseOf(['B']), body: CHOICES, after }))).toEqual({
      line: 2,
      name: 'A title',
      group: '',
      explanation: 'Since it is what it is, at last.',
      item: {
        kind: 'choice',
        stem: 'Look.\n\nWhich one?',
        choices: [
          { text: 'x < y', right: false, why: 'No' },
          { text: 'This', right: true, why: 'Yes' },
        ],
      },
    })
  })

  it('finds the key among the points where no answer is declared as correct', () => {
    const mapping = (entries: string, cardinality: string) =>
      `<responseDeclaration identifier="RESPONSE" cardinality="${cardinality}" baseType="identifier"><mapping defaultValue="0">${entries}</mapping></responseDeclaration>`
    const entry = (key: string, value: number) => `<mapEntry mapKey="${key}" mappedValue="${value}"/>`
    expect(
      only(old({ response: mapping(entry('A', 0.5) + entry('B', 1), 'single'), body: CHOICES }))?.item,
    ).toMatchObject({
      choices: [{ right: false }, { right: true }],
    })
    expect(reasons(old({ response: mapping(entry('A', 0), 'multiple'), body: CHOICES }))).toEqual([
      'no answer is marked as right',
    ])
  })

  it('has an order with steps that belong nowhere', () => {
    const steps = ['a', 'b', 'c']
      .map((id) => `<simpleChoice identifier="${id}">${id}${id}</simpleChoice>`)
      .join('')
    const body = `<orderInteraction responseIdentifier="RESPONSE"><prompt>Order</prompt>${steps}</orderInteraction>`
    expect(only(old({ response: responseOf(['c', 'a'], 'ordered'), body }))?.item).toMatchObject({
      kind: 'ordering',
      steps: [{ text: 'cc' }, { text: 'aa' }],
      spare: [{ text: 'bb' }],
    })
  })

  const match = (lefts: readonly string[], rights: readonly string[]) => {
    const set = (ids: readonly string[]) =>
      `<simpleMatchSet>${ids.map((id) => `<simpleAssociableChoice identifier="${id}" matchMax="1">${id}!</simpleAssociableChoice>`).join('')}</simpleMatchSet>`
    return `<matchInteraction responseIdentifier="RESPONSE"><prompt>Match</prompt>${set(lefts)}${set(rights)}</matchInteraction>`
  }
  const pairsOf = (pairs: readonly string[], body: string) =>
    only(old({ response: responseOf(pairs, 'multiple', 'directedPair'), body }))?.item

  it('has pairs, read from the column where each entry has one partner', () => {
    expect(pairsOf(['a 1', 'b 1'], match(['a', 'b'], ['1', '2']))).toMatchObject({
      kind: 'matching',
      pairs: [
        { prompt: 'a!', answer: '1!' },
        { prompt: 'b!', answer: '1!' },
      ],
      spare: ['2!'],
    })
    expect(pairsOf(['a 1', 'a 2'], match(['a'], ['1', '2']))).toMatchObject({
      pairs: [
        { prompt: '1!', answer: 'a!' },
        { prompt: '2!', answer: 'a!' },
      ],
    })
    const both = responseOf(['a 1', 'a 2', 'b 1', 'b 2'], 'multiple', 'directedPair')
    expect(reasons(old({ response: both, body: match(['a', 'b'], ['1', '2']) }))).toEqual([
      'an entry has several partners, or none',
    ])
  })

  it('has pairs from one column', () => {
    const body = `<associateInteraction responseIdentifier="RESPONSE">${['a', 'b', 'c', 'd'].map((id) => `<simpleAssociableChoice identifier="${id}" matchMax="1">${id}!</simpleAssociableChoice>`).join('')}</associateInteraction>`
    expect(
      only(
        old({
          response: responseOf(['a d', 'c b'], 'multiple', 'pair'),
          body: `<p>Which belong together?</p>${body}`,
        }),
      )?.item,
    ).toMatchObject({
      pairs: [
        { prompt: 'a!', answer: 'd!' },
        { prompt: 'c!', answer: 'b!' },
      ],
    })
  })

  it.each([
    ['<textEntryInteraction responseIdentifier="RESPONSE"/>', 'type a word'],
    ['<extendedTextInteraction responseIdentifier="RESPONSE"/>', 'a text of'],
    ['<hotspotInteraction responseIdentifier="RESPONSE"/>', '"hotspotInteraction"'],
    [`${CHOICES}${CHOICES}`, 'it asks 2 things at once'],
    ['<p>Only a text.</p>', 'it asks nothing'],
    [`<p><printedVariable identifier="N"/></p>${CHOICES}`, 'drawn by the program'],
    [CHOICES.replace('</prompt>', ''), '<prompt> of line 3 is not closed'],
  ])('leaves out %s, with the reason', (body, reason) => {
    expect(reasons(old({ response: responseOf(['B']), body }))).toEqual([expect.stringContaining(reason)])
  })

  it('with its names behind a prefix, and attributes of its maker, is the same', () => {
    const prefixed = new TextDecoder()
      .decode(old({ response: responseOf(['B']), body: CHOICES }).bytes)
      .replace(/<(\/?)(?=[a-z]+[A-Z])/g, '<$1imsqti:')
      .replace(
        'identifier="i"',
        'identifier="i" xmlns:inspera="http://www.inspera.no/qti" inspera:objectType="x"',
      )
    expect(only(file(prefixed))?.item.stem).toBe('Look.\n\nWhich one?')
  })
})

describe('a package of QTI', () => {
  const item = (stem: string) =>
    new TextDecoder().decode(old({ response: responseOf(['B']), body: CHOICES.replace('Look.', stem) }).bytes)
  const MANIFEST = `<manifest identifier="m"><resources><resource identifier="b" type="imsqti_item_xmlv2p2" href="items/b%20c.xml"/><resource identifier="a" type="imsqti_item_xmlv2p2" href="items/a.xml"/></resources></manifest>`

  it('is read in the order of its manifest, with sections as groups, and the file of what is left out', () => {
    const source = pack({
      'items/a.xml': item('First'),
      'items/b c.xml': item('Second'),
      'items/c.xml': '<assessmentItem><itemBody/></assessmentItem>',
      'tests/t.xml':
        '<assessmentTest><testPart><assessmentSection title="Pods"><assessmentItemRef identifier="a" href="../items/a.xml"/></assessmentSection></testPart></assessmentTest>',
      'imsmanifest.xml': MANIFEST,
    })
    expect(
      read(source).questions.map(({ line, group, item: { stem } }) => [line, group, stem.split('\n')[0]]),
    ).toEqual([
      [1, '', 'Second'],
      [2, 'Pods', 'First'],
    ])
    expect(read(source).leftOut).toEqual([{ line: 3, message: 'items/c.xml: it asks nothing' }])
  })

  it('of version 1.2 is refused, with what else to export', () => {
    const refusal = expect.stringContaining('export it as QTI 2.1 or later')
    expect(reasons(file('<questestinterop><assessment/></questestinterop>'))).toEqual([refusal])
    expect(reasons(pack({ 'a/b.xml': '<questestinterop/>', 'imsmanifest.xml': '<manifest/>' }))).toEqual([
      refusal,
    ])
  })

  it('is no other archive', () => {
    expect(readQuestions(pack({ 'notes/a.md': '# Notes', 'b.xml': '<other/>' }))).toBeUndefined()
  })
})

describe('QTI 3, as it is written', () => {
  const choices = [
    { text: 'a', right: true, why: 'yes' },
    { text: 'b', right: false, why: '' },
  ]
  const questions = [
    {
      line: 1,
      name: 'One',
      group: 'Pods',
      explanation: 'So.',
      item: { kind: 'choice' as const, stem: 'Which?\n  one', choices },
    },
    {
      line: 2,
      name: 'Two',
      group: '',
      explanation: '',
      item: {
        kind: 'ordering' as const,
        stem: 'Order',
        steps: ['x', 'y', 'z'].map((text) => ({ text, why: 'w' })),
        spare: [],
      },
    },
  ]
  const written = qti.write?.(questions, 'A pack')

  it('is a package of sound XML, whose manifest names every file', () => {
    const files = unzipSync(written?.bytes ?? new Uint8Array())
    const texts = Object.entries(files).map(
      ([name, bytes]) => [name, new TextDecoder().decode(bytes)] as const,
    )
    for (const [, text] of texts) expect(readXml(text)).toMatchObject({ fault: '' })
    const manifest = texts.find(([name]) => name === 'imsmanifest.xml')?.[1] ?? ''
    for (const [name] of texts.filter(([one]) => one !== 'imsmanifest.xml'))
      expect(manifest).toContain(`href="${name}"`)
    expect(manifest).toContain('type="imsqti_item_xmlv3p0"')
  })

  it('is the same for the same questions', () => {
    expect(qti.write?.(questions, 'A pack').bytes).toEqual(written?.bytes)
  })

  it('says what it cannot hold, and is read again', () => {
    expect(written?.warnings).toEqual([
      { name: 'Two', message: 'QTI has no reasons for single steps; they are left out' },
    ])
    const again = qti.read({ path: 'x.zip', bytes: written?.bytes ?? new Uint8Array() })
    expect(again.leftOut).toEqual([])
    expect(again.questions[0]).toEqual(questions[0])
    expect(again.questions[1]?.item).toMatchObject({
      kind: 'ordering',
      steps: [{ text: 'x' }, { text: 'y' }, { text: 'z' }],
    })
  })
})
