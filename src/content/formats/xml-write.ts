import { escapeXml } from '../xml.js'

/** Characters that XML cannot hold in any form. */
const NO_XML = /[^\P{Cc}\t\n]|\p{Cs}|[\ufffe\uffff]/gu

export const xmlEscaped = (text: string) => escapeXml(text.replace(NO_XML, ''))

export type Attributes = Readonly<Record<string, string | number>>

/** Writes an element with a text, without adding white space. */
export const leaf = (name: string, text: string, attributes: Attributes = {}) =>
  `<${name}${written(attributes)}>${xmlEscaped(text)}</${name}>`

/** Writes an element with child elements, each on its own line. */
export const branch = (name: string, attributes: Attributes, children: readonly string[]) =>
  children.length === 0
    ? `<${name}${written(attributes)}/>`
    : [`<${name}${written(attributes)}>`, ...children, `</${name}>`].join('\n')

const written = (attributes: Attributes) =>
  Object.entries(attributes)
    .map(([name, value]) => ` ${name}="${xmlEscaped(String(value))}"`)
    .join('')

export const xmlBytes = (root: string) =>
  new TextEncoder().encode(`<?xml version="1.0" encoding="UTF-8"?>\n${root}\n`)
