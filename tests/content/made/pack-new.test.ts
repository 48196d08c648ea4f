/** `cohort pack new` through the command line, in this process. */
import { execFileSync } from 'node:child_process'
import { once } from 'node:events'
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { loadContent } from '../../../src/content/load.js'
import { run } from '../../../src/main.js'
import { writeNotes } from '../../helpers/many-notes.js'
import type { Notes } from './source-of.js'

let root = ''
beforeEach(() => {
  root = mkdtempSync(path.join(tmpdir(), 'cohort-new-'))
  mkdirSync(path.join(root, 'content'))
})
afterEach(() => rmSync(root, { recursive: true, force: true }))

function write(notes: Notes): void {
  for (const [file, text] of Object.entries(notes)) {
    const to = path.join(root, 'my-notes', file)
    mkdirSync(path.dirname(to), { recursive: true })
    writeFileSync(to, text)
  }
}

async function cohort(...argv: string[]) {
  const lines: string[] = []
  const say = (line: string) => {
    lines.push(line)
  }
  const code = await run(argv, {
    out: say,
    err: say,
    input: (async function* () {})(),
    env: { COHORT_DATA_DIR: path.join(root, 'data'), CONTENT_DIR: path.join(root, 'content') },
    folder: root,
    now: () => Date.UTC(2026, 10, 29),
    stopSignal: () => new Promise(() => {}),
    catchStrays: () => {},
    exit: () => {},
  })
  return { code, lines, text: lines.join('\n') }
}

const packs = () => path.join(root, 'data/packs')
const inPack = (file: string) => path.join(packs(), 'my-notes', file)
const read = (file: string) => readFileSync(inPack(file), 'utf8')
const problems = async () =>
  (await loadContent(packs())).problems.map((p) => `${p.file}:${p.line}: ${p.message}`)

const NOTES: Notes = {
  '01-storage/s3.md':
    '# S3\n\nObject storage, see [[EC2]].\n\n## Overview\n\nKeeps objects.\n\n## Classes\n\nStandard.\n',
  '02-compute/ec2.md': '# EC2\n\nServers.\n\n## Overview\n\nRuns them.\n\n## Types\n\nMany.\n',
  'exam.txt': 'Which one keeps objects?\nA. S3\nB. EC2\nANSWER: A\n\nNo key?\nA. a\nB. b\n',
  'map.png': '',
}

describe('a new pack', () => {
  it('is written to the data folder, passes the check, and is told of', async () => {
    write(NOTES)
    const { code, lines } = await cohort('pack', 'new', 'my-notes', '--title', 'My notes')
    expect(lines).toEqual([
      'Left out:',
      '  exam.txt:6: no line says ANSWER: and a letter',
      'Not looked at, by ending: 1 .png',
      '',
      'Pack my-notes: 3 sections, 6 topics, 1 question (1 choice)',
      'Made of 2 files of notes, 1 file of Aiken',
      '1 thing left out, 0 things changed',
      `Written to ${path.join(packs(), 'my-notes')}`,
      'Next: start the bot ("npx cohort start") and choose the pack in "/team setup"',
    ])
    expect(code).toBe(0)
    expect(await problems()).toEqual([])
    expect(read('pack.yaml')).toContain('title: My notes\n')
    expect(read('01-storage/s3.md')).toContain('related: [ec2]\n')
  })

  it('of many files passes the check', async () => {
    writeNotes(path.join(root, 'my-notes'), { files: 12, bytes: 60_000, questions: 20 })
    const { code, text } = await cohort('pack', 'new', 'my-notes')
    expect(code).toBe(0)
    expect(text).toContain('20 questions (20 choice)')
    expect(await problems()).toEqual([])
  })

  it('says what is true of several lines once, with all of them', async () => {
    write({ 'a.md': '# One\n\n- a\n  - b\n- c\n\ntext\n\n- d\n  - e\n- f\n' })
    const { text } = await cohort('pack', 'new', 'my-notes', '--dry-run')
    expect(text).toContain('  a.md:4, 10: lists inside a list are shown on one level with it\n')
    expect(text).toContain('2 things changed')
  })

  it('is not written in a dry run', async () => {
    write(NOTES)
    const { code, text } = await cohort('pack', 'new', 'my-notes', '--dry-run')
    expect(code).toBe(0)
    expect(text).toContain('Nothing is written')
    expect(existsSync(packs())).toBe(false)
  })

  it('may be of one file, elsewhere', async () => {
    write(NOTES)
    const { code } = await cohort('pack', 'new', 'my-notes/01-storage/s3.md', '--out', 'mine/s3')
    expect(code).toBe(0)
    expect(readdirSync(path.join(root, 'mine'))).toEqual(['s3'])
    expect((await loadContent(path.join(root, 'mine'))).problems).toEqual([])
  })

  it('is none where there is nothing good', async () => {
    write({ 'a.png': '', 'q.txt': 'Q?\nA. a\nB. b\nANSWER: D\n\nQ2?\nA. a\nB. b\nANSWER: Z\n' })
    const { code, text } = await cohort('pack', 'new', 'my-notes')
    expect(code).toBe(1)
    expect(text).toContain('nothing of it could be taken')
    expect(existsSync(packs())).toBe(false)
  })

  it('says which files have a name that no terminal can show, or are no plain files', async () => {
    write({ 'a.md': '# A\nx', 'b\u001b[31m.md': '# B\nx', 'c\nd.md': '# C\nx' })
    const socket = createServer().listen(path.join(root, 'my-notes/e.md'))
    await once(socket, 'listening')
    const { text } = await cohort('pack', 'new', 'my-notes')
    socket.close()
    for (const name of ['b?[31m.md', 'c?d.md'])
      expect(text).toContain(
        `${name}:1: has a name with control characters or in another encoding; rename it`,
      )
    expect(text).toContain('e.md:1: is no plain file')
    expect(text).not.toContain('\u001b')
  })

  it('says which folders cannot be read', async () => {
    write({ 'a.md': '# A\nx' })
    // Its path is longer than the system takes, even from root, to whom nothing is locked.
    const deep = path.join(root, 'my-notes')
    const dig = `for (let i = 0; i < 17; i++) { fs.mkdirSync('d'.repeat(250)); process.chdir('d'.repeat(250)) }`
    execFileSync(process.execPath, ['-e', dig], { cwd: deep })
    const { code, text } = await cohort('pack', 'new', 'my-notes', '--dry-run')
    execFileSync('rm', ['-rf', path.join(deep, 'd'.repeat(250))])
    expect(text).toContain('d:1: is a folder that cannot be read')
    expect([code, text]).toEqual([0, expect.stringContaining('1 topic,')])
  })

  it('follows no links, and enters no hidden folders', async () => {
    write({ 'a.md': '# A\nx', '.git/b.md': '# Secret\nx', 'node_modules/c.md': '# Module\nx' })
    writeFileSync(path.join(root, 'outside.md'), '# Outside\nx')
    symlinkSync(path.join(root, 'outside.md'), path.join(root, 'my-notes/link.md'))
    const { text } = await cohort('pack', 'new', 'my-notes')
    expect(text).toContain('link.md:1: is a link; links are not followed')
    expect(text).toContain('1 topic,')
  })

  it('leaves a pack alone that somebody else made', async () => {
    write(NOTES)
    mkdirSync(inPack('x'), { recursive: true })
    writeFileSync(inPack('pack.yaml'), 'title: Other\n')
    const { code, text } = await cohort('pack', 'new', 'my-notes')
    expect(code).toBe(1)
    expect(text).toContain('was not made by this command')
    expect(read('pack.yaml')).toBe('title: Other\n')
  })

  it('refuses an id that is none, and a source that is not there', async () => {
    write(NOTES)
    expect((await cohort('pack', 'new', 'my-notes', '--id', '../x')).text).toContain('--id should be')
    expect((await cohort('pack', 'new', 'gone')).text).toContain('gone')
  })
})

describe('made again', () => {
  const again = async (notes: Notes) => {
    write(notes)
    return cohort('pack', 'new', 'my-notes')
  }

  it('of the same notes is the same to the byte', async () => {
    await again(NOTES)
    const before = readdirSync(inPack(''), { recursive: true, encoding: 'utf8' }).sort()
    const texts = before.filter((file) => /\.\w+$/.test(file)).map(read)
    const { text } = await again(NOTES)
    expect(readdirSync(inPack(''), { recursive: true, encoding: 'utf8' }).sort()).toEqual(before)
    expect(before.filter((file) => /\.\w+$/.test(file)).map(read)).toEqual(texts)
    expect(text).not.toContain('by hand')
  })

  it('takes what has changed, and keeps slugs where headings changed', async () => {
    await again(NOTES)
    await again({
      '01-storage/s3.md':
        '# S3\n\nObject storage.\n\n## Summary of it\n\nKeeps objects.\n\n## Classes\n\nStandard and more.\n',
    })
    expect(read('01-storage/overview-s3.md')).toContain('title: Summary of it\n')
    expect(read('01-storage/classes.md')).toContain('Standard and more.')
    expect(await problems()).toEqual([])
  })

  it('keeps what was changed by hand, and says where the notes have changed under it', async () => {
    await again(NOTES)
    const edited = `${read('01-storage/classes.md')}\nBy hand.\n`
    writeFileSync(inPack('01-storage/classes.md'), edited)
    writeFileSync(inPack('01-storage/own.md'), '---\ntitle: Types (EC2)\n---\nMine.\n')
    writeFileSync(inPack('pack.yaml'), `# mine\n${read('pack.yaml')}`)
    rmSync(inPack('02-compute/ec2.md'))
    const { lines } = await again({
      '01-storage/s3.md': String(NOTES['01-storage/s3.md']).replace('Standard.', 'Changed.'),
      '03-new/x.md': '# X\nnew',
    })
    expect(read('01-storage/classes.md')).toBe(edited)
    expect(lines).toContain(
      'my-notes/01-storage/classes.md was changed by hand and stays; its notes in 01-storage/s3.md#Classes have changed: look at both',
    )
    expect(lines).toContain('my-notes/02-compute/ec2.md was removed by hand, and stays out')
    expect(existsSync(inPack('02-compute/ec2.md'))).toBe(false)
    expect(read('pack.yaml')).toMatch(/^# mine\n[\s\S]*03-new/)
    expect(existsSync(inPack('01-storage/own.md'))).toBe(true)
    expect(await problems()).toEqual([])
  })

  it('takes away what has no notes any more, unless it was changed by hand', async () => {
    await again(NOTES)
    writeFileSync(inPack('02-compute/types-ec2.md'), `${read('02-compute/types-ec2.md')}\nBy hand.\n`)
    rmSync(path.join(root, 'my-notes/02-compute'), { recursive: true })
    const { lines } = await cohort('pack', 'new', 'my-notes')
    expect(readdirSync(inPack('02-compute'))).toEqual(['types-ec2.md'])
    expect(lines).toContain('my-notes/02-compute/ec2.md is removed: its notes are gone')
    expect(await problems()).toEqual([])
  })

  it('keeps the id of a question whose words have changed', async () => {
    await again(NOTES)
    const [, id] = /^- id: (.*)$/m.exec(read('my-notes/exam.questions.yaml')) ?? []
    await again({ 'exam.txt': 'Which of these keeps objects?\nA. S3\nB. EC2\nANSWER: A\n' })
    expect(read('my-notes/exam.questions.yaml')).toContain(`- id: ${id}\n`)
    expect(read('my-notes/exam.questions.yaml')).toContain('stem: Which of these')
  })

  it('finds a pack that an end between two steps had taken from its place', async () => {
    await again(NOTES)
    const { renameSync } = await import('node:fs')
    renameSync(inPack(''), path.join(packs(), '.going-my-notes'))
    mkdirSync(path.join(packs(), '.coming-my-notes/my-notes'), { recursive: true })
    const { code } = await again(NOTES)
    expect(code).toBe(0)
    expect(readdirSync(packs())).toEqual(['my-notes'])
  })
})

describe('what is not taken is named', () => {
  it('of an archive: a name that leads out of it', async () => {
    const { strToU8, zipSync } = await import('fflate')
    const zip = zipSync({
      'a.md': strToU8('# A\nx'),
      '../../evil.md': strToU8('# Evil\nx'),
      '.git/b.md': strToU8('x'),
    })
    writeFileSync(path.join(root, 'notes.zip'), zip)
    const { lines } = await cohort('pack', 'new', 'notes.zip')
    expect(lines.filter((line) => line.startsWith('  '))).toEqual([
      '  ../../evil.md:1: has a name that leads out of the archive, or that no system takes',
    ])
  })

  it('of an archive of Windows: nothing, since its folders are read', async () => {
    const { strToU8, zipSync } = await import('fflate')
    writeFileSync(
      path.join(root, 'n.zip'),
      zipSync({ 'n\\a\\b.md': strToU8('# B\nx'), 'n\\c.md': strToU8('# C\nx') }),
    )
    const { lines } = await cohort('pack', 'new', 'n.zip')
    expect(lines).toContain('Pack n: 2 sections, 2 topics, 0 questions')
    expect(lines).toContain('0 things left out, 0 things changed')
  })

  it('of questions and cards: topics that are not there, decks and tags', async () => {
    write({
      'cards.txt': '#separator:tab\n#tags column:3\nriver\tIt flows.\twater\nsea\tIt is large.\twater\n',
      'q.txt': '$CATEGORY: Unknown\n\nThe sky is blue.{T}\n',
    })
    const { lines } = await cohort('pack', 'new', 'my-notes')
    expect(lines).toContain('  cards.txt:3: the tags of cards are not kept')
    expect(lines).toContain('  q.txt:3: no topic is called "Unknown": 1 question of it is about none')
  })
})

it('says in words what cannot be written, whichever command it is, and touches no file that stands there', async () => {
  write({ 'a.md': '# Tides\n\nThe moon pulls the sea.\n' })
  const file = path.join(root, 'thesis.tex')
  writeFileSync(file, 'years of work')
  writeFileSync(path.join(root, 'data'), '')
  const inTheWay = expect.stringMatching(/a file stands where a folder should be; choose another place$/m)
  expect(await cohort('pack', 'new', 'my-notes')).toMatchObject({ code: 1, text: inTheWay })
  expect(await cohort('pack', 'new', 'my-notes', '--out', 'thesis.tex/x')).toMatchObject({
    code: 1,
    text: inTheWay,
  })
  expect(await cohort('pack', 'new', 'my-notes', '--out', 'thesis.tex')).toMatchObject({
    code: 1,
    text: expect.stringContaining('thesis.tex is a file; name a folder with --out'),
  })
  expect(readFileSync(file, 'utf8')).toBe('years of work')
  expect((await cohort('pack', 'add', 'my-notes', '--id', 'x')).text).not.toMatch(/E[A-Z]{4,}:/)
})

it('says once for each kind of notes that is not read how to make Markdown of it', async () => {
  write({
    'a.md': '# Tides\n\nThe moon pulls the sea.\n',
    'b.rst': '',
    'c.rst': '',
    'd.pptx': '',
    'e.adoc': '',
    'f.bin': '',
  })
  const { lines } = await cohort('pack', 'new', 'my-notes', '--dry-run')
  expect(lines.filter((line) => line.startsWith('Not '))).toEqual([
    'Not read: 2 .rst; "pandoc -f rst -t gfm" makes Markdown of each',
    'Not read: 1 .pptx; save the outline of each as plain text (.txt)',
    expect.stringContaining('Not read: 1 .adoc; "asciidoctor -b docbook"'),
    'Not looked at, by ending: 1 .bin',
  ])
})
