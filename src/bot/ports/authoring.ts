/** What is asked of the database about questions that members of teams write. */
import type { WrittenQuestion } from '../../content/written.js'
import type { DraftState, Refusal } from '../../core/authoring.js'
import type { Question } from '../../core/model.js'
import type { UserKey } from './keys.js'

/** Somebody of the team, as their platform knows them. */
export interface Actor extends UserKey {
  /** The name that the platform shows, kept with a member who is new. */
  readonly name: string
  /** An admin: they need not have joined the team. */
  readonly isLead: boolean
}

export interface NewTeamQuestion {
  readonly team: number
  readonly pack: string
  readonly content: WrittenQuestion
  readonly now: number
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
  /** The number of its author, while they are known. */
  readonly author: number | undefined
  /** Names of its writers and of those who approved this version, without those who hide theirs. */
  readonly writers: readonly string[]
  readonly approvers: readonly string[]
  /** How many have approved this version, and how many have to. */
  readonly approvals: number
  readonly needed: number
  /** Why it was rejected last, in this version. */
  readonly reason: string | undefined
  /** Whoever asks is its author, or wrote a version of it. */
  readonly isOwn: boolean
  readonly isWriter: boolean
  /** Whoever asks has approved this version. */
  readonly isApproved: boolean
  /** Answers of others to it in rounds that are over, and whether its author got the points for them. */
  readonly answers: number
  readonly isCredited: boolean
}

/** What somebody does with a question, on the version that they saw. */
export type QuestionAct = { readonly version: number } & (
  | { readonly kind: 'edit'; readonly content: WrittenQuestion }
  /** `asked`: the question as it is asked once this is the last approval that it needs. */
  | { readonly kind: 'approve'; readonly asked: (id: string, question: TeamQuestion) => Question }
  | { readonly kind: 'reject'; readonly reason: string }
  | { readonly kind: 'withdraw' | 'retire' }
)

/** `not-member`: they have not joined the team and do not lead it. */
export type NotDone = { readonly refused: Refusal | 'not-member' }

/** A question as all processes are to know it: `question` is undefined while it is not asked. */
export interface AskedChange {
  readonly id: number
  readonly team: number
  readonly question: Question | undefined
}

export interface AskedChanges {
  readonly changes: readonly AskedChange[]
  /** Up to which change this goes. */
  readonly stamp: number
  /** How many are asked in all: fewer than are known after these changes when some were deleted. */
  readonly count: number
}

/** What a person may be asked, of teams, and what they know the key of. */
export interface OwnScope {
  /** Teams that they have joined. */
  readonly teams: readonly number[]
  /** Ids of questions. */
  readonly known: readonly string[]
}

/** Somebody wants to make a question of a message; the message itself is not stored. */
export interface MessageAsk extends UserKey {
  /** The platform's own id of whoever wrote it. */
  readonly author: string
  /** Of the message: tells it from all others. */
  readonly hash: Uint8Array
  readonly now: number
}

/** `new`: its author is to be asked, under this number. */
export type Asked = { readonly id: number; readonly state: 'new' | 'waits' | 'yes' | 'no' }

export interface AuthoringStore {
  /** For a day. Undefined when the workspace is not there. */
  askOfMessage(ask: MessageAsk): Promise<Asked | undefined>
  /** It could not be asked. */
  dropMessageAsk(id: number): Promise<void>
  /** The first word of its author counts. Returns who had asked; undefined for everybody else, and once it is decided. */
  answerMessageAsk(author: UserKey, id: number, isAllowed: boolean, now: number): Promise<string | undefined>

  /** Undefined when the workspace or the team is not there. */
  writeQuestion(who: Actor, question: NewTeamQuestion): Promise<TeamQuestion | NotDone | undefined>
  /**
   * A program made it of notes: it waits in the team's queue, and nobody wrote it. `draft`: its id in the pack. False:
   * the queue is full, the team is gone, or it has had that draft.
   */
  addMadeQuestion(question: NewTeamQuestion & { readonly draft?: string }): Promise<boolean>
  /** What a team was given of the drafts of a pack, and how many of those wait. */
  madeQuestions(
    team: number,
    pack: string,
  ): Promise<{ readonly drafts: readonly string[]; readonly waiting: number }>
  /**
   * Does it, if it is allowed at this moment: of two who press at once each counts once, and only on the version
   * that there is. Undefined for a question that is not of a team of the workspace.
   */
  actOnQuestion(
    who: Actor,
    id: number,
    act: QuestionAct,
    now: number,
  ): Promise<TeamQuestion | NotDone | undefined>
  /** Undefined for whoever has not joined the team, and does not lead it. */
  teamQuestion(who: Actor, id: number): Promise<TeamQuestion | undefined>
  /**
   * The one that waits longest of those behind `after` that this member may decide on; from now on they know its
   * key. Undefined when none is left.
   */
  nextToReview(who: Actor, team: number, after: number): Promise<TeamQuestion | undefined>
  /** Somebody sees its key. */
  noteKnown(who: Actor, id: number): Promise<void>
  /** How many wait for a decision that is not this member's already; of everybody without one. */
  waitingQuestions(team: number, who?: UserKey): Promise<number>
  /** Written by them, in whatever team of the workspace, the latest first. */
  ownQuestions(who: UserKey, limit: number): Promise<TeamQuestion[]>
  /** All of the team that are not rejected, those that wait first, for whoever leads it. */
  allQuestions(who: Actor, team: number, limit: number): Promise<TeamQuestion[]>
  /** Of the team, open or asked: to see whether a new one is like it. */
  questionsOfTeam(team: number): Promise<{ readonly id: number; readonly content: WrittenQuestion }[]>
  /** What has changed of what is asked since. */
  askedSince(stamp: number): Promise<AskedChanges>
  ownScope(who: UserKey): Promise<OwnScope>
  /** Whether the yes of one lead is enough there. */
  leadApproves(team: number): Promise<boolean>
  letLeadApprove(team: number, isAllowed: boolean): Promise<void>
}
