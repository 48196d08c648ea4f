/** Reads a whole source file by file: notes, questions, and what is left out, with the reason. */

import { readNotesOrQuestions, readQuestions } from '../formats/all.js'
import { decodeText } from '../formats/decode.js'
import type { FoundQuestion, FoundTopic, QuestionFile, SourceFile } from '../formats/format.js'
import { jsonEntries, NO_JSON } from '../formats/json-entries.js'
import type { Notes } from '../formats/markdown-exam.js'
import { type OurQuestions, ourQuestions } from '../our-questions.js'
import { isPicture, type Source } from '../source.js'
import { type NoteFile, readNoteFile } from './note-file.js'

/** A remark about a file. */
export interface Told {
  readonly file: string
  readonly line: number
  readonly message: string
}

export interface QuestionsOf {
  readonly path: string
  readonly format: string
  readonly questions: readonly FoundQuestion[]
  readonly topics: readonly FoundTopic[]
}

export interface Read {
  readonly notes: readonly NoteFile[]
  readonly questions: readonly QuestionsOf[]
  readonly ours: readonly OurQuestions[]
  /** Content that is not taken. */
  readonly leftOut: readonly Told[]
  /** Content that was taken but has lost something. */
  readonly changed: readonly Told[]
  /** The number of files that are not read, such as pictures, by extension. */
  readonly others: ReadonlyMap<string, number>
  readonly licence: string
  readonly attribution: string
  readonly bytes: number
  /** The index of each path in the source. */
  readonly order: ReadonlyMap<string, number>
}

const NOTES = /\.(?:md|mdx|markdown|txt)$/i
/**
 * Whole names of files about the notes rather than of them: `security-groups.md` is a note, and `security.md`
 * may be.
 */
const ABOUT =
  /^(?:(?:robots|(?:app-)?ads|humans|llms[\w-]*|requirements[\w-]*|cmakelists)\.txt|(?:privacy[_-]policy|terms[_-](?:of[_-](?:service|use)|and[_-]conditions)|disclaimer|licen[cs]e|copying|contributing|code[_-]of[_-]conduct|changelog)(?:\.\w+)?)$/i
const ABOUT_IN_CAPITALS = /^(?:SECURITY|AUTHORS|NOTICE|LICEN[CS]E-[\w.-]*?)(?:\.\w+)?$/
/** Files that only programs read, and for which readers of questions would fail. */
const DATA = /\.(?:jsonl?|ndjson|xml|csv|tsv|xlsx|gift|zip|yaml|yml|imscc|h5p|qti|mbz|apkg|colpkg)$/i

/** `progress` is called after each file with the number of files so far. */
export async function readSource(source: Source, progress: (files: number) => void): Promise<Read> {
  const read = {
    notes: [] as NoteFile[],
    questions: [] as QuestionsOf[],
    ours: [] as OurQuestions[],
    leftOut: [] as Told[],
    changed: [] as Told[],
    others: new Map<string, number>(),
    licence: '',
    attribution: '',
    bytes: 0,
    order: new Map(source.paths.map((path, i) => [path, i])),
  }
  for (const path of source.paths) if (!isRead(path)) count(read.others, path)
  let files = 0
  for await (const file of source.files(isRead)) {
    read.bytes += file.bytes.length
    take(file, read)
    progress(++files)
  }
  for (const { path, message } of source.leftOut) read.leftOut.push({ file: path, line: 1, message })
  return read
}

type Reading = { -readonly [K in keyof Read]: Read[K] extends readonly (infer T)[] ? T[] : Read[K] } & {
  readonly others: Map<string, number>
}

const isRead = (path: string) => !isPicture(path) && (NOTES.test(path) || DATA.test(path) || isLicence(path))

const nameOf = (path: string) => path.split('/').at(-1) ?? ''
const isLicence = (path: string) => /^(?:licen[cs]e|copying)(?:\.|$)/i.test(nameOf(path))

function count(others: Map<string, number>, path: string): void {
  const ending = /\.[a-z0-9]+$/i.exec(nameOf(path))?.[0].toLowerCase() ?? 'without an ending'
  others.set(ending, (others.get(ending) ?? 0) + 1)
}

function take(file: SourceFile, read: Reading): void {
  const { path } = file
  if (isLicence(path)) {
    read.licence ||= licenceOf(decodeText(file).text)
    return
  }
  if (ABOUT.test(nameOf(path)) || ABOUT_IN_CAPITALS.test(nameOf(path))) {
    read.leftOut.push({ file: path, line: 1, message: 'is about the notes, and not looked up' })
    return
  }
  const ours = /\.ya?ml$/i.test(path) ? ourQuestions(path, decodeText(file).text) : undefined
  if (ours) {
    read.ours.push(ours)
    for (const one of ours.leftOut) read.leftOut.push({ file: path, ...one })
    return
  }
  const { found, notes } = NOTES.test(path)
    ? readNotesOrQuestions(file)
    : { found: readQuestions(file), notes: undefined }
  if (found) takeQuestions(path, found, read)
  if (notes) takeNotes(notes, read)
  if (found || notes) return
  const [fault] = brokenJson(file)
  if (fault) {
    read.leftOut.push({ file: path, line: fault.line, message: `${NO_JSON}: ${fault.reason}` })
    return
  }
  if (/\.(?:jsonl?|ndjson|ya?ml|zip|xml)$/i.test(path)) count(read.others, path)
  else read.leftOut.push({ file: path, line: 1, message: 'holds no questions of a format that is read' })
}

/** Other JSON of a folder is of programs, and may be of a kind that only they read. */
const brokenJson = (file: SourceFile) =>
  /"(?:question|stem|prompt)\w{0,8}"\s*:/i.test(decodeText(file).text) ? jsonEntries(file).faults : []

function takeQuestions(path: string, found: QuestionFile, read: Reading): void {
  const { format, questions, leftOut, changed, topics = [], attribution = '' } = found
  read.attribution ||= attribution
  if (questions.length + topics.length > 0) read.questions.push({ path, format, questions, topics })
  for (const one of leftOut) read.leftOut.push({ file: path, ...one })
  for (const one of changed) read.changed.push({ file: path, ...one })
}

function takeNotes({ file, emptied }: Notes, read: Reading): void {
  const { path } = file
  const { text, isText, changed } = decodeText(file)
  if (!isText) {
    read.leftOut.push({
      file: path,
      line: 1,
      message: text === '' && file.bytes.length === 0 ? 'is empty' : 'is no text',
    })
    return
  }
  const told: Told[] = changed.map((one) => ({ file: path, ...one }))
  const report = (line: number, message: string) => told.push({ file: path, line, message })
  const note = readNoteFile(path, text.replace(/^\uFEFF/, ''), report, emptied)
  if (note && 'excalidraw-plugin' in note.front) {
    read.leftOut.push({ file: path, line: 1, message: 'is a drawing (Excalidraw)' })
    return
  }
  for (const one of told) (note && note.topics.length > 0 ? read.changed : read.leftOut).push(one)
  if (!note) return
  read.notes.push(note)
  const { license, licence = license, author, authors = author } = note.front
  if (typeof licence === 'string') read.licence ||= licence.slice(0, 80)
  if (typeof authors === 'string') read.attribution ||= authors.slice(0, 300)
}

/** Returns the licence's name if the text says it, else its first line. */
function licenceOf(text: string): string {
  const known = LICENCES.find(([pattern]) => pattern.test(text))?.[1]
  return known ?? text.trim().split('\n')[0]?.trim().slice(0, 80) ?? ''
}

const LICENCES: readonly (readonly [RegExp, string])[] = [
  [/^\s*(?:The )?MIT License/i, 'MIT'],
  [/Permission is hereby granted, free of charge/, 'MIT'],
  [/Apache License\s+Version 2\.0/, 'Apache-2.0'],
  [/Attribution-NonCommercial-ShareAlike 4\.0/, 'CC BY-NC-SA 4.0'],
  [/Attribution-NonCommercial-NoDerivatives 4\.0/, 'CC BY-NC-ND 4.0'],
  [/Attribution-NonCommercial 4\.0/, 'CC BY-NC 4.0'],
  [/Attribution-ShareAlike 4\.0/, 'CC BY-SA 4.0'],
  [/Attribution-NoDerivatives 4\.0/, 'CC BY-ND 4.0'],
  [/Attribution 4\.0 International/, 'CC BY 4.0'],
  [/CC0 1\.0 Universal/, 'CC0 1.0'],
  [/GNU AFFERO GENERAL PUBLIC LICENSE/, 'AGPL-3.0'],
  [/GNU LESSER GENERAL PUBLIC LICENSE/, 'LGPL-3.0'],
  [/GNU GENERAL PUBLIC LICENSE\s+Version 2/, 'GPL-2.0'],
  [/GNU GENERAL PUBLIC LICENSE/, 'GPL-3.0'],
  [/Mozilla Public License Version 2\.0/i, 'MPL-2.0'],
  [/Redistribution and use in source and binary forms/, 'BSD'],
  [/This is free and unencumbered software/, 'Unlicense'],
]
