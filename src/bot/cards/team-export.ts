/** Questions of a team as a file. */
import type { WrittenFile } from '../../content/formats/format.js'
import type { Team } from '../../core/model.js'
import { sentence } from '../../core/text.js'
import { type Card, note, text } from '../ui/card.js'
import { fileName, isLong, reportFile, shownLines } from './lines.js'
import { count } from './wording.js'

export interface Exported {
  readonly format: string
  readonly written: WrittenFile
  /** The number of questions in open rounds, which are therefore not in the file. */
  readonly open: number
}

export function exportCard(team: Team, { format, written, open }: Exported): Card {
  const name = `${fileName(team.name)}-questions`
  const lines = written.warnings.map((one) => (one.name === '' ? one.message : `${one.name}: ${one.message}`))
  return {
    title: sentence`Questions of ${team.name}`,
    blocks: [
      text(
        `${count(written.count, 'question')} with ${written.count === 1 ? 'its' : 'their'} right answers, as ${format}. Keep the file away from whoever still plays.`,
      ),
      ...(open > 0 ? [note(openNote(open))] : []),
      ...shownLines('What this format does not hold', lines),
      { kind: 'file', name: `${name}${written.extension}`, mime: mimeOf(written), content: written.bytes },
      ...(isLong(lines) ? [reportFile(name, [lines])] : []),
    ],
  }
}

const openNote = (n: number) =>
  `${count(n, 'question')} ${n === 1 ? 'stands' : 'stand'} in an open round and ${n === 1 ? 'is' : 'are'} left out. Export again once it is closed.`

const mimeOf = ({ extension }: WrittenFile) => (extension === '.zip' ? 'application/zip' : 'text/plain')
