/**
 * The whole bot on a real database, with time set by the test, and people who type and press what they see.
 */
import { type App, createApp } from '../../src/bot/app.js'
import type { Deps, Log } from '../../src/bot/deps.js'
import { openPacks } from '../../src/bot/packs.js'
import type { Caller, FormValues, Reply, Request, Uploads } from '../../src/bot/ports/chat.js'
import { type Metrics, noMetrics } from '../../src/bot/ports/metrics.js'
import type { Store } from '../../src/bot/ports/store.js'
import type { TeamSetup } from '../../src/bot/ports/teams.js'
import type { Upload } from '../../src/bot/ports/upload.js'
import type { RequestLimits } from '../../src/bot/request-limits.js'
import {
  type Block,
  type Button,
  type Card,
  type Form,
  plainCard,
  type Select,
} from '../../src/bot/ui/card.js'
import { type Bank, withQuestions } from '../../src/content/bank.js'
import { loadContent } from '../../src/content/load.js'
import { readOrTell } from '../../src/content/read-apart.js'
import type { Team } from '../../src/core/model.js'
import { seeded } from '../../src/core/random.js'
import { nextSlot } from '../../src/core/schedule.js'
import { plain } from '../../src/core/text.js'
import { createQuestionFiles } from '../../src/server/question-files.js'
import { createStore } from '../../src/store/store.js'
import { type TestChat, testChat } from './chat.js'
import { databaseWithQuestions } from './database.js'
import { savedTeam } from './rounds.js'
import { shippedContent } from './shipped.js'

const content = new Map<string, Promise<readonly Bank[]>>()

function banksOf(dir: string): Promise<readonly Bank[]> {
  const known =
    content.get(dir) ??
    (dir === 'content' ? shippedContent() : loadContent(dir)).then(({ banks, problems }) => {
      if (problems.length > 0) throw new Error(`problems in ${dir}: ${JSON.stringify(problems[0])}`)
      return banks
    })
  content.set(dir, known)
  return known
}

export interface Bot {
  readonly app: App
  readonly deps: Deps
  /** The first pack. */
  readonly bank: Bank
  readonly store: Store
  readonly chat: TestChat
  readonly errors: readonly { fields: Readonly<Record<string, unknown>>; message: string }[]
  /** The whole log, at the level debug. */
  readonly log: readonly Line[]
  /** Sets the time. */
  at(time: string): Bot
  tick(): Promise<void>
  person(user: string, more?: Partial<Caller>): Person
  /** A team that is set up, with a question due at the time that its schedule says. */
  team(setup?: Partial<TeamSetup>): Promise<Team>
  /** What stands in the channel, oldest first. */
  channel(name?: string): readonly Card[]
  last(name?: string): Card
}

interface Line {
  readonly level: keyof Log
  readonly fields: Readonly<Record<string, unknown>>
  readonly message: string
}

export interface BotOptions {
  readonly content?: string
  readonly now?: string
  readonly seed?: number
  readonly metrics?: Metrics
  readonly limits?: RequestLimits
  readonly drafts?: Deps['drafts']
}

export async function startBot({
  content: dir = 'tests/fixtures/content',
  now = '2026-11-02T07:00:00Z',
  seed = 1,
  metrics = noMetrics,
  limits,
  drafts,
}: BotOptions = {}): Promise<Bot> {
  const read = await banksOf(dir)
  const { database, questions } = await databaseWithQuestions(
    dir,
    read.flatMap((bank) => bank.questions),
  )
  const store = createStore(database)
  const open = openPacks(withQuestions(read, questions), store)
  const { bank } = open.packs.first
  await store.openWorkspaces('test', ['w1', 'w2'])
  const chat = testChat()
  const lines: Line[] = []
  let time = Date.parse(now)
  const write = (level: Line['level']) => (fields: object, message: string) =>
    void lines.push({ level, fields: { ...fields }, message })
  const log: Log = { debug: write('debug'), info: write('info'), warn: write('warn'), error: write('error') }
  const deps: Deps = {
    ...open,
    files: createQuestionFiles(async (file) => readOrTell(file)),
    store,
    countsToRedraw: new Set(),
    chats: new Map([[chat.platform, chat]]),
    clock: () => time,
    random: seeded(seed),
    log,
    metrics,
    ...(limits && { limits }),
    ...(drafts && { drafts }),
  }
  const app = createApp(deps)
  const channel = (name = 'study') => chat.posted.filter((p) => p.place.channel === name).map((p) => p.card)
  const bot: Bot = {
    app,
    deps,
    bank,
    store,
    chat,
    get errors() {
      return lines
        .filter((line) => line.level === 'error')
        .map(({ fields, message }) => ({ fields, message }))
    },
    log: lines,
    at(moment) {
      time = Date.parse(moment)
      if (Number.isNaN(time)) throw new Error(`not a time: ${moment}`)
      return bot
    },
    tick: () => app.tick(),
    person: (user, more) => createPerson(bot, user, more),
    async team(setup) {
      const schedule = { zone: 'UTC', minute: 8 * 60, days: [1, 2, 3, 4, 5, 6, 7], openHours: 12, ...setup }
      const place = { platform: chat.platform, workspace: 'w1', channel: 'study' }
      const rest = { name: 'Orchard', pack: bank.pack.id, count: 1, topics: [], admin: 'ada' }
      return savedTeam(store, {
        nextPostAt: nextSlot(schedule, time, []),
        ...place,
        ...rest,
        ...schedule,
        ...setup,
      })
    },
    channel,
    last(name) {
      const card = channel(name).at(-1)
      if (!card) throw new Error('nothing was posted')
      return card
    },
  }
  return bot
}

export interface Person {
  /** The last private card that this person saw. */
  readonly sees: string
  readonly card: Card
  readonly form: Form
  says(line: string): Promise<Card>
  /** Presses a button by its label: on the last private card, else on the last message of the channel. */
  presses(label: string, on?: Card): Promise<Card>
  /**
   * Answers by the texts of options, whatever letters they have: presses, picks from the menu, or fills the
   * form.
   */
  answers(texts: readonly string[], on?: Card): Promise<Card>
  picks(values: readonly string[], on?: Card): Promise<Card>
  /** Files by the name of their field. */
  fills(values: FormValues, uploads?: Uploads): Promise<Card>
  /** Gives a file to a command. */
  hands(line: string, file: Upload): Promise<Card>
  request(request: { kind: 'press'; id: string }): Promise<Reply>
}

function createPerson(bot: Bot, user: string, more: Partial<Caller> = {}): Person {
  const name = `${user.charAt(0).toUpperCase()}${user.slice(1)}`
  const caller: Caller = {
    platform: 'test',
    workspace: 'w1',
    channel: 'study',
    user,
    name,
    isAdmin: async () => user === 'ada',
    ...more,
  }
  let card: Card | undefined
  let form: Form | undefined
  const run = async (request: Request): Promise<Card> => {
    const reply = await bot.app.run(request)
    if (reply.kind === 'form') {
      form = reply.form
      return { title: reply.form.title, blocks: reply.form.intro ?? [] }
    }
    card = reply.card
    return reply.card
  }
  const target = (has: (c: Card) => boolean, on: Card | undefined): Card => {
    const found = [on, card, bot.chat.posted.at(-1)?.card].find((c) => c && has(c))
    if (!found) throw new Error(`no such control. ${user} sees: ${card ? plainCard(card) : 'nothing'}`)
    return found
  }
  const person: Person = {
    get card() {
      if (!card) throw new Error(`${user} has seen nothing yet`)
      return card
    },
    get sees() {
      return plainCard(person.card)
    },
    get form() {
      if (!form) throw new Error(`${user} has no form open`)
      return form
    },
    says(line) {
      const [command = '', ...rest] = line.replace(/^\//, '').split(' ')
      return run({ kind: 'command', caller, name: command, input: rest.join(' ') })
    },
    presses(label, on) {
      const button = buttonsOf(target((c) => buttonsOf(c).some((b) => b.label === label), on)).find(
        (b) => b.label === label,
      )
      return run({ kind: 'press', caller, id: button?.id ?? '' })
    },
    picks(values, on) {
      const menu = selectsOf(target((c) => selectsOf(c).length > 0, on))[0]
      return run({ kind: 'select', caller, id: menu?.id ?? '', values })
    },
    async answers(texts, on) {
      const asked = target((c) => texts.every((t) => lettersOf(c.blocks).has(t)), on)
      const letters = texts.map((t) => lettersOf(asked.blocks).get(t) ?? '')
      if (selectsOf(asked).length > 0) return person.picks(letters, asked)
      const [letter = ''] = letters
      if (buttonsOf(asked).some((b) => b.label === letter)) return person.presses(letter, asked)
      await person.presses(
        buttonsOf(asked).find((b) => b.label === 'Put in order' || b.label === 'Match')?.label ?? '',
        asked,
      )
      return person.fills(Object.fromEntries(letters.map((l, i) => [`p${i}`, l])))
    },
    fills: (values, uploads) =>
      run({ kind: 'submit', caller, id: person.form.id, values, ...(uploads && { uploads }) }),
    hands: (line, file) => run({ kind: 'command', caller, name: line.replace(/^\//, ''), input: { file } }),
    request: ({ id }) => bot.app.run({ kind: 'press', caller, id }),
  }
  return person
}

export function buttonsOf(card: Card): Button[] {
  return card.blocks.flatMap((b) => (b.kind === 'buttons' ? b.buttons : []))
}

/** How many concepts a team without a choice of its own prepares. */
export const conceptCount = ({ deps }: Bot) =>
  new Set(deps.packs.preparing(undefined).bank.questions.map(({ concept }) => concept)).size

export function labelsOf(card: Card): string[] {
  return buttonsOf(card).map((b) => b.label)
}

export function selectsOf(card: Card): Select[] {
  return card.blocks.filter((b): b is Select => b.kind === 'select')
}

/** The letters of the options, by their text. */
function lettersOf(blocks: readonly Block[]): Map<string, string> {
  const lists = blocks.filter((b) => b.kind === 'list').filter((b) => b.style === 'letters')
  return new Map(
    lists.flatMap((list) => list.items.map((item, i) => [plain(item), String.fromCharCode(65 + i)])),
  )
}
