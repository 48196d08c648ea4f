/** Messages that the bot sends by itself about rounds. */
import type { Round } from '../../core/model.js'
import { DAY_MS, HOUR_MS, MINUTE_MS } from '../../core/time.js'
import { podiumCard } from '../cards/board.js'
import { directCard, directClosedCard } from '../cards/direct.js'
import { noticeCard } from '../cards/notice.js'
import { threadCard } from '../cards/reveal.js'
import { roundCard } from '../cards/round.js'
import type { Kinds } from '../delivery/deliver.js'
import type { Deps } from '../deps.js'
import { ChannelGone, ChatBusy, ChatRefusal } from '../ports/chat.js'
import type { Delivery } from '../ports/deliveries.js'
import { isOver, placeOf } from '../team/access.js'
import { IDLE_DAYS } from '../team/deliveries.js'
import { offerSuccessor } from '../team/successor.js'
import type { Card } from '../ui/card.js'
import { drawReveal } from './draw.js'
import { instantiateRound } from './instantiate.js'
import { openQuestions } from './open-questions.js'

const PODIUM = 3
/** A delivery later than this is given up. */
const LATE_MS = DAY_MS
/**
 * Time for a message that is being posted to arrive, or for a platform to answer again who sees a channel.
 */
const COMING_MS = MINUTE_MS
/** A discussion thread is not opened later than this. */
const THREAD_MS = HOUR_MS

const NOTHING = { reason: 'its topics have no questions', word: 'empty' } as const
const MISSED = { reason: 'it could not be posted while it was open', word: 'missed' } as const

type Of<K extends Delivery['kind']> = Extract<Delivery, { kind: K }>

const settleRound = ({ round }: Of<'round' | 'reveal'>, { store }: Deps) => store.settleRound(round.id)

/** Asks whether to pause, and not again unless a member has answered in between. */
async function askIfIdle({ team }: Of<'reveal'>, deps: Deps): Promise<void> {
  const last = await deps.store.silentSince(team.id, IDLE_DAYS)
  if (last === undefined) return
  await deps.store.enqueue({
    key: `idle-${team.id}-${last}`,
    kind: 'idle',
    team: team.id,
    dueAt: deps.clock(),
  })
}

export const ROUND_KINDS: Pick<
  Kinds,
  'round' | 'direct' | 'direct-close' | 'reveal' | 'podium' | 'notice' | 'thread' | 'twin'
> = {
  round: {
    to: ({ round }) => placeOf(round),
    // A posted round may have been answered, so it is revealed even if that is noticed late.
    async draw({ round }, deps) {
      if (round.questions.length === 0) return NOTHING
      if (deps.clock() >= round.closesAt) return MISSED
      return roundCard({ ...round, state: 'posted' }, await instantiateRound(round.questions, deps), 0)
    },
    // The round may have been posted without a confirmation, and answered.
    settle: settleRound,
    postAnyway: ({ round: { dueAt, closesAt } }) => dueAt + (closesAt - dueAt) / 2,
    said: { sent: 'round posted', dropped: 'round skipped', failed: 'round failed' },
  },
  direct: {
    to: ({ team, user }) => ({ workspace: team.workspace, user }),
    async draw({ round, team, user }, deps) {
      if (user === '') return 'it is not wanted any more'
      if (round.state !== 'posted' || deps.clock() >= round.closesAt) return 'its round is over'
      const sees = await deps.chats.get(team.platform)?.access(placeOf(round), user)
      if (sees === 'no') return 'they do not see the channel any more'
      // Only a person who is known to see the channel may get its question.
      if (sees !== 'yes') throw new ChatBusy(COMING_MS)
      const who = { platform: team.platform, workspace: team.workspace, user }
      const [slots, answers] = await Promise.all([
        instantiateRound(round.questions, deps),
        deps.store.answersOf(who, round.id),
      ])
      const left = slots.filter(({ slot }) => !answers.has(slot))
      return left.length > 0 ? directCard(round, slots, left) : 'it is answered'
    },
    said: { dropped: 'question not sent directly', failed: 'question not sent directly' },
  },
  'direct-close': {
    to: ({ team, user }) => ({ workspace: team.workspace, user }),
    draw: drawDirectClosed,
    async send({ team, user, message = '' }, chat, card) {
      await chat.update({ workspace: team.workspace, user }, message, card, true)
      return message
    },
    isQuiet: true,
    said: {
      sent: 'direct question drawn closed',
      dropped: 'direct question not drawn closed',
      failed: 'direct question not drawn closed',
    },
  },
  reveal: {
    to: ({ round }) => placeOf(round),
    replyTo: ({ round }) => round.message,
    async draw({ round }, deps) {
      const slots = await instantiateRound(round.questions, deps)
      await deps.store.settleRound(round.id)
      const [card, answerers] = await Promise.all([
        drawReveal(round, slots, deps),
        deps.store.answererCount(round.id),
      ])
      await drawClosed(round, roundCard({ ...round, state: 'closed' }, slots, answerers), deps)
      return card
    },
    settle: settleRound,
    async after(reveal, deps) {
      await askIfIdle(reveal, deps)
      await offerSuccessor(reveal.team, deps)
    },
    said: { sent: 'round closed', dropped: 'round closed', failed: 'round failed' },
  },
  podium: {
    to: ({ team }) => team,
    async draw({ team, season }, deps) {
      const board = await deps.store.board({
        team: team.id,
        period: season,
        user: undefined,
        limit: PODIUM,
        offset: 0,
        everybody: true,
      })
      return podiumCard(team.name, season, board)
    },
    said: { failed: 'podium failed' },
  },
  notice: {
    to: ({ team }) => team,
    async draw(notice, deps) {
      const { round, was } = notice
      const slots = await instantiateRound(round.questions, deps)
      const views = was
        .map(({ slot }) => slots.find((view) => view.slot === slot))
        .filter((view) => view !== undefined)
      return noticeCard(notice, views, !isOver(round, deps))
    },
    said: { failed: 'team not told of a regrade' },
  },
  thread: {
    to: ({ round }) => placeOf(round),
    draw: async ({ round, dueAt }, deps) =>
      deps.clock() - dueAt > THREAD_MS ? 'it could not be opened for an hour' : threadCard(round),
    async send({ round, reveal, tries }, chat, card) {
      // A platform that no longer has threads has nothing to open.
      return (
        (await chat.capabilities.openThread?.(placeOf(round), reveal, round.message, card, tries > 0)) ?? ''
      )
    },
    isMinor: true,
    said: { failed: 'thread under a reveal not opened' },
  },
  twin: {
    to: ({ team, channel }) => ({ workspace: team.workspace, channel }),
    isErrand: true,
    isQuiet: true,
    draw: removeTwin,
    said: { dropped: 'second post looked for', failed: 'second post not looked for' },
  },
}

/**
 * Draws the closed round. A press on a message that is not redrawn yet shows the same (`actions/answer.ts`).
 */
async function drawDirectClosed(
  { round, team, user, message, isComing, dueAt }: Of<'direct-close'>,
  deps: Deps,
): Promise<Card | string> {
  if (user === '') return 'they are not known any more'
  if (deps.clock() - dueAt > LATE_MS) return 'it could not be drawn for a day'
  if (isComing) throw new ChatBusy(COMING_MS)
  if (message === undefined) return 'it never came'
  const who = { platform: team.platform, workspace: team.workspace, user }
  const slots = await instantiateRound(round.questions, deps)
  const [answers, open, sees] = await Promise.all([
    deps.store.answersOf(who, round.id),
    openQuestions(who, deps),
    deps.chats.get(team.platform)?.access(placeOf(round), user),
  ])
  // The questions of another open round are a secret, and so is everything in a channel for a person who left
  // it.
  const isSecret = sees !== 'yes' || slots.some(({ instance }) => open.has(instance.question.id))
  const results = slots.map((view) => ({ view, earlier: answers.get(view.slot) }))
  const [first] = slots
  const bank = first && deps.packs.get(first.instance.question.pack)?.bank
  return directClosedCard(round, results, isSecret, bank)
}

async function removeTwin(twin: Of<'twin'>, deps: Deps): Promise<string> {
  const { team, channel, of, message, since, page } = twin
  const now = deps.clock()
  if (now - twin.dueAt > LATE_MS) return 'it could not be looked for in a day'
  const place = { workspace: team.workspace, channel }
  const chat = deps.chats.get(team.platform)
  // Each try with an unknown result may have posted one.
  for (let gone = 0; ; gone++) {
    const found = await chat?.find(place, of, { ageMs: now - since, page, except: message })
    if (found === undefined) return gone === 0 ? 'there is none' : 'it was deleted'
    await chat?.capabilities.remove?.(place, found)
  }
}

/**
 * Redraws the question as closed. The reveal must come in any case: a question that a moderator deleted, or
 * that can no longer be changed, does not delay it; and if the platform wants fewer changes, the question is
 * redrawn later.
 */
async function drawClosed(round: Round, card: Card, deps: Deps): Promise<void> {
  try {
    if (round.message) await deps.chats.get(round.team.platform)?.update(placeOf(round), round.message, card)
  } catch (error) {
    if (error instanceof ChatBusy) return void deps.countsToRedraw.add(round.id)
    if (!(error instanceof ChatRefusal) || error instanceof ChannelGone) throw error
    deps.log.warn({ round: round.id, error }, 'closed round not drawn')
  }
}
