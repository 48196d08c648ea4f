/** Caches selected questions under what was asked for. */
import { LRUCache } from 'lru-cache'
import type { Question } from '../core/model.js'

/** The maximum number of questions in all cached selections together. */
const MAX_QUESTIONS = 200_000

export const createSelections = () =>
  new LRUCache<string, readonly Question[]>({
    maxSize: MAX_QUESTIONS,
    sizeCalculation: (selection) => selection.length + 1,
  })
