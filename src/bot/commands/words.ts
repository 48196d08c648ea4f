import { short } from '../../core/text.js'
import type { Values } from '../ui/parse.js'
import { explain, MAX_QUERY } from './explain.js'

/** What plain words ask for, where there is no command. */
export function readWords(words: string): { readonly name: string; readonly input: Values } {
  const query = short(words.trim().replace(/^\/?explain\s+/i, ''), MAX_QUERY)
  return query === '' ? { name: 'help', input: {} } : { name: explain.name, input: { query } }
}
