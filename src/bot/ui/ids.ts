/**
 * Every button, menu and form of the bot: the name of its action and what its id carries. What each does stands in `actions/`. Messages
 * stay, so names and the order of parameters stay too.
 */
import { type ActionId, actionId } from './action.js'
import { int, oneOf, question, shape, topic, topicOrAll, topics, word, yesOrNo } from './params.js'

/** Questions in one run of practice. */
export const MAX_PRACTICE = 20
const MAX_SEED = 2 ** 32 - 1
/** Where the last page of a board begins that can be turned to: a page costs all that come before it. */
export const LAST_PAGE = 990

/** How an item is answered, whatever asks it. `Where` and `Opening`: what says which item it is. */
export interface AnswerIds<Where, Opening> {
  readonly choose: ActionId<Where & { readonly letter: string }>
  readonly chooseMany: ActionId<Where>
  /** For an ordering or a matching. */
  readonly openForm: ActionId<Opening>
  readonly sendForm: ActionId<Where>
}

const slot = { round: int(), slot: int() }
/** The shape of the item goes along, so that an answer is read without a look into the database. */
const item = { ...slot, shape }
export const roundIds = {
  choose: actionId('pick', { ...item, letter: word }),
  chooseMany: actionId('picks', item),
  openForm: actionId('fill', slot),
  sendForm: actionId('filled', item),
  ask: actionId('ask', slot),
  explain: actionId('why', slot),
  /** A menu of slots. */
  explainPicked: actionId('whys', { round: int() }),
  /** What stands in the channel, once more for one member. */
  show: actionId('round', { round: int() }),
  showReveal: actionId('reveal', { round: int() }),
}

/** Questions in all, those shown so far, items answered right, items answered, and the topic. */
const run = { total: int(MAX_PRACTICE), shown: int(), right: int(), answered: int(), topic: topicOrAll }
const practised = { question, seed: int(MAX_SEED), item: int(), ...run }
export const practiceIds = {
  choose: actionId('try', { ...practised, letter: word }),
  chooseMany: actionId('tries', practised),
  openForm: actionId('tryfill', practised),
  sendForm: actionId('tryfilled', practised),
  nextPart: actionId('part', practised),
  next: actionId('next', run),
  more: actionId('more', { topic: topicOrAll }),
}

export const topicIds = {
  read: actionId('topic', { topics }),
  show: actionId('show', { topics }),
  quiz: actionId('quiz', { topics: topic }),
}

const board = { span: oneOf('week', 'season', 'all-time'), whose: oneOf('members', 'teams') }
export const boardIds = {
  turn: actionId('board', { ...board, offset: int(LAST_PAGE) }),
  show: actionId('showboard', board),
}

export const studyIds = {
  openSetup: actionId('opensetup', {}),
  saveSetup: actionId('setup', {}),
  now: actionId('now', { what: oneOf('post', 'close', 'pause', 'resume') }),
}

export const formIds = {
  /** Opens a kept form again, at a field; `-` means the first. */
  reopen: actionId('reopen', { draft: word, field: word }),
}

export const memberIds = {
  hide: actionId('hide', { hidden: yesOrNo }),
  exportData: actionId('mydata', {}),
  askToForget: actionId('forgetme', {}),
  forget: actionId('forget', { sure: yesOrNo }),
  openReport: actionId('report', { question }),
  sendReport: actionId('reported', { question }),
}
