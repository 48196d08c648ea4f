/** Tells teams of regrades, each once: claim -> post -> record, as rounds are posted. */

import { noticeCard } from '../cards/notice.js'
import { retryAt, workOff } from '../delivery/work.js'
import type { Deps } from '../deps.js'
import { ChannelGone, ChatBusy } from '../ports/chat.js'
import type { Notice } from '../ports/store.js'
import { poseRound } from './pose.js'

const LEASE_MS = 60_000
const WIDTH = 8

export function tellNotices(platform: string, deps: Deps): Promise<void> {
  return workOff({
    width: () => WIDTH,
    claim: (limit) => deps.store.claimNotices(deps.clock(), LEASE_MS, limit, [platform]),
    work: (notice) => tell(notice, deps),
    stop: deps.stop,
  })
}

async function tell(notice: Notice, deps: Deps): Promise<void> {
  const { id, team, tries } = notice
  try {
    await deps.store.recordNotice(id, await posted(notice, deps))
  } catch (error) {
    if (error instanceof ChannelGone) return await deps.store.recordNotice(id, '')
    if (!(error instanceof ChatBusy)) deps.log.error({ team: team.id, notice: id, tries, error }, 'team not told of a regrade')
    await deps.store.postponeNotice(id, retryAt(tries, error, deps))
  }
}

/** Gives the message, that of a try before this one where there is one. */
async function posted(notice: Notice, deps: Deps): Promise<string> {
  const { team, tries, was } = notice
  const chat = deps.chats.get(team.platform)
  if (!chat) throw new Error(`${team.platform} is not on in this process`)
  const key = `regrade-${notice.id}`
  const earlier = tries > 0 ? await chat.find(team, key) : undefined
  if (earlier !== undefined) return earlier
  const round = await deps.store.round(notice.round)
  const slots = round ? await poseRound(round.questions, deps) : []
  const views = was.map(({ slot }) => slots.find((view) => view.slot === slot)).filter((view) => view !== undefined)
  const open = round !== undefined && round.state !== 'closed' && deps.clock() < round.closesAt
  return chat.post(team, noticeCard(notice, views, open), key)
}
