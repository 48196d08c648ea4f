// `npm run docs:pictures`: the pictures of README, taken of the program itself as it was built, with its own
// pack, in Chromium. Ann's three weeks of practice are written into the database before the second start;
// what is shown of them is what the program makes of them.
import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { chromium } from 'playwright-core'
import { register } from 'tsx/esm/api'
import { freePort, start, stop } from '../.ci/program.mjs'
import { findBrowser } from './browser.mjs'

register()
const { openDatabase } = await import('../src/store/open.ts')
const PORT = await freePort()
const ADDRESS = `http://127.0.0.1:${PORT}`
const DAY_MS = 86_400_000
const DAYS = 20
/** Answers a day. */
const PACE = 5
/** Of twenty answers, those that are wrong. */
const WRONG = [2, 5, 9, 13, 18]
const PHONE = { width: 430, height: 932 }
const DESK = { width: 1120, height: 1120 }

const folder = mkdtempSync(path.join(tmpdir(), 'cohort-pictures-'))
const dataDir = path.join(folder, 'data')
const browser = await chromium.launch({
  executablePath: findBrowser(),
  args: ['--no-sandbox'],
})
try {
  const first = await begin()
  await take('web-chat.png', DESK, async (page) => {
    await page.getByRole('button', { name: 'A', exact: true }).last().click()
    await page.getByText('Only visible to you').last().waitFor()
  })
  await stop(first)
  await practise()
  const second = await begin()
  await take('plan.png', PHONE, async (page) => {
    await says(page, '/study exam in 6 weeks')
    await says(page, '/quiz')
  })
  await take('readiness.png', { ...PHONE, height: 1180 }, async (page) => {
    await says(page, '/stats')
  })
  await stop(second)
} finally {
  await browser.close()
  rmSync(folder, { recursive: true, force: true })
}

/** In a folder of its own, where no `.env` lies. */
function begin() {
  const env = { COHORT_DATA_DIR: dataDir, CONTENT_DIR: path.resolve('content'), PORT: String(PORT) }
  return start({ app: process.cwd(), cwd: folder, env: { ...env, LOG_LEVEL: 'warn' } })
}

/** Opens the chat as Ann, acts, and keeps what the window shows. */
async function take(name, viewport, act) {
  const page = await browser.newPage({ viewport, colorScheme: 'light' })
  page.setDefaultTimeout(60_000)
  await page.goto(ADDRESS)
  await page.getByRole('log', { name: 'Conversation' }).and(page.locator('[aria-busy=false]')).waitFor()
  await act(page)
  await page.evaluate(() => Promise.all([...document.images].map((image) => image.decode().catch(() => {}))))
  await page.screenshot({ path: path.join('docs', name) })
  await page.close()
  console.log(`docs/${name}`)
}

/** Resolves when the answer is there, and at its beginning. */
async function says(page, line) {
  const box = page.getByRole('textbox', { name: 'Message' })
  const articles = page.getByRole('log', { name: 'Conversation' }).getByRole('article')
  const before = await articles.count()
  await box.fill(line)
  await box.press('Enter')
  await articles
    .nth(before + 1)
    .locator('.card')
    .waitFor()
  await articles.nth(before + 1).evaluate((article) => article.scrollIntoView({ block: 'start' }))
}

/** Ann's answers of the last weeks, over all domains by turns, each question once. */
async function practise() {
  const listed = JSON.parse(
    execFileSync(process.execPath, ['bin/cohort.mjs', 'questions', '--json'], {
      encoding: 'utf8',
      maxBuffer: 2 ** 28,
    }),
  )
  const domainOf = new Map(listed.map(({ id, domain }) => [id, domain]))
  const { pool, close } = await openDatabase({ dataDir })
  const { rows } = await pool.query('select question, version from question_version order by number')
  const byDomain = new Map()
  for (const row of rows) {
    const domain = domainOf.get(row.question)
    byDomain.set(domain, [...(byDomain.get(domain) ?? []), row])
  }
  const turns = [...byDomain.values()]
  const now = Date.now()
  for (let n = 0; n < DAYS * PACE; n++) {
    const row = turns[n % turns.length].shift()
    if (!row) continue
    await pool.query(
      `insert into attempt (member_id, question, version, seed, item, answer, correct, points, at)
      select id, $1, $2, 1, 0, 'A', $3, 0, $4 from member where user_id = 'ann'`,
      [
        row.question,
        row.version,
        !WRONG.includes(n % 20),
        new Date(now - (DAYS - Math.floor(n / PACE)) * DAY_MS + n * 60_000),
      ],
    )
  }
  await pool.query('update person set stale = true')
  await close()
}
