/** The daily round, once it is planned: claim -> post -> record, then claim -> reveal -> record. Every step may be repeated safely. */
import type { Round, Team } from '../../core/model.js'
import { podiumCard } from '../cards/board.js'
import { roundCard } from '../cards/round.js'
import { goneCard, skippedCard } from '../cards/study.js'
import { retryAt, workOff } from '../delivery/work.js'
import type { Deps } from '../deps.js'
import { ChannelGone, type Chat, ChatBusy, ChatRefusal, type Place } from '../ports/chat.js'
import type { Claimed, SeasonEnd } from '../ports/store.js'
import { placeOf } from '../team/access.js'
import type { Card } from '../ui/card.js'
import { drawReveal } from './draw.js'
import { tellNotices } from './notices.js'
import { poseRound } from './pose.js'

const LEASE_MS = 60_000
/** Rounds in hand at a time on one platform: at half a second a message more than Discord's fifty a second. */
const WIDTH = 32
const PODIUM = 3
/** Longer than a platform takes, so that a count never lands over the closed round. */
const LAST_REFRESH_MS = 15_000

/** What is due on one platform, once it is planned. Platforms are worked off side by side, so that one that is slow holds up no other. */
export async function tick(platform: string, planned: Promise<void>, deps: Deps): Promise<void> {
  const took = deps.metrics.stopwatch()
  let wentThrough = false
  try {
    await planned
    await workDue(POST, platform, deps)
    await workDue(CLOSE, platform, deps)
    await endSeasons(platform, deps)
    await tellNotices(platform, deps)
    wentThrough = true
  } finally {
    deps.metrics.ticked(platform, took(), wentThrough)
  }
}

/** Something that becomes due to every round. */
interface Step {
  readonly claim: (deps: Deps, limit: number, platforms: readonly string[], only?: number) => Promise<Claimed[]>
  /** May be repeated safely. */
  readonly work: (round: Claimed, deps: Deps) => Promise<void>
  /** Ends it for a round whose channel is gone. */
  readonly giveUp: (round: Claimed, deps: Deps) => Promise<void>
}

export const POST: Step = {
  claim: (deps, ...which) => deps.store.claimToPost(deps.clock(), LEASE_MS, ...which),
  work: postRound,
  giveUp: (round, deps) => skip(round, 'its channel was deleted', deps),
}

export const CLOSE: Step = {
  claim: (deps, ...which) => deps.store.claimToClose(deps.clock(), LEASE_MS, ...which),
  work: closeRound,
  giveUp: (round, deps) => recordClosed(round, '', deps),
}

/** Of processes that share a limit each holds the less: what waits for its turn in one could have been done by another. */
function widthOn(platform: string, deps: Deps): number {
  return Math.ceil(WIDTH / (deps.chats.get(platform)?.sharedBy?.() ?? 1))
}

export function workDue(step: Step, platform: string, deps: Deps): Promise<void> {
  return workOff({
    width: () => widthOn(platform, deps),
    claim: (limit) => step.claim(deps, limit, [platform]),
    work: (round) => attempt(round, step, deps),
    stop: deps.stop,
  })
}

/** Just this round, unless somebody else is at it. */
export async function workOne(step: Step, round: number, deps: Deps): Promise<void> {
  const claimed = await step.claim(deps, 1, [...deps.chats.keys()], round)
  for (const one of claimed) await attempt(one, step, deps)
}

async function postRound(round: Claimed, deps: Deps): Promise<void> {
  if (round.questions.length === 0) return skip(round, 'its topics have no questions', deps)
  const now = deps.clock()
  const chat = chatOf(round, deps)
  const key = `round-${round.id}`
  // One that is out may have been answered, and is revealed however late that is noticed.
  const isOver = now >= round.closesAt
  const earlier = round.tries > 0 ? await chat.find(placeOf(round), key).catch((error) => ifShut(error, isOver)) : undefined
  if (earlier === undefined && isOver) return skip(round, 'it could not be posted while it was open', deps)
  const message =
    earlier ?? (await chat.post(placeOf(round), roundCard({ ...round, state: 'posted' }, await poseRound(round.questions, deps), 0), key))
  await deps.store.recordPosted(round.id, message, deps.clock())
  deps.log.info({ round: round.id, team: round.team.id, late: now - round.dueAt }, 'round posted')
  deps.metrics.posted(round.team.platform, deps.clock() - round.dueAt)
}

/** In a channel that lets nobody look, a round that is over is taken for one that never came. */
function ifShut(error: unknown, isOver: boolean): undefined {
  if (!isOver || !(error instanceof ChatRefusal) || error instanceof ChannelGone) throw error
}

async function skip(round: Claimed, reason: string, deps: Deps): Promise<void> {
  await deps.store.skipRound(round.id, reason)
  deps.log.warn({ round: round.id, team: round.team.id, reason }, 'round skipped')
  deps.metrics.round(round.team.platform, 'skipped')
}

/**
 * The reveal is the promise: a question that a moderator deleted, or that may not be changed any more, does not hold it up; and where the
 * platform wants messages changed more slowly, it is drawn later.
 */
async function drawClosed(round: Claimed, message: string, card: Card, deps: Deps): Promise<void> {
  try {
    await chatOf(round, deps).update(placeOf(round), message, card)
  } catch (error) {
    if (error instanceof ChatBusy) return void deps.stale.add(round.id)
    if (!(error instanceof ChatRefusal) || error instanceof ChannelGone) throw error
    deps.log.warn({ round: round.id, error }, 'closed round not drawn')
  }
}

async function closeRound(round: Claimed, deps: Deps): Promise<void> {
  const chat = chatOf(round, deps)
  const slots = await poseRound(round.questions, deps)
  await deps.store.settleRound(round.id)
  const [card, answerers] = await Promise.all([drawReveal(round, slots, deps), deps.store.answererCount(round.id)])
  if (round.message) await drawClosed(round, round.message, roundCard({ ...round, state: 'closed' }, slots, answerers), deps)
  const key = `reveal-${round.id}`
  const earlier = round.tries > 0 ? await chat.find(placeOf(round), key) : undefined
  const reveal = earlier ?? (await chat.post(placeOf(round), card, key))
  await recordClosed(round, reveal, deps)
}

async function recordClosed(round: Claimed, reveal: string, deps: Deps): Promise<void> {
  await deps.store.recordClosed(round.id, reveal, deps.clock())
  deps.log.info({ round: round.id, team: round.team.id }, 'round closed')
  deps.metrics.round(round.team.platform, 'closed')
}

function endSeasons(platform: string, deps: Deps): Promise<void> {
  return workOff({
    width: () => widthOn(platform, deps),
    claim: (limit) => deps.store.claimSeasons(deps.clock(), LEASE_MS, limit, [platform]),
    work: (end) => endSeason(end, deps),
    stop: deps.stop,
  })
}

async function endSeason(end: SeasonEnd, deps: Deps): Promise<void> {
  const { team } = end
  try {
    const chat = chatOf(end, deps)
    const key = `season-${team.id}-${end.season}`
    const board = await deps.store.board({ team: team.id, period: end.season, user: undefined, limit: PODIUM, offset: 0 })
    const earlier = end.tries > 0 ? await chat.find(team, key) : undefined
    await deps.store.recordSeasonClosed(
      team.id,
      end.season,
      earlier ?? (await chat.post(team, podiumCard(team.name, end.season, board), key)),
    )
  } catch (error) {
    if (error instanceof ChannelGone) return await deps.store.recordSeasonClosed(team.id, end.season, '')
    if (!(error instanceof ChatBusy)) deps.log.error({ team: team.id, season: end.season, tries: end.tries, error }, 'podium failed')
    await deps.store.postponeSeason(team.id, end.season, retryAt(end.tries, error, deps))
  }
}

/**
 * A failure leaves the round to be tried again, later each time; the admin is told the first time that a person has to act. In a channel
 * that is gone nothing is tried again, and the team is paused.
 */
async function attempt(round: Claimed, step: Step, deps: Deps): Promise<void> {
  try {
    await step.work(round, deps)
  } catch (error) {
    const until = retryAt(round.tries, error, deps)
    if (error instanceof ChatBusy) return await deps.store.postpone(round.id, until, !error.mayBeDone)
    deps.log.error({ round: round.id, team: round.team.id, tries: round.tries, error }, 'round failed')
    if (error instanceof ChannelGone) {
      await step.giveUp(round, deps)
      await pauseGone(placeOf(round), deps)
      return
    }
    deps.metrics.round(round.team.platform, 'failed')
    if (!(error instanceof ChatRefusal)) return await deps.store.postpone(round.id, until, false)
    const isFirst = await deps.store.recordFailure(round.id, until, error.message)
    if (isFirst) await tellAdmin(round.team, round.admin, skippedCard(round.team, error.message), deps)
  }
}

/** The channel of the team was deleted: nothing is posted until it is set up elsewhere, and the admin is told once. */
export async function pauseGone(place: Place & { readonly platform: string }, deps: Deps): Promise<void> {
  const team = await deps.store.teamIn(place)
  if (!team || team.paused) return
  const admin = await deps.store.pauseTeam(team.id, true, undefined)
  deps.log.warn({ team: team.id }, 'team paused, its channel is gone')
  await tellAdmin(team, admin, goneCard(team), deps)
}

async function tellAdmin(team: Team, admin: string, card: Card, deps: Deps): Promise<void> {
  try {
    await chatOf({ team }, deps).tell(team, admin, card)
  } catch (error) {
    deps.log.warn({ team: team.id, error }, 'admin could not be told')
  }
}

function chatOf(of: { team: Round['team'] & Place }, deps: Deps): Chat {
  const chat = deps.chats.get(of.team.platform)
  if (!chat) throw new Error(`${of.team.platform} is not on in this process`)
  return chat
}

/** Draws a round again with its number of answers; one that closes in a moment is drawn by the close. */
export async function refreshRound(id: number, deps: Deps): Promise<void> {
  const round = await deps.store.round(id)
  if (!round?.message || !isDrawn(round, deps.clock())) return
  const [slots, answerers] = await Promise.all([poseRound(round.questions, deps), deps.store.answererCount(id)])
  await chatOf(round, deps).update(placeOf(round), round.message, roundCard(round, slots, answerers), round.state === 'posted')
  // It may have been closed meanwhile, and this have been drawn over that.
  if (round.state === 'posted' && (await deps.store.round(id))?.state === 'closed') deps.stale.add(id)
}

const isDrawn = ({ state, closesAt }: Round, now: number) => state === 'closed' || (state === 'posted' && closesAt - now >= LAST_REFRESH_MS)
