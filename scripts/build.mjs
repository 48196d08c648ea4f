// Prisma's client, the bot, the page of the local web chat, an empty embedded database: everything `npm start` needs, into dist/.
import { execFileSync } from 'node:child_process'
import { existsSync, statSync, writeFileSync } from 'node:fs'

const run = (bin, ...args) => execFileSync(process.execPath, [`node_modules/${bin}`, ...args], { stdio: ['ignore', 'ignore', 'inherit'] })

run('prisma/build/index.js', 'generate')
execFileSync(process.execPath, ['node_modules/typescript/bin/tsc', '-p', 'tsconfig.json'], { stdio: 'inherit' })
await import('./page.mjs')

const empty = 'dist/empty-database.tar.gz'
const changed = (file) => statSync(file).mtimeMs
if (!existsSync(empty) || changed(empty) < changed('node_modules/@electric-sql/pglite/package.json')) {
  const { PGlite } = await import('@electric-sql/pglite')
  const database = await PGlite.create()
  writeFileSync(empty, Buffer.from(await (await database.dumpDataDir('gzip')).arrayBuffer()))
  await database.close()
}
