/** All actions, listed by hand: no file is loaded only because of its place. */
import type { Action } from '../ui/action.js'
import { answerActions } from './answer.js'
import { appealActions } from './appeal.js'
import { authoringActions } from './authoring.js'
import { boardActions } from './board.js'
import { controlActions } from './control.js'
import { examActions } from './exam.js'
import { formActions } from './forms.js'
import { habitActions } from './habits.js'
import { homeActions } from './home.js'
import { importActions } from './import.js'
import { linkingActions } from './linking.js'
import { lookUpActions } from './look-up.js'
import { memberActions } from './member.js'
import { membershipActions } from './membership.js'
import { planActions } from './plan.js'
import { practiceActions } from './practice.js'
import { reportActions } from './report.js'
import { shownAgainActions } from './shown-again.js'
import { teamActions } from './team.js'
import { teamReportActions } from './team-report.js'

const ofRooms = [
  answerActions,
  shownAgainActions,
  practiceActions,
  examActions,
  planActions,
  linkingActions,
  lookUpActions,
  boardActions,
  controlActions,
  teamActions,
  memberActions,
  membershipActions,
  habitActions,
  reportActions,
  appealActions,
  teamReportActions,
  authoringActions,
  importActions,
].flat()

export const actions: readonly Action[] = [...ofRooms, ...formActions(ofRooms), ...homeActions(ofRooms)]
