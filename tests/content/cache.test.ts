// @module-tag slow
import {
  appendFileSync,
  cpSync,
  existsSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
  truncateSync,
  utimesSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { type Reading, readContent, writeCache } from '../../src/content/cache.js'
import { loadContent } from '../../src/content/load.js'
import { goodContent, goodReading, keepReading } from '../../src/server/content.js'
import { folder, questionWith, TOPIC } from './folder.js'

const root = mkdtempSync(path.join(tmpdir(), 'cohort-cache-'))
afterAll(() => rmSync(root, { recursive: true, force: true }))
const emptyFolder = () => mkdtempSync(path.join(root, 'data-'))

/** All that the banks hold, without their functions, and the problems. */
const held = ({ banks, problems }: Pick<Reading, 'banks' | 'problems'>) => ({
  problems,
  content: banks.map((bank) =>
    Object.fromEntries(Object.entries(bank).filter(([, value]) => typeof value !== 'function')),
  ),
})

/** A content folder and a data folder whose cache holds it. */
async function kept() {
  const where = { CONTENT_DIR: folder(), COHORT_DATA_DIR: emptyFolder() }
  const cache = path.join(where.COHORT_DATA_DIR, 'cache/content.json')
  await keepReading(await goodReading(where))
  expect((await goodReading(where)).isCached).toBe(true)
  return { where, cache, dir: where.CONTENT_DIR }
}

describe('what was read of a content folder', () => {
  it.each([
    ['the shipped pack', () => 'content'],
    ['a small pack', () => 'tests/fixtures/content'],
    [
      'a pack with problems',
      () =>
        folder({ ...questionWith('difficulty: 2', 'difficulty: 0'), 'p/one/a.txt': '', 'p/one/b.md': 'x' }),
    ],
  ])('comes back equal from the cache: %s', async (_what, dirOf) => {
    const [dir, file] = [dirOf(), path.join(emptyFolder(), 'content.json')]
    const first = await readContent(dir, [file])
    await writeCache(file, first)
    const again = await readContent(dir, [file])
    expect([first.isCached, again.isCached]).toEqual([false, true])
    expect(held(again)).toStrictEqual(held(first))
    for (const [i, bank] of first.banks.entries())
      for (const { slug } of bank.topics) expect(again.banks[i]?.topic(slug)).toStrictEqual(bank.topic(slug))
  })

  it('is looked up in one cache after the other', async () => {
    const { where, cache, dir } = await kept()
    const other = path.join(where.COHORT_DATA_DIR, 'other.json')
    expect((await readContent(dir, [other, cache])).isCached).toBe(true)
    expect((await readContent(dir, [other])).isCached).toBe(false)
  })

  it('is found again wherever the folder is moved to', async () => {
    const { where, dir } = await kept()
    renameSync(dir, `${dir}-moved`)
    expect((await goodReading({ ...where, CONTENT_DIR: `${dir}-moved` })).isCached).toBe(true)
  })
})

describe('a changed folder is read anew:', () => {
  const topic = 'p/one/canary.md'
  const changes: Record<string, (dir: string) => void> = {
    'one word, of the same length and time': (dir) => {
      const { atime, mtime } = lstatSync(path.join(dir, topic))
      writeFileSync(path.join(dir, topic), TOPIC.replace('goes first', 'goes ahead'))
      utimesSync(path.join(dir, topic), atime, mtime)
    },
    'a file more': (dir) =>
      writeFileSync(path.join(dir, 'p/one/linear.md'), TOPIC.replaceAll('anary', 'inear')),
    'a file less': (dir) => rmSync(path.join(dir, 'p/one/canary.questions.yaml')),
    'a file with another name': (dir) =>
      renameSync(path.join(dir, 'p/one/canary.questions.yaml'), path.join(dir, 'p/one/first.questions.yaml')),
    'a link to a file with the same bytes': (dir) => {
      renameSync(path.join(dir, topic), path.join(dir, 'canary.md'))
      symlinkSync(path.join(dir, 'canary.md'), path.join(dir, topic))
    },
    'a file that became too large': (dir) => truncateSync(path.join(dir, topic), 100_001),
    'a folder in a section': (dir) => mkdirSync(path.join(dir, 'p/one/more')),
    'an empty pack': (dir) => mkdirSync(path.join(dir, 'q')),
    'the pack itself': (dir) =>
      writeFileSync(path.join(dir, 'p/pack.yaml'), `${readFileSync(path.join(dir, 'p/pack.yaml'))}\n`),
  }
  it.each(Object.entries(changes))('%s', async (_what, change) => {
    const { dir, cache } = await kept()
    change(dir)
    const now = await readContent(dir, [cache])
    expect(now.isCached).toBe(false)
    expect(held(now)).toStrictEqual(held(await loadContent(dir)))
  })

  it('and not for what is never read', async () => {
    const { where, dir } = await kept()
    mkdirSync(path.join(dir, '.git'))
    writeFileSync(path.join(dir, '.git/HEAD'), 'main')
    utimesSync(path.join(dir, topic), 1, 1)
    expect((await goodReading(where)).isCached).toBe(true)
  })

  it('by another version of the reader', async () => {
    const { cache, dir } = await kept()
    const copy = emptyFolder()
    for (const name of ['src/content', 'src/core', 'package.json'])
      cpSync(name, path.join(copy, name), { recursive: true })
    symlinkSync(path.resolve('node_modules'), path.join(copy, 'node_modules'))
    const reader: typeof import('../../src/content/cache.js') = await import(
      path.join(copy, 'src/content/cache.ts')
    )
    const isCached = async () => (await reader.readContent(dir, [cache])).isCached
    expect(await isCached()).toBe(true)
    appendFileSync(path.join(copy, 'src/content/markdown.ts'), '\n')
    expect(await isCached()).toBe(false)
  })
})

describe('a cache that is of no use is passed over in silence:', () => {
  const spoilt: Record<string, (file: string) => void> = {
    empty: (file) => truncateSync(file, 0),
    'half written': (file) => truncateSync(file, Math.floor(lstatSync(file).size / 2)),
    'one letter of it wrong': (file) =>
      writeFileSync(file, readFileSync(file, 'utf8').replace('goes first', 'goes worst')),
    'more behind its end': (file) => writeFileSync(file, `${readFileSync(file, 'utf8')}{}`),
    'a folder in its place': (file) => {
      rmSync(file)
      mkdirSync(file)
    },
    gone: (file) => rmSync(file),
  }
  it.each(Object.entries(spoilt))('%s', async (_what, spoil) => {
    const { where, cache, dir } = await kept()
    spoil(cache)
    const reading = await goodReading(where)
    expect(reading.isCached).toBe(false)
    expect(held(reading)).toStrictEqual(held(await loadContent(dir)))
  })

  it('spoilt, and whole again after the next writing', async () => {
    const { where, cache } = await kept()
    truncateSync(cache, 100)
    await keepReading(await goodReading(where))
    expect((await goodReading(where)).isCached).toBe(true)
  })

  it('not to be written', async () => {
    const where = { CONTENT_DIR: folder(), COHORT_DATA_DIR: emptyFolder() }
    writeFileSync(path.join(where.COHORT_DATA_DIR, 'cache'), 'no folder')
    await keepReading(await goodReading(where))
    expect((await goodContent(where))[0]?.topics).toHaveLength(1)
    expect(readFileSync(path.join(where.COHORT_DATA_DIR, 'cache'), 'utf8')).toBe('no folder')
  })
})

describe('in the data folder', () => {
  it('one file lies in a folder, both for their owner alone, also after a change and beside what was left half written', async () => {
    const { where, cache, dir } = await kept()
    writeFileSync(`${cache}.making`, 'left over'.repeat(10_000), { mode: 0o600 })
    writeFileSync(path.join(dir, 'p/one/canary.md'), TOPIC.replace('goes first', 'goes second'))
    await keepReading(await goodReading(where))
    expect(readdirSync(path.dirname(cache))).toEqual(['content.json'])
    expect([path.dirname(cache), cache].map((file) => lstatSync(file).mode & 0o777)).toEqual([0o700, 0o600])
    expect((await goodReading(where)).isCached).toBe(true)
  })

  it('nothing is written by reading, and no data folder is made', async () => {
    const where = { CONTENT_DIR: folder(), COHORT_DATA_DIR: path.join(emptyFolder(), 'none') }
    const reading = await goodReading(where)
    expect(existsSync(where.COHORT_DATA_DIR)).toBe(false)
    await keepReading(reading)
    expect(existsSync(where.COHORT_DATA_DIR)).toBe(false)
  })

  it('several that write and read at once all read what is there', async () => {
    const { where, cache, dir } = await kept()
    writeFileSync(path.join(dir, 'p/one/canary.md'), TOPIC.replace('goes first', 'goes second'))
    const one = async () => {
      const reading = await goodReading(where)
      await keepReading(reading)
      return held(reading)
    }
    const found = await Promise.all(Array.from({ length: 8 }, one))
    const truth = held(await loadContent(dir))
    for (const content of found) expect(content).toStrictEqual(truth)
    await one()
    expect((await goodReading(where)).isCached).toBe(true)
    expect(readdirSync(path.dirname(cache))).toEqual(['content.json'])
  })
})

describe('packs in the data folder', () => {
  /** Two of them, `one` and `two`, read and kept. */
  async function two() {
    const { where } = await kept()
    const packs = path.join(where.COHORT_DATA_DIR, 'packs')
    for (const id of ['one', 'two'])
      cpSync(path.join(where.CONTENT_DIR, 'p'), path.join(packs, id), { recursive: true })
    await keepReading(await goodReading(where))
    return { where, packs }
  }
  const fresh = async (where: Parameters<typeof goodReading>[0]) =>
    [...(await goodReading(where)).read].flatMap(([file, { isCached }]) =>
      isCached ? [] : [path.basename(file)],
    )

  it('have a cache each, and only the one that was changed is read anew', async () => {
    const { where, packs } = await two()
    expect(await fresh(where)).toEqual([])
    expect((await goodContent(where)).map(({ pack }) => pack.id)).toEqual(['p', 'one', 'two'])
    writeFileSync(path.join(packs, 'two/.origin.yaml'), 'from: here')
    expect(await fresh(where)).toEqual([])
    writeFileSync(path.join(packs, 'two/one/canary.md'), TOPIC.replace('goes first', 'goes second'))
    expect(await fresh(where)).toEqual(['pack-two.json'])
  })

  it('come after those that are shipped, by their order', async () => {
    const { where, packs } = await two()
    for (const [id, order] of [
      ['one', 3],
      ['two', 2],
    ] as const)
      appendFileSync(path.join(packs, id, 'pack.yaml'), `order: ${order}\n`)
    appendFileSync(path.join(where.CONTENT_DIR, 'p/pack.yaml'), 'order: 9\n')
    expect((await goodContent(where)).map(({ pack }) => pack.id)).toEqual(['p', 'two', 'one'])
  })

  it('are left out with what is wrong, and the others are read', async () => {
    const { where, packs } = await two()
    writeFileSync(path.join(packs, 'one/pack.yaml'), 'title: [')
    mkdirSync(path.join(packs, 'empty'))
    const { banks, broken } = await goodReading(where)
    expect(banks.map(({ pack }) => pack.id)).toEqual(['p', 'two'])
    expect(broken).toMatchObject([
      { id: 'empty', problems: [{ file: 'empty/pack.yaml', message: 'is missing' }] },
      { id: 'one', problems: [{ file: 'one/pack.yaml', line: 1 }] },
    ])
  })
})
