/** The whole store, assembled from one file per noun. */
import type { Store } from '../bot/ports/store.js'
import { answerVerbs } from './answers.js'
import { appealVerbs } from './appeals.js'
import { askedQuestionVerbs } from './asked-questions.js'
import { awayVerbs } from './away.js'
import { backlogVerbs } from './backlog.js'
import { boardVerbs } from './boards.js'
import { deliveryVerbs } from './deliveries.js'
import { editionVerbs } from './editions.js'
import { examVerbs } from './exams.js'
import { exportVerbs } from './exports.js'
import { forgetVerbs } from './forget.js'
import { formDraftVerbs } from './form-drafts.js'
import { greetingVerbs } from './greetings.js'
import { importVerbs } from './imports.js'
import { itemFigureVerbs } from './item-figures.js'
import { learnerVerbs } from './learners.js'
import { linkingVerbs } from './linking.js'
import { memberAnswerVerbs } from './member-answers.js'
import { memberVerbs } from './members.js'
import { membershipVerbs } from './memberships.js'
import { messageAskVerbs } from './message-asks.js'
import { namedPlaceVerbs } from './named-places.js'
import type { Database } from './open.js'
import { openQuestionVerbs } from './open-questions.js'
import { purgeVerbs } from './purge.js'
import { questionVerbs } from './questions.js'
import { regradeVerbs } from './regrades.js'
import { reminderVerbs } from './reminders.js'
import { reportVerbs } from './reports.js'
import { roundVerbs } from './rounds.js'
import { shownCardVerbs } from './shown-cards.js'
import { streakVerbs } from './streaks.js'
import { sweepVerbs } from './sweep.js'
import { teamQuestionListVerbs } from './team-question-lists.js'
import { teamQuestionVerbs } from './team-questions.js'
import { teamReportVerbs } from './team-reports.js'
import { teamSetupVerbs } from './team-setup.js'
import { teamVerbs } from './teams.js'
import { troubleVerbs } from './troubles.js'
import { workspaceVerbs } from './workspaces.js'

export function createStore({ pool, prisma, ping, close }: Database): Store {
  return {
    ...questionVerbs(pool, prisma),
    ...teamQuestionVerbs(pool),
    ...teamQuestionListVerbs(pool, prisma),
    ...askedQuestionVerbs(pool),
    ...messageAskVerbs(prisma),
    ...namedPlaceVerbs(prisma),
    ...workspaceVerbs(prisma),
    ...purgeVerbs(pool, prisma),
    ...teamVerbs(prisma),
    ...teamSetupVerbs(pool),
    ...teamReportVerbs(pool, prisma),
    ...troubleVerbs(prisma),
    ...roundVerbs(pool),
    ...deliveryVerbs(pool),
    ...editionVerbs(pool, prisma),
    ...backlogVerbs(pool),
    ...answerVerbs(pool),
    ...regradeVerbs(pool),
    ...boardVerbs(pool),
    ...formDraftVerbs(prisma),
    ...importVerbs(pool, prisma),
    ...openQuestionVerbs(prisma),
    ...greetingVerbs(prisma),
    ...shownCardVerbs(prisma),
    ...memberVerbs(prisma),
    ...membershipVerbs(prisma),
    ...memberAnswerVerbs(pool),
    ...streakVerbs(prisma),
    ...awayVerbs(prisma),
    ...reminderVerbs(pool, prisma),
    ...learnerVerbs(pool),
    ...linkingVerbs(pool, prisma),
    ...itemFigureVerbs(pool, prisma),
    ...examVerbs(pool),
    ...exportVerbs(pool, prisma),
    ...forgetVerbs(pool),
    ...reportVerbs(prisma),
    ...appealVerbs(prisma),
    ...sweepVerbs(pool),
    ping,
    close,
  }
}
