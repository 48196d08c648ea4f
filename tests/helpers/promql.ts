/**
 * What an expression of Prometheus asks for: enough of its language to find every metric, label and value
 * that is named.
 */

export interface Matcher {
  readonly label: string
  readonly op: string
  readonly value: string
}

export interface Named {
  readonly metrics: readonly { readonly name: string; readonly matchers: readonly Matcher[] }[]
  /** Labels that something is grouped or joined by. */
  readonly labels: readonly string[]
}

const TOKEN =
  /\s*(?:("(?:[^"\\]|\\.)*")|(\[[^\]]+\])|([a-z_:][\w:]*)|(\d+(?:\.\d+)?(?:[smhdw])?)|(=~|!~|!=|==|>=|<=|[-+*/%^=<>(){},]))/iy
const WORDS = new Set(['and', 'or', 'unless', 'bool', 'offset'])
const GROUPING = new Set(['by', 'without', 'on', 'ignoring', 'group_left', 'group_right'])
const FUNCTIONS = new Set(
  'sum min max avg count absent rate increase changes time histogram_quantile min_over_time max_over_time avg_over_time clamp_min topk'.split(
    ' ',
  ),
)

/** Throws for what it cannot read. */
export function readExpression(text: string): Named {
  const tokens = tokensOf(text)
  const metrics: { name: string; matchers: Matcher[] }[] = []
  const labels: string[] = []
  let open = 0
  for (let i = 0; i < tokens.length; i++) {
    const token = tokens[i] ?? ''
    if (token === '(') open++
    if (token === ')' && --open < 0) throw new Error(`a bracket closes that was not opened: ${text}`)
    if (!/^[a-z_:]/i.test(token) || WORDS.has(token)) continue
    const next = tokens[i + 1]
    if (GROUPING.has(token)) {
      const end = tokens.indexOf(')', i)
      labels.push(...tokens.slice(i + 2, end).filter((word) => word !== ','))
      i = end
    } else if (next === '(' || GROUPING.has(next ?? '')) {
      if (!FUNCTIONS.has(token)) throw new Error(`${token} is no function: ${text}`)
    } else {
      const end = next === '{' ? tokens.indexOf('}', i) : i
      metrics.push({ name: token, matchers: end > i ? matchersOf(tokens.slice(i + 2, end), text) : [] })
      i = end
    }
  }
  if (open !== 0) throw new Error(`a bracket is not closed: ${text}`)
  return { metrics, labels }
}

function tokensOf(text: string): string[] {
  const tokens: string[] = []
  TOKEN.lastIndex = 0
  while (TOKEN.lastIndex < text.trimEnd().length) {
    const at = TOKEN.lastIndex
    const found = TOKEN.exec(text)
    if (!found) throw new Error(`unreadable from ${at}: ${text}`)
    tokens.push(found[0].trim())
  }
  return tokens
}

function matchersOf(tokens: readonly string[], text: string): Matcher[] {
  const parts = tokens.filter((token) => token !== ',')
  if (parts.length % 3 !== 0) throw new Error(`labels that are not label, operator, value: ${text}`)
  return Array.from({ length: parts.length / 3 }, (_, i) => {
    const [label = '', op = '', value = ''] = parts.slice(i * 3, i * 3 + 3)
    return { label, op, value: value.slice(1, -1) }
  })
}
