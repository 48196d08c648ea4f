/** The usage of a command: the answer to `/quiz help`. */
import { type Block, bold, bullets, type Card, note, text } from '../ui/card.js'
import type { Command, OptionSpec } from '../ui/command.js'

/** One command, or all subcommands of a group. */
export function commandHelpCard(commands: readonly Command[]): Card {
  const [only, ...others] = commands
  if (!only) return { blocks: [] }
  if (others.length === 0) return { title: typed(only), blocks: [text(`${only.summary}.`), ...howTo(only)] }
  return {
    title: `/${only.name.split(' ')[0]}`,
    blocks: [
      ...(only.group === undefined ? [] : [text(`${only.group}.`)]),
      bullets(
        ...commands.map((one) => [bold(typed(one)), `: ${one.summary}${one.admin ? ' (admins)' : ''}`]),
      ),
    ],
  }
}

const typed = ({ name, usage }: Command) => `/${name}${usage ? ` ${usage}` : ''}`

function howTo({ options, admin }: Command): Block[] {
  const all = Object.entries(options)
  return [
    ...(all.length > 0
      ? [bullets(...all.map(([name, spec]) => [bold(name), `: ${spec.description}${range(spec)}`]))]
      : []),
    ...(admin ? [note('For admins.')] : []),
  ]
}

function range(spec: OptionSpec): string {
  switch (spec.type) {
    case 'text':
      return ''
    case 'integer':
      return `, ${spec.min} to ${spec.max}`
    case 'choice':
      return `: ${spec.choices.join(', ')}`
    case 'file':
      return ''
  }
}
