/** The range of right answers to expect, which only the person sees. */
import type { Exam } from '../../core/model.js'
import type { Readiness } from '../../core/readiness.js'
import { sentence } from '../../core/text.js'
import { type Block, heading, note, text } from '../ui/card.js'
import { count } from './wording.js'

const HONEST =
  'Eight of ten such exams would lie in this range. It says nothing of a scaled score or of passing: the exam asks other questions than these.'

export function readinessBlocks(ready: Readiness, exam: Exam): Block[] {
  const title = heading('Readiness, for your eyes only')
  return ready.kind === 'missing' ? [title, missing(ready, exam)] : [title, ...range(ready, exam)]
}

function missing({ answers, domains }: Readiness & { kind: 'missing' }, exam: Exam): Block {
  const lacking = domains.map(
    ({ number, answers: more }) => sentence`${more} more in domain ${titleOf(number, exam) ?? number}`,
  )
  const needed = [...(answers > 0 ? [count(answers, 'more first answer')] : []), ...lacking]
  return text(`Not enough answers yet to say anything honest. Needed: ${needed.join('; ')}.`)
}

function range({ range: all, domains }: Readiness & { kind: 'range' }, exam: Exam): Block[] {
  const rows = domains.map(({ number, low, high }) => ({ label: named(number, exam), low, high }))
  const ranges = [{ label: 'The whole exam', ...all }, ...rows]
  const told = ranges.map((row) => `${row.label}: ${row.low}-${row.high} %`).join('. ')
  return [
    text(`Expect ${all.low}-${all.high} % right on a new exam of this kind.`),
    {
      kind: 'image',
      picture: { kind: 'ranges', title: 'Right answers to expect', ranges },
      alt: `Right answers to expect. ${told}.`,
    },
    {
      kind: 'table',
      header: [['Domain'], ['Right']],
      rows: rows.map((row) => [[row.label], [`${row.low}-${row.high} %`]]),
    },
    note(HONEST),
  ]
}

const named = (number: number, exam: Exam) => titleOf(number, exam) ?? `domain ${number}`

function titleOf(number: number, { domains }: Exam): string | undefined {
  const title = domains.find((domain) => domain.number === number)?.title
  return title && sentence`${number} ${title}`
}
