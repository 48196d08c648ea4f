/**
 * The interface of the database: verbs of the domain, each one atomic act. Times are epoch milliseconds,
 * dates are ISO local dates, `user`, `workspace` and `channel` are the platform's own ids.
 */
import type { AnswerStore } from './answers.js'
import type { AuthoringStore } from './authoring.js'
import type { BoardStore } from './boards.js'
import type { DeliveryStore } from './deliveries.js'
import type { EditionStore } from './editions.js'
import type { ExamStore } from './exams.js'
import type { FormDraftStore } from './form-drafts.js'
import type { GreetingStore } from './greetings.js'
import type { HabitStore } from './habits.js'
import type { ImportStore } from './imports.js'
import type { ItemFigureStore } from './item-figures.js'
import type { LearningStore } from './learning.js'
import type { LinkingStore } from './linking.js'
import type { MemberStore } from './members.js'
import type { MembershipStore } from './membership.js'
import type { NamedPlaceStore } from './named-places.js'
import type { OpenQuestionStore } from './open-questions.js'
import type { QuestionVersionStore } from './question-versions.js'
import type { RegradeStore } from './regrades.js'
import type { ReportStore } from './reports.js'
import type { RoundStore } from './rounds.js'
import type { TeamReportStore } from './team-reports.js'
import type { TeamStore } from './teams.js'
import type { UpkeepStore } from './upkeep.js'
import type { WorkspaceStore } from './workspaces.js'

export interface Store
  extends LearningStore,
    LinkingStore,
    ExamStore,
    HabitStore,
    TeamReportStore,
    ReportStore,
    ItemFigureStore,
    EditionStore,
    ImportStore,
    OpenQuestionStore,
    NamedPlaceStore,
    AuthoringStore,
    QuestionVersionStore,
    WorkspaceStore,
    GreetingStore,
    TeamStore,
    RoundStore,
    DeliveryStore,
    AnswerStore,
    RegradeStore,
    BoardStore,
    FormDraftStore,
    MemberStore,
    MembershipStore,
    UpkeepStore {
  /** One trivial round trip; rejects when the database is gone. */
  ping(): Promise<void>
  close(): Promise<void>
}
