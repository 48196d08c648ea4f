/** Writes QTI 3.0: a package of items with a test that holds them in sections. */
import { zipSync } from 'fflate'
import type { Choice, MatchingItem, OrderingItem } from '../../core/model.js'
import type { FoundQuestion, WrittenFile } from './format.js'
import { oneLine } from './tidy.js'
import { type Attributes, branch, leaf, xmlBytes, xmlEscaped } from './xml-write.js'

const XSI = 'http://www.w3.org/2001/XMLSchema-instance'
const ASI = 'http://www.imsglobal.org/xsd/imsqtiasi_v3p0'
const PACKAGE = 'http://www.imsglobal.org/xsd/qti/qtiv3p0/imscp_v1p1'
const SCHEMAS = 'https://purl.imsglobal.org/spec/qti/v3p0/schema/xsd'
const MATCH_CORRECT = 'https://purl.imsglobal.org/spec/qti/v3p0/rptemplates/match_correct.xml'
/** A fixed date, so that the same questions make the same file: the day on which QTI 3.0 was released. */
const MODIFIED = new Date(2022, 4, 1)
const MAX_TITLE = 120
const TEST = 'test.xml'

const namespaces = (name: string, schema: string): Attributes => ({
  xmlns: name,
  'xmlns:xsi': XSI,
  'xsi:schemaLocation': `${name} ${SCHEMAS}/${schema}`,
})
const ASI_NAMES = namespaces(ASI, 'imsqti_asiv3p0p1_v1p0.xsd')

interface Entry {
  readonly id: string
  readonly href: string
  readonly group: string
}

export function writeQti(questions: readonly FoundQuestion[], title: string): WrittenFile {
  const warnings: { name: string; message: string }[] = []
  const files: Record<string, Uint8Array> = {}
  const entries = questions.map((question, i): Entry => {
    const id = `item-${String(i + 1).padStart(4, '0')}`
    const href = `items/${id}.xml`
    files[href] = xmlBytes(
      itemXml(question, id, (message) => warnings.push({ name: question.name, message })),
    )
    return { id, href, group: question.group }
  })
  files[TEST] = xmlBytes(testXml(entries, title))
  files['imsmanifest.xml'] = xmlBytes(manifestXml(entries))
  return { bytes: zipSync(files, { mtime: MODIFIED }), extension: '.zip', count: entries.length, warnings }
}

function manifestXml(entries: readonly Entry[]): string {
  const resource = (identifier: string, type: string, href: string) =>
    branch('resource', { identifier, type, href }, [branch('file', { href }, [])])
  return branch(
    'manifest',
    { ...namespaces(PACKAGE, 'imsqtiv3p0p1_imscpv1p2_v1p0.xsd'), identifier: 'package' },
    [
      branch('metadata', {}, [leaf('schema', 'QTI Package'), leaf('schemaversion', '3.0.1')]),
      '<organizations/>',
      branch('resources', {}, [
        ...entries.map(({ id, href }) => resource(id, 'imsqti_item_xmlv3p0', href)),
        resource('test', 'imsqti_test_xmlv3p0', TEST),
      ]),
    ],
  )
}

/** Writes one section per group, in the order in which the groups occur. */
function testXml(entries: readonly Entry[], title: string): string {
  const groups = [...new Set(entries.map(({ group }) => group))]
  const sections = groups.map((group, i) =>
    branch(
      'qti-assessment-section',
      { identifier: `section-${i + 1}`, title: group, visible: 'true' },
      entries
        .filter((entry) => entry.group === group)
        .map(({ id, href }) => branch('qti-assessment-item-ref', { identifier: id, href }, [])),
    ),
  )
  const part = { identifier: 'part-1', 'navigation-mode': 'nonlinear', 'submission-mode': 'individual' }
  return branch('qti-assessment-test', { ...ASI_NAMES, identifier: 'test', title: oneLine(title) }, [
    branch('qti-test-part', part, sections),
  ])
}

// ---- items --------------------------------------------------------------------------

interface Asked {
  /** Attributes of the response's declaration. */
  readonly response: { readonly cardinality: string; readonly 'base-type': string }
  readonly key: readonly string[]
  readonly interaction: string
  readonly reasons: readonly { readonly id: string; readonly why: string }[]
}

function itemXml(question: FoundQuestion, id: string, warn: (message: string) => void): string {
  const { item, explanation } = question
  const asked = askedOf(item, warn)
  const hasReasons = asked.reasons.length > 0
  const head = {
    ...ASI_NAMES,
    identifier: id,
    title: oneLine(question.name || item.stem).slice(0, MAX_TITLE),
    adaptive: 'false',
    'time-dependent': 'false',
  }
  return branch('qti-assessment-item', head, [
    branch('qti-response-declaration', { identifier: 'RESPONSE', ...asked.response }, [
      branch(
        'qti-correct-response',
        {},
        asked.key.map((value) => leaf('qti-value', value)),
      ),
    ]),
    outcome('SCORE', 'single', 'float'),
    ...(hasReasons ? [outcome('FEEDBACK', asked.response.cardinality, 'identifier')] : []),
    ...(explanation === '' ? [] : [outcome('SOLUTION', 'single', 'identifier', 'EXPLANATION')]),
    branch('qti-item-body', {}, [asked.interaction]),
    hasReasons ? WITH_FEEDBACK : branch('qti-response-processing', { template: MATCH_CORRECT }, []),
    ...asked.reasons.map((reason) => feedback('FEEDBACK', reason.id, reason.why)),
    ...(explanation === '' ? [] : [feedback('SOLUTION', 'EXPLANATION', explanation)]),
  ])
}

function outcome(identifier: string, cardinality: string, type: string, value?: string): string {
  const given = value === undefined ? [] : [branch('qti-default-value', {}, [leaf('qti-value', value)])]
  return branch('qti-outcome-declaration', { identifier, cardinality, 'base-type': type }, given)
}

const feedback = (outcomeIdentifier: string, identifier: string, text: string) =>
  branch('qti-modal-feedback', { 'outcome-identifier': outcomeIdentifier, identifier, 'show-hide': 'show' }, [
    html('qti-content-body', text),
  ])

/** Scores one point for a correct answer, and shows the reason of what was chosen. */
const WITH_FEEDBACK = branch('qti-response-processing', {}, [
  branch('qti-set-outcome-value', { identifier: 'FEEDBACK' }, [
    branch('qti-variable', { identifier: 'RESPONSE' }, []),
  ]),
  branch('qti-response-condition', {}, [
    branch('qti-response-if', {}, [
      branch('qti-match', {}, [
        branch('qti-variable', { identifier: 'RESPONSE' }, []),
        branch('qti-correct', { identifier: 'RESPONSE' }, []),
      ]),
      branch('qti-set-outcome-value', { identifier: 'SCORE' }, [
        leaf('qti-base-value', '1', { 'base-type': 'float' }),
      ]),
    ]),
  ]),
])

function askedOf(item: FoundQuestion['item'], warn: (message: string) => void): Asked {
  switch (item.kind) {
    case 'choice':
    case 'response':
      return choices(item.stem, item.choices, item.kind === 'choice')
    case 'ordering':
      if ([...item.steps, ...item.spare].some(({ why }) => why !== ''))
        warn('QTI has no reasons for single steps; they are left out')
      return ordering(item)
    case 'matching':
      if (item.pairs.some(({ why }) => why !== ''))
        warn('QTI has no reasons for single pairs; they are left out')
      return matching(item)
  }
}

const letter = (i: number) => String.fromCharCode('A'.charCodeAt(0) + i)

function choices(stem: string, all: readonly Choice[], isSingle: boolean): Asked {
  const attributes = { 'response-identifier': 'RESPONSE', shuffle: 'true', 'max-choices': isSingle ? 1 : 0 }
  return {
    response: { cardinality: isSingle ? 'single' : 'multiple', 'base-type': 'identifier' },
    key: all.flatMap(({ right }, i) => (right ? [letter(i)] : [])),
    interaction: branch('qti-choice-interaction', attributes, [
      html('qti-prompt', stem),
      ...all.map(({ text }, i) => html('qti-simple-choice', text, { identifier: letter(i) })),
    ]),
    reasons: all.flatMap(({ why }, i) => (why === '' ? [] : [{ id: letter(i), why }])),
  }
}

function ordering({ stem, steps, spare }: OrderingItem): Asked {
  const limits = spare.length === 0 ? {} : { 'min-choices': steps.length, 'max-choices': steps.length }
  return {
    response: { cardinality: 'ordered', 'base-type': 'identifier' },
    key: steps.map((_, i) => letter(i)),
    interaction: branch(
      'qti-order-interaction',
      { 'response-identifier': 'RESPONSE', shuffle: 'true', ...limits },
      [
        html('qti-prompt', stem),
        ...[...steps, ...spare].map(({ text }, i) =>
          html('qti-simple-choice', text, { identifier: letter(i) }),
        ),
      ],
    ),
    reasons: [],
  }
}

function matching({ stem, pairs, spare }: MatchingItem): Asked {
  const answers = [...new Set([...pairs.map(({ answer }) => answer), ...spare])]
  const idOf = (answer: string) => `ANSWER-${letter(answers.indexOf(answer))}`
  const option = (identifier: string, most: number, text: string) =>
    html('qti-simple-associable-choice', text, { identifier, 'match-max': most })
  const attributes = { 'response-identifier': 'RESPONSE', shuffle: 'true', 'max-associations': pairs.length }
  return {
    response: { cardinality: 'multiple', 'base-type': 'directedPair' },
    key: pairs.map(({ answer }, i) => `PROMPT-${letter(i)} ${idOf(answer)}`),
    interaction: branch('qti-match-interaction', attributes, [
      html('qti-prompt', stem),
      branch(
        'qti-simple-match-set',
        {},
        pairs.map(({ prompt }, i) => option(`PROMPT-${letter(i)}`, 1, prompt)),
      ),
      branch(
        'qti-simple-match-set',
        {},
        answers.map((answer) => option(idOf(answer), pairs.length, answer)),
      ),
    ]),
    reasons: [],
  }
}

/** Lines stay lines, and blanks at their beginning or in a row stay too. */
function html(name: string, text: string, attributes: Attributes = {}): string {
  const lines = text.split('\n').map((line) => xmlEscaped(line).replace(/^ | (?= )/g, '\u00a0'))
  const written = Object.entries(attributes).map(([key, value]) => ` ${key}="${xmlEscaped(String(value))}"`)
  return `<${name}${written.join('')}>${lines.join('<br/>')}</${name}>`
}
