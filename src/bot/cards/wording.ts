/** Words that several cards share. */
import { UserError } from '../../core/errors.js'
import type { Figure } from '../../core/group-figures.js'
import type { Question, Team } from '../../core/model.js'
import { sentence, type Text } from '../../core/text.js'
import type { Refusal } from '../request-limits.js'
import { bold, button, buttons, type Card, note, text } from '../ui/card.js'
import { formIds } from '../ui/ids.js'

export const SPAN_NAMES = { week: 'This week', season: 'This season', 'all-time': 'All time' } as const
const DIFFICULTY_NAMES = { 1: 'Recall', 2: 'Applied', 3: 'Hard' } as const

/** The line about a question's level and origin. */
export function level({ domain, difficulty, origin }: Question): string {
  return [
    ...(domain === undefined ? [] : [`Exam domain ${domain}`]),
    DIFFICULTY_NAMES[difficulty],
    ...(isImported(origin) ? ['Imported'] : []),
  ].join(' · ')
}

function isImported(origin: Question['origin']): boolean {
  return origin.kind === 'team' ? origin.isImported === true : origin.imported
}

export function problemCard(message: string, more: Text = []): Card {
  return { title: 'That did not work', outcome: 'trouble', blocks: [text(message, ...more)] }
}

/** *Fix it* opens the kept form again, at this field. */
export function mistakeCard(label: string, message: string, draft: string, field: string): Card {
  return {
    title: 'That did not work',
    outcome: 'trouble',
    blocks: [
      text(bold(label), ': ', message),
      ...buttons(button(formIds.reopen.id({ draft, field }), 'Fix it', 'primary')),
    ],
  }
}

/** Adds what opens the kept form again, with everything that was typed. */
export function withReopening(card: Card, draft: string): Card {
  const id = formIds.reopen.id({ draft, field: '-' })
  return {
    ...card,
    blocks: [
      ...card.blocks,
      note('What you typed is kept for a day.'),
      ...buttons(button(id, 'Open the form again', 'primary')),
    ],
  }
}

export function bugCard(reference: string): Card {
  return {
    title: 'Something broke on our side',
    outcome: 'trouble',
    blocks: [
      text(
        `Nothing was changed. Please try again in a moment. If it stays broken, tell whoever runs Cohort this reference: ${reference}.`,
      ),
    ],
  }
}

/** The word of a platform for the place where teams are. */
export function placeName(platform: string): string {
  return platform === 'discord' ? 'server' : 'workspace'
}

/** The reply to a request over the limit; nothing was done. */
export function limitCard({ what, isShared, seconds }: Refusal, platform = ''): Card {
  return {
    title: 'Please wait a moment',
    blocks: [
      text(
        `That was a lot of ${what}${isShared ? ` in this ${placeName(platform)}` : ''} in a short time. Try again in ${seconds} s.`,
      ),
      note('Questions of the day can be answered all the while.'),
    ],
  }
}

const PLATFORM_NAMES = new Map([
  ['slack', 'Slack'],
  ['discord', 'Discord'],
])

/** The platform's name as people know it. */
export function platformName(platform: string): string {
  return PLATFORM_NAMES.get(platform) ?? 'the web chat'
}

export function busyCard(platform: string, waitMs: number): Card {
  const asker = PLATFORM_NAMES.get(platform) ?? 'The chat'
  return {
    title: 'Please wait a moment',
    blocks: [
      text(`${asker} asks us to wait ${Math.max(1, Math.ceil(waitMs / 1000))} s. Please try again then.`),
    ],
  }
}

const DAY = new Intl.DateTimeFormat('en-GB', {
  weekday: 'long',
  day: 'numeric',
  month: 'long',
  timeZone: 'UTC',
})

/** Formats an ISO date as `Monday 2 November`. */
export function dayOf(date: string): string {
  return DAY.format(new Date(`${date}T00:00Z`)).replace(',', '')
}

/** Converts a share from 0 to 1 to whole per cent. */
export const percent = (share: number): number => Math.round(100 * share)

/** A figure of a group in words; its range contains the true share in eight of ten cases. */
export function inFigures({ share, low, high, answered }: Figure): string {
  const [about, from, to] = [share, low, high].map(percent)
  return `about ${about} % right (${from}-${to} %), of ${count(answered, 'answer')}`
}

export function count(n: number, one: string, many = `${one}s`): string {
  return `${n} ${n === 1 ? one : many}`
}

/** A number as a word in capitals, `TWO`, which stands out in "Choose TWO". */
export function loudNumber(n: number): string {
  return ['ZERO', 'ONE', 'TWO', 'THREE', 'FOUR', 'FIVE', 'SIX'][n] ?? String(n)
}

/** The reply to a command that was renamed in the last release. */
export function movedCard(name: string, to: string): Card {
  return { title: `This is /${to} now`, blocks: [text(`/${name} does nothing any more. Type /${to}.`)] }
}

/** `platform`: decides the words for which permission is needed, and who can help. */
export function notAdmin(name: string, platform: string): UserError {
  switch (platform) {
    case 'discord':
      return new UserError(
        `/${name} needs Manage Server. Somebody who has it can do this, or let a role use /team: Server Settings, Integrations, Cohort.`,
      )
    case 'slack':
      return new UserError(
        `/${name} is for admins and owners of this workspace, and for whoever installed Cohort. Ask one of them to do it.`,
      )
  }
  return new UserError(`/${name} is for admins of this workspace. Ask one of them to do it.`)
}

/** A channel may be shared by several workspaces, and has one team. `name`: that team. */
export function teamOfAnotherWorkspace(name: string): string {
  return sentence`${name} studies in this channel already, set up from another workspace that shares it. A channel has one team: admins of that workspace run it, and everybody here can answer.`
}

/** The reply to a message that is only a picture or a file. */
export function nothingToLookUp(): Card {
  return {
    title: 'Nothing to look up',
    blocks: [text('That message has no words of its own. Try /explain with what you want to know.')],
  }
}

/** The error for late requests from a place that the bot has left. */
export function notHere(): UserError {
  return new UserError(
    'Cohort was removed from here, so nothing was saved. Whoever runs this place can add Cohort again.',
  )
}

/** The error for a team that was removed meanwhile, or that the person may not see. */
export function teamGone(): UserError {
  return new UserError('That team is no longer there. /team list shows those that are.')
}

/** `nearby`: teams that the person may see. */
export const teamUnseen = (): UserError =>
  new UserError('That team is gone, or its channel is not one that you see.')

/** `isDirect`: it was asked outside a channel. */
export function noTeam(isDirect: boolean, nearby: readonly Team[] = []): UserError {
  const teams = nearby.flatMap(
    ({ name, channel }, i): Text => [i === 0 ? ' ' : ', ', sentence`${name} studies in `, { channel }],
  )
  return new UserError(
    isDirect
      ? 'This is for the channel where a team studies: do it there. An admin starts a team with /team setup.'
      : 'No team studies in this channel yet. An admin can start one, or move one here, with /team setup.',
    undefined,
    teams.length > 0 ? [...teams, '.'] : [],
  )
}
