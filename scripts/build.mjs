// Prisma's client, the bot, the page of the local web chat, the content as read, an empty embedded database: everything `npm start` needs, into dist/.
import { execFileSync } from 'node:child_process'
import { cpSync, existsSync, readdirSync, statSync, writeFileSync } from 'node:fs'

const run = (bin, ...args) => execFileSync(process.execPath, [`node_modules/${bin}`, ...args], { stdio: ['ignore', 'ignore', 'inherit'] })
const tsc = (...args) => execFileSync(process.execPath, ['node_modules/typescript/bin/tsc', ...args], { stdio: 'inherit' })

run('prisma/build/index.js', 'generate')
tsc('-p', 'tsconfig.json')
tsc('-p', 'src/platforms/web/page/tsconfig.json')
const page = 'src/platforms/web/page'
for (const name of readdirSync(page)) {
  if (/\.(html|css|svg)$/.test(name)) cpSync(`${page}/${name}`, `dist/platforms/web/page/${name}`)
}

const { readContent, writeCache } = await import('../dist/content/cache.js')
const shipped = 'dist/content.json'
const reading = await readContent('content', [shipped])
if (!reading.isCached) await writeCache(shipped, reading, 0o644)

const empty = 'dist/empty-database.tar.gz'
const changed = (file) => statSync(file).mtimeMs
if (!existsSync(empty) || changed(empty) < changed('node_modules/@electric-sql/pglite/package.json')) {
  const { PGlite } = await import('@electric-sql/pglite')
  const database = await PGlite.create()
  writeFileSync(empty, Buffer.from(await (await database.dumpDataDir('gzip')).arrayBuffer()))
  await database.close()
}
