// @module-tag longer
/**
 * The real bot in a real browser: started as `cohort start` starts it, on a database of its own that begins
 * empty. One bot serves the whole file, so the tests tell one story and stand in its order; each has a page
 * of its own.
 */
import { spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import axe from 'axe-core'
import type { Browser, Locator, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { PROGRAM } from '../helpers/program.js'
import { openBrowser } from './browser.js'

/** Empty counts as unset, and keeps a `.env` of the developer out of it. */
const UNSET = {
  DATABASE_URL: '',
  HOST: '',
  SLACK_BOT_TOKEN: '',
  SLACK_APP_TOKEN: '',
  SLACK_CLIENT_ID: '',
  DISCORD_TOKEN: '',
}
const HOSTILE = '<script>alert(1)</script><img src=x onerror=alert(2)>'
const MOST_TABS = 100

interface Bot {
  readonly address: string
  /** All that it printed. */
  readonly said: () => string
  /** Gives the exit code. */
  readonly stop: () => Promise<number | null>
}

/** Resolves when it says where it listens; rejects with all it said when it ends before that. */
function startBot(data: string): Promise<Bot> {
  const child = spawn(process.execPath, [...PROGRAM, 'start'], {
    env: {
      ...process.env,
      ...UNSET,
      COHORT_DATA_DIR: data,
      PORT: '0',
      CONTENT_DIR: 'content',
      LOG_LEVEL: 'info',
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let said = ''
  const ended = new Promise<number | null>((resolve) => child.once('close', resolve))
  const stop = () => {
    child.kill('SIGTERM')
    return ended
  }
  return new Promise((resolve, reject) => {
    const hear = (chunk: Buffer) => {
      said += chunk
      const [, address] = /Open (http:\S+)/.exec(said) ?? []
      if (address) resolve({ address, said: () => said, stop })
    }
    child.stdout.on('data', hear)
    child.stderr.on('data', hear)
    ended.then((code) => reject(new Error(`The bot ended with ${code}:\n${said}`)))
  })
}

let data: string
let bot: Bot
let browser: Browser
let page: Page
let complaints: string[]

async function visit(): Promise<Page> {
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 } })
  const opened = await context.newPage()
  opened.setDefaultTimeout(20_000)
  opened.on('console', (m) => ['error', 'warning'].includes(m.type()) && complaints.push(m.text()))
  opened.on('pageerror', (e) => complaints.push(e.message))
  opened.on('dialog', (d) => {
    complaints.push(`a dialog of the browser: ${d.message()}`)
    d.dismiss()
  })
  await opened.goto(bot.address)
  await opened.getByRole('log', { name: 'Conversation' }).and(opened.locator('[aria-busy=false]')).waitFor()
  return opened
}

const box = () => page.getByRole('textbox', { name: 'Message' })
const articles = () => page.getByRole('log', { name: 'Conversation' }).getByRole('article')
const titled = (title: string | RegExp) =>
  articles().filter({ has: page.getByRole('heading', { name: title }) })
const press = (name: string, within: Locator) => within.getByRole('button', { name, exact: true }).click()

async function says(text: string): Promise<void> {
  await box().fill(text)
  await box().press('Enter')
}

async function shows(title: string | RegExp): Promise<Locator> {
  const newest = titled(title).last()
  await newest.waitFor()
  return newest
}

async function become(name: string): Promise<void> {
  await page.getByRole('combobox', { name: 'You are' }).selectOption(name)
  await page.locator('[role=log][aria-busy=false]').waitFor()
}

async function pictureIn(card: Locator): Promise<string> {
  const image = card.getByRole('img')
  await expect
    .poll(() => image.evaluate((i) => (i instanceof HTMLImageElement && i.complete ? i.naturalWidth : 0)))
    .toBeGreaterThan(0)
  return (await image.getAttribute('alt')) ?? ''
}

/** Answers the question of the day by one letter, which gives the private card. */
async function answers(letter: string): Promise<Locator> {
  await press(letter, await shows('Question of the day'))
  return shows(/^(Right|Not this time)$/)
}

/** `3. Ann: 10 points, 1 of 1 right` as `{ rank: 3, name: 'Ann', points: 10 }`. */
async function boardRows(card: Locator) {
  const lines = await card.getByRole('listitem').allTextContents()
  return lines.map((line) => {
    const [, rank, name, points] = /^(\d+)\. (.+): (\d+) points?, \d+ of \d+ right$/.exec(line) ?? []
    return { rank: Number(rank), name, points: Number(points) }
  })
}

async function tabTo(control: Locator): Promise<void> {
  for (let i = 0; i < MOST_TABS; i++) {
    if (await control.evaluate((node) => node === document.activeElement)) return
    await page.keyboard.press('Tab')
  }
  throw new Error(`${MOST_TABS} times Tab did not lead to ${control}`)
}

/** One step of practice, whatever kind of question it is; false when there is nothing left to do. */
async function practises(): Promise<boolean> {
  const card = articles().last()
  const seen = await card.getByRole('heading').allTextContents()
  if (seen.includes('Practice done')) return false
  const onward = card.getByRole('button', { name: /^(Next part|Next question|See how it went)$/ })
  const form = card.getByRole('button', { name: /^(Put in order|Match)$/ })
  const boxes = card.getByRole('checkbox')
  if ((await onward.count()) > 0) await onward.click()
  else if ((await form.count()) > 0) await fillsIn(form)
  else if ((await boxes.count()) > 0) await checks(card, boxes)
  else await press('A', card)
  await expect.poll(() => card.getByRole('heading').allTextContents()).not.toEqual(seen)
  return true
}

/** Every menu another option, as an order needs it. */
async function fillsIn(form: Locator): Promise<void> {
  await form.click()
  const dialog = page.getByRole('dialog')
  await dialog.waitFor()
  for (const [i, menu] of (await dialog.getByRole('combobox').all()).entries()) {
    const letters = await menu
      .locator('option:not([value=""])')
      .evaluateAll((all) => all.map((o) => o.getAttribute('value') ?? ''))
    await menu.selectOption(letters[i % letters.length] ?? '')
  }
  await dialog.getByRole('button', { name: 'Answer' }).click()
  await dialog.waitFor({ state: 'detached' })
}

async function checks(card: Locator, boxes: Locator): Promise<void> {
  const submit = card.getByRole('button', { name: 'Submit' })
  for (let i = 0; await submit.isDisabled(); i++) await boxes.nth(i).check()
  await submit.click()
}

describe('the bot on its chat page', () => {
  beforeAll(async () => {
    data = mkdtempSync(join(tmpdir(), 'cohort-app-'))
    bot = await startBot(data)
    browser = await openBrowser()
  })
  afterAll(async () => {
    await browser?.close()
    await bot?.stop()
    rmSync(data, { recursive: true, force: true })
  })
  beforeEach(async () => {
    complaints = []
    page = await visit()
  })
  afterEach(async () => {
    await page.context().close()
    expect(complaints).toEqual([])
    expect(bot.said()).not.toMatch(/"level":[456]0/)
  })

  it('meets a first visitor with a welcome and a question, keeps answers private, and reveals them to all', async () => {
    await shows('Welcome to Cohort')
    const first = await answers('A')
    expect(await first.getByText('Only visible to you').count()).toBe(1)
    const firstWasRight = (await first.getByRole('heading').first().textContent()) === 'Right'
    // The colour of the edge says what the word says, and its line differs too.
    const edge = await first.locator('.card').evaluate((node) => getComputedStyle(node).borderLeftStyle)
    expect(edge).toBe(firstWasRight ? 'solid' : 'dashed')
    const [, key = ''] = /✓ ([A-F]):/.exec((await first.textContent()) ?? '') ?? []
    expect(key === 'A').toBe(firstWasRight)

    await become('Ben')
    await shows('Question of the day')
    expect(await page.getByText('Only visible to you').count()).toBe(0)
    const second = await answers(firstWasRight ? 'B' : key)
    expect(await second.getByRole('heading').first().textContent()).toBe(
      firstWasRight ? 'Not this time' : 'Right',
    )

    await become('Ann')
    expect(await titled(/^(Right|Not this time)$/).count()).toBe(1)
    await says('/team status')
    await press('Close the round now', await shows('Local team'))
    const reveal = await shows('The answer of the day')
    // Two are too few to say how many were right, in words or in a picture.
    expect(
      await reveal.getByText('2 members answered. How they chose is shown from 5 answers on.').count(),
    ).toBe(1)
    expect(await reveal.textContent()).not.toMatch(/ of 2 |How you chose/)
    const question = await shows('Question of the day')
    expect(await question.textContent()).toContain('Closed. 2 members answered.')
    expect(await question.getByRole('button', { name: 'A', exact: true }).count()).toBe(0)
  })

  it('ranks both who answered, as a picture and in words', { tags: ['slow'] }, async () => {
    await says('/leaderboard')
    const board = await shows('Local team: this season')
    const rows = await boardRows(board)
    expect(rows.map((r) => r.rank)).toEqual([1, 2])
    expect(rows.map((r) => r.name).sort()).toEqual(['Ann', 'Ben'])
    expect([10, 15]).toContain(rows[0]?.points)
    expect(rows[1]?.points).toBe(3)
    expect(await pictureIn(board)).toContain(rows.map((r) => `${r.rank}. ${r.name}, ${r.points}`).join('; '))
    expect(await board.textContent()).toContain(`You: rank ${rows.find((r) => r.name === 'Ann')?.rank} with`)
  })

  it('explains two topics side by side, and one that is misspelled', async () => {
    await says('/explain canary vs linear')
    const both = await shows(/Canary.* or .*Linear/)
    expect(await both.getByRole('columnheader').allTextContents()).toEqual([
      expect.stringContaining('Canary'),
      expect.stringContaining('Linear'),
    ])
    expect(await both.getByRole('row').count()).toBeGreaterThan(2)
    await says('/explain cannary deploymnt')
    await shows(/^Canary/)
  })

  it('completes a command and then its topic while one types', { tags: ['slow'] }, async () => {
    const options = page.getByRole('listbox', { name: 'Completions' }).getByRole('option')
    await box().pressSequentially('/ex')
    await options.filter({ hasText: '/explain' }).waitFor()
    await box().press('Tab')
    expect(await box().inputValue()).toBe('/explain ')
    await box().pressSequentially('canar')
    await options.filter({ hasText: 'Canary' }).first().waitFor()
    await box().press('Tab')
    await box().press('Enter')
    await shows(/^Canary/)
  })

  it('practises to the end in whatever kind comes, and counts it in the stats', {
    tags: ['slow'],
  }, async () => {
    await become('Chloe')
    await says('/quiz 10')
    await shows(/^Practice: question 1 of 10/)
    while (await practises());
    const done = (await (await shows('Practice done')).textContent()) ?? ''
    const [outcome = 'no outcome'] = /\d+ of \d+ answers? right/.exec(done) ?? []
    await says('/stats')
    const stats = await shows('Your stats')
    expect(
      await stats.locator('dl > div').filter({ hasText: 'Practice' }).getByRole('definition').textContent(),
    ).toBe(outcome)
  })

  it('is set up by keyboard alone', { tags: ['slow'] }, async () => {
    await page.keyboard.type('/team setup')
    await page.keyboard.press('Enter')
    const dialog = page.getByRole('dialog', { name: 'Study setup' })
    await dialog.waitFor()
    await tabTo(dialog.getByLabel('Team name'))
    await page.keyboard.press('Control+A')
    await page.keyboard.type('Night owls')
    await tabTo(dialog.getByLabel('Time of day'))
    await page.keyboard.press('Control+A')
    await page.keyboard.type('08:30')
    await tabTo(dialog.getByRole('checkbox', { name: 'Sunday' }))
    await page.keyboard.press('Space')
    await tabTo(
      dialog
        .getByRole('checkbox', { name: 'Saturday' })
        .or(dialog.getByRole('button', { name: 'Save' }))
        .last(),
    )
    await page.keyboard.press('Enter')
    const saved = await shows('Night owls is set up')
    await dialog.waitFor({ state: 'detached' })
    expect(await saved.textContent()).toContain(
      '08:30, Monday, Tuesday, Wednesday, Thursday, Friday, Saturday (',
    )
  })

  it('keeps what is typed into a form when the page is loaded again, and says at the field what is wrong', {
    tags: ['slow'],
  }, async () => {
    await says('/team setup')
    const dialog = page.getByRole('dialog', { name: 'Study setup' })
    const kept = page.waitForResponse((response) => response.url().endsWith('/api/keep'))
    await dialog.getByLabel('Team name').fill('Typed and not sent')
    await dialog.getByLabel('Time of day').fill('25:99')
    await dialog.locator('summary').filter({ hasText: 'Choose from' }).first().click()
    await dialog.locator('summary').filter({ hasText: 'Domain 3, Machine Learning Operations' }).click()
    await dialog.getByRole('checkbox', { name: 'Canary' }).first().check()
    await kept
    await page.reload()
    await dialog.waitFor()
    expect(await dialog.getByLabel('Team name').inputValue()).toBe('Typed and not sent')
    await dialog.getByRole('button', { name: 'Save' }).click()
    await dialog.getByRole('alert').filter({ hasText: 'should look like 09:00' }).waitFor()
    const time = dialog.getByLabel('Time of day')
    expect([
      await time.getAttribute('aria-invalid'),
      await time.evaluate((node) => node === document.activeElement),
    ]).toEqual(['true', true])
    // The browser tells that the server has refused it.
    complaints = complaints.filter((one) => !one.includes('422'))
    expect(await dialog.getByLabel('Team name').inputValue()).toBe('Typed and not sent')
    expect(await dialog.locator('summary').filter({ hasText: '1 of' }).count()).toBeGreaterThan(0)
    await dialog.getByRole('button', { name: 'Cancel' }).click()
    await page.reload()
    await page.getByRole('log', { name: 'Conversation' }).and(page.locator('[aria-busy=false]')).waitFor()
    await says('/team status')
    expect(await (await shows('Night owls')).textContent()).not.toContain('Typed')
    expect(await page.getByRole('dialog').count()).toBe(0)
  })

  it('refuses who is not an admin, and offers them no controls of the team', { tags: ['slow'] }, async () => {
    await become('Ben')
    await says('/team setup')
    const refusal = await shows('That did not work')
    expect(await refusal.textContent()).toContain('/team setup is for admins of this workspace.')
    expect(await page.getByRole('dialog').count()).toBe(0)
    await says('/team status')
    expect(await (await shows('That did not work')).getByRole('button').count()).toBe(0)
  })

  it('shows hostile text as text, said or looked up', async () => {
    await says(HOSTILE)
    await articles().filter({ hasText: HOSTILE }).waitFor()
    await says(`/explain ${HOSTILE}`)
    const answer = await shows(/^(Not covered|Did you mean)$/)
    expect(await answer.textContent()).toContain('<script>alert(1)</script>')
    expect(await page.locator('[onerror], [role=log] script').count()).toBe(0)
  })

  it('holds a mock exam by keyboard: flag, grid and its twin in words, time left that is not read out, report', {
    tags: ['slow'],
  }, async () => {
    const enter = async (name: string | RegExp, card: Locator) => {
      await tabTo(card.getByRole('button', { name, exact: true }))
      await page.keyboard.press('Enter')
    }
    await says('/exam short')
    await enter('Short: 40 minutes', await shows(/^Mock exam: /))
    const first = await shows('Mock exam: question 1 of 20')
    const timer = first.getByRole('timer')
    expect([await timer.textContent(), await timer.getAttribute('aria-live')]).toEqual(['40 minutes', 'off'])
    await enter('Flag', first)
    await first.getByText('· flagged').waitFor()
    await enter('Overview', first)
    const overview = await shows('Mock exam: overview')
    expect(await overview.textContent()).toContain('Flagged: 1 (1)Blank: 20 (1-20)')
    const grid = overview.getByRole('grid', { name: 'Questions 1 to 20' })
    await tabTo(grid.getByRole('button', { name: '1: blank, flagged' }))
    const held = () => page.evaluate(() => document.activeElement?.getAttribute('aria-label'))
    for (const [key, to] of [
      ['ArrowRight', '2: blank'],
      ['ArrowDown', '7: blank'],
      ['End', '10: blank'],
      ['ArrowUp', '5: blank'],
      ['Control+End', '20: blank'],
      ['ArrowDown', '20: blank'],
      ['Control+Home', '1: blank, flagged'],
      ['ArrowDown', '6: blank'],
    ] as const) {
      await page.keyboard.press(key)
      expect(await held()).toBe(to)
    }
    await page.keyboard.press('Enter')
    await enter('Back', await shows('Mock exam: question 6 of 20'))
    // The keyboard is where it was: back and back again.
    await shows('Mock exam: question 5 of 20')
    await expect.poll(() => page.evaluate(() => document.activeElement?.textContent)).toBe('Back')
    await page.keyboard.press('Enter')
    await shows('Mock exam: question 4 of 20')
    await enter('Next', await shows('Mock exam: question 4 of 20'))
    await enter('Overview', await shows('Mock exam: question 5 of 20'))
    await enter('Hand in', await shows('Mock exam: overview'))
    await enter('Hand in now', await shows('Hand in?'))
    await enter('Put the misses into my plan', await shows('Mock exam: 0 of 20 right (0 %)'))
    await shows('In your plan')
    // One is left at its grid, for the look that follows.
    await says('/exam short')
    await press('Short: 40 minutes', await shows(/^Mock exam: M/))
    await press('Overview', await shows('Mock exam: question 1 of 20'))
    await shows('Mock exam: overview')
  })

  it('leaves a conversation in which axe finds nothing and every picture says what it shows', {
    tags: ['slow'],
  }, async () => {
    expect(await articles().count()).toBeGreaterThan(10)
    await page.evaluate(axe.source)
    const { violations } = await page.evaluate(() => (globalThis as unknown as { axe: typeof axe }).axe.run())
    expect(violations.map((v) => `${v.id} ${v.nodes.map((n) => n.html).join(' ')}`)).toEqual([])
    const alts = await articles()
      .locator('img')
      .evaluateAll((all) => all.map((i) => i.getAttribute('alt') ?? ''))
    expect(alts.length).toBeGreaterThanOrEqual(2)
    expect(alts.filter((alt) => alt.length < 20)).toEqual([])
  })

  it('stops when told to, and finds everything again on the next start', { tags: ['slow'] }, async () => {
    await says('/leaderboard')
    const rows = await boardRows(await shows('Night owls: this season'))
    // An open mock exam goes on meanwhile.
    const told = async () =>
      (await articles().allTextContents()).map((text) => text.replace(/\d+ minutes? left/, 'minutes left'))
    const before = await told()
    await page.context().close()
    expect(await bot.stop()).toBe(0)
    bot = await startBot(data)
    page = await visit()
    expect(await told()).toEqual(before)
    await says('/leaderboard')
    await expect.poll(() => titled('Night owls: this season').count()).toBe(2)
    expect(await boardRows(await shows('Night owls: this season'))).toEqual(rows)
    expect(rows.length).toBe(2)
  })
})
