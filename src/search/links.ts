/** Handles links as people paste them out of their notes: `[[note#heading|label]]`, `[label](address)`. */

const WIKI = /!?\[\[([^[\]\n]*)\]\]/g
const MARKDOWN = /!?\[([^[\]\n]+)\]\([^()\n]*\)/g

/**
 * Replaces each link in the text with its target: the note or the heading, whichever is more of a name;
 * otherwise the label, if that is a name.
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

/**
 * Returns the note without its folder and file extension, the headings from the last to the first, and the
 * label.
 */
function partsOf(inner: string): { readonly places: readonly string[]; readonly label: string } {
  // Tables escape the bar with a backslash.
  const [path = '', ...label] = inner.split(/\\?\|/)
  const [note = '', ...headings] = path.split('#')
  const name = (note.split('/').at(-1) ?? '').replace(/\.md$/i, '')
  // `#^id` identifies a paragraph by a code, which is not a name.
  const named = headings.filter((heading) => !heading.startsWith('^')).reverse()
  const places = [name, ...named].map((part) => part.trim()).filter((part) => part !== '')
  return { places, label: label.join('|').trim() }
}
