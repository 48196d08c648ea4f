/** Makes slugs for titles in any script: lower-case Latin letters and digits, the same for the same title. */
import { createHash } from 'node:crypto'

const CYRILLIC: Readonly<Record<string, string>> = {
  ...{
    а: 'a',
    б: 'b',
    в: 'v',
    г: 'g',
    ґ: 'g',
    д: 'd',
    е: 'e',
    є: 'ye',
    ж: 'zh',
    з: 'z',
    и: 'i',
    і: 'i',
    ї: 'yi',
  },
  ...{
    й: 'y',
    к: 'k',
    л: 'l',
    м: 'm',
    н: 'n',
    о: 'o',
    п: 'p',
    р: 'r',
    с: 's',
    т: 't',
    у: 'u',
    ў: 'u',
    ф: 'f',
  },
  ...{ х: 'kh', ц: 'ts', ч: 'ch', ш: 'sh', щ: 'shch', ъ: '', ы: 'y', ь: '', э: 'e', ю: 'yu', я: 'ya' },
}
const GREEK: Readonly<Record<string, string>> = {
  ...{
    α: 'a',
    β: 'v',
    γ: 'g',
    δ: 'd',
    ε: 'e',
    ζ: 'z',
    η: 'i',
    θ: 'th',
    ι: 'i',
    κ: 'k',
    λ: 'l',
    μ: 'm',
    ν: 'n',
  },
  ...{ ξ: 'x', ο: 'o', π: 'p', ρ: 'r', σ: 's', ς: 's', τ: 't', υ: 'y', φ: 'f', χ: 'ch', ψ: 'ps', ω: 'o' },
}
const LATIN: Readonly<Record<string, string>> = {
  ß: 'ss',
  ø: 'o',
  æ: 'ae',
  œ: 'oe',
  ł: 'l',
  đ: 'd',
  ð: 'd',
  þ: 'th',
  ı: 'i',
}
const LETTERS: Readonly<Record<string, string>> = { ...CYRILLIC, ...GREEK, ...LATIN }
/** Signs that distinguish names which are otherwise alike. */
const SIGNS: readonly (readonly [RegExp, string])[] = [
  [/(?<=^|[^\p{L}\p{N}])([a-z])\+\+/giu, '$1-plus-plus'],
  [/(?<=^|[^\p{L}\p{N}])([a-z])#(?![\p{L}\p{N}])/giu, '$1-sharp'],
  [/(?<=^|\s)\.(?=[a-z]{2})/giu, 'dot-'],
  [/\s&\s/g, ' and '],
]

/** If a title says little in Latin letters, a hash distinguishes it from others. */
export function slugOf(title: string, max: number): string {
  const named = SIGNS.reduce((text, [sign, name]) => text.replace(sign, name), title)
  const words = [...named.normalize('NFC').toLowerCase()]
    .map((letter) => LETTERS[letter] ?? letter)
    .join('')
    .normalize('NFKD')
    .replace(/['’\p{M}]/gu, '')
    .replace(/[^a-z0-9]+/g, '-')
    .slice(0, max)
    .replace(/^-+|-+$/g, '')
  const [kept, all] = [words.replace(/-/g, '').length, title.match(/[\p{L}\p{N}]/gu)?.length ?? 0]
  if (kept > 0 && kept >= all / 2) return words
  const hash = createHash('sha256').update(title).digest('hex').slice(0, 8)
  return [words.slice(0, max - 9).replace(/-+$/, '') || 'topic', hash].join('-')
}

/** Returns the first free slug, with 2, 3 … after it if necessary, and marks it as taken. */
export function freeSlug(title: string, taken: Set<string>, max = 56): string {
  const base = slugOf(title, max)
  let slug = base
  for (let i = 2; taken.has(slug); i++) slug = `${base}-${i}`
  taken.add(slug)
  return slug
}
