/** `cohort pack …`: manages packs that somebody else publishes. */
import type { Command } from 'commander'
import type { Config } from '../config.js'
import type { Io } from '../io.js'

const SOURCE = 'a folder, a zip file, or the https address of a repository with #branch, #tag or #commit'
const FOLDER = 'where the pack lies in it, when there are several'

interface Outside {
  readonly config: () => Config
  readonly io: Io
  readonly finish: (code: number) => void
}

/** Returns the group, so that commands that make packs can be added to it. */
export function packCommands(cohort: Command, { config, io, finish }: Outside): Command {
  const pack = cohort.command('pack').description('make, add, update, list or remove packs of questions')
  pack
    .command('add')
    .description('take a pack that somebody else publishes')
    .argument('<source>', SOURCE)
    .option('--id <id>', 'what it is called here; the name of its folder when left out')
    .option('--folder <path>', FOLDER)
    .action(async (from: string, options: { id?: string; folder?: string }) => {
      const { addPack } = await import('./packs.js')
      finish(await addPack({ from, ...options }, config(), io))
    })
  pack
    .command('update')
    .description('take the new version of a pack, after a look at what it changes')
    .argument('[id]', 'all that were added when left out')
    .option('--from <source>', `another source from now on: ${SOURCE}`)
    .option('--folder <path>', FOLDER)
    .option('--why <text>', 'what the teams are told where a key has changed')
    .option('--yes', 'take it without a question')
    .action(
      async (
        id: string | undefined,
        options: { from?: string; folder?: string; why?: string; yes?: boolean },
        self: Command,
      ) => {
        if (id === undefined && (options.from !== undefined || options.folder !== undefined))
          self.error('say which pack, with its id')
        const { updatePacks } = await import('./packs.js')
        finish(await updatePacks(id, options, config(), io))
      },
    )
  pack
    .command('list')
    .description('every pack: where it comes from, its licence, and whether it can be served')
    .option('--json', 'print JSON')
    .action(async (options: { json?: boolean }) => {
      const { listPacks } = await import('./pack-list.js')
      finish(await listPacks(options.json === true, config(), io))
    })
  pack
    .command('remove')
    .description('remove a pack that was added or made')
    .argument('<id>')
    .option('--force', 'also while teams use it: they get no questions any more')
    .action(async (id: string, options: { force?: boolean }) => {
      const { removePack } = await import('./packs.js')
      finish(await removePack(id, options, config(), io))
    })
  return pack
}
