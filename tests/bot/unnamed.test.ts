import { describe, expect, it } from 'vitest'
import { unnamed } from '../../src/bot/member/unnamed.js'

const ann = { id: 'u-ann', name: 'Ann' }
const card = (...blocks: unknown[]) => ({ kind: 'card', card: { title: 'Ann: week', blocks } })

describe('a message without somebody who was forgotten', () => {
  it.each([
    [
      { kind: 'said', text: 'Ann? ANN, Anna and Ann’s' },
      { kind: 'said', text: 'A former member? ANN, Anna and A former member’s' },
    ],
    [
      { kind: 'typed', text: '/explain Ann' },
      { kind: 'typed', text: '/explain A former member' },
    ],
    [
      { kind: 'text', text: ['by ', { member: 'u-ann', name: 'Annie' }, '.'] },
      { kind: 'text', text: ['by ', 'A former member', '.'] },
    ],
    [
      { kind: 'text', text: [{ member: 'u-ben', name: 'Ben' }] },
      { kind: 'text', text: [{ member: 'u-ben', name: 'Ben' }] },
    ],
    [null, null],
    [
      { n: 1, yes: true, none: null },
      { n: 1, yes: true, none: null },
    ],
  ])('%j becomes %j', (body, without) => {
    expect(unnamed(body, ann)).toEqual(without)
  })

  it('loses the name in boards, their pictures and the words for these, and keeps what its buttons do', () => {
    const rows = [{ rank: 1, name: 'Ann', points: '10', share: 1, mine: false }]
    const buttons = { kind: 'buttons', buttons: [{ id: 'board:Ann', label: 'Ann' }] }
    const image = { kind: 'image', picture: { kind: 'board', title: 'Week', rows }, alt: 'Week. 1. Ann, 10.' }
    const list = { kind: 'list', items: [[{ bold: ['1. Ann'] }, ': 10 points']] }
    const before = JSON.stringify(card(image, list, buttons))
    const after = unnamed(JSON.parse(before), ann)
    expect(JSON.stringify(after)).toBe(
      before.replaceAll('Ann', 'A former member').replace('board:A former member', 'board:Ann'),
    )
  })

  it('may have had any name', () => {
    for (const name of ['A.B', '(x)', '$&', 'Zoë "Z" \\ O’Hara', '李雷', ''])
      expect(unnamed({ text: `<${name}>` }, { id: 'u', name })).toEqual({
        text: name === '' ? '<>' : '<A former member>',
      })
    expect(unnamed({ text: 'AxB' }, { id: 'u', name: 'A.B' })).toEqual({ text: 'AxB' })
  })
})
