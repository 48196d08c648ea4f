/** Topics of Markdown, without a disk. */
import { readMarkdown } from '../../../src/content/markdown.js'
import type { Topic } from '../../../src/core/model.js'

export function topicOf(title: string, markdown: string, section = 'one'): Topic {
  const slug = title
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '')
  const body = readMarkdown(`---\ntitle: x\n---\n${markdown}`, (line, message) => {
    throw new Error(`${line}: ${message}`)
  })
  return {
    slug,
    title,
    section,
    ...{ pack: 'notes', file: `notes/${section}/${slug}.md`, markdown },
    ...{ aliases: [], asked: [], summary: [], examTips: [], changes: [], related: [], confused: [] },
    details: body?.details ?? [],
    sources: { notes: [7], documents: [`${slug}.md`], checked: 'none' },
  }
}
