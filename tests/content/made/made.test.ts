/** What a folder of notes becomes. */
import { describe, expect, it } from 'vitest'
import { manyNotes } from '../../helpers/many-notes.js'
import { madeOf, type Notes, titleIn } from './source-of.js'

const titles = async (notes: Notes) => [...(await madeOf(notes)).files.values()].map(titleIn)
const paths = async (notes: Notes) => [...(await madeOf(notes)).files.keys()]
const told = async (notes: Notes) => {
  const { read, made } = await madeOf(notes)
  return [...read.leftOut, ...read.changed, ...made.told].map(
    (one) => `${one.file}:${one.line}: ${one.message}`,
  )
}

describe('topics are found file by file', () => {
  it.each([
    ['### in groups', '# S3\n## Core\n### Buckets\na\n### Keys\nb', ['Buckets', 'Keys']],
    ['## alone', '# S3\n## Buckets\na\n## Keys\nb\n### Inner\nc', ['Buckets', 'Keys']],
    ['one a file', '# Buckets\na\n\n## Inner\nb', ['Buckets']],
    ['one a file without headings', 'just words', ['Note']],
    ['# alone', '# Buckets\na\n# Keys\nb', ['Buckets', 'Keys']],
    ['text above headings', 'above\n\n# S3\nmore\n## Buckets\na\n## Keys\nb', ['S3', 'Buckets', 'Keys']],
    ['text of a group', '# S3\n## Core\nown\n### Buckets\na\n### Keys\nb', ['Core', 'Buckets', 'Keys']],
    ['levels left out', '# S3\n#### Buckets\na\n#### Keys\nb', ['Buckets', 'Keys']],
    ['deeper text beside groups', '## A\n### B\nb\n### C\nc\n## D\n#### E\ne', ['B', 'C', 'D']],
  ])('%s', async (_name, text, found) => {
    expect(await titles({ 'note.md': text })).toEqual(found)
  })

  it('and no text is dropped', async () => {
    const text = '# T\nw1\n\n## A\nw2\n\n### B\nw3\n\n#### C\nw4\n\n### D\nw5\n\n## E\nw6\n\n#### F\nw7\n'
    const all = [...(await madeOf({ 'a.md': `w0\n\n${text}` })).files.values()].join('\n')
    for (let i = 1; i <= 7; i++) expect(all).toContain(`w${i}`)
  })

  it('and a heading without text is told', async () => {
    expect(await told({ 'a.md': '## A\n\n## B\nb\n' })).toEqual(['a.md:1: "A" has no text: it is left out'])
  })

  it('and a table of contents is no topic', async () => {
    expect(await titles({ 'a.md': '## Table of Contents\n- [B](#b)\n\n## B\nb\n\n## C\nc' })).toEqual([
      'B',
      'C',
    ])
  })
})

describe('titles are clear by themselves', () => {
  it('generic ones take the name of their note', async () => {
    expect(
      await titles({
        's3.md': '# S3\n## Overview\na\n## Classes\nb',
        'ec2.md': '## Overview\na\n## Best practices\nb',
      }),
    ).toEqual(['Overview (Ec2)', 'Best practices (Ec2)', 'Overview (S3)', 'Classes'])
  })

  it('and a line of other names gives them, and is no summary', async () => {
    const { files } = await madeOf({ 'a.md': '## Aperture\nAlso called: f-stop\nAn opening.\n\n## ISO\nb' })
    const [text = ''] = [...files.values()].filter((file) => titleIn(file) === 'Aperture')
    expect(text).toMatch(/^aliases: \[f-stop\]$/m)
    expect(text).toMatch(/\n---\nAlso called: f-stop\n\nAn opening\.\n$/)
  })

  it('that a note of a long name has often end with numbers', async () => {
    const name = 'Everything that anybody has to know about networks'
    const { files } = await madeOf({ 'n.md': `# ${name}\n${'\n## Step\n\nWords.\n'.repeat(4)}` })
    const cut = 'Step (Everything that anybody has to know'
    expect([...files.values()].map(titleIn)).toEqual([
      `${cut}…)`,
      `${cut}…, 2)`,
      `${cut}…, 3)`,
      `${cut}…, 4)`,
    ])
  })

  it('those that several notes have, too, and none comes twice', async () => {
    const note = '# Guide\n## Limits of it\na\n## Limits of it\nb\n'
    const all = await titles({ 'x/a.md': note, 'x/b.md': note, 'y/a.md': note })
    expect(new Set(all.map((title) => title?.toLowerCase())).size).toBe(6)
  })

  it.each([
    ['Привет, мир', 'privet-mir'],
    ['C++', 'c-plus-plus'],
    ['C#', 'c-sharp'],
    ['.NET', 'dot-net'],
    ['Straße', 'strasse'],
    ['日本語', expect.stringMatching(/^topic-[0-9a-f]{8}$/)],
    ['שלום', expect.stringMatching(/^topic-[0-9a-f]{8}$/)],
    ['🎉', expect.stringMatching(/^topic-[0-9a-f]{8}$/)],
    ['S3 の使い方と制限について', expect.stringMatching(/^s3-[0-9a-f]{8}$/)],
  ])('%s has a slug', async (title, slug) => {
    const [path] = await paths({ 'note.md': `# N\n## ${title}\na\n## Other\nb` })
    expect(path?.split('/')[1]?.replace('.md', '')).toEqual(slug)
  })
})

describe('sections', () => {
  it('are folders, in natural order', async () => {
    const { made } = await madeOf({ '10-z/a.md': 'a', '2-y/b.md': 'b', 'c.md': 'c' })
    expect(made.sections.map(({ number, title }) => `${number} ${title}`)).toEqual(['1 Notes', '2 Y', '3 Z'])
  })

  it('and topics are called as their files are, without the ids of Notion, and by their dates', async () => {
    const id = '1a2b3c4d5e6f47a8b9c0d1e2f3a4b5c6'
    const { made, files } = await madeOf({
      [`Study ${id}/Block disks ${id}.md`]: 'Words.',
      'journals/2024_01_02.md': 'Words.',
      'posts/2024-01-03-first-steps.md': 'Words.',
    })
    expect(made.sections.map(({ id, title }) => [id, title])).toEqual([
      ['journals', 'Journals'],
      ['posts', 'Posts'],
      ['study', 'Study'],
    ])
    expect([...files.values()].map(titleIn)).toEqual(['2024-01-02', 'First steps', 'Block disks'])
  })

  it('are files where there are no folders', async () => {
    const { made } = await madeOf({ 'docs/10-b.md': '# Beta\nx', 'docs/2-a.md': '# Alpha\nx' })
    expect(made.sections.map(({ id, title }) => [id, title])).toEqual([
      ['2-a', 'Alpha'],
      ['10-b', 'Beta'],
    ])
  })
})

describe('links between files', () => {
  const related = async (link: string) => {
    const { files } = await madeOf({
      'docs/a/one.md': `# One\n${link}\n`,
      'docs/b/two.md': '# Two\n## Alpha beta\nx\n## Gamma {#g}\ny\n',
      'docs/b/README.md': '# Bee\nz\n',
    })
    return /^related: \[(.*)\]$/m.exec(files.get('a/one.md') ?? '')?.[1]
  }
  it.each([
    ['[x](../b/two.md)', 'alpha-beta'],
    ['[x](../b/two.md#gamma)', 'gamma'],
    ['[x](../b/two.md#g)', 'gamma'],
    ['[x](/b/two)', 'alpha-beta'],
    ['[x](/docs/b/two#alpha-beta)', 'alpha-beta'],
    ['[x](../b/)', 'bee'],
    ['[[two]]', 'alpha-beta'],
    ['[[two#Gamma]]', 'gamma'],
    ['[[Gamma|g]]', 'gamma'],
    ['![[two#Gamma]]', 'gamma'],
    ['[x][r]\n\n[r]: ../b/two.md#gamma', 'gamma'],
    ['[x](https://a.b/two.md)', undefined],
  ])('%s', async (link, slug) => {
    expect(await related(link)).toBe(slug)
  })

  it('that lead to a file of questions are not said to lead nowhere', async () => {
    const { made } = await madeOf({
      'a.md': '# A\n\n[Exam](./quiz/exam.md) and [[exam]] and [[other]]',
      'quiz/exam.md': '1. Which?\n- A. x\n- B. y\n\n**Answer: A**\n',
    })
    expect(made.told.map(({ message }) => message)).toEqual(['[[other]] leads to nothing that is known here'])
  })

  it.each([
    ['NFC', 'NFD'],
    ['NFD', 'NFC'],
  ])('find a name of %s by %s, as macOS and people write it', async (name, link) => {
    const links = '[[Übersicht]] [[Kürze]] [[Übersicht#Säure]] [x](Übersicht.md#säure)'.normalize(link)
    const notes = { 'Übersicht.md': '# Zuerst\n\n## Säure\n\nText', 'a.md': '# Kürze\nx' }
    const named = Object.entries(notes).map(([file, text]) => [file.normalize(name), text.normalize(name)])
    expect(await told({ ...Object.fromEntries(named), 'b.md': `# B\n\n${links}` })).toEqual([])
  })

  it('that lead nowhere are told', async () => {
    expect(await told({ 'a.md': '# A\nx [[nowhere]] [y](gone.md) [z](#a)' })).toEqual([
      'a.md:2: [[nowhere]] leads to nothing that is known here',
      'a.md:2: gone.md leads to nothing that is known here',
    ])
  })
})

describe('what is taken', () => {
  it('is what is good; the rest is told with file and line', async () => {
    const { read, files } = await madeOf({
      'a.md': '# A\nx',
      'b.md': '',
      'c.md': Buffer.from([0, 1, 2, 3, 4, 5, 6, 7, 0, 0]),
      'q.txt': 'Q?\nA. a\nB. b\nANSWER: A\n\nNo key?\nA. a\nB. b\n',
      'p.png': '',
      'x.exe': '',
      LICENSE: 'MIT License\n\nCopyright',
      'CONTRIBUTING.md': '# Please',
    })
    expect([...files.keys()]).toEqual(['a/a.md', 'q/q.questions.yaml'])
    expect(read.leftOut.map(({ file, line }) => `${file}:${line}`)).toEqual([
      'b.md:1',
      'c.md:1',
      'CONTRIBUTING.md:1',
      'q.txt:6',
    ])
    expect([...read.others]).toEqual([
      ['.png', 1],
      ['.exe', 1],
    ])
    expect(read.licence).toBe('MIT')
  })

  it('is a note whose name only begins as that of a file about the notes', async () => {
    const words = ['security-groups', 'license-manager', 'notice-period', 'security'].map(
      (name) => `${name}.md`,
    )
    const about = ['SECURITY.md', 'LICENSE-CODE.md', 'changelog.md', 'terms-of-service.md', 'llms.txt']
    const { read } = await madeOf(
      Object.fromEntries(
        [...words, ...about].map((name) => [`${name === 'SECURITY.md' ? 'a/' : ''}${name}`, 'Words.']),
      ),
    )
    expect(read.notes.map(({ path }) => path).sort()).toEqual(words.sort())
  })

  it('is nothing of a file without words, nor of a drawing: they are left out', async () => {
    const { read } = await madeOf({
      'drawn.md': '---\nexcalidraw-plugin: parsed\n---\n# Text Elements\nHello\n',
      'empty.md': '',
      'front.md': '---\ntitle: X\n---\n',
      'note.md': '# Note\n\nWords.\n',
    })
    expect(read.leftOut.map(({ file, message }) => [file, message])).toEqual([
      ['drawn.md', 'is a drawing (Excalidraw)'],
      ['empty.md', 'is empty'],
      ['front.md', 'holds no text to look up'],
    ])
    expect(read.changed).toEqual([])
  })

  it('keeps the lines and lists of cards apart', async () => {
    const { files } = await madeOf({
      'a.txt':
        '#separator:tab\n#html:true\nS3\tObjects:<ul><li>in buckets</li><li>by keys</li></ul>One<br>two\n',
    })
    expect([...files.values()][0]?.split('---\n').at(-1)).toBe(
      'Objects:\n\n- in buckets\n- by keys\n\nOne\n\ntwo\n',
    )
  })

  it('broken front matter costs nothing else', async () => {
    const { files, read } = await madeOf({ 'a.md': '---\ntitle: [a\nb: c\n---\n# A\nx' })
    expect([...files.keys()]).toEqual(['notes/a.md'])
    expect(read.changed[0]?.message).toMatch(/^the front matter is left out/)
  })

  it('questions of our own format stay as they are', async () => {
    const { files } = await madeOf({
      'a.md': '# Alpha\nx',
      'a.questions.yaml':
        '- id: q1\n  kind: choice\n  topics: [alpha, gone]\n  stem: What?\n  choices:\n    - { text: a, right: true, why: b }\n    - { text: c }\n',
    })
    expect([...files].find(([path]) => path.endsWith('.questions.yaml'))?.[1]).toMatch(
      /^- id: q1\n {2}topics:\n {4}- alpha\n/,
    )
  })

  it('one file of 200,000 characters is read', { tags: ['slow'] }, async () => {
    const part = (i: number) =>
      `## Part ${i}\n\n${'Words with *signs*, `code` and <b>tags</b>; more & more. '.repeat(8)}\n\n- [ ] a\n- b\n\n`
    const text = Array.from({ length: 450 }, (_, i) => part(i)).join('')
    expect(text.length).toBeGreaterThan(200_000)
    expect((await madeOf({ 'a.md': text })).files.size).toBe(450)
  })

  it('a topic that is too long comes in pieces', { tags: ['slow'] }, async () => {
    const rows = Array.from({ length: 6000 }, (_, i) => `| row ${i} | value of *row* ${i} |`).join('\n')
    const { files } = await madeOf({ 'a.md': `# Table\n\n| a | b |\n|---|---|\n${rows}\n` })
    expect([...files.keys()].slice(0, 2)).toEqual(['notes/table.md', 'notes/table-2.md'])
    for (const text of files.values()) expect(Buffer.byteLength(text)).toBeLessThan(100_000)
    expect([...files.values()].join('')).toContain('row 5999')
  })
})

describe('many notes', () => {
  const notesOf = (files: number) =>
    Object.fromEntries(
      [...manyNotes({ files, bytes: files * 3000, questions: files })].map(({ path, bytes }) => [
        path,
        bytes,
      ]),
    )
  it('take time as there are more of them, not by the square', { tags: ['slow'] }, async () => {
    const [few, many] = [notesOf(10), notesOf(40)]
    await madeOf(few)
    const cpu = async (notes: Notes) => {
      const began = process.cpuUsage()
      await madeOf(notes)
      const { user, system } = process.cpuUsage(began)
      return user + system
    }
    const ratios: number[] = []
    for (let i = 0; i < 5; i++) ratios.push((await cpu(many)) / (await cpu(few)))
    // By the square it would be 16.
    expect(Math.min(...ratios)).toBeLessThan(9)
  })
})
