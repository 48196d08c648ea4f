/** Converts cards with a front and a back, such as Anki's, to topics. */
import type { List, ListItem, Paragraph } from 'mdast'
import { markdownText } from '../stringify.js'
import { hashOf } from './manifest.js'
import type { NoteFile } from './note-file.js'
import type { QuestionsOf } from './read-source.js'
import { fileName } from './titles.js'

export function cardTopics(files: readonly QuestionsOf[]): NoteFile[] {
  return files.flatMap(({ path, topics }): NoteFile[] => {
    if (topics.length === 0) return []
    return [
      {
        path,
        name: fileName(path),
        front: {},
        topics: topics.map(({ title, text, line }) => {
          const body = markdownText(text.split(/\n{2,}/).flatMap(blocks))
          return {
            file: path,
            titles: [title],
            title,
            line,
            anchor: '',
            inner: [],
            body: Buffer.from(body),
            hash: hashOf(body),
            links: [],
            aliases: [],
          }
        }),
      },
    ]
  })
}

/** Makes a paragraph of each line, and lists of lines that begin with a mark. */
function blocks(part: string): (Paragraph | List)[] {
  const found: (Paragraph | List)[] = []
  for (const line of part.split('\n').filter((one) => one.trim() !== '')) {
    const words = paragraph(line.replace(ITEM, ''))
    const item: ListItem = { type: 'listItem', spread: false, children: [words] }
    const last = found.at(-1)
    if (!ITEM.test(line)) found.push(words)
    else if (last?.type === 'list') last.children.push(item)
    else found.push({ type: 'list', ordered: false, spread: false, children: [item] })
  }
  return found
}

const ITEM = /^\s*[-*•]\s+(?=\S)/

const paragraph = (text: string): Paragraph => ({
  type: 'paragraph',
  children: [{ type: 'text', value: text.replace(/\s+/g, ' ').trim() }],
})
