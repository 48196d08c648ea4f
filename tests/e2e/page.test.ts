// @module-tag slow
/** The chat page in a real browser, against a bot of fixed answers. */
import { randomUUID } from 'node:crypto'
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { deflateSync } from 'node:zlib'
import axe from 'axe-core'
import type { Browser, BrowserContextOptions, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { createWeb, type Web } from '../../src/platforms/web/index.js'
import { type Door, listen } from '../../src/platforms/web/listen.js'
import { LOCAL_MEMBERS } from '../../src/platforms/web/room.js'
import { IS_LONG } from '../helpers/long.js'
import { memoryLog } from '../helpers/message-log.js'
import { openBrowser } from './browser.js'
import { buildPage } from './build-page.js'
import { createFakeApp, type FakeApp, NASTY, questionCard } from './fake-app.js'

const PLACE = { workspace: 'local', channel: 'study' }
/** A folder for pictures of the page, to be looked at. */
const SHOTS = process.env.PAGE_SHOTS

let built: Awaited<ReturnType<typeof buildPage>>
let browser: Browser
let app: FakeApp
let web: Web
let door: Door
let page: Page
let complaints: string[]

/** A plain grey PNG of 720 by 200. */
function grey(): Uint8Array {
  const chunk = (type: string, data: Buffer) => {
    const body = Buffer.concat([Buffer.from(type), data])
    const ends = Buffer.alloc(8)
    ends.writeUInt32BE(data.length, 0)
    ends.writeUInt32BE(crc(body), 4)
    return Buffer.concat([ends.subarray(0, 4), body, ends.subarray(4)])
  }
  const head = Buffer.from([0, 0, 2, 208, 0, 0, 0, 200, 8, 0, 0, 0, 0])
  const pixels = Buffer.alloc(200 * 721, 200)
  for (let y = 0; y < 200; y++) pixels[y * 721] = 0
  const signature = Buffer.from([137, 80, 78, 71, 13, 10, 26, 10])
  return Buffer.concat([
    signature,
    chunk('IHDR', head),
    chunk('IDAT', deflateSync(pixels)),
    chunk('IEND', Buffer.alloc(0)),
  ])
}

function crc(data: Uint8Array): number {
  let sum = 0xffffffff
  for (const byte of data) {
    sum ^= byte
    for (let i = 0; i < 8; i++) sum = sum & 1 ? (sum >>> 1) ^ 0xedb88320 : sum >>> 1
  }
  return (sum ^ 0xffffffff) >>> 0
}

const log = {
  debug: () => {},
  info: () => {},
  warn: () => {},
  error: (fields: object, message: string) => void complaints.push(`${message} ${JSON.stringify(fields)}`),
}

function openWeb(): void {
  web = createWeb({
    app: () => app,
    messages: memoryLog(),
    draw: async () => grey(),
    members: LOCAL_MEMBERS,
    clock: Date.now,
    log,
    assets: built.assets,
  })
}

async function visit(options: BrowserContextOptions = {}): Promise<Page> {
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 }, ...options })
  const opened = await context.newPage()
  opened.setDefaultTimeout(20_000)
  opened.on('console', (m) => ['error', 'warning'].includes(m.type()) && complaints.push(m.text()))
  opened.on('pageerror', (e) => complaints.push(e.message))
  await opened.goto(door.address)
  await opened.getByRole('log', { name: 'Conversation' }).and(opened.locator('[aria-busy=false]')).waitFor()
  return opened
}

const box = () => page.getByRole('textbox', { name: 'Message' })
const articles = () => page.getByRole('log', { name: 'Conversation' }).getByRole('article')
async function says(text: string): Promise<void> {
  await box().fill(text)
  await box().press('Enter')
}
const shows = (text: string) => articles().filter({ hasText: text }).last().waitFor()

describe('the chat page', () => {
  beforeAll(async () => {
    built = await buildPage()
    browser = await openBrowser()
    if (SHOTS) mkdirSync(SHOTS, { recursive: true })
  })
  afterAll(async () => {
    await browser?.close()
    built?.remove()
  })
  beforeEach(async () => {
    complaints = []
    app = createFakeApp()
    openWeb()
    door = await listen(web.routes, { host: '127.0.0.1', port: 0, log })
    page = await visit()
  })
  afterEach(async () => {
    await page.context().close()
    await door.close()
    expect(complaints).toEqual([])
  })

  it('shows a line to the channel and a private answer to its asker alone', async () => {
    await says('good morning')
    await shows('good morning')
    await says('/explain canary vs linear')
    await shows('Canary against linear')
    expect(await articles().last().getByText('Only visible to you').count()).toBe(1)
    await page.getByRole('combobox', { name: 'You are' }).selectOption('Ben')
    await shows('good morning')
    expect(await articles().count()).toBe(1)
  })

  it('draws what is said as text, never as markup', async () => {
    await says(NASTY)
    await says('/help')
    await shows('Help </script>')
    expect(await articles().locator('img').count()).toBe(0)
    expect(await page.title()).toBe('Cohort · # study')
    await says('/explain x')
    await shows('SageMaker AI guide')
    const links = await articles().last().getByRole('link').all()
    expect(await Promise.all(links.map((l) => l.getAttribute('href')))).toEqual([
      'https://docs.aws.amazon.com/sagemaker/',
    ])
    expect(await links[0]?.getAttribute('rel')).toContain('noopener')
  })

  it.each(['right', 'wrong', 'trouble'] as const)(
    'draws a card that says %s in the words of all others',
    async (outcome) => {
      const look = async () => {
        await page.reload()
        const line = articles().last().locator('.card p').first()
        await line.waitFor()
        return line.evaluate((one) => {
          const { color, fontWeight, fontSize } = getComputedStyle(one)
          return [color, fontWeight, fontSize]
        })
      }
      const card = { title: 'Said', blocks: [{ kind: 'text', text: ['In words.'] }] } as const
      const post = (more: object) => web.chat.post(PLACE, { ...card, ...more }, randomUUID())
      await post({})
      const plain = await look()
      await post({ outcome })
      expect(await look()).toEqual(plain)
    },
  )

  it('presses a button, once for two quick clicks, and replaces the card in place with the focus kept', async () => {
    await says('/explain canary')
    await page.getByRole('button', { name: 'Linear', exact: true }).dblclick()
    await shows('Pressed more~linear')
    expect(await articles().count()).toBe(2)
    expect(app.seen.filter((r) => r.kind === 'press').length).toBe(1)
    expect(
      await articles()
        .last()
        .evaluate((a) => a.contains(document.activeElement)),
    ).toBe(true)
  })

  it('completes a line: arrows, Tab, Enter, Escape, and recalls the last command', async () => {
    const popup = page.getByRole('listbox', { name: 'Completions' })
    await box().pressSequentially('/ex')
    await popup.waitFor()
    await expect.poll(() => popup.getByRole('option').count()).toBe(2)
    await box().press('ArrowDown')
    await box().press('ArrowDown')
    const active = await box().getAttribute('aria-activedescendant')
    expect(await page.locator(`#${active}`).getAttribute('aria-selected')).toBe('true')
    await box().press('Enter')
    expect(await box().inputValue()).toBe('/explain linear')
    await box().fill('/ex')
    await popup.waitFor()
    await box().press('Tab')
    expect(await box().inputValue()).toBe('/explain canary deployments')
    await box().fill('/he')
    await popup.waitFor()
    await box().press('Escape')
    expect(await popup.isVisible()).toBe(false)
    await says('/he')
    await shows('Help')
    await box().press('ArrowUp')
    expect(await box().inputValue()).toBe('/he')
    await box().press('ArrowDown')
    expect(await box().inputValue()).toBe('')
  })

  it('keeps what was marked among the completions when those for the last letter come late', async () => {
    const popup = page.getByRole('listbox', { name: 'Completions' })
    await box().fill('/e')
    await popup.waitFor()
    let late = () => {}
    const held = new Promise<void>((resolve) => {
      late = resolve
    })
    const asked = page.waitForRequest(/line=%2Fex$/)
    const came = page.waitForResponse(/line=%2Fex$/)
    await page.route(/line=%2Fex$/, (route) => held.then(() => route.continue()))
    await box().press('x')
    await asked
    await box().press('ArrowDown')
    await box().press('ArrowDown')
    late()
    await (await came).finished()
    await page.evaluate(() => new Promise((drawn) => requestAnimationFrame(() => setTimeout(drawn))))
    expect(await popup.getByRole('option', { selected: true }).innerText()).toContain('/explain linear')
    await box().press('Enter')
    expect(await box().inputValue()).toBe('/explain linear')
  })

  it('sends on Enter what was typed when no completion was chosen, and keeps a new line on Shift+Enter', async () => {
    await box().pressSequentially('/quiz')
    await box().press('Enter')
    await shows('Two that scale to zero')
    await box().pressSequentially('one')
    await box().press('Shift+Enter')
    await box().pressSequentially('two')
    await box().press('Enter')
    await shows('one\ntwo')
  })

  it('chooses TWO by check boxes, and one from a menu at once', async () => {
    await says('/quiz')
    const two = page.getByRole('group', { name: 'Choose TWO' })
    await two.getByRole('checkbox', { name: 'A: Serverless' }).check()
    expect(await page.getByRole('button', { name: 'Submit' }).isDisabled()).toBe(true)
    await two.getByRole('checkbox', { name: 'B: Asynchronous' }).check()
    expect(await two.getByRole('checkbox', { name: 'C: Batch' }).isDisabled()).toBe(true)
    await page.getByRole('button', { name: 'Submit' }).click()
    await shows('Picked A and B')
    await page.getByRole('combobox', { name: 'Topic' }).selectOption('Amazon ECR')
    await shows('Picked ecr')
  })

  it('fills in a form, which says what is wrong and keeps what was typed', async () => {
    await says('/team setup')
    const dialog = page.getByRole('dialog', { name: 'Set up the daily question' })
    await dialog.getByLabel('Time zone').fill('  ')
    await dialog.getByRole('button', { name: 'Save' }).click()
    await dialog.getByRole('alert').filter({ hasText: '"Time zone" is missing.' }).waitFor()
    await dialog.getByLabel('Time zone').fill('Europe/Berlin')
    await dialog.getByRole('combobox', { name: 'Pack' }).selectOption('SAA-C03')
    await dialog.getByRole('checkbox', { name: 'Wed' }).check()
    await dialog.getByRole('button', { name: 'Save' }).click()
    await shows('Saved')
    expect(await dialog.count()).toBe(0)
    expect(app.seen.at(-1)).toMatchObject({
      kind: 'submit',
      values: {
        channel: 'study',
        time: '09:00',
        zone: 'Europe/Berlin',
        pack: 'saa',
        days: ['1', '2', '3'],
        note: '',
      },
    })
  })

  it('says at its field what the bot finds wrong, and goes there', async () => {
    await says('/team setup')
    const dialog = page.getByRole('dialog', { name: 'Set up the daily question' })
    await dialog.getByLabel('Time zone').fill('Europe/Berlin')
    await dialog.getByLabel('Note').fill('kept')
    await dialog.getByRole('textbox', { name: 'Time', exact: true }).fill('25:99')
    await dialog.getByRole('button', { name: 'Save' }).click()
    await dialog.getByRole('alert').filter({ hasText: 'No such time.' }).waitFor()
    complaints = complaints.filter((one) => !one.includes('422'))
    expect(await page.evaluate(() => document.activeElement?.getAttribute('name'))).toBe('time')
    await page.keyboard.press('Control+A')
    await page.keyboard.type('10:00')
    await dialog.getByRole('button', { name: 'Save' }).click()
    await shows('Saved')
    expect(app.seen.at(-1)).toMatchObject({ kind: 'submit', values: { time: '10:00', note: 'kept' } })
  })

  it('does everything by keyboard', async () => {
    await page.keyboard.type('/explain canary')
    await page.keyboard.press('Escape')
    await page.keyboard.press('Enter')
    await shows('Canary against linear')
    await page.keyboard.press('Shift+Tab')
    expect(await page.evaluate(() => document.activeElement?.textContent)).toBe('Linear')
    await page.keyboard.press('Shift+Tab')
    await page.keyboard.press('Shift+Tab')
    await page.keyboard.press('Enter')
    await shows('Pressed quiz~canary')
    await box().focus()
    await page.keyboard.type('/team setup')
    await page.keyboard.press('Enter')
    await page.getByRole('dialog').waitFor()
    await page.keyboard.press('Escape')
    await page.getByRole('dialog').waitFor({ state: 'detached' })
    expect(await box().evaluate((b) => b === document.activeElement)).toBe(true)
  })

  it('spares what was typed in a form from the first Escape', { tags: ['slow'] }, async () => {
    await says('/team setup')
    const dialog = page.getByRole('dialog')
    await dialog.getByLabel('Note').fill('An hour of work')
    await page.keyboard.press('Escape')
    await dialog.getByRole('alert').filter({ hasText: 'Escape once more' }).waitFor()
    expect(await dialog.getByLabel('Note').inputValue()).toBe('An hour of work')
    await page.keyboard.press('Escape')
    await dialog.waitFor({ state: 'detached' })
  })

  it('stays at the newest, but not when the reader scrolled up', async () => {
    for (const topic of ['a', 'b', 'c']) await says(`/explain ${topic}`)
    await page.waitForFunction(() => document.querySelectorAll('article').length === 6)
    const log = page.getByRole('log')
    const newestFromTop = () =>
      log.evaluate(
        (l) =>
          Math.round([...l.querySelectorAll('article')].at(-1)?.getBoundingClientRect().top ?? 0) -
          l.getBoundingClientRect().top,
      )
    const fromEnd = () => log.evaluate((l) => Math.round(l.scrollHeight - l.scrollTop - l.clientHeight))
    await page.setViewportSize({ width: 900, height: 500 })
    await says('/explain d')
    await expect.poll(newestFromTop, { message: 'a tall answer is read from its top' }).toBeGreaterThan(0)
    await expect.poll(newestFromTop).toBeLessThan(120)
    for (const line of ['one', 'two', 'three']) {
      await says(line)
      await shows(line)
    }
    await expect.poll(fromEnd).toBeLessThan(5)
    await log.evaluate(
      (l) =>
        new Promise((done) => {
          l.addEventListener('scroll', done, { once: true })
          l.scrollTo(0, 0)
        }),
    )
    const jump = page.getByRole('button', { name: 'Jump to newest' })
    await web.chat.post(PLACE, questionCard, 'k')
    await jump.waitFor()
    expect(await log.evaluate((l) => l.scrollTop)).toBe(0)
    await jump.click()
    await expect.poll(newestFromTop).toBeLessThan(120)
    expect(await jump.isVisible()).toBe(false)
  })

  it('says when the server is gone, keeps the line, and comes back by itself', async () => {
    await says('before')
    await shows('before')
    const { port } = new URL(door.address)
    await door.close()
    await page.getByRole('alert').filter({ hasText: 'still running' }).waitFor()
    await says('lost?')
    await expect.poll(() => box().inputValue()).toBe('lost?')
    door = await listen(web.routes, { host: '127.0.0.1', port: Number(port), log })
    await page.getByRole('alert').waitFor({ state: 'detached', timeout: 10_000 })
    await box().press('Enter')
    await shows('lost?')
    expect(await articles().count()).toBe(2)
    expect(complaints.every((c) => c.includes('net::ERR_'))).toBe(true)
    complaints = []
  })

  it('remembers who one is', async () => {
    await page.getByRole('combobox', { name: 'You are' }).selectOption('Chloe')
    await page.reload()
    await says('still me')
    await shows('still me')
    expect(await articles().last().textContent()).toContain('Chloe')
  })

  describe.each(['light', 'dark'] as const)('in %s', (colorScheme) => {
    const SIZES = [
      ['wide', 1280, 800],
      ['phone', 390, 844],
      ['narrow', 360, 640],
    ] as const
    // In a short run axe looks at each scheme in one size, and at the widest and the narrowest.
    const looks = (name: string) => IS_LONG || name === (colorScheme === 'light' ? 'wide' : 'narrow')
    it.each(
      SIZES.map(([name, ...size]) => [name, looks(name) ? ' and axe finds nothing' : '', ...size] as const),
    )(
      '%s: nothing sticks out%s',
      async (name, _axe, width, height) => {
        await page.context().close()
        page = await visit({ viewport: { width, height }, colorScheme })
        const shot = async (what: string) =>
          SHOTS && (await page.screenshot({ path: join(SHOTS, `${colorScheme}-${name}-${what}.png`) }))
        const check = async (what: string) => {
          await shot(what)
          expect(
            await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth),
          ).toBeLessThanOrEqual(0)
          if (!looks(name)) return
          if (!(await page.evaluate(() => 'axe' in globalThis))) await page.evaluate(axe.source)
          const { violations } = await page.evaluate(() =>
            (globalThis as unknown as { axe: typeof axe }).axe.run(),
          )
          expect(violations.map((v) => `${what}: ${v.id} ${v.nodes.map((n) => n.html).join(' ')}`)).toEqual(
            [],
          )
        }
        await check('empty')
        await says('Morning all. Who has a good way to remember canary and linear?')
        await says('I always mix them up')
        await web.chat.post(PLACE, questionCard, 'k')
        await shows('Question of the day')
        await check('question')
        await says('/explain canary vs linear')
        await shows('Canary against linear')
        await check('topic')
        await says('/quiz')
        await page.getByRole('checkbox', { name: 'A: Serverless' }).check()
        await check('quiz')
        await says('/leaderboard')
        await shows('This season')
        await check('board')
        await box().pressSequentially('/')
        await page.getByRole('listbox', { name: 'Completions' }).waitFor()
        await box().press('ArrowDown')
        await check('completion')
        await box().fill('/team setup')
        await box().press('Enter')
        await page.getByRole('dialog').waitFor()
        await check('form')
      },
      30_000,
    )
  })
})
