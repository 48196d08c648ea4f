/** Finds what is right in an item of QTI. */
import { textOf, type XmlElement } from '../xml.js'
import { allParts, attributeOf, partsOf } from './qti-markup.js'

export interface Key {
  readonly values: readonly string[]
  /** Whether one answer is to be chosen. */
  readonly isSingle: boolean
  /** What the author should look at; empty for nothing. */
  readonly remark: string
}

/** Returns what is declared as correct, or else what the points are given for; or why neither can be trusted. */
export function keyOf(item: XmlElement, interaction: XmlElement): Key | { readonly reason: string } {
  const response = attributeOf(interaction, 'responseidentifier')
  const declared = partsOf(item, 'responsedeclaration').find(
    (one) => attributeOf(one, 'identifier') === response,
  )
  const isSingle =
    attributeOf(declared, 'cardinality') === 'single' || attributeOf(interaction, 'maxchoices') === '1'
  const correct = partsOf(declared, 'correctresponse').flatMap((one) =>
    partsOf(one, 'value').map((value) => textOf(value).trim()),
  )
  const points = pointsOf(declared)
  const best = bestOf(points, isSingle)
  if (correct.length === 0 && best.length === 0 && hasOwnProcessing(item))
    return {
      reason: 'no answer is declared as right, and its points come from rules of its own, which are not read',
    }
  const isDoubtful = correct.length > 0 && bestOf(points, true).some((value) => !correct.includes(value))
  if (isDoubtful)
    return { reason: 'the points are given for another answer than the one that is declared as right' }
  const isPartly = isSingle && points.some(({ value, worth }) => worth > 0 && !best.includes(value))
  return {
    values: correct.length > 0 ? correct : best,
    isSingle,
    remark: isPartly ? 'an answer that gave a part of the points counts as wrong' : '',
  }
}

interface Points {
  readonly value: string
  readonly worth: number
}

const pointsOf = (declared: XmlElement | undefined): readonly Points[] =>
  partsOf(declared, 'mapping').flatMap((mapping) =>
    partsOf(mapping, 'mapentry').map((entry) => ({
      value: attributeOf(entry, 'mapkey'),
      worth: Number(attributeOf(entry, 'mappedvalue')) || 0,
    })),
  )

function bestOf(points: readonly Points[], isSingle: boolean): readonly string[] {
  const most = Math.max(0, ...points.map(({ worth }) => worth))
  return points.filter(({ worth }) => worth > 0 && (!isSingle || worth === most)).map(({ value }) => value)
}

const hasOwnProcessing = (item: XmlElement) =>
  partsOf(item, 'responseprocessing').some((one) => allParts(one, (kind) => kind === 'basevalue').length > 0)
