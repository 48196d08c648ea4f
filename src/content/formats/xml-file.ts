/** What all formats share whose files are XML. */
import { readXml, type XmlElement, type XmlRefused } from '../xml.js'
import { decodeText } from './decode.js'
import type { SourceFile } from './format.js'

/** What may stand before the first element, which is looked for in the beginning of the file alone. */
const BEFORE = /^(?:\s+|<\?[^>]*\?>|<!--[\s\S]*?-->|<!DOCTYPE[^>[]*(?:\[[\s\S]*?\]\s*)?>)*/i
const HEAD = 20_000

/** The name of the outermost element, without its prefix; empty where the file is no XML. */
export function rootNameOf(file: SourceFile): string {
  const head = xmlText(file).slice(0, HEAD)
  const before = head.startsWith('<') || /^\s/.test(head) ? (BEFORE.exec(head)?.[0].length ?? 0) : 0
  return /^<(?:[\w.-]+:)?([\w.-]+)[\s/>]/.exec(head.slice(before))?.[1] ?? ''
}

export const readXmlFile = (file: SourceFile): XmlElement | XmlRefused => readXml(xmlText(file))

/** XML may say in which encoding it is, where that is neither UTF-8 nor UTF-16. */
function xmlText(file: SourceFile): string {
  const start = new TextDecoder('latin1').decode(file.bytes.subarray(0, 200))
  const named = /^<\?xml[^>]*\sencoding\s*=\s*["']([\w:.-]+)["']/.exec(start)?.[1]?.toLowerCase() ?? 'utf-8'
  if (/^utf-?(8|16)/.test(named)) return decodeText(file).text
  try {
    return decodeText({ ...file, bytes: new TextEncoder().encode(new TextDecoder(named).decode(file.bytes)) })
      .text
  } catch {
    return decodeText(file).text
  }
}
