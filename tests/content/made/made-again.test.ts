/** A pack that is made again of notes that have changed: what keeps its name, and what is said. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { notesFolder } from './notes-folder.js'

let notes: ReturnType<typeof notesFolder>
beforeEach(() => {
  notes = notesFolder()
})
afterEach(() => notes.end())

const csv = (...stems: string[]) =>
  `question,a,b,answer\n${stems.map((stem) => `${stem},Yes,No,A\n`).join('')}`

describe('the id of a question', () => {
  it('stays with its words when another question with the same answers is taken away', async () => {
    await notes.make({ 'q.csv': csv('Is A good?', 'Is B good?') })
    await notes.make({ 'q.csv': csv('Is B good?') })
    expect(await notes.ids()).toEqual({ 'Is B good?': 'is-b-good' })
  })

  it('stays with what is most like it when several of the same answers change at once', async () => {
    await notes.make({ 'q.txt': 'The sky is blue.{T}\n\nGrass is green.{T}\n\nSnow is white.{T}\n' })
    await notes.make({
      'q.txt': 'Coal is black.{T}\n\nGrass seems green.{T}\n\nThe sky looks blue.{T}\n\nSnow is white.{T}\n',
    })
    expect(await notes.ids()).toEqual({
      'Coal is black.': 'coal-is-black',
      'Grass seems green.': 'grass-is-green',
      'The sky looks blue.': 'the-sky-is-blue',
      'Snow is white.': 'snow-is-white',
    })
  })

  it('goes to no other question in place of one that is gone, where more have these answers', async () => {
    await notes.make({ 'q.txt': 'The sky is blue.{T}\n\nSnow is white.{T}\n' })
    await notes.make({ 'q.txt': 'Coal was a plant once.{T}\n\nSnow is white.{T}\n' })
    expect(Object.values(await notes.ids()).sort()).toEqual(['coal-was-a-plant-once', 'snow-is-white'])
  })

  it('goes to neither of two that are as like it', async () => {
    await notes.make({ 'q.csv': csv('Is A good?', 'Is B good?') })
    await notes.make({ 'q.csv': csv('Is C good?', 'Is D good?') })
    expect(Object.values(await notes.ids())).toEqual(['is-c-good', 'is-d-good'])
  })

  it('stays where the words or the answers change, as often as they do', async () => {
    const question = (stem: string, right: string) =>
      `question,a,b,answer\n${stem},${right},EC2,A\n${stem.length},1,2,A\n`
    await notes.make({ 'q.csv': question('Which one keeps objects?', 'S3') })
    const id = (await notes.ids())['Which one keeps objects?']
    for (const [stem, right] of [
      ['Which service keeps objects?', 'S3'],
      ['Which of them keeps objects?', 'S3'],
      ['Which of them keeps objects?', 'Simple Storage'],
    ] as const) {
      await notes.make({ 'q.csv': question(stem, right) })
      expect((await notes.ids())[stem]).toBe(id)
    }
  })

  it('stays in a file that was changed by hand, and nothing is said of notes that are the same', async () => {
    await notes.make({ 'q.csv': csv('Is A good?', 'Is B good?') })
    notes.change('n/q.questions.yaml', (text) => text.replace('Is A good?', 'Is A very good?'))
    const lines = await notes.make()
    expect(lines).toContain('n/n/q.questions.yaml was changed by hand, and stays')
    expect(lines).toContain('Pack n: 1 section, 0 topics, 2 questions (2 choice)')
    expect(await notes.ids()).toEqual({ 'Is A very good?': 'is-a-good', 'Is B good?': 'is-b-good' })
  })
})

describe('a file of another name', () => {
  it('keeps the ids of its questions, and it is said', async () => {
    await notes.make({ 'q.csv': csv('Is A good?') })
    await notes.make({ 'q.csv': csv('Is A really good?') })
    notes.rename('q.csv', 'quiz.csv')
    const lines = await notes.make()
    expect(await notes.ids()).toEqual({ 'Is A really good?': 'is-a-good' })
    expect(lines).toContain('  quiz.csv:1: was q.csv before: slugs, ids and section stay')
  })

  it('brings no question twice when its questions were changed by hand', async () => {
    await notes.make({ 'q.csv': csv('Is A good?', 'Is B good?') })
    notes.change('n/q.questions.yaml', (text) => `# mine\n${text}`)
    notes.rename('q.csv', 'quiz.csv')
    expect(await notes.make()).toContain('Pack n: 1 section, 0 topics, 2 questions (2 choice)')
    expect(notes.files()).toEqual(['n/q.questions.yaml'])
    expect(await notes.make()).not.toContain('  quiz.csv:1: was q.csv before: slugs, ids and section stay')
    expect(notes.files()).toEqual(['n/q.questions.yaml'])
  })

  it('that is cut in two brings no question twice either, and says where it stands', async () => {
    await notes.make({ 'q.csv': csv('Is A good?', 'Is B good?', 'Is C good?') })
    notes.change('n/q.questions.yaml', (text) => `# mine\n${text}`)
    notes.remove('q.csv')
    const lines = await notes.make({
      'one.csv': csv('Is A good?', 'Is B good?'),
      'two.csv': csv('Is C good?'),
    })
    expect(lines).toContain(
      '  two.csv:2: stands in n/q.questions.yaml as is-c-good, which was changed by hand: it is not taken again',
    )
    expect(await notes.ids()).toEqual({
      'Is A good?': 'is-a-good',
      'Is B good?': 'is-b-good',
      'Is C good?': 'is-c-good',
    })
    expect(await notes.make()).toContain('Pack n: 1 section, 0 topics, 3 questions (3 choice)')
  })

  it('keeps its section, with its title and its place', async () => {
    await notes.make({ 'a.md': '# My Storage\n\nKeeps things.\n', 'b.md': '# Network\n\nText.\n' })
    const before = notes.read('pack.yaml')
    notes.rename('a.md', 'a-storage.md')
    await notes.make()
    expect(notes.read('pack.yaml')).toBe(before)
    expect(notes.files()).toEqual(['a/my-storage.md', 'b/network.md'])
  })

  it('or folder keeps its section too', async () => {
    await notes.make({ 'a/x.md': '# X\n\nText.\n', 'a/y.md': '# Y\n\nMore.\n', 'b/z.md': '# Z\n\nElse.\n' })
    notes.rename('a', 'storage')
    await notes.make()
    expect(notes.files()).toEqual(['a/x.md', 'a/y.md', 'b/z.md'])
    expect(notes.read('pack.yaml')).toContain('{ id: a, number: 2, title: "Storage" }')
  })

  it('leaves the title of a section that holds only what was changed by hand', async () => {
    await notes.make({ 'a.md': '# My Storage\n\nKeeps things.\n', 'b.md': '# Network\n\nText.\n' })
    notes.change('a/my-storage.md', (text) => `${text}\nMine.\n`)
    notes.remove('a.md')
    await notes.make()
    expect(notes.read('pack.yaml')).toContain('title: "My Storage"')
  })
})

describe('the slug of a topic', () => {
  const twice = (...texts: string[]) =>
    `# Networks\n\nText.\n\n${texts.map((text) => `## Cables\n\n${text}\n\n`).join('')}`

  it('goes to no other topic with the same heading', async () => {
    await notes.make({ 'n.md': twice('First.', 'Second.') })
    const before = notes.files()
    expect((await notes.make()).join('\n')).not.toContain('is removed')
    expect(notes.files()).toEqual(before)
    await notes.make({ 'n.md': twice('Second.', 'Third.') })
    expect(notes.read('n/cables-networks-2.md')).toContain('Second.')
  })

  it('goes to no other topic in place of one that is gone, where more have that text', async () => {
    await notes.make({ 'n.md': '# N\n\nText.\n\n## Alpha\n\nTo do.\n\n## Beta\n\nTo do.\n' })
    await notes.make({ 'n.md': '# N\n\nText.\n\n## Beta\n\nTo do.\n\n## Gamma\n\nTo do.\n' })
    expect(notes.files()).toEqual(['n/beta.md', 'n/gamma.md', 'n/n.md'])
  })

  it('goes to no other topic with the same text, where several have it', async () => {
    await notes.make({ 'n.md': '# N\n\nText.\n\n## Alpha\n\nTo do.\n\n## Beta\n\nTo do.\n' })
    await notes.make({
      'n.md': '# N\n\nText.\n\n## Gamma\n\nTo do.\n\n## Beta\n\nTo do.\n\n## Delta\n\nTo do.\n',
    })
    expect(notes.files()).toEqual(['n/beta.md', 'n/delta.md', 'n/gamma.md', 'n/n.md'])
  })
})

describe('a question that was approved', () => {
  const STEPS = '1. Plug in the cable\n2. Turn on the device\n3. Log in as the admin\n'
  const FLOW = `# Cables\n\nText.\n\n## Flow\n\n${STEPS}\n## Colours\n\nMore text.\n`
  const approved = async (text = FLOW) => {
    await notes.make({ 'n.md': text })
    await notes.cohort('pack', 'review', 'n', '--approve', 'all')
    return Object.values(await notes.ids())[0]
  }

  it('is counted', { tags: ['slow'] }, async () => {
    await approved('## Flow\n1. Plug in the cable\n2. Turn on the device\n3. Log in as the admin')
    const lines = await notes.make()
    expect(lines).toContain('Pack n: 1 section, 1 topic, 1 question (1 ordering)')
    expect(lines.join('\n')).not.toContain('no questions')
  })

  it('is told, once, when its notes have changed', async () => {
    const id = await approved()
    expect((await notes.make({ 'n.md': `New.\n\n${FLOW}` })).join('\n')).not.toContain(String(id))
    const lines = await notes.make({ 'n.md': FLOW.replace('Turn on', 'Switch on') })
    expect(lines).toContain(
      `n/n/from-notes.questions.yaml holds the approved question ${id}, and its notes in n.md ("Flow") have changed: look at both`,
    )
    expect((await notes.make()).join('\n')).not.toContain('approved question')
  })

  it('is told when the notes no longer hold it', async () => {
    const id = await approved()
    const lines = await notes.make({ 'n.md': FLOW.replace(STEPS, 'Plug it in.\n') })
    expect(lines).toContain(
      `n/n/from-notes.questions.yaml holds the approved question ${id}, and the notes no longer hold what it was made of`,
    )
  })

  it('is not told when only the wrong choices would be others', async () => {
    const terms = [
      'Jib: triangular headsail set on the forestay',
      'Spinnaker: large light balloon flown downwind',
    ]
    const list = [
      ...terms,
      'Mainsail: largest cloth, hoisted along the mast',
      'Trysail: small cloth for a storm',
    ]
    const text = `# Sails\n\n${list.map((one) => `- **${one.replace(':', '**:')}\n`).join('')}`
    await approved(text)
    const lines = await notes.make({
      'n.md': `${text}- **Genoa**: very wide cloth that reaches far behind\n`,
    })
    expect(lines.join('\n')).not.toContain('approved question')
  })

  it('is told when it is about no topic any more', async () => {
    const id = await approved()
    const lines = await notes.make({ 'n.md': FLOW.replace('## Flow\n', '## Way in\n\nThese:\n') })
    expect(lines).toContain(
      `n/n/from-notes.questions.yaml holds the approved question ${id}, which is about no topic now: flow is gone`,
    )
  })
})
