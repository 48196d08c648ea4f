/** Builds elements. Text goes in as text nodes only, so no data can become markup. */
export type Child = Node | string | undefined

type Props = Readonly<Record<string, string | number | boolean | undefined>>

/** `true` sets an empty attribute; `false` and undefined set none. */
export function el<K extends keyof HTMLElementTagNameMap>(
  tag: K,
  props: Props = {},
  ...children: readonly Child[]
): HTMLElementTagNameMap[K] {
  const element = document.createElement(tag)
  for (const [name, value] of Object.entries(props)) {
    if (value !== undefined && value !== false)
      element.setAttribute(name, value === true ? '' : String(value))
  }
  element.append(...children.filter((c) => c !== undefined))
  return element
}

/** Returns an element that `index.html` must contain. */
export function part<T extends HTMLElement>(id: string, type: new () => T): T {
  const found = document.getElementById(id)
  if (!(found instanceof type)) throw new Error(`index.html lacks #${id}`)
  return found
}

let last = 0
export function freshId(): string {
  last += 1
  return `n${last}`
}

/** The code of a key that an input method has handled. */
const TAKEN = 229
/**
 * Whether a key is for an input method, such as the Enter that accepts its word. Safari reports that the word
 * is finished before that key, and marks the key by its code alone.
 */
export function isComposing(event: KeyboardEvent): boolean {
  return event.isComposing || event.keyCode === TAKEN
}
