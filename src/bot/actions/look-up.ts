import type { Bank } from '../../content/bank.js'
import { UserError } from '../../core/errors.js'
import { lookUpForm } from '../cards/arrival.js'
import { shownBy } from '../cards/shown.js'
import { comparisonCard, likelyCard, topicCard } from '../cards/topic.js'
import { problemCard } from '../cards/wording.js'
import type { Deps } from '../deps.js'
import { lookUp, MAX_QUERY } from '../member/look-up.js'
import { newRun, nextPractice, topicCode } from '../member/practice.js'
import type { Caller } from '../ports/chat.js'
import { packOf } from '../team/team.js'
import { action, field } from '../ui/action.js'
import type { Card } from '../ui/card.js'
import { clean } from '../ui/clean.js'
import { topicIds } from '../ui/ids.js'
import { STALE, shortCode, type TopicsRef } from '../ui/params.js'
import { instead, opening, privately } from '../ui/reply.js'
import { showOnce } from './show-once.js'

/** The bank that has all of the topics: that of the named pack, else the team's before others. */
async function bankOf({ pack, slugs }: TopicsRef, caller: Caller, deps: Deps): Promise<Bank> {
  const packs = pack === undefined ? [await packOf(caller, deps), ...deps.packs.all] : deps.packs.all
  const named = packs
    .map(({ bank }) => bank)
    .filter((bank) => pack === undefined || shortCode(bank.pack.id) === pack)
  const bank = named.find((one) => slugs.every((slug) => one.topic(slug)))
  if (!bank) throw new UserError(STALE)
  return bank
}

async function cardOf(ref: TopicsRef, isShared: boolean, caller: Caller, deps: Deps): Promise<Card> {
  const bank = await bankOf(ref, caller, deps)
  const topics = topicsIn(ref, bank)
  const [only, ...others] = topics
  if (!only) throw new UserError(STALE)
  return others.length === 0 ? topicCard(only, bank, isShared) : comparisonCard(topics, bank, isShared)
}

const topicsIn = ({ slugs }: TopicsRef, bank: Bank) =>
  slugs.map((slug) => bank.topic(slug)).filter((t) => t !== undefined)

/** The title of the topic that a button names. */
export async function titleOf(ref: TopicsRef, caller: Caller, deps: Deps): Promise<string> {
  const bank = await bankOf(ref, caller, deps)
  const title = bank.topic(ref.slugs[0] ?? '')?.title
  if (title === undefined) throw new UserError(STALE)
  return title
}

export const lookUpActions = [
  action(topicIds.ask, {
    opensForm: true,
    run: async (_params, caller, deps) => opening(lookUpForm((await packOf(caller, deps)).bank, MAX_QUERY)),
  }),
  action(topicIds.find, {
    opener: () => topicIds.ask.id({}),
    async run(_params, caller, deps, { form }) {
      const query = clean(field(form, 'query')).slice(0, MAX_QUERY)
      if (query === '') return privately(problemCard('Say what to look up.'))
      return privately(lookUp(query, await packOf(caller, deps), deps.packs).card)
    },
  }),
  action(topicIds.read, {
    run: async ({ topics }, caller, deps) => privately(await cardOf(topics, false, caller, deps)),
  }),
  action(topicIds.near, {
    async run({ topics: ref }, caller, deps) {
      const bank = await bankOf(ref, caller, deps)
      const [first, ...others] = topicsIn(ref, bank)
      if (!first) throw new UserError(STALE)
      return privately(likelyCard(first, others, bank))
    },
  }),
  action(topicIds.show, {
    needsChannel: true,
    async run({ topics }, caller, deps) {
      const card = await cardOf(topics, true, caller, deps)
      return showOnce(card, caller, deps, [shownBy(caller)])
    },
  }),
  action(topicIds.quiz, {
    limit: 'practice',
    async run({ topics }, caller, deps) {
      const [slug = ''] = topics.slugs
      const { pack } = await bankOf(topics, caller, deps)
      return instead(await nextPractice(newRun(topicCode({ pack: pack.id, slug })), caller, deps))
    },
  }),
]
