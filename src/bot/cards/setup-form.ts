/** The form that sets a team up. */
import type { Bank } from '../../content/bank.js'
import { grouped } from '../../core/grouped.js'
import type { Pack, Team } from '../../core/model.js'
import { sentence, short } from '../../core/text.js'
import { type Field, type Form, MAX_LABEL, text } from '../ui/card.js'
import { teamIds } from '../ui/ids.js'
import { clock, DAY_NAMES, packName } from './schedule-words.js'
import { topicGroups, topicParts, wholeParts } from './topic-groups.js'
import { count } from './wording.js'

export const OPEN_HOURS = [1, 2, 4, 8, 12, 24, 48, 72, 168]

type Start = Pick<Team, 'name' | 'channel' | 'zone' | 'minute' | 'days' | 'openHours' | 'count' | 'topics'>

/** The packs, and the bank for the team's exam, with that exam first. */
export interface Exams {
  readonly bank: Bank
  readonly packs: readonly Pack[]
}

/** Separates a pack from its exam in the value of an option; no id of either contains it. */
export const EXAM_OF = ':'

/** The features that the platform has besides channels. */
export interface Offered {
  /** Roles or user groups, and how to enter one. */
  readonly groups?: { readonly hint?: string } | undefined
  readonly threads?: boolean
}

/**
 * `mention` and `thread` are fields if the platform has them. `team`: the team that is set up; undefined for
 * a new one.
 */
export function setupForm(
  draft: Start & Partial<Pick<Team, 'mention' | 'thread'>>,
  { bank, packs }: Exams,
  zones: readonly string[],
  team?: number,
  { groups, threads = false }: Offered = {},
): Form {
  const exams = toldApart(packs.flatMap(optionsOf))
  return {
    id: teamIds.saveSetup.id({ team: team ?? 'new' }),
    title: 'Study setup',
    submit: 'Save',
    isKept: true,
    intro: [
      text(
        team === undefined
          ? 'A new team gets its questions in one channel, at its own time. Everything here can be changed later.'
          : sentence`The setup of ${draft.name}. With another channel it moves there; its points, streaks and season move with it.`,
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
        ...(exams.length > 1 && {
          hint: 'With another exam, all of its topics are asked until you pick some.',
        }),
        value: examOption(bank.pack),
        options: exams,
      },
      ...topicFields(bank, draft.topics),
    ],
  }
}

/** One option per exam of a pack that has several; a pack without a named exam means its first. */
function optionsOf(pack: Pack): { readonly value: string; readonly label: string }[] {
  const exams = pack.exams.length > 1 ? pack.exams : [undefined]
  return exams.map((exam) => {
    const one = exam ? { ...pack, exams: [exam] } : pack
    return {
      value: exam ? `${pack.id}${EXAM_OF}${exam.id}` : pack.id,
      label: short(packName(one), MAX_LABEL),
    }
  })
}

/**
 * Packs may have the same title: then each option also shows its value, which starts with the id of the pack.
 */
function toldApart<O extends { readonly value: string; readonly label: string }>(options: readonly O[]): O[] {
  const times = grouped(options, ({ label }) => label)
  return options.map((option) => {
    const { value, label } = option
    const isOnly = times.get(label)?.length === 1
    return isOnly
      ? option
      : { ...option, label: short(`${short(label, MAX_LABEL / 2)} (${value})`, MAX_LABEL) }
  })
}

const examOption = ({ id, exams }: Pack) => (exams.length > 1 ? `${id}${EXAM_OF}${exams[0]?.id}` : id)

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

/** One field for whole parts, one for single topics. Picks of earlier versions are single topics. */
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
  // Questions need no topics, and a menu needs options.
  if (topics.length === 0) return []
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
