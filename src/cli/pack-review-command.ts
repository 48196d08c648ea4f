/** Declares `cohort pack review`, for the group of packs. */
import type { Command } from 'commander'
import type { Config } from '../config.js'
import type { Io } from '../io.js'
import type { ReviewOptions } from './pack-review.js'

interface Outside {
  readonly config: () => Config
  readonly io: Io
  readonly finish: (code: number) => void
}

export function reviewCommand(packs: Command, { config, io, finish }: Outside): void {
  packs
    .command('review')
    .description('look at the questions that were drafted from notes, and approve or reject each')
    .argument('<id>', 'the pack, or its folder')
    .option('--list', 'every draft that waits, with its key')
    .option('--json', 'the same as JSON')
    .option('--approve <ids>', 'ids joined by commas, or all')
    .option('--reject <ids>', 'ids joined by commas, or all')
    .action(async (id: string, options: ReviewOptions) => {
      const { reviewPack } = await import('./pack-review.js')
      finish(await reviewPack(id, options, config(), io))
    })
}
