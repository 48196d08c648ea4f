/**
 * Simulates what people do in the loopback Slack, sent to the bot in payloads of real shape. Nobody can press
 * a component that does not exist.
 */
import { createHmac } from 'node:crypto'
import { readFileSync } from 'node:fs'
import type { SharedFile } from './files.js'
import {
  directOf,
  fixture,
  HOME,
  type LoopbackSlack,
  type Person,
  type Posted,
  SECRET,
  TRIGGER_MS,
  type View,
} from './server.js'

type Values = Readonly<Record<string, string | readonly string[] | SharedFile>>
interface Element {
  readonly type: string
  readonly action_id: string
  readonly text?: { readonly text: string }
  readonly options?: readonly Option[]
  readonly option_groups?: readonly { readonly options: readonly Option[] }[]
  readonly max_selected_items?: number
  readonly max_length?: number
  readonly initial_option?: Option
  readonly initial_options?: readonly Option[]
  readonly initial_value?: string
  readonly initial_conversation?: string
}
interface Option {
  readonly text: { readonly text: string }
  readonly value: string
}
interface Block {
  readonly type: string
  readonly block_id?: string
  readonly optional?: boolean
  readonly element?: Element
  readonly elements?: readonly Element[]
  readonly accessory?: Element
}

export interface Acknowledged {
  readonly status: number
  readonly ms: number
  /** The body of the acknowledgement. */
  readonly body: unknown
}

/** How Slack reaches the bot: by signed requests, or over a socket. */
export type Deliver = (
  kind: 'command' | 'interactive' | 'event',
  payload: Record<string, unknown>,
) => Promise<Acknowledged>

/** Signs like Slack: `v0=` and the HMAC of version, time and body. */
export function signed(
  body: string,
  secret = SECRET,
  time = Math.floor(Date.now() / 1000),
): Record<string, string> {
  const signature = createHmac('sha256', secret).update(`v0:${time}:${body}`).digest('hex')
  return {
    'Content-Type': 'application/x-www-form-urlencoded',
    'X-Slack-Request-Timestamp': String(time),
    'X-Slack-Signature': `v0=${signature}`,
  }
}

export type Send = (
  to: string,
  body: string,
  headers: Readonly<Record<string, string>>,
) => Promise<{ status: number; text: string }>

const sendInTime: Send = async (to, body, headers) => {
  const answer = await fetch(to, { method: 'POST', body, headers, signal: AbortSignal.timeout(TRIGGER_MS) })
  return { status: answer.status, text: await answer.text() }
}

/** `to`: the bot's address for events. */
export function overHttp(to: () => string, send = sendInTime): Deliver {
  return async (kind, payload) => {
    const body =
      kind === 'event'
        ? JSON.stringify(payload)
        : new URLSearchParams(
            kind === 'command' ? (payload as Record<string, string>) : { payload: JSON.stringify(payload) },
          ).toString()
    const headers = { ...signed(body), ...(kind === 'event' && { 'Content-Type': 'application/json' }) }
    const began = performance.now()
    const { status, text } = await send(to(), body, headers)
    return { status, ms: performance.now() - began, body: text === '' ? undefined : JSON.parse(text) }
  }
}

export function overSocket(server: LoopbackSlack): Deliver {
  const types = { command: 'slash_commands', interactive: 'interactive', event: 'events_api' } as const
  return async (kind, payload) => {
    const began = performance.now()
    const body = await server.envelope(types[kind], payload)
    return { status: 200, ms: performance.now() - began, body }
  }
}

const elementsOf = (blocks: readonly unknown[]): { block: Block; element: Element }[] =>
  (blocks as Block[]).flatMap((block) =>
    [...(block.elements ?? []), ...(block.accessory ? [block.accessory] : [])]
      .filter((element) => element.action_id !== undefined)
      .map((element) => ({ block, element })),
  )
const optionsOf = (element: Element): readonly Option[] =>
  element.options ?? (element.option_groups ?? []).flatMap((g) => g.options)

/** Returns the labels of the buttons, from top to bottom. */
export function labelsOf(blocks: readonly unknown[]): string[] {
  return elementsOf(blocks).flatMap(({ element }) =>
    element.type === 'button' ? [element.text?.text ?? ''] : [],
  )
}

/** Returns all text that a person can read. */
export function readable(blocks: unknown): string {
  if (Array.isArray(blocks)) return blocks.map(readable).join('\n')
  if (typeof blocks !== 'object' || blocks === null) return ''
  return Object.entries(blocks)
    .map(([key, value]) =>
      typeof value === 'string'
        ? ['text', 'alt_text', 'value'].includes(key)
          ? value
          : ''
        : readable(value),
    )
    .filter((part) => part !== '')
    .join('\n')
}

let actions = 0

/**
 * `organization`: the app is installed for the whole organization. `from`: the person's own workspace, in a
 * channel that is shared with it.
 */
export interface Membership {
  readonly organization?: string | undefined
  readonly from?: string
}

export function createPerson(
  server: LoopbackSlack,
  deliver: Deliver,
  person: Person,
  team = HOME,
  { organization, from }: Membership = {},
) {
  const user = {
    id: person.id,
    username: person.name.toLowerCase(),
    name: person.name.toLowerCase(),
    team_id: from ?? team,
  }
  const installed = organization ?? team
  const enterprise =
    organization === undefined
      ? {}
      : { enterprise: { id: organization, name: 'Loopback Inc.' }, is_enterprise_install: true }
  const who = () => ({ user, team: { id: team, domain: 'loopback' }, ...enterprise })
  /**
   * A form that was opened in a shared channel comes back from the person's own workspace, and does not name
   * the organization of the other company. A form from an organization may come without a workspace.
   */
  const whoInView = () => {
    if (from !== undefined) return { user, team: { id: from, domain: 'other' }, enterprise: null }
    return organization === undefined ? who() : { ...who(), team: null }
  }
  /** Slack's id of the direct messages with Cohort. */
  const direct = directOf(person.id)
  const isDirect = (id: string) => id === person.id

  function find(
    blocks: readonly unknown[],
    fits: (element: Element) => boolean,
    wanted: string,
  ): { block: Block; element: Element } {
    const found = elementsOf(blocks).find(({ element }) => fits(element))
    if (!found) throw new Error(`${person.name} sees no ${wanted} in:\n${readable(blocks)}`)
    return found
  }

  function action({ block, element }: { block: Block; element: Element }, picked?: readonly string[]) {
    const chosen = (picked ?? []).map((value) => {
      const option = optionsOf(element).find((o) => o.value === value || o.text.text === value)
      if (!option) throw new Error(`${value} is not among the options of ${element.action_id}`)
      return option
    })
    if (element.max_selected_items !== undefined && chosen.length > element.max_selected_items)
      throw new Error('more than may be picked')
    const common = {
      action_id: element.action_id,
      block_id: block.block_id ?? 'b1',
      type: element.type,
      action_ts: `${Date.now() / 1000}${++actions}`,
    }
    if (element.type === 'button') return { ...common, text: element.text }
    return element.type.startsWith('multi') || element.type === 'checkboxes'
      ? { ...common, selected_options: chosen }
      : { ...common, selected_option: chosen[0] }
  }

  /** What this person has ticked or picked, by block and element, as their Slack client keeps it. */
  const kept = new Map<string, readonly Option[]>()
  const keptAt = (where: string, block: Block, element: Element) =>
    `${where} ${block.block_id ?? 'b1'} ${element.action_id}`

  /** Returns the state of all inputs, which comes with every press. */
  function stateIn(where: string, blocks: readonly unknown[]) {
    const values: Record<string, Record<string, object>> = {}
    for (const { block, element } of elementsOf(blocks)) {
      const { type, action_id } = element
      if (type !== 'checkboxes' && !type.includes('select')) continue
      const selected_options = kept.get(keptAt(where, block, element)) ?? element.initial_options ?? []
      const state = type.startsWith('static')
        ? { type, selected_option: selected_options[0] ?? null }
        : { type, selected_options }
      values[block.block_id ?? 'b1'] = { ...values[block.block_id ?? 'b1'], [action_id]: state }
    }
    return { values }
  }

  const isPicked = (e: Element) => e.type.includes('select') || e.type === 'checkboxes'
  const menuIn = (blocks: readonly unknown[]) => find(blocks, isPicked, 'menu')

  /** Ticks these options and no others, which is also a press. */
  function ticked(where: string, menu: ReturnType<typeof menuIn>, values: readonly string[]) {
    const one = action(menu, values)
    kept.set(
      keptAt(where, menu.block, menu.element),
      optionsOf(menu.element).filter((o) => values.includes(o.value) || values.includes(o.text.text)),
    )
    return one
  }

  /** Returns *Submit*, if the choice waits for it. */
  const submitIn = (blocks: readonly unknown[]) =>
    elementsOf(blocks).find(({ element }) => element.type === 'button' && element.text?.text === 'Submit')

  function onMessage(post: Posted, one: object) {
    const place = isDirect(post.channel)
      ? { id: direct, name: 'directmessage' }
      : { id: post.channel, name: 'study' }
    const base = fixture('block_actions')
    return deliver('interactive', {
      ...base,
      ...who(),
      channel: place,
      container: {
        type: 'message',
        message_ts: post.ts,
        channel_id: place.id,
        is_ephemeral: post.to !== undefined,
      },
      message: { ...base.message, ts: post.ts, text: post.text, blocks: post.blocks },
      state: stateIn(post.ts, post.blocks),
      actions: [one],
      ...server.ticket(team, person.id, post.channel, post.ts),
    })
  }

  /** Returns a form as Slack sends it back, without the values. */
  function viewNow(base: object, view: Pick<View, 'id' | 'root' | 'hash' | 'view'>) {
    const { id, root, hash } = view
    return { ...base, ...view.view, id, root_view_id: root, hash, app_installed_team_id: installed }
  }

  function onView(view: Pick<View, 'id' | 'root' | 'hash' | 'view'>, one: object) {
    const { response_url: _none, ...ticket } = server.ticket(team, person.id, '', undefined, view.root)
    const base = fixture('block_actions_in_view')
    const shown = { ...viewNow(base.view, view), state: stateIn(view.id, blocksOf(view)) }
    return deliver('interactive', {
      ...base,
      ...whoInView(),
      container: { type: 'view', view_id: view.id },
      view: shown,
      actions: [one],
      ...ticket,
    })
  }

  /**
   * In a shared channel, an event belongs to the person's own workspace and comes through the workspace of
   * the install.
   */
  const envelope = () => ({
    ...(from && { team_id: from, context_team_id: team, is_ext_shared_channel: true }),
    ...(organization !== undefined && {
      authorizations: [{ ...fixture('event_callback').authorizations[0], ...ofOrganization(organization) }],
    }),
  })
  const home = () => {
    const view = server.homes.get(`${team} ${person.id}`)
    if (!view) throw new Error(`${person.name} has no Home tab`)
    return { id: 'V0HOME0001', root: 'V0HOME0001', hash: 'h', view }
  }
  const blocksOf = (view: { view: Record<string, unknown> }) => view.view.blocks as Block[]

  /** Uses a message shortcut on a message with these parts. */
  const pointsAt = (parts: object, more: object = {}, id = 'C0STUDY001') => {
    const base = fixture('message_action')
    const message = { ...base.message, ...parts }
    const channel = { id, name: 'study' }
    return deliver('interactive', {
      ...base,
      ...more,
      ...who(),
      channel,
      message,
      ...server.ticket(team, person.id, id),
    })
  }

  return {
    ...person,
    team,
    /** Returns what only this person was shown, oldest first, including direct messages. */
    told: () =>
      server.posts.filter(
        (p) => p.workspace === team && (p.to === person.id || [person.id, direct].includes(p.channel)),
      ),
    /** Returns the modals that were opened for this person, in their present state. */
    modals: () => server.views.filter((v) => v.workspace === team && v.user === person.id),
    home: () => blocksOf(home()),
    types(line: string, id = 'C0STUDY001') {
      const [command = '', ...rest] = line.split(' ')
      const more = {
        ...{ team_id: team, channel_id: id, user_id: person.id, user_name: user.name },
        ...(organization !== undefined && { enterprise_id: organization, is_enterprise_install: 'true' }),
      }
      return deliver('command', {
        ...fixture('slash_command'),
        command,
        text: rest.join(' '),
        ...more,
        ...server.ticket(team, person.id, id),
      })
    },
    /** Presses a button by its id, which may be from an earlier message. */
    pressesId: (post: Posted, action_id: string) =>
      onMessage(post, action({ block: { type: 'actions' }, element: { type: 'button', action_id } })),
    presses: (post: Posted, label: string) =>
      onMessage(
        post,
        action(find(post.blocks, (e) => e.type === 'button' && e.text?.text === label, `button ${label}`)),
      ),
    /**
     * Ticks these options of the first menu or checkboxes of a message and no others, by values or labels.
     */
    ticks: (post: Posted, values: readonly string[]) =>
      onMessage(post, ticked(post.ts, menuIn(post.blocks), values)),
    /** Like `ticks`, and presses *Submit* if the choice waits for it. */
    async picks(post: Posted, values: readonly string[]) {
      const done = await onMessage(post, ticked(post.ts, menuIn(post.blocks), values))
      const submit = submitIn(post.blocks)
      return submit ? onMessage(post, action(submit)) : done
    },
    pressesInView: (view: View, label: string) =>
      onView(
        view,
        action(find(blocksOf(view), (e) => e.type === 'button' && e.text?.text === label, `button ${label}`)),
      ),
    async picksInView(view: View, values: readonly string[]) {
      const done = await onView(view, ticked(view.id, menuIn(blocksOf(view)), values))
      const submit = submitIn(blocksOf(view))
      return submit ? onView(view, action(submit)) : done
    },
    pressesAtHome: (label: string) =>
      onView(
        home(),
        action(
          find(blocksOf(home()), (e) => e.type === 'button' && e.text?.text === label, `button ${label}`),
        ),
      ),
    /** Sends a form with the given values; the others stay as they were when it opened. */
    submits(view: View, given: Values) {
      const { trigger_id } = server.ticket(team, person.id, '')
      const base = fixture('view_submission')
      const shown = { ...viewNow(base.view, view), state: { values: stateOf(blocksOf(view), given) } }
      return deliver('interactive', { ...base, ...whoInView(), trigger_id, view: shown })
    },
    /** Types into a menu with completion. */
    async completes(view: View, block_id: string, value: string): Promise<string[]> {
      const base = fixture('block_suggestion')
      const shown = { ...base.view, ...view.view, id: view.id, app_installed_team_id: installed }
      const { body } = await deliver('interactive', {
        ...base,
        ...whoInView(),
        container: { type: 'view', view_id: view.id },
        block_id,
        value,
        view: shown,
      })
      return optionsOf(body as Element).map((o) => o.value)
    },
    opensHome: () => happens(deliver, 'app_home_opened', { user: person.id }, team, envelope()),
    /** Writes to Cohort in the direct messages; `more` adds fields to the event. */
    writes: (text: string, more: object = {}) =>
      happens(
        deliver,
        'message',
        { user: person.id, channel: direct, text, ts: server.stamp(), ...more },
        team,
        envelope(),
      ),
    /** Shares files with Cohort in the direct messages. */
    shares: (shared: readonly SharedFile[], text = '') =>
      happens(
        deliver,
        'message',
        { user: person.id, channel: direct, text, ts: server.stamp(), subtype: 'file_share', files: shared },
        team,
        envelope(),
      ),
    /** Uploads a file that has not been sent to anybody yet. */
    uploads: (name: string, bytes: Uint8Array | string, more: Partial<SharedFile> = {}) =>
      server.files.keep(team, person.id, name, Buffer.from(bytes), more),
    /**
     * Mentions Cohort in a channel, in a separate message or, with `thread_ts`, in a thread; returns the time
     * of the message.
     */
    async mentions(
      text: string,
      more: { readonly channel?: string; readonly thread_ts?: string } & object = {},
    ): Promise<string> {
      const ts = server.stamp()
      const event = { user: person.id, channel: 'C0STUDY001', text: `<@U0BOT00001> ${text}`, ts, ...more }
      await happens(deliver, 'app_mention', event, team, envelope())
      return ts
    },
    /** Uses *Explain this* from the menu of a message with that text. */
    explains: (text: string, id?: string) => pointsAt({ text }, {}, id),
    /** Uses *Make a question of this* from the menu; `user` is the author of the message. */
    makesQuestion: (text: string, user: string) =>
      pointsAt({ text, user }, { callback_id: 'question-of-this' }),
  }
}

export type SlackPerson = ReturnType<typeof createPerson>

let events = 0

/** Returns the fields that name the install of an event if an organization installed the app. */
export function ofOrganization(organization: string) {
  return { enterprise_id: organization, team_id: null, is_enterprise_install: true }
}

/** Slack sends only the events that the app subscribed to. */
const SUBSCRIBED: readonly string[] = JSON.parse(readFileSync('docs/slack-manifest.json', 'utf8')).settings
  .event_subscriptions.bot_events

export function happens(
  deliver: Deliver,
  type: string,
  more: object = {},
  team = HOME,
  envelope: object = {},
) {
  const event = { ...fixture('events')[type], ...more }
  const name = type === 'message' ? `message.${event.channel_type}` : type
  if (!SUBSCRIBED.includes(name)) throw new Error(`the app has not subscribed to ${name}`)
  const base = fixture('event_callback')
  const authorizations = [{ ...base.authorizations[0], team_id: team }]
  const about = {
    team_id: team,
    context_team_id: team.startsWith('T') ? team : null,
    authorizations,
    event_id: `Ev${++events}`,
    event_time: Math.ceil(Date.now() / 1000) + 1,
  }
  return deliver('event', { ...base, ...about, event, ...envelope })
}

/** Checks a form like Slack before it is sent. */
function stateOf(blocks: readonly Block[], given: Values) {
  const inputs = blocks.flatMap((b) =>
    b.type === 'input' && b.element && b.block_id ? [{ ...b, id: b.block_id, element: b.element }] : [],
  )
  const strange = Object.keys(given).filter((name) => !inputs.some((b) => b.id === name))
  if (strange.length > 0) throw new Error(`the form has no field ${strange[0]}`)
  return Object.fromEntries(
    inputs.map((b) => [
      b.id,
      { [b.element.action_id]: inputValue(b.element, given[b.id], b.optional === true, b.id) },
    ]),
  )
}

function inputValue(element: Element, given: Values[string] | undefined, optional: boolean, name: string) {
  const { type } = element
  const picked = (value: string) => {
    const found = optionsOf(element).find((o) => o.value === value)
    if (!found && type !== 'external_select') throw new Error(`${value} is not among the options of ${name}`)
    return found ?? { text: { type: 'plain_text', text: value }, value }
  }
  const missing = () => {
    if (!optional) throw new Error(`${name} is required`)
  }
  if (type === 'file_input') {
    const sent = typeof given === 'object' && 'id' in given ? [given] : []
    if (sent.length === 0) missing()
    return { type, files: sent }
  }
  if (typeof given === 'object' && 'id' in given) throw new Error(`${name} takes no file`)
  if (type === 'multi_static_select') {
    const options = given === undefined ? (element.initial_options ?? []) : [given].flat().map(picked)
    if (options.length === 0) missing()
    return { type, selected_options: options }
  }
  const one = given === undefined ? undefined : String(given)
  if (type === 'static_select' || type === 'external_select') {
    const option = one === undefined ? element.initial_option : picked(one)
    if (!option) missing()
    return { type, selected_option: option ?? null }
  }
  if (type === 'conversations_select') {
    const conversation = one ?? element.initial_conversation
    if (conversation === undefined) missing()
    return { type, selected_conversation: conversation ?? null }
  }
  const value = one ?? element.initial_value ?? ''
  if (value === '') missing()
  if (value.length > (element.max_length ?? 3000)) throw new Error(`${name} is too long`)
  return { type, value: value === '' ? null : value }
}
