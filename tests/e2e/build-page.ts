/** The page as the build makes it, in a folder of its own. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { bundlePage } from '../../scripts/bundle.mjs'

export async function buildPage(): Promise<{ readonly assets: string; readonly remove: () => void }> {
  const assets = mkdtempSync(join(tmpdir(), 'cohort-page-'))
  await bundlePage(assets)
  return { assets, remove: () => rmSync(assets, { recursive: true, force: true }) }
}
