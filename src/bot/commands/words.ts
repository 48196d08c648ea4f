import { short } from '../../core/text.js'
import { MAX_QUERY } from '../member/look-up.js'
import type { Upload } from '../ports/upload.js'
import type { Values } from '../ui/parse.js'
import { asksHelp } from '../ui/spoken.js'
import { explain } from './explain.js'
import { importFile } from './team.js'

/** The command for plain words without a command. */
export function readWords(words: string): { readonly name: string; readonly input: Values } {
  const query = short(words.trim().replace(/^\/?explain\s+/i, ''), MAX_QUERY)
  return query === '' || asksHelp(query)
    ? { name: 'help', input: {} }
    : { name: explain.name, input: { query } }
}

/** The command for a file of questions without a command. */
export function readFile(file: Upload): { readonly name: string; readonly input: Values } {
  return { name: importFile.name, input: { file } }
}
