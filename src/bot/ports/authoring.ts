/** The database's verbs about questions that members of teams write. */
import type { WrittenQuestion } from '../../content/written.js'
import type { DraftState, Refusal } from '../../core/authoring.js'
import type { Question } from '../../core/model.js'
import type { UserKey } from './keys.js'

/** A person in a team, as the platform knows them. */
export interface Actor extends UserKey {
  /** The name that the platform shows, stored with a new member. */
  readonly name: string
  /** An admin: they need not have joined the team. */
  readonly isLead: boolean
}

export interface NewTeamQuestion {
  readonly team: number
  readonly pack: string
  readonly content: WrittenQuestion
  readonly now: number
  /** The kept form that it comes from. Only the request that deletes the form creates a question from it. */
  readonly kept?: string
}

/** A question of a team in its current version. */
export interface TeamQuestion {
  readonly id: number
  readonly team: number
  readonly pack: string
  readonly state: DraftState
  readonly version: number
  readonly content: WrittenQuestion
  readonly isFromNotes: boolean
  /** An admin imported it from a file. */
  readonly isImported?: true
  /** Its id among all questions that are asked, once it was approved. */
  readonly question: string | undefined
  /** The number of its author while the author is known; the name is missing if the author hides it. */
  readonly author: number | undefined
  readonly authorName: string | undefined
  /** A person who wrote a version of it is still known and can change it, in any state. */
  readonly hasWriters: boolean
  /** Names of its writers and of those who approved this version, without those who hide theirs. */
  readonly writers: readonly string[]
  readonly approvers: readonly string[]
  /** The number of approvals of this version, and the number that it needs. */
  readonly approvals: number
  readonly needed: number
  /** Members who may decide on it: those who wrote no version. */
  readonly others: number
  /** The latest reason for which this version was rejected. */
  readonly reason: string | undefined
  /** The asker is its author, or wrote a version of it. */
  readonly isOwn: boolean
  readonly isWriter: boolean
  /** The asker has approved this version. */
  readonly isApproved: boolean
  /** Answers of others to it in rounds that are over, and whether its author got the points for them. */
  readonly answers: number
  readonly isCredited: boolean
}

/** An act on a question, on the version that the person saw. */
export type QuestionAct = { readonly version: number } & (
  | { readonly kind: 'edit'; readonly content: WrittenQuestion; readonly kept?: string }
  /** `asked`: makes the question as it will be asked, if this is the last approval that it needs. */
  | { readonly kind: 'approve'; readonly asked: (id: string, question: TeamQuestion) => Question }
  | { readonly kind: 'reject'; readonly reason: string }
  | { readonly kind: 'withdraw' | 'retire' }
)

/**
 * `not-member`: the person has not joined the team, is no admin and not its author. `same`: the team already
 * has a question in these words. `sent`: the kept form is gone.
 */
export type NotDone = { readonly refused: Refusal | 'not-member' | 'same' | 'sent' }

/** Which questions of a team are listed. */
export type QuestionList = 'all' | 'waiting' | 'asked'

/** A page of a list, and how many questions each list has. */
export interface QuestionPage {
  readonly questions: readonly TeamQuestion[]
  readonly offset: number
  readonly totals: Readonly<Record<QuestionList, number>>
}

export interface PageOf {
  readonly offset: number
  readonly limit: number
}

/** A change of a question that all processes must know: `question` is undefined while it is not asked. */
export interface AskedChange {
  readonly id: number
  readonly team: number
  readonly question: Question | undefined
}

export interface AskedChanges {
  readonly changes: readonly AskedChange[]
  /** The latest change that is included. */
  readonly stamp: number
  /**
   * The number of questions asked in total. It is smaller than the number known after these changes if some
   * were deleted.
   */
  readonly count: number
}

/** The teams whose questions a person may be asked, and the questions whose keys the person knows. */
export interface OwnScope {
  /** Teams that the person has joined. */
  readonly teams: readonly number[]
  /** Ids of questions. */
  readonly known: readonly string[]
}

/** A request to make a question of a message; the message itself is not stored. */
export interface MessageAsk extends UserKey {
  /** The platform's own id of the person who wrote it. */
  readonly author: string
  /** A hash that identifies the message. */
  readonly hash: Uint8Array
  readonly now: number
}

/**
 * The most messages about which one person may ask in a day, not counting those whose author has said yes.
 */
export const MOST_ASKS = 5

/**
 * `new`: the author of the message must be asked, under this number. `many`: this person has asked about
 * enough messages for now.
 */
export type Asked = { readonly id: number; readonly state: 'new' | 'waits' | 'yes' | 'no' | 'many' }

export interface AuthoringStore {
  /** Stores the request for a day. Undefined when the workspace does not exist. */
  askOfMessage(ask: MessageAsk): Promise<Asked | undefined>
  /** Deletes the request, for an author who could not be asked. */
  dropMessageAsk(id: number): Promise<void>
  /**
   * Stores the author's answer; only the first one counts. Returns the user who had asked; undefined if
   * `author` is not the author, or once it is decided.
   */
  answerMessageAsk(author: UserKey, id: number, isAllowed: boolean, now: number): Promise<string | undefined>

  /** The limit that would refuse a new question of this person; undefined if none would. */
  writeRefusal(who: UserKey, team: number): Promise<NotDone['refused'] | undefined>
  /** Undefined when the workspace or the team does not exist. */
  writeQuestion(who: Actor, question: NewTeamQuestion): Promise<TeamQuestion | NotDone | undefined>
  /**
   * Adds a question that a program made from notes to the team's queue; nobody wrote it. `draft`: its id in
   * the pack. Returns false if the queue is full, the team is gone, or it has already had that draft.
   */
  addMadeQuestion(question: NewTeamQuestion & { readonly draft?: string }): Promise<boolean>
  /**
   * Takes their copies of drafts away from teams: all copies of approved drafts, which are questions of the
   * pack by now; of rejected drafts, the copies that nobody in the team has changed or approved. Returns how
   * many there were.
   */
  retireMade(
    pack: string,
    decided: { readonly approved: readonly string[]; readonly rejected: readonly string[] },
    now: number,
  ): Promise<number>
  /**
   * Takes waiting copies of drafts away from teams where nobody has changed or approved them and the notes
   * are gone: all their topics are, or the pack no longer has the draft. `drafts`: the ids that it has;
   * undefined if that is not certain. Drafts that come back are added again. Returns how many there were.
   */
  dropMade(
    pack: string,
    left: { readonly topics: readonly string[]; readonly drafts: readonly string[] | undefined },
    now: number,
  ): Promise<number>
  /** The drafts of a pack that a team has received, and how many of those wait. */
  madeQuestions(
    team: number,
    pack: string,
  ): Promise<{ readonly drafts: readonly string[]; readonly waiting: number }>
  /**
   * Performs the act if it is allowed at this moment. If two people press at once, each counts once, and only
   * for the current version. Undefined for a question that belongs to no team of the workspace.
   */
  actOnQuestion(
    who: Actor,
    id: number,
    act: QuestionAct,
    now: number,
  ): Promise<TeamQuestion | NotDone | undefined>
  /** Undefined for a person who has not joined the team, is no admin and not its author. */
  teamQuestion(who: Actor, id: number): Promise<TeamQuestion | undefined>
  /**
   * Returns the question after `after` that has waited longest and that this member may decide on; from now
   * on the member knows its key. Undefined if none is left.
   */
  nextToReview(who: Actor, team: number, after: number): Promise<TeamQuestion | undefined>
  /** Records that this person sees its key. */
  noteKnown(who: Actor, id: number): Promise<void>
  /** The reason why a change by this person would be refused now; undefined if it would not be. */
  changeRefusal(who: Actor, id: number): Promise<NotDone['refused'] | undefined>
  /** The number of questions that wait for a decision of this member; without `who`, of any member. */
  waitingQuestions(team: number, who?: Actor): Promise<number>
  /** Questions that this person wrote in any team of the workspace, latest first. */
  ownQuestions(who: UserKey, page: PageOf): Promise<QuestionPage>
  /** Questions of the team that are not rejected, waiting ones first, for an admin. */
  allQuestions(who: Actor, team: number, list: QuestionList, page: PageOf): Promise<QuestionPage>
  /** Open or asked questions of the team, to find those that are like a new one. */
  questionsOfTeam(team: number): Promise<{ readonly id: number; readonly content: WrittenQuestion }[]>
  /** Changes since then of the questions that are asked. */
  askedSince(stamp: number): Promise<AskedChanges>
  ownScope(who: UserKey): Promise<OwnScope>
  /** The topics of questions that teams wrote, by their ids, whether or not they are asked now. */
  topicsOfWritten(
    questions: readonly string[],
  ): Promise<ReadonlyMap<string, { readonly pack: string; readonly topics: readonly string[] }>>
  /** Whether the approval of one admin is enough in this team. */
  leadApproves(team: number): Promise<boolean>
  letLeadApprove(team: number, isAllowed: boolean): Promise<void>
}
