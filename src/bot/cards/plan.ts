/** A person's plan until the day of their exam. */
import type { PlanDay, Why } from '../../core/plan.js'
import { type Block, button, buttons, type Card, type Form, note, text } from '../ui/card.js'
import { planIds, practiceIds } from '../ui/ids.js'
import { count } from './wording.js'

export const HOW_TO_SAY = 'Say it as 2027-02-15, 15 Feb, or in 6 weeks.'
const GOALS = [5, 10, 15, 20, 30]

export interface PlanView {
  readonly day: PlanDay
  /** Undefined if there is no date. */
  readonly daysLeft: number | undefined
}

/** The plan in one line: "41 days, 62 of 144 concepts met, 9 for today". */
export function planLine({ day, daysLeft }: PlanView): string {
  return [
    ...(daysLeft === undefined ? [] : [daysLeft === 0 ? 'Exam day' : count(daysLeft, 'day')]),
    `${day.met} of ${count(day.concepts, 'concept')} met`,
    day.next.length === 0 ? 'today’s goal is reached' : `${day.next.length} for today`,
  ].join(', ')
}

export function becauseOf(why: Why | 'exam', daysLeft: number | undefined): string {
  switch (why) {
    case 'missed':
      return 'You missed its sibling yesterday.'
    case 'exam':
      return 'You missed this concept in a mock exam.'
    case 'new':
      return 'New to you.'
    case 'worth':
      return daysLeft === undefined ? 'Time to recall it once more.' : 'Asked now, it helps most on exam day.'
  }
}

export function examCard(view: PlanView, date: string, goal: number): Card {
  return {
    title: `Your exam: ${date}`,
    blocks: [
      text(`${planLine(view)}. /quiz asks what comes next. Only you see this.`),
      goalMenu(goal),
      ...buttons(
        button(practiceIds.more.id({ topic: '-' }), 'Practise now', 'primary'),
        button(planIds.openExam.id({}), 'Change the date'),
        button(planIds.clear.id({}), 'Clear the date'),
      ),
    ],
  }
}

export function noExamCard(view: PlanView, goal: number): Card {
  return {
    title: 'No exam date yet',
    blocks: [
      text(`Type /study exam and the date, and /quiz becomes your plan to that day. ${HOW_TO_SAY}`),
      note(planLine(view)),
      goalMenu(goal),
      ...buttons(
        button(practiceIds.more.id({ topic: '-' }), 'Practise now', 'primary'),
        button(planIds.openExam.id({}), 'Set the date'),
      ),
    ],
  }
}

/** `date`: the current date, ISO. */
export function examForm(date: string | undefined): Form {
  return {
    id: planIds.saveExam.id({}),
    title: 'Your exam',
    submit: 'Save',
    fields: [
      {
        kind: 'text',
        name: 'date',
        label: 'Day of your exam',
        hint: `${HOW_TO_SAY} "clear" removes it.`,
        max: 60,
        ...(date !== undefined && { value: date }),
      },
    ],
  }
}

function goalMenu(goal: number): Block {
  const goals = [...new Set([...GOALS, goal])].sort((a, b) => a - b)
  return {
    kind: 'select',
    id: planIds.goal.id({}),
    label: `${goal} answers a day`,
    min: 1,
    max: 1,
    options: goals.map((one) => ({ value: String(one), label: `${one} answers a day` })),
  }
}

export function wentCard(date: string): Card {
  return {
    title: 'How did the exam go?',
    blocks: [
      text(
        `Your exam was on ${date}. The plan to it is over, and this is asked once. Your answer is not stored.`,
      ),
      ...buttons(
        button(planIds.went.id({ how: 'passed' }), 'I passed'),
        button(planIds.went.id({ how: 'not-yet' }), 'Not this time'),
        button(planIds.went.id({ how: 'skip' }), 'Rather not say'),
      ),
    ],
  }
}

const WENT = {
  passed: 'Congratulations. What you know keeps with a question now and then: /quiz is always here.',
  'not-yet': 'Thank you for saying so. /study exam with a new date makes a plan of what is left to learn.',
  skip: 'All right. /quiz goes on without a date.',
} as const

export function wentAnswer(how: keyof typeof WENT): Card {
  return { title: 'Thank you', blocks: [text(WENT[how])] }
}
