/**
 * Finds what Discord would refuse: by its own published schemas, and by the written limits that they leave
 * out.
 */
import {
  ApplicationCommandAutocompleteCallbackRequestSchema,
  ApplicationCommandUpdateRequestSchema,
  MessageCreateRequestSchema,
  MessageEditRequestPartialSchema,
  ModalInteractionCallbackRequestDataSchema,
} from 'discord-api-spec/zod'

type Schema = typeof MessageCreateRequestSchema
type Json = Record<string, unknown>

const V2 = 1 << 15
const [FILE_UPLOAD, RADIO_GROUP, CHECKBOX_GROUP] = [19, 21, 22]
const [
  ROW,
  BUTTON,
  STRING_SELECT,
  TEXT_INPUT,
  ROLE_SELECT,
  CHANNEL_SELECT,
  TEXT,
  GALLERY,
  FILE,
  CONTAINER,
  LABEL,
] = [1, 2, 3, 4, 6, 8, 10, 12, 13, 17, 18]

function bySchema(schema: Schema, value: unknown): string[] {
  const { success, error } = schema.safeParse(value)
  return success ? [] : (error?.issues ?? []).map((issue) => `${issue.path.join('.')}: ${issue.message}`)
}

const isObject = (value: unknown): value is Json => typeof value === 'object' && value !== null
/** Returns every component, including nested ones. */
export function componentsIn(value: unknown): Json[] {
  if (Array.isArray(value)) return value.flatMap(componentsIn)
  if (!isObject(value) || typeof value.type !== 'number') return []
  return [
    value,
    ...componentsIn(value.components),
    ...componentsIn(value.component),
    ...componentsIn(value.accessory),
  ]
}

/** `files`: the names of the files that are attached in the same request, or were before. */
export function faultsOfMessage(body: unknown, files: readonly string[] = [], edited = false): string[] {
  if (!isObject(body)) return ['no message']
  const faults = bySchema(edited ? MessageEditRequestPartialSchema : MessageCreateRequestSchema, body)
  faults.push(...faultsOfMentions(body.allowed_mentions))
  const all = componentsIn(body.components)
  const isV2 = (Number(body.flags ?? 0) & V2) !== 0
  if (isV2 && (body.content || (Array.isArray(body.embeds) && body.embeds.length > 0)))
    faults.push('MESSAGE_CANNOT_USE_LEGACY_FIELDS_WITH_COMPONENTS_V2')
  if (!isV2 && all.some((c) => [TEXT, GALLERY, FILE, CONTAINER].includes(Number(c.type))))
    faults.push('needs IS_COMPONENTS_V2')
  if (isV2 && all.length === 0) faults.push('an empty message')
  if (all.length > 40) faults.push(`${all.length} components`)
  const texts = all.filter((c) => c.type === TEXT).map((c) => String(c.content))
  if (texts.join('').length > 4000) faults.push(`${texts.join('').length} characters of text`)
  if (texts.some((text) => text.trim() === '')) faults.push('a blank text display')
  faults.push(...twice(all), ...all.flatMap(faultsOfComponent))
  for (const name of mediaOf(all))
    if (!files.includes(name)) faults.push(`attachment://${name} is not attached`)
  return faults
}

/**
 * "Allowed Mentions Object": a list together with the word for all of its kind is refused, and so are too
 * many.
 */
function faultsOfMentions(allowed: unknown): string[] {
  if (!isObject(allowed)) return []
  const parse = Array.isArray(allowed.parse) ? allowed.parse : []
  return ['roles', 'users'].flatMap((kind) => {
    const ids = Array.isArray(allowed[kind]) ? (allowed[kind] as unknown[]) : []
    return [
      ...(parse.includes(kind) && ids.length > 0 ? [`allowed_mentions: ${kind} and parse`] : []),
      ...(ids.length > 100 ? [`allowed_mentions: ${ids.length} ${kind}`] : []),
      ...(new Set(ids).size !== ids.length ? [`allowed_mentions: ${kind} twice`] : []),
    ]
  })
}

export function faultsOfModal(data: unknown): string[] {
  if (!isObject(data)) return ['no modal']
  const faults = bySchema(ModalInteractionCallbackRequestDataSchema, data)
  const top = Array.isArray(data.components) ? (data.components as Json[]) : []
  if (top.length < 1 || top.length > 5) faults.push(`${top.length} components`)
  if (String(data.title ?? '').length > 45 || String(data.title ?? '').trim() === '')
    faults.push('title of 1 to 45 characters')
  if (String(data.custom_id ?? '').length > 100 || !data.custom_id)
    faults.push('custom_id of 1 to 100 characters')
  for (const one of top) {
    if (![TEXT, LABEL].includes(Number(one.type))) faults.push(`component ${one.type} in a modal`)
    if (one.type === LABEL && (String(one.label).length > 45 || String(one.label).trim() === ''))
      faults.push(`label "${one.label}"`)
    if (one.type === LABEL && String(one.description ?? '').length > 100)
      faults.push('a description over 100 characters')
    if (one.type === TEXT && (String(one.content).length > 4000 || String(one.content).trim() === ''))
      faults.push('text of 1 to 4000 characters')
  }
  const all = componentsIn(top)
  return [...faults, ...twice(all), ...all.flatMap(faultsOfComponent)]
}

const MESSAGE_COMMAND = 3

export function faultsOfCommands(list: unknown): string[] {
  if (!Array.isArray(list) || list.length > 100) return ['up to 100 commands']
  return list.flatMap((one: Json) => {
    const faults = bySchema(ApplicationCommandUpdateRequestSchema, one)
    if (one.type === MESSAGE_COMMAND) {
      if (one.description || one.options) faults.push('a command in a menu has no description and no options')
      if (list.filter((other) => other.type === MESSAGE_COMMAND).length > 15) faults.push('over 15 in a menu')
      return faults.map((fault) => `${one.name}: ${fault}`)
    }
    if (String(one.description ?? '').trim() === '') faults.push('a description')
    const options = (Array.isArray(one.options) ? one.options : []) as Json[]
    const nested = options.flatMap((o) => (o.type === 1 ? [{ ...o, options: o.options ?? [] }] : [])) as {
      options: Json[]
    }[]
    for (const level of [options, ...nested.map((o) => o.options)]) {
      const required = level.map((o) => o.required === true)
      if (required.some((is, i) => is && required.slice(0, i).includes(false)))
        faults.push('required options come first')
      if (level.length > 25) faults.push('over 25 options')
    }
    if (!/^[-_\p{Ll}\p{N}]{1,32}$/u.test(String(one.name))) faults.push(`name ${one.name}`)
    return faults.map((fault) => `${one.name}: ${fault}`)
  })
}

export function faultsOfChoices(data: unknown): string[] {
  const choices = isObject(data) && Array.isArray(data.choices) ? (data.choices as Json[]) : []
  const faults = bySchema(ApplicationCommandAutocompleteCallbackRequestSchema, { type: 8, data })
  if (choices.length > 25) faults.push(`${choices.length} choices`)
  for (const { name, value } of choices)
    if (String(name).length < 1 || String(name).length > 100 || String(value).length > 100)
      faults.push(`choice ${name}`)
  return faults
}

function twice(all: readonly Json[]): string[] {
  const ids = all.flatMap((c) => (c.custom_id === undefined ? [] : [String(c.custom_id)]))
  const numbers = all.flatMap((c) => (c.id === undefined ? [] : [String(c.id)]))
  return [ids, numbers].flatMap((list) =>
    list.filter((id, i) => list.indexOf(id) !== i).map((id) => `${id} twice`),
  )
}

function mediaOf(all: readonly Json[]): string[] {
  const urls = all.flatMap((c) => {
    if (c.type === FILE) return [(c.file as { url: string }).url]
    return c.type === GALLERY ? (c.items as { media: { url: string } }[]).map((item) => item.media.url) : []
  })
  return urls.filter((url) => url.startsWith('attachment://')).map((url) => url.slice('attachment://'.length))
}

function faultsOfComponent(c: Json): string[] {
  const faults: string[] = []
  const held = (Array.isArray(c.components) ? c.components : []) as Json[]
  const size = (value: unknown) => String(value ?? '').length
  if (c.custom_id !== undefined && (size(c.custom_id) < 1 || size(c.custom_id) > 100))
    faults.push('custom_id of 1 to 100 characters')
  switch (c.type) {
    case ROW: {
      const buttons = held.filter((one) => one.type === BUTTON)
      if (buttons.length !== held.length && held.length !== 1) faults.push('a menu stands alone in its row')
      if (held.length < 1 || buttons.length > 5) faults.push(`${held.length} in a row`)
      break
    }
    case BUTTON:
      if (size(c.label) < 1 || size(c.label) > 80) faults.push('a button label of 1 to 80 characters')
      break
    case STRING_SELECT:
      faults.push(...faultsOfSelect(c))
      break
    case RADIO_GROUP:
      faults.push(...faultsOfGroup(c, 2, 1))
      break
    case CHECKBOX_GROUP: {
      const options = (c.options ?? []) as Json[]
      const [min, max] = [Number(c.min_values ?? 1), Number(c.max_values ?? options.length)]
      faults.push(...faultsOfGroup(c, 1, max))
      if (min > max || max > options.length) faults.push(`${min} to ${max} of ${options.length}`)
      if (min === 0 && c.required !== false) faults.push('min_values of 0 where one is required')
      break
    }
    case FILE_UPLOAD: {
      const [min, max] = [Number(c.min_values ?? 1), Number(c.max_values ?? 1)]
      if (min < 0 || max < 1 || max > 10 || min > max) faults.push(`${min} to ${max} files`)
      break
    }
    case ROLE_SELECT:
    case CHANNEL_SELECT:
      if (size(c.placeholder) > 150) faults.push('a placeholder over 150 characters')
      break
    case TEXT_INPUT:
      if (size(c.value) > Number(c.max_length ?? 4000)) faults.push('a value over max_length')
      break
    case GALLERY: {
      const items = c.items as { description?: string }[]
      if (items.length < 1 || items.length > 10) faults.push(`${items.length} pictures`)
      if (items.some((item) => !item.description?.trim() || item.description.length > 1024))
        faults.push('a picture without words')
      break
    }
    case CONTAINER:
      if (held.length < 1) faults.push('an empty container')
      if (held.some((one) => ![ROW, 9, TEXT, GALLERY, FILE, 14].includes(Number(one.type))))
        faults.push('not allowed in a container')
      break
  }
  return faults
}

/** Checks radio buttons or checkboxes; `max` limits those that are ticked from the start. */
function faultsOfGroup(c: Json, min: number, max: number): string[] {
  const options = (c.options ?? []) as { value: string; default?: boolean }[]
  return [
    ...(options.length < min || options.length > 10 ? [`${options.length} options in a group`] : []),
    ...(new Set(options.map((o) => o.value)).size !== options.length ? ['an option twice'] : []),
    ...(options.filter((o) => o.default).length > max ? ['more ticked than may be'] : []),
  ]
}

function faultsOfSelect(c: Json): string[] {
  const options = c.options as { label: string; value: string; default?: boolean }[]
  const [min, max] = [Number(c.min_values ?? 1), Number(c.max_values ?? 1)]
  const faults: string[] = []
  if (options.length < 1 || options.length > 25) faults.push(`${options.length} options`)
  if (new Set(options.map((o) => o.value)).size !== options.length) faults.push('an option twice')
  if (
    options.some(
      (o) => o.label.length < 1 || o.label.length > 100 || o.value.length < 1 || o.value.length > 100,
    )
  )
    faults.push('an option of 1 to 100 characters')
  if (min > max || max > options.length || max < 1) faults.push(`${min} to ${max} of ${options.length}`)
  if (options.filter((o) => o.default).length > max) faults.push('more picked than may be')
  if (String(c.placeholder ?? '').length > 150) faults.push('a placeholder over 150 characters')
  return faults
}
