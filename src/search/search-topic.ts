/** The parts of a topic that are searched. */
import type { Passage, Topic } from '../core/model.js'
import { plain } from '../core/text.js'

export interface SearchTopic {
  readonly slug: string
  readonly title: string
  readonly aliases: readonly string[]
  readonly asked: readonly string[]
  readonly summary: string
  readonly body: string
  /** The section of its pack; completion of blank text offers some topics of each section. */
  readonly section?: string
}

export function searchTopic(topic: Topic): SearchTopic {
  const body = [
    ...topic.details.map(passageText),
    ...topic.examTips.map(plain),
    ...topic.confused.map((c) => plain(c.why)),
    ...topic.changes.map((c) => `${plain(c.today)} ${plain(c.exam)}`),
  ]
  return {
    slug: topic.slug,
    title: topic.title,
    aliases: topic.aliases,
    asked: topic.asked,
    summary: plain(topic.summary),
    body: body.join('\n'),
    section: topic.section,
  }
}

function passageText(passage: Passage): string {
  switch (passage.kind) {
    case 'heading':
    case 'code':
      return passage.text
    case 'text':
      return plain(passage.text)
    case 'list':
      return passage.items.map(plain).join('\n')
    case 'table':
      return [passage.header, ...passage.rows].map((row) => row.map(plain).join('\n')).join('\n')
  }
}
