/** Makes the commands in Discord's form from the list of commands. */
import { isDeepStrictEqual } from 'node:util'
import {
  type APIApplicationCommandBasicOption,
  type APIApplicationCommandOption,
  ApplicationCommandOptionType,
  ApplicationCommandType,
  ApplicationIntegrationType,
  InteractionContextType,
  PermissionFlagsBits,
  type REST,
  type RESTPostAPIChatInputApplicationCommandsJSONBody,
  type RESTPostAPIContextMenuApplicationCommandsJSONBody,
  Routes,
} from 'discord.js'
import { adminWords, type Command, firstWord, type OptionSpec } from '../../bot/ui/command.js'
import { EXPLAIN_THIS, QUESTION_OF_THIS } from '../../bot/ui/message.js'
import { short } from '../../core/text.js'
import { CHOICE_TEXT, COMMAND_DESCRIPTION } from './limits.js'

/**
 * Discord's published schema wants the permissions of a command as a number, and returns them as a string.
 */
type Numbered<C> = Omit<C, 'default_member_permissions'> & {
  readonly default_member_permissions: number | null
}
type Body = readonly Numbered<
  RESTPostAPIChatInputApplicationCommandsJSONBody | RESTPostAPIContextMenuApplicationCommandsJSONBody
>[]

/**
 * A person who installs the app for themselves can use everything that is useful without a team, everywhere.
 */
const ANYWHERE = {
  contexts: [
    InteractionContextType.Guild,
    InteractionContextType.BotDM,
    InteractionContextType.PrivateChannel,
  ],
  integration_types: [ApplicationIntegrationType.GuildInstall, ApplicationIntegrationType.UserInstall],
}
const ON_SERVERS = {
  contexts: [InteractionContextType.Guild],
  integration_types: [ApplicationIntegrationType.GuildInstall],
}

const WITH_THE_BOT = {
  contexts: [InteractionContextType.Guild, InteractionContextType.BotDM],
  integration_types: [ApplicationIntegrationType.GuildInstall],
}

/**
 * Makes one command for each first word; a second word makes a subcommand. `isForUsers`: whether people may
 * install the application for themselves.
 */
export function commandBodies(commands: readonly Command[], isForUsers = true): Body {
  const withoutTeam = isForUsers ? ANYWHERE : WITH_THE_BOT
  const explainThis: Body[number] = {
    type: ApplicationCommandType.Message,
    name: EXPLAIN_THIS,
    ...withoutTeam,
    default_member_permissions: null,
  }
  const ofMessage: Body[number] = {
    type: ApplicationCommandType.Message,
    name: QUESTION_OF_THIS,
    ...ON_SERVERS,
    default_member_permissions: null,
  }
  const forAdmins = adminWords(commands)
  const names = [...new Set(commands.map((command) => firstWord(command.name)))]
  const typed = names.map((name) => {
    const group = commands.filter((command) => firstWord(command.name) === name)
    const [single] = group
    const isGroup = group.some((command) => command.name !== name)
    const isAlsoPrivate = group.every((command) => command.inDirectMessages)
    return {
      type: ApplicationCommandType.ChatInput as const,
      name,
      description: described((isGroup ? single?.group : single?.summary) ?? name),
      options: isGroup ? group.map(subcommand) : optionsOf(single),
      ...(isAlsoPrivate ? withoutTeam : ON_SERVERS),
      // Discord sets the visibility of a command for all of its subcommands together.
      default_member_permissions: forAdmins.includes(name) ? Number(PermissionFlagsBits.ManageGuild) : null,
    }
  })
  return [...typed, explainThis, ofMessage]
}

const described = (text: string) => short(text, COMMAND_DESCRIPTION)

function subcommand(command: Command): APIApplicationCommandOption {
  return {
    type: ApplicationCommandOptionType.Subcommand,
    name: command.name.split(' ').slice(1).join('-'),
    description: described(command.summary),
    options: optionsOf(command),
  }
}

/** Discord wants required options first. */
function optionsOf(command: Command | undefined): APIApplicationCommandBasicOption[] {
  const options = Object.entries(command?.options ?? {}).map(([name, spec]) => option(name, spec))
  return [...options.filter((one) => one.required), ...options.filter((one) => !one.required)]
}

function option(name: string, spec: OptionSpec): APIApplicationCommandBasicOption {
  const common = { name, description: described(spec.description) }
  switch (spec.type) {
    case 'text':
      return {
        ...common,
        type: ApplicationCommandOptionType.String,
        required: spec.required === true,
        max_length: spec.max,
        ...(spec.suggest && { autocomplete: true as const }),
      }
    case 'integer':
      return {
        ...common,
        type: ApplicationCommandOptionType.Integer,
        required: false,
        min_value: spec.min,
        max_value: spec.max,
      }
    case 'choice': {
      const choices = spec.choices.map((value) => ({ name: short(value, CHOICE_TEXT), value }))
      return { ...common, type: ApplicationCommandOptionType.String, required: false, choices }
    }
    case 'file':
      return { ...common, type: ApplicationCommandOptionType.Attachment, required: false }
  }
}

/**
 * Reads the commands with one call, and writes all of them with another if any has changed. Returns whether
 * any had. `learn` gets the commands as Discord returns them.
 */
export async function registerCommands(
  rest: REST,
  application: string,
  commands: readonly Command[],
  isForUsers: boolean,
  learn: (commands: unknown) => void,
): Promise<boolean> {
  const wanted = commandBodies(commands, isForUsers)
  const route = Routes.applicationCommands(application)
  const known = await rest.get(route).catch(() => undefined)
  if (isDeepStrictEqual(essence(known), essence(wanted))) {
    learn(known)
    return false
  }
  learn(await rest.put(route, { body: wanted }))
  return true
}

const TOLD = [
  ...[
    'type',
    'name',
    'description',
    'options',
    'required',
    'choices',
    'value',
    'autocomplete',
    'min_value',
    'max_value',
  ],
  ...['min_length', 'max_length', 'contexts', 'integration_types', 'default_member_permissions'],
]

/**
 * Keeps only the properties that Cohort declares: without those that Discord adds, and without values that
 * only say "no". Commands come in any order.
 */
function essence(value: unknown, depth = 0): unknown {
  if (Array.isArray(value)) {
    const list = value.map((one) => essence(one, depth + 1))
    return depth === 0 ? list.sort((a, b) => JSON.stringify(a).localeCompare(JSON.stringify(b))) : list
  }
  if (typeof value !== 'object' || value === null) return value
  const told = Object.entries(value).filter(
    ([key, part]) =>
      TOLD.includes(key) &&
      part !== null &&
      part !== undefined &&
      part !== false &&
      !(Array.isArray(part) && part.length === 0),
  )
  return Object.fromEntries(
    told
      .sort(([a], [b]) => a.localeCompare(b))
      .map(([key, part]) => [
        key,
        key === 'default_member_permissions' ? String(part) : essence(part, depth + 1),
      ]),
  )
}
