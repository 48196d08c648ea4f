/** Several accounts of one person: a code on one side, the agreement of both sides, and unlinking. */
import { isolated, type Text } from '../../core/text.js'
import type { Account, Linked } from '../ports/linking.js'
import { type Block, bold, bullets, button, buttons, type Card, code, note, text } from '../ui/card.js'
import { linkIds, memberIds } from '../ui/ids.js'
import { WRITTEN_STAYS } from './own-data.js'
import { count, platformName } from './wording.js'

const JOINED =
  'One plan, one memory and one readiness, made of the answers of all accounts, and seen on each of them. Points, boards and streaks stay as they are, with each team.'

const named = ({ name, platform }: Account): Text => [bold(isolated(name)), ` on ${platformName(platform)}`]
const others = (accounts: readonly Account[]): Block => bullets(...accounts.map(named))

/** `until`: epoch milliseconds. `linked`: accounts besides this one. */
export function codeCard(shown: string, until: number, zone: string, linked: readonly Account[]): Card {
  return {
    title: 'Link your accounts',
    blocks: [
      text('Type this where you also use Cohort, on Slack, on Discord or elsewhere:'),
      { kind: 'code', text: `/study link ${shown}` },
      text(
        'It works once, until ',
        { time: until, zone, show: 'time' },
        '. Then both sides are asked to say yes.',
      ),
      text(bold('What is joined: '), JOINED),
      ...linkedBlocks(linked),
      note('Show the code to nobody. An earlier one no longer works.'),
    ],
  }
}

function linkedBlocks(linked: readonly Account[]): Block[] {
  if (linked.length === 0) return []
  return [
    text('Linked with this account already:'),
    others(linked),
    ...buttons(button(linkIds.askToUnlink.id({}), 'Unlink this account')),
  ]
}

/** Asks the person who typed the code of `first`. */
export function isThisYouCard(first: Account, linked: readonly Account[]): Card {
  return {
    title: 'Is this you?',
    blocks: [
      text('The code is of ', ...named(first), '.'),
      ...alsoLinked(linked),
      text(bold('What is joined: '), JOINED),
      text('Say yes only if this account is yours: it will see your readiness and your plan.'),
      ...buttons(
        button(linkIds.agree.id({ first: first.id }), 'Link', 'primary'),
        button(linkIds.refuse.id({ first: first.id }), 'No'),
      ),
    ],
  }
}

const alsoLinked = (linked: readonly Account[]): Block[] =>
  linked.length === 0 ? [] : [text('Linked with it, and joined too:'), others(linked)]

export function askedThereCard(first: Account): Card {
  const there = platformName(first.platform)
  return {
    title: 'Now say yes there',
    blocks: [
      text(
        `Cohort asks `,
        ...named(first),
        `, too. Nothing is linked before. If no message comes, type /study link there, on ${there}, within ten minutes.`,
      ),
    ],
  }
}

/** Asks the owner of the code. */
export function confirmCard(self: Account, other: Account, linked: readonly Account[]): Card {
  return {
    title: 'Is this you?',
    blocks: [
      text(...named(other), ' typed your code and said yes.'),
      ...alsoLinked(linked),
      text(bold('What is joined: '), JOINED),
      text('Say yes only if this account is yours: it will see your readiness and your plan.'),
      ...buttons(
        button(linkIds.confirm.id({ first: self.id, other: other.id }), 'Link', 'primary'),
        button(linkIds.refuse.id({ first: self.id }), 'No'),
      ),
    ],
  }
}

export function waitsCard(self: Account, other: Account): Card {
  return {
    title: 'Your code was typed',
    blocks: [
      text(...named(other), ' typed your code, and has not said yes yet. Nothing is linked before.'),
      ...buttons(button(linkIds.refuse.id({ first: self.id }), 'That is not me', 'danger')),
    ],
  }
}

export function linkedCard({ accounts, exam, dropped, goal }: Linked): Card {
  return {
    title: 'Linked',
    blocks: [
      text('From now on these are one person:'),
      others(accounts),
      ...(exam ? [text(`The plan is to ${exam.on}, with ${count(goal, 'answer')} a day.`)] : []),
      ...(dropped
        ? [
            text(
              `Both had a day of their exam: the earlier one stays, not ${dropped.on}. /study exam changes it.`,
            ),
          ]
        : []),
      ...buttons(button(memberIds.study.id({}), 'Your study', 'primary')),
      note('/study unlink takes an account out again.'),
    ],
  }
}

/** Tells the side that agreed first. */
export function toldLinkedCard(accounts: readonly Account[]): Card {
  return {
    title: 'Linked',
    blocks: [
      text('The other side has said yes, too. From now on these are one person:'),
      others(accounts),
      ...buttons(button(memberIds.study.id({}), 'Your study', 'primary')),
      note('/study unlink takes an account out again.'),
    ],
  }
}

export function linkedAlreadyCard(accounts: readonly Account[]): Card {
  return {
    title: 'Linked already',
    blocks: [text('These are one person:'), others(accounts), note('/study unlink takes an account out.')],
  }
}

export function notLinkedCard(): Card {
  return { title: 'Not linked', blocks: [text('Nothing was linked. /study link gives a fresh code.')] }
}

export function askToUnlinkCard(linked: readonly Account[]): Card {
  return {
    title: 'Unlink this account?',
    blocks: [
      text('It is linked with:'),
      others(linked),
      text(
        'What you remember is then worked out from the answers of this account alone, here, and from the others there. The day of the exam stays with both. No answer is deleted.',
      ),
      ...buttons(
        button(linkIds.unlink.id({ sure: true }), 'Unlink', 'danger'),
        button(linkIds.unlink.id({ sure: false }), 'Keep'),
      ),
    ],
  }
}

export const unlinkedCard = (): Card => ({
  title: 'Unlinked',
  blocks: [text('This account is a person of its own again. ', code('/study link'), ' links it once more.')],
})

export const stillLinkedCard = (): Card => ({ title: 'Still linked', blocks: [text('Nothing was changed.')] })

/** Asks whose data to delete: `linked` are the other accounts. */
export function forgetWhichCard(linked: readonly Account[]): Card {
  const { forget, forgetAll } = memberIds
  return {
    title: 'Delete everything about you?',
    blocks: [
      text('This account is linked with:'),
      others(linked),
      text(
        bold('This account only: '),
        'its answers, points, streaks and reports go for good. What you remember is then worked out from the others, which keep the plan.',
      ),
      text(
        bold(`All ${linked.length + 1}: `),
        'the same for each of them, wherever it is, and the plan and the memory with it.',
      ),
      text(`${WRITTEN_STAYS} /study export gives you what this account has first.`),
      ...buttons(
        button(forget.id({ sure: true }), 'Delete this account only', 'danger'),
        button(forgetAll.id({ sure: true }), `Delete all ${linked.length + 1}`, 'danger'),
        button(forget.id({ sure: false }), 'Keep it'),
      ),
    ],
  }
}
