/** The version of Cohort before this one, built from the history of the project beside it. */
import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync, symlinkSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'

/** The last commit of version 0.2, which has no tag. */
const LAST_UNTAGGED = '5cbf7e3'

export interface Earlier {
  /** Its checkout, with its program in `bin/cohort.mjs`. */
  readonly root: string
  remove(): void
}

const git = (...args: string[]) => execFileSync('git', args, { stdio: 'pipe', encoding: 'utf8' }).trim()

/** The last version tagged before this commit, which may be a version itself. */
function earlierVersion(): string {
  try {
    return git('describe', '--tags', '--abbrev=0', '--match=v[0-9]*', 'HEAD^')
  } catch {
    return LAST_UNTAGGED
  }
}

/** Throws when the history does not reach back to it. */
export function buildEarlier(): Earlier {
  const version = earlierVersion()
  const root = mkdtempSync(path.join(tmpdir(), 'cohort-earlier-'))
  try {
    git('worktree', 'add', '--detach', '--force', root, version)
  } catch (error) {
    throw new Error(`the history lacks ${version}, the version before this one; get all of it with git fetch --unshallow --tags`, {
      cause: error,
    })
  }
  symlinkSync(path.resolve('node_modules'), path.join(root, 'node_modules'))
  execFileSync(process.execPath, ['scripts/build.mjs'], { cwd: root, stdio: 'pipe' })
  return {
    root,
    remove() {
      rmSync(root, { recursive: true, force: true })
      git('worktree', 'prune')
    },
  }
}
