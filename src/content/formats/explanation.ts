/** Turns what a file says about a question as a whole into the reason of the right answer. */
import type { AuthoredItem } from '../../core/model.js'
import { LONGEST } from '../longest.js'
import { speaksOfLetters } from './item.js'

export interface Explained {
  readonly item: AuthoredItem
  /** The part of the explanation that no reason contains, in words; empty for nothing. */
  readonly lost: string
}

/**
 * Adds the explanation to the first right answer without a reason, or else appends it to the first reason.
 */
export function explained(item: AuthoredItem, explanation: string): Explained {
  const text = explanation.trim()
  if (text === '') return { item, lost: '' }
  const before = reasonOf(item)
  const { taken, lost } = fitting(text, LONGEST.why - (before === '' ? 0 : before.length + 1))
  if (taken === '' || before.includes(text)) return { item, lost: before.includes(text) ? '' : lost }
  return { item: withReason(item, before === '' ? taken : `${before}\n${taken}`), lost }
}

function fitting(text: string, room: number): { readonly taken: string; readonly lost: string } {
  const all = sentencesOf(text)
  const sentences = all.filter((sentence) => !speaksOfLetters(sentence))
  const kept: string[] = []
  for (const sentence of sentences) {
    if (kept.join('').length + sentence.trimEnd().length > room) break
    kept.push(sentence)
  }
  const taken = kept.join('').trim()
  // Sentences that are joined may together speak of letters though none of them does.
  if (speaksOfLetters(taken)) return { taken: '', lost: LETTERS }
  if (kept.length === sentences.length) return { taken, lost: all.length > sentences.length ? LETTERS : '' }
  return { taken, lost: `has ${text.length} characters; the first sentences of it are shown` }
}

const LETTERS = 'speaks of answers by their letters, which are shuffled; those sentences are left out'

/** Splits a text into sentences with their separators, so that joining them restores the text. */
const sentencesOf = (text: string) => text.match(/[\s\S]+?(?:[.!?…。](?=\s)\s+|\n+|$)/g) ?? []

function reasonOf(item: AuthoredItem): string {
  return partsOf(item)[placeOf(item)]?.why ?? ''
}

/** Returns the first right answer without a reason, else the first right answer. */
function placeOf(item: AuthoredItem): number {
  const parts = partsOf(item)
  const isRight = (i: number) => !('choices' in item) || item.choices[i]?.right === true
  const free = parts.findIndex(({ why }, i) => isRight(i) && why === '')
  return free >= 0 ? free : parts.findIndex((_, i) => isRight(i))
}

function partsOf(item: AuthoredItem): readonly { readonly why: string }[] {
  switch (item.kind) {
    case 'choice':
    case 'response':
      return item.choices
    case 'ordering':
      return item.steps
    case 'matching':
      return item.pairs
  }
}

function withReason(item: AuthoredItem, why: string): AuthoredItem {
  const place = placeOf(item)
  const put = <T extends { readonly why: string }>(parts: readonly T[]): T[] =>
    parts.map((part, i) => (i === place ? { ...part, why } : part))
  switch (item.kind) {
    case 'choice':
    case 'response':
      return { ...item, choices: put(item.choices) }
    case 'ordering':
      return { ...item, steps: put(item.steps) }
    case 'matching':
      return { ...item, pairs: put(item.pairs) }
  }
}
