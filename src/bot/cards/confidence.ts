/**
 * The cards about how sure a person is: one asks after each answer, others report to them once there is
 * enough to say.
 */

import { CALIBRATED_FROM, type Calibration, CONFIDENCES, type Confidence } from '../../core/confidence.js'
import type { Answer } from '../../core/model.js'
import { type Block, bold, button, buttons, type Card, heading, note, text } from '../ui/card.js'
import { percent } from './wording.js'

export const LABELS: Readonly<Record<Confidence, string>> = { guess: 'Guess', think: 'Think', sure: 'Sure' }
const SAID: Readonly<Record<Confidence, string>> = {
  guess: 'that you guessed',
  think: 'that you think so',
  sure: 'sure',
}

/** `idOf`: the action that takes a level. */
export const sureButtons = (idOf: (level: Confidence) => string): Block[] =>
  buttons(...CONFIDENCES.map((level) => button(idOf(level), LABELS[level])))

/** `idOf`: the action that takes the answer with this confidence. */
export function sureCard(stem: string, answer: Answer, idOf: (confidence: Confidence) => string): Card {
  return {
    title: 'How sure are you?',
    blocks: [
      text(stem),
      text(
        'You picked ',
        bold(answer.split('').join(', ')),
        '. Say how sure you are, and you see whether it is right.',
      ),
      ...sureButtons(idOf),
    ],
  }
}

export function calibrationBlocks(levels: readonly Calibration[]): Block[] {
  if (levels.length === 0) return []
  return [
    heading('How sure, and how right'),
    ...levels.map(({ confidence, share }) =>
      text(`When you said ${SAID[confidence]}, you were right ${percent(share)} % of the time.`),
    ),
    note(`From ${CALIBRATED_FROM} answers of a kind on. Only you see this.`),
  ]
}

export function ratesCard(rates: boolean): Card {
  return rates
    ? {
        title: 'You are asked how sure you are',
        blocks: [
          text(
            'In practice, after each pick and before you see the reason: Guess, Think or Sure. In a mock exam, below your answer, if you like. A right guess comes back sooner, and what you were sure of and missed leads your list.',
          ),
        ],
      }
    : {
        title: 'Practice asks for the answer alone',
        blocks: [text('How sure you are is not asked any more.')],
      }
}

export const RATES_NO_MEMBER =
  'Nothing is stored about you here yet. Answer one question, and then you can choose this.'
