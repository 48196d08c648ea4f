/** Earlier versions of Cohort, built from the history of the project. */
import { execFileSync } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, renameSync, symlinkSync } from 'node:fs'
import path from 'node:path'

/** The last commit of version 0.2, which has no tag. */
export const LAST_OF_0_2 = '5cbf7e3'
/** Building takes twenty seconds, so it is kept for the next run, until the packages are installed anew. */
const KEPT = 'node_modules/.cache/cohort-earlier'

const git = (...args: string[]) => execFileSync('git', args, { stdio: 'pipe', encoding: 'utf8' }).trim()

/**
 * The commit or tag in `VERSION_BEFORE`. Otherwise the last version tagged before this commit, which may be a
 * version itself; without tags, the commit before.
 */
export function versionBefore(): string {
  if (process.env.VERSION_BEFORE) return git('rev-parse', '--short', `${process.env.VERSION_BEFORE}^{commit}`)
  try {
    return git('describe', '--tags', '--abbrev=0', '--match=v[0-9]*', 'HEAD^')
  } catch {
    return git('rev-parse', '--short', 'HEAD^')
  }
}

/**
 * Returns the folder of its checkout, with its program in `bin/cohort.mjs`. Throws when the history does not
 * reach back to it.
 */
export function buildEarlier(version: string): string {
  const root = path.resolve(KEPT, version)
  if (existsSync(root)) return root
  mkdirSync(KEPT, { recursive: true })
  const making = mkdtempSync(`${root}-`)
  const archive = path.join(making, 'sources.tar')
  try {
    git('archive', `--output=${archive}`, version)
  } catch (error) {
    throw new Error(
      `the history lacks ${version}, which the test needs; get all of it with git fetch --unshallow --tags`,
      {
        cause: error,
      },
    )
  }
  execFileSync('tar', ['-xf', archive, '-C', making])
  symlinkSync(path.resolve('node_modules'), path.join(making, 'node_modules'))
  execFileSync(process.execPath, ['scripts/build.mjs'], { cwd: making, stdio: 'pipe' })
  renameSync(making, root)
  return root
}
