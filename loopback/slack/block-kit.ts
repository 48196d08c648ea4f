/**
 * What Slack accepts as Block Kit, from its reference: it judges what the renderer makes, and what the
 * loopback Slack receives.
 */
import { z } from 'zod'

const text = (max: number) => z.string().min(1).max(max)
const plainText = (max: number) =>
  z.strictObject({ type: z.literal('plain_text'), text: text(max), emoji: z.boolean().optional() })
const mrkdwn = (max: number) =>
  z.strictObject({ type: z.literal('mrkdwn'), text: text(max), verbatim: z.boolean().optional() })
const id = text(255)
const common = { block_id: id.optional() }

const option = z.strictObject({ text: plainText(75), value: text(150) })
const options = z.array(option).min(1).max(100)
const groups = z
  .array(z.strictObject({ label: plainText(75), options }))
  .min(1)
  .max(100)
const oneOf = (list: { options?: unknown; option_groups?: unknown }) =>
  (list.options === undefined) !== (list.option_groups === undefined)
const placeholder = plainText(150).optional()
const action = { action_id: id }

const button = z.strictObject({
  type: z.literal('button'),
  ...action,
  text: plainText(75),
  value: z.string().max(2000).optional(),
  style: z.enum(['primary', 'danger']).optional(),
})
const choice = { placeholder, options: options.optional(), option_groups: groups.optional() }
const staticSelect = z
  .strictObject({ type: z.literal('static_select'), ...action, ...choice, initial_option: option.optional() })
  .refine(oneOf, 'needs options or groups')
const multiSelect = z
  .strictObject({
    type: z.literal('multi_static_select'),
    ...action,
    ...choice,
    initial_options: options.optional(),
    max_selected_items: z.int().min(1).optional(),
  })
  .refine(oneOf, 'needs options or groups')
const checkboxes = z.strictObject({
  type: z.literal('checkboxes'),
  ...action,
  options: options.max(10),
  initial_options: options.max(10).optional(),
})
const externalSelect = z.strictObject({
  type: z.literal('external_select'),
  ...action,
  placeholder,
  min_query_length: z.int().min(0).optional(),
})
const conversations = z.strictObject({
  type: z.literal('conversations_select'),
  ...action,
  placeholder,
  initial_conversation: z.string().min(1).optional(),
  filter: z
    .strictObject({
      include: z.array(z.enum(['im', 'mpim', 'private', 'public'])).min(1),
      exclude_bot_users: z.boolean().optional(),
    })
    .optional(),
})
const textInput = z.strictObject({
  type: z.literal('plain_text_input'),
  ...action,
  placeholder,
  initial_value: z.string().max(3000).optional(),
  multiline: z.boolean().optional(),
  min_length: z.int().min(0).max(3000).optional(),
  max_length: z.int().min(1).max(3000).optional(),
})

const fileInput = z.strictObject({
  type: z.literal('file_input'),
  ...action,
  filetypes: z.array(z.string().min(1)).min(1).optional(),
  max_files: z.int().min(1).max(10).optional(),
})

const image = z.union([
  z.strictObject({
    type: z.literal('image'),
    ...common,
    slack_file: z.strictObject({ id: text(100) }),
    alt_text: text(2000),
    title: plainText(2000).optional(),
  }),
  z.strictObject({
    type: z.literal('image'),
    ...common,
    image_url: text(3000),
    alt_text: text(2000),
    title: plainText(2000).optional(),
  }),
])
const header = z.strictObject({ type: z.literal('header'), ...common, text: plainText(150) })
const divider = z.strictObject({ type: z.literal('divider'), ...common })
const section = z
  .strictObject({
    type: z.literal('section'),
    ...common,
    text: z.union([mrkdwn(3000), plainText(3000)]).optional(),
    fields: z
      .array(z.union([mrkdwn(2000), plainText(2000)]))
      .min(1)
      .max(10)
      .optional(),
    accessory: z
      .union([button, staticSelect, multiSelect, externalSelect, conversations, checkboxes])
      .optional(),
    expand: z.boolean().optional(),
  })
  .refine((s) => s.text !== undefined || s.fields !== undefined, 'needs text or fields')
const context = z.strictObject({
  type: z.literal('context'),
  ...common,
  elements: z
    .array(z.union([mrkdwn(2000), plainText(2000)]))
    .min(1)
    .max(10),
})
const actions = z
  .strictObject({
    type: z.literal('actions'),
    ...common,
    elements: z
      .array(z.union([button, staticSelect, externalSelect, conversations, checkboxes]))
      .min(1)
      .max(25),
  })
  .refine(
    (a) => new Set(a.elements.map((e) => e.action_id)).size === a.elements.length,
    'has one action_id twice',
  )
const input = z.strictObject({
  type: z.literal('input'),
  ...common,
  label: plainText(2000),
  hint: plainText(2000).optional(),
  optional: z.boolean().optional(),
  element: z.union([
    textInput,
    staticSelect,
    multiSelect,
    externalSelect,
    conversations,
    checkboxes,
    fileInput,
  ]),
})
const table = z.strictObject({
  type: z.literal('table'),
  ...common,
  rows: z
    .array(
      z
        .array(z.strictObject({ type: z.literal('raw_text'), text: z.string().min(1) }))
        .min(1)
        .max(20),
    )
    .min(1)
    .max(100),
  column_settings: z
    .array(
      z.strictObject({
        align: z.enum(['left', 'center', 'right']).optional(),
        is_wrapped: z.boolean().optional(),
      }),
    )
    .max(20)
    .optional(),
})

const inViews = [header, divider, section, context, actions, input, image] as const
const unique = (blocks: readonly { block_id?: string | undefined }[]) => {
  const ids = blocks.flatMap((b) => (b.block_id === undefined ? [] : [b.block_id]))
  return new Set(ids).size === ids.length
}

/** The `blocks` of a message: at most one table, no inputs, about 12,000 characters in all. */
export const messageBlocks = z
  .array(z.union([header, divider, section, context, actions, image, table]))
  .max(50)
  .refine(unique, 'has one block_id twice')
  .refine((blocks) => blocks.filter((b) => b.type === 'table').length <= 1, 'only_one_table_allowed')
  .refine((blocks) => seen(blocks) <= 12_000, 'msg_blocks_too_long')

const viewBlocks = z.array(z.union(inViews)).max(100).refine(unique, 'has one block_id twice')
const viewCommon = {
  callback_id: text(255).optional(),
  private_metadata: z.string().max(3000).optional(),
  blocks: viewBlocks,
}
export const modal = z
  .strictObject({
    type: z.literal('modal'),
    ...viewCommon,
    title: plainText(24),
    submit: plainText(24).optional(),
    close: plainText(24).optional(),
  })
  .refine(
    (view) => view.submit !== undefined || !view.blocks.some((b) => b.type === 'input'),
    'needs submit with an input block',
  )
export const home = z.strictObject({ type: z.literal('home'), ...viewCommon })

/** Returns the number of characters that a reader sees. */
export function seen(value: unknown): number {
  if (Array.isArray(value)) return value.reduce((sum: number, part) => sum + seen(part), 0)
  if (typeof value !== 'object' || value === null) return 0
  return Object.entries(value).reduce((sum, [key, part]) => {
    if (typeof part === 'string') return sum + (key === 'text' || key === 'alt_text' ? part.length : 0)
    return sum + seen(part)
  }, 0)
}

/** Returns what is wrong, in Slack's words, each with its path; empty if nothing is. */
export function faultsOf(schema: z.ZodType, value: unknown): string[] {
  const result = schema.safeParse(value)
  return result.success ? [] : result.error.issues.map((issue) => `${issue.path.join('/')}: ${issue.message}`)
}
