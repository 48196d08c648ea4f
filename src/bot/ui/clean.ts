/** Cleans text from outside before it is stored or shown, once, where a request comes in. */
import type { Caller, FormValues, Request } from '../ports/chat.js'

/** The longest text that is read; more is cut, since nobody types that much by hand. */
const MAX_TEXT = 4000
const MAX_NAME = 80

/**
 * Removes characters that can hide or break text: control characters, lone surrogates, marks that change the
 * direction.
 */
export function clean(text: string): string {
  return text.slice(0, MAX_TEXT).toWellFormed().replaceAll(UNSEEN, '').trim()
}

const UNSEEN =
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is to be removed
  /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u200b\u200e\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff\ufffd]/g

/** The same request with every text in it cleaned; ids of actions are ours and hold no such characters. */
export function tidy(request: Request): Request {
  const caller = tidyCaller(request.caller)
  switch (request.kind) {
    case 'command':
      return { ...request, caller, name: clean(request.name), input: tidyInput(request.input) }
    case 'press':
      return { ...request, caller, id: clean(request.id) }
    case 'select':
      return { ...request, caller, id: clean(request.id), values: request.values.map(clean) }
    case 'submit':
      return {
        ...request,
        caller,
        id: clean(request.id),
        values: tidyForm(request.values),
        ...(request.draft !== undefined && { draft: clean(request.draft) }),
      }
  }
}

/**
 * Replaces ids that are not strings, from a misbehaving platform, by empty ones: the database would take an
 * object for a condition.
 */
export function tidyCaller(caller: Caller): Caller {
  const { workspace, channel, user, name } = caller
  return {
    ...caller,
    workspace: textOf(workspace),
    channel: textOf(channel),
    user: textOf(user),
    name: clean(textOf(name)).slice(0, MAX_NAME).toWellFormed() || 'Member',
  }
}

const textOf = (value: unknown) => (typeof value === 'string' ? value : '')

function tidyInput(input: (Request & { kind: 'command' })['input']): typeof input {
  if (typeof input === 'string') return clean(input)
  return Object.fromEntries(
    Object.entries(input).map(([name, value]) => [name, typeof value === 'string' ? clean(value) : value]),
  )
}

export function tidyForm(values: FormValues): FormValues {
  return Object.fromEntries(
    Object.entries(values).map(([name, value]) => [
      name,
      typeof value === 'string' ? clean(value) : value.map(clean),
    ]),
  )
}
