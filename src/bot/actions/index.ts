/** Every action, by hand: nothing is loaded because a file happens to lie somewhere. */
import type { Action } from '../ui/action.js'
import { answerActions } from './answer.js'
import { boardActions } from './board.js'
import { lookUpActions } from './look-up.js'
import { memberActions } from './member.js'
import { practiceActions } from './practice.js'
import { shownAgainActions } from './shown-again.js'
import { studyActions } from './study.js'

export const actions: readonly Action[] = [
  answerActions,
  shownAgainActions,
  practiceActions,
  lookUpActions,
  boardActions,
  studyActions,
  memberActions,
].flat()
