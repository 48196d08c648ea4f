/** Questions that were selected, kept under what was asked for. */
import { LRUCache } from 'lru-cache'
import type { Question } from '../core/model.js'

/** Questions in all selections that are kept together. */
const MAX_QUESTIONS = 200_000

export const createSelections = () =>
  new LRUCache<string, readonly Question[]>({
    maxSize: MAX_QUESTIONS,
    sizeCalculation: (selection) => selection.length + 1,
  })
