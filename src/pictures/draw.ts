/** A picture as PNG. */
import type { Picture } from '../bot/ui/card.js'
import type { Diagram } from '../core/model.js'
import { barsSvg } from './bars.js'
import { boardSvg } from './board.js'
import { diagramSvg } from './diagram.js'
import { fontFiles } from './fonts.js'
import { rangesSvg } from './ranges.js'
import { page, SCALE } from './svg.js'

/** Each is 20 to 80 KB. */
const KEPT = 200
/**
 * Diagrams come again with every look-up of their topic, as the very objects of the content; boards and
 * reveals do not.
 */
const diagrams = new Map<Diagram, Promise<Uint8Array>>()

/** At double density. The same picture gives the same bytes; no data makes it throw. */
export function draw(picture: Picture): Promise<Uint8Array> {
  if (picture.kind !== 'diagram') return render(picture)
  const before = diagrams.get(picture.diagram)
  if (before) return before
  const drawn = render(picture)
  const [oldest] = diagrams.keys()
  if (oldest && diagrams.size >= KEPT) diagrams.delete(oldest)
  diagrams.set(picture.diagram, drawn)
  drawn.catch(() => diagrams.delete(picture.diagram))
  return drawn
}

async function render(picture: Picture): Promise<Uint8Array> {
  const { renderAsync } = await import('@resvg/resvg-js')
  const font = { fontFiles: [...fontFiles], loadSystemFonts: false, defaultFontFamily: 'Inter' }
  const image = await renderAsync(svgOf(picture), { font, fitTo: { mode: 'zoom', value: SCALE } })
  return image.asPng()
}

export function svgOf(picture: Picture): string {
  switch (picture.kind) {
    case 'board':
      return page(boardSvg(picture))
    case 'bars':
      return page(barsSvg(picture))
    case 'ranges':
      return page(rangesSvg(picture))
    case 'diagram':
      return page(diagramSvg(picture.diagram))
  }
}
