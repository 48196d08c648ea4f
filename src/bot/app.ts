/**
 * The bot on no platform: one way in for people (`run`), one for completion (`complete`), one for time
 * (`tick`).
 */
import { exampleQuery } from './cards/topic.js'
import { commands } from './commands/index.js'
import { readWords } from './commands/words.js'
import { deliverDue, deliverOne, pauseGone } from './delivery/deliver.js'
import { KINDS } from './delivery/kinds.js'
import type { Deps } from './deps.js'
import { createIntakeQueue } from './intake-queue.js'
import { home } from './member/home.js'
import { createNames } from './member/names.js'
import { planReminders, withReminderWord } from './member/reminders.js'
import { createPackChoices } from './pack-choices.js'
import { type Parsed, parseRequest, perform } from './parse-request.js'
import type { Answered, Caller, CardReply, FormValues, Place, Request } from './ports/chat.js'
import { overKey } from './ports/exams.js'
import type { Arrival } from './ports/greetings.js'
import type { PlaceKey } from './ports/keys.js'
import { askedBy, completed, served } from './request.js'
import { createRequestLimits } from './request-limits.js'
import { refreshStale } from './rounds/counts.js'
import { checkSlots, planDue } from './rounds/plan.js'
import { planReports } from './team/report-delivery.js'
import type { Choosable } from './ui/card.js'
import { clean, tidy, tidyCaller, tidyForm } from './ui/clean.js'
import type { Command } from './ui/command.js'
import { completeLine, suggestions } from './ui/complete.js'
import type { Values } from './ui/parse.js'
import { privately } from './ui/reply.js'
import { greet, greetDue, greetNew } from './workspace/greeting.js'
import { createPresence, type Presence } from './workspace/presence.js'

export interface App {
  readonly commands: readonly Command[]
  /** Lines worth trying first. */
  readonly examples: readonly string[]
  /** Never rejects: a person's mistake and a bug of ours both come back as a card. */
  run(request: Request): Promise<Answered>
  /**
   * What plain words ask for, where there is no command: a look-up of them, cut to what one takes, or help
   * where there are none.
   */
  readWords(words: string): { readonly name: string; readonly input: Values }
  /**
   * Values for one option of a command, best first, at most 25; fast, and without the database where there is
   * but one pack.
   */
  suggest(caller: Caller, command: string, option: string, typed: string): Promise<readonly Choosable[]>
  /** Ways to go on with a line that starts with `/`: each `value` is a whole line. */
  complete(caller: Caller, line: string): Promise<readonly Choosable[]>
  /** Whether the answer to it is a form, which some platforms must know before they acknowledge. */
  opensForm(request: Request): boolean
  /**
   * The workspace of the round or the mock exam that a press is about, for a platform whose direct messages are of no
   * workspace; nothing is allowed by that.
   */
  workspaceAsked(request: Request): Promise<string | undefined>
  /** A channel was deleted: its team is paused, and the admin is told. */
  channelGone(place: Place & { readonly platform: string }): Promise<void>
  /** The bot was added to this channel, or, where it is empty, to the workspace: one welcome. */
  greet(place: PlaceKey): Promise<void>
  /** The same later, with a tick: for what may still fail, and would be greeted then too. */
  greetLater(place: PlaceKey): Promise<void>
  /** The bot is in these workspaces, as of a start or a new connection: one welcome to each that is new. */
  greetNew(platform: string, arrivals: readonly Arrival[]): Promise<void>
  /** Where the bot is, as the platforms tell it. */
  readonly presence: Presence
  /** Forms that were opened and not sent, for a platform that keeps them while people type. */
  readonly formDrafts: {
    latest(caller: Caller): Promise<string | undefined>
    keep(caller: Caller, draft: string, given: FormValues): Promise<void>
    drop(caller: Caller, draft: string): Promise<void>
  }
  /** One member's own page, for platforms that have a place for it. */
  home(caller: Caller): Promise<Answered<CardReply>>
  /**
   * Plans, posts, closes and reveals what is due, on every platform side by side. Call often: what an earlier
   * call is still at is not begun a second time.
   */
  tick(): Promise<void>
  /**
   * Hands in every mock exam whose time is over and sends its report; `tick` does so too, but not within seconds.
   */
  endExams(): Promise<void>
  /**
   * Fixes what a wrong clock has planned; for the start, since `tick` notices by itself when the clock goes
   * back.
   */
  checkSlots(): Promise<void>
  /** Resolves when all ticks have come to their end. */
  settled(): Promise<void>
}

export function createApp(given: Deps): App {
  const packChoices = createPackChoices(given.clock)
  const deps: Deps = { ...given, packChoices }
  const gate = { limits: deps.limits ?? createRequestLimits(deps.clock), queue: createIntakeQueue() }
  const running = new Map<string, Promise<void>>()
  const presence = createPresence(deps)
  const names = createNames(deps.store)
  let lastTick = 0
  /** Not a second time while it is running. */
  function single(name: string, work: () => Promise<void>): Promise<void> {
    if (running.has(name)) return Promise.resolve()
    const on = work().finally(() => running.delete(name))
    running.set(name, on)
    return on
  }
  const query = exampleQuery(deps.packs.first.bank)
  const app: App = {
    commands,
    examples: [...(query === undefined ? [] : [`/explain ${query}`]), '/quiz', '/leaderboard', '/help'],
    run(asked) {
      const request = tidy(asked)
      const parsed = parseRequest(request)
      return served(request.caller, askedBy(request, parsed), gate, deps, async (own) => {
        presence.check(request.caller)
        if (!isAnswer(parsed) && !parsed.command?.isLookUp) await names.follow(request.caller)
        if (parsed.command?.isLookUp) return perform(parsed, request.caller, own)
        const reply = await perform(parsed, request.caller, own)
        packChoices.forget(request.caller)
        return parsed.command ? withReminderWord(reply, request.caller, own) : reply
      })
    },
    readWords,
    async suggest(given, name, option, typed) {
      const caller = tidyCaller(given)
      const spec = commands.find((c) => c.name === name)?.options[option]
      return spec ? completed(caller, gate, deps, (search) => suggestions(spec, clean(typed), search)) : []
    },
    complete: (caller, line) =>
      completed(tidyCaller(caller), gate, deps, (search) => completeLine(commands, clean(line), search)),
    opensForm(request) {
      const parsed = parseRequest(tidy(request))
      if (parsed.command)
        return parsed.command.opensForm && parsed.help === undefined && !bringsFile(parsed.args)
      return parsed.action?.opensForm === true
    },
    async workspaceAsked(request) {
      const parsed = parseRequest(tidy(request))
      const params = parsed.action ? parsed.params : {}
      const { platform, user } = request.caller
      if ('exam' in params && typeof params.exam === 'number')
        return deps.store.examWorkspace(platform, clean(user), params.exam)
      if (!('round' in params) || typeof params.round !== 'number') return undefined
      const team = (await deps.store.round(params.round))?.team
      return team?.platform === platform ? team.workspace : undefined
    },
    channelGone: (place) => pauseGone(place, KINDS, deps),
    greet: (place) => greet(place, deps),
    greetLater: (place) => deps.store.addGreeting(place, deps.clock()),
    greetNew: (platform, arrivals) => greetNew(platform, arrivals, deps),
    presence,
    formDrafts: {
      latest: (caller) => deps.store.latestFormDraft(caller, deps.clock()),
      keep: async (caller, draft, given) =>
        void (await deps.store.keepFormDraft(caller, clean(draft), tidyForm(given), deps.clock())),
      drop: (caller, draft) => deps.store.dropFormDraft(caller, clean(draft)),
    },
    home: (given) => {
      const caller = tidyCaller(given)
      const asked = { platform: caller.platform, kind: 'home', what: 'home', limit: 'home' } as const
      return served(caller, asked, gate, deps, async (own) => {
        presence.check(caller)
        await names.follow(caller)
        return privately(await home(caller, own))
      })
    },
    async tick() {
      const now = deps.clock()
      if (now < lastTick) await single('slots', () => checkSlots(deps))
      lastTick = now
      // Once for all platforms: one that looked for its rounds while another plans them would find them a
      // tick later.
      const planned = single('plan', async () => void (await planDue(deps)))
      const parts = [...deps.chats.keys()].map((platform) =>
        single(platform, () => tick(platform, planned, deps)),
      )
      await all([
        planned,
        ...parts,
        single('presence', () => presence.look()),
        single('reminders', () => planReminders(deps)),
        ...[...deps.chats.keys()].map((platform) =>
          single(`greetings ${platform}`, () => greetDue(platform, deps)),
        ),
        single('counts', () => refreshStale(deps)),
        app.endExams(),
      ])
    },
    async endExams() {
      let over: readonly number[] = []
      await single('exams', async () => {
        over = await deps.store.handInOver(deps.clock())
      })
      if (over.length > 0) deps.log.info({ exams: over.length }, 'mock exams handed in')
      // A platform that is slow keeps no other exam from ending.
      const tell = (id: number) => async () => void (await deliverOne(overKey(id), KINDS, deps))
      await all(over.map((id) => single(`exam ${id}`, tell(id))))
    },
    checkSlots: () => single('slots', () => checkSlots(deps)),
    settled: async () => void (await Promise.allSettled(running.values())),
  }
  return app
}

/** What it does takes longer than a form may, and ends with a card. */
const bringsFile = (args: Values | Error) =>
  !(args instanceof Error) && Object.values(args).some((value) => typeof value === 'object')

const isAnswer = ({ action }: Parsed) => action?.limit === 'never'

/** Waits for all of them, and then throws the first error. */
async function all(parts: readonly Promise<void>[]): Promise<void> {
  const failed = (await Promise.allSettled(parts)).find((part) => part.status === 'rejected')
  if (failed) throw failed.reason
}

/**
 * What is due on one platform, once it is planned. Platforms are worked off side by side, so that one that is
 * slow stalls no other.
 */
async function tick(platform: string, planned: Promise<void>, deps: Deps): Promise<void> {
  const took = deps.metrics.stopwatch()
  let succeeded = false
  try {
    await planned
    await deliverDue(platform, KINDS, deps)
    // Many are due at nine, as questions are: these come first.
    if ((await planReports(platform, deps)) > 0) await deliverDue(platform, KINDS, deps)
    succeeded = true
  } finally {
    deps.metrics.ticked(platform, took(), succeeded)
  }
}
