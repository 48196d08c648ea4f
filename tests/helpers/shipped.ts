/**
 * The content that ships, read once by whoever comes first: reading it takes seconds, what was kept of it a
 * tenth. `npm test` does so before the workers start.
 */
import { mkdir } from 'node:fs/promises'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { type Reading, readContent, writeCache } from '../../src/content/cache.js'

const at = (name: string) => fileURLToPath(new URL(`../../${name}`, import.meta.url))
const KEPT = at('node_modules/.cache/cohort/content.json')

let reading: Promise<Reading> | undefined

/** Not for what changes a bank or its questions: everybody in a worker has the same. */
export function shippedContent(): Promise<Reading> {
  reading ??= read()
  return reading
}

async function read(): Promise<Reading> {
  const found = await readContent(at('content'), [KEPT])
  if (!found.isCached) {
    await mkdir(path.dirname(KEPT), { recursive: true })
    await writeCache(KEPT, found)
  }
  return found
}
