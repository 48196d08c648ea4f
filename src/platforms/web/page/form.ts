/** A form as a modal dialog with native controls. */

import type { FormValues } from '../../../bot/ports/chat.js'
import type { Choosable, Field, Form } from '../../../bot/ui/card.js'
import { type Child, el, freshId } from './dom.js'
import { drawBlocks } from './render.js'

const NOTHING = { picture: () => undefined, file: async () => undefined, press: () => {}, select: () => {} }

/** Calls `send` on submit; it gives what is wrong, or undefined when all went well and the dialog may close. */
export function openForm(form: Form, channel: string, send: (values: FormValues) => Promise<string | undefined>): void {
  const heading = freshId()
  const error = el('p', { class: 'wrong', role: 'alert' })
  const cancel = el('button', { type: 'button', class: 'button plain' }, 'Cancel')
  const submit = el('button', { type: 'submit', class: 'button primary' }, form.submit)
  const rows = form.fields.map((field) => drawField(field, channel))
  const body = el(
    'form',
    {},
    el('h2', { id: heading }, form.title),
    ...intro(form),
    ...rows.map((r) => r.node),
    error,
    el('div', { class: 'buttons end' }, cancel, submit),
  )
  const dialog = el('dialog', { 'aria-labelledby': heading, class: 'form' }, body)
  const invoker = document.activeElement
  cancel.addEventListener('click', () => dialog.close())
  dialog.addEventListener('close', () => {
    dialog.remove()
    if (invoker instanceof HTMLElement && invoker.isConnected) invoker.focus()
    else document.getElementById('message')?.focus()
  })
  body.addEventListener('submit', async (event) => {
    event.preventDefault()
    if (submit.getAttribute('aria-disabled') === 'true') return
    submit.setAttribute('aria-disabled', 'true')
    const wrong =
      rows.map((r) => r.check()).find((w) => w !== undefined) ?? (await send(Object.fromEntries(rows.map((r) => [r.name, r.read()]))))
    submit.removeAttribute('aria-disabled')
    if (wrong === undefined) dialog.close()
    else error.textContent = wrong
  })
  document.body.append(dialog)
  dialog.showModal()
}

function intro(form: Form): Node[] {
  return form.intro ? [el('div', { class: 'intro' }, ...drawBlocks(form.intro, NOTHING, 'h3'))] : []
}

interface Row {
  readonly name: string
  readonly node: HTMLElement
  readonly read: () => string | readonly string[]
  /** What the browser does not check by itself. */
  readonly check: () => string | undefined
}

function drawField(field: Field, channel: string): Row {
  const id = freshId()
  const hint = field.hint ? el('p', { class: 'hint', id: `${id}-hint` }, field.hint) : undefined
  const about = { id, name: field.name, 'aria-describedby': hint?.id }
  switch (field.kind) {
    case 'text': {
      const props = { ...about, maxlength: field.max, required: !field.optional }
      const list = field.suggestions
        ? el('datalist', { id: `${id}-list` }, ...field.suggestions.map((s) => el('option', { value: s })))
        : undefined
      const input = field.long
        ? el('textarea', { ...props, rows: 4 })
        : el('input', { ...props, type: 'text', list: list?.id, autocomplete: 'off' })
      input.value = field.value ?? ''
      return row(
        field,
        [label(id, field), input, list, hint],
        () => input.value,
        () => (field.optional || input.value.trim() !== '' ? undefined : `"${field.label}" is missing.`),
      )
    }
    case 'select': {
      const select = menu(about, field.options, field.value)
      return row(field, [label(id, field), select, hint], () => select.value)
    }
    case 'channel': {
      const select = menu(about, [{ value: channel, label: `# ${channel}` }], channel)
      return row(field, [label(id, field), select, hint], () => select.value)
    }
    case 'multi':
      return drawMulti(field, id, hint)
  }
}

function row(field: Field, children: readonly Child[], read: Row['read'], check: Row['check'] = () => undefined): Row {
  return { name: field.name, node: el('div', { class: 'field' }, ...children), read, check }
}

function label(id: string, field: Field): Node {
  const extra = field.kind === 'text' && field.optional ? el('span', { class: 'optional' }, ' (optional)') : undefined
  return el('div', { class: 'label' }, el('label', { for: id }, field.label), extra)
}

function menu(
  props: Readonly<Record<string, string | undefined>>,
  options: readonly Choosable[],
  value: string | undefined,
): HTMLSelectElement {
  const known = options.some((o) => o.value === value)
  const select = el('select', { ...props, required: true }, known ? undefined : el('option', { value: '' }, 'Choose…'))
  for (const o of options) select.append(el('option', { value: o.value, selected: o.value === value }, o.label))
  return select
}

/** More boxes than this would stand between the keyboard and the rest of the form. */
const MANY = 20

function folded(options: HTMLElement, boxes: readonly HTMLInputElement[]): HTMLElement {
  const summary = el('summary', {})
  const count = () => {
    const chosen = boxes.filter((b) => b.checked).length
    summary.textContent = chosen === 0 ? `Choose from ${boxes.length}` : `${chosen} of ${boxes.length} chosen`
  }
  count()
  options.addEventListener('change', count)
  return el('details', { class: 'many' }, summary, options)
}

function drawMulti(field: Field & { kind: 'multi' }, id: string, hint: HTMLElement | undefined): Row {
  const boxes = field.options.map((o) => el('input', { type: 'checkbox', value: o.value, checked: field.values.includes(o.value) }))
  const rows = field.options.map((o, i) => el('label', { class: 'check' }, boxes[i], el('span', {}, o.label)))
  const options = el('div', { class: 'options' }, ...rows)
  const body = boxes.length > MANY ? folded(options, boxes) : options
  const set = el('fieldset', { id, 'aria-describedby': hint?.id }, el('legend', {}, field.label), body)
  const read = () => boxes.filter((b) => b.checked).map((b) => b.value)
  const check = () => (field.optional || read().length > 0 ? undefined : `Choose at least one of "${field.label}".`)
  return row(field, [set, hint], read, check)
}
