/** Functions that all formats with XML files share. */
import { readXml, type XmlElement, type XmlRefused } from '../xml.js'
import { type DecodedText, decodeText } from './decode.js'
import type { SourceFile } from './format.js'

/** Matches what may stand before the first element; only the beginning of the file is searched. */
const BEFORE = /^(?:\s+|<\?[^>]*\?>|<!--[\s\S]*?-->|<!DOCTYPE[^>[]*(?:\[[\s\S]*?\]\s*)?>)*/i
const HEAD = 20_000

/** Returns the name of the outermost element, without its prefix; empty if the file is not XML. */
export function rootNameOf(file: SourceFile): string {
  const head = decodedXml(file).text.slice(0, HEAD)
  const before = head.startsWith('<') || /^\s/.test(head) ? (BEFORE.exec(head)?.[0].length ?? 0) : 0
  return /^<(?:[\w.-]+:)?([\w.-]+)[\s/>]/.exec(head.slice(before))?.[1] ?? ''
}

/** What was lost or replaced while decoding is reported to `change`. */
export function readXmlFile(
  file: SourceFile,
  change: (line: number, message: string) => void,
): XmlElement | XmlRefused {
  const { text, changed } = decodedXml(file)
  for (const { line, message } of changed) change(line, message)
  return readXml(text)
}

/** XML may name its encoding, if that is neither UTF-8 nor UTF-16. */
function decodedXml(file: SourceFile): DecodedText {
  const start = new TextDecoder('latin1').decode(file.bytes.subarray(0, 200))
  const named = /^<\?xml[^>]*\sencoding\s*=\s*["']([\w:.-]+)["']/.exec(start)?.[1]?.toLowerCase() ?? 'utf-8'
  if (/^utf-?(8|16)/.test(named)) return decodeText(file)
  try {
    return decodeText({ ...file, bytes: new TextEncoder().encode(new TextDecoder(named).decode(file.bytes)) })
  } catch {
    return decodeText(file)
  }
}
