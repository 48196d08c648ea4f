/** A folder of notes as a pack: each note a section, read as the command line reads it when it imports. */
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { stringify } from 'yaml'
import type { Bank } from '../../src/content/bank.js'
import { importNotes } from '../../src/content/import.js'
import { loadContent } from '../../src/content/load.js'

const CHECKED = '2026-11-29'

/** The pack that the notes in a folder make, with the problems of reading it. */
export async function importedBank(folder: string): Promise<Bank> {
  const root = mkdtempSync(path.join(tmpdir(), 'cohort-notes-'))
  const sections = readdirSync(folder).map((file, i) => {
    const name = path.basename(file, '.md')
    const id = name.toLowerCase().replace(/[^a-z0-9]+/g, '-')
    const problems: string[] = []
    const imported = importNotes(
      readFileSync(path.join(folder, file), 'utf8'),
      name,
      { known: [], makers: [] },
      CHECKED,
      (line, message) => problems.push(`${file}:${line}: ${message}`),
    )
    if (!imported || problems.length > 0) throw new Error(problems.join('\n'))
    mkdirSync(path.join(root, 'notes', id), { recursive: true })
    for (const { name, text } of imported.files) writeFileSync(path.join(root, 'notes', id, name), text)
    return { id, number: i + 1, title: imported.notes.section.title }
  })
  writeFileSync(path.join(root, 'notes/pack.yaml'), stringify({ title: path.basename(folder), sections }))
  const { banks } = await loadContent(root)
  rmSync(root, { recursive: true })
  const [bank] = banks
  if (!bank) throw new Error(`${folder} makes no pack`)
  return bank
}
