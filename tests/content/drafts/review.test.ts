/** Drafts of a pack through the command line, in this process. */
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { hashOfPack } from '../../../src/content/files.js'
import { loadContent } from '../../../src/content/load.js'
import type { Io } from '../../../src/io.js'
import { run } from '../../../src/main.js'

const SAILS = `# Sails

- **Jib**: triangular headsail set on the forestay of a boat
- **Spinnaker**: large light balloon flown when the wind comes from behind
- **Mainsail**: the largest cloth, hoisted along the mast and held by the boom
- **Trysail**: small storm cloth that takes over when it blows very hard
`
const LIGHTS = `# Lights

| Side | Light |
|---|---|
| left | red |
| right | green |
| behind | white |
`

let root = ''
beforeEach(() => {
  root = mkdtempSync(path.join(tmpdir(), 'cohort-review-'))
  mkdirSync(path.join(root, 'content'))
  write('my-notes/boats/sails.md', SAILS)
  write('my-notes/rules/lights.md', LIGHTS)
})
afterEach(() => rmSync(root, { recursive: true, force: true }))

function write(file: string, text: string): void {
  mkdirSync(path.dirname(path.join(root, file)), { recursive: true })
  writeFileSync(path.join(root, file), text)
}

async function cohort(argv: readonly string[], more: Partial<Io> = {}) {
  const said = { out: [] as string[], err: [] as string[] }
  const code = await run(argv, {
    out: (line) => said.out.push(line),
    err: (line) => said.err.push(line),
    input: (async function* () {})(),
    env: { COHORT_DATA_DIR: path.join(root, 'data'), CONTENT_DIR: path.join(root, 'content') },
    folder: root,
    now: () => Date.UTC(2026, 10, 29),
    stopSignal: () => new Promise(() => {}),
    catchStrays: () => {},
    exit: () => {},
    ...more,
  })
  return { code, out: said.out.join('\n'), err: said.err.join('\n') }
}

const make = () => cohort(['pack', 'new', 'my-notes'])
const review = (...args: string[]) => cohort(['pack', 'review', 'my-notes', ...args])
/** At a terminal, where these are typed. */
function typing(keys: readonly string[], edit?: Io['edit']) {
  const left = [...keys]
  const ask = () => Promise.resolve(left.shift())
  return cohort(['pack', 'review', 'my-notes'], { ask, ...(edit && { edit }) })
}

const packs = () => path.join(root, 'data/packs')
const inPack = (file: string) => path.join(packs(), 'my-notes', file)
const content = async () => {
  const { banks, problems } = await loadContent(packs())
  return { ids: banks.flatMap((bank) => bank.questions.map(({ id }) => id)), problems }
}

interface Listed {
  readonly id: string
  readonly stem: string
  readonly section: string
}
const listed = async (): Promise<Listed[]> => JSON.parse((await review('--json')).out)
const ids = async () => (await listed()).map(({ id }) => id)

describe('a pack of notes', () => {
  it('has drafts that nobody is asked, and says how to look at them', async () => {
    const { out } = await make()
    expect(out).toContain('5 drafts of questions made of the notes')
    expect(out).toContain('Next: "npx cohort pack review my-notes"; then start the bot')
    expect(await content()).toEqual({ ids: [], problems: [] })
    const check = await cohort(['content', 'check'])
    expect(check.out).toContain('my-notes: 5 drafts wait: cohort pack review my-notes')
  })

  it('has them in the order of the sections, with key and source', async () => {
    await make()
    const { out, code } = await review('--list')
    expect(code).toBe(0)
    expect(out).toContain('from boats/sails.md:1, "Sails")')
    expect(out).toContain('    left  =  red')
    expect(out.split('\n').at(-1)).toBe('5 drafts of my-notes wait')
  })
})

describe('makers in its pack.yaml', () => {
  it('count when it is made again', async () => {
    write('my-notes/rules/lights.md', LIGHTS.replace('Light |', 'Acme |'))
    await make()
    expect(await ids()).toHaveLength(5)
    writeFileSync(inPack('pack.yaml'), `${readFileSync(inPack('pack.yaml'), 'utf8')}makers: [Acme]\n`)
    await make()
    expect(await ids()).toHaveLength(4)
  })
})

describe('what is approved', () => {
  it('is a question of its section, and the pack passes the check', async () => {
    await make()
    const [first = '', second = '', third = ''] = await ids()
    const section = (await listed())[0]?.section
    const { code, out } = await review('--approve', `${first},${second}`, '--reject', third)
    expect(code).toBe(0)
    expect(out).toContain('2 drafts approved. The pack asks them after the next start')
    expect(await content()).toEqual({ ids: [first, second], problems: [] })
    expect(existsSync(inPack(`${section}/from-notes.questions.yaml`))).toBe(true)
    expect(await ids()).toHaveLength(2)
  })

  it('may be all of it', async () => {
    await make()
    const wanted = await ids()
    expect((await review('--approve', 'all')).code).toBe(0)
    expect(await content()).toEqual({ ids: wanted, problems: [] })
    expect((await review('--list')).out).toBe('No draft of my-notes waits')
  })

  it('or rejected stays so when the pack is made again of changed notes', async () => {
    await make()
    const [first = '', second = ''] = await ids()
    await review('--approve', first)
    await review('--reject', second)
    write('my-notes/boats/sails.md', `${SAILS}- **Genoa**: very wide cloth that reaches behind the mast\n`)
    await make()
    expect((await content()).ids).toEqual([first])
    const left = await ids()
    expect(left).toHaveLength(4)
    expect(left).not.toContain(first)
    expect(left).not.toContain(second)
  })

  it('stays when its notes are gone', async () => {
    await make()
    await review('--approve', 'all')
    const before = (await content()).ids
    rmSync(path.join(root, 'my-notes/rules'), { recursive: true })
    await make()
    const { ids: after, problems } = await content()
    expect(problems).toEqual([])
    expect(after.toSorted()).toEqual(before.toSorted())
  })

  it('is asked for by an id that waits, else nothing is done', async () => {
    await make()
    const [first = ''] = await ids()
    const { code, err } = await review('--approve', `${first},nonsense`)
    expect(code).toBe(1)
    expect(err).toContain('no draft "nonsense" waits')
    expect((await content()).ids).toEqual([])
  })

  it('no longer fits when another question has taken its id', async () => {
    await make()
    const [first = ''] = await ids()
    const taken = `- { id: ${first}, kind: choice, stem: A, choices: [{ text: a, right: true }, { text: b }] }\n`
    const section = (await listed())[0]?.section ?? ''
    writeFileSync(inPack(`${section}/mine.questions.yaml`), taken)
    expect(await ids()).not.toContain(first)
  })
})

describe('drafts in a file', () => {
  const draftsFile = async () => inPack(`${(await listed())[0]?.section}/drafts.yaml`)

  it('count for nothing when it is asked which content a pack has', async () => {
    await make()
    const before = await hashOfPack(packs(), 'my-notes')
    writeFileSync(await draftsFile(), 'drafts: []\n')
    expect(await hashOfPack(packs(), 'my-notes')).toBe(before)
  })

  it('keep what was changed by hand when the pack is made again', async () => {
    await make()
    const file = await draftsFile()
    writeFileSync(file, readFileSync(file, 'utf8').replace('Sails: w', 'On a boat: w'))
    await make()
    expect((await listed()).map(({ stem }) => stem).join()).toContain('On a boat: w')
  })

  it('stop nothing when they are damaged', async () => {
    await make()
    const file = await draftsFile()
    writeFileSync(file, 'drafts: [{ id: x, kind: choice }, 7]\n')
    expect((await content()).problems).toEqual([])
    const { err } = await review('--list')
    expect(err).toMatch(/drafts\.yaml:1: /)
  })
})

describe('at a terminal', () => {
  it('one draft comes after the other', async () => {
    await make()
    const all = await ids()
    const { out } = await typing(['a', 'r', 's', 'x', 'q'])
    expect(out).toContain('1 of 5')
    expect(out).toContain('4 of 5')
    expect(out).toContain('Type one of the letters')
    expect(out).toContain('1 approved, 1 rejected. 3 drafts of my-notes wait')
    expect((await content()).ids).toEqual(all.slice(0, 1))
    expect(await ids()).toEqual(all.slice(2))
  })

  it('all that are left of a section are approved after a yes', async () => {
    await make()
    expect((await typing(['A', 'no', 'q'])).out).toContain('0 approved')
    expect((await typing(['A', 'yes', 'q'])).out).toContain('4 approved')
    expect((await content()).ids).toHaveLength(4)
  })

  it('one is changed in the editor, and is asked as it was left there', async () => {
    await make()
    await typing(['e', 'a', 'q'], (text) => text.replace(/^stem: .*$/m, 'stem: Which one is it?'))
    const { banks } = await loadContent(packs())
    expect(banks[0]?.questions.map((one) => (one.kind === 'choice' ? one.stem : ''))).toEqual([
      'Which one is it?',
    ])
  })

  it('what the editor leaves without a key changes nothing', async () => {
    await make()
    const { err, out } = await typing(['e', 'q'], (text) => text.replace(/ *right: true\n/, ''))
    expect(err).toContain('should have exactly one right choice; nothing is changed')
    expect(out).toContain('0 approved')
  })

  it('nothing is asked where there is none', async () => {
    await make()
    const { code, err } = await review()
    expect(code).toBe(1)
    expect(err).toContain('use --list, and --approve or --reject')
  })
})

it('a pack that is not there is told, with those that are', async () => {
  await make()
  const { code, err } = await cohort(['pack', 'review', 'nonsense'])
  expect(code).toBe(1)
  expect(err).toContain('there is no pack "nonsense"; there is my-notes')
})
