/** Functions that all formats with XML files share. */
import { readXml, type XmlElement, type XmlRefused } from '../xml.js'
import { decodeText } from './decode.js'
import type { SourceFile } from './format.js'

/** Matches what may stand before the first element; only the beginning of the file is searched. */
const BEFORE = /^(?:\s+|<\?[^>]*\?>|<!--[\s\S]*?-->|<!DOCTYPE[^>[]*(?:\[[\s\S]*?\]\s*)?>)*/i
const HEAD = 20_000

/** Returns the name of the outermost element, without its prefix; empty if the file is not XML. */
export function rootNameOf(file: SourceFile): string {
  const head = xmlText(file).slice(0, HEAD)
  const before = head.startsWith('<') || /^\s/.test(head) ? (BEFORE.exec(head)?.[0].length ?? 0) : 0
  return /^<(?:[\w.-]+:)?([\w.-]+)[\s/>]/.exec(head.slice(before))?.[1] ?? ''
}

export const readXmlFile = (file: SourceFile): XmlElement | XmlRefused => readXml(xmlText(file))

/** XML may name its encoding, if that is neither UTF-8 nor UTF-16. */
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
