import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { openPacks } from '../../src/bot/packs.js'
import { contentSummary, loadContent } from '../../src/content/load.js'
import { templateFamilies } from '../../src/core/template.js'
import { firstOf, folder, load, PACK, problems, QUESTIONS, questionWith, TOPIC, topicWith } from './folder.js'

const NO_CANARY = 'canary.questions.yaml:1: topics: there is no topic canary'

/** The shared keys of a question, then what its kind needs. */
function ofKind(kind: string, body: string): { 'p/one/canary.questions.yaml': string } {
  const [head = '', tail = ''] = QUESTIONS.split(/ {2}stem: .*\n {2}choices:\n(?: {4}.*\n)+/)
  return { 'p/one/canary.questions.yaml': `${head.replace('kind: choice', `kind: ${kind}`)}${body}${tail}` }
}
const choices = (right: number, wrong: number) =>
  ['  stem: Which?', '  choices:']
    .concat(
      Array.from(
        { length: right + wrong },
        (_, i) => `    - { text: t${i}, ${i < right ? 'right: true, ' : ''}why: w }`,
      ),
    )
    .join('\n')
    .concat('\n')

describe('a content folder without fault', () => {
  it('is read whole', async () => {
    const { bank, problems: none } = await load()
    expect(none).toEqual([])
    expect(bank.pack).toMatchObject({ id: 'p', exams: [{ name: 'ABC-1' }] })
    expect(bank.topic('canary')).toMatchObject({
      title: 'Canary',
      summary: ['A ', { bold: ['small'] }, ' part goes first. The rest follows.'],
      details: [{ kind: 'list', ordered: false, items: [['It goes first.']] }],
      markdown: '- It goes first.',
    })
    expect(bank.question('canary-first')).toMatchObject({
      kind: 'choice',
      pack: 'p',
      origin: { section: 'one', line: 1, file: 'p/one/canary.questions.yaml' },
    })
  })

  it('may have Windows line ends and a byte order mark', async () => {
    const windows = (text: string) => `\ufeff${text.replaceAll('\n', '\r\n')}`
    const { bank, problems: none } = await load({
      'p/one/canary.md': windows(TOPIC),
      'p/one/canary.questions.yaml': windows(QUESTIONS),
    })
    expect(none).toEqual([])
    expect(bank.question('canary-first')?.version).toBe((await load()).bank.question('canary-first')?.version)
  })

  it('may hold hidden files and a readme', async () => {
    expect(
      await problems({
        '.git/HEAD': 'x',
        'p/.DS_Store': 'x',
        'p/one/.swap.md': 'x',
        'p/README.md': 'x',
        'README.md': 'x',
      }),
    ).toEqual([])
  })

  it('is counted by kind', async () => {
    const two = QUESTIONS + QUESTIONS.replace('canary-first', 'canary-second')
    const drawn = ofKind('template', '  family: canary-schedule\n')['p/one/canary.questions.yaml'].replace(
      'canary-first',
      'canary-drawn',
    )
    const { bank } = await load({ 'p/one/canary.questions.yaml': two + drawn })
    expect(contentSummary([bank])).toEqual({ topics: 1, questions: 3, byKind: { choice: 2, template: 1 } })
  })

  it('finds the questions of some topics, or of all', async () => {
    const other = QUESTIONS.replace('canary-first', 'linear-first').replace('[canary]', '[linear]')
    const files = {
      'p/one/linear.md': TOPIC.replace('Canary', 'Linear').replace('canary', 'linear'),
      'p/one/linear.questions.yaml': other,
    }
    const { bank } = await load(files)
    const ids = (pack: string, topics: string[]) =>
      openPacks([bank])
        .questions.about({ pack }, topics)
        .map((q) => q.id)
    expect(ids('p', ['linear'])).toEqual(['linear-first'])
    expect(ids('p', [])).toEqual(['canary-first', 'linear-first'])
    expect(ids('other', [])).toEqual([])
  })

  it('gives a question a version that changes with its words, not with its place or the order of its keys', async () => {
    const version = async (text: string) =>
      (await load({ 'p/one/canary.questions.yaml': text })).bank.question('canary-first')?.version
    const before = await version(QUESTIONS)
    expect(before).toMatch(/^[0-9a-f]{12}$/)
    const moved = `# a remark\n\n${QUESTIONS.replace('  domain: 3\n', '').replace('  stem', '  domain: 3\n  stem')}`
    expect(await version(moved)).toBe(before)
    expect(await version(QUESTIONS.replace('What goes', 'Which goes'))).not.toBe(before)
  })
})

describe('the exams of a pack', () => {
  const EXAMS = `exams:
  abc1:
    name: ABC-1
    state: open
    from: 2026-01-01
    minutes: 90
    items: { scored: 40, unscored: 10 }
    kinds: [choice, response]
    domains: [{ number: 3, title: Deployment, weight: 60 }, { number: 4, title: Rest, weight: 40 }]
  abc2: { name: ABC-2, state: announced, domains: [{ number: 1, title: All, weight: 100 }] }
`
  const rest = PACK.replace(/exam: .*?(?=sections:)/s, '')
  const withExams = (from = '', to = '') => ({ 'p/pack.yaml': rest + EXAMS.replace(from, to) })

  it('come in their order, each with its facts', async () => {
    const { bank, problems: none } = await load(withExams())
    expect(none).toEqual([])
    const [first, second] = bank.pack.exams
    expect(first).toEqual({
      id: 'abc1',
      name: 'ABC-1',
      state: 'open',
      from: '2026-01-01',
      minutes: 90,
      items: { scored: 40, unscored: 10 },
      kinds: ['choice', 'response'],
      domains: [
        { number: 3, title: 'Deployment', weight: 60, tasks: [] },
        { number: 4, title: 'Rest', weight: 40, tasks: [] },
      ],
    })
    expect(second).toMatchObject({ id: 'abc2', name: 'ABC-2', state: 'announced', kinds: [] })
  })

  it('may be none, and then a question has no domain and no task', async () => {
    const plain = QUESTIONS.replace('  domain: 3\n  task: "3.3"\n', '')
    const { bank, problems: none } = await load({ 'p/pack.yaml': rest, 'p/one/canary.questions.yaml': plain })
    expect(none).toEqual([])
    expect(bank.pack.exams).toEqual([])
    expect(bank.question('canary-first')).not.toHaveProperty('domain')
    expect(await problems({ 'p/pack.yaml': rest })).toEqual([
      'canary.questions.yaml:1: domain: the exam has no domain 3',
    ])
  })

  it.each([
    [
      'weights of another sum',
      'weight: 60',
      'weight: 50',
      'p/pack.yaml:12: exams.abc1.domains: should have weights that add up to 100',
    ],
    [
      'a state that is none',
      'state: open',
      'state: over',
      'p/pack.yaml:7: exams.abc1.state: should be announced, open or retired',
    ],
    [
      'a kind that is none',
      '[choice, response]',
      '[choice, essay]',
      'p/pack.yaml:11: exams.abc1.kinds.1: should be a kind of question',
    ],
    [
      'a date that is none',
      '2026-01-01',
      'soon',
      'p/pack.yaml:8: exams.abc1.from: should be a date such as 2026-11-20',
    ],
    [
      'an unknown key',
      'minutes: 90',
      'hours: 2',
      'p/pack.yaml:9: exams.abc1.hours: is no key that is known here',
    ],
    ['no name', '    name: ABC-1\n', '', 'p/pack.yaml:5: exams.abc1.name: is missing'],
  ])('say what is wrong with file and line: %s', async (_what, from, to, expected) => {
    expect(await problems(withExams(from, to))).toContain(expected)
  })
})

describe('several packs', () => {
  const other = (order: string) => ({
    'a/pack.yaml': `${order}${PACK}`,
    'a/one/canary.md': TOPIC,
    'a/one/canary.questions.yaml': QUESTIONS,
  })

  it('may have the same topics, names and ids', async () => {
    const { banks, problems: none } = await load(other(''))
    expect(none).toEqual([])
    expect(
      banks.map((bank) => [bank.pack.id, bank.topic('canary')?.pack, bank.question('canary-first')?.pack]),
    ).toEqual([
      ['a', 'a', 'a'],
      ['p', 'p', 'p'],
    ])
  })

  it('come in the order that they name, and then in that of the alphabet', async () => {
    expect((await load(other('order: 2\n'))).banks.map((bank) => bank.pack.id)).toEqual(['p', 'a'])
  })

  it('know nothing of one another: what leads from one to another leads nowhere', async () => {
    const files = {
      ...other(''),
      'p/one/linear.md': TOPIC.replace('Canary', 'Linear').replace('canary', 'linear'),
    }
    const link = { 'a/one/canary.md': TOPIC.replace('summary', 'related: [linear]\nsummary') }
    expect(await problems({ ...files, ...link })).toEqual([
      'a/one/canary.md:1: related: there is no topic linear',
    ])
  })
})

describe('what is wrong in a question is said with its line', () => {
  const q = (from: string, to: string) => questionWith(from, to)
  it.each([
    [
      'an unknown key',
      q('  concept: canary', '  concept: canary\n  colour: red'),
      '5: colour: is no key that is known here',
    ],
    [
      'an unknown key of a choice',
      q('{ text: all,', '{ txet: x, text: all,'),
      '11: choices.1.txet: is no key that is known here',
    ],
    ['a missing key', q('  stem: What goes first?\n', ''), '1: stem: is missing'],
    ['a list for text', q('What goes first?', '[a]'), '8: stem: should be text'],
    ['text for a list', q('[canary]', 'canary'), '3: topics: should be a list'],
    ['an empty stem', q('What goes first?', '""'), '8: stem: is empty'],
    [
      'a stem too long',
      q('What goes first?', 'x'.repeat(901)),
      '8: stem: is too long: at most 900 characters',
    ],
    ['a difficulty of four', q('difficulty: 2', 'difficulty: 4'), '5: difficulty: should be 1, 2 or 3'],
    ['a task without quotes', q('"3.3"', '3.3'), '7: task: should be quoted text'],
    ['a task of another domain', q('"3.3"', '"2.3"'), '1: task: 2.3 is not of domain 3'],
    [
      'a domain of another exam',
      q('  domain: 3\n  task: "3.3"', '  domain: 4\n  task: "4.1"'),
      '1: domain: the exam has no domain 4',
    ],
    ['an id in capitals', q('canary-first', 'Canary'), '1: id: should be lower-case words joined by hyphens'],
    [
      'a kind that is none',
      q('kind: choice', 'kind: essay'),
      `2: kind: should be one of 'choice' | 'response' | 'ordering' | 'matching' | 'case' | 'template'`,
    ],
    ['no kind', q('  kind: choice\n', ''), '1: kind: is missing'],
    ['no right choice', q('right: true, ', ''), '9: choices: should have exactly one right choice'],
    [
      'two right choices',
      q('text: all,', 'text: all, right: true,'),
      '9: choices: should have exactly one right choice',
    ],
    ['two equal choices', q('text: all', 'text: A part'), '9: choices: has two equal choices'],
    [
      'a choice that speaks of letters',
      q('text: all,', 'text: Option A and more,'),
      '11: choices.1.text: speaks of other options or their order, which is shuffled',
    ],
    [
      'all of the above',
      q('text: nothing,', 'text: All of the above,'),
      '13: choices.3.text: speaks of other options or their order, which is shuffled',
    ],
    [
      'a date that is none',
      q('2026-11-20', 'yesterday'),
      '15: sources.checked: should be a date such as 2026-11-20, or none',
    ],
    ['a topic that is none', q('[canary]', '[canary, ghost]'), '1: topics: there is no topic ghost'],
    ['one choice', ofKind('choice', choices(1, 0)), '9: choices: should have two choices or more'],
    ['nine choices', ofKind('choice', choices(1, 8)), '9: choices: should have at most eight choices'],
    [
      'a response with one right',
      ofKind('response', choices(1, 4)),
      '9: choices: should have two right choices or more, and a wrong one',
    ],
    [
      'a response with nothing wrong',
      ofKind('response', choices(5, 0)),
      '9: choices: should have two right choices or more, and a wrong one',
    ],
    [
      'an ordering of one',
      ofKind('ordering', '  stem: s\n  steps: [{ text: a, why: w }]\n'),
      '9: steps: should have two steps or more',
    ],
    [
      'a matching where nothing can be wrong',
      ofKind(
        'matching',
        '  stem: s\n  pairs: [{ prompt: a, answer: x, why: w }, { prompt: b, answer: x, why: w }]\n',
      ),
      '1: matching: every answer is the same; add a spare one',
    ],
    [
      'a matching of one',
      ofKind('matching', '  stem: s\n  pairs: [{ prompt: a, answer: x, why: w }]\n'),
      '9: pairs: should have two pairs or more',
    ],
    [
      'a step twice',
      ofKind(
        'ordering',
        '  stem: s\n  steps: [{ text: a, why: w }, { text: b, why: w }, { text: c, why: w }]\n  spare: [{ text: B, why: w }]\n',
      ),
      '1: ordering: the step "B" stands there twice',
    ],
    [
      'a prompt twice',
      ofKind(
        'matching',
        '  stem: s\n  pairs: [{ prompt: a, answer: x, why: w }, { prompt: a, answer: y, why: w }, { prompt: c, answer: x, why: w }]\n',
      ),
      '1: matching: the prompt "a" stands there twice',
    ],
    [
      'a spare answer that serves',
      ofKind(
        'matching',
        '  stem: s\n  pairs: [{ prompt: a, answer: x, why: w }, { prompt: b, answer: y, why: w }, { prompt: c, answer: x, why: w }]\n  spare: [y]\n',
      ),
      '1: matching: the answer "y" stands there twice',
    ],
    [
      'a case of one item',
      ofKind(
        'case',
        '  scenario: s\n  items: [{ kind: ordering, stem: s, steps: [{ text: a, why: w }, { text: b, why: w }, { text: c, why: w }] }]\n',
      ),
      '9: items: should have two items or more',
    ],
    [
      'a family that is none',
      ofKind('template', '  family: dice\n'),
      `8: family: should be one of ${templateFamilies.join(', ')}`,
    ],
    ['text for a question', { 'p/one/canary.questions.yaml': '- a\n' }, '1: should be keys with values'],
    ['a control character by escape', q('What goes first?', '"a\\0b"'), '8: stem: holds a control character'],
    [
      'half a character by escape',
      q('What goes first?', '"a\\ud800b"'),
      '8: stem: holds a control character',
    ],
    [
      'an id twice',
      { 'p/one/canary.questions.yaml': QUESTIONS + QUESTIONS },
      '16: id: canary-first stands in p/one/canary.questions.yaml:1 too',
    ],
  ])('%s', async (_name, files, expected) => {
    expect(await problems(files)).toEqual([`canary.questions.yaml:${expected}`])
  })

  it.each(['a choice a team makes', 'the best option a customer has', 'answers found by search'])(
    '"%s" speaks of no letter',
    async (text) => {
      expect(await problems(questionWith('text: all,', `text: ${text},`))).toEqual([])
    },
  )

  it('leaves out the broken question and keeps the others', async () => {
    const broken = QUESTIONS.replace('canary-first', 'canary-broken').replace(
      'difficulty: 2',
      'difficulty: 9',
    )
    const { bank } = await load({ 'p/one/canary.questions.yaml': broken + QUESTIONS })
    expect(bank.questions.map((one) => one.id)).toEqual(['canary-first'])
  })
})

describe('what is wrong in YAML is said with its line', () => {
  const bomb = [...'bcdefghij'].map((c, i) => `${c}: &${c} [${Array(9).fill(`*${'abcdefghij'[i]}`).join()}]`)
  it.each([
    ['a tab', QUESTIONS.replace('  concept', '\tconcept'), '4: YAML: a tab stands where spaces should'],
    [
      'a key twice',
      QUESTIONS.replace('  domain: 3', '  domain: 3\n  domain: 3'),
      '7: YAML: Map keys must be unique',
    ],
    [
      'a second document',
      `${QUESTIONS}---\n`,
      '16: YAML: a line of --- begins a second document; a file holds one',
    ],
    ['nothing', '', '1: should be a list of questions'],
    ['keys in place of a list', 'a: 1\n', '1: should be a list of questions'],
    [
      'aliases that grow',
      ['a: &a [x, x, x]', ...bomb].join('\n'),
      '1: YAML: Excessive alias count indicates a resource exhaustion attack',
    ],
    ['an alias of itself', '- &a [*a]\n', '1: should be keys with values'],
    ['lists in lists without end', '['.repeat(20_000), '1: YAML: is nested too deeply'],
    [
      'bytes of another encoding',
      Buffer.from(QUESTIONS.replace('What', 'Wh\u00e4t'), 'latin1'),
      '8: is not in UTF-8',
    ],
    ['a control character', QUESTIONS.replace('What', 'Wh\u0000t'), '8: holds a control character'],
    [
      'more than anyone reads',
      `${QUESTIONS}#${'x'.repeat(100_000)}`,
      '1: is too large: at most 100000 bytes',
    ],
  ])('%s', async (_name, text, expected) => {
    expect(await problems({ 'p/one/canary.questions.yaml': text })).toEqual([
      `canary.questions.yaml:${expected}`,
    ])
  })
})

it('a diagram of more than anyone reads', async () => {
  const arrows = "'b -> b', ".repeat(21)
  const files = topicWith('sources:', `diagram: { alt: a, boxes: { b: B }, arrows: [${arrows}] }\nsources:`)
  expect(await problems(files)).toContain('canary.md:5: diagram.arrows: should have at most twenty arrows')
})

describe('what is wrong in a topic is said with its line', () => {
  const body = (text: string) => topicWith('- It goes first.', text)
  it.each([
    [
      'raw HTML',
      body('a\n\n<div>b</div>'),
      '9: a chat cannot show this (html); use headings, paragraphs, lists, tables and code',
    ],
    ['HTML in a line', body('a\nb <img src="x" onerror="y"> c'), '8: a chat cannot show this (html)'],
    [
      'HTML in the summary',
      topicWith('A **small** part goes first. The rest follows.', '<p>small</p>'),
      '4: a chat cannot show this (html)',
    ],
    ['a picture', body('![x](https://example.com/x.png)'), '7: a chat cannot show this (image)'],
    ['a list in a list', body('- a\n  - b'), '7: a list item should be one paragraph, without a list inside'],
    ['a link to a script', body('[a](javascript:alert)'), '7: a link should begin with https://'],
    [
      'a row too short',
      body('| a | b |\n|---|---|\n| 1 |'),
      '9: the table has 2 columns, and this row has 1 cells',
    ],
    ['a second list of tips', body('## Exam tips\n- a\n\n1. b'), '10: "Exam tips" should hold one list'],
    ['tips without a list', body('## Exam tips\na'), '8: "Exam tips" should hold one list'],
    [
      'a change without its pair',
      body('## Changes\n- Today: a'),
      '8: "Changes" should hold pairs of "Today: …" and "Exam: …"',
    ],
    [
      'a related topic that is none',
      topicWith('sources:', 'related: [ghost]\nsources:'),
      '1: related: there is no topic ghost',
    ],
    [
      'a confused topic that is none',
      topicWith('sources:', 'confused: { ghost: w }\nsources:'),
      '1: confused: there is no topic ghost',
    ],
    [
      'an arrow to no box',
      topicWith('sources:', `diagram: { alt: a, boxes: { b: B }, arrows: ['b -> constructor'] }\nsources:`),
      '5: diagram: the arrow "b -> constructor" names no box "constructor"',
    ],
  ])('%s', async (_name, files, expected) => {
    expect(await problems(files)).toEqual([`canary.md:${expected}`])
  })

  it.each([
    ['no front matter', 'hello\n', '1: should begin with front matter between lines of ---'],
    [
      'front matter that never ends',
      TOPIC.replace('---\n- It', '- It'),
      '1: should begin with front matter between lines of ---',
    ],
    ['front matter of another shape', '---\n- a\n---\n', '2: should be keys with values'],
    ['an unknown key', TOPIC.replace('aliases', 'alias'), '3: alias: is no key that is known here'],
    [
      'three sentences',
      TOPIC.replace('The rest follows.', 'The rest follows. It ends.'),
      '4: summary: should have at most two sentences',
    ],
    ['lists in lists without end', `${TOPIC}${'- '.repeat(20_000)}x`, '1: is nested too deeply'],
    ['quotes in quotes without end', `${TOPIC}${'>'.repeat(20_000)} x`, '1: is nested too deeply'],
  ])('%s, and the topic is left out', async (_name, text, expected) => {
    expect(await problems({ 'p/one/canary.md': text })).toEqual([`canary.md:${expected}`, NO_CANARY])
  })

  it('a name that another topic has', async () => {
    const other = TOPIC.replace('title: Canary', 'title: Linear').replace('[canary deployment]', '[Canary]')
    expect(await problems({ 'p/one/linear.md': other })).toEqual([
      'linear.md:1: "canary" is a name of canary too',
    ])
  })
})

describe('what is wrong in a folder', () => {
  it.each([
    [
      'a section without a folder',
      { 'p/pack.yaml': `${PACK}  - { id: two, number: 2, title: Two }\n` },
      'p/pack.yaml:1: sections: there is no folder two',
    ],
    [
      'a folder that is no section',
      { 'p/two/x.md': TOPIC },
      'p/pack.yaml:1: the section two is a folder but not in "sections"',
    ],
    [
      'a file beside the sections',
      { 'p/stray.md': TOPIC },
      'p/stray.md:1: is not read here: topics and questions stand in the folder of a section',
    ],
    [
      'a file of another kind',
      { 'p/one/notes.txt': 'x' },
      'notes.txt:1: is no topic (.md), no questions (.questions.yaml) and not compare.yaml',
    ],
    [
      'a file name in capitals',
      { 'p/one/Linear.md': TOPIC.replace('Canary', 'Linear').replace('canary', 'linear') },
      'Linear.md:1: the file name should be lower-case words joined by hyphens, at most 60 characters',
    ],
    ['a folder without a pack', { 'q/one/x.md': TOPIC }, 'q/pack.yaml:1: is missing'],
    [
      'a comparison with a side too few',
      {
        'p/one/compare.yaml':
          '- topics: [canary, canary]\n  differ: [{ aspect: a, sides: [x] }]\n  choose: c\n',
      },
      'compare.yaml:1: every row of "differ" should have one side a topic',
    ],
    [
      'a comparison of no topic',
      {
        'p/one/compare.yaml':
          '\n- topics: [canary, ghost]\n  differ: [{ aspect: a, sides: [x, y] }]\n  choose: c\n',
      },
      'compare.yaml:2: topics: there is no topic ghost',
    ],
  ])('%s', async (_name, files, expected) => {
    expect(await problems(files)).toEqual([expected])
  })

  it('no folder at all, or a file in its place', async () => {
    const file = join(folder(), 'p/pack.yaml')
    for (const dir of ['/nowhere/at/all', file])
      expect(await problems(dir)).toEqual([`.:1: there is no folder ${dir}; CONTENT_DIR names it`])
  })

  it('a pack without any', async () => {
    const root = folder()
    mkdirSync(join(root, 'p/empty'))
    expect(await problems(join(root, 'p/empty'))).toEqual([
      '.:1: there is no pack: a folder with a pack.yaml',
    ])
  })

  it('links that lead out of it are not followed', async () => {
    const root = folder()
    const outside = join(folder({ 'secret.md': TOPIC.replace('Canary', 'Secret') }), 'secret.md')
    symlinkSync(outside, join(root, 'p/one/secret.md'))
    symlinkSync('/nowhere', join(root, 'p/one/dangling.md'))
    const loaded = await loadContent(root)
    const [bank, found] = [firstOf(loaded), loaded.problems]
    expect(found.map((p) => `${p.file}: ${p.message}`)).toEqual([
      'p/one/dangling.md: only plain files are read here',
      'p/one/secret.md: only plain files are read here',
    ])
    expect(bank.topics.map((t) => t.slug)).toEqual(['canary'])
  })

  it('a section or a pack file that is a link', async () => {
    const root = folder({ 'p/pack.yaml': PACK.replace('id: one', 'id: away') })
    symlinkSync(join(folder(), 'p/one'), join(root, 'p/away'))
    expect(await problems(root)).toContain('p/pack.yaml:1: sections: there is no folder away')
    mkdirSync(join(root, 'q'))
    symlinkSync(join(root, 'p/pack.yaml'), join(root, 'q/pack.yaml'))
    expect(await problems(root)).toContain('q/pack.yaml:1: only plain files are read here')
  })

  it('a section that leads out of the pack by its name', async () => {
    expect(await problems({ 'p/pack.yaml': PACK.replace('id: one', 'id: ../../etc') })).toEqual([
      'p/pack.yaml:6: sections.0.id: should be lower-case words joined by hyphens',
    ])
  })

  it('problems come sorted by file and line', async () => {
    const root = folder(questionWith('difficulty: 2', 'difficulty: 0'))
    writeFileSync(join(root, 'p/one/a.txt'), '')
    writeFileSync(join(root, 'p/one/z.txt'), '')
    expect((await loadContent(root)).problems.map((p) => p.file)).toEqual([
      'p/one/a.txt',
      'p/one/canary.questions.yaml',
      'p/one/z.txt',
    ])
  })
})

describe('the content that comes with the bot', () => {
  it('has no problems', { tags: ['slow'] }, async () => {
    const { banks, problems: found } = await loadContent(
      fileURLToPath(new URL('../../content', import.meta.url)),
    )
    expect(found).toEqual([])
    const summary = contentSummary(banks)
    expect(Object.values(summary.byKind).reduce((a, b) => a + b, 0)).toBe(summary.questions)
  })
})
