// Installs what production runs, in this folder, and nothing of development; says how large it is.
import { execFileSync } from 'node:child_process'
import { existsSync, lstatSync, readdirSync, readFileSync, rmdirSync, rmSync } from 'node:fs'
import path from 'node:path'
import { productionPackages } from './production-packages.mjs'

const MB = 1024 * 1024
execFileSync('npm', ['ci', '--omit=dev', '--ignore-scripts', '--no-audit', '--no-fund'], {
  stdio: 'inherit',
  shell: process.platform === 'win32',
})

const lock = JSON.parse(readFileSync('package-lock.json', 'utf8'))
const needed = productionPackages(lock)
for (const name of Object.keys(lock.packages))
  if (name !== '' && !needed.has(name)) rmSync(name, { recursive: true, force: true })
for (const name of readdirSync('node_modules').filter((scope) => scope.startsWith('@')))
  if (readdirSync(path.join('node_modules', name)).length === 0) rmdirSync(path.join('node_modules', name))
// npm's own record, and links, of what is gone.
rmSync('node_modules/.package-lock.json', { force: true })
const bins = 'node_modules/.bin'
for (const name of readdirSync(bins)) if (!existsSync(path.join(bins, name))) rmSync(path.join(bins, name))

const installed = Object.keys(lock.packages).filter((name) => needed.has(name) && existsSync(name))
const bytes = readdirSync('node_modules', { recursive: true }).reduce(
  (sum, name) => sum + lstatSync(path.join('node_modules', name)).size,
  0,
)
console.log(`production: ${installed.length} packages, ${Math.round(bytes / MB)} MB`)
