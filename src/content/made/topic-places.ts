/** Decides where the topics of a pack are written, so that their slugs stay. */
import type { Existing } from './existing.js'
import type { MadeFile } from './manifest.js'
import type { NoteTopic } from './note-file.js'
import { paired, type Step } from './pairing.js'
import type { Former, Section } from './sections.js'
import { freeSlug } from './slugs.js'

interface Place {
  readonly path: string
  readonly slug: string
}

export const keyOf = ({ file, titles }: Pick<NoteTopic, 'file' | 'titles'>): string =>
  `${file}#${titles.join(' > ')}`

/**
 * A topic is the previous one with its headings, first the one with the same text; else, since headings
 * change, the one with its text, first in its own file, if no other has that text, now or before.
 */
export function placesOf(
  topics: readonly NoteTopic[],
  titles: readonly string[],
  { sectionOf, former }: { readonly sectionOf: (path: string) => Section; readonly former: Former },
  existing: Existing,
): Place[] {
  const before = Object.entries(existing.manifest.files).filter(([path]) => path.endsWith('.md'))
  const taken = new Set([...existing.slugs, ...before.map(([path]) => slugIn(path))])
  const found = paired(topics, before, steps(former))
  return topics.map((topic, i) => {
    const [path] = found[i] ?? []
    if (path !== undefined) return { path, slug: slugIn(path) }
    const slug = freeSlug(titles[i] ?? topic.title, taken)
    return { slug, path: `${sectionOf(topic.file).id}/${slug}.md` }
  })
}

function steps(former: Former): Step<NoteTopic, readonly [string, MadeFile]>[] {
  const key = (topic: NoteTopic) => keyOf({ ...topic, file: former(topic.file) })
  return [
    {
      now: (topic) => `${key(topic)}\n${topic.hash}`,
      before: ([, { from, source }]) => `${from}\n${source}`,
      inOrder: true,
    },
    { now: key, before: ([, { from }]) => from, inOrder: true },
    {
      now: ({ file, hash }) => `${former(file)}\n${hash}`,
      before: ([, { from, source }]) => `${from.replace(/#[\s\S]*$/, '')}\n${source}`,
      inOrder: false,
    },
    { now: ({ hash }) => hash, before: ([, { source }]) => source, inOrder: false },
  ]
}

const slugIn = (path: string) => path.split('/').at(-1)?.replace(/\.md$/, '') ?? ''
