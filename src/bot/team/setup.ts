/** The form that sets a team up, and reading its values. */

import type { Bank } from '../../content/bank.js'
import { inField, UserError } from '../../core/errors.js'
import type { Team } from '../../core/model.js'
import { knownZone, parseTime, parseZone, ZONES } from '../../core/schedule.js'
import { EXAM_OF, OPEN_HOURS, setupForm } from '../cards/setup-form.js'
import { newOrMoveCard } from '../cards/teams.js'
import { topicParts } from '../cards/topic-groups.js'
import type { Deps } from '../deps.js'
import type { Caller, FormValues } from '../ports/chat.js'
import { type LoadedPack, type Preparing, preparedIn } from '../ports/packs.js'
import { field, fieldList } from '../ui/action.js'
import type { Card, Form } from '../ui/card.js'
import { clean } from '../ui/clean.js'
import type { TeamRef } from '../ui/params.js'
import { reachableTeam, reachableTeams } from './reach.js'

/** The defaults of a new team: nine in the morning, Monday to Friday, one question, open for a day. */
export const DEFAULT_SCHEDULE = { minute: 9 * 60, days: [1, 2, 3, 4, 5], openHours: 24, count: 1, topics: [] }

/**
 * Returns the form; in a channel without a team, asks which team is meant if there are others. `given`: the
 * values so far, undefined when it is opened for the first time. The topics offered are those of the exam
 * that is picked there.
 */
export async function openSetup(
  ref: TeamRef,
  caller: Caller,
  deps: Deps,
  given?: FormValues,
): Promise<Form | Card> {
  const team = await teamReferred(ref, caller, deps)
  if (!team && ref === 'here' && given === undefined) {
    const others = await reachableTeams(caller, deps)
    if (others.teams.length + others.hidden > 0) return newOrMoveCard(others, caller.channel === '')
  }
  return setupOf(team, caller, deps, given)
}

/** Undefined for a new team. Throws a `UserError` for a team that the caller may not manage. */
export async function teamReferred(ref: TeamRef, caller: Caller, deps: Deps): Promise<Team | undefined> {
  if (ref === 'new') return undefined
  return ref === 'here' ? deps.store.teamIn(caller) : (await reachableTeam(ref, caller, deps)).team
}

/** The form as it opens for this team, or for a new one. */
export function setupOf(team: Team | undefined, caller: Caller, deps: Deps, given: FormValues = {}): Form {
  const start = team ?? {
    ...DEFAULT_SCHEDULE,
    name: 'Study team',
    channel: caller.channel,
    zone: knownZone(caller.zone) ?? 'UTC',
    ...preparedIn(deps.packs.first),
  }
  // A team that waits for a channel has none that a form could show.
  const channel = isWaiting(start) ? caller.channel : start.channel
  // The pack of a team may have been removed from the content.
  const { bank } = preparedHere(field(given, 'pack'), deps) ?? deps.packs.preparing(start)
  const packs = deps.packs.all.map(({ bank }) => bank.pack)
  const chat = deps.chats.get(caller.platform)
  return setupForm({ ...start, channel }, { bank, packs }, [...new Set([start.zone, ...ZONES])], team?.id, {
    groups: chat?.capabilities.mentions,
    threads: chat?.capabilities.openThread !== undefined,
  })
}

/** The team gave its channel up to another team (`store/team-setup.ts`). */
const isWaiting = ({ channel }: { readonly channel: string }) => /^-\d+$/.test(channel)

/** Each function reads one field and throws a `UserError` for a wrong value. */
const READERS = {
  name(form: FormValues) {
    const name = clean(field(form, 'name'))
    if (name === '' || name.length > 60) throw new UserError('The team name should have 1 to 60 characters.')
    return name
  },
  time: (form: FormValues) => parseTime(clean(field(form, 'time'))),
  zone: (form: FormValues) => parseZone(clean(field(form, 'zone'))),
  days(form: FormValues) {
    const days = [...new Set(fieldList(form, 'days').map(Number))].sort()
    if (days.length === 0 || days.some((d) => !Number.isInteger(d) || d < 1 || d > 7))
      throw new UserError('Pick at least one day of the week.')
    return days
  },
  count: (form: FormValues) => oneOf(field(form, 'count'), [1, 2, 3, 4, 5], 'Questions a day'),
  open: (form: FormValues) => oneOf(field(form, 'open'), OPEN_HOURS, 'Open for'),
  pack(form: FormValues, { packs }: Deps) {
    const bank = preparedHere(field(form, 'pack'), { packs })?.bank
    if (!bank) throw new UserError('Pick one of the exams in the list.')
    return bank
  },
}

/** The pack for the value of an option in the form; version 0.2 named only the pack. */
function preparedHere(value: string, { packs }: Pick<Deps, 'packs'>): LoadedPack | undefined {
  const [pack = '', exam] = value.split(EXAM_OF)
  const found = packs.get(pack)
  const isThere = exam === undefined || found?.bank.pack.exams.some(({ id }) => id === exam)
  return found && isThere ? packs.preparing({ pack, exam }) : undefined
}

const isRead = (name: string): name is keyof typeof READERS => name in READERS

/** Throws a `UserError` for the first of these fields with a wrong value. */
export function checkSetup(form: FormValues, deps: Deps): void {
  for (const name of Object.keys(form)) if (isRead(name)) read(name, form, deps)
}

function read<N extends keyof typeof READERS>(
  name: N,
  form: FormValues,
  deps: Deps,
): ReturnType<(typeof READERS)[N]> {
  return inField(name, () => READERS[name](form, deps) as ReturnType<(typeof READERS)[N]>)
}

/**
 * `offered`: the pack and exam whose topics the form showed at first. Throws a `UserError` for the first
 * wrong field.
 */
export function readSetup(form: FormValues, offered: Preparing, caller: Caller, deps: Deps) {
  const name = read('name', form, deps)
  const schedule = {
    days: read('days', form, deps),
    count: read('count', form, deps),
    openHours: read('open', form, deps),
  }
  const bank = read('pack', form, deps)
  const prepared = preparedIn({ bank })
  const topics = readTopics(form, bank, prepared.pack !== offered.pack || prepared.exam !== offered.exam)
  const zone = read('zone', form, deps)
  const channel = channelIn(form, caller)
  if (channel === '') throw new UserError('Pick the channel where the team studies.', 'channel')
  const minute = read('time', form, deps)
  const { platform, workspace } = caller
  const said = { ...readMention(form, caller, deps), ...('thread' in form && readThread(form)) }
  return { name, ...schedule, ...prepared, topics, zone, minute, channel, platform, workspace, ...said }
}

const readThread = (form: FormValues) => ({ thread: field(form, 'thread') === 'yes' })

/** Returns an empty object if the form has no such field, so that the setting stays. */
function readMention(form: FormValues, caller: Caller, deps: Deps): { readonly mention?: string } {
  const mentions = deps.chats.get(caller.platform)?.capabilities.mentions
  if (!mentions || !('mention' in form)) return {}
  const given = clean(field(form, 'mention'))
  const mention = given === '' ? '' : mentions.read(given, caller.workspace)
  if (mention === undefined)
    throw new UserError(
      `That cannot be mentioned. ${mentions.hint ?? 'Pick one of the list, or none.'}`,
      'mention',
    )
  return { mention }
}

/**
 * Topics of the picked parts, and single picked topics. If the pack was changed in a form that still showed
 * the topics of the other one, all topics are meant.
 */
function readTopics(form: FormValues, bank: Bank, isChanged: boolean): string[] {
  const parts = topicParts(bank)
  const whole = fieldList(form, 'parts').map((value) => parts.find((part) => part.value === value))
  const single = fieldList(form, 'topics')
  const strange = whole.includes(undefined)
    ? 'parts'
    : single.some((slug) => bank.questionsFor([slug]).length === 0)
      ? 'topics'
      : undefined
  if (strange && isChanged) return []
  if (strange) throw new UserError(NOT_OF_EXAM, strange)
  return [...new Set([...whole.flatMap((part) => part?.slugs ?? []), ...single])]
}

const NOT_OF_EXAM =
  'One of the topics has no questions in this exam. Pick topics from the list, or none for the whole exam.'

const channelIn = (form: FormValues, caller: Caller) => clean(field(form, 'channel')) || caller.channel

function oneOf(value: string, allowed: readonly number[], label: string): number {
  const found = allowed.find((n) => String(n) === value)
  if (found === undefined) throw new UserError(`"${label}" should be one of ${allowed.join(', ')}.`)
  return found
}
