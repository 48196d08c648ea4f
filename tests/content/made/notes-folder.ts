/** A folder of notes on the disk, and `cohort` as it is typed beside it, in this process. */
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { loadContent } from '../../../src/content/load.js'
import { run } from '../../../src/main.js'
import type { Notes } from './source-of.js'

/** What the pack asks, by the words of each question. */
type Asked = Readonly<Record<string, { readonly id: string; readonly topics: readonly string[] }>>

export function notesFolder() {
  const root = mkdtempSync(path.join(tmpdir(), 'cohort-notes-'))
  mkdirSync(path.join(root, 'content'))
  const packs = path.join(root, 'data/packs')
  const note = (file: string) => path.join(root, 'n', file)
  const inPack = (file: string) => path.join(packs, 'n', file)
  const folder = {
    note,
    write(notes: Notes): void {
      for (const [file, content] of Object.entries(notes)) {
        mkdirSync(path.dirname(note(file)), { recursive: true })
        writeFileSync(note(file), content)
      }
    },
    rename: (from: string, to: string) => renameSync(note(from), note(to)),
    remove: (file: string) => rmSync(note(file), { recursive: true }),
    read: (file: string) => readFileSync(inPack(file), 'utf8'),
    change: (file: string, how: (text: string) => string) =>
      writeFileSync(inPack(file), how(readFileSync(inPack(file), 'utf8'))),
    files: () =>
      readdirSync(packs, { recursive: true, encoding: 'utf8' })
        .filter((file) => /\/.*\/.*\.(?:md|yaml)$/.test(file))
        .map((file) => file.slice(2))
        .sort(),
    /** `pack new` of notes, written over those of before, or whatever else is typed. */
    async make(notes: Notes = {}): Promise<string[]> {
      folder.write(notes)
      return (await folder.cohort('pack', 'new', 'n')).lines
    },
    async cohort(...argv: string[]) {
      const lines: string[] = []
      const say = (line: string) => lines.push(...line.split('\n'))
      const code = await run(argv, {
        out: say,
        err: say,
        input: (async function* () {})(),
        env: { COHORT_DATA_DIR: path.join(root, 'data'), CONTENT_DIR: path.join(root, 'content') },
        folder: root,
        now: () => Date.UTC(2026, 10, 29),
        stopSignal: () => new Promise(() => {}),
        catchStrays: () => {},
        exit: () => {},
      })
      return { code, lines }
    },
    async asked(): Promise<Asked> {
      const { banks, problems } = await loadContent(packs)
      if (problems.some(({ level }) => level === 'error')) throw new Error(JSON.stringify(problems))
      return Object.fromEntries(
        banks.flatMap((bank) =>
          bank.questions.map(({ id, topics, ...question }) => [
            'stem' in question ? String(question.stem) : id,
            { id, topics },
          ]),
        ),
      )
    },
    async ids(): Promise<Record<string, string>> {
      return Object.fromEntries(Object.entries(await folder.asked()).map(([stem, { id }]) => [stem, id]))
    },
    end: () => rmSync(root, { recursive: true, force: true }),
  }
  return folder
}
