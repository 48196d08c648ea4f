/** Pictures that come again. */
import type { Picture } from '../bot/ui/card.js'
import type { Diagram } from '../core/model.js'

export type Draw = (picture: Picture) => Promise<Uint8Array>

/** Each is 20 to 80 KB. */
const KEPT = 200

/**
 * Diagrams come again with every look-up of their topic, as the very objects of the content, and are drawn
 * once; boards and reveals do not.
 */
export function remembering(draw: Draw): Draw {
  const diagrams = new Map<Diagram, Promise<Uint8Array>>()
  return (picture) => {
    if (picture.kind !== 'diagram') return draw(picture)
    const before = diagrams.get(picture.diagram)
    if (before) return before
    const drawn = draw(picture)
    const [oldest] = diagrams.keys()
    if (oldest && diagrams.size >= KEPT) diagrams.delete(oldest)
    diagrams.set(picture.diagram, drawn)
    drawn.catch(() => diagrams.delete(picture.diagram))
    return drawn
  }
}
