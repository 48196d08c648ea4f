/** Writing a question, and changing one: the form, its checks, and where it goes. */
import { textsOf, type WrittenQuestion } from '../../content/written.js'
import { isWaiting } from '../../core/authoring.js'
import { Over, UserError } from '../../core/errors.js'
import type { Team } from '../../core/model.js'
import { adviceCard, notSentCard, sentCard, type WriteValues, writeForm } from '../cards/authoring.js'
import type { Deps } from '../deps.js'
import { FormQuestion, OVER } from '../forms/drafts.js'
import type { NotDone, TeamQuestion } from '../ports/authoring.js'
import type { Caller, FormValues } from '../ports/chat.js'
import type { LoadedPack } from '../ports/packs.js'
import { teamNumbered, teamOf } from '../team/team.js'
import { field, readId } from '../ui/action.js'
import type { Card, Form } from '../ui/card.js'
import { clean } from '../ui/clean.js'
import { authoringIds } from '../ui/ids.js'
import { STALE } from '../ui/params.js'
import { actorOf, checkMember, questionFor, refusedError, versionFor } from './access.js'
import { asideOf } from './aside.js'
import { askToReview, tellEdited } from './deliveries.js'
import { readForm, reviewOf } from './read-form.js'
import { topicTitle } from './review.js'

/** `team`: by default that of the place where the caller is. `values`: what the form holds already. */
export async function openWrite(
  caller: Caller,
  deps: Deps,
  team?: number,
  values: WriteValues = {},
): Promise<Form> {
  const of = team === undefined ? await teamOf(caller, deps) : await teamNumbered(team, caller, deps)
  await checkMember(of, caller, deps)
  const refused = await deps.store.writeRefusal(caller, of.id)
  if (refused) throw refusedError(refused)
  return formFor(authoringIds.save.id({ team: of.id }), false, deps.packs.preparing(of), values)
}

/** Without its pack, a question keeps its topic, and the form does not ask for one. */
function formFor(id: string, isChange: boolean, pack: LoadedPack | undefined, values: WriteValues): Form {
  return writeForm({ id, isChange, example: pack && exampleOf(pack), values })
}

/** A topic that is asked about: the first of a pack may be about the exam itself. Undefined without topics. */
function exampleOf({ bank }: LoadedPack): string | undefined {
  const asked = bank.topics.find(({ slug }) => bank.questionsFor([slug]).length > 0)
  return (asked ?? bank.topics[0])?.title
}

/** Opens the form for another version, by its writer or a reviewer. */
export async function openChange(
  question: number,
  version: number,
  caller: Caller,
  deps: Deps,
): Promise<Form> {
  const draft = await versionFor(question, version, caller, deps)
  const actor = await actorOf(caller)
  const refused = await deps.store.changeRefusal(actor, question)
  if (refused) throw refusedError(refused, draft)
  const values = valuesOf(draft, deps)
  if (!values)
    throw new UserError('This kind of question cannot be changed in the chat. Reject it, and say why.')
  const pack = deps.packs.get(draft.pack)
  // The form shows the key.
  await deps.store.noteKnown(actor, question)
  return formFor(authoringIds.change.id({ question, version }), true, pack, values)
}

function valuesOf({ pack, content }: TeamQuestion, { packs }: Deps): WriteValues | undefined {
  const texts = textsOf(content.item)
  const topic = packs.get(pack)?.bank.topic(content.topics[0] ?? '')?.title
  return texts && { ...texts, source: content.source, ...(topic !== undefined && { topic }) }
}

/** The purpose of a form: a new question of a team, or another version. */
type Target = { readonly team: number } | { readonly question: number; readonly version: number }

/** Throws a `FormQuestion` if there is advice, unless it was shown before: then the form is `kept`. */
export async function saveWritten(
  target: Target,
  form: FormValues,
  caller: Caller,
  deps: Deps,
  kept?: string,
): Promise<Card> {
  const draft = 'question' in target ? await questionFor(target.question, caller, deps) : undefined
  const team = await teamNumbered('team' in target ? target.team : (draft?.team ?? 0), caller, deps)
  const own = deps.packs.get(draft?.pack ?? team.pack)
  const pack = own ?? deps.packs.first
  const content = readForm(form, draft && !own ? draft.content.topics : pack)
  const review = await reviewOf(content, { pack, team: team.id, ...(draft && { except: draft.id }) }, deps)
  if (kept === undefined && review.advice.length + review.alike.length > 0)
    throw new FormQuestion((id) => adviceCard(id, review.advice, review.alike))
  const saved = await store(target, content, { team, pack, kept }, caller, deps)
  if ('refused' in saved) return notSent(saved.refused, form, draft, caller, deps)
  await deps.questions.catchUp()
  if (isWaiting(saved.state)) await askToReview(team, deps)
  await tellEdited(saved, deps)
  const about = { topic: topicTitle(saved, deps), aside: asideOf(saved, team, deps) }
  return sentCard(saved, about)
}

async function store(
  target: Target,
  content: WrittenQuestion,
  { team, pack, kept }: { readonly team: Team; readonly pack: LoadedPack; readonly kept: string | undefined },
  caller: Caller,
  deps: Deps,
): Promise<TeamQuestion | NotDone> {
  const [actor, now] = [await actorOf(caller), deps.clock()]
  const sent = { content, ...(kept !== undefined && { kept }) }
  const done =
    'team' in target
      ? await deps.store.writeQuestion(actor, { ...sent, team: team.id, pack: pack.bank.pack.id, now })
      : await deps.store.actOnQuestion(
          actor,
          target.question,
          { ...sent, kind: 'edit', version: target.version },
          now,
        )
  if (!done) throw new UserError(STALE)
  return done
}

/** Returns what was written together with the refusal, since the form is closed by now. */
async function notSent(
  refused: NotDone['refused'],
  form: FormValues,
  draft: TeamQuestion | undefined,
  caller: Caller,
  deps: Deps,
): Promise<Card> {
  const error = refusedError(refused, draft)
  if (error.field !== undefined || error instanceof Over) throw error
  const now = draft && (await deps.store.teamQuestion(await actorOf(caller), draft.id))
  const texts = ['stem', 'options', 'reasons', 'source'].map((name) => clean(field(form, name)))
  return notSentCard(error.message, texts, now)
}

/**
 * Saves the kept form as it was sent. If it is pressed twice, only the press that deletes the kept form saves
 * it.
 */
export async function saveAnyway(kept: string, caller: Caller, deps: Deps): Promise<Card> {
  const draft = await deps.store.formDraft(caller, kept, deps.clock())
  if (!draft) throw new Over(OVER)
  return saveWritten(targetOf(draft.form), draft.given, caller, deps, kept)
}

function targetOf(form: string): Target {
  const target = readId(form, authoringIds.save) ?? readId(form, authoringIds.change)
  if (!target) throw new UserError(STALE)
  return target
}
