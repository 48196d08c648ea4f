/** A pack of others is taken whole or not at all. */
import {
  cpSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { strToU8, zipSync } from 'fflate'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { openAnySource } from '../../src/content/any-source.js'
import { writePack } from '../../src/content/pack-folder.js'

let root: string
beforeEach(() => {
  root = mkdtempSync(path.join(tmpdir(), 'cohort-pack-'))
  cpSync('content/example', path.join(root, 'pack'), { recursive: true })
})
afterEach(() => rmSync(root, { recursive: true, force: true }))

const QUESTIONS = '01-criteria/fairness.questions.yaml'
const write = async (spec: string) =>
  writePack(await openAnySource(path.join(root, spec), {}), '', path.join(root, 'taken'))
const link = (file: string) => symlinkSync(path.join(root, 'elsewhere'), path.join(root, 'pack', file))

it('a file of a section that cannot be read is told, and nothing is taken', async () => {
  renameSync(path.join(root, 'pack', QUESTIONS), path.join(root, 'elsewhere'))
  link(QUESTIONS)
  await expect(write('pack')).rejects.toThrow(
    `the pack is not taken, since files of it cannot be read\n${QUESTIONS}: is a link; links are not followed`,
  )
  expect(readdirSync(root)).not.toContain('taken')
})

it('what is no part of the pack may be left out', async () => {
  link('README.txt')
  link('docs')
  await write('pack')
  expect(readFileSync(path.join(root, 'taken', QUESTIONS), 'utf8')).toContain('stem')
})

it('a damaged file of a section in a zip file is told, by its place in the pack', async () => {
  const files = readdirSync(path.join(root, 'pack'), { recursive: true, encoding: 'utf8' })
    .filter((file) => file.includes('.'))
    .map((file) => [`fair/${file}`, readFileSync(path.join(root, 'pack', file))] as const)
  const bytes = zipSync(Object.fromEntries(files), { level: 0 })
  const at = Buffer.from(bytes).indexOf(strToU8('stem: '), Buffer.from(bytes).indexOf(strToU8(QUESTIONS)))
  bytes[at] = 0
  writeFileSync(path.join(root, 'fair.zip'), bytes)
  await expect(write('fair.zip')).rejects.toThrow(`${QUESTIONS}: is damaged: its checksum differs`)
})
