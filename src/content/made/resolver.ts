/** Resolves links between notes. */
import path from 'node:path'
import { spaced } from '../makers.js'
import type { Link } from './links.js'
import type { NoteFile, NoteTopic } from './note-file.js'

/** Returns the topic that a link leads to, if it leads to one. */
export type Resolve = (link: Link, from: string) => NoteTopic | undefined

export function resolver(files: readonly NoteFile[]): Resolve {
  const byPath = new Map<string, NoteTopic>()
  const byAnchor = new Map<string, NoteTopic>()
  const byName = new Map<string, NoteTopic>()
  const add = <T>(map: Map<string, T>, key: string, value: T) => {
    if (key !== '' && !map.has(key)) map.set(key, value)
  }
  for (const { path: file, topics } of files) {
    const [main] = topics
    if (main) for (const key of keysOf(file)) add(byPath, key, main)
    for (const topic of topics)
      for (const { title, anchor } of [topic, ...topic.inner])
        for (const name of [folded(anchor), anchorOf(title), plain(title)])
          add(byAnchor, `${bare(file)}#${name}`, topic)
  }
  for (const { topics } of files) for (const topic of topics) add(byName, plain(topic.title), topic)
  for (const { topics } of files)
    for (const topic of topics) for (const alias of topic.aliases) add(byName, plain(alias), topic)
  for (const { topics } of files)
    for (const topic of topics) for (const { title } of topic.inner) add(byName, plain(title), topic)
  const inFile = (file: string, anchor: string) =>
    [folded(anchor), plain(anchor), anchorOf(anchor)]
      .map((name) => byAnchor.get(`${file}#${name}`))
      .find((topic) => topic !== undefined)
  return ({ kind, target, anchor }, from) => {
    const key = linkKey({ kind, target }, from)
    const main = target === '' ? undefined : byPath.get(key)
    const file = target === '' ? from : main?.file
    const heading = kind === 'wiki' ? (anchor.split('#').at(-1) ?? '') : anchor
    const exact = file !== undefined && heading !== '' ? inFile(bare(file), heading) : undefined
    if (exact || main) return exact ?? main
    return kind === 'wiki' ? byName.get(plain(heading || (target.split('/').at(-1) ?? ''))) : undefined
  }
}

/** Returns the key of the file that a link names, as one of `keysOf`. */
export const linkKey = ({ kind, target }: Pick<Link, 'kind' | 'target'>, from: string): string =>
  kind === 'wiki' ? bare(target) : fromFile(target, from)

/** A file is found by any suffix of its path, and a folder by its first page. */
export function keysOf(file: string): string[] {
  const names = bare(file).split('/')
  const paths = [names]
  if (/^(?:readme|index|_index)$/.test(names.at(-1) ?? '')) paths.push(names.slice(0, -1))
  return paths.flatMap((one) => one.map((_name, i) => one.slice(i).join('/')))
}

/** macOS writes names in another form of Unicode than people type. */
const folded = (text: string) => text.normalize('NFC').toLowerCase()
const bare = (file: string) => folded(file).replace(/\.(?:md|mdx|markdown|html?|txt)$/, '')

function fromFile(target: string, from: string): string {
  const found = target.startsWith('/') ? target.slice(1) : path.posix.join(path.posix.dirname(from), target)
  return bare(found.replace(/^(?:\.\.\/)+/, '').replace(/\/+$/, ''))
}

const plain = (name: string) => folded(spaced(name))

/** Makes anchors like GitHub and most generators. */
function anchorOf(title: string): string {
  return folded(title)
    .replace(/[^\p{L}\p{N}\s_-]/gu, '')
    .trim()
    .replace(/\s/g, '-')
}
