// @module-tag slow
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { cohort } from '../helpers/cohort.js'
import { emptyDatabase } from '../helpers/database.js'

const folder = mkdtempSync(path.join(tmpdir(), 'cohort-cli-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const data = { COHORT_DATA_DIR: path.join(folder, 'data') }

describe('the database', () => {
  it('is migrated once, and then up to date', async () => {
    await emptyDatabase()
    const first = await cohort(['migrate'], data)
    expect(first).toMatchObject({ code: 0 })
    expect((await cohort(['migrate'], data)).out).toContain('up to date')
    expect((await cohort(['reports'], data)).out).toContain('No reports.')
    expect((await cohort(['reports', '--json'], data)).out.trim()).toBe('[]')
  })
})
