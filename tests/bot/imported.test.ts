/** A pack of nothing but a question file of another program: no topics, no reasons, and two choices. */
import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { plainCard } from '../../src/bot/ui/card.js'
import { labelsOf, startBot } from '../helpers/bot.js'

const QUESTION = `- id: ship-1
  kind: choice
  stem: Does a ship float?
  choices: [{ text: It does, right: true }, { text: It sinks }]
  imported: true
  sources: { documents: [harbour.gift], checked: none }
`

function packOf(questions: string): string {
  const content = mkdtempSync(join(tmpdir(), 'cohort-imported-'))
  mkdirSync(join(content, 'ships/all'), { recursive: true })
  writeFileSync(
    join(content, 'ships/pack.yaml'),
    'title: Ships\nsections: [{ id: all, number: 1, title: All }]\n',
  )
  writeFileSync(join(content, 'ships/all/ships.questions.yaml'), questions)
  return content
}

it('is asked, answered and revealed, and says where it is from and that nobody gave reasons', async () => {
  const bot = await startBot({ content: packOf(QUESTION) })
  await bot.team()
  await bot.at('2026-11-02T08:00:00Z').tick()
  const asked = bot.last()
  expect(plainCard(asked)).toContain('Applied · Imported')
  expect(labelsOf(asked)).toEqual(['A', 'B', 'Report a problem'])

  const ann = bot.person('ann')
  await ann.answers(['It sinks'], asked)
  expect(ann.card.title).toBe('Not this time')
  expect(ann.sees).toMatch(/✗ [AB]: It sinks \(your pick\)$/m)
  expect(ann.sees).toMatch(/✓ [AB]: It does$/m)
  expect(ann.sees.match(/No reasons were given\./g)).toHaveLength(1)
  expect(ann.sees).toContain('Imported from harbour.gift')

  await bot.at('2026-11-02T20:00:00Z').tick()
  const reveal = plainCard(bot.last())
  expect(reveal).toMatch(/Answer: [AB]: It does/)
  expect(reveal.match(/No reasons were given\./g)).toHaveLength(1)
  expect(reveal).toContain('Imported from harbour.gift')
  expect(reveal).not.toMatch(/Why:|misconception/)

  await ann.says('/study status')
  expect(ann.sees).toMatch(/Missed lately\s+• Does a ship float\?/)
  await ann.says('/quiz')
  expect(ann.sees).toContain('Applied · Imported')
  await ann.answers(['It sinks'])
  expect(ann.sees.match(/No reasons were given\./g)).toHaveLength(1)
  expect(ann.sees).not.toContain('misconception')

  await ann.says('/explain ship')
  expect(ann.card.title).toBe('Not covered')
  const ada = bot.person('ada')
  await ada.says('/team setup')
  expect(ada.form.fields.map(({ name }) => name)).not.toContain('topics')
  expect(bot.errors).toEqual([])
})
