// @module-tag slow
/** Packs of others in the data folder, by the command line and as a start finds them. */
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { Readable } from 'node:stream'
import { zipSync } from 'fflate'
import { afterAll, beforeAll, expect, it } from 'vitest'
import type { Store } from '../../src/bot/ports/store.js'
import { loadContent } from '../../src/content/load.js'
import { instantiate } from '../../src/core/instantiate.js'
import { createStore } from '../../src/store/store.js'
import { cohort, startCohort } from '../helpers/cohort.js'
import { inDatabase, ownDatabase, type Where } from '../helpers/database.js'
import { type Entry, startGitServer } from '../helpers/git-server.js'
import { give, makeTeam, planOf, recordClosed, recordPosted } from '../helpers/rounds.js'

const folder = mkdtempSync(path.join(tmpdir(), 'cohort-packs-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))
/** Where somebody publishes it, and where it is put. */
const published = path.join(folder, 'Meadow Pack')
let where: Where
let packs: string

beforeAll(async () => {
  where = await ownDatabase(folder)
  packs = path.join(where.COHORT_DATA_DIR, 'packs')
  cpSync('tests/fixtures/content/orchard', published, { recursive: true })
  edit(
    'pack.yaml',
    'title: Orchard Keeper',
    'title: Meadow\nlicence: CC BY 4.0\nattribution: The Meadow Authors',
  )
  mkdirSync(path.join(published, 'docs'))
  writeFileSync(path.join(published, 'docs/pictures.md'), '# Not of the pack')
  writeFileSync(path.join(published, 'run.sh'), 'exit 1')
  writeFileSync(path.join(published, '01-fruit/picture.png'), 'png')
})

function edit(file: string, from: string, to: string, root = published): void {
  const text = readFileSync(path.join(root, file), 'utf8')
  if (!text.includes(from)) throw new Error(`there is no "${from}"`)
  writeFileSync(path.join(root, file), text.replace(from, to))
}

const pack = (args: readonly string[], typed = '') =>
  cohort(['pack', ...args], where, { input: Readable.from([typed]) })
const stored = <T>(work: (store: Store) => Promise<T>): Promise<T> =>
  inDatabase(where, (database) => work(createStore(database)))
const listed = async () => JSON.parse((await pack(['list', '--json'])).out)
/** All that lies in the folder of packs, hidden or not. */
const inFolder = () => (existsSync(packs) ? readdirSync(packs).sort() : [])

const [APPLE, CELLAR, STOVE] = [
  '01-fruit/apple.questions.yaml',
  'text: In a cool dark cellar, right: true,',
  'text: Beside a warm stove,',
]

it('a pack with problems is refused whole, with where they are, and leaves nothing behind', async () => {
  edit(APPLE, 'difficulty: 1', 'difficulty: 9')
  const { code, out, err } = await pack(['add', published])
  expect([code, out]).toEqual([1, ''])
  expect(err).toContain('meadow-pack/01-fruit/apple.questions.yaml:5: difficulty: should be 1, 2 or 3')
  edit(APPLE, 'difficulty: 9', 'difficulty: 1')
  expect(inFolder()).toEqual([])
})

it('add takes what is read of a pack and nothing else, and says whose it is', async () => {
  const { code, out, err } = await pack(['add', published])
  expect([code, err]).toEqual([0, ''])
  expect(out).toContain('meadow-pack: Meadow\n  3 topics')
  expect(out).toContain('licence: CC BY 4.0, The Meadow Authors')
  const files = readdirSync(path.join(packs, 'meadow-pack'), { recursive: true, encoding: 'utf8' })
  expect(files.filter((file) => /docs|sh$|png/.test(file))).toEqual([])
  expect(inFolder()).toEqual(['meadow-pack'])
  expect(readdirSync(path.join(where.COHORT_DATA_DIR, 'cache'))).toContain('pack-meadow-pack.json')
  expect(await listed()).toMatchObject([
    { id: 'orchard', from: null, problems: 0 },
    {
      id: 'meadow-pack',
      title: 'Meadow',
      topics: 3,
      licence: 'CC BY 4.0',
      attribution: 'The Meadow Authors',
      from: published,
      isEdited: false,
    },
  ])
})

it('every command that reads content reads it', async () => {
  expect((await cohort(['explain', '--pack', 'meadow-pack', 'apple'], where)).out).toContain(
    'Pack: meadow-pack (Meadow)',
  )
  expect((await cohort(['questions', '--pack', 'meadow-pack', '--json'], where)).out).toContain('apple-store')
  expect((await cohort(['explain', 'apple'], where)).out).toContain('Pack: orchard')
  const { topics } = JSON.parse((await cohort(['content', 'check', '--json'], where)).out)
  expect(topics).toBe(6)
})

it('an id that is taken is refused, and --id gives another', async () => {
  expect((await pack(['add', published])).err).toContain(
    'take its new version with "cohort pack update meadow-pack"',
  )
  expect((await pack(['add', published, '--id', 'orchard'])).err).toContain('there is a pack "orchard" in')
  expect((await pack(['add', published, '--id', '../x'])).err).toContain('makes no id')
  expect(inFolder()).toEqual(['meadow-pack'])
})

it('the same of a zip file, which one of several packs in it is meant', async () => {
  const file = (name: string) => readFileSync(path.join(published, name))
  const one = Object.fromEntries(
    ['pack.yaml', ...readdirSync(path.join(published, '01-fruit')).map((name) => `01-fruit/${name}`)].map(
      (name) => [name, file(name)],
    ),
  )
  const two = Object.entries(one).flatMap(([name, bytes]) => [
    [`repo-main/packs/a/${name}`, bytes],
    [`repo-main/packs/B_two/${name}`, bytes],
  ])
  const zip = path.join(folder, 'two.zip')
  writeFileSync(zip, zipSync(Object.fromEntries(two)))
  expect((await pack(['add', zip])).err).toContain('say which with --folder: packs/a, packs/B_two')
  expect((await pack(['add', zip, '--folder', 'packs/c'])).err).toContain('there is no pack.yaml in packs/c/')
  expect((await pack(['add', zip, '--folder', 'packs/B_two/'])).out).toContain('b-two: Meadow')
  expect((await pack(['remove', 'b-two'])).code).toBe(0)
  expect(inFolder()).toEqual(['meadow-pack'])
})

it('the same of a repository: a branch is followed, and a commit stays', async () => {
  const server = await startGitServer()
  const repository = server.address('meadow.git')
  const files = (folder: string): Entry[] =>
    readdirSync(path.join(published, folder), { withFileTypes: true }).map((one) => ({
      name: one.name,
      holds: one.isDirectory()
        ? files(path.join(folder, one.name))
        : readFileSync(path.join(published, folder, one.name)),
    }))
  const run = (...args: string[]) => cohort(['pack', ...args], { ...where, ...server.env })
  const first = server.commit('meadow.git', files('.'))
  expect((await run('add', `${repository}#main`)).out).toContain(`from ${repository}#main, commit ${first}`)
  expect((await run('add', `${repository}#${first}`, '--id', 'pinned')).code).toBe(0)
  const second = server.commit('meadow.git', [{ name: 'pack.yaml', holds: 'title: [' }])
  expect(await run('update', 'meadow')).toMatchObject({
    code: 1,
    err: expect.stringContaining('meadow/pack.yaml:1'),
  })
  const third = server.commit('meadow.git', [...files('.'), { name: 'README.md', holds: 'new' }])
  expect(second).not.toBe(third)
  const { code, out } = await run('update', '--yes')
  expect([code, out]).toEqual([0, expect.stringContaining('meadow: taken.')])
  expect(out).toContain(`pinned: stays at commit ${first}`)
  expect(await listed()).toMatchObject([
    {},
    { id: 'meadow', commit: third },
    {},
    { id: 'pinned', commit: first },
  ])
  for (const id of ['meadow', 'pinned']) expect((await run('remove', id)).code).toBe(0)
  await server.stop()
})

it('a source that is none says what to do', async () => {
  writeFileSync(path.join(folder, 'notes.md'), '# Notes')
  expect((await pack(['add', path.join(folder, 'notes.md')])).err).toContain(
    '"cohort pack new" makes a pack of notes',
  )
  expect((await pack(['add', path.join(folder, 'nowhere')])).err).toContain('there is no file or folder')
})

it('update shows what changes, names the keys, and takes nothing without a yes', async () => {
  expect((await pack(['update'])).out).toContain('meadow-pack: nothing has changed at')
  edit(APPLE, CELLAR, CELLAR.replace(' right: true,', ''))
  edit(APPLE, STOVE, `${STOVE} right: true,`)
  edit('01-fruit/pear.md', 'title: Pear', 'title: Pear tree')
  rmSync(path.join(published, '01-fruit/plum.questions.yaml'))
  const before = readFileSync(path.join(packs, 'meadow-pack', APPLE), 'utf8')
  for (const typed of ['no\n', '', '\n']) {
    const { code, out } = await pack(['update', 'meadow-pack'], typed)
    expect([code, out]).toEqual([1, expect.stringContaining('topics changed: 1 (pear)')])
    expect(out).toMatch(/questions removed: \d+ \(.*plum/)
    expect(out).toContain('keys changed: apple-store\n')
    expect(out).toContain('Nothing was changed.')
  }
  expect(readFileSync(path.join(packs, 'meadow-pack', APPLE), 'utf8')).toBe(before)
  expect(inFolder()).toEqual(['meadow-pack'])
})

it('a key that an update changes is corrected in what was posted, with the next start', async () => {
  const [bank] = (await loadContent(packs, 'meadow-pack')).banks
  const question = bank?.question('apple-store')
  const item = question && instantiate(question, 3).items[0]
  if (!bank || !question || !item) throw new Error('no question')
  const letter = (text: string) => item.options.find((o) => o.text === text)?.letter ?? ''
  await stored(async (store) => {
    await store.saveQuestions(bank.questions)
    const { nextPostAt, round } = planOf('2026-01-05')
    if (!round) throw new Error('no round')
    const asked = {
      question: question.id,
      version: question.version,
      seed: 3,
      items: [{ key: item.key, maxPoints: 10 }],
    }
    const team = await makeTeam(store, { pack: 'meadow-pack', name: 'Mowers' })
    await store.planNow(team, () => ({ nextPostAt, round: { ...round, questions: [asked] } }))
    const { id = 0 } = (await store.latestRound(team)) ?? {}
    await recordPosted(store, id, 'm')
    await give(store, 'ben', { id, date: round.date, at: round.dueAt }, letter('Beside a warm stove'))
    await recordClosed(store, id, 'r')
  })
  const points = () =>
    stored(async (store) => {
      const { rows } = await store.board({ team: 1, period: 'all', user: undefined, limit: 9, offset: 0 })
      return rows.map((row) => row.points)
    })
  expect(await points()).toEqual([3])
  const taken = await pack(['update', 'meadow-pack', '--why', 'A stove keeps it longest.'], 'yes\n')
  expect([taken.code, taken.err]).toEqual([0, ''])
  expect(taken.out).toContain('Restart Cohort')
  const bot = await startCohort({ ...where, LOG_LEVEL: 'info' })
  await bot.stop()
  expect(bot.out).toContain(`and ${packs}.`)
  expect(bot.err).toContain('regraded after an update of its pack')
  expect(await points()).toEqual([10])
  expect(readFileSync(path.join(packs, 'meadow-pack/.origin.yaml'), 'utf8')).not.toContain('regrade')
})

it('what was changed by hand is told before it goes', async () => {
  edit('01-fruit/pear.md', 'title: Pear tree', 'title: Our pear', path.join(packs, 'meadow-pack'))
  expect(await listed()).toMatchObject([{}, { isEdited: true }])
  const { out } = await pack(['update'], 'yes\n')
  expect(out).toContain('Files of it were changed here since it was added; these changes go.')
  expect(await listed()).toMatchObject([{}, { isEdited: false }])
})

it('remove refuses while teams use it and names them; with --force a start goes on without it', async () => {
  const { code, err } = await pack(['remove', 'meadow-pack'])
  expect([code, inFolder()]).toEqual([1, ['meadow-pack']])
  expect(err).toContain('Mowers (test w1)')
  expect((await pack(['remove', 'orchard'])).err).toContain('can remove its folder')
  expect((await pack(['remove', 'nothing'])).err).toContain('"cohort pack list" names them')
  expect((await pack(['remove', 'meadow-pack', '--force'])).out).toContain('removed')
  expect(inFolder()).toEqual([])
  const bot = await startCohort(where)
  expect(await bot.stop()).toBe(0)
})

it('a pack of the data folder with problems is left out of a start, which says so', async () => {
  expect((await pack(['add', published, '--id', 'broken'])).code).toBe(0)
  writeFileSync(path.join(packs, 'broken/pack.yaml'), 'title: [')
  const bot = await startCohort(where)
  const health = await (await fetch(`${bot.address}/healthz`)).json()
  await bot.stop()
  expect(bot.out).toMatch(/the pack broken of the data folder is left out.*broken\/pack\.yaml:1: YAML/)
  expect(health).toMatchObject({ status: 'ok', packs: expect.stringContaining('broken: left out') })
  expect((await cohort(['doctor'], where)).out).toContain(
    'fix     content: the pack broken of the data folder',
  )
  expect((await pack(['list'])).out).toContain('broken: cannot be read')
  const check = await cohort(['content', 'check'], where)
  expect([check.code, check.out]).toEqual([
    1,
    expect.stringContaining(path.join(packs, 'broken/pack.yaml:1: YAML')),
  ])
  await pack(['remove', 'broken'])
})

it('the same pack in both folders stops a start, and says which one to remove', async () => {
  cpSync('tests/fixtures/content/orchard', path.join(packs, 'orchard'), { recursive: true })
  const { code, err } = await cohort(['start'], where)
  expect([code, err]).toEqual([1, expect.stringContaining('"cohort pack remove orchard" removes the second')])
  expect((await cohort(['content', 'check'], where)).out).toContain('the pack "orchard" is there twice')
  expect((await pack(['remove', 'orchard'])).code).toBe(0)
  expect(inFolder()).toEqual([])
})
