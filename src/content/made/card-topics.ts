/** Cards with a front and a back, such as Anki's, as topics. */
import type { Paragraph } from 'mdast'
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
          const body = markdownText(text.split(/\n{2,}/).map(paragraph))
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

const paragraph = (text: string): Paragraph => ({
  type: 'paragraph',
  children: [{ type: 'text', value: text.replace(/\s+/g, ' ').trim() }],
})
