// @module-tag longer
import { beforeAll, describe, expect, it } from 'vitest'
import {
  type Block,
  type Card,
  type Choosable,
  type Field,
  type Form,
  type Picture,
  plainCard,
} from '../../src/bot/ui/card.js'
import { type GalleryCard, type GalleryForm, gallery, galleryForms } from './gallery.js'

let cards: readonly GalleryCard[]
let forms: readonly GalleryForm[]

beforeAll(async () => {
  cards = await gallery()
  forms = await galleryForms()
})

const MAX_TOPICS = 1000

const everyBlock = (): { name: string; block: Block }[] => [
  ...cards.flatMap(({ name, card }) => card.blocks.map((block) => ({ name, block }))),
  ...forms.flatMap(({ name, form }) => (form.intro ?? []).map((block) => ({ name, block }))),
]
const everyField = (): { name: string; field: Field }[] =>
  forms.flatMap(({ name, form }) => form.fields.map((field) => ({ name, field })))

/** The action ids of a card's controls. */
function idsOf({ blocks }: Card): string[] {
  return blocks.flatMap((b) =>
    b.kind === 'buttons' ? b.buttons.map((one) => one.id) : b.kind === 'select' ? [b.id] : [],
  )
}

function labelsOf(block: Block): string[] {
  if (block.kind === 'buttons') return block.buttons.map((b) => b.label)
  return block.kind === 'select' ? [block.label, ...block.options.map((o) => o.label)] : []
}

const badLabel = (label: string) => label.trim() === '' || label.length > 75
const repeats = (values: readonly string[]) => values.filter((v, i) => values.indexOf(v) !== i)

function badOptions(options: readonly Choosable[], most: number): string[] {
  const values = options.map((o) => o.value)
  return [
    ...(options.length < 1 || options.length > most ? [`${options.length} options`] : []),
    ...repeats(values).map((v) => `${v} twice`),
    ...values.filter((v) => v === '' || v.length > 100).map((v) => `value ${v}`),
    ...options.map((o) => o.label).filter(badLabel),
  ]
}

/** The cards or forms in which something is wrong, with what is wrong. */
function faulty<T extends { readonly name: string }>(
  list: readonly T[],
  wrong: (one: T) => readonly string[],
): string[] {
  return list.flatMap((one) => wrong(one).map((fault) => `${one.name}: ${fault}`)).slice(0, 10)
}

/** Those of the longest content that the schema lets through, or all the others. */
function only<T extends { readonly name: string }>(list: readonly T[], from: 'real' | 'worst'): readonly T[] {
  return list.filter((one) => one.name.startsWith('worst: ') === (from === 'worst'))
}

describe('the gallery', () => {
  it('shows every kind of block', () => {
    const seen: Record<Block['kind'], boolean> = {
      ...{ text: false, note: false, heading: false, list: false, fields: false, table: false },
      ...{ code: false, image: false, buttons: false, select: false, file: false, divider: false },
    }
    for (const { block } of everyBlock()) seen[block.kind] = true
    expect(Object.entries(seen).filter(([, shown]) => !shown)).toEqual([])
  })

  it('shows every kind of field, picture and style of list', () => {
    const field: Record<Field['kind'], boolean> = {
      ...{ text: false, select: false, multi: false, channel: false, group: false, file: false },
    }
    const picture: Record<Picture['kind'], boolean> = {
      board: false,
      bars: false,
      ranges: false,
      diagram: false,
      scale: false,
    }
    const style: Record<(Block & { kind: 'list' })['style'], boolean> = {
      bullets: false,
      numbers: false,
      letters: false,
      plain: false,
    }
    for (const one of everyField()) field[one.field.kind] = true
    for (const { block } of everyBlock()) {
      if (block.kind === 'image') picture[block.picture.kind] = true
      if (block.kind === 'list') style[block.style] = true
    }
    const missing = [field, picture, style].flatMap((seen) =>
      Object.entries(seen).filter(([, shown]) => !shown),
    )
    expect(missing).toEqual([])
  })

  it('names each card and each form once', () => {
    expect(repeats(cards.map((c) => c.name))).toEqual([])
    expect(repeats(forms.map((f) => f.name))).toEqual([])
  })

  it('holds no card about a bug but the one that is meant', () => {
    expect(cards.filter((c) => c.card.title === 'Something broke on our side').map((c) => c.name)).toEqual([
      'a bug',
    ])
  })
})

describe('every card', () => {
  it('says something in plain words', () => {
    expect(faulty(cards, ({ card }) => (plainCard(card).trim() === '' ? ['empty'] : []))).toEqual([])
  })

  it('has action ids of 1 to 100 characters, each once', () => {
    const wrong = (ids: string[]) => [
      ...repeats(ids).map((id) => `${id} twice`),
      ...ids.filter((id) => id === '' || id.length > 100),
    ]
    expect(faulty(cards, ({ card }) => wrong(idsOf(card)))).toEqual([])
  })

  const badLabels = (from: 'real' | 'worst') =>
    faulty(only(cards, from), ({ card }) => card.blocks.flatMap(labelsOf).filter(badLabel))
  it('has labels of 1 to 75 characters', () => {
    expect(badLabels('real')).toEqual([])
  })

  // Titles of topics may have 80 characters, and they stand on buttons uncut.
  it('of the longest content has labels of 1 to 75 characters', () => {
    expect(badLabels('worst')).toEqual([])
  })

  it('has menus of 1 to 25 options with values of their own, of which as many can be picked as must be', () => {
    const wrong = (block: Block) => {
      if (block.kind !== 'select') return []
      const possible = block.min >= 1 && block.min <= block.max && block.max <= block.options.length
      return [
        ...badOptions(block.options, 25),
        ...(possible ? [] : [`pick ${block.min} to ${block.max} of ${block.options.length}`]),
      ]
    }
    expect(faulty(cards, ({ card }) => card.blocks.flatMap(wrong))).toEqual([])
  })

  it('describes every picture in words, in at most 2,000 characters', () => {
    const wrong = (block: Block) =>
      block.kind === 'image' && (block.alt.trim() === '' || block.alt.length > 2000) ? [block.alt] : []
    expect(faulty(cards, ({ card }) => card.blocks.flatMap(wrong))).toEqual([])
  })

  it('has no row of buttons without a button', () => {
    const wrong = (block: Block) =>
      block.kind === 'buttons' && block.buttons.length === 0 ? ['no button'] : []
    expect(faulty(cards, ({ card }) => card.blocks.flatMap(wrong))).toEqual([])
  })
})

describe('every form', () => {
  const wrongField = (field: Field): readonly string[] => {
    const label = field.label.trim() === '' || field.label.length > 150 ? [field.label] : []
    switch (field.kind) {
      case 'text':
        return [
          ...label,
          ...((field.value ?? '').length > field.max
            ? [`${field.name} holds more than ${field.max} characters`]
            : []),
        ]
      case 'channel':
      case 'group':
      case 'file':
        return label
      case 'select':
      case 'multi':
        return [...label, ...badOptions(field.options, field.name === 'topics' ? MAX_TOPICS : 25)]
    }
  }
  const wrongEnds = ({ id, title, submit }: Form) => [
    ...(id === '' || id.length > 100 ? [`id ${id}`] : []),
    ...[title, submit].filter((words) => words === '' || words.length > 24),
  ]

  it('has an id of 1 to 100 characters, and a title and a button of 1 to 24', () => {
    expect(faulty(forms, ({ form }) => wrongEnds(form))).toEqual([])
  })

  const badFields = (from: 'real' | 'worst') =>
    faulty(only(forms, from), ({ form }) => [
      ...repeats(form.fields.map((f) => f.name)),
      ...form.fields.flatMap(wrongField),
    ])
  it('has fields with names of their own, labels of 1 to 150 characters, and options that a platform can show', () => {
    expect(badFields('real')).toEqual([])
  })

  // Titles of topics may have 80 characters, and they stand in the setup uncut.
  it('of the longest content has fields that a platform can show', () => {
    expect(badFields('worst')).toEqual([])
  })

  const unpickable = (from: 'real' | 'worst') =>
    faulty(only(forms, from), ({ form }) =>
      form.fields.flatMap((field) => {
        if (field.kind !== 'select' && field.kind !== 'multi') return []
        const picked = field.kind === 'multi' ? field.values : field.value === undefined ? [] : [field.value]
        return picked.filter((value) => !field.options.some((o) => o.value === value))
      }),
    )
  it('starts its fields from values that can be picked', () => {
    expect(unpickable('real')).toEqual([])
  })

  // A topic of the team that has lost its questions is still picked, though it is no option any more.
  it('of a team with topics that are gone starts its fields from values that can be picked', () => {
    expect(unpickable('worst')).toEqual([])
  })
})
