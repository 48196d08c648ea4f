/**
 * Simulates what people do in the loopback Discord. Nobody can use a command that is not registered, or press
 * a component that does not exist.
 */
import { type Attachment, resolvedFiles } from './files.js'
import { componentsIn } from './judge.js'
import type { Json, LoopbackDiscord, Opened, Person, Posted } from './server.js'

type Values = Readonly<Record<string, string | readonly string[] | Attachment>>
type Given = Readonly<Record<string, string | number | Attachment>>
interface Option {
  readonly type: number
  readonly name: string
  readonly required?: boolean
  readonly options?: readonly Option[]
  readonly choices?: readonly { readonly value: string }[]
  readonly autocomplete?: boolean
  readonly max_length?: number
  readonly min_value?: number
  readonly max_value?: number
}
interface Select {
  readonly custom_id: string
  readonly type: number
  readonly disabled?: boolean
  readonly min_values?: number
  readonly max_values?: number
  readonly required?: boolean
  readonly options?: readonly { readonly value: string; readonly label: string; readonly default?: boolean }[]
}

const [FILE_UPLOAD, RADIO_GROUP, CHECKBOX_GROUP] = [19, 21, 22]
/** The type of an option that takes a file. */
const ATTACHMENT = 11
const [BUTTON, STRING_SELECT, TEXT_INPUT, ROLE_SELECT, CHANNEL_SELECT, TEXT, GALLERY] = [
  2, 3, 4, 6, 8, 10, 12,
]

/** Returns the labels of the buttons, from top to bottom. */
export function labelsOf(post: Pick<Posted, 'components'>): string[] {
  return componentsIn(post.components).flatMap((c) =>
    c.type === BUTTON && !c.disabled ? [String(c.label)] : [],
  )
}

/** Returns all text that a person can read. */
export function readable(from: Pick<Posted, 'components'> | Json): string {
  const all = componentsIn(from.components)
  return all
    .flatMap((c) => {
      if (c.type === TEXT) return [String(c.content)]
      if (c.type === GALLERY) return (c.items as { description: string }[]).map((item) => item.description)
      return c.label || c.placeholder ? [String(c.label ?? c.placeholder)] : []
    })
    .join('\n')
    .replace(/\\([^A-Za-z0-9\s])/g, '$1')
}

/** `hasInstalled`: the person has installed the app for themselves, and is in a place without the bot. */
export function createPerson(
  server: LoopbackDiscord,
  person: Person,
  guild: string | undefined,
  home: string,
  hasInstalled = false,
) {
  const own = () => person.id
  const isWithBot = guild === undefined && home === server.directWith(person.id)
  const context = guild ? 0 : isWithBot ? 1 : 2
  const owners = hasInstalled ? { owners: { 1: person.id } } : {}
  const where = { guild, channel: home, context, ...owners }

  function commandOf(line: string): {
    command: Json
    option: Option | undefined
    options: readonly Option[]
  } {
    const [name = '', sub] = line.replace(/^\//, '').split(' ')
    const command = server.state.commands.find((c) => c.name === name && c.type === 1)
    if (!command) throw new Error(`no command /${name} is registered`)
    checkUsable(command)
    if (!server.mayUse(command, person, where)) throw new Error(`${person.username} does not see /${name}`)
    const options = (command.options ?? []) as Option[]
    const option = sub ? options.find((o) => o.name === sub && o.type === 1) : undefined
    if (sub && !option) throw new Error(`no command /${name} ${sub} is registered`)
    if (!sub && options.some((o) => o.type === 1)) throw new Error(`/${name} needs a subcommand`)
    return { command, option, options: option ? (option.options ?? []) : options }
  }

  function checkUsable({ name, contexts, integration_types }: Json): void {
    const isThere = (contexts as number[]).includes(context)
    const isInstalled = (integration_types as number[]).includes(hasInstalled ? 1 : 0)
    if (!isThere || !isInstalled) throw new Error(`/${name} cannot be used here`)
  }

  function checked(options: readonly Option[], given: Given): Json[] {
    for (const option of options)
      if (option.required && given[option.name] === undefined) throw new Error(`${option.name} is required`)
    return Object.entries(given).map(([name, value]) => {
      const option = options.find((o) => o.name === name)
      if (!option) throw new Error(`there is no option ${name}`)
      if (option.choices && !option.choices.some((c) => c.value === value))
        throw new Error(`${value} is no choice of ${name}`)
      if ((option.type === ATTACHMENT) !== isFile(value)) throw new Error(`${name} takes no such value`)
      if (isFile(value)) return { name, type: option.type, value: value.id }
      if (String(value).length > (option.max_length ?? 6000)) throw new Error(`${name} is too long`)
      return { name, type: option.type, value }
    })
  }

  function commandData(line: string, options: (list: readonly Option[]) => Json[]): Json {
    const { command, option, options: list } = commandOf(line)
    const inner = options(list)
    return {
      id: command.id,
      type: 1,
      name: command.name,
      options: option ? [{ type: 1, name: option.name, options: inner }] : inner,
    }
  }

  function usable(post: Posted, type: number, fits: (c: Json) => boolean, wanted: string): Json {
    if (post.to && post.to !== own()) throw new Error(`${person.username} does not see that message`)
    const component = componentsIn(post.components).find((c) => c.type === type && !c.disabled && fits(c))
    if (!component) throw new Error(`${person.username} sees no ${wanted} in:\n${readable(post)}`)
    return component
  }

  const at = (post: Posted) => ({ ...where, channel: post.channel })

  return {
    ...person,
    /** Returns what only this person was shown, oldest first, including direct messages. */
    told: () => server.posts.filter((p) => p.to === own() || p.channel === server.directWith(own())),
    /** Returns the forms that were opened for this person. */
    modals: () => server.modals.filter((m) => m.user === own()),
    types: (line: string, given: Given = {}, age = 0) =>
      server.interact(
        2,
        person,
        where,
        { ...commandData(line, (list) => checked(list, given)), ...resolvedFiles(filesIn(given)) },
        undefined,
        age,
      ),
    /** Chooses a command from the menu of a message, "Apps"; Discord passes the message on. */
    choosesFor: (content: string, name: string, author: Person = person) => {
      const command = server.state.commands.find((c) => c.name === name && c.type === 3)
      if (!command) throw new Error(`no command ${name} is registered for messages`)
      checkUsable(command)
      const message = server.messageOf(author, home, content)
      const resolved = { messages: { [String(message.id)]: message } }
      const data = { id: command.id, type: 3, name, target_id: message.id, resolved }
      return server.interact(2, person, where, data)
    },
    completes: (line: string, name: string, value: string) =>
      server.interact(
        4,
        person,
        where,
        commandData(line, (list) => {
          if (!list.some((o) => o.name === name && o.autocomplete))
            throw new Error(`${name} is not completed`)
          return [{ name, type: 3, value, focused: true }]
        }),
      ),
    /** Presses a button by its id, which may be from an earlier message. */
    pressesId: (post: Posted, custom_id: string) =>
      server.interact(3, person, at(post), { custom_id, component_type: BUTTON }, post),
    presses: (post: Posted, label: string, age = 0) => {
      const { custom_id } = usable(post, BUTTON, (c) => c.label === label, `button ${label}`)
      return server.interact(3, person, at(post), { custom_id, component_type: BUTTON }, post, age)
    },
    /** Chooses from the first menu of a message. */
    picks: (post: Posted, values: readonly string[]) => {
      const menu = usable(post, STRING_SELECT, () => true, 'menu') as unknown as Select
      checkPicked(menu, values)
      return server.interact(
        3,
        person,
        at(post),
        { custom_id: menu.custom_id, component_type: STRING_SELECT, values },
        post,
      )
    },
    /** Uploads a file that has not been sent to anybody yet. */
    uploads: (name: string, bytes: Uint8Array | string, more: Partial<Attachment> = {}) =>
      server.sentFiles.keep(name, Buffer.from(bytes), more),
    /** Sends a form with the given values; the others stay as they were when it opened. */
    submits: (modal: Opened, given: Values = {}) => {
      const components = sentBack(modal.data.components as Json[], given)
      return server.interact(
        5,
        person,
        { ...where, guild: modal.guild, channel: modal.channel },
        { custom_id: modal.data.custom_id, components, ...resolvedFiles(filesIn(given)) },
        modal.message,
      )
    },
  }
}

export type DiscordPerson = ReturnType<typeof createPerson>

function checkPicked(menu: Select, values: readonly string[]): void {
  const strange = values.find((value) => !menu.options?.some((option) => option.value === value))
  if (strange !== undefined) throw new Error(`${strange} is not among the options of ${menu.custom_id}`)
  if (values.length < (menu.min_values ?? 1) || values.length > (menu.max_values ?? 1))
    throw new Error('not as many as must be picked')
}

/** Checks a form like Discord before it is sent. */
function sentBack(components: readonly Json[], given: Values): Json[] {
  const labels = components.filter((c) => c.component !== undefined)
  const names = labels.map((c) => String((c.component as Json).custom_id))
  const strange = Object.keys(given).find((name) => !names.includes(name))
  if (strange) throw new Error(`the form has no field ${strange}, only ${names.join(', ')}`)
  return components.map((one, id) => {
    if (one.component === undefined) return { type: one.type, id: id + 1 }
    const inner = one.component as Json
    return {
      type: 18,
      id: id + 1,
      component: {
        ...fieldOf(inner, given[String(inner.custom_id)]),
        type: inner.type,
        custom_id: inner.custom_id,
        id: id + 101,
      },
    }
  })
}

const isFile = (value: unknown): value is Attachment =>
  typeof value === 'object' && value !== null && 'proxy_url' in value
const filesIn = (given: Readonly<Record<string, unknown>>) => Object.values(given).filter(isFile)

function fieldOf(inner: Json, given: Values[string] | undefined): Json {
  const name = String(inner.custom_id)
  if (inner.type === FILE_UPLOAD) {
    if (given !== undefined && !isFile(given)) throw new Error(`${name} takes a file`)
    if (!given && inner.required !== false) throw new Error(`${name} is required`)
    return { values: given ? [given.id] : [] }
  }
  if (isFile(given)) throw new Error(`${name} takes no file`)
  if (inner.type === TEXT_INPUT) {
    const value = String(given ?? inner.value ?? '')
    if (value === '' && inner.required !== false) throw new Error(`${name} is required`)
    if (value.length > Number(inner.max_length ?? 4000)) throw new Error(`${name} is too long`)
    return { value }
  }
  if (inner.type === CHANNEL_SELECT || inner.type === ROLE_SELECT) {
    const values =
      given === undefined
        ? ((inner.default_values ?? []) as { id: string }[]).map((v) => v.id)
        : [given].flat()
    if (values.length === 0 && inner.required !== false) throw new Error(`${name} is required`)
    return { values }
  }
  if (inner.type === RADIO_GROUP) return { value: tickedIn(inner, given)[0] ?? null }
  if (inner.type === CHECKBOX_GROUP) return { values: tickedIn(inner, given) }
  const menu = inner as unknown as Select
  const values =
    given === undefined ? (menu.options ?? []).filter((o) => o.default).map((o) => o.value) : [given].flat()
  if (values.length === 0 && menu.required === false) return { values }
  checkPicked(menu, values)
  return { values }
}

/** Returns what is ticked in a group of radio buttons or checkboxes. */
function tickedIn(inner: Json, given: string | readonly string[] | undefined): readonly string[] {
  const { options = [], ...group } = inner as unknown as Select
  const values = given === undefined ? options.filter((o) => o.default).map((o) => o.value) : [given].flat()
  const most = inner.type === RADIO_GROUP ? 1 : (group.max_values ?? options.length)
  if (values.length === 0 && group.required === false) return values
  checkPicked({ ...group, options, max_values: most }, values)
  return values
}
