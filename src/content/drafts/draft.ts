/** A question that a program made from notes. Nobody is asked it before a person has approved it. */
import { createHash } from 'node:crypto'
import type { AuthoredItem, Sources, Topic } from '../../core/model.js'
import { LONGEST } from '../longest.js'
import { slugOf } from '../made/slugs.js'

export interface DraftQuestion {
  /** Made from the names of the topic and of what is asked, so it stays the same while these do. */
  readonly id: string
  readonly section: string
  readonly topics: readonly string[]
  readonly concept: string
  readonly item: AuthoredItem
  readonly sources: Sources
  readonly from: Place
}

/** The place in the notes that the draft comes from. */
export interface Place {
  readonly file: string
  readonly line?: number | undefined
  readonly heading: string
}

const HASH = 6

/** `key` distinguishes it from the other drafts of the topic; `name` says in a few words what it is about. */
export function draftOf(topic: Topic, key: string, name: string, item: AuthoredItem): DraftQuestion {
  return {
    id: draftId(topic.slug, `${item.kind} ${key}`, name),
    section: topic.section,
    topics: [topic.slug],
    concept: name.slice(0, LONGEST.concept).trim(),
    item,
    sources: topic.sources,
    from: placeOf(topic),
  }
}

function draftId(topic: string, key: string, name: string): string {
  const hash = createHash('sha256').update(`${topic}\n${key}`).digest('hex').slice(0, HASH)
  const room = LONGEST.id - HASH - 2
  const words = [topic.slice(0, room / 2), slugOf(name, room / 2)].join('-')
  return `${words.replace(/-{2,}/g, '-').replace(/-+$/, '')}-${hash}`
}

function placeOf({ sources: { notes, documents }, file, title }: Topic): Place {
  const [document] = documents
  const name = typeof document === 'string' ? document : document?.title
  return { file: name ?? file, line: notes[0], heading: title }
}

/** Returns the same number for the same text, for choices that should look random. */
export function numberOf(text: string): number {
  return createHash('sha256').update(text).digest().readUInt32BE(0)
}
