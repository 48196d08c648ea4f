/** Links as people paste them out of their notes: `[[note#heading|label]]`, `[label](address)`. */

const WIKI = /!?\[\[([^[\]\n]*)\]\]/g
const MARKDOWN = /!?\[([^[\]\n]+)\]\([^()\n]*\)/g

/**
 * The text with each link in it replaced by what it leads to: the note or the heading, whichever is more of a
 * name; else the label, if that is one.
 */
export function withoutLinks(text: string, nameScore: (part: string) => number): string {
  if (!text.includes('[')) return text
  return text
    .replace(WIKI, (_link, inner: string) => {
      const { places, label } = partsOf(inner)
      const [best = label] = [...places].sort((a, b) => nameScore(b) - nameScore(a))
      return nameScore(best) === 0 && nameScore(label) > 0 ? label : best
    })
    .replace(MARKDOWN, '$1')
}

/** The note without its folder and ending, the headings from the last one on, the label. */
function partsOf(inner: string): { readonly places: readonly string[]; readonly label: string } {
  // In tables the bar has a backslash before it.
  const [path = '', ...label] = inner.split(/\\?\|/)
  const [note = '', ...headings] = path.split('#')
  const name = (note.split('/').at(-1) ?? '').replace(/\.md$/i, '')
  // `#^id` names a paragraph, by a code.
  const named = headings.filter((heading) => !heading.startsWith('^')).reverse()
  const places = [name, ...named].map((part) => part.trim()).filter((part) => part !== '')
  return { places, label: label.join('|').trim() }
}
