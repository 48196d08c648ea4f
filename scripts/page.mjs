// The page of the local web chat, into dist/: its scripts compiled, its other files copied.
import { execFileSync } from 'node:child_process'
import { cpSync, readdirSync } from 'node:fs'

const page = 'src/platforms/web/page'
execFileSync(process.execPath, ['node_modules/typescript/bin/tsc', '-p', `${page}/tsconfig.json`], {
  stdio: 'inherit',
})
for (const name of readdirSync(page)) {
  if (/\.(html|css|svg)$/.test(name)) cpSync(`${page}/${name}`, `dist/platforms/web/page/${name}`)
}
