/** What happens to each element of HTML. */
const breaking = (count: number, names: string) => names.split(' ').map((name) => [name, count] as const)

/** The minimum number of line ends around each element. */
export const BREAKS: ReadonlyMap<string, number> = new Map([
  ...breaking(2, 'p h1 h2 h3 h4 h5 h6 pre blockquote table ul ol dl hr'),
  ...breaking(1, 'div section article header footer main aside nav figure figcaption li tr dt dd'),
  ...breaking(1, 'details summary form fieldset address center body caption legend option'),
])

/**
 * Elements that are dropped with their content, and what is reported; nothing is reported if nobody would see
 * the element.
 */
export const UNSEEN: ReadonlyMap<string, string> = new Map([
  ['script', 'a script'],
  ['style', ''],
  ['head', ''],
  ['template', ''],
  ['noembed', ''],
  ['noframes', ''],
  ['svg', 'a picture'],
  ['canvas', 'a picture'],
  ['iframe', 'a page within the page'],
  ['object', 'an embedded object'],
])

/** What is reported of elements whose text stays. */
export const DROPPED: ReadonlyMap<string, string> = new Map([
  ['img', 'a picture'],
  ['picture', 'a picture'],
  ['audio', 'a sound'],
  ['video', 'a film'],
  ['embed', 'an embedded object'],
  ['table', 'the lines of a table'],
  ['math', 'the form of a formula'],
  ['input', 'a field to fill in'],
  ['select', 'a field to fill in'],
  ['textarea', 'a field to fill in'],
])

const PLAIN = new Set(
  (
    'a abbr acronym b bdi bdo big br button cite code col colgroup data datalist del dfn em font html i ins ' +
    'kbd label link map area mark meta meter noscript optgroup output param progress q rp rt ruby s samp ' +
    'small source span strike strong sub sup tbody td tfoot th thead time title track tt u var wbr center ' +
    'mi mn mo mrow msup msub mfrac mtext msqrt mstyle mtable mtr mtd semantics annotation nobr font'
  ).split(' '),
)

/** Any other name in angle brackets is text, such as `List<String>`. */
export const isShown = (name: string): boolean => PLAIN.has(name) || BREAKS.has(name) || DROPPED.has(name)
