/**
 * Handles sent forms: either in one modal, or in steps, each of which is stored before the next one is
 * offered.
 */
import {
  type ButtonInteraction,
  type ComponentInContainer,
  ComponentType,
  type MessageActionRowComponent,
  type ModalSubmitInteraction,
  type TopLevelComponent,
} from 'discord.js'
import type { Reply, Request } from '../../bot/ports/chat.js'
import { readId } from '../../bot/ui/action.js'
import { filled, valuesOf } from '../../bot/ui/form.js'
import { formIds } from '../../bot/ui/ids.js'
import { withTimeout } from '../timeout.js'
import { readForm, readStepOf, type Sent } from './form.js'
import { isLast, readStep } from './form-steps.js'
import type { Answerable } from './outbound.js'
import { callerOf, type InboundDeps, located, run } from './request.js'
import { uploadsIn } from './uploads.js'

/** Discord waits three seconds for a form. */
export const FORM_MS = 2300

/** Returns the form with its values, or why it can no longer be opened. */
async function reopened(interaction: Answerable, draft: string, deps: InboundDeps): Promise<Reply> {
  const id = formIds.reopen.id({ draft, field: '-' })
  const asked = { kind: 'press', caller: callerOf(interaction, '', deps), id } as const
  const caller = await located(interaction, asked, deps)
  return run({ ...asked, caller }, interaction, deps)
}

export async function openStep(
  interaction: ButtonInteraction,
  draft: string,
  step: number,
  deps: InboundDeps,
): Promise<void> {
  const reply = await withTimeout(FORM_MS, reopened(interaction, draft, deps))
  if (!reply) return deps.out.tooLate(interaction)
  if (reply.kind === 'form') await deps.out.openForm(interaction, reply, step)
  else await deps.out.send(reply, interaction)
}

export async function finish(
  interaction: ButtonInteraction,
  draft: string,
  deps: InboundDeps,
): Promise<void> {
  await deps.out.acknowledge(interaction, false)
  const reply = await reopened(interaction, draft, deps)
  if (reply.kind !== 'form') return deps.out.send(reply, interaction)
  await submit(interaction, { id: reply.form.id, values: valuesOf(reply.form), draft }, deps)
}

export async function onSubmit(interaction: ModalSubmitInteraction, deps: InboundDeps): Promise<void> {
  await deps.out.acknowledge(interaction, false)
  const { customId: id } = interaction
  const sent = sentIn(interaction)
  const at = readStep(id)
  const uploads = uploadsIn(interaction, deps.uploadOf)
  if (at?.step === undefined) return submit(interaction, { id, values: readForm(sent), uploads }, deps)
  const { step, draft } = at
  const reply = await reopened(interaction, draft, deps)
  if (reply.kind !== 'form') return deps.out.send(reply, interaction)
  const given = readStepOf(reply.form, sent)
  const form = filled(reply.form, given)
  if (isLast(form, step))
    return submit(interaction, { id: form.id, values: { ...valuesOf(form), ...given }, uploads, draft }, deps)
  await submit(interaction, { id: form.id, values: given, draft, isStep: true }, deps, () =>
    deps.out.showSteps(interaction, form, draft, step),
  )
}

/** `goOn`: the next action after a step without mistakes. */
async function submit(
  interaction: ButtonInteraction | ModalSubmitInteraction,
  sent: Omit<Request & { kind: 'submit' }, 'kind' | 'caller'>,
  deps: InboundDeps,
  goOn?: () => Promise<void>,
): Promise<void> {
  const asked = { kind: 'submit', caller: callerOf(interaction, '', deps), ...sent } as const
  const caller = await located(interaction, asked, deps)
  const reply = await run({ ...asked, caller }, interaction, deps)
  if (goOn && !reply.isTrouble) return goOn()
  // The reply replaces the message with the button, which has done its work; after an error the button is
  // needed again.
  const isDone =
    reply.kind === 'card' && reply.to === 'caller' && (!reply.isTrouble || reply.wrong !== undefined)
  const isOver = isDone && leadsToForm(interaction)
  await deps.out.send(isOver ? { ...reply, replace: true } : reply, interaction)
}

/** Whether the pressed message is one between two steps, or one that names a mistake. */
function leadsToForm({ message }: ButtonInteraction | ModalSubmitInteraction): boolean {
  const ids = message?.components.flatMap(idsIn) ?? []
  return ids.some((id) => readStep(id) !== undefined || readId(id, formIds.reopen) !== undefined)
}

function idsIn(component: TopLevelComponent | ComponentInContainer | MessageActionRowComponent): string[] {
  if ('components' in component) return [...component.components].flatMap(idsIn)
  return 'customId' in component && component.customId !== null ? [component.customId] : []
}

/** Returns the fields of a modal, each of which is in a label. */
function sentIn({ components }: ModalSubmitInteraction): Sent[] {
  return components.flatMap((one): Sent[] => {
    if (!('component' in one) || !('customId' in one.component)) return []
    const { component } = one
    if (component.type === ComponentType.FileUpload)
      return [{ customId: component.customId, value: component.attachments.first()?.name ?? '' }]
    if ('values' in component) return [{ customId: component.customId, value: component.values }]
    return 'value' in component
      ? [{ customId: component.customId, value: String(component.value ?? '') }]
      : []
  })
}
