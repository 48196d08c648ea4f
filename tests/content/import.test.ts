import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type Imported, importNotes, type Known } from '../../src/content/import.js'
import { loadContent } from '../../src/content/load.js'
import { firstOf, PACK } from './folder.js'

const TODAY = '2026-11-20'

function attempt(
  source: string,
  known: readonly Known[] = [],
  name = '09-mlops',
): { imported: Imported | undefined; refusals: string[] } {
  const refusals: string[] = []
  const imported = importNotes(
    source,
    name,
    { known, makers: ['Amazon', 'AWS', 'SageMaker', 'SageMaker AI'] },
    TODAY,
    (line, message) => refusals.push(`${line}: ${message}`),
  )
  return { imported, refusals }
}

function imported(source: string, known?: readonly Known[], name?: string): Imported {
  const { imported: result, refusals } = attempt(source, known, name)
  expect(refusals).toEqual([])
  if (!result) throw new Error('was refused without a reason')
  return result
}

const warnings = (source: string, known?: readonly Known[]) =>
  imported(source, known).notes.warnings.map((w) => `${w.line}: ${w.message}`)
const topicsOf = (source: string) => imported(source).notes.topics
/** A note of one topic, whose text begins in line 6. */
const note = (text: string, heading = '### Canary') => `# Section 9: MLOps\n\n## Core\n\n${heading}\n${text}`
const topicOf = (text: string, heading?: string) => {
  const [topic] = topicsOf(note(text, heading))
  if (!topic) throw new Error('there is no topic')
  return topic
}

/** What the checker says of the files when they stand in a pack, with the topics that it reads. */
async function inPack(files: Imported['files']) {
  const root = mkdtempSync(join(tmpdir(), 'cohort-import-'))
  mkdirSync(join(root, 'p/one'), { recursive: true })
  writeFileSync(join(root, 'p/pack.yaml'), PACK)
  for (const { name, text } of files) writeFileSync(join(root, 'p/one', name), text)
  const loaded = await loadContent(root)
  rmSync(root, { recursive: true })
  return {
    topics: firstOf(loaded).topics,
    problems: loaded.problems.map((p) => `${p.file}:${p.line}: ${p.message}`),
  }
}

const VAULT_NOTE = `---
tags: [mlops]
title: Operations
---
# Section 9: Machine Learning Operations (MLOps)

## Overview

What this is about.

## Core Concepts

### Deployment-Safeguards

**Purpose:** Shift traffic safely. Roll back by alarms.

| Strategy | What |
|---|---|
| \`a \\| b\` | **All** at once |

**Related:** Production-Variants, [[09-mlops/09-mlops#ECS|containers]], Nothing-Known

---

### Amazon-ECS

**Amazon Elastic Container Service**

**Formerly:** Old Container Service

\`\`\`yaml
### no heading
[[no link]]
\`\`\`

**Related:** [[#Deployment-Safeguards]], [[12-other/12-other#SageMaker-Production-Variants]], [[11-ops#CloudWatch]]

### SageMaker-Production-Variants

Text. ![[weights.png|300]]

## Exam Tips

### Deployment
- Remember.
`

describe('a note of the vault', () => {
  it('becomes the outside shape, with the lines of the file', () => {
    const { notes } = imported(VAULT_NOTE)
    expect(notes.section).toEqual({ number: 9, title: 'Machine Learning Operations (MLOps)' })
    expect(notes.topics[0]).toEqual({
      slug: 'deployment-safeguards',
      title: 'Deployment-Safeguards',
      line: 13,
      level: 3,
      purpose: 'Shift traffic safely. Roll back by alarms.',
      aliases: ['Deployment Safeguards'],
      text: expect.stringMatching(/^\*\*Purpose:\*\* Shift[\s\S]*Nothing-Known$/),
      links: [
        {
          raw: '[[09-mlops/09-mlops#ECS|containers]]',
          target: '09-mlops/09-mlops',
          anchor: 'ECS',
          label: 'containers',
          line: 21,
        },
      ],
      bareRelated: ['Production-Variants', 'Nothing-Known'],
      embeds: [],
      tables: [{ line: 17, header: ['Strategy', 'What'], rows: [['a | b', 'All at once']] }],
      codeBlocks: [],
    })
    expect(notes.topics[1]).toMatchObject({
      title: 'Amazon-ECS',
      purpose: null,
      aliases: ['Amazon ECS', 'ECS', 'Amazon Elastic Container Service', 'Old Container Service'],
      codeBlocks: [{ line: 31, language: 'yaml', text: '### no heading\n[[no link]]' }],
      links: [
        { target: '', anchor: 'Deployment-Safeguards', label: null },
        { anchor: 'SageMaker-Production-Variants' },
        { anchor: 'CloudWatch' },
      ],
    })
    expect(notes.topics[2]).toMatchObject({ line: 38, embeds: ['weights.png'] })
    expect(notes.topics).toHaveLength(3)
  })

  it('says what leads nowhere, and what is left out', () => {
    expect(warnings(VAULT_NOTE)).toEqual([
      '7: "Overview" is no topic: its text is left out',
      '21: "Nothing-Known" is the name of no topic that is known here',
      '36: [[11-ops#CloudWatch]] leads to no topic that is known here',
      '40: ![[weights.png|300]] is left out',
      '42: "Exam Tips" is a group of tips: its text is left out',
    ])
  })

  it('becomes topics that the checker has nothing to say of', async () => {
    const { topics, problems } = await inPack(imported(VAULT_NOTE).files)
    expect(problems).toEqual([])
    expect(topics.map(({ slug, title, related }) => ({ slug, title, related }))).toEqual([
      {
        slug: 'amazon-ecs',
        title: 'Amazon ECS',
        related: ['deployment-safeguards', 'sagemaker-production-variants'],
      },
      {
        slug: 'deployment-safeguards',
        title: 'Deployment Safeguards',
        related: ['amazon-ecs', 'sagemaker-production-variants'],
      },
      { slug: 'sagemaker-production-variants', title: 'SageMaker Production Variants', related: [] },
    ])
    expect(topics[1]).toMatchObject({
      summary: ['Shift traffic safely. Roll back by alarms.'],
      details: [{ kind: 'table', rows: [[[{ code: 'a | b' }], [{ bold: ['All'] }, ' at once']]] }],
      sources: { notes: [13, 15, 17, 18, 19, 21], documents: [], checked: TODAY },
    })
  })

  it('is read alike with Windows line ends and a byte order mark', () => {
    const windows = imported(`\uFEFF${VAULT_NOTE.replaceAll('\n', '\r\n')}`)
    expect(windows.notes).toEqual(imported(VAULT_NOTE).notes)
    expect(windows.files).toEqual(imported(VAULT_NOTE).files)
  })
})

describe('links', () => {
  const related = (source: string, known: readonly Known[] = []) =>
    /^related: \[ (.*) \]$/m.exec(imported(source, known).files[0]?.text ?? '')?.[1]
  const cloudwatch = { slug: 'cloudwatch', title: 'Amazon CloudWatch', aliases: ['CW'] }

  it.each([
    ['a title', '[[x#Amazon-ECS]]', 'amazon-ecs'],
    ['a title without its maker', '[[x#ECS]]', 'amazon-ecs'],
    ['a title with another maker', '[[x#AWS-ECS]]', 'amazon-ecs'],
    ['other case, spaces', '[[amazon ecs]]', 'amazon-ecs'],
    ['a heading of the same note', '[[#ECS]]', 'amazon-ecs'],
    ['a heading inside a topic', '[[#Launch types]]', 'amazon-ecs'],
    ['the last of several headings', '[[x#Core#ECS]]', 'amazon-ecs'],
    ['a bare name', 'ECS', 'amazon-ecs'],
    ['another section', '[[11-ops/11-ops#CloudWatch]]', 'cloudwatch'],
    ['an alias of another section', 'CW', 'cloudwatch'],
  ])('lead by %s', (_, link, slug) => {
    const source = note(`**Related:** ${link}\n\n### Amazon-ECS\n#### Launch types\nText`)
    expect(related(source, [cloudwatch])).toBe(slug)
    expect(warnings(source, [cloudwatch])).toEqual([])
  })

  it('lead to this section before the others', () => {
    const own = { slug: 'other-ecs', title: 'ECS', aliases: [] }
    expect(related(note('**Related:** [[x#ECS]]\n\n### Amazon-ECS\nText'), [own])).toBe('amazon-ecs')
  })

  it('to the note itself are no topic and no fault', () => {
    expect(warnings(note('See [[09-mlops/09-mlops]].'))).toEqual([])
    expect(related(note('See [[09-mlops/09-mlops]].'))).toBeUndefined()
  })

  it('are read in tables, with their bar escaped, and not in code', () => {
    const topic = topicOf('| a | b |\n|---|---|\n| [[x#y\\|z]] | `[[no]]` |')
    expect(topic.links).toEqual([{ raw: '[[x#y\\|z]]', target: 'x', anchor: 'y', label: 'z', line: 8 }])
    expect(topic.tables).toEqual([{ line: 6, header: ['a', 'b'], rows: [['z', '[[no]]']] }])
  })

  it.each(['[[]]', '[[ ]]', '[[a', '[a]]', '\\[[a]]', '[[a\nb]]', '`[[a]]`', '[[[a]]', '<!-- [[a]] -->'])(
    'are none: %j',
    (text) => {
      expect(
        topicOf(`Text ${text} text`).links.filter((l) => l.target !== 'a' || !text.startsWith('[[[')),
      ).toEqual([])
    },
  )

  it('keep what others would read as emphasis', () => {
    expect(topicOf('[[my_note_*x*#a_b_|c]]').links).toMatchObject([
      { target: 'my_note_*x*', anchor: 'a_b_', label: 'c' },
    ])
  })
})

describe('headings', () => {
  it('inside a topic belong to it', async () => {
    const source = note('One.\n\n#### Inner\nTwo.\n##### Deeper\nThree.\n### Next\nFour.')
    expect(topicsOf(source).map((t) => [t.title, t.level])).toEqual([
      ['Canary', 3],
      ['Next', 3],
    ])
    expect(topicOf('One.\n\n#### Inner\nTwo.').text).toBe('One.\n\n#### Inner\nTwo.')
    const { topics } = await inPack(imported(source).files)
    expect(topics[0]?.details.filter((p) => p.kind === 'heading').map((p) => p.text)).toEqual([
      'Inner',
      'Deeper',
    ])
  })

  it('that skip a level are topics of the level they have', () => {
    expect(topicsOf('## Core\n#### One\nText\n#### Two\nText').map((t) => [t.title, t.level])).toEqual([
      ['One', 4],
      ['Two', 4],
    ])
  })

  it('of level 2 are topics when they say what they are for', () => {
    expect(
      topicsOf('## Canary\n**Purpose:** Try first.\n\n## Overview\nText').map((t) => [t.title, t.level]),
    ).toEqual([['Canary', 2]])
  })

  it('that come twice are both kept, and said', async () => {
    const source = note('One.\n### Canary\nTwo.\n### Canary-2\nThree. [[#Canary]]')
    expect(topicsOf(source).map((t) => t.slug)).toEqual(['canary', 'canary-2', 'canary-2-2'])
    expect(warnings(source)[0]).toBe('7: "Canary" is the heading of line 5 too; links lead to the first')
  })

  it.each([
    ['### 🚀 Rocket **launch**', 'rocket-launch', '🚀 Rocket launch'],
    ['### Über `code` & more', 'uber-code-more', 'Über code & more'],
    ['### 機械学習', 'topic-5', '機械学習'],
    ['### [[x#Canary|The canary]]', 'the-canary', 'The canary'],
    ['Canary\n###', 'topic-6', ''],
  ])('of any letters: %s', (heading, slug, title) => {
    expect(topicOf('\nText', heading)).toMatchObject({ slug, title })
  })

  it('in fences, comments and code are none', () => {
    const source = note('```\n### a\n```\n\n~~~~md\n```\n### b\n~~~~\n\n    ### c\n\n<!--\n### d\n-->')
    expect(topicsOf(source)).toHaveLength(1)
    expect(warnings(source)).toEqual(['17: a comment (<!-- -->) is left out'])
  })

  it('lose their tags and the ids of their blocks', () => {
    expect(topicOf('\nText', '### Block storage #aws/ebs ^blk1')).toMatchObject({
      slug: 'block-storage',
      title: 'Block storage',
    })
    expect(topicOf('\nText', '### Block storage ^blk1 #aws')).toMatchObject({ slug: 'block-storage' })
    expect(topicOf('\nText', '### Area in m ^2')).toMatchObject({ title: 'Area in m ^2' })
  })

  it('after a fence that is not closed are swallowed, and the fence is named', () => {
    expect(warnings(note('```yaml\na: 1\n\n### Next\nText'))).toEqual([
      '6: the fence that opens here is not closed',
    ])
  })
})

describe('the section', () => {
  it.each([
    ['# Section 12: Best Practices\n', 'x', { number: 12, title: 'Best Practices' }],
    ['# Best Practices\n', '12-ml-best-practices', { number: 12, title: 'Best Practices' }],
    ['---\nsection: 4\ntitle: From the front\n---\n', 'x', { number: 4, title: 'From the front' }],
    ['', '03-data-transformation', { number: 3, title: 'data-transformation' }],
    ['', 'notes', { number: null, title: 'notes' }],
  ])('of %j', (top, name, section) => {
    expect(imported(`${top}### A\nText`, [], name).notes.section).toEqual(section)
  })
})

describe('labels', () => {
  it.each([
    ['**Purpose:** Try first.', 'Try first.'],
    ['**Purpose**: Try `this` first.', 'Try this first.'],
    ['**Purpose:** Try\nfirst.\n**Installation:** no', 'Try\nfirst.'],
    ['**PURPOSE:**', null],
    ['The **purpose:** of it.', null],
    ['Text.', null],
  ])('%j', (text, purpose) => {
    expect(topicOf(text).purpose).toBe(purpose)
  })

  it('of related names take links and bare names apart', () => {
    expect(topicOf('**Related:** A-B, [[x#C]], D E; F')).toMatchObject({
      bareRelated: ['A-B', 'D E', 'F'],
      links: [{ anchor: 'C' }],
    })
    expect(topicOf('**Related Services:** A, B').bareRelated).toEqual([])
  })
})

describe('a line of other names', () => {
  it.each([
    ['Also called: f-stop, f-number\n\nAn opening.', ['f-stop', 'f-number']],
    ['Also known as: f-stop; the f-number.\n\nAn opening.', ['f-stop', 'the f-number']],
    ['**Also called:** *f-stop* or [[x#f-number]]\nAn opening.', ['f-stop', 'f-number']],
    ['*Also known as*: f-stop, or f-number  \nAn **opening**.', ['f-stop', 'f-number']],
    ['**Purpose:** An opening.\n**Also known as:** f-stop', ['f-stop']],
    ['- An opening.\n\nAlso called: f-stop, Canary,', ['f-stop']],
  ])('%j gives aliases and is no summary', async (text, names) => {
    expect(topicOf(text).aliases).toEqual(names)
    const { topics, problems } = await inPack(imported(note(text)).files)
    expect(problems).toEqual([])
    expect(topics[0]?.aliases).toEqual(names)
    expect(topics[0]?.summary).toEqual(['An opening.'])
  })

  it('stays in the text, and stands as it is in the outside shape', () => {
    const text = 'Also called: f-stop\nAn opening.'
    expect(topicOf(text).text).toBe(text)
    expect(imported(note(text)).files[0]?.text).toMatch(/\n---\nAlso called: f-stop\n\nAn opening\.\n$/)
  })

  it.each([
    'An opening. Also called: f-stop',
    'Also called often.',
    'Also called:',
    '#### Blades\nAlso called: leaves',
    `Also called: ${'long '.repeat(20)}`,
  ])('is none: %j', (text) => {
    expect(topicOf(text).aliases).toEqual([])
  })

  it('gives no name that another topic has', async () => {
    const { topics } = await inPack(
      imported('## Core\n### A\nAlso called: B, C\n\na\n### B\nAlso called: C, D\n\nb').files,
    )
    expect(topics.map(({ aliases }) => aliases)).toEqual([['C'], ['D']])
  })
})

describe('what a chat cannot show', () => {
  const written = (text: string) => imported(note(text)).files[0]?.text.split('---\n').at(2)

  it.each([
    ['a callout', '> [!tip] Remember\n> Canary *first*.', '**Remember**\n\nCanary *first*.\n'],
    ['a callout without a title', '> [!warning]\n> Careful.', '**Warning**\n\nCareful.\n'],
    [
      'a callout whose title has marks',
      '> [!warning] Never *ever* do `it`, **see** [b](https://b.c)\n> Body.',
      '**Never *ever* do `it`, see [b](https://b.c)**\n\nBody.\n',
    ],
    ['a quote', '> Canary.', 'Canary.\n'],
    ['lists in lists', '- a\n  - b\n    1. c\n- d', '- a\n- b\n\n1. c\n\n- d\n'],
    ['tasks', '- [x] done\n- [ ] open', '- ☑ done\n- ☐ open\n'],
    ['a table of uneven rows', '| a | b |\n|---|---|\n| 1 |\n', '| a | b |\n| - | - |\n| 1 |   |\n'],
    [
      'links elsewhere',
      '[site](https://a.b/c) [file](x.md) [ref][r]\n\n[r]: https://d.e',
      '[site](https://a.b/c) file [ref](https://d.e)\n',
    ],
    ['struck text', '~~a~~ b', 'a b\n'],
    ['ends of lines that were meant', 'a  \nb\\\nc<br>d\ne', 'a\n\nb\n\nc\n\nd e\n'],
    ['a comment', '<!-- x -->\n\nText %%y%%', 'Text\n'],
  ])('%s', async (_, text, expected) => {
    expect(written(text)).toBe(expected)
    expect((await inPack(imported(note(text)).files)).problems).toEqual([])
  })

  it.each([
    ['HTML', 'Text <span>bold</span>', '6: HTML is left out, and its text stays: <span>'],
    ['a block of HTML', '<div>\nx\n</div>', '6: HTML is left out, and its text stays'],
    ['a picture', 'Text ![alt](a.png)', '6: the picture "alt" is left out'],
    ['an embed', 'Text\n![[note#part]]', '7: ![[note#part]] is left out'],
    ['a remark', 'Text %%x%%', '6: a remark (%%) is left out'],
  ])('is named: %s', async (_, text, warning) => {
    expect(warnings(note(text))).toContain(warning)
    expect((await inPack(imported(note(text)).files)).problems).toEqual([])
  })
})

const NO_TOPIC =
  '1: holds no topic: a heading of level 3 (###) in a group of level 2 (##); "cohort pack new" takes notes of any shape'

describe('a note that cannot be imported', () => {
  it.each([
    ['empty', '', '1: is empty'],
    ['blank', '\n \n', '1: is empty'],
    ['without topics', '# Section 9: X\n\nText', NO_TOPIC],
    ['of tips alone', '## Exam Tips\n### A\n- b', NO_TOPIC],
    [
      'with broken front matter',
      '---\ntitle: [a\nb: c\n---\n### A\nText',
      expect.stringMatching(/^\d: YAML: /),
    ],
    [
      'with a list for front matter',
      '---\n- a\n---\n### A\nText',
      '2: the front matter should be keys with values',
    ],
    ['nested without end', note(`${'> '.repeat(5000)}a`), '1: is nested too deeply'],
  ])('is refused: %s', (_, source, reason) => {
    expect(attempt(source)).toEqual({ imported: undefined, refusals: [reason] })
  })
})

describe('whatever is written', () => {
  it('a line of a megabyte is read', () => {
    const topic = topicOf(`${'word '.repeat(180_000)}end`)
    expect(topic.text).toHaveLength(900_003)
  })

  const piece = fc.constantFrom(
    '### Head ',
    '## Group',
    '#### Inner',
    '- item',
    '  - inner',
    '1. one',
    '> quote',
    '> [!note] Title',
    '```',
    '~~~',
    '    code',
    '| a | b |',
    '|---|---|',
    '| c | d | e |',
    '**Purpose:** p. Q. R',
    '**Related:** X, [[y#Z|w]]',
    'Also called: X, `y` or Z',
    '---',
    '***',
    '[[a]]',
    '![[b]]',
    '![c](d)',
    '<b>',
    '</b>',
    '<!--',
    '-->',
    '[^1]',
    '[^1]: foot',
    '`code`',
    '``',
    '*em*',
    '**',
    '_',
    '~~x~~',
    'https://e.f',
    '[g](h)',
    '[i]: j',
    '\\',
    '|',
    '$x$',
    'text. Text! T',
    '\u0007',
    '😀',
    '&lt;',
    'Exam tips',
    '## Exam tips',
    'Changes',
    '#### Changes',
    '#### Exam tips',
    '',
    '',
    ' ',
    '\t',
  )
  const lines = fc.array(
    fc.array(fc.oneof(piece, fc.string({ maxLength: 6 })), { maxLength: 4 }).map((parts) => parts.join('')),
    { maxLength: 14 },
  )

  it('gives topics that the checker has nothing to say of', { tags: ['slow'] }, async () => {
    await fc.assert(
      fc.asyncProperty(lines, async (list) => {
        const { imported: result, refusals } = attempt(`## Core\n### First\n${list.join('\n')}`)
        expect(refusals).toEqual([])
        expect((await inPack(result?.files ?? [])).problems).toEqual([])
      }),
      { numRuns: 100 },
    )
  })
})
