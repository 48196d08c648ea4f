#!/usr/bin/env node
/** The command line. The only place that reads the real clock and the random source, and that ties the parts together. */
import { Command, CommanderError, Option } from 'commander'
import { config } from './config.js'
import { UserError } from './core/errors.js'

/** Exit codes: 0 fine, 1 the answer is "no" or a check failed, 2 usage. */
const FAILED = 1
const USAGE = 2

function program(): Command {
  const cohort = new Command('cohort')
    .description('A study bot for teams that prepare a certification together')
    .exitOverride()
    .configureOutput({ writeErr: () => {} })
    .showSuggestionAfterError()
  cohort
    .command('start')
    .description('run the bot')
    .option('--adopt-application', 'what is stored belongs from now on to the applications that are set')
    .action(async (options: { adoptApplication?: boolean }) => {
      const settings = config()
      const { start } = await import('./server/start.js')
      await start(settings, options)
    })
  cohort
    .command('migrate')
    .description('apply the migrations')
    .action(async () => {
      const { migrateNow } = await import('./cli/migrate.js')
      await migrateNow(config())
    })
  cohort
    .command('restored')
    .description('once after a backup was put back, before the start')
    .action(async () => {
      const { afterRestore } = await import('./cli/restored.js')
      await afterRestore(config())
    })
  cohort
    .command('doctor')
    .description('try everything that the bot needs, and say what to mend')
    .action(async () => {
      const { doctor } = await import('./cli/doctor.js')
      finish(await doctor(config))
    })
  cohort
    .command('explain')
    .description('look something up')
    .argument('[words...]')
    .option('--stdin', 'a query a line from standard input')
    .option('--json', 'print JSON')
    .action(async (words: string[], options: { stdin?: boolean; json?: boolean }, self: Command) => {
      if (!options.stdin && words.length === 0) self.error('say what to explain, such as: cohort explain canary vs linear')
      const { explainWords } = await import('./cli/explain.js')
      finish(await explainWords(words, options, config()))
    })
  const content = cohort.command('content').description('check, list, import or regrade the content')
  content
    .command('check')
    .description('say what is wrong with the content')
    .option('--json', 'print JSON')
    .action(async (options: { json?: boolean }) => {
      const { checkContent } = await import('./cli/content.js')
      finish(await checkContent(options.json === true, config()))
    })
  content
    .command('import')
    .description('make topics from notes of a vault')
    .argument('<notes.md>', 'the note of one section')
    .option('--out <dir>', 'the folder of the topics, such as content/<pack>/<section>')
    .option('--json', 'print JSON')
    .action(async (file: string, options: { out?: string; json?: boolean }, self: Command) => {
      if (options.out === undefined && !options.json) self.error('say where the topics go, with --out <dir>')
      const { importFile } = await import('./cli/import.js')
      finish(await importFile(file, options.out, options.json === true))
    })
  content
    .command('list')
    .description('every topic')
    .option('--json', 'print JSON')
    .action(async (options: { json?: boolean }) => {
      const { listContent } = await import('./cli/content.js')
      finish(await listContent(options.json === true, config()))
    })
  content
    .command('regrade')
    .description('grade again what was posted of a question whose key was corrected')
    .argument('<question>', 'its id')
    .option('--apply', 'do it; without it, only say what would change')
    .option('--why <text>', 'what the teams are told')
    .option('--void', 'the question was flawed: full points for everybody who answered')
    .option('--json', 'print JSON')
    .action(async (question: string, options: { apply?: boolean; why?: string; void?: boolean; json?: boolean }, self: Command) => {
      if (options.apply && options.why === undefined) self.error('say why, with --why <text>: the teams are told')
      const { regradeQuestion } = await import('./cli/regrade.js')
      finish(await regradeQuestion(question, options, config()))
    })
  cohort
    .command('questions')
    .description('the whole bank, with keys and rationales')
    .option('--json', 'print JSON')
    .option('--topic <slug>', 'only questions about one topic')
    .action(async (options: { json?: boolean; topic?: string }) => {
      const { listQuestions } = await import('./cli/content.js')
      finish(await listQuestions(options.json === true, options.topic, config()))
    })
  cohort
    .command('slack')
    .description('set up the Slack app')
    .command('manifest')
    .description('the app manifest to paste at Slack')
    .option('--url <address>', 'where Slack reaches the bot over HTTP; without it, Socket Mode')
    .action(async (options: { url?: string }) => {
      const { printManifest } = await import('./cli/slack.js')
      printManifest(options.url)
    })
  cohort
    .command('discord')
    .description('set up the Discord application')
    .command('invite')
    .description('the link that adds the bot to a server')
    .option('--application <id>', 'the application; without it, the one of DISCORD_TOKEN')
    .action(async (options: { application?: string }) => {
      const { printInvite } = await import('./cli/discord.js')
      printInvite(config().DISCORD_TOKEN, options.application)
    })
  cohort
    .command('reports')
    .description('stored problem reports')
    .option('--json', 'print JSON')
    .action(async (options: { json?: boolean }) => {
      const { listReports } = await import('./cli/reports.js')
      await listReports(options.json === true, config())
    })
  const workspaces = cohort.command('workspaces').description('list what is stored of workspaces, keep or delete one that removed the bot')
  workspaces
    .command('list')
    .description('every workspace: since when it is removed, and when it is deleted')
    .option('--json', 'print JSON')
    .action(async (options: { json?: boolean }) => {
      const { listWorkspaces } = await import('./cli/workspaces.js')
      await listWorkspaces(options.json === true, config())
    })
  workspaces
    .command('keep')
    .description('take the mark of a removal away')
    .argument('<platform>', 'slack or discord')
    .argument('<id>', 'the id that the platform gave it')
    .action(async (platform: string, workspace: string) => {
      const { keepWorkspace } = await import('./cli/workspaces.js')
      finish(await keepWorkspace({ platform, workspace }, config()))
    })
  workspaces
    .command('purge')
    .description('delete what was removed seven days ago or more, however much it is; or one that is removed, at once')
    .argument('[platform]', 'slack or discord')
    .argument('[id]', 'the id that the platform gave it')
    .action(async (platform: string | undefined, workspace: string | undefined, _options: object, self: Command) => {
      if (platform !== undefined && workspace === undefined) self.error('say which workspace, or neither platform nor id')
      const { purgeDue, purgeWorkspace } = await import('./cli/workspaces.js')
      const isOne = platform !== undefined && workspace !== undefined
      finish(await (isOne ? purgeWorkspace({ platform, workspace }, config()) : purgeDue(config())))
    })
  cohort
    .command('bench')
    .description('the benchmarks, with ratios')
    .addOption(
      new Option('--only <name>', 'just one of them').choices(['look-up', 'answer', 'leaderboard', 'tick', 'memory', 'load', 'soak']),
    )
    .addOption(new Option('--seconds <n>', 'how long each stretch of the load lasts').argParser(Number))
    .action(async (options: { only?: string; seconds?: number }, self: Command) => {
      const { only, seconds } = options
      if (seconds !== undefined && !(seconds >= 1)) self.error('--seconds should be a number from 1')
      const { bench } = await import('./cli/bench.js')
      await bench(config(), only, seconds)
    })
  return cohort
}

function finish(code: number): void {
  process.exitCode = code
}

/** Not by `console.error`: what libraries print that way is logged, once the bot runs. */
function complain(line: string): void {
  process.stderr.write(`${line}\n`)
}

async function main(): Promise<void> {
  try {
    await program().parseAsync()
  } catch (error) {
    if (error instanceof CommanderError) {
      if (error.exitCode === 0) return
      const message = error.code === 'commander.help' ? 'say which command' : error.message.replace(/^error: /, '').replaceAll('\n', ' ')
      complain(`cohort: ${message}. Run "cohort --help" to see the commands.`)
      finish(USAGE)
    } else if (error instanceof UserError) {
      for (const line of error.message.split('\n')) complain(`cohort: ${line}`)
      finish(FAILED)
    } else {
      const { name, message } = error instanceof Error ? error : { name: 'Error', message: String(error) }
      complain(`cohort: ${name}: ${message.slice(0, 500)}`)
      finish(FAILED)
    }
  }
}

await main()
