// Run by `npm version` before it changes anything: what stands under "Pending" in RELEASE_NOTES.md gets the
// heading of the new version, with its date (UTC).
import { readFileSync, writeFileSync } from 'node:fs'

const FILE = 'RELEASE_NOTES.md'
const version = process.env.npm_new_version
const [before, after] = readFileSync(FILE, 'utf8').split('## Pending\n')
if (after === undefined || /^\s*(## |$)/.test(after)) {
  console.error(
    `${FILE}: nothing stands under "## Pending". Write there what is new in ${version}, commit it, and run npm version again.`,
  )
  process.exit(1)
}
const date = new Date().toISOString().slice(0, 10)
writeFileSync(FILE, `${before}## Pending\n\n## ${version} (${date})\n${after}`)
