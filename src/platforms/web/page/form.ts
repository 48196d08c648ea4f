/** Shows a form as a modal dialog with native controls. */

import type { FormValues } from '../../../bot/ports/chat.js'
import type { Choosable, Field, Form } from '../../../bot/ui/card.js'
import type { OpenForm } from '../wire.js'
import { type Child, el, freshId } from './dom.js'
import { drawFile } from './file-field.js'
import { keeper } from './keeper.js'
import { drawBlocks } from './render.js'
import { tooLong } from './toast.js'

const NOTHING = { picture: () => undefined, file: async () => undefined, press: () => {}, select: () => {} }

/** A mistake, and the form field that has it, if any. */
export interface Wrong {
  readonly wrong: string
  readonly field?: string | undefined
}

export interface Acts {
  /** Sends a file before its form; resolves to the id that represents it there, or to the mistake. */
  readonly upload: (file: File) => Promise<string | Wrong>
  /** Resolves to the mistake, or to undefined if the dialog may close. */
  readonly send: (values: FormValues) => Promise<Wrong | undefined>
  /** Keeps the values so far. */
  readonly keep: (values: FormValues) => void
  /** Called when the form was closed without being sent. */
  readonly close: () => void
}

/** `dropped`: a file that was dropped on the page, for a form that takes one. */
export function openForm(
  { form, field: start }: OpenForm,
  channel: string,
  { send, keep, close, upload }: Acts,
  dropped?: FileList,
): void {
  const heading = freshId()
  const error = el('p', { class: 'form-error', role: 'alert' })
  const cancel = el('button', { type: 'button', class: 'button plain' }, 'Cancel')
  const submit = el('button', { type: 'submit', class: 'button primary' }, form.submit)
  const rows = form.fields.map((field) => drawField(field, channel, dropped))
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
  const values = () => Object.fromEntries(rows.map((r) => [r.name, r.read()]))
  const unkept = form.isKept ? keeper(() => keep(values())) : undefined
  let isSent = false
  if (unkept) body.addEventListener('input', unkept.later)
  cancel.addEventListener('click', () => dialog.close())
  guardEscape(dialog, values, (words) => {
    error.textContent = words
  })
  dialog.addEventListener('close', () => {
    unkept?.stop()
    if (!isSent) close()
    dialog.remove()
    if (invoker instanceof HTMLElement && invoker.isConnected) invoker.focus()
    else document.getElementById('message')?.focus()
  })
  body.addEventListener('submit', async (event) => {
    event.preventDefault()
    if (submit.getAttribute('aria-disabled') === 'true') return
    submit.setAttribute('aria-disabled', 'true')
    const found =
      rows.map((r): Wrong | undefined => wrongIn(r)).find((w) => w !== undefined) ??
      (await sendWithFiles(rows, values(), send, upload))
    submit.removeAttribute('aria-disabled')
    const row = rows.find((r) => r.name === found?.field)
    for (const r of rows) r.tell(r === row ? found?.wrong : undefined)
    error.textContent = row ? '' : (found?.wrong ?? '')
    isSent = found === undefined
    if (isSent) dialog.close()
    else row?.focus()
  })
  document.body.append(dialog)
  dialog.showModal()
  rows.find((r) => r.name === start)?.focus()
}

/** Escape is often pressed for something else, so the first one spares what was typed. */
function guardEscape(
  dialog: HTMLDialogElement,
  values: () => FormValues,
  tell: (words: string) => void,
): void {
  const first = JSON.stringify(values())
  let isWarned = false
  dialog.addEventListener('cancel', (event) => {
    if (isWarned || JSON.stringify(values()) === first) return
    isWarned = true
    event.preventDefault()
    tell('Nothing is sent yet. Cancel, or Escape once more, throws away what you wrote.')
  })
}

async function sendWithFiles(
  rows: readonly Row[],
  values: FormValues,
  send: Acts['send'],
  upload: Acts['upload'],
): Promise<Wrong | undefined> {
  const sent: Record<string, string> = {}
  for (const { name, file } of rows) {
    const chosen = file?.()
    if (!chosen) continue
    const done = await upload(chosen)
    if (typeof done !== 'string') return { field: name, ...done }
    sent[name] = done
  }
  return send({ ...values, ...sent })
}

function wrongIn({ name, check }: Row): Wrong | undefined {
  const wrong = check()
  return wrong === undefined ? undefined : { wrong, field: name }
}

function intro(form: Form): Node[] {
  return form.intro ? [el('div', { class: 'intro' }, ...drawBlocks(form.intro, NOTHING, 'h3'))] : []
}

export interface Row {
  readonly name: string
  readonly node: HTMLElement
  readonly read: () => string | readonly string[]
  /** Checks what the browser does not check by itself; returns the mistake. */
  readonly check: () => string | undefined
  /** Shows the mistake at the field; undefined removes it. */
  readonly tell: (wrong: string | undefined) => void
  readonly focus: () => void
  /** Returns the chosen file, which is sent first. */
  readonly file?: () => File | undefined
}

function drawField(field: Field, channel: string, dropped: FileList | undefined): Row {
  const id = freshId()
  const hint = field.hint ? el('p', { class: 'hint', id: `${id}-hint` }, field.hint) : undefined
  const about = { id, name: field.name, 'aria-describedby': hint?.id }
  switch (field.kind) {
    case 'text': {
      const props = { ...about, required: !field.optional, dir: 'auto' }
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
        () => {
          const { length } = input.value.trim()
          if (length > field.max) return tooLong(length, field.max)
          return field.optional || length > 0 ? undefined : `"${field.label}" is missing.`
        },
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
    case 'group': {
      const input = el('input', { ...about, maxlength: 200, type: 'text', autocomplete: 'off' })
      input.value = field.value ?? ''
      return row(field, [label(id, field), input, hint], () => input.value)
    }
    case 'multi':
      return drawMulti(field, id, hint)
    case 'file': {
      const { zone, input, check } = drawFile(field, about, dropped)
      const name = () => input.files?.[0]?.name ?? ''
      return { ...row(field, [label(id, field), zone, hint], name, check), file: () => input.files?.[0] }
    }
  }
}

function row(
  field: Field,
  children: readonly Child[],
  read: Row['read'],
  check: Row['check'] = () => undefined,
): Row {
  const error = el('p', { class: 'wrong', role: 'alert' })
  const node = el('div', { class: 'field' }, ...children, error)
  const control = () => node.querySelector<HTMLElement>('input, select, textarea')
  return {
    ...{ name: field.name, node, read, check },
    tell(wrong) {
      error.textContent = wrong ?? ''
      if (wrong === undefined) control()?.removeAttribute('aria-invalid')
      else control()?.setAttribute('aria-invalid', 'true')
    },
    focus() {
      for (const folds of node.querySelectorAll('details')) folds.open = true
      control()?.focus()
    },
  }
}

function label(id: string, field: Field): Node {
  const extra =
    field.kind === 'text' && field.optional ? el('span', { class: 'optional' }, ' (optional)') : undefined
  return el('div', { class: 'label' }, el('label', { for: id }, field.label), extra)
}

function menu(
  props: Readonly<Record<string, string | undefined>>,
  options: readonly Choosable[],
  value: string | undefined,
): HTMLSelectElement {
  const known = options.some((o) => o.value === value)
  const select = el(
    'select',
    { ...props, required: true },
    known ? undefined : el('option', { value: '' }, 'Choose…'),
  )
  for (const o of options)
    select.append(el('option', { value: o.value, selected: o.value === value }, o.label))
  return select
}

/** Labels with more characters than this need a wider column. */
const WIDE = 24
/** More boxes than this would stand between the keyboard and the rest of the form. */
const MANY = 20

function folded(options: HTMLElement, boxes: readonly HTMLInputElement[], name?: string): HTMLElement {
  const summary = el('summary', {})
  const count = () => {
    const chosen = boxes.filter((b) => b.checked).length
    const words = chosen === 0 ? `Choose from ${boxes.length}` : `${chosen} of ${boxes.length} chosen`
    summary.textContent = name === undefined ? words : `${name} (${words.toLowerCase()})`
  }
  count()
  options.addEventListener('change', count)
  return el('details', { class: 'many' }, summary, options)
}

function drawMulti(field: Field & { kind: 'multi' }, id: string, hint: HTMLElement | undefined): Row {
  const drawn = field.options.map(({ value, label: words, group }) => {
    const box = el('input', { type: 'checkbox', value, checked: field.values.includes(value) })
    return { box, group, row: el('label', { class: 'check' }, box, el('span', { dir: 'auto' }, words)) }
  })
  const boxes = drawn.map(({ box }) => box)
  const groups = [...new Set(drawn.flatMap(({ group }) => group ?? []))]
  const isWide = field.options.some((option) => option.label.length > WIDE)
  const optionsOf = (some: typeof drawn) =>
    el('div', { class: isWide ? 'options wide' : 'options' }, ...some.map((one) => one.row))
  const inGroup = (name: string) => drawn.filter(({ group }) => group === name)
  const grouped = groups.map((name) =>
    folded(
      optionsOf(inGroup(name)),
      inGroup(name).map(({ box }) => box),
      name,
    ),
  )
  const isLong = boxes.length > MANY
  const options = isLong && grouped.length > 0 ? el('div', { class: 'groups' }, ...grouped) : optionsOf(drawn)
  const body = isLong ? folded(options, boxes) : options
  const set = el('fieldset', { id, 'aria-describedby': hint?.id }, el('legend', {}, field.label), body)
  const read = () => boxes.filter((b) => b.checked).map((b) => b.value)
  const check = () =>
    field.optional || read().length > 0 ? undefined : `Choose at least one of "${field.label}".`
  return row(field, [set, hint], read, check)
}
