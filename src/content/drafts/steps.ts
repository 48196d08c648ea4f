/** Makes an ordering from a numbered list of steps, but not from one that only counts things. */
import type { OrderingItem, Passage, Topic } from '../../core/model.js'
import { asSeen, plain, type Text } from '../../core/text.js'
import { isGeneric } from '../made/titles.js'
import { type DraftQuestion, draftOf } from './draft.js'
import { capital, clean, sentencesWithin, subjectOf, tidy, withoutStop } from './texts.js'

const MAX_STEPS = 5
const MIN_STEPS = 3
const MAX_STEP = 120

export function stepDrafts(topic: Topic): DraftQuestion[] {
  const used = new Map<string, number>()
  return topic.details.flatMap((passage, i): DraftQuestion[] => {
    if (passage.kind !== 'list' || !passage.ordered || passage.start !== undefined) return []
    const around = [topic.title, ...above(topic.details, i)]
    const steps = stepsOf(passage.items, around)
    if (!steps) return []
    const label = labelOf(topic, i)
    const nth = used.get(label) ?? 0
    used.set(label, nth + 1)
    return [draftOf(topic, `${label} ${nth}`, label, orderingOf(steps, label, goesOn(topic.details, i)))]
  })
}

function orderingOf(all: readonly string[], label: string, isMore: boolean): OrderingItem {
  const first = all.length > MAX_STEPS || isMore ? 'the first steps' : 'these steps'
  const steps = all.slice(0, MAX_STEPS).map((text) => ({ text, why: '' }))
  return { kind: 'ordering', stem: `${label}: put ${first} in the right order.`, steps, spare: [] }
}

/** Whether the steps continue after a piece of code or a remark. */
const goesOn = (details: readonly Passage[], at: number): boolean =>
  details.slice(at + 1, at + 4).some((next) => next.kind === 'list' && next.ordered && (next.start ?? 1) > 1)

/** Returns the text directly above and the heading. */
function above(details: readonly Passage[], at: number): string[] {
  const text = details[at - 1]
  const heading = headingAbove(details, at)
  return [...(text?.kind === 'text' ? [plain(text.text)] : []), ...(heading === undefined ? [] : [heading])]
}

function headingAbove(details: readonly Passage[], at: number): string | undefined {
  const found = details.slice(0, at).findLast(({ kind }) => kind === 'heading')
  return found?.kind === 'heading' ? found.text : undefined
}

function labelOf({ title, details }: Topic, at: number): string {
  const heading = headingAbove(details, at)
  const subject = subjectOf(title)
  const label = heading === undefined || isGeneric(heading) ? subject : `${subject}, ${subjectOf(heading)}`
  return label.length > 120 ? subject : label
}

/** Matches words which say that what follows has an order. */
const SEQUENCE =
  /\b(?:steps?|process(?:es)?|how to|procedures?|workflows?|life ?cycles?|in order|order of|phases?|stages?|sequence|pipeline|flow|algorithm|how .* works?|schritte?|ablauf|reihenfolge|vorgehen)\b/i
/** Verbs that steps begin with. */
const ACTION =
  /^(?:add|allow|apply|approve|ask|assign|attach|authenticate|authorize|back up|build|calculate|call|check|choose|clean|click|clone|collect|commit|compare|compile|compute|configure|confirm|connect|copy|create|decide|define|delete|deploy|describe|design|detach|determine|develop|disable|discover|download|drain|edit|enable|encrypt|enter|establish|evaluate|execute|export|extract|fetch|find|fix|gather|generate|get|give|go|grant|identify|implement|import|initiali[sz]e|initiate|insert|inspect|install|invoke|join|label|launch|load|log|make|measure|merge|migrate|modify|monitor|move|name|navigate|normali[sz]e|obtain|open|package|paste|pick|plan|prepare|press|preprocess|process|provide|provision|publish|pull|push|put|read|receive|record|register|release|remove|repeat|replace|request|restart|restore|review|rotate|run|save|scan|schedule|score|search|select|send|set|share|shut|sign|specify|split|start|stop|store|submit|switch|take|terminate|test|train|transform|translate|turn|uncordon|unpack|update|upgrade|upload|use|validate|verify|view|wait|write)\b/i
/** Any other verb, recognised by its object. */
const ACTS =
  /^(?!(?:for|in|on|at|by|with|from|to|of|as|when|if|not|only|all|is|both|use of)\b)\p{L}{2,}(?<!ing|s|ed) (?:the|a|an|your|each|den|die|das|ein|eine|einen) /iu
/** Matches words that give a step's place. */
const PLACE =
  /^(?:(?:step|phase|stage|schritt)\s*\d+\s*[:.)–-]?\s*|(?:first(?:ly)?|second(?:ly)?|third(?:ly)?|then|next|after that|afterwards|finally|lastly|at last|zuerst|dann|danach|zuletzt)\b,?\s+)/i
/** Matches words about other steps, by their number or their place. */
const OTHER_STEPS =
  /\bsteps?\s*\d|\b(?:previous|next|last|first|above|following) (?:step|one)|\bstep (?:above|below)|\bagain\b|\brepeat\b/i

function stepsOf(items: readonly Text[], around: readonly string[]): string[] | undefined {
  if (items.length < MIN_STEPS) return undefined
  const texts = items.slice(0, MAX_STEPS + 1).map(stepOf)
  const steps = texts.filter((text) => text !== undefined)
  const isOrder = around.some((text) => SEQUENCE.test(text))
  const actions = steps.filter((text) => ACTION.test(text) || ACTS.test(text)).length
  const isEqual = new Set(steps.map(asSeen)).size < steps.length
  if (steps.length < texts.length || isEqual) return undefined
  return isOrder || actions >= 0.7 * steps.length ? steps : undefined
}

/** Returns the step in short: the bold words that it begins with, or its first sentence. */
function stepOf(item: Text): string | undefined {
  const whole = capital(tidy(clean(item).replace(PLACE, '')))
  const text = whole.length <= MAX_STEP ? whole : (lead(item) ?? sentencesWithin(whole, MAX_STEP))
  if (text === undefined || text.length < 6 || OTHER_STEPS.test(text)) return undefined
  if (/[?:]$|https?:\/\/|\b(?:option|choice|answer) [A-H]\b/i.test(text)) return undefined
  return withoutStop(text)
}

function lead([first]: Text): string | undefined {
  if (first === undefined || typeof first === 'string' || !('bold' in first)) return undefined
  const text = capital(tidy(plain(first.bold).replace(PLACE, '')).replace(/:$/, ''))
  return text.split(' ').length >= 2 ? text : undefined
}
