/** `pack add`, `pack update`, `pack remove`: manage packs from elsewhere, in the data folder. */
import { existsSync } from 'node:fs'
import path from 'node:path'
import type { Config } from '../config.js'
import { comingFolder, dropPack, packIds, packsFolder, takePack } from '../content/data-packs.js'
import { gitAddress, isPinned } from '../content/git-address.js'
import { loadContent } from '../content/load.js'
import { type PackDiff, packDiff } from '../content/pack-diff.js'
import { type PackOrigin, readOrigin, writeOrigin } from '../content/pack-origin.js'
import { slug } from '../content/schema.js'
import { UserError } from '../core/errors.js'
import type { Io } from '../io.js'
import { dropReading, goodReading, keepReading } from '../server/content.js'
import { absolute, giveUp, type Taken, takePackFrom, type Wanted } from './pack-take.js'
import { teamsUsing } from './pack-teams.js'
import { changeLines, packLines } from './pack-words.js'

const RESTART = 'Restart Cohort, each of its processes, and it is there.'
/** The default explanation to teams when a key has changed. */
const WHY = 'Those who publish this pack have corrected the key.'
const MAX_WHY = 500

export async function addPack(
  { from, folder, id: named }: Wanted & { readonly id?: string | undefined },
  config: Config,
  io: Io,
): Promise<number> {
  const dir = packsFolder(config.COHORT_DATA_DIR)
  const there = await packIds(dir)
  const idFor = (given: string | undefined): string => {
    const id = named ?? given
    if (id === undefined || !slug.safeParse(id).success)
      throw new UserError(
        `"${id ?? from}" makes no id: lower-case words joined by hyphens, at most 60 characters; give one with --id`,
      )
    const place = [...(there.includes(id) ? [dir] : []), config.CONTENT_DIR].map((one) => path.join(one, id))
    const other = place.find((one) => existsSync(one))
    if (other !== undefined)
      throw new UserError(
        `there is a pack "${id}" in ${other} already; give this one another id with --id${there.includes(id) ? `, or take its new version with "cohort pack update ${id}"` : ''}`,
      )
    return id
  }
  const taken = await takePackFrom({ from: absolute(from, io), folder }, dir, idFor, io)
  await takePack(dir, taken.id)
  await keepRead(config)
  for (const line of [...packLines(taken), RESTART, 'Teams choose it with /team setup.']) io.out(line)
  return 0
}

export interface UpdateOptions {
  readonly yes?: boolean | undefined
  readonly why?: string | undefined
  /** A new source, used from now on. */
  readonly from?: string | undefined
  readonly folder?: string | undefined
}

/** Without an id, updates all packs that were added. Returns 1 if a pack was not updated. */
export async function updatePacks(
  id: string | undefined,
  options: UpdateOptions,
  config: Config,
  io: Io,
): Promise<number> {
  const { why } = options
  if (why !== undefined && (why.trim() === '' || why.length > MAX_WHY))
    throw new UserError(`--why should have 1 to ${MAX_WHY} characters: it is what the teams are told`)
  const dir = packsFolder(config.COHORT_DATA_DIR)
  const ids = id === undefined ? await packIds(dir) : [id]
  let code = 0
  for (const one of ids) {
    const origin = await readOrigin(path.join(dir, one))
    if (!origin && id === undefined && options.from === undefined) continue
    try {
      if (!(await updatePack(one, origin, options, config, io))) code = 1
    } catch (error) {
      if (ids.length === 1 || !(error instanceof UserError)) throw error
      io.err(`${one}: ${error.message}`)
      code = 1
    }
  }
  if (ids.length === 0) io.out(`No pack was added: ${dir} is empty.`)
  return code
}

/** Returns whether the pack is up to date afterwards. */
async function updatePack(
  id: string,
  known: PackOrigin | undefined,
  { yes, why = WHY, from, folder }: UpdateOptions,
  config: Config,
  io: Io,
): Promise<boolean> {
  const dir = packsFolder(config.COHORT_DATA_DIR)
  if (!(await packIds(dir)).includes(id))
    throw new UserError(`there is no added pack "${id}"; "cohort pack list" names them`)
  const wanted = from === undefined ? known : { from: absolute(from, io), folder: folder ?? known?.folder }
  if (!wanted)
    throw new UserError(
      `the pack "${id}" was made here, so there is nowhere to update it from; name a source with --from`,
    )
  const address = from === undefined ? gitAddress(wanted.from) : undefined
  if (address && isPinned(address)) {
    io.out(
      `${id}: stays at commit ${address.ref}, which it was added with; --from ${address.url}#… takes another one.`,
    )
    return true
  }
  const { banks } = await loadContent(dir, id)
  const [before] = banks
  const taken = await takePackFrom(wanted, dir, () => id, io)
  try {
    if (before?.hash === taken.bank.hash) {
      await writeOrigin(path.join(dir, id), { ...known, ...taken.origin })
      io.out(`${id}: nothing has changed at ${wanted.from}.`)
      return true
    }
    const diff = packDiff(before ?? { ...taken.bank, topics: [], questions: [] }, taken.bank)
    const isEdited = known !== undefined && before !== undefined && before.hash !== known.hash
    for (const line of changeLines(id, diff, taken, isEdited)) io.out(line)
    if (!yes && !(await says(io, 'Take it? Type yes, or no.'))) {
      io.out('Nothing was changed.')
      return false
    }
    await writeOrigin(comingFolder(dir, id), withRegrades(taken, known, diff, why))
    await takePack(dir, id)
    await keepRead(config)
    io.out(`${id}: taken. ${RESTART}`)
    return true
  } finally {
    await giveUp(dir, id)
  }
}

/** Caches the parsed content for the next command, which reports problems of other packs itself. */
const keepRead = (config: Config): Promise<void> => goodReading(config).then(keepReading, () => {})

/** Keeps regrades that an earlier update has not finished. */
function withRegrades(
  taken: Taken,
  known: PackOrigin | undefined,
  { keys }: PackDiff,
  why: string,
): PackOrigin {
  const left = known?.regrade?.questions.filter((one) => taken.bank.question(one)) ?? []
  const questions = [...new Set([...left, ...keys])]
  return { ...taken.origin, ...(questions.length > 0 && { regrade: { why, questions } }) }
}

async function says(io: Io, question: string): Promise<boolean> {
  io.out(question)
  let typed = ''
  for await (const chunk of io.input) {
    typed += chunk
    if (typed.includes('\n')) break
  }
  return /^\s*y(es)?\s*(\n|$)/i.test(typed)
}

export async function removePack(
  id: string,
  { force = false }: { readonly force?: boolean },
  config: Config,
  io: Io,
): Promise<number> {
  const dir = packsFolder(config.COHORT_DATA_DIR)
  if (!(await packIds(dir)).includes(id)) {
    const shipped = path.join(config.CONTENT_DIR, id)
    throw new UserError(
      existsSync(shipped)
        ? `the pack "${id}" lies in ${shipped}, where whoever put it there can remove its folder`
        : `there is no added pack "${id}"; "cohort pack list" names them`,
    )
  }
  const isTwice = existsSync(path.join(config.CONTENT_DIR, id))
  const teams = isTwice ? [] : await teamsUsing(id, config, io)
  if (teams.length > 0 && !force)
    throw new UserError(
      [
        `${teams.length} team(s) use the pack "${id}", and would get no questions any more:`,
        ...teams.map(({ name, platform, workspace }) => `  ${name} (${platform} ${workspace})`),
        'Let them pick another one with /team setup first, or remove it all the same with --force.',
      ].join('\n'),
    )
  await dropPack(dir, id)
  await dropReading(id, config)
  io.out(`${id}: removed. What was asked and answered stays. Restart Cohort, each of its processes.`)
  return 0
}
