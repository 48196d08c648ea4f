import { existsSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { makeFolder } from '../../src/content/make-folder.js'

const root = mkdtempSync(path.join(tmpdir(), 'cohort-folders-'))
afterAll(() => rmSync(root, { recursive: true, force: true }))

describe('a folder', () => {
  it('is made with those above it, and the first of them is named', () => {
    const deep = path.join(root, 'a', 'b', 'c')
    expect(makeFolder(deep, 0o700)).toBe(path.join(root, 'a'))
    expect(statSync(deep).mode & 0o777).toBe(0o700)
    expect(makeFolder(deep)).toBeUndefined()
  })

  it('is not made below a file', () => {
    const file = path.join(root, 'file')
    writeFileSync(file, '')
    expect(() => makeFolder(path.join(file, 'a'))).toThrow('ENOTDIR')
  })

  it.skipIf(!existsSync('/proc/self'))('is refused at once where the system makes none', () => {
    expect(() => makeFolder('/proc/cohort/data')).toThrow('no folder can be made in /proc')
  })
})
