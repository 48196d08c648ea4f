// Prisma's client, the bot, the page of the local web chat, the content as read, embedded databases to begin with:
// everything `npm start` needs, into dist/.
import { execFileSync } from 'node:child_process'
import { makeEmptyDatabase, makeFilledDatabase } from './empty-database.mjs'

const run = (bin, ...args) =>
  execFileSync(process.execPath, [`node_modules/${bin}`, ...args], { stdio: ['ignore', 'ignore', 'inherit'] })

run('prisma/build/index.js', 'generate')
execFileSync(process.execPath, ['node_modules/typescript/bin/tsc', '-p', 'tsconfig.json'], {
  stdio: 'inherit',
})
await import('./page.mjs')

const { migrate } = await import('../dist/store/migrate.js')
await makeEmptyDatabase(migrate)
const { readContent, writeCache } = await import('../dist/content/cache.js')
const shipped = 'dist/content.json'
const reading = await readContent('content', [shipped])
if (!reading.isCached) await writeCache(shipped, reading, 0o644)

const { questionVerbs } = await import('../dist/store/questions.js')
const questions = reading.banks.flatMap((bank) => bank.questions)
await makeFilledDatabase(reading.key, (pool) => questionVerbs(pool).saveQuestions(questions))
