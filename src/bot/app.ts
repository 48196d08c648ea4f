/**
 * The bot, independent of platforms: one entry point for people (`run`), one for completion (`complete`), one
 * for time (`tick`).
 */
import { type Background, createBackground } from './background.js'
import { exampleQuery } from './cards/topic.js'
import { commands } from './commands/index.js'
import { readFile, readWords } from './commands/words.js'
import { pauseGone } from './delivery/deliver.js'
import { KINDS } from './delivery/kinds.js'
import type { Deps } from './deps.js'
import { createIntakeQueue } from './intake-queue.js'
import { home } from './member/home.js'
import { createNames } from './member/names.js'
import { withReminderWord } from './member/reminders.js'
import { createPackChoices } from './pack-choices.js'
import { keptForm, type Parsed, parseRequest, perform } from './parse-request.js'
import type { Answered, Caller, CardReply, FormValues, Place, Request } from './ports/chat.js'
import type { Arrival } from './ports/greetings.js'
import type { PlaceKey } from './ports/keys.js'
import type { Upload } from './ports/upload.js'
import { askedBy, completed, served } from './request.js'
import { createRequestLimits } from './request-limits.js'
import type { Choosable } from './ui/card.js'
import { clean, tidy, tidyCaller, tidyForm } from './ui/clean.js'
import type { Command } from './ui/command.js'
import { completeLine, suggestions } from './ui/complete.js'
import type { Values } from './ui/parse.js'
import { privately } from './ui/reply.js'
import { greet, greetNew } from './workspace/greeting.js'
import { createPresence, type Presence } from './workspace/presence.js'

export interface App extends Background {
  readonly commands: readonly Command[]
  /** Example lines for newcomers to try. */
  readonly examples: readonly string[]
  /** Never rejects: a person's mistake and a bug of the bot both come back as a card. */
  run(request: Request): Promise<Answered>
  /**
   * The command that plain words stand for: a look-up of them, cut to its limit, or help if there are none.
   */
  readWords(words: string): { readonly name: string; readonly input: Values }
  /** The command that a file of questions stands for. */
  readFile(file: Upload): { readonly name: string; readonly input: Values }
  /**
   * Values for one option of a command, best first, at most 25. Fast: it needs no database if there is only
   * one pack.
   */
  suggest(caller: Caller, command: string, option: string, typed: string): Promise<readonly Choosable[]>
  /** Completions of a line that starts with `/`: each `value` is a whole line. */
  complete(caller: Caller, line: string): Promise<readonly Choosable[]>
  /** Whether the answer is a form, which some platforms must know before they acknowledge. */
  opensForm(request: Request): boolean
  /**
   * The workspace of what a press names, such as a round or a question, for a platform whose direct messages
   * belong to no workspace. It grants no rights.
   */
  workspaceAsked(request: Request): Promise<string | undefined>
  /** Pauses the team of a deleted channel and notifies its admin. */
  channelGone(place: Place & { readonly platform: string }): Promise<void>
  /** The bot was added to this channel, or to the workspace if the channel is empty. Posts one welcome. */
  greet(place: PlaceKey): Promise<void>
  /**
   * Like `greet`, but with a later tick: for an arrival that may still fail, which `greet` would welcome all
   * the same.
   */
  greetLater(place: PlaceKey): Promise<void>
  /**
   * The bot is in these workspaces, as a start or a new connection reports. Posts one welcome in each new
   * one.
   */
  greetNew(platform: string, arrivals: readonly Arrival[]): Promise<void>
  /** The workspaces where the bot is, as the platforms report them. */
  readonly presence: Presence
  /** Forms that were opened and not sent, for a platform that keeps them while people type. */
  readonly formDrafts: {
    latest(caller: Caller): Promise<string | undefined>
    keep(caller: Caller, draft: string, given: FormValues): Promise<void>
    drop(caller: Caller, draft: string): Promise<void>
  }
  /** One member's own page, for platforms that have a place for it. */
  home(caller: Caller): Promise<Answered<CardReply>>
}

export function createApp(given: Deps): App {
  const packChoices = createPackChoices(given.clock)
  const deps: Deps = { ...given, packChoices }
  const gate = { limits: deps.limits ?? createRequestLimits(deps.clock), queue: createIntakeQueue() }
  const presence = createPresence(deps)
  const names = createNames(deps.store)
  const query = exampleQuery(deps.packs.first.bank)
  return {
    commands,
    examples: [...(query === undefined ? [] : [`/explain ${query}`]), '/quiz', '/leaderboard', '/help'],
    run(asked) {
      const request = tidy(asked)
      const parsed = parseRequest(request)
      return served(
        request.caller,
        askedBy(request, parsed),
        gate,
        deps,
        async (own) => {
          presence.check(request.caller)
          if (!isAnswer(parsed) && !parsed.command?.isLookUp) await names.follow(request.caller)
          if (parsed.command?.isLookUp) return perform(parsed, request.caller, own)
          const reply = await perform(parsed, request.caller, own)
          packChoices.forget(request.caller)
          return parsed.command ? withReminderWord(reply, request.caller, own) : reply
        },
        () => keptForm(parsed, request.caller, deps),
      )
    },
    readWords,
    readFile,
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
      const params: Readonly<Record<string, unknown>> = parsed.action ? { ...parsed.params } : {}
      const { platform } = request.caller
      const user = clean(request.caller.user)
      const { exam, round, draft } = params
      if (typeof exam === 'number') return deps.store.examWorkspace(platform, user, exam)
      if (typeof round === 'number') {
        const team = (await deps.store.round(round))?.team
        return team?.platform === platform ? team.workspace : undefined
      }
      if (typeof draft === 'string')
        return deps.store.workspaceOf(platform, user, { kind: 'draft', id: draft })
      for (const kind of ['question', 'ask', 'team'] as const) {
        const id = params[kind]
        if (typeof id === 'number') return deps.store.workspaceOf(platform, user, { kind, id })
      }
      return undefined
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
    ...createBackground(presence, deps),
  }
}

/** A command with a file takes longer than a form may take to open, so it ends with a card. */
const bringsFile = (args: Values | Error) =>
  !(args instanceof Error) && Object.values(args).some((value) => typeof value === 'object')

const isAnswer = ({ action }: Parsed) => action?.limit === 'never'
