/** Setting a team up, and how it stands. */
import type { Bank } from '../../content/bank.js'
import { type Figure, MIN_PEOPLE } from '../../core/group-figures.js'
import type { Pack, Round, Team } from '../../core/model.js'
import { isolated, sentence, short, type Text } from '../../core/text.js'
import {
  type Block,
  bold,
  bullets,
  button,
  buttons,
  type Card,
  type Field,
  type Form,
  fields,
  heading,
  MAX_LABEL,
  note,
  text,
} from '../ui/card.js'
import { type Change, isSame, shownValue } from '../ui/form.js'
import { studyIds, teamIds } from '../ui/ids.js'
import { exampleQuery } from './topic.js'
import { topicGroups, topicParts, wholeParts } from './topic-groups.js'
import { count, dayOf, inFigures } from './wording.js'

export const DAY_NAMES = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday']
export const OPEN_HOURS = [1, 2, 4, 8, 12, 24, 48, 72, 168]

export function clock(minute: number): string {
  return `${String(Math.floor(minute / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}`
}

export function dayList(days: readonly number[]): string {
  const named = (want: readonly number[]) =>
    want.length === days.length && want.every((d) => days.includes(d))
  if (named([1, 2, 3, 4, 5, 6, 7])) return 'every day'
  if (named([1, 2, 3, 4, 5])) return 'Monday to Friday'
  return [...days]
    .sort((a, b) => a - b)
    .map((d) => DAY_NAMES[d - 1] ?? '')
    .join(', ')
}

type Start = Pick<
  Team,
  'name' | 'channel' | 'zone' | 'minute' | 'days' | 'openHours' | 'count' | 'pack' | 'topics'
>

const packName = ({ title, exams: [exam] }: Pack) => (exam ? sentence`${exam.name}: ${title}` : title)

/** What the platform has beside channels. */
export interface Offered {
  /** Roles or user groups; how one is given. */
  readonly groups?: { readonly hint?: string } | undefined
  readonly threads?: boolean
}

/**
 * `mention` and `thread` are asked where the platform has them; `team`: whose setup it is, a new one's
 * without it.
 */
export function setupForm(
  draft: Start & Partial<Pick<Team, 'mention' | 'thread'>>,
  banks: readonly Bank[],
  zones: readonly string[],
  team?: number,
  { groups, threads = false }: Offered = {},
): Form {
  const bank = banks.find((one) => one.pack.id === draft.pack)
  return {
    id: teamIds.saveSetup.id({ team: team ?? 'new' }),
    title: 'Study setup',
    submit: 'Save',
    isKept: true,
    intro: [
      text(
        team === undefined
          ? 'A new team gets its questions in one channel, at its own time. Everything here can be changed later.'
          : sentence`The setup of ${draft.name}. With another channel it moves there; its points, streaks and season go along.`,
      ),
    ],
    fields: [
      { kind: 'text', name: 'name', label: 'Team name', value: draft.name, max: 60 },
      { kind: 'channel', name: 'channel', label: 'Channel', value: draft.channel },
      {
        kind: 'text',
        name: 'time',
        label: 'Time of day',
        hint: 'Such as 09:00',
        value: clock(draft.minute),
        max: 8,
      },
      {
        kind: 'text',
        name: 'zone',
        label: 'Time zone',
        hint: 'Such as Europe/Berlin',
        value: draft.zone,
        max: 64,
        suggestions: zones,
      },
      {
        kind: 'multi',
        name: 'days',
        label: 'Days',
        values: draft.days.map(String),
        options: DAY_NAMES.map((label, i) => ({ value: String(i + 1), label })),
      },
      {
        kind: 'select',
        name: 'count',
        label: 'Questions a day',
        value: String(draft.count),
        options: [1, 2, 3, 4, 5].map((n) => ({ value: String(n), label: String(n) })),
      },
      {
        kind: 'select',
        name: 'open',
        label: 'Open for',
        hint: 'The next round always closes the one before.',
        value: String(draft.openHours),
        options: OPEN_HOURS.map((n) => ({ value: String(n), label: count(n, 'hour') })),
      },
      ...(groups ? [mentionField(draft.mention, groups.hint)] : []),
      ...(threads ? [threadField(draft.thread)] : []),
      {
        kind: 'select',
        name: 'pack',
        label: 'Exam',
        ...(banks.length > 1 && {
          hint: 'With another exam, all of its topics are asked until you pick some.',
        }),
        value: draft.pack,
        options: banks.map(({ pack }) => ({ value: pack.id, label: short(packName(pack), MAX_LABEL) })),
      },
      ...(bank ? topicFields(bank, draft.topics) : []),
    ],
  }
}

function mentionField(value = '', hint?: string): Field {
  const label = 'Mention with each question'
  return { kind: 'group', name: 'mention', label, ...(hint !== undefined && { hint }), value }
}

const threadField = (value = false): Field => ({
  kind: 'select',
  name: 'thread',
  label: 'Thread under each answer',
  value: value ? 'yes' : 'no',
  options: [
    { value: 'no', label: 'No thread' },
    { value: 'yes', label: 'A thread for the discussion' },
  ],
})

/** One field for whole parts, one for single topics. Older picks are single topics. */
function topicFields(bank: Bank, picked: readonly string[]): Field[] {
  const groups = topicGroups(bank)
  const parts = topicParts(bank)
  const whole = wholeParts(parts, picked)
  const rest = picked.filter((slug) => !whole.some(({ slugs }) => slugs.includes(slug)))
  const topics = groups.flatMap((group) =>
    group.topics.map(({ slug, title }) => ({
      value: slug,
      label: short(title, MAX_LABEL),
      group: group.label,
    })),
  )
  const common = { kind: 'multi', optional: true } as const
  const ofParts = {
    values: whole.map(({ value }) => value),
    options: parts.map(({ value, label }) => ({ value, label })),
  }
  return [
    ...(parts.length > 0 ? [{ ...common, name: 'parts', label: 'Domains and sections', ...ofParts }] : []),
    {
      ...common,
      name: 'topics',
      label: 'Topics',
      hint:
        parts.length > 0
          ? 'Single topics. Nothing picked in both lists means the whole exam.'
          : 'None picked means all of them.',
      values: rest.filter((slug) => topics.some(({ value }) => value === slug)),
      options: topics,
    },
  ]
}

/** `pack`: where there are several. */
function schedule(team: Team, pack: Pack | undefined): Record<string, Text | string> {
  return {
    ...(pack && { Exam: packName(pack) }),
    Channel: [{ channel: team.channel }],
    When: `${clock(team.minute)}, ${dayList(team.days)} (${team.zone})`,
    Questions: `${team.count} a day, open for ${count(team.openHours, 'hour')}`,
    Topics: team.topics.length === 0 ? 'all' : count(team.topics.length, 'topic'),
    ...(team.thread && { Discussion: 'a thread under each answer' }),
  }
}

export interface Saved {
  /** The day in its zone has had its question. */
  readonly hadToday: boolean
  /** Why the platform does not let Cohort post in the channel. */
  readonly refused?: string | undefined
  /** What others have changed while the form was open. */
  readonly changes?: readonly Change[]
  /** Where there are several. */
  readonly pack?: Pack | undefined
  /** It was in another channel, where these rounds stay open. */
  readonly moved?: { readonly from: Team; readonly open: readonly Round[] } | undefined
}

export function savedCard(team: Team, { hadToday, refused, changes = [], pack, moved }: Saved): Card {
  const warning = refused === undefined ? [] : [text(bold('Cohort cannot post there yet. '), refused)]
  return {
    title: sentence`${team.name} is set up`,
    blocks: [
      ...warning,
      fields(schedule(team, pack)),
      ...changed(changes),
      ...(moved ? movedWords(moved.from, moved.open) : []),
      ...nextLine(team, hadToday),
      ...buttons(hadToday || team.paused ? undefined : actButton(team, 'post', 'Post a question now')),
    ],
  }
}

/** What a move means for the points, and for rounds that are open. */
export function movedWords(from: Team, open: readonly Round[]): Block[] {
  return [
    text('It moved here. Points, streaks and the season went along.'),
    ...(from.goneAt === undefined ? openWords(open, from.channel) : []),
  ]
}

export function openWords(open: readonly Round[], channel: string): Block[] {
  return open.map((round) =>
    text(
      `The question of ${dayOf(round.date)} stays in `,
      { channel },
      ' and can be answered there; its answer comes there too.',
    ),
  )
}

function changed(changes: readonly Change[]): Block[] {
  if (changes.length === 0) return []
  const words = (change: Change, value: Change['is']) => short(shownValue(change.field, value), 200) || 'none'
  return [
    heading('Changed by somebody else since you opened the form'),
    bullets(
      ...changes.map((change) => [
        bold(change.field.label),
        sentence`: from ${words(change, change.was)} to ${words(change, change.is)}`,
        isSame(change.now, change.is)
          ? '. This was kept.'
          : sentence`. Your value replaced it: ${words(change, change.now)}.`,
      ]),
    ),
  ]
}

const actButton = ({ id }: Team, what: 'post' | 'close' | 'pause' | 'resume', label: string) =>
  button(studyIds.act.id({ team: id, what }), label)

function nextLine(team: Team, hadToday = false): Block[] {
  if (team.nextPostAt === undefined) return [text('Paused: nothing is posted until /team resume.')]
  return [
    text(
      hadToday ? 'Today has had its question. The next one: ' : 'Next question: ',
      { time: team.nextPostAt, zone: team.zone, show: 'both' },
      '.',
    ),
  ]
}

export interface Insight {
  readonly members: number
  /** Concepts whose figures may be shown, weakest first. */
  readonly weakest: readonly { readonly concept: string; readonly figure: Figure }[]
}

export interface OpenRound {
  readonly round: Round
  /** Where it stands, when the team is in another channel by now. */
  readonly elsewhere?: Elsewhere | undefined
}

export interface Elsewhere {
  /** Undefined for a channel that whoever asks does not see. */
  readonly channel: string | undefined
  /** The address of the message. */
  readonly link?: string | undefined
}

/** `is open in #somewhere (go there) until …`. */
export function openInWords({ round, elsewhere }: OpenRound): Text {
  const { channel, link } = elsewhere ?? {}
  const where: Text =
    channel === undefined
      ? ['in a channel that you do not see']
      : ['in ', { channel }, ...(link === undefined ? [] : [' (', { link, text: ['go there'] }, ')'])]
  const until = { time: round.closesAt, zone: round.team.zone, show: 'both' } as const
  return [...(elsewhere ? [' is open ', ...where] : [' is open']), ' until ', until]
}

/** `rounds`: those that can be answered. */
export function statusCard(
  team: Team,
  rounds: readonly OpenRound[],
  insight: Insight,
  admin: boolean,
  pack?: Pack,
  trouble: readonly Block[] = [],
): Card {
  const open = rounds.length > 0
  return {
    title: isolated(team.name),
    blocks: [
      fields({ ...schedule(team, pack), Members: String(insight.members) }),
      ...trouble,
      ...nextLine(team),
      ...rounds.map((one) => text(`The question of ${dayOf(one.round.date)}`, ...openInWords(one), '.')),
      ...weakest(insight),
      ...(admin
        ? buttons(
            team.paused
              ? undefined
              : open
                ? actButton(team, 'close', 'Close the round now')
                : actButton(team, 'post', 'Post a question now'),
            team.paused ? actButton(team, 'resume', 'Resume') : actButton(team, 'pause', 'Pause'),
            button(teamIds.openSetup.id({ team: team.id }), 'Change the setup'),
          )
        : []),
    ],
  }
}

function weakest(insight: Insight): Block[] {
  if (insight.weakest.length === 0)
    return [
      note(
        `Where the team is weak is shown by the week, from ${MIN_PEOPLE} people who answered on, so that nobody is singled out.`,
      ),
    ]
  return [
    heading('Where the team is weakest'),
    bullets(...insight.weakest.map(({ concept, figure }) => [sentence`${concept}: ${inFigures(figure)}`])),
  ]
}

export function welcomeCard(team: Team, bank: Bank): Card {
  return {
    title: 'Welcome to Cohort',
    blocks: [
      text(
        sentence`${team.name} prepares for its exam here: a question a day, answered privately, revealed to all when it closes.`,
      ),
      bullets(
        ['Answer the question of the day with its buttons.'],
        [`Type /explain ${exampleQuery(bank)} to look something up.`],
        ['Type /quiz to practise by yourself, /help for the rest.'],
      ),
    ],
  }
}

export function goneCard(team: Team): Card {
  return {
    title: sentence`${team.name} is paused`,
    blocks: [
      text(
        'Its channel was deleted or archived, or Cohort can no longer see it, so nothing can be posted there. Type /team move in the channel where the team goes on: its points, streaks and season go along. /team list shows where each team is.',
      ),
    ],
  }
}

/** What a team did not get. */
const MISSED = {
  round: { title: 'The daily question could not be posted', what: 'its question' },
  reveal: { title: 'The answer of the day could not be posted', what: 'the answer to its question' },
  podium: { title: 'The podium could not be posted', what: 'the podium of its season' },
  notice: { title: 'A corrected key could not be told', what: 'word that a key was corrected' },
}

export function refusedCard(team: Team, what: keyof typeof MISSED, reason: string): Card {
  const missed = MISSED[what]
  const next =
    what === 'round'
      ? 'Fix it, then use /team post-now. This is said once; Cohort keeps trying while the round is open.'
      : KEEPS_TRYING
  return {
    title: missed.title,
    blocks: [text(sentence`${team.name} did not get ${missed.what}: ${reason}`), text(next)],
  }
}

const KEEPS_TRYING = 'Fix it there. This is said once; Cohort keeps trying.'
