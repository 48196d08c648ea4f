import { expect, it } from 'vitest'
import { conceptInWords, isOwnConcept } from '../../src/core/concept.js'
import { ask, askCase, askTemplate, choiceItem } from './questions.js'

const item = choiceItem('one', 'two')

it('a concept is told in its own words', () => {
  expect(conceptInWords(ask(item, { id: 'q', concept: 'shifting traffic' }))).toBe('shifting traffic')
})

it('a question that is its own concept is told by what it asks, since its id may say what is right', () => {
  const own = { id: 'the-answer-is-b', concept: 'the-answer-is-b' }
  expect(conceptInWords(ask(item, own))).toBe('Which?')
  expect(conceptInWords(askCase([item, item], own))).toBe('A team …')
  expect(conceptInWords(askTemplate('canary-schedule', own))).toBe('canary schedule')
})

it('is its own also where another pack had the id first', () => {
  expect(isOwnConcept({ id: 'mla/q', pack: 'mla', concept: 'q' })).toBe(true)
  expect(isOwnConcept({ id: 'mla/q', pack: 'mla', concept: 'other' })).toBe(false)
})
