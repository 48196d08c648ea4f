/** A member's own data, and what others see of them. */
import { button, buttons, type Card, type FileBlock, text } from '../ui/card.js'
import { memberIds } from '../ui/ids.js'
import { count } from './wording.js'

const plain = (title: string, words: string): Card => ({ title, blocks: [text(words)] })

/** `isStored`: they are a member. */
export function hiddenCard(hidden: boolean, isStored: boolean): Card {
  if (!isStored)
    return plain(
      'No name to hide',
      'Nothing is stored about you here, so that no board has your name. Once you have answered again, you can hide it on /stats.',
    )
  return hidden
    ? plain('Your name is hidden', 'Boards say "Hidden member" in its place; you still see yourself.')
    : plain('Your name is shown', 'Boards show your name again.')
}

export function mentionCard(mentioned: boolean, isStored: boolean): Card {
  if (!isStored)
    return plain(
      'Nothing to change',
      'Nothing is stored about you here, so that no podium has your name. Once you have answered, you can choose it on /stats.',
    )
  return mentioned
    ? plain(
        'You are mentioned on podiums',
        'When you are among the first three of a season, the podium notifies you. /stats takes it back.',
      )
    : plain('You are not mentioned', 'Podiums show your name without notifying you.')
}

export function directlyCard(directly: boolean, isStored: boolean): Card {
  if (!isStored)
    return plain(
      'Nothing to change',
      'Answer a question in the channel of your team first: then you are in it, and can have its questions directly.',
    )
  return directly
    ? plain(
        'Questions come as direct messages',
        'From the next question on, each comes to you directly too, and can be answered there. /stats takes it back.',
      )
    : plain('No direct messages', 'The question of the day is in the channel of your team, as for everybody.')
}

export const WRITTEN_STAYS =
  'Questions of yours that a team is asked, or that wait for review, stay there without your name.'

export function askToForgetCard(): Card {
  const { forget } = memberIds
  return {
    title: 'Delete everything about you?',
    blocks: [
      text(
        `Your answers, points, streaks and reports here go for good. ${WRITTEN_STAYS} /study export gives you all of it first.`,
      ),
      ...buttons(
        button(forget.id({ sure: true }), 'Delete it all', 'danger'),
        button(forget.id({ sure: false }), 'Keep it'),
      ),
    ],
  }
}

export const keptCard = (): Card => plain('Kept', 'Nothing was deleted.')

/** `accounts`: on how many accounts something was stored. */
export function forgottenCard(accounts: number): Card {
  if (accounts === 0) return plain('Nothing was stored', 'There was nothing stored about you.')
  const what =
    accounts === 1
      ? 'Everything stored about you is gone: answers, points, streaks and reports.'
      : `Everything stored about you is gone, on ${count(accounts, 'account')}: answers, points, streaks, reports, plan and memory.`
  return plain('Deleted', `${what} What was posted in a channel before stays there. ${WRITTEN_STAYS}`)
}

export function dataCard(files: readonly FileBlock[]): Card {
  const what = `Everything stored about you here, as JSON${files.length > 1 ? ` in ${files.length} files` : ''}.`
  const isCompressed = files[0]?.name.endsWith('.gz') === true
  return {
    title: 'Your data',
    blocks: [
      text(
        isCompressed
          ? `${what} It is compressed with gzip, since a chat takes no larger files: most programs that unpack files open it.`
          : what,
      ),
      ...files,
    ],
  }
}
