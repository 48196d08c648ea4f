/** What the bot says by itself, kind by kind. */
import type { Round } from '../../core/model.js'
import { podiumCard } from '../cards/board.js'
import { noticeCard } from '../cards/notice.js'
import { roundCard } from '../cards/round.js'
import { goneCard, refusedCard, welcomeCard } from '../cards/study.js'
import type { Kinds } from '../delivery/deliver.js'
import type { Deps } from '../deps.js'
import { ChannelGone, ChatBusy, ChatRefusal, type Person } from '../ports/chat.js'
import type { Delivery } from '../ports/store.js'
import { placeOf } from '../team/access.js'
import type { Card } from '../ui/card.js'
import { drawReveal } from './draw.js'
import { instantiateRound } from './instantiate.js'

const PODIUM = 3
/** A word to one person, or a welcome, that is older helps nobody. */
const DAY_MS = 24 * 3_600_000

type Of<K extends Delivery['kind']> = Extract<Delivery, { kind: K }>

const settleRound = ({ round }: Of<'round' | 'reveal'>, { store }: Deps) => store.settleRound(round.id)

/** For whoever set the team up. */
function word<D extends Of<'refusal'> | Of<'gone'>>(card: (delivery: D) => Card) {
  return {
    to: ({ team, admin }: D): Person => ({ workspace: team.workspace, user: admin }),
    async draw(delivery: D, deps: Deps) {
      if (delivery.admin === '') return 'nobody is known who could be told'
      return deps.clock() - delivery.dueAt > DAY_MS ? 'it could not be told for a day' : card(delivery)
    },
    said: { dropped: 'admin could not be told', failed: 'admin could not be told' },
  }
}

export const KINDS: Kinds = {
  round: {
    to: ({ round }) => placeOf(round),
    // One that is out may have been answered, and is revealed however late that is noticed.
    async draw({ round }, deps) {
      if (round.questions.length === 0) return 'its topics have no questions'
      if (deps.clock() >= round.closesAt) return 'it could not be posted while it was open'
      return roundCard({ ...round, state: 'posted' }, await instantiateRound(round.questions, deps), 0)
    },
    // Somebody may have answered it all the same, when it was out and nobody could tell.
    settle: settleRound,
    postAnyway: ({ round: { dueAt, closesAt } }) => dueAt + (closesAt - dueAt) / 2,
    said: { sent: 'round posted', dropped: 'round skipped', failed: 'round failed' },
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
      return noticeCard(notice, views, round.state !== 'closed' && deps.clock() < round.closesAt)
    },
    said: { failed: 'team not told of a regrade' },
  },
  refusal: word<Of<'refusal'>>(({ team, what, reason }) => refusedCard(team, what, reason)),
  gone: word<Of<'gone'>>(({ team }) => goneCard(team)),
  welcome: {
    to: ({ team }) => team,
    // Whoever has just set the team up has it from the card that says so.
    isQuiet: true,
    async draw({ team, dueAt }, { clock, packs }) {
      if (clock() - dueAt > DAY_MS) return 'it could not be posted for a day'
      return welcomeCard(team, (packs.get(team.pack) ?? packs.first).bank)
    },
    said: { failed: 'welcome failed' },
  },
  twin: {
    to: ({ team, channel }) => ({ workspace: team.workspace, channel }),
    isErrand: true,
    isQuiet: true,
    draw: removeTwin,
    said: { dropped: 'second post looked for', failed: 'second post not looked for' },
  },
}

async function removeTwin(twin: Of<'twin'>, deps: Deps): Promise<string> {
  const { team, channel, of, message, since, page } = twin
  const now = deps.clock()
  if (now - twin.dueAt > DAY_MS) return 'it could not be looked for in a day'
  const place = { workspace: team.workspace, channel }
  const chat = deps.chats.get(team.platform)
  // Each try of which nobody could tell may have left one.
  for (let gone = 0; ; gone++) {
    const found = await chat?.find(place, of, { ageMs: now - since, page, except: message })
    if (found === undefined) return gone === 0 ? 'there is none' : 'it was deleted'
    await chat?.remove?.(place, found)
  }
}

/**
 * The reveal is the promise: a question that a moderator deleted, or that may not be changed any more, does
 * not hold it up; and where the platform wants messages changed more slowly, it is drawn later.
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
