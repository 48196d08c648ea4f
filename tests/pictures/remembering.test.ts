import { expect, it } from 'vitest'
import type { Diagram } from '../../src/core/model.js'
import { remembering } from '../../src/pictures/remembering.js'

const diagram = (): Diagram => ({ alt: 'Any', boxes: [], arrows: [] })

it('a diagram that people look up again and again stays, however many others come', async () => {
  const drawn: Diagram[] = []
  const draw = remembering(async (picture) => {
    if (picture.kind === 'diagram') drawn.push(picture.diagram)
    return new Uint8Array()
  })
  const popular = diagram()
  for (let i = 0; i < 300; i++) {
    await draw({ kind: 'diagram', diagram: popular })
    await draw({ kind: 'diagram', diagram: diagram() })
  }
  expect(drawn.filter((one) => one === popular)).toHaveLength(1)
})
