/** The page as the build makes it, in a folder of its own. */
import { execFileSync } from 'node:child_process'
import { cpSync, mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

export function buildPage(): { readonly assets: string; readonly remove: () => void } {
  const out = mkdtempSync(join(tmpdir(), 'cohort-page-'))
  execFileSync(
    process.execPath,
    ['node_modules/typescript/bin/tsc', '-p', 'src/platforms/web/page/tsconfig.json', '--outDir', out],
    { stdio: 'inherit' },
  )
  const assets = join(out, 'platforms/web/page')
  for (const name of readdirSync('src/platforms/web/page'))
    if (/\.(html|css|svg)$/.test(name)) cpSync(`src/platforms/web/page/${name}`, join(assets, name))
  return { assets, remove: () => rmSync(out, { recursive: true, force: true }) }
}
