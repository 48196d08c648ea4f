/** `content stats`: shows how the questions of a pack perform, from first answers, and which to look at. */
import { figuresOf, type ItemFigure, rateItems } from '../bot/item-figures.js'
import type { Config } from '../config.js'
import { MIN_PEOPLE } from '../core/group-figures.js'
import type { Io } from '../io.js'
import { createLog } from '../log.js'
import { goodContent, packNamed, savedPacks } from '../server/content.js'
import { openMigrated } from '../server/database.js'
import { createStore } from '../store/store.js'
import { packLine } from './content.js'

interface StatsOptions {
  readonly json?: boolean
  readonly pack?: string
}

export async function printStats(options: StatsOptions, config: Config, io: Io): Promise<void> {
  const read = await goodContent(config)
  const { pack } = packNamed(options.pack, read)
  const { database } = await openMigrated(config, createLog(config.LOG_LEVEL, io.log), { isPatient: true })
  try {
    const store = createStore(database)
    const open = await savedPacks(read, store)
    await rateItems({ ...open, store, clock: io.now })
    const questions = open.packs.get(pack.id)?.bank.questions ?? []
    const all: ItemFigure[] = []
    for await (const figures of figuresOf(pack.id, questions, { store })) all.push(...figures)
    // The share of a small group would reveal who was right.
    const shown = all.filter(({ answers }) => answers >= MIN_PEOPLE).sort(byNeed)
    if (options.json) io.out(JSON.stringify({ pack: pack.id, items: all.length, figures: shown.map(asJson) }))
    else for (const line of [packLine(pack), ...shown.map(lineOf), summary(all, shown)]) io.out(line)
  } finally {
    await database.close()
  }
}

/** Sorts questions whose key may be wrong first, then those with any flag. */
function byNeed(a: ItemFigure, b: ItemFigure): number {
  const weight = ({ flags }: ItemFigure) => (flags.includes('key') ? 2 : flags.length > 0 ? 1 : 0)
  return weight(b) - weight(a) || b.suspicion - a.suspicion || (a.question < b.question ? -1 : 1)
}

const WORDS = {
  key: 'key may be wrong',
  discrimination: 'does not tell who knows it',
  option: 'an option that nobody takes',
} as const

const rounded = (value: number) => Math.round(1000 * value) / 1000

function asJson({ question, version, item, answers, right, d, discrimination, options, flags }: ItemFigure) {
  return {
    ...{ question, version, item, answers, flags },
    ...{ right: rounded(right), d: d === undefined ? null : rounded(d) },
    discrimination: rounded(discrimination),
    options: options.map(({ option, share }) => ({ option, share: rounded(share) })),
  }
}

function lineOf({ question, item, answers, right, d, discrimination, flags }: ItemFigure): string {
  return [
    item === 0 ? question : `${question} (part ${item + 1})`,
    `${answers} answers`,
    `${Math.round(100 * right)} % right`,
    `d ${d === undefined ? '?' : d.toFixed(2)}`,
    `discrimination ${discrimination.toFixed(2)}`,
    ...flags.map((flag) => WORDS[flag]),
  ].join('\t')
}

function summary(all: readonly ItemFigure[], shown: readonly ItemFigure[]): string {
  const flagged = shown.filter(({ flags }) => flags.length > 0).length
  return `${all.length} items, ${flagged} to look at; ${all.length - shown.length} with fewer than ${MIN_PEOPLE} first answers are left out`
}
