/** Files of questions in and out, as an operator types it. */
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { SAMPLES } from '../content/formats/samples.js'
import { cohort } from '../helpers/cohort.js'

let root = ''
let section = ''

beforeAll(() => {
  root = mkdtempSync(path.join(tmpdir(), 'cohort-formats-'))
  section = path.join(root, 'content/p/one')
  mkdirSync(section, { recursive: true })
  writeFileSync(
    path.join(root, 'content/p/pack.yaml'),
    'title: Rivers and trees\nsections: [{ id: one, number: 1, title: One }]\n',
  )
  writeFileSync(
    path.join(section, 'rivers.md'),
    '---\ntitle: Rivers\nsummary: They flow.\nsources: { notes: [1], checked: 2026-11-20 }\n---\n- Downhill.\n',
  )
  for (const { path: name, bytes } of SAMPLES) writeFileSync(path.join(root, name), bytes)
})
afterAll(() => rmSync(root, { recursive: true }))

const typed = (...args: string[]) => cohort(['content', ...args], { CONTENT_DIR: path.join(root, 'content') })
const sampleFile = (name: string) => path.join(root, name)

describe('content import of a file of questions', () => {
  it('says what it would take, and writes nothing, in a dry run', async () => {
    const before = readdirSync(section)
    const run = await typed('import', sampleFile('rivers.xml'), '--out', section, '--dry-run')
    expect(run).toMatchObject({ code: 0, err: '' })
    expect(run.out).toContain('rivers.xml:17: left out: it asks for a text of one')
    expect(run.out).toContain(
      'Moodle XML: 2 questions (1 choice, 1 matching), 1 left out, 0 changed\nnothing is written',
    )
    expect(readdirSync(section)).toEqual(before)
  })

  it('writes what is good, about the topics that its groups name, and the check likes it', async () => {
    expect(await typed('import', sampleFile('rivers.xml'), '--out', section)).toMatchObject({
      code: 0,
      err: '',
    })
    const written = readFileSync(path.join(section, 'rivers.questions.yaml'), 'utf8')
    expect(written).toContain('- id: longest\n  kind: choice\n  imported: true\n  topics:\n    - rivers\n')
    expect(written).toContain('why: |-\n        Yes.\n        It ends in the Caspian Sea & is 3,500 km long.')
    const check = await typed('check')
    expect(check.out).toContain('1 topics, 2 questions')
    expect(check.code).toBe(0)
  })

  it('says which command asks the questions that stand in notes', async () => {
    const exam = '1. What flows?\n- A. A river\n- B. A tree\n\n**Answer: A**\n'
    const prose = 'A river flows to the sea.\n\n'.repeat(20)
    const note = sampleFile('flow.md')
    writeFileSync(note, `# Section 2: Flow\n\n## Water\n\n### Rivers\n\n${prose}### Self-test\n\n${exam}`)
    const { code, out } = await typed('import', note, '--json')
    const { topics, warnings } = JSON.parse(out)
    expect([code, topics.length]).toEqual([0, 2])
    const message = '1 question with a key stays text here; "cohort pack new" asks it'
    expect(warnings).toContainEqual({ line: 49, message })
  })

  it('takes no id twice, and overwrites nothing', async () => {
    const again = await typed('import', sampleFile('rivers.xml'), '--out', section)
    expect(again.code).toBe(1)
    expect(again.err).toContain('has rivers.questions.yaml already')
    writeFileSync(sampleFile('rivers-2.xml'), readFileSync(sampleFile('rivers.xml')))
    await typed('import', sampleFile('rivers-2.xml'), '--out', section)
    expect(readFileSync(path.join(section, 'rivers-2.questions.yaml'), 'utf8')).toMatch(
      /^- id: longest-[0-9a-f]{6}$/m,
    )
    expect((await typed('check')).code).toBe(0)
  })

  it('ends with 1 when nothing was good, and says why', async () => {
    writeFileSync(sampleFile('none.csv'), 'question,a,b,answer\nWhich?,x,y,\n')
    const run = await typed('import', sampleFile('none.csv'), '--out', section)
    expect(run).toMatchObject({ code: 1, err: '' })
    expect(run.out).toContain(
      'none.csv:2: left out: no answer is marked as right\nCSV: 0 questions, 1 left out, 0 changed',
    )
    expect(readdirSync(section)).not.toContain('none.questions.yaml')
  })

  it('says that nothing is about a group which no topic is called by', async () => {
    writeFileSync(sampleFile('g.gift'), '$CATEGORY: Unknown\n\nIs it?{T}\n\nIs that?{T}\n')
    writeFileSync(
      sampleFile('t.csv'),
      'question,a,b,answer,topic\nIs it?,x,y,A,Rivers\nIs that?,x,y,A,Seas\n',
    )
    expect((await typed('import', sampleFile('g.gift'), '--out', section, '--dry-run')).out).toContain(
      'g.gift:3: no topic is called "Unknown": 2 questions of it are about none\n',
    )
    expect((await typed('import', sampleFile('t.csv'), '--out', section, '--dry-run')).out).toContain(
      't.csv:3: no topic is called "Seas": 1 question of it is about none\nCSV: 2 questions (2 choice), 0 left out, 1 changed\n',
    )
  })

  it.each([
    ['q.json', '{"a": 1}', 'No question was found in this file. Cohort reads GIFT'],
    ['q.md', '# Rivers\n\nThey flow.\n', '"cohort pack new" takes notes of any shape'],
  ])('says what to do with a file that it cannot place: %s', async (name, text, said) => {
    writeFileSync(sampleFile(name), text)
    const run = await typed('import', sampleFile(name), '--out', section, '--dry-run')
    expect(run).toMatchObject({ code: 1, err: expect.stringContaining(said) })
  })

  it('says which command takes cards', async () => {
    writeFileSync(sampleFile('q.txt'), 'river\twater that flows\nsea\tmuch of it\n')
    const run = await typed('import', sampleFile('q.txt'), '--out', section, '--dry-run')
    expect(run).toMatchObject({
      code: 1,
      out: expect.stringContaining('2 cards to look up; "cohort pack new"'),
    })
  })

  it('says what to do with its own export', async () => {
    const own = sampleFile('own.yaml')
    await typed('export', '--format', 'yaml', '--out', own)
    const run = await typed('import', own, '--out', section)
    expect(run.code).toBe(1)
    expect(run.err).toContain('copy it into the folder of a section, as own.questions.yaml, or give it to')
  })

  it('gives all of it as JSON', async () => {
    const { code, out } = await typed('import', sampleFile('clouds.zip'), '--json')
    expect(code).toBe(0)
    expect(JSON.parse(out)).toMatchObject({
      format: 'QTI',
      ids: ['clouds'],
      questions: [{ name: 'Clouds' }],
      leftOut: [{ line: 2 }],
    })
  })
})

describe('content export', () => {
  it('prints the questions of a topic, and says how many by standard error', async () => {
    const run = await typed('export', '--format', 'gift', '--topic', 'rivers')
    expect(run.code).toBe(0)
    expect(run.out).toContain('::longest::[plain]Which river is the longest of Europe? {\n=The Volga#Yes.')
    expect(run.err).toMatch(/^\d questions exported as gift, 0 warnings$/m)
  })

  it('writes a file that is imported again, and none over another', async () => {
    const out = sampleFile('out.zip')
    expect(await typed('export', '--format', 'qti', '--out', out)).toMatchObject({ code: 0, out: '' })
    const again = await typed('import', out, '--dry-run')
    expect(again.out).toContain('QTI: 2 questions (1 choice, 1 matching), 2 left out')
    const twice = await typed('export', '--format', 'qti', '--out', out)
    expect(twice).toMatchObject({ code: 1, err: expect.stringContaining('is there already') })
  })

  it('says what a format cannot hold, by the id of the question', async () => {
    const { code, err } = await typed('export', '--format', 'csv')
    expect(code).toBe(0)
    expect(err).toContain(': a table of answers has no questions of the kind matching; it is left out\n')
    expect(err).toContain('2 questions exported as csv, 2 warnings')
  })

  it('counts what is in the file', async () => {
    const other = path.join(root, 'content/ord/one')
    mkdirSync(other, { recursive: true })
    writeFileSync(
      path.join(root, 'content/ord/pack.yaml'),
      'title: Ord\nsections: [{ id: one, number: 1, title: One }]\n',
    )
    writeFileSync(
      path.join(other, 'o.questions.yaml'),
      '- { id: o, kind: ordering, stem: "Order?", steps: [{ text: a }, { text: b }, { text: c }] }\n',
    )
    const exported = async (format: string) =>
      (await typed('export', '--pack', 'ord', '--format', format)).err.trim().split('\n').at(-1)
    expect(await exported('csv')).toBe('0 questions exported as csv, 1 warning')
    expect(await exported('gift')).toMatch(/^0 questions exported as gift, 1 warning$/)
    expect(await exported('yaml')).toBe('1 question exported as yaml, 0 warnings')
    expect(await exported('moodle-xml')).toMatch(/^1 question exported as moodle-xml, /)
    rmSync(path.join(root, 'content/ord'), { recursive: true })
  })

  it('names the formats there are, and needs a file for an archive', async () => {
    expect((await typed('export', '--format', 'docx')).err).toContain('there are yaml, moodle-xml, qti')
    expect((await typed('export', '--format', 'qti')).err).toContain(
      'say where it goes, with --out <file>.zip',
    )
    expect((await typed('export', '--format', 'yaml', '--topic', 'x')).err).toContain('there is no topic "x"')
    expect((await typed('export')).code).toBe(2)
  })
})
