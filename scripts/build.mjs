// Prisma's client, the bot, the page of the local web chat, the content as read, an empty embedded database: everything `npm start` needs, into dist/.
import { execFileSync } from 'node:child_process'
import { cpSync, readdirSync } from 'node:fs'
import { makeEmptyDatabase } from './empty-database.mjs'

const run = (bin, ...args) => execFileSync(process.execPath, [`node_modules/${bin}`, ...args], { stdio: ['ignore', 'ignore', 'inherit'] })
const tsc = (...args) => execFileSync(process.execPath, ['node_modules/typescript/bin/tsc', ...args], { stdio: 'inherit' })

run('prisma/build/index.js', 'generate')
tsc('-p', 'tsconfig.json')
tsc('-p', 'src/platforms/web/page/tsconfig.json')
const page = 'src/platforms/web/page'
for (const name of readdirSync(page)) {
  if (/\.(html|css|svg)$/.test(name)) cpSync(`${page}/${name}`, `dist/platforms/web/page/${name}`)
}

const { migrate } = await import('../dist/store/migrate.js')
await makeEmptyDatabase(migrate)
const { readContent, writeCache } = await import('../dist/content/cache.js')
const shipped = 'dist/content.json'
const reading = await readContent('content', [shipped])
if (!reading.isCached) await writeCache(shipped, reading, 0o644)
