/** `pack list`: lists every pack, its origin, and whether it can be served. */
import path from 'node:path'
import type { Config } from '../config.js'
import { packIds, packsFolder } from '../content/data-packs.js'
import { readOrigin } from '../content/pack-origin.js'
import { errorsOf } from '../content/problem.js'
import type { Io } from '../io.js'
import { checkAll } from '../server/content.js'
import { credit } from './pack-words.js'

/** Returns 1 if a pack cannot be served. */
export async function listPacks(json: boolean, config: Config, io: Io): Promise<number> {
  const { banks, problems } = await checkAll(config)
  const dir = packsFolder(config.COHORT_DATA_DIR)
  const added = await packIds(dir)
  const ids = [...new Set([...banks.map(({ pack }) => pack.id), ...added])]
  const packs = await Promise.all(
    ids.map(async (id) => {
      const [bank, isAdded] = [banks.find(({ pack }) => pack.id === id), added.includes(id)]
      const place = path.join(isAdded ? dir : config.CONTENT_DIR, id)
      const origin = isAdded ? await readOrigin(place) : undefined
      const start = isAdded ? `${place}${path.sep}` : `${id}/`
      return {
        ...{ id, title: bank?.pack.title ?? null, folder: place },
        ...{ topics: bank?.topics.length ?? 0, questions: bank?.questions.length ?? 0 },
        ...{ licence: bank?.pack.licence ?? null, attribution: bank?.pack.attribution ?? null },
        ...{ from: origin?.from ?? null, commit: origin?.commit ?? null, hash: bank?.hash ?? null },
        isEdited: origin !== undefined && bank !== undefined && origin.hash !== bank.hash,
        problems: errorsOf(problems).filter(({ file }) => file.startsWith(start)).length,
      }
    }),
  )
  if (json) io.out(JSON.stringify(packs))
  else for (const line of packs.flatMap(linesOf)) io.out(line)
  return packs.some((one) => one.problems > 0) ? 1 : 0
}

interface Listed {
  readonly id: string
  readonly title: string | null
  readonly folder: string
  readonly topics: number
  readonly questions: number
  readonly licence: string | null
  readonly attribution: string | null
  readonly from: string | null
  readonly commit: string | null
  readonly hash: string | null
  readonly isEdited: boolean
  readonly problems: number
}

function linesOf(one: Listed): string[] {
  const by = credit({ licence: one.licence ?? undefined, attribution: one.attribution ?? undefined })
  const from =
    one.from === null ? [] : [`  from ${one.from}${one.commit === null ? '' : `, commit ${one.commit}`}`]
  return [
    `${one.id}: ${one.title ?? 'cannot be read'}`,
    `  ${one.topics} topics, ${one.questions} questions; content ${one.hash?.slice(0, 12) ?? 'unknown'} in ${one.folder}`,
    ...(by === undefined ? [] : [`  licence: ${by}`]),
    ...from,
    ...(one.isEdited ? ['  changed here since it was added'] : []),
    ...(one.problems > 0
      ? [`  ${one.problems} problem(s), so it is not served; "cohort content check" lists them`]
      : []),
  ]
}
