// @module-tag slow
/**
 * The slowest texts that anybody can type: each takes at most thirty times a plain look-up of the same run,
 * and never 50 ms. A plain one is by name and costs the same in a pack of any size; these grow with the pack.
 */
import { beforeAll, describe, expect, it } from 'vitest'
import { memberBoardCard } from '../../src/bot/cards/board.js'
import { commands } from '../../src/bot/commands/index.js'
import { lookUp } from '../../src/bot/member/look-up.js'
import { openPacks } from '../../src/bot/packs.js'
import type { Board } from '../../src/bot/ports/boards.js'
import type { Packs } from '../../src/bot/ports/packs.js'
import { type Card, plainCard } from '../../src/bot/ui/card.js'
import { clean } from '../../src/bot/ui/clean.js'
import { completeLine } from '../../src/bot/ui/complete.js'
import { findCommand, parseArgs } from '../../src/bot/ui/parse.js'
import type { Bank } from '../../src/content/bank.js'
import { parseTime, parseZone } from '../../src/core/schedule.js'
import { broken, short, type Text } from '../../src/core/text.js'
import { svgOf } from '../../src/pictures/draw.js'
import { renderMessage as discordMessage } from '../../src/platforms/discord/render.js'
import { renderMessage as slackMessage } from '../../src/platforms/slack/render.js'
import type { Search } from '../../src/search/search.js'
import { IS_LONG } from '../helpers/long.js'
import { shippedContent } from '../helpers/shipped.js'
import { PATIENCE_MS, RUNS, SEED } from './fuzz.js'
import { cost, type Entry, filled, growth, median, slowest } from './slowest.js'

/** A thirtieth of what the other made-up input has: each round times a text three times. */
const ROUNDS = Math.round(RUNS / 30)
const PLAIN = 'canary vs linear'
const MOST = 30
/** What a member may write that others get drawn: the forms take no more. */
const LONGEST = 1000
/** In one piece of the event loop. */
const MOST_MS = 50
/** Enough for the compiler, so that what is measured is the work. */
const WARM = 300

let packs: Packs
let search: Search
let bank: Bank
let words: string[]

beforeAll(async () => {
  ;({ packs } = openPacks((await shippedContent()).banks.slice(0, 1)))
  ;({ bank, search } = packs.first)
  words = bank.topics.flatMap((topic) => [topic.title, ...topic.aliases])
})

const lookedUp = (query: string) => lookUp(query, packs.first, packs).card
/** As a member gets it on Slack: found, made a card, and drawn. */
const plainLookUp = () => slackMessage(lookedUp(PLAIN), new Map())
const draws: Readonly<Record<string, (card: Card) => unknown>> = {
  'plain words': plainCard,
  Slack: (card) => slackMessage(card, new Map()),
  Discord: (card) => discordMessage(card, new Map()),
  'the web chat': (card) => JSON.stringify(card),
}

function boardOf(name: string): Card {
  const rows = Array.from({ length: 10 }, (_, i) => {
    return {
      member: { id: i, user: `u${i}`, name, hidden: false },
      points: 10,
      answered: 2,
      right: 1,
      rank: i + 1,
    }
  })
  const board: Board = { rows, total: 10, mine: undefined, ahead: undefined, open: 0 }
  return memberBoardCard(board, { team: name, span: 'week', offset: 0, user: 'u1' })
}

function orRefused(work: () => unknown): void {
  try {
    work()
  } catch {
    // What is refused was looked at, too.
  }
}

/** What the fuzzer found slowest, before it was made fast: each is worth a look in every run. */
const CORPUS = [
  ...[
    '⒜',
    'ﷺ',
    '½',
    'a,',
    'the ',
    'vs ',
    'is it the a an ',
    'compare ',
    'difference between ',
    'a vs b vs ',
    'data model ',
    'aBc',
  ],
  ...[
    'endpiont monitr deplyment ',
    'WaitInterval ',
    'canary or linear or blue/green and ',
    ' *a',
    '*_',
    '*_~`',
    '*',
    '> ',
    '\n>',
    '\\',
    ':+:',
  ],
]

/** The slowest of what is known and of what is found now, when it is measured again. */
function worst(entry: Entry): { text: string; ms: number } {
  const found = slowest(entry, words, ROUNDS, SEED).map(({ text }) => text)
  const all = [...CORPUS.map((unit) => filled(unit, entry.max)), ...found]
  const measured = all
    .map((text) => ({ text, ms: cost(() => entry.run(text), IS_LONG ? 20 : 5) }))
    .sort((a, b) => b.ms - a.ms)
  const slow = measured.slice(0, 3).map(({ text }) => ({ text, ms: cost(() => entry.run(text), WARM) }))
  return slow.sort((a, b) => b.ms - a.ms)[0] ?? { text: '', ms: 0 }
}

/** With what comes again written once, and how often. */
const shownShort = (text: string) =>
  JSON.stringify(
    text.replace(/(.{1,12}?)\1{3,}/gsu, (all, unit) => `${unit}{${all.length / unit.length}}`),
  ).slice(0, 300)

function isBounded(entry: Entry, plain: () => unknown): void {
  cost(plain, WARM)
  const slow = worst(entry)
  const usual = median(plain, WARM)
  const ratio = slow.ms / usual
  if (process.env.FUZZ_TELL)
    console.log(`${entry.name}: ${ratio.toFixed(1)} times ${usual.toFixed(4)} ms: ${shownShort(slow.text)}`)
  expect(ratio, `${entry.name}: ${shownShort(slow.text)}`).toBeLessThanOrEqual(MOST)
  expect(slow.ms).toBeLessThan(MOST_MS)
}

describe('the slowest text that a fuzzer finds', () => {
  const typed: readonly Entry[] = [
    { name: 'looked up', max: 4000, run: (text) => search.find(text) },
    { name: 'looked up, as long as it may be', max: 300, run: (text) => search.find(text) },
    { name: 'completed', max: 300, run: (text) => search.complete(text, 25) },
    {
      name: 'completed as a line',
      max: 4000,
      run: (text) => completeLine(commands, `/explain ${text}`, search),
    },
    { name: 'read as a command', max: 4000, run: (text) => orRefused(() => readLine(text)) },
    { name: 'read as options', max: 4000, run: (text) => orRefused(() => readLine(`leaderboard ${text}`)) },
    { name: 'cleaned', max: 4000, run: clean },
    { name: 'read as a time of day', max: 4000, run: (text) => orRefused(() => parseTime(text)) },
    { name: 'read as a zone', max: 4000, run: (text) => orRefused(() => parseZone(text)) },
    { name: 'cut', max: 4000, run: (text) => short(text, 3000) },
  ]
  it.each(typed)('$name', (entry) => isBounded(entry, plainLookUp), PATIENCE_MS)

  for (const [where, draw] of Object.entries(draws)) {
    it(
      `looked up and drawn: ${where}`,
      () => isBounded({ name: where, max: 300, run: (text) => draw(lookedUp(text)) }, plainLookUp),
      PATIENCE_MS,
    )
    it(
      `as the names of a board: ${where}`,
      () => isBounded({ name: where, max: 80, run: (text) => draw(boardOf(text)) }, plainLookUp),
      PATIENCE_MS,
    )
    it(
      `as a long text of a member: ${where}`,
      () =>
        isBounded(
          { name: where, max: LONGEST, run: (text) => draw({ blocks: [{ kind: 'text', text: [text] }] }) },
          plainLookUp,
        ),
      PATIENCE_MS,
    )
  }

  it(
    'in bold, in code and in a list of parts',
    () => {
      const parts = (text: string): Text => [{ bold: [text] }, { italic: [text] }, { code: text }]
      const entry = {
        name: 'rich',
        max: 1000,
        run: (text: string) => draws.Slack?.({ blocks: [{ kind: 'text', text: parts(text) }] }),
      }
      isBounded(entry, plainLookUp)
    },
    PATIENCE_MS,
  )

  it(
    'in pictures',
    () => {
      const bars = (text: string) => Array.from({ length: 8 }, () => ({ label: text, count: 3, right: true }))
      const run = (text: string) => {
        svgOf({ kind: 'bars', title: text, bars: bars(text) })
        svgOf({ kind: 'diagram', diagram: { alt: text, boxes: [{ id: 'a', label: text }], arrows: [] } })
      }
      expect(worst({ name: 'pictures', max: 300, run }).ms).toBeLessThan(MOST_MS)
    },
    PATIENCE_MS,
  )
})

function readLine(text: string): unknown {
  const found = findCommand(commands, text)
  return found && parseArgs(found.command, found.rest)
}

describe('four times as much takes about four times as long', () => {
  /** Four times as much takes 16 times as long when time grows with the square. */
  const GROWTH = 9
  const unbounded: readonly (readonly [string, (text: string) => unknown])[] = [
    ['drawn on Slack', (text) => draws.Slack?.({ blocks: [{ kind: 'text', text: [text] }] })],
    ['drawn on Discord', (text) => draws.Discord?.({ blocks: [{ kind: 'text', text: [text] }] })],
    ['broken into parts', (text) => broken([text], 1200, (part) => String(part[0]).length)],
  ]
  it.each(unbounded)('%s', (_, run) => {
    for (const unit of CORPUS) {
      const [once, more] = [filled(unit, 25_000), filled(unit, 100_000)]
      const grown = growth(
        GROWTH,
        0.2,
        5,
        () => run(once),
        () => run(more),
      )
      expect(grown, JSON.stringify(unit)).toBeLessThan(GROWTH)
    }
  })
})
