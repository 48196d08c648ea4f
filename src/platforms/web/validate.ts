/**
 * Validates everything that the page sends: pressed, picked or filled-in values must be among those offered
 * to this member.
 */

import type { FormValues } from '../../bot/ports/chat.js'
import type { Button, Card, Choosable, Field, Form, Select } from '../../bot/ui/card.js'
import { filled, valuesOf } from '../../bot/ui/form.js'
import { createBoundedCache } from '../../core/bounded-cache.js'
import { CHANNEL } from './room.js'

export function buttonOf(card: Card, id: string): Button | undefined {
  return card.blocks.flatMap((b) => (b.kind === 'buttons' ? b.buttons : [])).find((b) => b.id === id)
}

export function selectOf(card: Card, id: string): Select | undefined {
  return card.blocks.find((b): b is Select => b.kind === 'select' && b.id === id)
}

/** An invalid pick: `forged` means that it was never offered; otherwise the person can correct it. */
export type Wrong = { readonly forged: boolean; readonly error: string; readonly field?: string }

export function wrongPick(select: Select, values: readonly string[]): Wrong | undefined {
  if (!offered(select.options, values)) return { forged: true, error: 'That choice is not on the menu.' }
  if (values.length >= select.min && values.length <= select.max) return undefined
  const wanted = select.min === select.max ? `${select.min}` : `${select.min} to ${select.max}`
  return { forged: false, error: `Choose ${wanted}; you chose ${values.length}.` }
}

/** Returns the values of the form's own fields, without anything else; or the mistake in them. */
export function readForm(form: Form, sent: FormValues): { readonly values: FormValues } | Wrong {
  const values: Record<string, string | readonly string[]> = {}
  for (const field of form.fields) {
    const value = sent[field.name] ?? (field.kind === 'multi' ? [] : '')
    const wrong = wrongField(field, value)
    if (wrong) return { ...wrong, field: field.name }
    values[field.name] = value
  }
  return { values }
}

function wrongField(field: Field, value: string | readonly string[]): Wrong | undefined {
  const list = typeof value === 'string' ? [value].filter((v) => v !== '') : value
  const forged = { forged: true, error: `That is not one of the choices of "${field.label}".` }
  const missing = { forged: false, error: `"${field.label}" is missing.` }
  if (field.kind !== 'multi' && list.length > 1) return forged
  switch (field.kind) {
    case 'text':
      if ((list[0]?.length ?? 0) > field.max)
        return { forged: false, error: `"${field.label}" is too long: at most ${field.max} characters.` }
      return !field.optional && (list[0] ?? '').trim() === '' ? missing : undefined
    case 'select':
      if (!offered(field.options, list)) return forged
      return list.length === 0 ? missing : undefined
    case 'multi':
      if (!offered(field.options, list)) return forged
      return !field.optional && list.length === 0 ? missing : undefined
    case 'group':
      return (list[0]?.length ?? 0) > 200
        ? { forged: false, error: `"${field.label}" is too long: at most 200 characters.` }
        : undefined
    case 'channel':
      if (list.some((v) => v !== CHANNEL)) return forged
      return list.length === 0 ? missing : undefined
    case 'file':
      return list.length === 0 ? missing : undefined
  }
}

function offered(options: readonly Choosable[], values: readonly string[]): boolean {
  return new Set(values).size === values.length && values.every((v) => options.some((o) => o.value === v))
}

/** Returns the values of the form's own fields that could still become valid, without anything else. */
export function readDraft(form: Form, sent: FormValues): FormValues {
  const names = form.fields.map(({ name }) => name).filter((name) => sent[name] !== undefined)
  return valuesOf(filled(form, Object.fromEntries(names.map((name) => [name, sent[name] ?? '']))))
}

/** A form that a member has open. `origin` is the message whose button opened it. */
export interface Given {
  readonly user: string
  readonly form: Form
  readonly origin: number | undefined
  /** The id under which the form is kept. */
  readonly draft: string | undefined
}

export interface Forms {
  /** Returns the token that represents the form. */
  give(given: Given, token?: string): string
  find(token: string, user: string): Given | undefined
  close(token: string): void
}

const MOST_OPEN = 500

/**
 * Keeps open forms; the oldest are dropped first. After a restart the page sends the token of a kept form.
 */
export function createForms(): Forms {
  const open = createBoundedCache<Given>(MOST_OPEN)
  return {
    give(given, token = given.draft ?? crypto.randomUUID()) {
      open.set(token, given)
      return token
    },
    find(token, user) {
      const given = open.get(token)
      return given?.user === user ? given : undefined
    },
    close: (token) => void open.delete(token),
  }
}
