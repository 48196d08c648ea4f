/** Turns a member's acts on the page into requests to the bot, and the bot's replies into messages. */
import type { App } from '../../bot/app.js'
import type { Answered, CardReply, FormReply, FormValues, Request } from '../../bot/ports/chat.js'
import { plainCard } from '../../bot/ui/card.js'
import { clean } from '../../bot/ui/clean.js'
import { authoringIds, formIds } from '../../bot/ui/ids.js'
import { type PointedAt, questionOfMessage } from '../../bot/ui/message.js'
import { findCommand } from '../../bot/ui/parse.js'
import { BOT, bodyOf, callerFor, type Room } from './room.js'
import { takeUploads } from './uploads.js'
import { buttonOf, createForms, type Given, readDraft, readForm, selectOf, wrongPick } from './validate.js'
import type { Done, LocalMember, OpenForm } from './wire.js'

/**
 * A refusal: 403 if it was never offered to this member, 404 if it does not exist for anybody, 422 if the
 * member can correct it.
 */
export class Refused extends Error {
  readonly status: 403 | 404 | 422
  /** The form field at which to show it. */
  readonly field: string | undefined
  constructor(status: 403 | 404 | 422, message: string, field?: string) {
    super(message)
    this.status = status
    this.field = field
  }
}

/** The bot has answered, but the answer could not be put into the conversation. */
export class NotShown extends Error {
  readonly reference: string
  constructor(reference: string, cause: unknown) {
    super('the answer was not shown', { cause })
    this.reference = reference
  }
}

/** Ids have 31 bits. */
const isMessageId = (id: number) => Number.isInteger(id) && id > 0 && id < 2 ** 31
/** Longer messages are refused, since none should be cut silently. */
const MAX_LINE = 4000

/**
 * Reads a command typed on an East Asian keyboard, with the wide form of the slash and perhaps of its name.
 */
function withSlash(text: string): string {
  const [first = ''] = text.split(/\s/, 1)
  return first.startsWith('\uff0f') ? `${first.normalize('NFKC')}${text.slice(first.length)}` : text
}

/** The button that the page shows at each message of a member. */
const OF_MESSAGE = authoringIds.ofMessage.id({})

const NOT_YOURS = 'That is not on a message you were given. Type the command again to get a fresh one.'

export interface Inbound {
  say(member: LocalMember, text: string): Promise<Done>
  press(member: LocalMember, message: number, id: string): Promise<Done>
  select(member: LocalMember, message: number, id: string, values: readonly string[]): Promise<Done>
  submit(member: LocalMember, token: string, values: FormValues): Promise<Done>
  /** Keeps the values so far, without sending the form. */
  keep(member: LocalMember, token: string, values: FormValues): Promise<Done>
  /** Closes the form without sending it. */
  close(member: LocalMember, token: string): Promise<Done>
  /** Returns the form that this member has opened and not sent, with its values, if there is one. */
  unsent(member: LocalMember): Promise<Done>
}

export function createInbound(app: () => App, room: Room): Inbound {
  const forms = createForms()

  async function run(request: Request, member: LocalMember, origin?: number): Promise<Done> {
    const reply = await app().run(request)
    if (reply.kind === 'form') return { form: opened(reply, member, origin) }
    await shown(reply, member, origin)
    return {}
  }

  async function shown(reply: Answered<CardReply>, member: LocalMember, origin?: number): Promise<void> {
    await show(reply, member, origin).catch((error) => {
      throw new NotShown(reply.reference, error)
    })
  }

  function opened({ form, draft, field }: FormReply, member: LocalMember, origin?: number): OpenForm {
    const token = forms.give({ user: member.id, form, origin, draft })
    return { token, form, ...(field !== undefined && { field }) }
  }

  /** Opens a form again that was kept but that this process does not know, for example after a restart. */
  async function reopened(member: LocalMember, draft: string): Promise<OpenForm | undefined> {
    const reply = await app().run({
      kind: 'press',
      caller: callerFor(member),
      id: formIds.reopen.id({ draft, field: '-' }),
    })
    return reply.kind === 'form' ? opened(reply, member) : undefined
  }

  async function formOf(member: LocalMember, token: string): Promise<Given> {
    const found =
      forms.find(token, member.id) ?? ((await reopened(member, token)) && forms.find(token, member.id))
    if (!found) throw new Refused(403, 'This form is no longer open. Close it and open it again.')
    return found
  }

  /** Redraws only this member's own private message: a public one stays as it is for the others. */
  async function show(reply: CardReply, member: LocalMember, origin?: number): Promise<void> {
    const body = { kind: 'card', card: reply.card } as const
    if (reply.passing) return room.flash(member.id, body)
    const row = reply.replace && origin !== undefined ? await room.seen(origin, member.id) : undefined
    if (row?.user === member.id) await room.change(row, body)
    else await room.add(BOT, body, reply.to === 'caller' ? { user: member.id } : {})
  }

  async function cardFor(member: LocalMember, message: number) {
    if (!isMessageId(message))
      throw new Refused(404, 'There is no such message. Type the command again to get a fresh one.')
    const row = await room.seen(message, member.id)
    const body = row && bodyOf(row)
    if (body?.kind !== 'card' || row?.author !== BOT) throw new Refused(403, NOT_YOURS)
    return body.card
  }

  /** Returns a message that a member wrote for everybody to see. */
  async function saidIn(member: LocalMember, message: number): Promise<PointedAt | undefined> {
    const row = isMessageId(message) ? await room.seen(message, member.id) : undefined
    const body = row && bodyOf(row)
    return row && body?.kind === 'said'
      ? { message: String(row.id), author: row.author, text: body.text }
      : undefined
  }

  return {
    async say(member, raw) {
      if (raw.trim().length > MAX_LINE)
        throw new Refused(
          422,
          `That is too long: ${raw.trim().length} characters, and a message has at most ${MAX_LINE}.`,
        )
      const text = withSlash(clean(raw))
      if (text === '') throw new Refused(422, 'Type something first.')
      if (!text.startsWith('/')) {
        await room.add(member.id, { kind: 'said', text })
        return {}
      }
      const line = text.slice(1)
      const isPublic = findCommand(app().commands, line)?.command.visibility === 'public'
      await room.add(member.id, { kind: 'typed', text }, isPublic ? {} : { user: member.id })
      const [name = '', ...rest] = line.split(/\s+/)
      return run({ kind: 'command', caller: callerFor(member), name, input: rest.join(' ') }, member)
    },
    async press(member, message, id) {
      const said = id === OF_MESSAGE ? await saidIn(member, message) : undefined
      if (said) return run(questionOfMessage(callerFor(member), said), member)
      if (!buttonOf(await cardFor(member, message), id)) throw new Refused(403, NOT_YOURS)
      return run({ kind: 'press', caller: callerFor(member), id }, member, message)
    },
    async select(member, message, id, values) {
      const select = selectOf(await cardFor(member, message), id)
      if (!select) throw new Refused(403, NOT_YOURS)
      const wrong = wrongPick(select, values)
      if (wrong) throw new Refused(wrong.forged ? 403 : 422, wrong.error)
      return run({ kind: 'select', caller: callerFor(member), id, values }, member, message)
    },
    async submit(member, token, sent) {
      const given = await formOf(member, token)
      const read = readForm(given.form, sent)
      if ('error' in read) throw new Refused(read.forged ? 403 : 422, read.error, read.field)
      const { form, origin, draft } = given
      const taken = takeUploads(form, read.values, (id) => room.uploads.take(id, member.id))
      if ('missing' in taken)
        throw new Refused(422, 'That file is no longer here. Please choose it again.', taken.missing)
      forms.close(token)
      const reply = await app().run({
        kind: 'submit',
        caller: callerFor(member),
        id: form.id,
        ...taken,
        draft,
      })
      if (reply.kind === 'form') return { form: opened(reply, member, origin) }
      // A final reply replaces the question, and its form is closed.
      if (!reply.isTrouble || (reply.replace && !reply.wrong)) {
        await shown(reply, member, origin)
        return {}
      }
      // The form stays open with its values, and shows what is wrong.
      forms.give({ ...given, draft: reply.wrong?.draft ?? draft }, token)
      throw new Refused(422, reply.wrong?.message ?? plainCard(reply.card), reply.wrong?.field)
    },
    async keep(member, token, sent) {
      const { form, draft } = await formOf(member, token)
      if (draft !== undefined) await app().formDrafts.keep(callerFor(member), draft, readDraft(form, sent))
      return {}
    },
    async close(member, token) {
      const given = forms.find(token, member.id)
      if (given) forms.close(token)
      await app().formDrafts.drop(callerFor(member), given?.draft ?? token)
      return {}
    },
    async unsent(member) {
      const draft = await app().formDrafts.latest(callerFor(member))
      const form = draft === undefined ? undefined : await reopened(member, draft)
      return form ? { form } : {}
    },
  }
}
