/** The savings of Managed Spot Training. Source: SageMaker AI, "Managed Spot Training in Amazon SageMaker AI". */
import { between, oneOf } from '../random.js'
import { type Draw, digits, whole } from './ask.js'

/** Percent saved: `(1 - billable seconds / training seconds) * 100`. */
export function spotSaving(billableSeconds: number, trainingSeconds: number): number {
  return (1 - billableSeconds / trainingSeconds) * 100
}

export const billableTime: Draw = (random, edition) => {
  const training = 600 * between(6, 60, random)
  const billable = (training / 100) * between(12, edition === 'first' ? 48 : 75, random)
  const show = (n: number) => `${digits(n, 0)} %`
  return {
    stem: `A job of Managed Spot Training reports TrainingTimeInSeconds ${whole(training)} and BillableTimeInSeconds ${whole(billable)}. ${edition === 'first' ? 'Which saving' : 'What saving'} does SageMaker AI show for it, rounded to whole percent?`,
    key: [
      show(spotSaving(billable, training)),
      `1 − ${whole(billable)} / ${whole(training)}: the part of the time that is not billed.`,
    ],
    slips: [
      [show((100 * billable) / training), 'That is the part that is paid, not the part that is saved.'],
      [
        show((100 * (training - billable)) / billable),
        'That sets the saved seconds against the billed ones; the saving is a part of the training time.',
      ],
      [show(90), 'That is the most that AWS speaks of, not what this job saved.'],
      [show((100 * training) / (training + billable)), 'That divides by the sum of both times.'],
    ],
    more: [
      [
        show((100 * billable) / (training + billable)),
        'That is the part of the billed time in the sum of both times; the billed time lies within the other.',
      ],
      [
        show((100 * (training - billable)) / (training + billable)),
        'That sets the saved time against the sum of both times; the saving is a part of the training time.',
      ],
    ],
    limits: [1, 99],
  }
}

/**
 * Percent saved against On-Demand by a job that one interruption sets back to its last checkpoint:
 * `(1 - (run + ran % every) / run * (1 - discount)) * 100`. Times in minutes, the discount as a part of 1.
 */
export function savingWithRestart(run: number, every: number, ran: number, discount: number): number {
  return (1 - ((run + (ran % every)) / run) * (1 - discount)) * 100
}

export const checkpointRestart: Draw = (random, edition) => {
  const run = 60 * between(4, 12, random)
  const every = oneOf([30, 40, 60, 90], random)
  const ran = 10 * between(6, run / 10 - 3, random)
  const even = edition === 'even'
  // The even edition adds a decimal, since the key has one.
  const discount = oneOf([60, 65, 70, 75], random) + (even ? between(1, 9, random) / 10 : 0)
  const lost = ran % every
  if (lost === 0 || lost * 2 === every) return undefined
  const show = (n: number) => `${digits(n, 1)} %`
  const saving = (extra: number) => (1 - ((run + extra) / run) * (1 - discount / 100)) * 100
  return {
    stem: `A training job needs ${run / 60} hours without interruption. Spot capacity costs ${discount} % less than On-Demand, and ${even ? 'only running time' : 'running time alone'} is billed. The job writes a checkpoint after every ${every} minutes of running. It is interrupted once, after ${ran} minutes, and ${even ? 'resumes' : 'goes on'} from its last checkpoint. How much does it save against an uninterrupted On-Demand job, rounded to one decimal?`,
    key: [
      show(savingWithRestart(run, every, ran, discount / 100)),
      `${lost} minutes since the last checkpoint run twice, so ${run + lost} minutes are billed at ${Number((100 - discount).toFixed(1))} % of the price.`,
    ],
    slips: [
      [show(discount), 'That forgets the work after the last checkpoint, which is done and billed again.'],
      [show(saving(ran)), 'That starts again from the beginning, as a job without checkpoints would.'],
      [
        show(saving(every - lost)),
        'That repeats the time to the next checkpoint; the time since the last one is lost.',
      ],
    ],
    more: [
      [
        show(saving(-lost)),
        'That takes the lost minutes off the billed time; they are run and billed once more.',
      ],
      [
        show(saving(every / 2)),
        'That takes half of the time between checkpoints, which is lost on average; here the time is given.',
      ],
      [
        show(saving(every)),
        'That repeats all the time between two checkpoints; less has passed since the last one.',
      ],
      [
        show(discount - (100 * lost) / run),
        'That bills the repeated minutes at the On-Demand price; they run on Spot capacity too.',
      ],
    ],
  }
}
