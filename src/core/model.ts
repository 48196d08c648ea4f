/**
 * The words of Cohort, in one place.
 *
 * Pack        a folder under `content/`: a subject with its sections, and the exams that it prepares for
 * Section     a chapter of notes; holds topics and questions
 * Topic       one thing to look up
 * Question    one item about one topic or more, as its author wrote it; has a stable id and a version (hash
 *             of its content)
 * Instance    a question as it is shown (`QuestionInstance`): letters given, order shuffled by a seed,
 *             template numbers drawn, key kept apart
 * Item        one thing to answer in a question; a case has two to four, every other kind has one
 * Answer      what a member picked, as canonical text (see `Answer`); right when it equals the item's key
 * Workspace   a Slack workspace, a Discord guild or the local web chat
 * Team        a group that studies in one channel: schedule, zone, pack, members, boards
 * Member      a chat user in a workspace who has joined a team; the first answer joins
 * Round       one posting of a team's daily questions: due, posted, closed (or skipped); dated in the team's
 *             own zone
 * Slot        the place of an item in its round, counted from 0 over all questions of the round
 * Attempt     one member's one answer to one item of a round, or of practice
 * Mock exam   the exam's length, weights and kinds, without feedback until the end; belongs to a person
 * Season      the period that a leaderboard covers (a calendar month)
 * Streak      scheduled days in a row answered; days without a round never break it, nor do away times
 * Away time   days that are not scheduled days for a member, including the first and the last
 * Confidence  how sure somebody says they are of an answer, before they see whether it is right
 * Standing    a member's row on the board of a period (a week, a season, or all time)
 * Key version the version of a question whose key holds for what was posted of an older one, or `*`: every
 *             answer is right
 * Draft       a question that somebody wrote in the chat, or that a program made from notes; asked only after
 *             others have approved it
 * Appeal      a member says after the reveal that the key is wrong; the admins of the team decide
 * Team report how a team did in a week, for its admins: figures of groups, and names of those who share
 * Item figure how hard an item is, from first answers, and why it looks suspicious, if it does
 * Regrade     a key was corrected after it was posted: answers, points and boards follow, and the teams are
 *             told
 */
import type { Text } from './text.js'

// ---- content ----------------------------------------------------------------

export interface Pack {
  /** Folder name; stable. */
  readonly id: string
  readonly title: string
  /** The first one is the default for teams; empty for a subject without an exam. */
  readonly exams: readonly Exam[]
  readonly sections: readonly Section[]
  /** The language of its topics and questions; the bot's own words are English. */
  readonly language: Language
  readonly vocabulary: Vocabulary
  /** Its place among the packs: the smallest comes first. */
  readonly order?: number | undefined
  /** The licence of its facts or texts, such as `CC BY 4.0`, and whom to name for them. */
  readonly licence?: string | undefined
  readonly attribution?: string | undefined
}

export type Language = 'en' | 'de'

export interface Exam {
  /** Unique in the pack; stable. */
  readonly id: string
  /** The name that people use, such as `AB-101`. */
  readonly name: string
  readonly state: 'announced' | 'open' | 'retired'
  /** ISO dates of the first and the last day on which the exam can be taken, if known. */
  readonly from?: string | undefined
  readonly until?: string | undefined
  readonly minutes?: number | undefined
  readonly items?: { readonly scored: number; readonly unscored: number } | undefined
  /** The kinds of items in the exam; empty if unknown. */
  readonly kinds: readonly Exclude<Kind, 'template'>[]
  /** Weights add up to 100. */
  readonly domains: readonly ExamDomain[]
}

export interface ExamDomain {
  readonly number: number
  readonly title: string
  readonly weight: number
  readonly tasks?: readonly ExamTask[]
}

export interface ExamTask {
  /** Such as `3.1`. */
  readonly number: string
  readonly title: string
  /** Numbered such as `3.1.4`. */
  readonly skills: readonly { readonly number: string; readonly title: string }[]
}

/**
 * The domains, tasks or skills that something serves, by the ids of exams: `{ c02: ['3.1.4'] }`. An empty
 * list says that it no longer serves that exam; without any exam it is for all of them.
 */
export type Skills = Readonly<Record<string, readonly string[]>>

/** The facts about a subject's words that the look-up needs. */
export interface Vocabulary {
  /** Names that stand before other names and that people leave out or add, such as those of a maker. */
  readonly makers: readonly string[]
  /** Groups of words that people use interchangeably. */
  readonly synonyms: readonly (readonly string[])[]
}

export interface Section {
  /** Folder name, such as `09-mlops`. */
  readonly id: string
  readonly number: number
  readonly title: string
}

export interface Topic {
  /** Unique in the pack; lower-case words joined by hyphens. */
  readonly slug: string
  readonly pack: string
  readonly section: string
  readonly title: string
  readonly aliases: readonly string[]
  /** Plain questions that the topic answers, as learners ask them; for the look-up. */
  readonly asked: readonly string[]
  /** At most two sentences. */
  readonly summary: Text
  /** The key facts first, then the rest, in display order. */
  readonly details: readonly Passage[]
  readonly examTips: readonly Text[]
  /** What changed since the notes: the present state, and the answer that an exam key may still expect. */
  readonly changes: readonly { readonly today: Text; readonly exam: Text }[]
  readonly diagram?: Diagram
  readonly scale?: NumberLine
  readonly related: readonly string[]
  readonly confused: readonly { readonly slug: string; readonly why: Text }[]
  readonly skills?: Skills | undefined
  readonly sources: Sources
  /** The whole topic as Markdown, as its author wrote it, without the front matter. */
  readonly markdown: string
  readonly file: string
}

/** One block of a topic's body. */
export type Passage =
  | { readonly kind: 'heading'; readonly text: string }
  | { readonly kind: 'text'; readonly text: Text }
  /** `start`: the number of the first item, if that is not 1. */
  | {
      readonly kind: 'list'
      readonly ordered: boolean
      readonly start?: number
      readonly items: readonly Text[]
    }
  | { readonly kind: 'table'; readonly header: readonly Text[]; readonly rows: readonly (readonly Text[])[] }
  | { readonly kind: 'code'; readonly text: string }

/** Boxes and arrows, drawn by `pictures/`; the alt text carries the same content in words. */
export interface Diagram {
  readonly alt: string
  readonly boxes: readonly { readonly id: string; readonly label: string }[]
  readonly arrows: readonly { readonly from: string; readonly to: string; readonly label?: string }[]
}

/** The meaning of the values of a measure; the alt text carries the same content in words. */
export interface NumberLine {
  readonly alt: string
  /** Sorted by value; the first and the last are at the ends of the line. At least two. */
  readonly marks: readonly { readonly at: number; readonly label: string }[]
  /** Ends at which the values have no limit: the line continues past its last mark. */
  readonly open: readonly ('start' | 'end')[]
}

/** Explains how two or more topics differ, and how to choose. */
export interface Comparison {
  readonly topics: readonly string[]
  readonly differ: readonly { readonly aspect: string; readonly sides: readonly Text[] }[]
  readonly choose: Text
}

export interface Sources {
  /** Line numbers of the section's notes. */
  readonly notes: readonly number[]
  readonly documents: readonly SourceDocument[]
  /** ISO date on which somebody last read the documents themselves; `none` if nobody has. */
  readonly checked: string
}

/** A title alone, or with an address that begins with `https://`. */
export type SourceDocument = string | { readonly title: string; readonly url: string }

export type Difficulty = 1 | 2 | 3

interface QuestionBase {
  /**
   * Never changes: at most 48 lower-case letters and hyphens, unique in its pack. If another pack had the id
   * first, the store puts the pack and a slash before it (`saveQuestions`), so that it is unique everywhere.
   */
  readonly id: string
  readonly pack: string
  /** First 12 hexadecimal digits of the SHA-256 of the authored content: changes when the question does. */
  readonly version: string
  /**
   * Identifies this version in buttons, since an id may give the answer away. The store numbers questions,
   * and 0 means no number.
   */
  readonly number: number
  /** Slugs; empty if the author named none. */
  readonly topics: readonly string[]
  /**
   * The tested idea in a few words; sibling questions share it. If the author named none, it is the id as
   * authored, so the question has no siblings.
   */
  readonly concept: string
  readonly difficulty: Difficulty
  /** Undefined for all exams of the pack. */
  readonly skills?: Skills | undefined
  /**
   * The domain in the exam that the team or person prepares for; if that exam is unknown, in the first exam
   * that the question serves.
   */
  readonly domain?: number | undefined
  readonly task?: string | undefined
  /** The question asks for a fact alone, as judged by a person who answered it without knowing the key. */
  readonly isRecall?: true
  /** The most common misconception, shown at the reveal; empty for none. */
  readonly misconception: string
  readonly origin: Origin
}

export type Origin = FileOrigin | TeamOrigin

export interface FileOrigin {
  readonly kind: 'file'
  readonly section: string
  readonly file: string
  readonly line: number
  readonly sources: Sources
  /** It comes from another program's file and is labelled so. Versions stored by Cohort 0.2 do not say. */
  readonly imported: boolean
}

/** Members of a team wrote it in the chat, and others approved it. */
export interface TeamOrigin {
  readonly kind: 'team'
  /** The only team that is asked this question. */
  readonly team: number
  /** Names as people see them now, without writers who hide their name or are gone. */
  readonly writers: readonly string[]
  readonly checkers: readonly string[]
  /** Whether a program made the question from the team's notes. */
  readonly isFromNotes: boolean
  /** An admin imported the question from a file, and it is labelled so; `source` is the name of the file. */
  readonly isImported?: true
  /** The source as the writer typed it; empty if there is none. */
  readonly source: string
}

/**
 * A choice as authored. `why` explains why it is right, or why it is wrong here and when it would be right;
 * empty if the author gave no reason.
 */
export interface Choice {
  readonly text: string
  readonly right: boolean
  readonly why: string
}

export interface ChoiceItem {
  readonly kind: 'choice'
  readonly stem: string
  readonly choices: readonly Choice[]
}
export interface ResponseItem {
  readonly kind: 'response'
  readonly stem: string
  readonly choices: readonly Choice[]
}
/** `steps` in the right order; `spare` steps must be left out. */
export interface OrderingItem {
  readonly kind: 'ordering'
  readonly stem: string
  readonly steps: readonly { readonly text: string; readonly why: string }[]
  readonly spare: readonly { readonly text: string; readonly why: string }[]
}
/** Each prompt has one answer; an answer may serve several prompts, `spare` answers serve none. */
export interface MatchingItem {
  readonly kind: 'matching'
  readonly stem: string
  readonly pairs: readonly { readonly prompt: string; readonly answer: string; readonly why: string }[]
  readonly spare: readonly string[]
}
export type AuthoredItem = ChoiceItem | ResponseItem | OrderingItem | MatchingItem

export type Question = QuestionBase &
  (
    | AuthoredItem
    | { readonly kind: 'case'; readonly scenario: string; readonly items: readonly AuthoredItem[] }
    /** `family` names a function of `core/template.ts` that draws the numbers and computes the key. */
    | { readonly kind: 'template'; readonly family: string }
  )

export type Kind = Question['kind']

// ---- instances and answers ----------------------------------------------------

/** A question as it is shown. The same question, version and seed always give the same instance. */
export interface QuestionInstance {
  readonly question: Question
  readonly seed: number
  readonly scenario?: string
  readonly items: readonly ItemInstance[]
}

/** A slot of a round: the instance that it belongs to, and its one item. */
export interface SlotView {
  readonly slot: number
  readonly instance: QuestionInstance
  readonly item: ItemInstance
}

export interface Option {
  /** `A`, `B`, … */
  readonly letter: string
  readonly text: string
  readonly why: string
}

/**
 * An answer as canonical text: for `choice` one letter (`C`); for `response` the letters in alphabetical
 * order (`BD`); for `ordering` the letters in the chosen order (`CAB`); for `matching` one letter a prompt,
 * in the order of the prompts (`BAAC`).
 */
export type Answer = string

export type ItemInstance =
  | {
      readonly kind: 'choice'
      readonly stem: string
      readonly options: readonly Option[]
      readonly key: Answer
    }
  /** `pick`: how many options to choose. */
  | {
      readonly kind: 'response'
      readonly stem: string
      readonly options: readonly Option[]
      readonly key: Answer
      readonly pick: number
    }
  /** `places`: how many steps belong in the order; the other options are spare. */
  | {
      readonly kind: 'ordering'
      readonly stem: string
      readonly options: readonly Option[]
      readonly key: Answer
      readonly places: number
    }
  | {
      readonly kind: 'matching'
      readonly stem: string
      readonly prompts: readonly { readonly text: string; readonly why: string }[]
      readonly options: readonly Option[]
      readonly key: Answer
    }

// ---- people, teams, rounds ------------------------------------------------------

export interface Schedule {
  /** IANA zone, such as `Europe/Berlin`. */
  readonly zone: string
  /** Local time of day in minutes after midnight, 0 to 1439. */
  readonly minute: number
  /** ISO weekdays, 1 = Monday to 7 = Sunday; never empty. */
  readonly days: readonly number[]
  /** How long a round stays open, 1 to 168 hours; the next round always closes it. */
  readonly openHours: number
}

export interface Team extends Schedule {
  readonly id: number
  readonly platform: string
  /** The platform's own id of the workspace. */
  readonly workspace: string
  readonly channel: string
  readonly name: string
  readonly pack: string
  /** The exam of the pack that the team prepares for; undefined means the first one. */
  readonly exam?: string | undefined
  /** Questions a day, 1 to 5. */
  readonly count: number
  /** Slugs of the topics of daily questions; empty means the whole pack. */
  readonly topics: readonly string[]
  /** The platform's own id of a role or a user group that is mentioned with each question; empty for none. */
  readonly mention: string
  /** Whether a discussion thread is opened under each reveal. */
  readonly thread: boolean
  readonly paused: boolean
  /** Epoch milliseconds of when the team was paused because its channel was gone. */
  readonly goneAt?: number
  /** Epoch milliseconds of the next slot; undefined while paused. */
  readonly nextPostAt: number | undefined
}

export interface Member {
  readonly id: number
  readonly user: string
  readonly name: string
  /** Whether boards show the member without a name. */
  readonly hidden: boolean
  /** Whether the member agreed to being mentioned on podiums. */
  readonly mentioned?: boolean
  /** Whether the member also wants the questions of their teams as a direct message. */
  readonly directly?: boolean
  /** Whether the member agreed to being named in the reports of their teams. */
  readonly shares?: boolean
  /** Whether practice asks the member how sure they are. */
  readonly rates?: boolean
  /** IANA zone according to the platform; empty if the platform never said. */
  readonly zone?: string
}

export interface Round {
  readonly id: number
  readonly team: Team
  /** The channel where the round is posted. */
  readonly channel: string
  /** ISO date in the team's zone; there is one round per team and date. */
  readonly date: string
  readonly dueAt: number
  readonly closesAt: number
  readonly state: 'due' | 'posted' | 'closed' | 'skipped'
  readonly message: string | undefined
  readonly questions: readonly RoundQuestion[]
}

/** A question chosen for a round. `slot` is the slot of its first item. */
export interface RoundQuestion {
  readonly slot: number
  readonly question: string
  readonly version: string
  readonly seed: number
  /** The version whose key holds since a regrade, or `*`; undefined if the posted version's own key holds. */
  readonly keyVersion?: string | undefined
}

/** A member's streak in a team. */
export interface Streak {
  /** Scheduled days in a row answered, up to and including `last`. */
  readonly days: number
  readonly best: number
  readonly freezes: number
  /** Days answered in total; every seventh earns a freeze. */
  readonly answered: number
  /** ISO date of the last round answered. */
  readonly last: string | undefined
}

export type Span = 'week' | 'season' | 'all-time'

export interface Standing {
  readonly member: Member
  readonly points: number
  readonly answered: number
  readonly right: number
}

/** Competition rank: 1, 2, 2, 4. */
export interface Ranked extends Standing {
  readonly rank: number
  /** When the platform was last asked whether the member is still there, in epoch milliseconds. */
  readonly askedAt?: number | undefined
}
