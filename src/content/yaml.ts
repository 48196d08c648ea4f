/** Reads YAML with the position of every node, so that a problem can name its line. */
import {
  type Document,
  type ErrorCode,
  isCollection,
  isMap,
  isScalar,
  isSeq,
  LineCounter,
  parseDocument,
  visit,
  type YAMLMap,
} from 'yaml'
import type { z } from 'zod'
import type { Report } from './problem.js'

/** Few aliases are allowed, so that a small file cannot grow into a huge one. */
const MAX_ALIASES = 20
/** Far more than a person reads. */
const MAX_TEXT = 100_000

const MAX_INDENT = 1000
/** Lists in lists in one line, for which the library needs long to find that they are too many. */
const NESTED = /^[ ]*(?:[-?] +){50}/m

const ERRORS: Partial<Record<ErrorCode, string>> = {
  MULTIPLE_DOCS: 'a line of --- begins a second document; a file holds one',
  RESOURCE_EXHAUSTION: 'is nested too deeply',
  TAB_AS_INDENT: 'a tab stands where spaces should',
}

export interface Yaml {
  readonly value: unknown
  /** The line of the node at a path such as `[0, 'choices', 2]`, or of the nearest one above it. */
  lineOf(path: readonly PropertyKey[]): number
}

/**
 * Reports what is wrong; undefined if the text cannot be read at all. `offset`: the number of lines above the
 * text in its file.
 */
export function readYaml(text: string, offset: number, report: Report): Yaml | undefined {
  if (text.length > MAX_TEXT) {
    report(1 + offset, `YAML: is too long: at most ${MAX_TEXT} characters`)
    return undefined
  }
  const nested = text.search(NESTED)
  if (nested >= 0) {
    report(text.slice(0, nested).split('\n').length + offset, 'YAML: is nested too deeply')
    return undefined
  }
  const lines = new LineCounter()
  // The library compares each key with all the others of its map; `repeatedKey` does not.
  const document = parseDocument(text, {
    lineCounter: lines,
    uniqueKeys: false,
    prettyErrors: false,
    logLevel: 'error',
  })
  const line = (position: number) => lines.linePos(position).line + offset
  // Only the first error is reported, since those after it usually result from it.
  const [error] = document.errors
  const repeated = repeatedKey(document)
  if (repeated !== undefined && repeated < (error?.pos[0] ?? Number.POSITIVE_INFINITY)) {
    report(line(repeated), 'YAML: Map keys must be unique')
    return undefined
  }
  if (error) {
    const start = text.lastIndexOf('\n', error.pos[0] - 1) + 1
    const tab = /^[ ]*\t/.test(text.slice(start, start + MAX_INDENT))
    report(line(error.pos[0]), `YAML: ${tab ? ERRORS.TAB_AS_INDENT : (ERRORS[error.code] ?? error.message)}`)
    return undefined
  }
  try {
    const keys = keyFinder()
    return {
      value: document.toJS({ maxAliasCount: MAX_ALIASES }),
      lineOf: (path) => line(positionOf(document.contents, path, keys)),
    }
  } catch (error) {
    report(1 + offset, `YAML: ${error instanceof Error ? error.message : error}`)
    return undefined
  }
}

/** Returns where a key stands that its map already has. */
function repeatedKey(document: Document): number | undefined {
  let first: number | undefined
  visit(document, {
    Map(_place, map) {
      const seen = new Set<unknown>()
      for (const { key } of map.items) {
        if (!isScalar(key)) continue
        if (seen.has(key.value)) first = Math.min(first ?? Number.POSITIVE_INFINITY, startOf(key))
        seen.add(key.value)
      }
    },
  })
  return first
}

type FindKey = (map: YAMLMap, name: string) => { readonly key: unknown; readonly value: unknown } | undefined

/** Returns a function that looks through each map once. */
function keyFinder(): FindKey {
  const known = new WeakMap<YAMLMap, Map<string, { key: unknown; value: unknown }>>()
  return (map, name) => {
    const pairs = known.get(map) ?? new Map(map.items.map((pair) => [String(pair.key), pair]))
    known.set(map, pairs)
    return pairs.get(name)
  }
}

function positionOf(root: unknown, path: readonly PropertyKey[], findKey: FindKey): number {
  let node = root
  let position = startOf(node)
  for (const part of path) {
    if (isMap(node)) {
      const pair = findKey(node, String(part))
      if (!pair) return position
      position = startOf(pair.key)
      node = pair.value
    } else if (isSeq(node) && typeof part === 'number') {
      node = node.items[part]
      position = startOf(node)
    } else return position
  }
  return position
}

function startOf(node: unknown): number {
  if (typeof node !== 'object' || node === null || !('range' in node) || !Array.isArray(node.range)) return 0
  // A collection's own range may begin with the space before it.
  const first = isCollection(node) ? node.items[0] : undefined
  if (isMap(node) && first && typeof first === 'object' && 'key' in first) return startOf(first.key)
  return Number(node.range[0])
}

/** Checks the value against the schema and reports each issue at its line. */
export function check<T>(
  yaml: Yaml,
  value: unknown,
  schema: z.ZodType<T>,
  at: readonly PropertyKey[],
  report: Report,
): T | undefined {
  const result = schema.safeParse(value)
  if (result.success) return result.data
  for (const issue of result.error.issues) {
    for (const [path, message] of told(issue, value)) {
      const where = path.map(String).join('.')
      report(yaml.lineOf([...at, ...path]), where === '' ? message : `${where}: ${message}`)
    }
  }
  return undefined
}

const TYPES: Readonly<Record<string, string>> = {
  array: 'a list',
  object: 'keys with values',
  record: 'keys with values',
  string: 'text',
}

/** Returns the messages for an issue, each with its path. */
function told(issue: z.core.$ZodIssue, value: unknown): [readonly PropertyKey[], string][] {
  const { path } = issue
  if (issue.code === 'unrecognized_keys')
    return issue.keys.map((key) => [[...path, key], 'is no key that is known here'])
  const meant = issue.code === 'invalid_union' ? issue.errors.find(isOfThatKind) : undefined
  if (meant) return meant.flatMap((inner) => told({ ...inner, path: [...path, ...inner.path] }, value))
  if (path.length > 0 && valueAt(value, path) === undefined) return [[path, 'is missing']]
  if (issue.code === 'invalid_type' && issue.message.startsWith('Invalid input'))
    return [[path, `should be ${TYPES[issue.expected] ?? `a ${issue.expected}`}`]]
  return [[path, issue.message.replace('Invalid discriminator value. Expected', 'should be one of')]]
}

/** Of several alternatives, finds the one that the value was meant to be. */
function isOfThatKind(issues: readonly z.core.$ZodIssue[]): boolean {
  return !issues.some(
    ({ code, path }) => path.length === 0 && (code === 'invalid_type' || code === 'invalid_value'),
  )
}

function valueAt(value: unknown, path: readonly PropertyKey[]): unknown {
  let found = value
  for (const key of path)
    found = typeof found === 'object' && found !== null ? Reflect.get(found, key) : undefined
  return found
}
