/** Packs in the data folder are exchanged whole, whatever ends in the midst of it. */
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, beforeEach, expect, it } from 'vitest'
import { comingFolder, dropPack, packIds, takePack } from '../../src/content/data-packs.js'

const root = mkdtempSync(path.join(tmpdir(), 'cohort-data-packs-'))
afterAll(() => rmSync(root, { recursive: true, force: true }))

let dir: string
beforeEach(() => {
  dir = mkdtempSync(path.join(root, 'packs-'))
  write(path.join(dir, 'p'), 'old')
})

function write(folder: string, text: string): void {
  mkdirSync(folder, { recursive: true })
  writeFileSync(path.join(folder, 'pack.yaml'), text)
}
/** What the pack says, and all that lies beside it. */
const seen = async () => {
  const ids = await packIds(dir)
  return { ids, text: readFileSync(path.join(dir, 'p/pack.yaml'), 'utf8'), all: readdirSync(dir).sort() }
}

it('a new one takes the place of the old one, or the place where there is none', async () => {
  write(comingFolder(dir, 'p'), 'new')
  await takePack(dir, 'p')
  expect(await seen()).toEqual({ ids: ['p'], text: 'new', all: ['p'] })
  write(comingFolder(dir, 'q'), 'q')
  await takePack(dir, 'q')
  expect((await seen()).all).toEqual(['p', 'q'])
})

it('what is half written is no pack, and the old one stays', async () => {
  write(comingFolder(dir, 'p'), 'ha')
  expect(await seen()).toMatchObject({ ids: ['p'], text: 'old' })
})

it('cut off between its two steps the old one is there for the next reader', async () => {
  // Nothing stands where the new one should: the first step is done, and the second fails.
  await expect(takePack(dir, 'p')).rejects.toThrow('ENOENT')
  expect(readdirSync(dir)).toEqual(['.going-p'])
  expect(await seen()).toEqual({ ids: ['p'], text: 'old', all: ['p'] })
})

it('cut off after its second step the new one is there, and the old one goes with the next reader', async () => {
  renameSync(path.join(dir, 'p'), path.join(dir, '.going-p'))
  write(path.join(dir, 'p'), 'new')
  expect(await seen()).toEqual({ ids: ['p'], text: 'new', all: ['p'] })
})

it('one that is removed is gone at once, also when what is left of it could not be deleted', async () => {
  write(path.join(dir, 'q'), 'q')
  await dropPack(dir, 'q')
  expect((await seen()).all).toEqual(['p'])
  write(path.join(dir, '.gone-q'), 'q')
  expect(await seen()).toEqual({ ids: ['p'], text: 'old', all: ['p'] })
})

it('without the folder there is no pack', async () => {
  expect(await packIds(path.join(dir, 'nowhere'))).toEqual([])
})
