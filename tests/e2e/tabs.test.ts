// @module-tag slow
/** The chat page in many tabs, over many days and on a small screen, against a bot of fixed answers. */
import type { Browser, BrowserContext, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { createWeb, type Web } from '../../src/platforms/web/index.js'
import { type Door, listen } from '../../src/platforms/web/listen.js'
import type { MessageLog } from '../../src/platforms/web/messages.js'
import { LOCAL_MEMBERS } from '../../src/platforms/web/room.js'
import { memoryLog } from '../helpers/message-log.js'
import { openBrowser } from './browser.js'
import { buildPage } from './build-page.js'
import { createFakeApp, type FakeApp, questionCard } from './fake-app.js'

const PLACE = { workspace: 'local', channel: 'study' }
const DAY_MS = 24 * 60 * 60_000

let browser: Browser
let built: { readonly assets: string; readonly remove: () => void }
let app: FakeApp
let web: Web
let door: Door
let messages: MessageLog
let context: BrowserContext
let now: number
const log = { debug: () => {}, info: () => {}, warn: () => {}, error: () => {} }

beforeAll(async () => {
  built = await buildPage()
  browser = await openBrowser()
})
afterAll(async () => {
  await browser?.close()
  built?.remove()
})
beforeEach(async () => {
  now = Date.now()
  app = createFakeApp()
  messages = memoryLog()
  await begin(0)
  context = await browser.newContext({ viewport: { width: 1280, height: 800 } })
})
afterEach(async () => {
  await context.close()
  await door.close()
})

async function begin(port: number): Promise<void> {
  web = createWeb({
    app: () => app,
    messages,
    draw: async () => new Uint8Array(),
    members: LOCAL_MEMBERS,
    clock: () => now,
    log,
    assets: built.assets,
  })
  door = await listen(web.routes, { host: '127.0.0.1', port, log })
}

async function tab(): Promise<Page> {
  const page = await context.newPage()
  page.setDefaultTimeout(20_000)
  await page.goto(door.address)
  await conversation(page).and(page.locator('[aria-busy=false]')).waitFor()
  return page
}
const conversation = (page: Page) => page.getByRole('log', { name: 'Conversation' })
const article = (page: Page, text: string) =>
  conversation(page).getByRole('article').filter({ hasText: text })
const box = (page: Page) => page.getByRole('textbox', { name: 'Message' })
async function says(page: Page, text: string): Promise<void> {
  await box(page).fill(text)
  await box(page).press('Enter')
}

describe('many tabs', () => {
  it('all hear what is said, each as whoever it is, and go on when the one with the stream is closed', async () => {
    const tabs: Page[] = []
    for (let i = 0; i < 8; i++) tabs.push(await tab())
    const [first, second, third] = tabs as [Page, Page, Page]
    await second.getByRole('combobox', { name: 'You are' }).selectOption('Ben')
    await third.getByRole('combobox', { name: 'You are' }).selectOption('Chloe')
    await says(second, 'hello from Ben')
    for (const page of tabs) await article(page, 'hello from Ben').waitFor()
    await says(second, '/help')
    await article(second, 'Only visible to you').last().waitFor()
    await first.close()
    await says(third, 'the first tab is gone')
    for (const page of tabs.slice(1)) await article(page, 'the first tab is gone').waitFor()
    expect(await article(third, 'Only visible to you').count()).toBe(0)
    await third.close()
    await second.close()
    await web.chat.post(PLACE, questionCard, 'late')
    for (const page of tabs.slice(3)) await article(page, 'Question of the day').waitFor()
  })

  it('all say so when the server is gone, and come back by themselves', async () => {
    const tabs = [await tab(), await tab(), await tab()]
    const port = Number(new URL(door.address).port)
    await door.close()
    for (const page of tabs) await page.getByRole('alert').filter({ hasText: 'does not answer' }).waitFor()
    await begin(port)
    await web.chat.post(PLACE, questionCard, 'back')
    for (const page of tabs) {
      await article(page, 'Question of the day').waitFor()
      await page.getByRole('alert').filter({ hasText: 'does not answer' }).waitFor({ state: 'detached' })
    }
  })
})

describe('a long conversation', () => {
  it('is reached to its beginning, and the open question with it can be answered', async () => {
    await web.chat.post(PLACE, questionCard, 'open')
    for (let i = 1; i <= 450; i++)
      await messages.add({
        ...PLACE,
        author: 'ben',
        body: { kind: 'said', text: `line ${i} of many` },
        at: now,
      })
    const page = await tab()
    await article(page, 'line 450 of many').waitFor()
    expect(await article(page, 'Question of the day').count()).toBe(0)
    // Its number of answers changes, and that is no new message.
    await web.chat.update(PLACE, '1', { ...questionCard, title: 'Question of the day, changed' })
    const earlier = page.getByRole('button', { name: 'Earlier messages' })
    await earlier.click()
    await article(page, 'line 60 of many').waitFor()
    await earlier.press('Enter')
    await article(page, 'Question of the day, changed').waitFor()
    expect(await article(page, 'line 451').count()).toBe(0)
    expect(await conversation(page).getByRole('article').count()).toBe(451)
    const texts = await conversation(page).getByRole('article').allInnerTexts()
    expect(texts[1]).toContain('line 1 of many')
    await article(page, 'Question of the day').getByRole('button', { name: 'B', exact: true }).click()
    await article(page, 'Pressed').waitFor()
    await tab()
    expect(await conversation(page).getByRole('article').count()).toBe(452)
  })

  it('has each day once, also after midnight', async () => {
    const page = await context.newPage()
    const late = new Date()
    late.setHours(23, 59, 50, 0)
    now = late.getTime()
    await page.clock.install({ time: now - 1000 })
    await page.goto(door.address)
    await says(page, 'good night')
    await article(page, 'good night').waitFor()
    const days = () => conversation(page).locator('.day').allInnerTexts()
    expect(await days()).toEqual(['Today'])
    await page.clock.fastForward(60_000)
    const name = new Intl.DateTimeFormat('en-GB', { weekday: 'long', day: 'numeric', month: 'long' })
    expect(await days()).toEqual([name.format(now)])
    now += DAY_MS / 2
    await page.clock.fastForward(DAY_MS / 2)
    await says(page, 'good morning')
    await article(page, 'good morning').waitFor()
    expect(await days()).toEqual([name.format(late), 'Today'])
  })
})

describe('a question whose number of answers changes', () => {
  it('stays the same to a screen reader but for that number', async () => {
    const counted = (count: number) => ({
      ...questionCard,
      blocks: [...questionCard.blocks, { kind: 'note', text: [`${count} answers so far`] } as const],
    })
    await web.chat.post(PLACE, counted(0), 'counted')
    const page = await tab()
    await article(page, '0 answers so far').waitFor()
    await page.evaluate(() => {
      const added: string[] = []
      Object.assign(globalThis, { added })
      const log = document.getElementById('log')
      if (!log) return
      new MutationObserver((list) => {
        for (const { addedNodes, target } of list)
          for (const node of addedNodes) {
            const around = target instanceof Element ? target : target.parentElement
            const live = around?.closest('[aria-live]')?.getAttribute('aria-live')
            added.push(`${live}: ${node.textContent}`)
          }
      }).observe(log, { childList: true, subtree: true })
    })
    await web.chat.update(PLACE, '1', counted(7))
    await article(page, '7 answers so far').waitFor()
    expect(await page.evaluate(() => (globalThis as unknown as { added: string[] }).added)).toEqual([
      'off: 7 answers so far',
    ])
  })
})

describe('the message box', () => {
  it('cuts nothing that is pasted: what is too long is refused with its length, and stays', async () => {
    const page = await tab()
    const long = 'x'.repeat(4321)
    await box(page).evaluate((element, text) => {
      element.focus()
      document.execCommand('insertText', false, text)
    }, long)
    await box(page).press('Enter')
    await page.getByRole('alert').filter({ hasText: '4,321 characters, of at most 4,000' }).waitFor()
    expect(await box(page).inputValue()).toBe(long)
    expect(app.seen).toEqual([])
  })

  it('sends nothing on an Enter that an input method takes', async () => {
    const page = await tab()
    await box(page).fill('にほん')
    const enter = (keyCode: number, isComposing: boolean) =>
      box(page).evaluate(
        (element, init) =>
          element.dispatchEvent(
            new KeyboardEvent('keydown', { key: 'Enter', bubbles: true, cancelable: true, ...init }),
          ),
        { keyCode, isComposing },
      )
    expect(await enter(229, false)).toBe(true)
    expect(await enter(229, true)).toBe(true)
    expect(await box(page).inputValue()).toBe('にほん')
    await enter(13, false)
    await article(page, 'にほん').waitFor()
  })

  it.each(['／help', '／ｈｅｌｐ', '／help　'])(
    'takes %s for a command, which nobody else sees',
    async (line) => {
      const [ann, ben] = [await tab(), await tab()]
      await ben.getByRole('combobox', { name: 'You are' }).selectOption('Ben')
      await says(ann, line)
      await article(ann, 'Only visible to you').last().waitFor()
      expect(app.seen.map((request) => request.kind === 'command' && request.name)).toEqual(['help'])
      await says(ann, 'done')
      await article(ben, 'done').waitFor()
      expect(await conversation(ben).getByRole('article').count()).toBe(1)
    },
  )
})

it('names of the other direction of writing turn no line round', async () => {
  const board = {
    title: '\u2068צוות\u2069: this season',
    blocks: [
      { kind: 'list', style: 'plain', items: [[{ bold: ['1. \u2068דנה כהן\u2069'] }, ': 30 points']] },
      { kind: 'text', text: ['Shown by ', { member: 'u', name: 'דנה כהן' }, ' 3'] },
      { kind: 'text', text: ['שאלה של היום: SageMaker?'] },
    ],
  } as const
  await web.chat.post(PLACE, board, 'rtl')
  const page = await tab()
  await article(page, 'this season').waitFor()
  /** Where the first of these characters stands, from the left. */
  const places = (selector: string, texts: readonly string[]) =>
    article(page, 'this season')
      .locator(selector)
      .evaluate((element, wanted) => {
        const walker = document.createTreeWalker(element, NodeFilter.SHOW_TEXT)
        const found: number[] = []
        for (let node = walker.nextNode(); node; node = walker.nextNode())
          for (const [i, text] of wanted.entries()) {
            const at = node.textContent?.indexOf(text) ?? -1
            if (at < 0 || found[i] !== undefined) continue
            const range = document.createRange()
            range.setStart(node, at)
            range.setEnd(node, at + text.length)
            found[i] = range.getBoundingClientRect().left
          }
        return found
      }, texts)
  const rising = (list: readonly number[]) => [...list].sort((a, b) => a - b)
  for (const [selector, texts] of [
    ['h3', ['צוות', ': this']],
    ['li', ['1.', 'דנה', ': 30']],
    ['p:first-of-type', ['Shown', 'דנה', '3']],
  ] as const) {
    const found = await places(selector, texts)
    expect(found).toHaveLength(texts.length)
    expect(found, selector).toEqual(rising(found))
  }
  const [question = 0, product = 0] = await places('p:last-of-type', ['שאלה', 'SageMaker'])
  expect(question).toBeGreaterThan(product)
})

it('320 pixels are enough: nothing has to be scrolled sideways', async () => {
  await context.close()
  context = await browser.newContext({ viewport: { width: 320, height: 568 } })
  await web.chat.post(PLACE, questionCard, 'k')
  const page = await tab()
  for (const line of ['/explain canary', '/quiz', '/leaderboard', '/help', `a ${'long'.repeat(60)} word`]) {
    await says(page, line)
    await box(page).press('Escape')
  }
  await article(page, 'longlong').waitFor()
  const wide = () =>
    page.evaluate(() =>
      [...document.querySelectorAll<HTMLElement>('body, body *')]
        .filter((node) => {
          const { overflowX } = getComputedStyle(node)
          const scrolls = ['auto', 'scroll'].includes(overflowX) && node.scrollWidth > node.clientWidth
          return scrolls || node.getBoundingClientRect().right > window.innerWidth + 0.5
        })
        .map((node) => `${node.tagName}.${node.className} ${node.textContent?.slice(0, 40)}`),
    )
  expect(await wide()).toEqual([])
  await says(page, '/team setup')
  await page.getByRole('dialog').waitFor()
  expect(await wide()).toEqual([])
})
