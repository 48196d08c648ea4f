// @module-tag slow
/** `npm version`, in a repository of its own that has this one's scripts and release notes. */
import { execFileSync, spawnSync } from 'node:child_process'
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'

const NOTES = 'RELEASE_NOTES.md'
const IDENTITY = {
  GIT_AUTHOR_NAME: 'Ann',
  GIT_AUTHOR_EMAIL: 'ann@example.org',
  GIT_COMMITTER_NAME: 'Ann',
  GIT_COMMITTER_EMAIL: 'ann@example.org',
}
let root: string

beforeEach(() => {
  root = mkdtempSync(path.join(tmpdir(), 'cohort-version-'))
  mkdirSync(path.join(root, 'scripts'))
  for (const name of ['package.json', 'package-lock.json', 'scripts/release-notes.mjs', NOTES])
    cpSync(name, path.join(root, name))
  git('init', '--quiet')
  commit()
})
afterEach(() => rmSync(root, { recursive: true, force: true }))

const git = (...args: string[]) =>
  execFileSync('git', args, {
    cwd: root,
    encoding: 'utf8',
    stdio: 'pipe',
    env: { ...process.env, ...IDENTITY },
  }).trim()
const notes = () => readFileSync(path.join(root, NOTES), 'utf8')

function commit(): void {
  git('add', '.')
  git('commit', '--quiet', '-m', 'what is new')
}

function newVersion(kind: string) {
  const { status, stderr } = spawnSync('npm', ['version', kind], {
    cwd: root,
    encoding: 'utf8',
    env: { ...process.env, ...IDENTITY },
  })
  return { status, stderr }
}

it('a new version takes over what was pending, and is tagged', { tags: ['slow'] }, () => {
  const [above, below] = notes().split('## Pending\n')
  writeFileSync(path.join(root, NOTES), `${above}## Pending\n\n- Tea is served.\n${below}`)
  commit()
  expect(newVersion('1.0.0').status).toBe(0)
  const undated = notes().replace(/\(\d{4}-\d\d-\d\d\)/, '(date)')
  expect(undated).toBe(`${above}## Pending\n\n## 1.0.0 (date)\n\n- Tea is served.\n${below}`)
  expect(git('describe', '--exact-match')).toBe('v1.0.0')
  expect(git('status', '--short')).toBe('')
  expect(JSON.parse(git('show', 'HEAD:package.json')).version).toBe('1.0.0')
})

it('there is no version without notes, and nothing has changed', { tags: ['slow'] }, () => {
  writeFileSync(path.join(root, NOTES), '# Release notes\n\n## Pending\n\n## 0.2.0 (2026-11-28)\n- Coffee.\n')
  commit()
  const { status, stderr } = newVersion('patch')
  expect(status).not.toBe(0)
  expect(stderr).toContain('nothing stands under "## Pending"')
  expect(git('tag')).toBe('')
  expect(git('status', '--short')).toBe('')
})
