// @module-tag slow
/** A mock exam in a program that is killed, and in one whose clock comes to its end. */
import { writeFileSync } from 'node:fs'
import path from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import type { Card } from '../../src/bot/ui/card.js'
import { plainCard } from '../../src/bot/ui/card.js'
import { buttonsOf } from '../helpers/bot.js'
import { examPack } from '../helpers/exam-pack.js'
import { createPrograms, type Program, type Programs } from '../helpers/program.js'
import { until } from '../helpers/until.js'
import { webPerson } from '../helpers/web-person.js'

const MINUTE = 60_000
/** The local team has a question open, which may be a case of two items. */
const content = examPack({ items: { scored: 5, unscored: 0 } })

let programs: Programs
beforeEach(() => {
  programs = createPrograms()
})
afterEach(() => programs.stop())

function cardsOf(program: Program) {
  const ann = webPerson(program.address, 'ann')
  const sees = async () =>
    (await ann.sees()).flatMap(({ id, hidden, body }) =>
      hidden && body.kind === 'card' ? [{ id, card: body.card as Card }] : [],
    )
  const last = async (title: RegExp) =>
    until(async () => (await sees()).findLast(({ card }) => title.test(card.title ?? '')))
  async function presses(title: RegExp, label: string): Promise<void> {
    const { id, card } = await last(title)
    const button = buttonsOf(card).find((one) => one.label === label)
    expect((await ann.presses(id, button?.id ?? '')).status).toBe(200)
  }
  return { ...ann, sees, last, presses }
}

async function begin(program: Program) {
  const ann = cardsOf(program)
  await ann.says('/exam')
  await ann.presses(/^Mock exam: OK-1/, 'Full: 20 minutes')
  return ann
}

it('that was killed in the middle and started after the deadline has handed in all that was pressed', async () => {
  const first = await programs.start({ CONTENT_DIR: content })
  const ann = await begin(first)
  await ann.presses(/question 1 of 5/, 'Flag')
  for (let n = 1; !buttonsOf((await ann.last(/question \d/)).card).some(({ label }) => label === 'A'); n++)
    await ann.presses(new RegExp(`question ${n} of 5`), 'Next')
  await ann.presses(/question \d/, 'A')
  await first.kill('SIGKILL')
  const again = cardsOf(await programs.start({ CONTENT_DIR: content }, 60 * MINUTE))
  const { card } = await again.last(/^Mock exam: [01] of 5 right/)
  expect(plainCard(card)).toContain('The time was over, so it was handed in as it was. 4 were left blank')
  await again.says('/exam')
  expect(plainCard((await again.last(/^Mock exam: OK-1/)).card)).toMatch(/Your last one, .*: [01] of 5 right/)
  expect((await again.sees()).filter(({ card: { title } }) => title?.includes('of 5 right'))).toHaveLength(1)
})

it('is handed in by itself within five seconds of its end', async () => {
  const shift = path.join(programs.folder, 'shift')
  writeFileSync(shift, '0')
  const program = await programs.start({ CONTENT_DIR: content, CLOCK_SHIFT_FILE: shift })
  const ann = await begin(program)
  await ann.last(/question 1 of 5/)
  // A second and a half is left then.
  writeFileSync(shift, String(20 * MINUTE - 1500))
  const end = Date.now() + 1500
  await ann.last(/^Mock exam: 0 of 5 right/)
  expect(Date.now() - end).toBeLessThan(5000)
})
