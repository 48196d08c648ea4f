import type { OpenQuestionStore } from '../bot/ports/open-questions.js'
import { type Client, here } from './client.js'

export function openQuestionVerbs({ roundItem }: Client): OpenQuestionStore {
  return {
    async openQuestionIds(workspace) {
      const where = { round: { state: { in: ['due', 'posted'] }, team: { workspace: here(workspace) } } }
      const found = await roundItem.findMany({ select: { question: true }, where, distinct: ['question'] })
      return found.map(({ question }) => question)
    },
  }
}
