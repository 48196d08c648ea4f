/** Says what a file is that no reader takes, by its beginning, and what to send instead. */
import { tooLarge } from './decode.js'
import type { SourceFile } from './format.js'
import { jsonEntries } from './json-entries.js'

const FORMATS =
  'GIFT, Aiken, Moodle XML, QTI 2 and 3, Kahoot, Wayground and Blooket sheets, CSV, Anki text, Open Trivia DB and other JSON and JSON Lines, practice exams and tables in Markdown, and Cohort’s own YAML'

export const TAKEN = `Cohort reads ${FORMATS}.`

interface Kind {
  readonly begins: readonly (string | readonly number[])[]
  readonly why: string
}

const KINDS: readonly Kind[] = [
  {
    begins: ['%PDF-'],
    why: 'This is a PDF, where nobody can tell a question from its answers. Export the questions from the program that made it.',
  },
  {
    begins: [[0x89, 0x50, 0x4e, 0x47], [0xff, 0xd8, 0xff], 'GIF8', 'BM', 'RIFF'],
    why: 'This is a picture, and Cohort reads text only. Type the questions into a text file, or export them.',
  },
  {
    begins: [[0xd0, 0xcf, 0x11, 0xe0]],
    why: 'This is a file of an old Office program, or one with a password. Save it without a password as .xlsx or .csv.',
  },
  { begins: ['{\\rtf'], why: 'This is a rich text document. Save it as plain text (.txt).' },
  { begins: ['SQLite format 3'], why: 'This is a database. Export its questions as text or as CSV.' },
  {
    begins: [[0x1f, 0x8b], '7z', 'Rar!', 'BZh', [0xfd, 0x37, 0x7a, 0x58, 0x5a]],
    why: 'This is an archive that Cohort does not unpack. Send the file that is in it.',
  },
]

export function whyUnknown(file: SourceFile): string {
  const { bytes, path } = file
  if (bytes.length === 0) return 'This file is empty. Send the one with the questions.'
  const large = tooLarge(file)
  if (large !== undefined) return `Nothing of it was read: ${large}.`
  const kind = KINDS.find(({ begins }) => begins.some((start) => beginsWith(bytes, start)))
  if (kind) return kind.why
  if (beginsWith(bytes, 'PK')) return zipped(path, bytes)
  return `No question was found in this file. ${faultOfJson(file)}${TAKEN}`
}

function faultOfJson(file: SourceFile): string {
  const [fault] = /\.(?:jsonl?|ndjson)$/i.test(file.path) ? jsonEntries(file).faults : []
  return fault ? `Line ${fault.line} is no JSON: ${fault.reason}. ` : ''
}

/** An archive contains the names of its files uncompressed. */
function zipped(path: string, bytes: Uint8Array): string {
  const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const has = (name: string) => text.includes(name)
  if (has('word/document.xml'))
    return 'This is a Word document. Save it as plain text (.txt), each question as in Aiken: the options with A. to D., then ANSWER: B.'
  if (has('ppt/presentation.xml')) return 'These are slides, and Cohort reads question files only.'
  if (has('collection.anki2') || /\.(apkg|colpkg)$/i.test(path))
    return 'This is a deck of Anki. In Anki choose File, Export, Notes in Plain Text (.txt), and send that.'
  if (isEncrypted(bytes)) return 'This archive has a password. Send it without one.'
  if (has('content.xml') && has('mimetype'))
    return 'This is a LibreOffice document. Save it as .csv or .xlsx.'
  return `No question was found in this archive. ${TAKEN}`
}

/** Reads the first bit of the flags of its first file. */
function isEncrypted(bytes: Uint8Array): boolean {
  return beginsWith(bytes, 'PK\u0003\u0004') && ((bytes[6] ?? 0) & 1) === 1
}

function beginsWith(bytes: Uint8Array, start: string | readonly number[]): boolean {
  const wanted = typeof start === 'string' ? [...Buffer.from(start, 'latin1')] : start
  return wanted.every((byte, i) => bytes[i] === byte)
}

const PANDOC = (from: string) => `"pandoc -f ${from} -t gfm" makes Markdown of each`
const ASCIIDOC =
  '"asciidoctor -b docbook" makes DocBook of each, and "pandoc -f docbook -t gfm" Markdown of that'
const SLIDES = 'save the outline of each as plain text (.txt)'
/** How to get Markdown from files of notes that are not read, by their endings. */
const TO_MARKDOWN: Readonly<Record<string, string>> = {
  '.docx': PANDOC('docx'),
  '.odt': PANDOC('odt'),
  '.rtf': PANDOC('rtf'),
  '.rst': PANDOC('rst'),
  '.org': PANDOC('org'),
  '.tex': PANDOC('latex'),
  '.ipynb': PANDOC('ipynb'),
  '.epub': PANDOC('epub'),
  '.html': PANDOC('html'),
  '.htm': PANDOC('html'),
  '.textile': PANDOC('textile'),
  '.adoc': ASCIIDOC,
  '.asciidoc': ASCIIDOC,
  '.doc': 'save each as .docx first, and "pandoc -f docx -t gfm" makes Markdown of it',
  '.ppt': SLIDES,
  '.pptx': SLIDES,
  '.odp': SLIDES,
  '.pdf': 'take the document that it was made of; "pdftotext" gives at least plain text, without headings',
}

/** `ending`: with its dot, in lower case. Undefined where there is nothing to advise. */
export const toMarkdown = (ending: string): string | undefined => TO_MARKDOWN[ending]
