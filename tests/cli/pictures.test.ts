import { performance } from 'node:perf_hooks'
import { expect, it } from 'vitest'
import type { Picture } from '../../src/bot/ui/card.js'
import { draw } from '../../src/pictures/draw.js'
import { createDrawer } from '../../src/pictures/draw-apart.js'

const pipeline = (label: string): Picture => ({
  kind: 'diagram',
  diagram: {
    alt: 'A push starts a build.',
    boxes: [
      { id: 'push', label },
      { id: 'build', label: 'Build & test' },
    ],
    arrows: [{ from: 'push', to: 'build' }],
  },
})

it('draws the same picture as this thread, which goes on meanwhile; what cannot be drawn fails alone', {
  tags: ['slow'],
}, async () => {
  const apart = createDrawer()
  await apart(pipeline('Warm'))
  const before = performance.eventLoopUtilization()
  const pictures = Array.from({ length: 10 }, (_, i) => pipeline(`Push ${i}`))
  const broken = { kind: 'diagram', diagram: undefined } as unknown as Picture
  const [failed, ...drawn] = await Promise.allSettled([broken, ...pictures].map(apart))
  const here = performance.eventLoopUtilization(before)
  expect(failed?.status).toBe('rejected')
  const same = await Promise.all(pictures.map(draw))
  expect(drawn).toEqual(same.map((value) => ({ status: 'fulfilled', value: new Uint8Array(value) })))
  const both = performance.eventLoopUtilization(before)
  expect(here.active).toBeLessThan((both.active - here.active) / 3)
})
