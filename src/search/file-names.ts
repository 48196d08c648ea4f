/** Finds topics by the files that they explain: `buildspec.yml`, `Dockerfile`, "the AppSpec file". */

interface Named {
  readonly title: string
  readonly aliases: readonly string[]
  readonly summary: string
  readonly body: string
}

const ENDINGS =
  'ya?ml|json|toml|ini|cfg|conf|txt|py|js|mjs|ts|sh|tf|tfstate|xml|html?|csv|parquet|sql|env|lock|md|tar\\.gz|zip'
const WITH_ENDING = new RegExp(`(?<![\\w.])([\\w-]+(?:\\.[\\w-]+)*?)\\.(${ENDINGS})(?![\\w-]|\\.\\w)`, 'gi')
/** The capital distinguishes `Dockerfile` from a profile. */
const WITHOUT_ENDING = /\b(?!Profile)(\p{Lu}\p{L}+)(?:file| [Ff]ile)\b/gu
const TYPED = new RegExp(`^([\\w-]+(?:\\.[\\w-]+)*?)\\.(${ENDINGS})$`, 'i')
const TYPED_FILE = /^([\w-]+) ?file(?:\.[\w-]+)?$/i
/** Formats that the same file may have. */
const DATA = /^(?:ya?ml|json)$/i
/** Weights of a file name by the place where it occurs. */
const [TITLE, ALIAS, SUMMARY, BODY] = [6, 4, 3, 1]

export interface FileNames {
  /**
   * Returns the one topic that says most about the file that the query names; undefined if there is none, or
   * several.
   */
  find(query: string): number | undefined
}

export function createFileNames(topics: readonly Named[]): FileNames {
  const counts = new Map<string, Map<number, number>>()
  const count = (text: string, topic: number, weight: number) => {
    for (const key of keysIn(text)) {
      const ofKey = counts.get(key) ?? new Map<number, number>()
      counts.set(key, ofKey.set(topic, (ofKey.get(topic) ?? 0) + weight))
    }
  }
  topics.forEach(({ title, aliases, summary, body }, topic) => {
    count(title, topic, TITLE)
    count(aliases.join('\n'), topic, ALIAS)
    count(summary, topic, SUMMARY)
    count(body, topic, BODY)
  })
  return {
    find(query) {
      for (const key of keysOf(query)) {
        const found = [...(counts.get(key) ?? [])].sort(([, a], [, b]) => b - a)
        const [best, next] = found
        if (best) return next && next[1] === best[1] ? undefined : best[0]
      }
      return undefined
    },
  }
}

/**
 * Returns keys for each file in a text: its full name, and its bare name if it is data or simply called a
 * file.
 */
function keysIn(text: string): string[] {
  const whole = [...text.matchAll(WITH_ENDING)].flatMap(([, name = '', ending = '']) => keys(name, ending))
  const files = [...text.matchAll(WITHOUT_ENDING)].map(([, name = '']) => bareKey(name))
  return [...whole, ...files]
}

/** Returns the keys that a query may mean, the most exact first. */
function keysOf(query: string): string[] {
  const bare = query
    .trim()
    .replace(/^(?:the|an?)\s+/i, '')
    .replace(/\s+file$/i, ' file')
  const name =
    bare
      .replace(/[`'"?]/g, '')
      .split(/[\\/]/)
      .at(-1)
      ?.trim() ?? ''
  const [, base, ending] = TYPED.exec(name.replace(/ file$/i, '')) ?? []
  if (base !== undefined && ending !== undefined) return keys(base, ending)
  const [, called] = TYPED_FILE.exec(name) ?? []
  return called === undefined ? [] : [bareKey(called)]
}

function keys(name: string, ending: string): string[] {
  const kind = ending.toLowerCase().replace(/^yml$/, 'yaml').replace(/^htm$/, 'html')
  return [`${squashed(name)}.${kind}`, ...(DATA.test(kind) ? [bareKey(name)] : [])]
}

const bareKey = (name: string) => `${squashed(name)} file`
const squashed = (name: string) => name.toLowerCase().replace(/[-_.]/g, '')
