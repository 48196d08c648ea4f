import { lookUp, MAX_QUERY } from '../member/look-up.js'
import { packOf } from '../team/team.js'
import { command } from '../ui/command.js'
import { completeQuery } from './complete-query.js'

export const explain = command({
  name: 'explain',
  summary: 'Look something up: a topic, an acronym, a question, or A vs B',
  usage: '<anything>',
  inDirectMessages: true,
  isLookUp: true,
  options: {
    query: {
      type: 'text',
      description: 'A topic, an acronym, a question, or A vs B',
      required: true,
      max: MAX_QUERY,
      suggest: completeQuery,
    },
  },
  run: async ({ query }, caller, deps) => lookUp(query, await packOf(caller, deps), deps.packs).card,
})
