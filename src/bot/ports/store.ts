/**
 * What the bot asks of its memory: verbs of the domain, each one atomic act. Times are epoch milliseconds,
 * dates are ISO local dates, `user`, `workspace` and `channel` are the platform's own ids.
 */
import type { Confidence } from '../../core/confidence.js'
import type { Answer, Member, Question, Ranked, Round, Schedule, Streak, Team } from '../../core/model.js'
import type { FormValues } from './chat.js'
import type { ExamStore } from './exams.js'
import type { BrokenStreak, HabitStore } from './habits.js'
import type { ItemFigureStore } from './item-figures.js'
import type { LearningStore } from './learning.js'
import type { LinkingStore } from './linking.js'
import type { ReportStore } from './reports.js'
import type { ReportOrder, TeamReportStore } from './team-reports.js'

export interface Store
  extends LearningStore,
    LinkingStore,
    ExamStore,
    HabitStore,
    TeamReportStore,
    ReportStore,
    ItemFigureStore {
  // ---- questions: every version that was ever posted can be instantiated again -------------
  /**
   * Returns the same questions, each with its number and the id that no question of another pack has. The id
   * of an earlier one stays.
   */
  saveQuestions(questions: readonly Question[]): Promise<Question[]>
  /** The id that `saveQuestions` has given a question of this pack and of this id in its file. */
  questionId(question: Pick<Question, 'pack' | 'id'>): Promise<string | undefined>
  question(id: string, version: string): Promise<Question | undefined>
  /** The version that has this number. */
  questionNumbered(number: number): Promise<Question | undefined>
  questionVersions(id: string): Promise<Question[]>

  // ---- workspaces ---------------------------------------------------------------------- Nothing but
  // `openWorkspaces` makes one, and every verb takes one that was removed for one that is not there.
  /**
   * The bot is in these: each is there from now on, whatever was marked of it. Returns those that had been
   * removed.
   */
  openWorkspaces(platform: string, ids: readonly string[]): Promise<string[]>
  /** Those of a platform that were not removed, by the platform's own ids. */
  workspaces(platform: string): Promise<string[]>
  /**
   * Marks one that the bot has left; it is deleted after seven days. False when it was marked already, or has
   * been installed again since
   * `leftAt` (word of a removal may come late).
   */
  removeWorkspace(workspace: WorkspaceKey, now: number, leftAt?: number): Promise<boolean>
  /** The platform does not know it; returns on how many days in a row, once a day. */
  missWorkspace(workspace: WorkspaceKey, now: number): Promise<number | undefined>
  /** Takes the mark away; false when there was none. */
  keepWorkspace(workspace: WorkspaceKey): Promise<boolean>
  /** Those that are marked, on every platform. */
  removedWorkspaces(): Promise<WorkspaceKey[]>
  /**
   * Deletes those of the platforms that were marked seven days ago or more, some of them a day when limited;
   * undefined when another process is at it.
   */
  purgeDue(now: number, platforms: readonly string[], isLimited: boolean): Promise<Purged | undefined>
  /** Deletes a marked workspace and all that hangs on it at once; false when there is no such. */
  purgeWorkspace(workspace: WorkspaceKey): Promise<boolean>
  /**
   * The platform refuses the token of a workspace, or of all of them: after three days without an acceptance
   * nothing is posted there. Returns those for which that is new.
   */
  refuseToken(platform: string, workspace: string | undefined, now: number): Promise<Refusal[]>
  /** It takes the token again. Returns those that it had refused. */
  acceptToken(platform: string, workspace?: string): Promise<string[]>
  /** Those of a platform whose token is refused. */
  refusedWorkspaces(platform: string): Promise<string[]>
  storedWorkspaces(): Promise<StoredWorkspace[]>
  workspaceCounts(): Promise<WorkspaceCounts[]>
  /** To which application of a platform what is stored belongs. */
  application(platform: string): Promise<Application>
  /** False when it is no longer what it was `before`. */
  saveApplication(platform: string, application: Application, before: Application): Promise<boolean>

  // ---- the welcome to where the bot was added ---------------------------------------------
  /** One is due in this channel, or where the platform says; nothing happens when there was one before. */
  addGreeting(place: PlaceKey, now: number): Promise<void>
  /**
   * The same for workspaces that added the bot at some time. Nothing happens for those of before there were
   * welcomes (`Platform.greetsFrom`). Returns how many are due that were not.
   */
  addGreetings(platform: string, arrivals: readonly Arrival[], now: number): Promise<number>
  greetingsDue(platform: string, now: number): Promise<Greeting[]>
  /** False when another process has it. It is due again then, unless it has ended. */
  claimGreeting(greeting: Greeting, nextTryAt: number): Promise<boolean>
  /** It is out, or given up. */
  endGreeting(place: PlaceKey): Promise<void>

  // ---- what was shown to channels lately ------------------------------------------------
  /**
   * Undefined: show it now. Else when it was shown, for an hour: whoever was told so and presses once more a
   * while later has looked for it in vain, and gets it again.
   */
  claimShown(place: PlaceKey, what: string, now: number): Promise<number | undefined>

  // ---- teams ---------------------------------------------------------------------------
  teamIn(place: PlaceKey): Promise<Team | undefined>
  /** Those that have a channel with this id, or a round open in it, of whatever workspace, oldest first. */
  teamsInChannel(platform: string, channel: string): Promise<Team[]>
  /** All teams of a workspace, oldest first, or the first of them. */
  teamsOf(workspace: WorkspaceKey, limit?: number): Promise<Team[]>
  /** The teams that this user has joined and not left, oldest first. */
  teamsJoined(who: UserKey): Promise<Team[]>
  team(workspace: WorkspaceKey, id: number): Promise<Team | undefined>
  /** All of a workspace, oldest first. */
  teams(workspace: WorkspaceKey): Promise<ListedTeam[]>
  /**
   * Creates a team, or changes the one with the id; its channel may be another one from now on. `over`: the
   * team that gives up the channel, and is paused until it is moved.
   */
  saveTeam(setup: TeamSetup, over?: number): Promise<Saved>
  /** Another channel, and all else as it is. A team that was paused because its channel was gone goes on. */
  moveTeam(move: TeamMove): Promise<Saved>
  /** Deletes a team with its rounds, their answers, and its boards; false when there is none. */
  removeTeam(workspace: WorkspaceKey, id: number): Promise<boolean>
  /** Pauses a team, since its channel is gone; false when it is paused already, or not there. */
  channelGone(team: number, now: number): Promise<boolean>
  /** Up to `limit` teams that are not paused and come after the team with that id, by id. */
  teamsAfter(id: number, limit: number): Promise<Team[]>
  /** Moves the next slot of a team, unless it was moved since. */
  moveSlot(team: number, from: number, to: number): Promise<void>
  pauseTeam(team: number, paused: boolean, nextPostAt: number | undefined): Promise<void>

  // ---- rounds ---------------------------------------------------------------------------
  /**
   * Reads up to `limit` teams whose slot has come, asks `plan` what to do for each, and writes rounds and
   * next slots in one statement, without the teams that were changed or planned by another process meanwhile.
   * A (team, date) that has its round already keeps it, unless it was skipped and nobody answered. A new
   * round ends the ones that are open when it is due. Returns how many teams were written: ask again until
   * 0. `plan` may be asked for the same team again.
   */
  planRounds(now: number, limit: number, plan: (due: DueTeam) => RoundPlan): Promise<number>
  /**
   * Adds today's round out of turn; `already` when the date has its round. `plan` is asked again when the
   * team was changed meanwhile.
   */
  planNow(team: number, plan: (due: DueTeam) => RoundPlan): Promise<'planned' | 'already' | 'no-team'>
  /**
   * The end of a round: no answer counts any more, its points move to the boards, and how many answered and
   * were right is written down for each slot. May be repeated.
   */
  settleRound(round: number): Promise<void>
  /** Ends the open round of a team early; gives its id. */
  endRoundNow(team: number, now: number): Promise<number | undefined>
  round(id: number): Promise<Round | undefined>
  /**
   * The latest dates on which a team has had its round, however it moved between zones; ISO, the newest
   * round's first.
   */
  usedDates(team: number): Promise<string[]>
  /** The round of a team that was due last and is not skipped. */
  latestRound(team: number): Promise<Round | undefined>
  /** Those that can be answered, the one that was due last first. */
  openRounds(team: number): Promise<Round[]>
  /** Those of a workspace whose team is in another channel by now. */
  roundsElsewhere(workspace: WorkspaceKey): Promise<Round[]>
  /** How many members have answered anything in the round. */
  answererCount(round: number): Promise<number>
  /** What was chosen, by slot, in the order of slots. */
  results(round: number): Promise<SlotResult[]>

  // ---- deliveries: claim -> draw -> post -> record ---------------------------------------
  /** Adds one; nothing happens when its key is there already. */
  enqueue(delivery: NewDelivery): Promise<void>
  /**
   * What is due on any of the platforms, held by this process until the lease ends, by the clock of the
   * database; oldest first. A podium waits for the rounds of its season, and a round for the reveal of the
   * one before, a minute at most. `only`: just the one with this key.
   */
  claimDeliveries(
    now: number,
    leaseMs: number,
    limit: number,
    platforms: readonly string[],
    only?: string,
  ): Promise<Delivery[]>
  /**
   * It is out. A round is open from then on, and its reveal is due when it closes; with its reveal a round is
   * closed, and its direct messages are drawn so from `now` on, one after the other.
   */
  recordSent(key: string, message: string, now?: number): Promise<void>
  /**
   * It never comes: its round is skipped, and never counts as a scheduled day, or is closed without a reveal.
   * `word`: what is to be said of that, under the key `missed-…` or `empty-…`; gives true unless it was said
   * already since the last question that came.
   */
  dropDelivery(key: string, reason: string, word?: WordForDropped, now?: number): Promise<boolean>
  /** Whoever it was for cannot be told: it is for the next one, at once. */
  passOver(key: string): Promise<void>
  /** What a team did not get, or not yet, as of its latest question, oldest first. */
  troubles(team: number): Promise<Trouble[]>
  /**
   * When nobody answered the latest `rounds` rounds that closed, nor any since: the last round that somebody
   * answered, 0 when there is none. Undefined while somebody answers, and for a team of fewer rounds.
   */
  silentSince(team: number, rounds: number): Promise<number | undefined>
  /**
   * Lets go of it until then. Returns true when its channel refuses it, and none of the team's since the last
   * that went well: then a word to whoever set the team up is due, under the key `refused-…`. `page`: where
   * the look for an earlier try goes on.
   */
  putOff(key: string, now: number, until: number, why: PutOff, page?: string): Promise<boolean>

  // ---- answers -------------------------------------------------------------------------
  /**
   * Records the one answer to an item of a round and moves the streak: one statement, one round trip. Boards
   * move when the round is settled.
   */
  answer(given: GivenAnswer): Promise<AnswerResult>
  /**
   * What this user has not answered yet of open rounds: of all teams of the workspace, and of their teams
   * elsewhere on the platform.
   */
  openItems(who: UserKey): Promise<{ readonly question: string; readonly item: number }[]>
  /** This user's answer to a slot, if there is one. */
  answerOf(
    who: UserKey,
    round: number,
    slot: number,
  ): Promise<{ answer: Answer; right: boolean; points: number } | undefined>
  /**
   * Records an answer in practice; `already` when this posing was answered before, `unknown` when the
   * workspace is not there.
   */
  practise(given: PracticeAnswer): Promise<'recorded' | 'already' | 'unknown'>

  // ---- regrades ------------------------------------------------------------------------
  /**
   * Brings all that was posted or practised of a question to the key of another version, in one transaction: keys,
   * answers, points, boards, counts; it is written down, and what the teams are to be told. Streaks count
   * days answered, so that no key moves them. `keys` gives the new keys of a posing's items; when it throws,
   * nothing is done. Undefined when there is nothing to change.
   */
  regrade(
    order: RegradeOrder,
    keys: (posing: Posing) => readonly Answer[],
  ): Promise<RegradeResult | undefined>

  // ---- boards --------------------------------------------------------------------------
  board(query: BoardQuery): Promise<Board>
  /** The teams of a workspace by mean points over all members who do not rest, best first, equals by name. */
  teamBoard(workspace: WorkspaceKey, period: Period): Promise<TeamStanding[]>

  // ---- forms that were opened and not sent ---------------------------------------------------
  /**
   * Keeps a form for a day and returns its id. A user has `FORM_DRAFTS` at most; the oldest is deleted.
   * Undefined when the workspace is not there, or was removed, or when the values are over
   * `FORM_DRAFT_CHARACTERS`.
   */
  openFormDraft(draft: NewFormDraft): Promise<string | undefined>
  /** Only for its owner, and only within its day. */
  formDraft(who: UserKey, id: string, now: number): Promise<FormDraft | undefined>
  /** The id of the form that this user opened or changed last. */
  latestFormDraft(who: UserKey, now: number): Promise<string | undefined>
  /**
   * Replaces the given values and starts a new day; false when there is no such form, or the values are too
   * long.
   */
  keepFormDraft(who: UserKey, id: string, given: FormValues, now: number): Promise<boolean>
  dropFormDraft(who: UserKey, id: string): Promise<void>

  // ---- one member ------------------------------------------------------------------------
  member(who: UserKey): Promise<Member | undefined>
  streak(who: UserKey, team: number, today: string): Promise<StreakNow | undefined>
  /** The workspace of a platform where this user answered last; undefined when none knows them. */
  lastWorkspace(platform: string, user: string): Promise<string | undefined>
  /** The latest answers of a user, `LATEST_ATTEMPTS` at most, oldest first, practice too. */
  attempts(who: UserKey): Promise<AttemptRecord[]>
  /** All that a user got for questions of the day, in all their teams. */
  ownTotals(who: UserKey): Promise<Totals>
  /** Returns false when the user is no member, so that nothing was kept. */
  hide(who: UserKey, hidden: boolean): Promise<boolean>
  /** Whether the questions of their teams come as a direct message, too; false when the user is no member. */
  askDirectly(who: UserKey, directly: boolean): Promise<boolean>
  /** Their yes, or no, to being mentioned on podiums; false when the user is no member. */
  allowMention(who: UserKey, mentioned: boolean): Promise<boolean>
  /**
   * Their yes, or no, to standing by name in the reports of their teams; with a no they are taken out of
   * those that there are. False when the user is no member.
   */
  share(who: UserKey, shares: boolean): Promise<boolean>
  /** The platform shows this name now; nothing for who is no member. */
  rename(who: UserKey, name: string): Promise<void>
  /** All that is stored about a user, as plain data; undefined when nothing is. */
  exportMember(who: UserKey): Promise<MemberExport | undefined>
  /**
   * Deletes all that is stored about a user there and in `DIRECT`, as the one who set a team up too; false
   * when nothing was. A long history goes in parts.
   */
  forgetMember(who: UserKey): Promise<boolean>

  // ---- who is in a team: the next answer of whoever left or rests brings them back -------------
  /** Points stay, and count again with the next answer. False for whoever is not in the team. */
  leaveTeam(who: UserKey, team: number): Promise<boolean>
  /** The same, on the word of an admin. */
  takeOut(team: number, member: number): Promise<boolean>
  /** Undefined for whoever is not in the team. */
  teamMember(team: number, member: number): Promise<TeamMember | undefined>
  /** By name, those who rest too. */
  teamMembers(team: number, limit: number, offset: number): Promise<TeamMember[]>
  /**
   * Of these members those for whom the platform was not asked for a day, marked as asked for; without those
   * who answered the round.
   */
  takeAsking(members: readonly number[], now: number, round?: number): Promise<MemberKey[]>
  /** These are no longer in the workspace, so they rest in each of its teams; or in just this one. */
  markGone(members: readonly number[], team?: number): Promise<void>

  // ---- team insight ---------------------------------------------------------------
  /** Answers of a team's rounds, by question. */
  teamHistory(team: number): Promise<History>
  /** Those who have joined and not left; `restingCount`: those of them who rest. */
  memberCount(team: number): Promise<number>
  restingCount(team: number): Promise<number>

  // ---- what is no longer kept ----------------------------------------------------------------
  /**
   * Deletes up to `limit` answers, reports (with appeals and reports of teams), mock exams, messages of the web
   * chat, deliveries to one member and away times each that are older than that;
   * undefined while another process is at it.
   */
  deleteOld(before: number, limit: number): Promise<Deleted | undefined>
  /**
   * Looks at `limit` members after that id, and deletes those who are in no team and of whom no answer, no
   * report and no mock exam is left; undefined while another process is at it.
   */
  deleteLeft(after: number, limit: number): Promise<LookedAt | undefined>

  /** Deletes up to `limit` expired forms and returns how many. */
  deleteFormDrafts(now: number, limit: number): Promise<number>

  /** What is late at this moment, on whatever platform. */
  backlog(now: number): Promise<Backlog[]>

  /** One trivial round trip; rejects when the database is gone. */
  ping(): Promise<void>
  close(): Promise<void>
}

/**
 * The workspace of those who write to the bot directly and whom no workspace knows: one for all of a
 * platform, so that it names nobody.
 */
export const DIRECT = '@direct'

export interface WorkspaceKey {
  readonly platform: string
  readonly workspace: string
}

/** What is known of it: the platform's id of the application, and its OAuth client. */
export interface Application {
  readonly id?: string | undefined
  readonly client?: string | undefined
}

/** `paused`: for three days now, so that nothing is posted any more. */
export interface Refusal {
  readonly workspace: string
  readonly paused: boolean
}

/** A workspace that the bot is in, and since when. */
export interface Arrival {
  readonly workspace: string
  readonly at: number
}

export interface Greeting extends PlaceKey {
  /** When the bot was added. */
  readonly at: number
  readonly tries: number
}

/** `held`: those that have to wait for another day. */
export interface Purged {
  readonly gone: readonly WorkspaceKey[]
  readonly held: readonly WorkspaceKey[]
}

export interface StoredWorkspace extends WorkspaceKey {
  readonly teams: number
  readonly members: number
  readonly removedAt: number | undefined
  readonly refusedAt: number | undefined
  readonly pausedAt: number | undefined
}

/**
 * Of a platform: those that are there, those removed and not deleted yet; of the former those whose token is
 * refused, and the paused.
 */
export interface WorkspaceCounts {
  readonly platform: string
  readonly here: number
  readonly removed: number
  readonly refused: number
  readonly paused: number
}

export interface PlaceKey extends WorkspaceKey {
  readonly channel: string
}
export interface UserKey extends WorkspaceKey {
  readonly user: string
}

/** A form that was opened and not sent. */
export interface FormDraft {
  readonly id: string
  /** The id of the form. */
  readonly form: string
  /** The values that it showed when it was opened, and the values given since. */
  readonly shown: FormValues
  readonly given: FormValues
}

export interface NewFormDraft extends UserKey, Omit<FormDraft, 'id'> {
  readonly now: number
}

/** How many forms of one user are kept. */
export const FORM_DRAFTS = 10
/** The most characters of the values of one form, as JSON. */
export const FORM_DRAFT_CHARACTERS = 100_000

/**
 * `taken`: another team has the channel. `gone`: there is no such team any more. Undefined when the workspace
 * is not there, or was removed.
 */
export type Saved = Team | 'taken' | 'gone' | undefined

export interface ListedTeam {
  readonly team: Team
  readonly members: number
  readonly rounds: number
}

export interface TeamMove extends PlaceKey {
  readonly id: number
  /** Who moved it, to be told when a post fails. */
  readonly admin: string
  /** For a team that has no next slot. */
  readonly nextPostAt: number
  readonly over?: number | undefined
}

export interface TeamSetup extends PlaceKey, Schedule {
  /** Of the team that changes; a new one without it. */
  readonly id?: number | undefined
  readonly name: string
  readonly pack: string
  readonly count: number
  readonly topics: readonly string[]
  /** As in `Team`; what was set stays without them. */
  readonly mention?: string
  readonly thread?: boolean
  /** Who saves it, to be told when a post fails; empty once they are forgotten. */
  readonly admin: string
  readonly nextPostAt: number
  /** When the months around now end in its zone: `{ season: '2026-11', endsAt }`. */
  readonly seasonEnds: readonly { readonly season: string; readonly endsAt: number }[]
}

/** What a team was asked so far, by question id. */
export type History = ReadonlyMap<
  string,
  { readonly uses: number; readonly answered: number; readonly right: number }
>

export interface DueTeam {
  readonly team: Team
  /** As `usedDates` gives them. */
  readonly used: readonly string[]
  readonly history: History
}

export interface RoundPlan {
  readonly nextPostAt: number
  readonly round?: {
    readonly date: string
    readonly dueAt: number
    readonly closesAt: number
    /** The local month, `2026-11`, and the moment it ends in the team's zone. */
    readonly season: string
    readonly seasonEndsAt: number
    /** The ISO week, `2026-W47`. */
    readonly week: string
    readonly questions: readonly PlannedQuestion[]
  }
}

export interface PlannedQuestion {
  readonly question: string
  readonly version: string
  readonly seed: number
  /** One entry an item: the key, and the points for a right answer. */
  readonly items: readonly { readonly key: Answer; readonly maxPoints: number }[]
}

/** How many rows went. */
export interface Deleted {
  readonly attempts: number
  readonly reports: number
  readonly messages: number
  /** Mock exams, with their items. */
  readonly exams: number
  /** What was said to one member alone. */
  readonly deliveries: number
  /** Away times that are over. */
  readonly away: number
}

export interface LookedAt {
  /** How many members were deleted. */
  readonly members: number
  /** The last that was looked at; undefined when there was none. */
  readonly last: number | undefined
}

/** Something that the bot says by itself, once. */
export type Delivery = DeliveryBase & ((OfTeam & TeamDelivery) | (OfMember & MemberDelivery))

interface DeliveryBase {
  /** By which an earlier try is found on the platform. */
  readonly key: string
  readonly platform: string
  readonly dueAt: number
  /** Tries before this one; a try may have got through without being recorded. */
  readonly tries: number
  /** Where a look for an earlier try goes on. */
  readonly page?: string
}

interface OfTeam {
  readonly team: Team
  /** Who can be told of the team, whoever saved its setup last first. */
  readonly admins: readonly string[]
  /** How many of them could not be told. */
  readonly passed?: number
}

/** For one member, in private; it goes when they are forgotten. */
interface OfMember {
  readonly member: UserKey & { readonly id: number }
}

type MemberDelivery =
  /** To somebody who asked to be reminded. `wording`: by which of the wordings; `isLater`: put off once. */
  | { readonly kind: 'reminder'; readonly wording: number; readonly isLater?: true }
  /** Nobody answered five of them, so that there will be no more. */
  | { readonly kind: 'reminders-over' }
  /** Somebody has typed their code and said yes: they are asked, too. */
  | { readonly kind: 'link' }
  /** The other has said yes, too. */
  | { readonly kind: 'linked' }
  /** So many minutes before a mock exam ends, and at its end the report. */
  | { readonly kind: 'exam-warning' | 'exam-over'; readonly exam: number; readonly minutes: number }

type TeamDelivery =
  | { readonly kind: 'round'; readonly round: Round }
  /** The same for one member who wants it as a direct message; an empty user has been forgotten since. */
  | { readonly kind: 'direct'; readonly round: Round; readonly user: string }
  /**
   * That message once its round is closed. `message`: undefined when it never came, or not yet (`isComing`).
   */
  | {
      readonly kind: 'direct-close'
      readonly round: Round
      readonly user: string
      readonly message: string | undefined
      readonly isComing: boolean
    }
  | { readonly kind: 'reveal'; readonly round: Round }
  /** `season`: `2026-11` */
  | { readonly kind: 'podium'; readonly season: string }
  | ({ readonly kind: 'notice'; readonly round: Round } & Notice)
  /** For the discussion under a reveal, whose message that is. */
  | { readonly kind: 'thread'; readonly round: Round; readonly reveal: string }
  /** A channel refuses what is to be said there; for whoever set the team up, as is the next. */
  | {
      readonly kind: 'refusal'
      readonly what: 'round' | 'reveal' | 'podium' | 'notice'
      readonly reason: string
    }
  /** It could not be posted while it was open. */
  | { readonly kind: 'missed'; readonly round: Round }
  /** There was nothing to ask about: its topics or its pack are no longer there. */
  | { readonly kind: 'empty'; readonly round: Round }
  /** The team's channel was deleted. */
  | { readonly kind: 'gone' }
  /** Nobody has answered for ten scheduled days. */
  | { readonly kind: 'idle' }
  /** For the channel of a team that was set up a moment ago. */
  | { readonly kind: 'welcome' }
  /** Of the weeks that are over; without an order it is not wanted any more. */
  | { readonly kind: 'report'; readonly order: ReportOrder | undefined }
  | ({ readonly kind: 'twin' } & Twin)

/**
 * Something was posted though nobody could tell whether an earlier try got through: the other message is
 * looked for, and deleted.
 */
export interface Twin {
  /** The key of both. */
  readonly of: string
  readonly channel: string
  /** The one that stays. */
  readonly message: string
  /** When the earlier one can have been posted. */
  readonly since: number
}

export const DELIVERIES: readonly Delivery['kind'][] = [
  'round',
  'direct',
  'direct-close',
  'reveal',
  'podium',
  'notice',
  'thread',
  'idle',
  'refusal',
  'missed',
  'empty',
  'gone',
  'welcome',
  'report',
  'twin',
  'reminder',
  'link',
  'linked',
  'reminders-over',
  'exam-warning',
  'exam-over',
]

/** What whoever set the team up is told of a question that was dropped. */
export type WordForDropped = 'missed' | 'empty'

export interface Trouble {
  readonly kind: 'round' | 'reveal' | 'podium' | 'notice' | 'thread'
  /** The date of its round, ISO. */
  readonly date: string | undefined
  /** Whether it may still come. */
  readonly isOver: boolean
  /** Why, in words for a person, where it is known. */
  readonly reason: string | undefined
}

/** Of a team or of a member, by its id. */
export type NewDelivery = { readonly key: string; readonly dueAt: number } & (
  | ({ readonly team: number } & (
      | { readonly kind: 'gone' | 'idle' | 'welcome' | 'report' }
      | ({ readonly kind: 'twin' } & Twin)
    ))
  | ({ readonly member: number } & MemberDelivery)
)

/**
 * `untried`: the platform was not asked, so the next try is the first again. `refused`: why, in words for a
 * person.
 */
export type PutOff = 'untried' | 'failed' | { readonly refused: string }

export interface SlotResult {
  readonly slot: number
  readonly answered: number
  readonly right: number
  readonly answers: readonly { readonly answer: Answer; readonly count: number }[]
}

/**
 * Of a platform: deliveries of a kind that are due and not out; of the next rounds also those that are not
 * planned yet.
 */
export interface Backlog {
  readonly platform: string
  readonly kind: Delivery['kind']
  readonly count: number
  /** Those among them of teams whose channel refuses what is said, until a person acts. */
  readonly refused: number
  /** When the oldest of the others was due. */
  readonly since: number | undefined
}

export interface GivenAnswer extends UserKey {
  readonly name: string
  readonly round: number
  readonly slot: number
  readonly answer: Answer
  readonly now: number
  /**
   * It counts only for a round of this channel; undefined: the member was found to be allowed to see the
   * round.
   */
  readonly channel: string | undefined
}

export type AnswerResult =
  | {
      readonly outcome: 'recorded'
      readonly right: boolean
      /** Points for the answer, streak bonus included. */
      readonly points: number
      readonly bonus: number
      readonly streak: Streak
      /** How long the streak was that was found broken. */
      readonly lostDays: number
      /** The member's points in this season, after the answer, with those of open rounds. */
      readonly seasonPoints: number
      readonly posted: PostedItem
    }
  | {
      readonly outcome: 'already'
      readonly answer: Answer
      readonly right: boolean
      readonly points: number
      readonly posted: PostedItem
    }
  | { readonly outcome: 'closed' }
  /** They answered it before their data was deleted, and the round is still open. */
  | { readonly outcome: 'spent' }
  /** No such round in this channel. */
  | { readonly outcome: 'unknown' }

/** Enough to pose the answered item again. */
export interface PostedItem {
  readonly team: number
  readonly question: string
  readonly version: string
  readonly seed: number
  readonly keyVersion: string | undefined
  /** Index of the item within its question. */
  readonly item: number
  /** How many items the round has in all. */
  readonly slots: number
}

export interface RegradeOrder {
  readonly question: string
  /** The version whose key holds from now on, or `*`. */
  readonly to: string
  /** The version that stands in the content, which has its own key; undefined when none does. */
  readonly current: string | undefined
  readonly why: string
  readonly now: number
  /** False: everything is done to count it, and then undone. */
  readonly apply: boolean
  /** Only what this team was asked of this version; practice stays as it is. */
  readonly only?: { readonly team: number; readonly version: string }
}

export interface Posing {
  readonly version: string
  readonly seed: number
}

export interface RegradeResult {
  /** The versions that changed. */
  readonly versions: readonly string[]
  readonly rounds: number
  /** How many of them can still be answered. */
  readonly open: number
  /** Answers that became right or wrong, and how many of them were practice. */
  readonly attempts: number
  readonly practice: number
  /** Members whose points changed, counted in each of their teams. */
  readonly members: number
  readonly given: number
  readonly taken: number
  /** Teams that are told. */
  readonly teams: number
}

/** What a team is to be told of a regrade. */
export interface Notice {
  readonly question: string
  readonly why: string
  /** What was right before in the team's latest round with the question, by slot. */
  readonly was: readonly { readonly slot: number; readonly key: Answer }[]
  /** How many members have other points now, and by how many in all, with the sign. */
  readonly members: number
  readonly points: number
}

export interface PracticeAnswer extends UserKey {
  readonly name: string
  readonly question: string
  readonly version: string
  readonly seed: number
  readonly item: number
  readonly answer: Answer
  readonly right: boolean
  readonly confidence?: Confidence | undefined
  readonly now: number
}

/** `all`, a season `2026-11`, or a week `2026-W47`. */
export type Period = string

export interface BoardQuery {
  readonly team: number
  readonly period: Period
  /** Whose own row is wanted; also off the page. */
  readonly user: string | undefined
  readonly limit: number
  readonly offset: number
  /** For teams of very many, ranks may then be some seconds old; without it they are of this moment. */
  readonly now?: number
  /** Those who rest too, as at the end of a season; who left the team stands there hidden. */
  readonly everybody?: true
}

/**
 * Why a member does not count at present: left the team, is not in the workspace, or did not answer for long.
 */
export type Rests = 'left' | 'gone' | 'quiet'
/** So many rounds in a row without an answer, and a member rests. */
export const QUIET_ROUNDS = 10

export interface Board {
  /**
   * Ordered by points, then by name; `member.name` is given even when hidden: who draws it must respect
   * `hidden`.
   */
  readonly rows: readonly Ranked[]
  /** Members with a standing in the period, without those who rest. */
  readonly total: number
  readonly mine: Ranked | undefined
  /** Points of the nearest standing above mine. */
  readonly ahead: number | undefined
  /** My points in rounds that are open; boards and ranks count them from the close on. */
  readonly open: number
  /** Why I am not on it, though I may have points. */
  readonly rests?: Rests | undefined
}

export interface TeamStanding {
  readonly team: Team
  /** Those who do not rest, as in what follows. */
  readonly members: number
  /** Members who answered in the period. */
  readonly answered: number
  readonly points: number
  /** `points / members`. */
  readonly mean: number
}

/**
 * `missed`: rounds (not skipped, and closed) after the last one answered and up to `today`, without those of
 * an away time. `repairedAt`: when a broken one was repaired last.
 */
export interface StreakNow extends Streak {
  readonly missed: number
  readonly rests: Rests | undefined
  readonly broken: BrokenStreak | undefined
  readonly repairedAt: number | undefined
}

export type MemberKey = Pick<Member, 'id' | 'user'>

export interface TeamMember extends Member {
  readonly rests: Rests | undefined
  readonly askedAt: number | undefined
}

export interface MemberExport {
  readonly head: Readonly<Record<string, unknown>>
  /** What may be long, a page at a time; pages of one name follow each other. */
  readonly pages: AsyncIterable<Page>
}

export interface Page {
  readonly name: string
  readonly rows: readonly Readonly<Record<string, unknown>>[]
}

/** What is read of a member's history: the same work after 1,000 answers and after 100,000. */
export const LATEST_ATTEMPTS = 1000

export interface Totals {
  readonly points: number
  readonly answered: number
  readonly right: number
}

export interface AttemptRecord {
  /** Undefined in practice. */
  readonly team: number | undefined
  readonly date: string | undefined
  readonly question: string
  readonly item: number
  readonly answer: Answer
  readonly right: boolean
  readonly points: number
  readonly at: number
  readonly confidence?: Confidence | undefined
}
