/** The version of Cohort before this one, built from the history of the project beside it. */
import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, symlinkSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'

export interface Earlier {
  readonly version: string
  /** Its checkout, with its program in `bin/cohort.mjs`. */
  readonly root: string
  remove(): void
}

const git = (...args: string[]) => execFileSync('git', args, { encoding: 'utf8' }).trim()
const versionIn = (text: string): string => JSON.parse(text).version

/** The last commit of another version than that of today's `package.json`. Throws when the history does not reach back to it. */
function lastOfAnotherVersion(): { commit: string; version: string } {
  const today = versionIn(readFileSync('package.json', 'utf8'))
  for (const commit of git('rev-list', 'HEAD', '--', 'package.json').split('\n')) {
    const version = versionIn(git('show', `${commit}:package.json`))
    if (version !== today)
      return {
        version,
        commit: git('rev-list', '--ancestry-path', '--reverse', `${commit}..HEAD`, '--', 'package.json').split('\n')[0] + '^',
      }
  }
  throw new Error('the history has no earlier version: fetch all of it (git fetch --unshallow)')
}

export function buildEarlier(): Earlier {
  const { commit, version } = lastOfAnotherVersion()
  const root = mkdtempSync(path.join(tmpdir(), 'cohort-earlier-'))
  git('worktree', 'add', '--detach', '--force', root, commit)
  // What it needs of packages has not changed by a version of Cohort; its lock file says so too.
  symlinkSync(path.resolve('node_modules'), path.join(root, 'node_modules'))
  execFileSync(process.execPath, ['scripts/build.mjs'], { cwd: root, stdio: 'pipe' })
  return {
    version,
    root,
    remove() {
      rmSync(root, { recursive: true, force: true })
      git('worktree', 'prune')
    },
  }
}
