/** `cohort content …`: shows, imports and exports the content of packs. */
import type { Command } from 'commander'
import type { Config } from '../config.js'
import { type Io, pathIn } from '../io.js'

/** Describes the option `--pack`. */
export const PACK = 'which pack; the first when left out'

interface Outside {
  readonly config: () => Config
  readonly io: Io
  readonly finish: (code: number) => void
}

export function contentCommands(cohort: Command, { config, io, finish }: Outside): void {
  const content = cohort
    .command('content')
    .description('check, list, import, export or regrade the content, and see how it does')
  content
    .command('check')
    .description('say what is wrong with the content')
    .option('--json', 'print JSON')
    .action(async (options: { json?: boolean }) => {
      const { checkContent } = await import('./content.js')
      finish(await checkContent(options.json === true, config(), io))
    })
  content
    .command('import')
    .description('make topics from notes of a vault, or questions from a file of another program')
    .argument('<file>', 'the note of one section, or a file of questions')
    .option('--out <dir>', 'the folder of the section, such as content/<pack>/<section>')
    .option('--dry-run', 'say what would be taken, and write nothing')
    .option('--json', 'print JSON')
    .action(
      async (file: string, options: { out?: string; json?: boolean; dryRun?: boolean }, self: Command) => {
        if (options.out === undefined && !options.json && !options.dryRun)
          self.error('say where the topics or questions go, with --out <dir>')
        const { importAny } = await import('./import-questions.js')
        const out = options.out && pathIn(io, options.out)
        finish(await importAny(pathIn(io, file), { ...options, out }, config(), io))
      },
    )
  content
    .command('export')
    .description('the questions of a pack in a format that other programs read')
    .requiredOption('--format <id>', 'yaml, moodle-xml, qti, anki, csv, kahoot or gift')
    .option('--pack <id>', PACK)
    .option('--topic <slug>', 'only questions about one topic')
    .option('--out <file>', 'a new file; without it, the text is printed')
    .action(async (options: { format: string; pack?: string; topic?: string; out?: string }) => {
      const { exportContent } = await import('./export.js')
      finish(await exportContent(options, config(), io))
    })
  content
    .command('list')
    .description('every topic of a pack')
    .option('--pack <id>', PACK)
    .option('--json', 'print JSON')
    .action(async (options: { json?: boolean; pack?: string }) => {
      const { listContent } = await import('./content.js')
      finish(await listContent(options, config(), io))
    })
  content
    .command('regrade')
    .description('grade again what was posted of a question whose key was corrected')
    .argument('<question>', 'its id')
    .option('--pack <id>', 'its pack, where several have a question of that id')
    .option('--apply', 'do it; without it, only say what would change')
    .option('--why <text>', 'what the teams are told')
    .option('--void', 'the question was flawed: full points for everybody who answered')
    .option('--json', 'print JSON')
    .action(
      async (
        question: string,
        options: { apply?: boolean; why?: string; void?: boolean; json?: boolean; pack?: string },
        self: Command,
      ) => {
        if (options.apply && options.why === undefined)
          self.error('say why, with --why <text>: the teams are told')
        const { regradeQuestion } = await import('./regrade.js')
        finish(await regradeQuestion(question, options, config(), io))
      },
    )
  content
    .command('coverage')
    .description('what a pack has for each skill of an exam')
    .option('--pack <id>', PACK)
    .option('--exam <id>', 'the exam; by default the first of the pack')
    .option('--json', 'print JSON')
    .action(async (options: { json?: boolean; pack?: string; exam?: string }) => {
      const { printCoverage } = await import('./coverage.js')
      await printCoverage(options, config(), io)
    })
  content
    .command('stats')
    .description('how the questions of a pack do, and which to look at')
    .option('--pack <id>', PACK)
    .option('--json', 'print JSON')
    .action(async (options: { json?: boolean; pack?: string }) => {
      const { printStats } = await import('./stats.js')
      await printStats(options, config(), io)
    })
}
