/** The final report of `pack new`. */
import { MOST_TOPICS } from '../content/drafts/update-drafts.js'
import { toMarkdown } from '../content/formats/unknown.js'
import type { Made } from '../content/made/make-pack.js'
import type { Read, Told } from '../content/made/read-source.js'
import type { Written } from '../content/made/write-pack.js'
import { grouped } from '../core/grouped.js'

export interface Place {
  readonly id: string
  readonly dir: string
  /** Whether the folder is one in which the bot looks for packs. */
  readonly isInPacks: boolean
}

interface Outcome {
  readonly read: Read
  readonly made: Made
  readonly place: Place
  readonly written: Written | undefined
  /** The number of waiting drafts; undefined if none were made. */
  readonly drafts: number | undefined
  readonly isDry: boolean
}

/** A file with more different remarks than this gets a count of the rest. */
const MANY = 20

export function reportLines({ read, made, place, written, drafts, isDry }: Outcome): string[] {
  const changed = [...read.changed, ...made.told]
  const questions = [...(written?.byKind ?? [])]
  const total = questions.reduce((sum, [, n]) => sum + n, 0)
  return [
    ...group('Left out:', read.leftOut),
    ...group('Taken, with a loss or a change:', changed),
    ...others(read.others),
    ...(written?.told ?? []).map(({ file, message }) => `${place.id}/${file} ${message}`),
    '',
    `Pack ${place.id}: ${count(written?.sections ?? 0, 'section')}, ${count(written?.topics ?? 0, 'topic')}, ${count(total, 'question')}${
      total > 0 ? ` (${questions.map(([kind, n]) => `${n} ${kind}`).join(', ')})` : ''
    }`,
    ...sources(read),
    ...(read.licence ? [`Licence of the notes: ${read.licence}, noted in pack.yaml`] : []),
    ...(drafts === undefined || drafts === 0 ? [] : [draftLine(drafts, written?.topics ?? 0, place.id)]),
    `${count(read.leftOut.length, 'thing')} left out, ${count(changed.length, 'thing')} changed`,
    ...next(place, total, drafts ?? 0, isDry, made.files.length),
  ]
}

function draftLine(drafts: number, topics: number, id: string): string {
  const of = topics > MOST_TOPICS ? `the first ${MOST_TOPICS.toLocaleString('en')} topics` : 'the notes'
  if (drafts === 0)
    return 'No drafts of questions: nothing in the notes explains, tabulates or numbers enough'
  return `${count(drafts, 'draft')} of questions made of ${of}; none is asked before you approve it: cohort pack review ${id}`
}

function sources({ notes, questions, ours }: Read): string[] {
  const formats = new Map<string, number>()
  for (const { format } of questions) formats.set(format, (formats.get(format) ?? 0) + 1)
  const parts = [
    ...(notes.length > 0 ? [`${count(notes.length, 'file')} of notes`] : []),
    ...[...formats].map(([format, n]) => `${count(n, 'file')} of ${format}`),
    ...(ours.length > 0 ? [`${count(ours.length, 'file')} of Cohort's own questions`] : []),
  ]
  return parts.length > 0 ? [`Made of ${parts.join(', ')}`] : []
}

function group(title: string, told: readonly Told[]): string[] {
  if (told.length === 0) return []
  return [
    title,
    ...[...grouped(told, ({ file }) => file)].flatMap(([file, all]) => {
      // Lines with the same remark are reported once, together.
      const remarks = [
        ...grouped(
          all.toSorted((a, b) => a.line - b.line),
          ({ message }) => message,
        ),
      ]
      const rest = remarks.length - MANY
      return [
        ...remarks
          .slice(0, MANY)
          .map(
            ([message, those]) =>
              `  ${file}:${[...new Set(those.map(({ line }) => line))].join(', ')}: ${message}`,
          ),
        ...(rest > 0 ? [`  ${file}: and ${rest} more`] : []),
      ]
    }),
  ]
}

function others(counts: ReadonlyMap<string, number>): string[] {
  if (counts.size === 0) return []
  const byCount = [...counts].sort((a, b) => b[1] - a[1])
  const list = byCount.filter(([ending]) => toMarkdown(ending) === undefined)
  const advised = byCount.flatMap(([ending, n]) => {
    const how = toMarkdown(ending)
    return how === undefined ? [] : [`Not read: ${n} ${ending}; ${how}`]
  })
  if (list.length === 0) return advised
  return [...advised, `Not looked at, by ending: ${list.map(([ending, n]) => `${n} ${ending}`).join(', ')}`]
}

function next(
  { id, dir, isInPacks }: Outcome['place'],
  questions: number,
  drafts: number,
  isDry: boolean,
  files: number,
): string[] {
  if (files === 0)
    return ['Give it a folder with notes in Markdown, or a question file; README names the formats']
  if (isDry) return ['Nothing is written. Run it again without --dry-run to make the pack']
  const start = isInPacks
    ? 'start the bot ("npx cohort start") and choose the pack in "/team setup"'
    : `"npx cohort pack add ${dir}" puts it among your packs`
  if (questions === 0 && drafts > 0)
    return [`Written to ${dir}`, `Next: "npx cohort pack review ${id}"; then ${start}`]
  const ask = questions > 0 ? '' : '; it has topics to look up, and no questions'
  return [`Written to ${dir}`, `Next: ${start}${ask}`]
}

const count = (n: number, noun: string) => `${n.toLocaleString('en')} ${noun}${n === 1 ? '' : 's'}`
