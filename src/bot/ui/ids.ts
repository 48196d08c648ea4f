/**
 * Every button, menu and form of the bot: the name of its action and the parameters in its id. `actions/`
 * defines what each does. Messages stay, so names and the order of parameters never change. The last argument
 * is the name in version 0.2, which is read for one more release.
 */

import { CONFIDENCES } from '../../core/confidence.js'
import { LENGTHS } from '../../core/exam.js'
import { MAX_SEED } from '../../core/random.js'
import { type ActionId, actionId } from './action.js'
import {
  answerFormat,
  int,
  nested,
  oneOf,
  question,
  teamRef,
  topic,
  topicOrAll,
  topics,
  word,
  yesOrNo,
} from './params.js'

/** Questions in one run of practice. */
export const MAX_PRACTICE = 20
/** The offset of the last page of a board: a page costs as much as all pages before it. */
export const LAST_PAGE = 990

/**
 * How an item is answered, in a round, practice or an exam. `Where` and `Opening`: the parameters that name
 * the item.
 */
export interface AnswerIds<Where, Opening> {
  readonly choose: ActionId<Where & { readonly letter: string }>
  readonly chooseMany: ActionId<Where>
  /** Opens the form for an ordering or a matching. */
  readonly openForm: ActionId<Opening>
  readonly sendForm: ActionId<Where>
}

const slot = { round: int(), slot: int() }
/** The format of the item is included, so that an answer can be read without the database. */
const item = { ...slot, shape: answerFormat }
export const roundIds = {
  choose: actionId('round.choose', { ...item, letter: word }, 'pick'),
  chooseMany: actionId('round.choose-many', item, 'picks'),
  openForm: actionId('round.open-form', slot, 'fill'),
  sendForm: actionId('round.send-form', item, 'filled'),
  ask: actionId('round.ask', slot, 'ask'),
  explain: actionId('round.explain', slot, 'why'),
  /** A menu of slots. */
  explainPicked: actionId('round.explain-picked', { round: int() }, 'whys'),
  /** A message of the channel, shown again to one member. */
  show: actionId('round.show', { round: int() }, 'round'),
  showReveal: actionId('round.show-reveal', { round: int() }, 'reveal'),
}

/** Questions in total, those shown so far, items answered right, items answered, and the topic. */
const run = { total: int(MAX_PRACTICE), shown: int(), right: int(), answered: int(), topic: topicOrAll }
const practised = { question, seed: int(MAX_SEED), item: int(), ...run }
export const practiceIds = {
  choose: actionId('practice.choose', { ...practised, letter: word }, 'try'),
  chooseMany: actionId('practice.choose-many', practised, 'tries'),
  openForm: actionId('practice.open-form', practised, 'tryfill'),
  sendForm: actionId('practice.send-form', practised, 'tryfilled'),
  /** The picked answer, and how sure they are of it. */
  rate: actionId('practice.rate', { ...practised, answer: word, confidence: oneOf(...CONFIDENCES) }),
  nextPart: actionId('practice.next-part', practised, 'part'),
  next: actionId('practice.next', run, 'next'),
  more: actionId('practice.more', { topic: topicOrAll }, 'more'),
}

const exam = { exam: int() }
const examItem = { ...exam, place: int() }
const examAnswer = { ...examItem, shape: answerFormat }
export const examIds = {
  choose: actionId('exam.choose', { ...examAnswer, letter: word }),
  chooseMany: actionId('exam.choose-many', examAnswer),
  openForm: actionId('exam.open-form', examItem),
  sendForm: actionId('exam.send-form', examAnswer),
  /** Offers to begin an exam, or to continue the running one. */
  open: actionId('exam.open', {}),
  /** `pack`: its code. `workspace`: where it was asked for, since direct messages belong to none. */
  start: actionId('exam.start', { length: oneOf(...LENGTHS), extra: yesOrNo, pack: word, workspace: word }),
  show: actionId('exam.show', examItem),
  /** Shows the item that was shown last. */
  goOn: actionId('exam.go-on', exam),
  sure: actionId('exam.sure', { ...examItem, confidence: oneOf(...CONFIDENCES) }),
  flag: actionId('exam.flag', { ...examItem, on: yesOrNo }),
  overview: actionId('exam.overview', exam),
  /** A menu of items, starting at `from`. */
  pick: actionId('exam.pick', { ...exam, from: int() }),
  askToHandIn: actionId('exam.ask-to-hand-in', exam),
  handIn: actionId('exam.hand-in', exam),
  report: actionId('exam.report', exam),
  /** The nth miss, from 0. */
  miss: actionId('exam.miss', { ...exam, nth: int() }),
  plan: actionId('exam.plan', exam),
}

export const planIds = {
  /** A menu of answers a day. */
  goal: actionId('plan.goal', {}),
  clear: actionId('plan.clear', {}),
  /** A form that asks for the day of the exam, and the action that takes it. */
  openExam: actionId('plan.open-exam', {}),
  saveExam: actionId('plan.save-exam', {}),
  went: actionId('plan.went', { how: oneOf('passed', 'not-yet', 'skip') }),
}

export const linkIds = {
  /**
   * The person who typed the code of the member `first` agrees. `confirm`: that member agrees, too, to link
   * with the member `other`.
   */
  agree: actionId('link.agree', { first: int() }),
  confirm: actionId('link.confirm', { first: int(), other: int() }),
  refuse: actionId('link.refuse', { first: int() }),
  askToUnlink: actionId('link.ask-to-unlink', {}),
  unlink: actionId('link.unlink', { sure: yesOrNo }),
}

export const remindIds = {
  set: actionId('remind.set', { on: yesOrNo }),
  /** A button in a direct message, which may belong to no workspace. */
  stop: actionId('remind.stop', { member: int() }),
  later: actionId('remind.later', { member: int() }),
}

export const awayIds = {
  back: actionId('away.back', {}),
}

export const topicIds = {
  /** A form that asks what to look up, and the action that takes it. */
  ask: actionId('topic.ask', {}),
  find: actionId('topic.find', {}),
  read: actionId('topic.read', { topics }, 'topic'),
  /** The first topic, which the words of a look-up found, and the next likely ones. */
  near: actionId('topic.near', { topics }),
  show: actionId('topic.show', { topics }, 'show'),
  quiz: actionId('topic.quiz', { topics: topic }, 'quiz'),
  /** The form for a question about the topic. */
  write: actionId('topic.make', { topics: topic }),
}

const board = { span: oneOf('week', 'season', 'all-time'), whose: oneOf('members', 'teams') }
export const boardIds = {
  turn: actionId('board.turn', { ...board, offset: int(LAST_PAGE) }, 'board'),
  show: actionId('board.show', board, 'showboard'),
}

/** Opens or saves the setup of the channel's team; the ids in `teamIds` name the team. */
export const controlIds = {
  openSetup: actionId('team.open-setup', {}, 'opensetup'),
  saveSetup: actionId('team.save-setup', {}, 'setup'),
  status: actionId('team.status', {}),
  /** Acts on the team of the channel; only messages older than `act` have it. */
  now: actionId('team.now', { what: oneOf('post', 'close', 'pause', 'resume') }, 'now'),
  act: actionId('team.act', { team: int(), what: oneOf('post', 'close', 'pause', 'resume', 'keep') }),
}

export const homeIds = {
  /** Runs another action as if it was pressed in the channel of this team. */
  act: actionId('home.act', { team: int(), act: nested }),
  /** Like `act`, for an action that opens a form. */
  openForm: actionId('home.open-form', { team: int(), act: nested }),
}

export const importIds = {
  /** A form that asks for a file of questions, and the action that takes it. */
  open: actionId('import.open', {}),
  send: actionId('import.send', {}),
  /**
   * A menu of teams, for a file that came in no team's channel. `kept`: the id under which its questions
   * wait.
   */
  chooseTeam: actionId('import.choose-team', { kept: word }),
  take: actionId('import.take', { kept: word, team: int() }),
  cancel: actionId('import.cancel', { kept: word }),
}

const team = { team: int() }
/** The report of a team's weeks, and where it goes every Monday. */
export const teamReportIds = {
  show: actionId('team-report.show', team),
  toMe: actionId('team-report.to-me', team),
  /** A form that asks for a channel, and the action that takes it. */
  askChannel: actionId('team-report.ask-channel', team),
  nameChannel: actionId('team-report.name-channel', team),
  toChannel: actionId('team-report.to-channel', { ...team, channel: word }),
  stop: actionId('team-report.stop', team),
}

export const appealIds = {
  /** A form that asks why, and the action that takes it. */
  open: actionId('appeal.open', { round: int() }),
  send: actionId('appeal.send', { round: int() }),
  /** An admin's decision about a question: everybody gets the point, or the key stays. */
  give: actionId('appeal.give', slot),
  keep: actionId('appeal.keep', slot),
}

const membersPage = { team: int(), offset: int() }
export const membersIds = {
  turn: actionId('members.turn', membersPage),
  /** A menu of members. */
  askToTakeOut: actionId('members.ask-to-take-out', membersPage),
  takeOut: actionId('members.take-out', { ...membersPage, member: int(), sure: yesOrNo }),
}

export const teamIds = {
  openSetup: actionId('team.open', { team: teamRef }),
  saveSetup: actionId('team.save', { team: teamRef }),
  /** Saves the kept setup, which takes the channel of another team. */
  saveOver: actionId('team.save-over', { draft: word, over: int() }),
  list: actionId('team.list', {}),
  /** Menus of teams. */
  askToMove: actionId('team.ask-to-move', {}),
  askToRemove: actionId('team.ask-to-remove', {}),
  /**
   * Moves the team to the channel where the button is pressed; `over`: the team that gives the channel up, or
   * 0.
   */
  move: actionId('team.move', { team: int(), over: int() }),
  remove: actionId('team.remove', { team: int() }),
  /** `exam`: the code of the exam, from the team's pack, that it will prepare for. */
  chooseExam: actionId('team.choose-exam', { team: int(), exam: word }),
}

const written = { question: int(), version: int() }
/** Questions that members write. */
export const authoringIds = {
  /** A form for a new question, or for another version, and the action that takes it. */
  open: actionId('authoring.open', { team: int() }),
  openChange: actionId('authoring.open-change', written),
  save: actionId('authoring.save', { team: int() }),
  change: actionId('authoring.change', written),
  /** Saves the kept form in spite of the advice. */
  saveAnyway: actionId('authoring.save-anyway', { draft: word }),
  /** The next waiting question, after the one with that number. */
  next: actionId('authoring.next', { team: int(), after: int() }),
  approve: actionId('authoring.approve', written),
  /** A form that asks why, and the action that takes it. */
  openReject: actionId('authoring.open-reject', written),
  reject: actionId('authoring.reject', written),
  withdraw: actionId('authoring.withdraw', written),
  retire: actionId('authoring.retire', { ...written, sure: yesOrNo }),
  own: actionId('authoring.own', {}),
  /** All questions of a team, for its admins. */
  all: actionId('authoring.all', { team: int() }),
  ownPage: actionId('authoring.own-page', { offset: int() }),
  allPage: actionId('authoring.all-page', {
    ...{ team: int(), list: oneOf('all', 'waiting', 'asked'), offset: int() },
  }),
  /** A menu of questions. */
  show: actionId('authoring.show', {}),
  showOne: actionId('authoring.show-one', { question: int() }),
  /** Sent by a platform when a person chooses it for a message: `ui/message.ts`. */
  ofMessage: actionId('authoring.of-message', {}),
  /** The answer of that message's author. */
  allow: actionId('authoring.allow', { ask: int(), yes: yesOrNo }),
  leadApproves: actionId('authoring.lead-approves', { team: int(), on: yesOrNo }),
}

export const formIds = {
  /** Opens a kept form again, at a field; `-` means the first. */
  reopen: actionId('form.reopen', { draft: word, field: word }, 'reopen'),
}

export const memberIds = {
  hide: actionId('member.hide', { hidden: yesOrNo }, 'hide'),
  /** Whether the question of the day comes as a direct message, too. */
  directly: actionId('member.directly', { directly: yesOrNo }),
  mention: actionId('member.mention', { mentioned: yesOrNo }),
  /** Whether the reports of their teams name them. */
  share: actionId('member.share', { shares: yesOrNo }),
  /** Whether practice asks how sure they are. */
  rates: actionId('member.rates', { rates: yesOrNo }),
  exportData: actionId('member.export', {}, 'mydata'),
  askToForget: actionId('member.ask-to-forget', {}, 'forgetme'),
  study: actionId('member.study', {}),
  askToLeave: actionId('member.ask-to-leave', { team: int() }),
  leave: actionId('member.leave', { team: int(), sure: yesOrNo }),
  forget: actionId('member.forget', { sure: yesOrNo }, 'forget'),
  /** Also deletes the data of every linked account. */
  forgetAll: actionId('member.forget-all', { sure: yesOrNo }),
  openReport: actionId('member.open-report', { question }, 'report'),
  sendReport: actionId('member.send-report', { question }, 'reported'),
  openRoundReport: actionId('member.open-round-report', { round: int() }),
  sendRoundReport: actionId('member.send-round-report', { round: int() }),
}
