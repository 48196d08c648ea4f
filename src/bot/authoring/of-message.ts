/**
 * *Make a question of this*: at once for the caller's own message, for another person's message once its
 * author has agreed.
 */
import { createHash } from 'node:crypto'
import { LONGEST } from '../../content/longest.js'
import { Over, UserError } from '../../core/errors.js'
import { short } from '../../core/text.js'
import { allowedCard, askAuthorCard, askedAuthorCard, saidYesCard } from '../cards/message-ask.js'
import { notHere } from '../cards/wording.js'
import type { Deps } from '../deps.js'
import { MOST_ASKS } from '../ports/authoring.js'
import { type Caller, ChatBusy, ChatRefusal, type FormValues } from '../ports/chat.js'
import { field } from '../ui/action.js'
import type { Card, Form } from '../ui/card.js'
import { clean } from '../ui/clean.js'
import { openWrite } from './write.js'

export async function ofMessage(form: FormValues, caller: Caller, deps: Deps): Promise<Form | Card> {
  const [author, message] = [field(form, 'author'), field(form, 'message')]
  const text = clean(field(form, 'text'))
  if (author === '') throw new UserError('Pick a message that somebody of your team wrote.')
  if (text === '') throw new UserError('That message has no words of its own to make a question of.')
  // Checked first: a caller who may not write questions must not bother the author. An ellipsis shows where a
  // longer message was cut.
  const opened = await openWrite(caller, deps, undefined, { stem: short(text, LONGEST.stem) })
  return author === caller.user ? opened : ask({ author, message, text }, opened, caller, deps)
}

async function ask(
  { author, message, text }: { readonly author: string; readonly message: string; readonly text: string },
  opened: Form,
  caller: Caller,
  deps: Deps,
): Promise<Form | Card> {
  const { platform, workspace, user } = caller
  const hash = createHash('sha256')
    .update(JSON.stringify([message, text]))
    .digest()
  const asked = await deps.store.askOfMessage({ platform, workspace, user, author, hash, now: deps.clock() })
  if (!asked) throw notHere()
  switch (asked.state) {
    case 'yes':
      return opened
    case 'no':
      throw new UserError(
        'Whoever wrote it has said no. Write the question in your own words with /study write.',
      )
    case 'many':
      throw new UserError(
        `You have asked about ${MOST_ASKS} messages whose authors have not answered, or have said no. Ask about another one tomorrow.`,
      )
    case 'waits':
      return askedAuthorCard(false)
    case 'new':
      await tell(
        author,
        askAuthorCard(asked.id, caller.name, text),
        `ask-${asked.id}`,
        caller,
        deps,
        async (error) => {
          // The author may have been asked, and must find the ask there if they answer.
          if (!isSurelyNotPosted(error))
            throw new UserError(
              'The chat did not say whether the author was reached. If they do not answer within a day, choose the message again.',
            )
          await deps.store.dropMessageAsk(asked.id)
          throw new UserError(
            'Whoever wrote it could not be asked just now. Try again later, or ask them yourself.',
          )
        },
      )
      return askedAuthorCard(true)
  }
}

const isSurelyNotPosted = (error: unknown) =>
  error instanceof ChatRefusal || (error instanceof ChatBusy && !error.mayBeDone)

/**
 * Posts at once, not through the outbox: the outbox draws from what is stored, and the message is not stored
 * before its author has agreed.
 */
async function tell(
  user: string,
  card: Card,
  key: string,
  { platform, workspace }: Caller,
  { chats, log }: Deps,
  failed: (error: unknown) => Promise<void>,
): Promise<void> {
  try {
    await chats.get(platform)?.post({ workspace, user }, card, key)
  } catch (error) {
    log.warn({ platform, error }, 'author of a message not asked')
    await failed(error)
  }
}

export async function allow(id: number, isAllowed: boolean, caller: Caller, deps: Deps): Promise<Card> {
  const asker = await deps.store.answerMessageAsk(caller, id, isAllowed, deps.clock())
  if (asker === undefined) throw new Over('This is over: it was answered, or a day has passed.')
  // If this fails, the asker finds out when they choose the message again.
  if (isAllowed) await tell(asker, saidYesCard(caller.name), `allowed-${id}`, caller, deps, async () => {})
  return allowedCard(isAllowed)
}
