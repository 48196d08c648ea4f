/**
 * An export as files: written one page at a time, with a turn of the event loop between pages, so that it
 * blocks nobody.
 */
import { Readable } from 'node:stream'
import { buffer } from 'node:stream/consumers'
import { setImmediate as turn } from 'node:timers/promises'
import { createGzip } from 'node:zlib'
import type { MemberExport } from '../ports/members.js'
import { type FileBlock, MAX_FILE_BYTES } from '../ui/card.js'

/**
 * JSON of this size is two or three MiB when compressed. Reports, which compress less, are limited to ten an
 * hour.
 */
const MAX_TEXT_BYTES = 3 * MAX_FILE_BYTES

/**
 * Returns one file for nearly everybody. A large export is compressed, a very large one comes in several
 * files, each of which is valid JSON.
 */
export async function exportFiles(data: MemberExport): Promise<FileBlock[]> {
  const texts = await written(data)
  const [first, ...more] = texts
  if (first && more.length === 0 && first.bytes <= MAX_FILE_BYTES)
    return [
      {
        kind: 'file',
        name: 'cohort-export.json',
        mime: 'application/json',
        content: Buffer.concat(first.parts),
      },
    ]
  const files: FileBlock[] = []
  for (const { parts } of texts) {
    const name = `cohort-export${more.length > 0 ? `-${files.length + 1}` : ''}.json.gz`
    files.push({
      kind: 'file',
      name,
      mime: 'application/gzip',
      content: await buffer(Readable.from(parts).pipe(createGzip())),
    })
  }
  return files
}

interface Written {
  readonly parts: Uint8Array[]
  bytes: number
}

/** Writes JSON with one row per line. A list that is cut continues in the next file under the same name. */
async function written({ head, pages }: MemberExport): Promise<Written[]> {
  let file = begun(JSON.stringify(head).slice(0, -1))
  const files = [file]
  let list: string | undefined
  for await (const { name, rows } of pages) {
    if (file.bytes > MAX_TEXT_BYTES) {
      add(file, `${ended(list)}}\n`)
      file = begun(`{"goesOn": ${files.length}`)
      files.push(file)
      list = undefined
    }
    const lines = rows.map((row) => JSON.stringify(row)).join(',\n')
    add(file, name === list ? `,\n${lines}` : `${ended(list)},\n"${name}": [\n${lines}`)
    list = name
    await turn()
  }
  add(file, `${ended(list)}}\n`)
  return files
}

function begun(text: string): Written {
  const file = { parts: [], bytes: 0 }
  add(file, text)
  return file
}

const ended = (list: string | undefined) => (list === undefined ? '\n' : '\n]\n')

function add(file: Written, text: string): void {
  const part = Buffer.from(text)
  file.parts.push(part)
  file.bytes += part.byteLength
}
