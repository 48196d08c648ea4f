/** Counts the topics and questions that a pack has for each skill of an exam. */
import type { Exam, Question } from '../core/model.js'
import type { Content } from './bank.js'
import { domainIn, serves } from './exam-view.js'
import type { Problem } from './problem.js'

/** With fewer questions they come back too soon, and a single concept is always asked in the same words. */
const [LEAST_QUESTIONS, LEAST_CONCEPTS] = [6, 2]

export interface SkillCoverage {
  /** The number in the exam, such as `3.1.4`. */
  readonly number: string
  readonly title: string
  readonly topics: number
  readonly questions: number
  /** The number of different concepts among its questions. */
  readonly concepts: number
}

export interface DomainCoverage {
  readonly number: number
  readonly title: string
  readonly weight: number
  /** The number of questions that count in this domain. */
  readonly questions: number
  readonly skills: readonly SkillCoverage[]
}

/** Returns the coverage by domain, in the order of the exam; without skills if the exam names none. */
export function skillCoverage({ topics, questions }: Content, exam: Exam): DomainCoverage[] {
  const own = questions.filter((one) => serves(one, exam))
  return exam.domains.map(({ number, title, weight, tasks = [] }) => ({
    ...{ number, title, weight },
    questions: own.filter((one) => domainIn(one, exam) === number).length,
    skills: tasks.flatMap(({ skills }) =>
      skills.map((skill) => {
        const isFor = ({ skills: served }: Pick<Question, 'skills'>) =>
          served?.[exam.id]?.includes(skill.number) ?? false
        const asked = own.filter(isFor)
        return {
          ...skill,
          topics: topics.filter(isFor).length,
          questions: asked.length,
          concepts: new Set(asked.map(({ concept }) => concept)).size,
        }
      }),
    ),
  }))
}

/** Reports the gaps of each exam that can be taken, since it should be prepared for in each of its skills. */
export function checkSkills(content: Content): Problem[] {
  const { pack } = content
  return pack.exams
    .filter(({ state }) => state !== 'retired')
    .flatMap((exam) =>
      skillCoverage(content, exam)
        .flatMap(({ skills }) => skills)
        .flatMap((skill) => lacksOf(skill).map((lack) => `${exam.name} ${skill.number}: ${lack}`)),
    )
    .map((message) => ({ level: 'error', file: `${pack.id}/pack.yaml`, line: 1, message }))
}

function lacksOf({ title, topics, questions, concepts }: SkillCoverage): string[] {
  return [
    ...(topics === 0 ? [`no topic serves "${title}"`] : []),
    ...(questions < LEAST_QUESTIONS
      ? [`${questions} questions serve "${title}"; ${LEAST_QUESTIONS} are wanted`]
      : []),
    ...(concepts < LEAST_CONCEPTS && questions > 0
      ? [`its questions have one concept; ${LEAST_CONCEPTS} are wanted`]
      : []),
  ]
}
