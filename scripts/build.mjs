// Prisma's client, the bot, the page of the local web chat, the content as read, embedded databases to begin with:
// everything `npm start` needs, into dist/.
import { execFileSync } from 'node:child_process'
import { register } from 'tsx/esm/api'
import { bundlePage, bundleProgram } from './bundle.mjs'
import { makeEmptyDatabase, makeFilledDatabase } from './empty-database.mjs'

execFileSync(process.execPath, ['node_modules/prisma/build/index.js', 'generate'], {
  stdio: ['ignore', 'ignore', 'inherit'],
})
register()
const { reader, readContent, writeCache } = await import('../src/content/cache.ts')
await bundleProgram(await reader())
await bundlePage('dist/page')

const { migrate } = await import('../src/store/migrate.ts')
await makeEmptyDatabase(migrate)
const shipped = 'dist/content.json'
const reading = await readContent('content', [shipped])
if (!reading.isCached) await writeCache(shipped, reading, 0o644)

const { questionVerbs } = await import('../src/store/questions.ts')
const questions = reading.banks.flatMap((bank) => bank.questions)
await makeFilledDatabase(reading.key, (pool) => questionVerbs(pool).saveQuestions(questions))
