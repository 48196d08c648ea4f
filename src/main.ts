/** The command line: which commands there are, and how an error ends one. */
import { Command, CommanderError, Option } from 'commander'
import { contentCommands, PACK } from './cli/content-commands.js'
import { packCommands } from './cli/pack-commands.js'
import { newPackCommand } from './cli/pack-new-command.js'
import { reviewCommand } from './cli/pack-review-command.js'
import { fileTrouble } from './cli/system-error.js'
import { askTerminal, editText, hasTerminal } from './cli/terminal.js'
import { configOf } from './config.js'
import { UserError } from './core/errors.js'
import type { Io } from './io.js'
import { logStrays } from './server/strays.js'

const FINE = 0
const FAILED = 1
const USAGE = 2

/** `finish` is given the exit code, where that is not 0 by itself. */
function program(io: Io, finish: (code: number) => void): Command {
  const config = () => configOf(io)
  const cohort = new Command('cohort')
    .description('A study bot for teams that prepare for a certification together')
    .exitOverride()
    .configureOutput({ writeOut: (text) => io.out(text.trimEnd()), writeErr: () => {} })
    .showSuggestionAfterError()
  cohort
    .command('start')
    .description('run the bot')
    .option('--adopt-application', 'what is stored belongs from now on to the applications that are set')
    .action(async (options: { adoptApplication?: boolean }) => {
      const settings = config()
      const { start } = await import('./server/start.js')
      finish(await start(settings, io, options))
    })
  cohort
    .command('migrate')
    .description('apply the migrations')
    .action(async () => {
      const { migrateNow } = await import('./cli/migrate.js')
      await migrateNow(config(), io)
    })
  cohort
    .command('move')
    .description('copy all that the embedded database holds to an empty PostgreSQL')
    .requiredOption('--to <address>', 'where to, such as postgresql://user@host:5432/name')
    .action(async ({ to }: { to: string }) => {
      const { moveTo } = await import('./cli/move.js')
      await moveTo(to, config(), io)
    })
  cohort
    .command('restored')
    .description('once after a backup was put back, before the start')
    .action(async () => {
      const { afterRestore } = await import('./cli/restored.js')
      await afterRestore(config(), io)
    })
  cohort
    .command('doctor')
    .description('try everything that the bot needs, and say what to fix')
    .action(async () => {
      const { doctor } = await import('./cli/doctor.js')
      finish(await doctor(io))
    })
  cohort
    .command('explain')
    .description('look something up')
    .argument('[words...]')
    .option('--stdin', 'a query a line from standard input')
    .option('--pack <id>', PACK)
    .option('--json', 'print JSON')
    .action(
      async (words: string[], options: { stdin?: boolean; json?: boolean; pack?: string }, self: Command) => {
        if (!options.stdin && words.length === 0)
          self.error('say what to explain, such as: cohort explain canary vs linear')
        const { explainWords } = await import('./cli/explain.js')
        finish(await explainWords(words, options, config(), io))
      },
    )
  contentCommands(cohort, { config, io, finish })
  const packs = packCommands(cohort, { config, io, finish })
  newPackCommand(packs, { config, io, finish })
  reviewCommand(packs, { config, io, finish })
  cohort
    .command('questions')
    .description('the whole bank of a pack, with keys and rationales')
    .option('--pack <id>', PACK)
    .option('--json', 'print JSON')
    .option('--topic <slug>', 'only questions about one topic')
    .action(async (options: { json?: boolean; topic?: string; pack?: string }) => {
      const { listQuestions } = await import('./cli/content.js')
      finish(await listQuestions(options, config(), io))
    })
  cohort
    .command('slack')
    .description('set up the Slack app')
    .command('manifest')
    .description('the app manifest to paste at Slack')
    .option('--url <address>', 'where Slack reaches the bot over HTTP; without it, Socket Mode')
    .action(async (options: { url?: string }) => {
      const { printManifest } = await import('./cli/slack.js')
      printManifest(options.url, io)
    })
  cohort
    .command('discord')
    .description('set up the Discord application')
    .command('invite')
    .description('the link that adds the bot to a server')
    .option('--application <id>', 'the application; without it, the one of DISCORD_TOKEN')
    .action(async (options: { application?: string }) => {
      const { printInvite } = await import('./cli/discord.js')
      printInvite(config().DISCORD_TOKEN, options.application, io)
    })
  cohort
    .command('reports')
    .description('stored problem reports, and what members say of keys')
    .option('--json', 'print JSON')
    .action(async (options: { json?: boolean }) => {
      const { listReports } = await import('./cli/reports.js')
      await listReports(options.json === true, config(), io)
    })
  const workspaces = cohort
    .command('workspaces')
    .description('list what is stored of workspaces, keep or delete one that removed the bot')
  workspaces
    .command('list')
    .description('every workspace: since when it is removed, and when it is deleted')
    .option('--json', 'print JSON')
    .action(async (options: { json?: boolean }) => {
      const { listWorkspaces } = await import('./cli/workspaces.js')
      await listWorkspaces(options.json === true, config(), io)
    })
  workspaces
    .command('keep')
    .description('take the mark of a removal away')
    .argument('<platform>', 'slack or discord')
    .argument('<id>', 'the id that the platform gave it')
    .action(async (platform: string, workspace: string) => {
      const { keepWorkspace } = await import('./cli/workspaces.js')
      finish(await keepWorkspace({ platform, workspace }, config(), io))
    })
  workspaces
    .command('purge')
    .description(
      'delete what was removed seven days ago or more, however much it is; or one that is removed, at once',
    )
    .argument('[platform]', 'slack or discord')
    .argument('[id]', 'the id that the platform gave it')
    .action(
      async (
        platform: string | undefined,
        workspace: string | undefined,
        _options: object,
        self: Command,
      ) => {
        if (platform !== undefined && workspace === undefined)
          self.error('say which workspace, or neither platform nor id')
        const { purgeDue, purgeWorkspace } = await import('./cli/workspaces.js')
        const isOne = platform !== undefined && workspace !== undefined
        finish(await (isOne ? purgeWorkspace({ platform, workspace }, config(), io) : purgeDue(config(), io)))
      },
    )
  cohort
    .command('bench')
    .description('the benchmarks, with ratios')
    .addOption(
      new Option('--only <name>', 'just one of them').choices([
        'look-up',
        'answer',
        'leaderboard',
        'plan',
        'tick',
        'memory',
        'load',
        'soak',
      ]),
    )
    .addOption(new Option('--seconds <n>', 'how long each stretch of the load lasts').argParser(Number))
    .action(async (options: { only?: string; seconds?: number }, self: Command) => {
      const { only, seconds } = options
      if (seconds !== undefined && !(seconds >= 1)) self.error('--seconds should be a number from 1')
      const { bench } = await import('./cli/bench.js')
      await bench(config(), only, seconds, io)
    })
  return cohort
}

/**
 * `argv` without the names of Node and of the script. Returns the exit code: 0 fine, 1 the answer is "no" or
 * a check failed, 2 usage.
 */
export async function run(argv: readonly string[], io: Io): Promise<number> {
  let code = FINE
  const finish = (given: number) => {
    code = given
  }
  try {
    await program(io, finish).parseAsync(argv, { from: 'user' })
    return code
  } catch (error) {
    if (error instanceof CommanderError) {
      if (error.exitCode === 0) return FINE
      const message =
        error.code === 'commander.help'
          ? 'say which command'
          : error.message.replace(/^error: /, '').replaceAll('\n', ' ')
      io.err(`cohort: ${message}. Run "cohort --help" to see the commands.`)
      return USAGE
    }
    const trouble = error instanceof UserError ? error.message : fileTrouble(error)
    if (trouble !== undefined) {
      for (const line of trouble.split('\n')) io.err(`cohort: ${line}`)
    } else {
      const { name, message } = error instanceof Error ? error : { name: 'Error', message: String(error) }
      io.err(`cohort: ${name}: ${message.slice(0, 500)}`)
    }
    return FAILED
  }
}

/** The outside of this process. */
export function processIo(): Io {
  let isBot = false
  /** Whoever closes what they read, such as `head`, has seen enough; a bot goes on. */
  const closed = (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') throw error
    if (!isBot) process.exit(FINE)
  }
  for (const stream of [process.stdout, process.stderr]) stream.on('error', closed)
  return {
    out: (line) => console.log(line),
    // Not by `console.error`: once the bot runs, what is printed that way becomes a line of the log.
    err: (line) => process.stderr.write(`${line}\n`),
    get input() {
      return process.stdin.setEncoding('utf8')
    },
    ...(hasTerminal() && {
      ask: askTerminal,
      edit: (text: string, name: string) => editText(text, name, process.env),
    }),
    env: process.env,
    folder: '',
    now: () => Date.now(),
    stopSignal: () =>
      new Promise((resolve) => {
        for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => resolve(signal))
      }),
    catchStrays: (log) => {
      isBot = true
      logStrays(log)
    },
    exit: (code) => process.exit(code),
  }
}
