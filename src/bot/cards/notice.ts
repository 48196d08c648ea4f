/** The notice to a team that the key of a question was corrected, or that the question was withdrawn. */

import { isWithdrawn } from '../../core/grade.js'
import { MIN_PEOPLE } from '../../core/group-figures.js'
import type { Round, SlotView } from '../../core/model.js'
import { isolated, short } from '../../core/text.js'
import type { Notice } from '../ports/regrades.js'
import { type Block, bold, button, buttons, type Card, note, text } from '../ui/card.js'
import { roundIds } from '../ui/ids.js'
import { keyInWords } from './question.js'
import { count } from './wording.js'

/** The most characters of the keys of all parts together. */
const ALL_KEYS = 1600

/**
 * `views`: the items of the round that changed, in the order of `notice.was`. It shows no key while the round
 * is `open`.
 */
export function noticeCard(
  notice: Notice & { readonly round: Pick<Round, 'id'> },
  views: readonly SlotView[],
  open: boolean,
): Card {
  const isVoid = views.every((view) => isWithdrawn(view.item))
  return {
    title: isVoid ? 'A question was withdrawn' : 'The key of a question was corrected',
    blocks: [
      ...asked(views),
      ...(open && !isVoid
        ? [text(HIDDEN)]
        : views.flatMap((view, i) => change(notice, view, i, views.length))),
      text(bold('Why: '), isolated(notice.why)),
      text(bold(moved(notice)), ' The boards are up to date.'),
      note('Streaks stay as they are: they count days answered, right or not.'),
      ...buttons(
        ...views.map((view, i) =>
          button(roundIds.explain.id({ round: notice.round.id, slot: view.slot }), label(i, views.length)),
        ),
      ),
    ],
  }
}

const HIDDEN =
  'Its round is still open: the button tells what is right once you have answered. Answers given before are graded again too.'

function asked(views: readonly SlotView[]): Block[] {
  const [first] = views
  return first ? [text(short(first.instance.scenario ?? first.item.stem, 300))] : []
}

function change(notice: Notice, { item }: SlotView, index: number, of: number): Block[] {
  const part = of > 1 ? `Part ${index + 1}: ` : ''
  const words = (key: string) => short(keyInWords({ ...item, key }), ALL_KEYS / (2 * of))
  const was = notice.was[index]?.key ?? item.key
  return [
    text(bold(`${part}Right until now: `), words(was)),
    text(bold(`${part}Right from now on: `), words(item.key)),
  ]
}

function moved({ members, points }: Notice): string {
  if (members === 0) return "Nobody's points change."
  if (members < MIN_PEOPLE) return 'Points that change are corrected.'
  return `${count(members, 'member')} have other points now, ${points < 0 ? '' : '+'}${points} in all.`
}

function label(index: number, of: number): string {
  return of > 1 ? `Part ${index + 1} explained` : 'Every option explained'
}
