import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, expect, it } from 'vitest'

interface Lock {
  readonly packages: Record<
    string,
    { version?: string; dependencies?: Record<string, string>; devDependencies?: Record<string, string> }
  >
}
interface Hole {
  readonly id: string
  readonly package: string
  readonly range: string
  readonly fixed: string
  readonly source: string
}

const folder = mkdtempSync(path.join(tmpdir(), 'cohort-audit-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))
const json = (file: string) => JSON.parse(readFileSync(file, 'utf8'))

/**
 * What `.ci/audit.mjs` says of the lock file with these versions in place of its own, without asking a
 * registry.
 */
function audit(versions: Readonly<Record<string, string>>) {
  const lock = json('package-lock.json') as Lock
  for (const [name, version] of Object.entries(versions))
    Object.assign(lock.packages[`node_modules/${name}`] ?? {}, { version })
  const file = path.join(folder, 'lock.json')
  writeFileSync(file, JSON.stringify(lock))
  const { status, stdout, stderr } = spawnSync(process.execPath, ['.ci/audit.mjs', '--lock', file], {
    encoding: 'utf8',
  })
  return { status, out: stdout + stderr }
}

it('nothing is known against what production runs, and the list has a date', () => {
  const { status, out } = audit({})
  expect(out).toMatch(/held against \d+ known holes, a list of \d{4}-\d\d-\d\d/)
  expect(out).toMatch(/audit: 0 known against the \d+ packages of production/)
  expect(status).toBe(0)
})

it.each([
  ['ws', '8.20.1', 'GHSA-96hv-2xvq-fx4p'],
  ['hono', '4.13.4', 'GHSA-gqvv-2mrq-wpjv'],
  ['lodash', '4.17.23', 'GHSA-xxjr-mmjv-4gpg'],
  ['qs', '6.15.3', 'GHSA-x5fp-wj9c-mxmx'],
])('a hole in a package of production fails the check: %s %s', (name, version, id) => {
  const { status, out } = audit({ [name]: version })
  expect(out).toContain(`audit: node_modules/${name}: ${version} is `)
  expect(out).toContain(id)
  expect(status).toBe(1)
})

it('the version that mends it does not', () => {
  expect(audit({ ws: '8.21.0', hono: '4.13.5', lodash: '4.18.0', qs: '6.16.0' }).status).toBe(0)
})

it('a hole in a package of development is told, and fails nothing', () => {
  const { status, out } = audit({ vite: '6.4.2' })
  expect(out).toContain(
    'audit: only in development: node_modules/vite: 6.4.2 is <=6.4.2 (GHSA-fx2h-pf6j-xcff), fixed in 6.4.3',
  )
  expect(status).toBe(0)
})

it('each hole of the list says where its range was read, and is of a package that stands in the lock file', () => {
  const { date, holes } = json('.ci/known-holes.json') as { date: string; holes: Hole[] }
  expect(date).toMatch(/^\d{4}-\d\d-\d\d$/)
  const names = new Set(
    Object.keys((json('package-lock.json') as Lock).packages).map((name) =>
      name.split('node_modules/').at(-1),
    ),
  )
  for (const hole of holes) {
    expect(hole.id).toMatch(/^GHSA(-[0-9a-z]{4}){3}$/)
    expect(hole.source).toMatch(/^https:\/\/github\.com\//)
    expect(names.has(hole.package), hole.package).toBe(true)
  }
  expect(new Set(holes.map((hole) => hole.id)).size).toBe(holes.length)
})
