/** Draws a picture as PNG. */
import type { Picture } from '../bot/ui/card.js'
import { barsSvg } from './bars.js'
import { boardSvg } from './board.js'
import { diagramSvg } from './diagram.js'
import { fontFiles } from './fonts.js'
import { rangesSvg } from './ranges.js'
import { remembering } from './remembering.js'
import { scaleSvg } from './scale.js'
import { page, SCALE } from './svg.js'

/** Draws in this thread at double density. The same picture gives the same bytes; no data makes it throw. */
export const draw = remembering(render)

/** Like `draw`, but never cached. */
export async function render(picture: Picture): Promise<Uint8Array> {
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
    case 'scale':
      return page(scaleSvg(picture.scale))
  }
}
