/** Reads IMS QTI 2.1, 2.2 and 3.0: a package in a zip, or a single item. */
import path from 'node:path'
import { isZip, type Unpacked, unzip } from '../unzip.js'
import { readXml, type XmlElement } from '../xml.js'
import { decodeText } from './decode.js'
import type { QuestionFormat, SourceFile } from './format.js'
import { type Intake, readInto } from './intake.js'
import { readItem } from './qti-item.js'
import { allParts, attributeOf, partsOf } from './qti-markup.js'
import { writeQti } from './qti-write.js'
import { readXmlFile, rootNameOf } from './xml-file.js'

const NAME = 'QTI'
const ITEMS = ['assessmentItem', 'qti-assessment-item']
const OLD = 'questestinterop'
const HOW_ELSE =
  'is QTI 1.2, which is not read; export it as QTI 2.1 or later, Moodle XML, GIFT or CSV, where the program that it comes from offers one of them'

export const qti: QuestionFormat = {
  id: 'qti',
  name: NAME,
  recognises: (file) =>
    isZip(file.bytes) ? packageOf(file) !== undefined : [...ITEMS, OLD].includes(rootNameOf(file)),
  read: (file) =>
    readInto(NAME, file, (into) => {
      if (isZip(file.bytes)) readPackage(packageOf(file), into)
      else readAlone(file, into)
    }),
  write: writeQti,
}

function readAlone(file: SourceFile, into: Intake): void {
  const root = readXmlFile(file, into.change)
  if ('reason' in root) into.leaveOut(root.line, `the file ${root.reason}`)
  else if (root.name === OLD) into.leaveOut(1, `the file ${HOW_ELSE}`)
  else readItem(root, root.line, '', '', into)
}

// ---- packages -----------------------------------------------------------------------

const packages = new WeakMap<Uint8Array, Unpacked>()
const MANIFEST = /(?:^|\/)imsmanifest\.xml$/i

/** Returns the XML of an archive that has a manifest or items; undefined for any other archive. */
function packageOf({ bytes }: SourceFile): Unpacked | undefined {
  const unpacked = packages.get(bytes) ?? unzip(bytes, (name) => /\.xml$/i.test(name))
  packages.set(bytes, unpacked)
  const isPackage = unpacked.files.some((one) => MANIFEST.test(one.path) || ITEMS.includes(rootNameOf(one)))
  return isPackage ? unpacked : undefined
}

function readPackage(unpacked: Unpacked | undefined, into: Intake): void {
  for (const { path: name, message } of unpacked?.leftOut ?? []) into.leaveOut(1, `${name}: ${message}`)
  const files = inOrder(unpacked?.files ?? [])
  const groups = groupsOf(files)
  for (const name of missingIn(files))
    into.leaveOut(files.length + 1, `${name}: the manifest names it, and it is not in the package`)
  let place = 0
  for (const file of files) {
    const name = rootNameOf(file)
    if (name === OLD) into.leaveOut(place + 1, `${file.path}: the file ${HOW_ELSE}`)
    if (!ITEMS.includes(name)) continue
    place++
    const root = readXmlFile(file, (_, message) => into.change(place, `${file.path}: ${message}`))
    if ('reason' in root) into.leaveOut(place, `${file.path}: the file ${root.reason}`)
    else readItem(root, place, file.path, groups.get(file.path) ?? '', into)
  }
}

/** Sorts the files as the manifest names them, followed by those that it does not name. */
function inOrder(files: readonly SourceFile[]): readonly SourceFile[] {
  const manifest = files.find((file) => MANIFEST.test(file.path))
  const root = manifest && rootOf(manifest)
  if (!manifest || !root) return files
  const named = allParts(root, (kind) => kind === 'resource').map((one) =>
    besides(manifest, attributeOf(one, 'href')),
  )
  const places = new Map(named.map((name, i) => [name, i]))
  const placeOf = ({ path: name }: SourceFile) => places.get(name) ?? named.length
  return files.toSorted((a, b) => placeOf(a) - placeOf(b))
}

/** Returns the items that the manifest names and the package lacks. */
function missingIn(files: readonly SourceFile[]): readonly string[] {
  const manifest = files.find((file) => MANIFEST.test(file.path))
  const root = manifest && rootOf(manifest)
  if (!manifest || !root) return []
  const there = new Set(files.map((file) => file.path))
  return allParts(root, (kind) => kind === 'resource')
    .filter((one) => /item/i.test(attributeOf(one, 'type')))
    .map((one) => besides(manifest, attributeOf(one, 'href')))
    .filter((name) => !there.has(name))
}

/** Returns the groups of items, which the sections of tests name. */
function groupsOf(files: readonly SourceFile[]): ReadonlyMap<string, string> {
  const groups = new Map<string, string>()
  for (const file of files.filter((one) => /assessment-?test$/i.test(rootNameOf(one)))) {
    const root = rootOf(file)
    for (const section of root ? allParts(root, (kind) => kind === 'assessmentsection') : [])
      for (const item of partsOf(section, 'assessmentitemref'))
        groups.set(besides(file, attributeOf(item, 'href')), attributeOf(section, 'title'))
  }
  return groups
}

function rootOf(file: SourceFile): XmlElement | undefined {
  const root = readXml(decodeText(file).text)
  return 'reason' in root ? undefined : root
}

const besides = (file: SourceFile, href: string) =>
  path.posix.join(path.posix.dirname(file.path), decoded(href))

function decoded(href: string): string {
  try {
    return decodeURIComponent(href)
  } catch {
    return href
  }
}
