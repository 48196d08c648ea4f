/** Declares `cohort pack new`. */
import type { Command } from 'commander'
import type { Config } from '../config.js'
import type { Io } from '../io.js'
import type { NewPackOptions } from './pack-new.js'

interface Outside {
  readonly config: () => Config
  readonly io: Io
  readonly finish: (code: number) => void
}

export function newPackCommand(pack: Command, { config, io, finish }: Outside): void {
  pack
    .command('new')
    .description('make a pack of your own notes and question files')
    .argument(
      '<source>',
      'a folder, a file, a zip file, or the https address of a repository with #branch, #tag or #commit',
    )
    .option('--title <text>', 'what the pack is called; the name of the source when left out')
    .option('--id <id>', 'its short name, such as my-notes')
    .option('--out <folder>', 'where it is written; among the packs of the data folder when left out')
    .option('--dry-run', 'write nothing, and say what would come')
    .action(async (source: string, options: NewPackOptions) => {
      const { newPack } = await import('./pack-new.js')
      finish(await newPack(source, options, config(), io))
    })
}
