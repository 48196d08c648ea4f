/** Reads what QTI 2 and 3 have in common, whichever way the names are written. */
import { childrenOf, escapeXml, type XmlElement } from '../xml.js'
import { isShown, UNSEEN } from './html-tags.js'
import { htmlText } from './html-text.js'

/** Returns `choiceinteraction` for both `qti-choice-interaction` and `choiceInteraction`. */
export const kindOf = ({ name }: XmlElement) => plainName(name)

const plainName = (name: string) => name.replace(/^qti-/, '').replaceAll('-', '').toLowerCase()

/** `name` is written as `kindOf` returns names. */
export function attributeOf(element: XmlElement | undefined, name: string): string {
  for (const [key, value] of element?.attributes ?? []) if (plainName(key) === name) return value
  return ''
}

export const partsOf = (element: XmlElement | undefined, ...kinds: readonly string[]) =>
  childrenOf(element).filter((child) => kinds.includes(kindOf(child)))

/** Finds parts at any depth. */
export function allParts(element: XmlElement, isWanted: (kind: string) => boolean): XmlElement[] {
  return childrenOf(element).flatMap((child) => [
    ...(isWanted(kindOf(child)) ? [child] : []),
    ...allParts(child, isWanted),
  ])
}

/** Parts that are shown to other people, or at another time. */
const ASIDE = /^(?:feedbackinline|feedbackblock|stylesheet|prompt|cataloginfo|templateblock|templateinline)$/
/** Instructions belong to the text if the people who are asked see them. */
const isForOthers = (element: XmlElement) =>
  kindOf(element) === 'rubricblock' && !/\bcandidate\b/.test(attributeOf(element, 'view'))
const isInteraction = (kind: string) => kind.endsWith('interaction')

/**
 * Returns the text of an element without interactions and without the parts in `ASIDE`. It adds to `dropped`.
 */
export function plainTextOf(element: XmlElement | undefined, dropped: string[]): string {
  if (!element) return ''
  const { text, dropped: lost } = htmlText(markup(element))
  dropped.push(...lost)
  return text
}

function markup(element: XmlElement): string {
  return element.children
    .map((node) => {
      if (typeof node === 'string') return escapeXml(node)
      const kind = kindOf(node)
      if (kind === 'inlinechoiceinteraction') return ' ____'
      if (ASIDE.test(kind) || isForOthers(node) || isInteraction(kind)) return ''
      // An element that is not HTML has no formatting of its own.
      if (!isShown(node.name) && !UNSEEN.has(node.name)) return markup(node)
      return `<${node.name}>${markup(node)}</${node.name}>`
    })
    .join('')
}
