import { expect, it } from 'vitest'
import { svgOf } from '../../src/pictures/draw.js'
import { textsOf } from './svg-text.js'

const domains = [
  'The whole exam',
  '1 Data Preparation for Machine Learning (ML), with everything that belongs to it',
  '2 ML Model Development',
]
const svg = svgOf({
  kind: 'ranges',
  title: 'Right answers to expect',
  ranges: domains.map((label, i) => ({ label, low: 10 * i, high: 60 + 20 * i })),
})

/** The narrowest phone that is cared for is 360 px wide. */
it('can be read at the width of a phone', () => {
  const width = Number(/width="(\d+)"/.exec(svg)?.[1])
  const smallest = Math.min(...[...svg.matchAll(/font-size="(\d+)"/g)].map(([, size]) => Number(size)))
  expect((smallest * 360) / width).toBeGreaterThanOrEqual(12)
})

it('says every range in words beside its bar, and names each in full', () => {
  const said = textsOf(svg).join(' ')
  for (const text of [...domains, '0-60 %', '10-80 %', '20-100 %', '0 %', '50 %', '100 %'])
    expect(said).toContain(text)
})
