/** The files of the page, read once, and served by an explicit list of types. */
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { extname, join } from 'node:path'

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.svg': 'image/svg+xml',
}

export interface Asset {
  readonly type: string
  readonly content: string
}

/** Returns the files by name. Throws if the page is not built. */
export function readAssets(dir: string): ReadonlyMap<string, Asset> {
  const files = new Map<string, Asset>()
  for (const name of existsSync(dir) ? readdirSync(dir) : []) {
    const type = TYPES[extname(name)]
    if (type) files.set(name, { type, content: readFileSync(join(dir, name), 'utf8') })
  }
  for (const needed of ['index.html', 'style.css', 'page.js']) {
    if (!files.has(needed))
      throw new Error(`The chat page is not built: ${needed} is missing in ${dir}. Run npm run build.`)
  }
  return files
}
