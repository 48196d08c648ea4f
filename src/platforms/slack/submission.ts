/** Handles forms that people send in Slack: reads their values and files, and hands them to the bot. */
import type { ViewSubmitAction } from '@slack/bolt'
import type { Answered, Caller, FormValues, Uploads } from '../../bot/ports/chat.js'
import { SECOND_MS } from '../../core/time.js'
import { withTimeout } from '../timeout.js'
import { ASK } from './ask.js'
import { INPUT } from './form.js'
import { type Origin, readMetadata } from './origin.js'
import {
  callerOf,
  type InboundDeps,
  isFirst,
  isInstalled,
  sayReading,
  showHome,
  shown,
  TRIGGER_MS,
} from './request.js'
import { senderOf } from './sender.js'
import { isFile, type SentFile } from './uploads.js'

/** A sent form stays open this long so that mistakes can be shown in it; Slack waits three seconds. */
const FORM_MS = 2000

/** `ack` closes the form, or leaves it open with the mistakes by field. */
export async function onSubmit(
  body: ViewSubmitAction,
  id: string,
  ack: (wrong?: Record<string, string>) => Promise<void>,
  deps: InboundDeps,
): Promise<void> {
  const { channel, respond, view, own = false, command, draft } = readMetadata(body.view.private_metadata)
  const { workspace } = senderOf(body)
  const origin: Origin = {
    workspace,
    channel,
    user: body.user.id,
    respond,
    trigger: body.trigger_id,
    opensUntil: deps.clock() + TRIGGER_MS,
    own,
    view,
  }
  const values = readValues(body.view.state.values)
  const uploads = uploadsIn(body.view.state.values, workspace, deps)
  const [first = ''] = Object.values(values).flat()
  const working = answered()
  const soon = await withTimeout(FORM_MS, working)
  const wrong = soon?.kind === 'card' ? soon.wrong : undefined
  if (wrong && wrong.field in values) return ack({ [wrong.field]: wrong.message })
  await ack()
  // The form is closed, and nothing else shows that its file is being read.
  const [file] = Object.values(uploads)
  if (file && !soon) await sayReading(file.name, origin, deps)
  const reply = await working
  if (!reply) return
  await shown(reply, deps.out.send(reply, origin), deps)
  if (origin.channel === '') await showHome(workspace, origin.user, deps)

  async function answered(): Promise<Answered | undefined> {
    if (!(await isInstalled(senderOf(body), deps.installs)) || !(await isFirst(id, deps))) return undefined
    const caller = await formCaller(origin, body.user.name, deps)
    if (body.view.callback_id === ASK && command)
      return deps.app().run({ kind: 'command', caller, name: command, input: first })
    return deps.app().run({ kind: 'submit', caller, id: body.view.callback_id, values, uploads, draft })
  }
}

type State = ViewSubmitAction['view']['state']['values']

function readValues(state: State): FormValues {
  return Object.fromEntries(
    Object.entries(state).map(([name, inputs]) => {
      const input = inputs[INPUT]
      const many = input?.selected_options?.map((o) => o.value)
      return [
        name,
        many ??
          input?.selected_option?.value ??
          input?.selected_conversation ??
          fileIn(input)?.name ??
          input?.value ??
          '',
      ]
    }),
  )
}

/** Slack sends a list of objects, one for each file. */
function fileIn(input: object | undefined): SentFile | undefined {
  const [file]: unknown[] = input && 'files' in input && Array.isArray(input.files) ? input.files : []
  return isFile(file) ? file : undefined
}

function uploadsIn(state: State, workspace: string, { uploadOf }: InboundDeps): Uploads {
  return Object.fromEntries(
    Object.entries(state).flatMap(([name, inputs]) => {
      const file = fileIn(inputs[INPUT])
      return file ? [[name, uploadOf(workspace, file)]] : []
    }),
  )
}

/** A form records where it was opened; a person who has left that channel since no longer counts as there. */
async function formCaller(origin: Origin, fallback: string, deps: InboundDeps): Promise<Caller> {
  const caller = await callerOf(origin, fallback, deps)
  if (caller.channel === '') return caller
  const access = await withTimeout(SECOND_MS, deps.access.access(caller, caller.user))
  return access === 'no' ? { ...caller, channel: '' } : caller
}
