/** Makes a pack from everything that was read: titles, slugs, sections, links, and the text of every file. */

import { UNSHOWABLE } from '../schema.js'
import { cardTopics } from './card-topics.js'
import type { Existing } from './existing.js'
import { frontText, scalar } from './front-text.js'
import type { Manifest } from './manifest.js'
import { movedFiles } from './moved-files.js'
import type { NoteFile, NoteTopic } from './note-file.js'
import type { PackFile } from './pack-file.js'
import { questionFiles, topicFinder } from './question-files.js'
import type { Read, Told } from './read-source.js'
import { keysOf, linkKey, resolver } from './resolver.js'
import { type Section, sectionsOf } from './sections.js'
import { clearTitles, humanised } from './titles.js'
import { keyOf, placesOf } from './topic-places.js'

export interface Made {
  readonly files: readonly PackFile[]
  readonly sections: readonly Section[]
  readonly sectionIds: Manifest['sections']
  readonly questionIds: Manifest['questions']
  readonly told: readonly Told[]
}

/** `existing`: the present content of the pack's folder. */
export function makePack(read: Read, title: string, existing: Existing): Made {
  const told: Told[] = []
  const cards = cardTopics(read.questions)
  const notes = [...read.notes, ...cards]
  const topics = notes.flatMap((file) => file.topics)
  const paths = [...new Set([...notes, ...read.questions, ...read.ours].map(({ path }) => path))]
  paths.sort((a, b) => (read.order.get(a) ?? 0) - (read.order.get(b) ?? 0))
  const named = new Map(notes.map(({ path, name }) => [path, name]))
  const moved = movedFiles({ ...read, topics }, existing.manifest, new Set(read.order.keys()))
  const former = (path: string) => moved.get(path) ?? path
  for (const [path, before] of moved)
    told.push({ file: path, line: 1, message: `was ${before} before: slugs, ids and section stay` })
  const sections = sectionsOf(paths, title, named, existing.manifest.sections, former)
  const titles = clearTitles(topics.map(titled(notes)), new Set(existing.names))
  const placed = placesOf(topics, titles, { sectionOf: sections.of, former }, existing)
  const slugs = new Map(topics.map((topic, i) => [topic, placed[i]?.slug ?? '']))
  const resolve = resolver(notes)
  const asked = new Set([...read.questions, ...read.ours].flatMap(({ path }) => keysOf(path)))
  const isThere = (slug: string) => !existing.removed.has(slug)
  const aliases = aliasesOf(topics, titles, existing.names)
  const topicFiles = topics.map((topic, i): PackFile => {
    const { path, slug } = placed[i] ?? { path: '', slug: '' }
    const related = relatedOf(topic, slug)
    return {
      path,
      from: keyOf(topic),
      source: topic.hash,
      text: () => topicText({ topic, title: titles[i] ?? '', aliases: aliases[i] ?? [], related }),
    }
  })
  function relatedOf(topic: NoteTopic, own: string): string[] {
    const found = topic.links.flatMap((link) => {
      const to = resolve(link, topic.file)
      if (!to && !/^[#/]/.test(link.raw) && !asked.has(linkKey(link, topic.file)))
        told.push({
          file: topic.file,
          line: link.line,
          message: `${link.raw} leads to nothing that is known here`,
        })
      return to ? [slugs.get(to) ?? ''] : []
    })
    return [...new Set(found)].filter((slug) => slug !== '' && slug !== own && isThere(slug))
  }
  const finder = topicFinder(topics, slugs, isThere)
  const all = questionFiles(read, existing, { sectionOf: sections.of, former, finder })
  return {
    files: [...topicFiles, ...all.files],
    sections: sections.all,
    sectionIds: sections.ids,
    questionIds: all.ids,
    told: [...told, ...all.told],
  }
}

function titled(notes: readonly NoteFile[]) {
  const names = new Map(notes.map(({ path, name }) => [path, name]))
  return ({ file, title, titles }: NoteTopic) => ({
    title: title.replace(new RegExp(UNSHOWABLE.source, 'gu'), '') || names.get(file) || file,
    around: [names.get(file) ?? '', ...titles.slice(0, -1).reverse(), ...folders(file)],
  })
}

const folders = (file: string) => file.split('/').slice(0, -1).reverse().map(humanised)

// ---- a topic ----------------------------------------------------------------------

function aliasesOf(
  topics: readonly NoteTopic[],
  titles: readonly string[],
  names: readonly string[],
): string[][] {
  const taken = new Set([...names, ...titles.map((title) => title.toLowerCase())])
  return topics.map(({ aliases }) =>
    aliases.filter((alias) => {
      const isFree = !taken.has(alias.toLowerCase()) && !UNSHOWABLE.test(alias)
      taken.add(alias.toLowerCase())
      return isFree
    }),
  )
}

interface TopicText {
  readonly topic: NoteTopic
  readonly title: string
  readonly aliases: readonly string[]
  readonly related: readonly string[]
}

function topicText({ topic, title, aliases, related }: TopicText): string {
  const document = topic.file.length <= 160 ? topic.file : `…${topic.file.slice(-150)}`
  const front = `${frontText({ title, aliases, related })}sources: { notes: [${topic.line}], documents: [${scalar(document)}] }\n`
  return `---\n${front}---\n${topic.body.toString()}`
}
