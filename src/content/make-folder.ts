import { existsSync, mkdirSync, statSync } from 'node:fs'
import path from 'node:path'

/**
 * Makes a folder and the folders above it. Returns the first that it made; undefined if all existed. Node
 * does the same by itself, but never ends where the system makes no folders, such as in `/proc`.
 */
export function makeFolder(folder: string, mode = 0o777): string | undefined {
  const missing: string[] = []
  for (let one = path.resolve(folder); !existsSync(one); one = path.dirname(one)) {
    missing.unshift(one)
    if (one === path.dirname(one)) break
  }
  for (const one of missing) makeOne(one, mode)
  return missing[0]
}

function makeOne(folder: string, mode: number): void {
  try {
    mkdirSync(folder, { mode })
  } catch (error) {
    // Another process may have made it meanwhile.
    if (statSync(folder, { throwIfNoEntry: false })?.isDirectory()) return
    // The folder above exists, so the code of the system would mislead.
    const isNotFound = error instanceof Error && 'code' in error && error.code === 'ENOENT'
    const refused = () => new Error(`no folder can be made in ${path.dirname(folder)}`)
    throw isNotFound ? Object.assign(refused(), { code: 'EROFS', path: folder }) : error
  }
}
