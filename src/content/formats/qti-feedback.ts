/** Finds what an item of QTI says of its answers. */
import { textOf, type XmlElement } from '../xml.js'
import { allParts, attributeOf, partsOf, plainTextOf } from './qti-markup.js'

/** A shorter text such as "Correct." explains nothing. */
const MIN_EXPLANATION = 20

/**
 * Returns the feedback by the identifier of the choice that it is about; '' is about the whole question.
 * `choices`: the identifiers of all choices. It adds to `dropped`.
 */
export function feedbackOf(
  item: XmlElement,
  body: XmlElement,
  choices: ReadonlySet<string>,
  dropped: string[],
): ReadonlyMap<string, string> {
  const all = [...partsOf(item, 'modalfeedback'), ...allParts(body, (kind) => kind === 'feedbackblock')]
  const shownFor = choicesByOutcome(item)
  const byId = new Map<string, string>()
  const whole: string[] = []
  for (const one of all) {
    const id = attributeOf(one, 'identifier')
    const text = plainTextOf(one, dropped)
    const choice = choices.has(id) ? id : shownFor.get(id)
    const isGeneral = /general|solution|explan/i.test(id + attributeOf(one, 'outcomeidentifier'))
    const isRight = /correct|right|richtig/i.test(id) && !/in-?correct|not|wrong|falsch/i.test(id)
    if (attributeOf(one, 'showhide') === 'hide') dropped.push('a feedback that all other answers show')
    else if (isGeneral || (choice === undefined && isRight && text.length >= MIN_EXPLANATION))
      whole.push(text)
    else if (choice !== undefined && choices.has(choice)) byId.set(choice, text)
    else if (text.length >= MIN_EXPLANATION) dropped.push('a feedback that belongs to no single answer')
  }
  return byId.set('', whole.join('\n\n'))
}

/** By rules such as "if the response is A, the outcome is F1": the choice of each outcome that has only one. */
function choicesByOutcome(item: XmlElement): ReadonlyMap<string, string> {
  const found = new Map<string, string>()
  const rules = partsOf(item, 'responseprocessing').flatMap((one) =>
    allParts(one, (kind) => kind === 'responseif' || kind === 'responseelseif'),
  )
  for (const rule of rules) {
    const [condition] = partsOf(rule, 'match', 'member')
    const choices = valuesIn(condition)
    for (const outcome of partsOf(rule, 'setoutcomevalue').flatMap(valuesIn)) {
      const [choice = ''] = choices.length === 1 && !found.has(outcome) ? choices : []
      found.set(outcome, choice)
    }
  }
  return found
}

const valuesIn = (element: XmlElement | undefined): readonly string[] =>
  partsOf(element, 'basevalue').map((value) => textOf(value).trim())
