/** Caches pictures that are drawn repeatedly. */
import type { Picture } from '../bot/ui/card.js'
import { createBoundedCache } from '../core/bounded-cache.js'
import type { Diagram } from '../core/model.js'

export type Draw = (picture: Picture) => Promise<Uint8Array>

/** Maximum number of pictures; each takes 20 to 80 KB. */
const KEPT = 200

/**
 * Caches diagrams, which come again with every look-up of their topic, as the same objects of the content;
 * boards and reveals do not.
 */
export function remembering(draw: Draw): Draw {
  const diagrams = createBoundedCache<Promise<Uint8Array>, Diagram>(KEPT)
  return (picture) => {
    if (picture.kind !== 'diagram') return draw(picture)
    const before = diagrams.get(picture.diagram)
    if (before) return before
    const drawn = draw(picture)
    diagrams.set(picture.diagram, drawn)
    drawn.catch(() => diagrams.delete(picture.diagram))
    return drawn
  }
}
