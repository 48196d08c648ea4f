/** Schedules and packs in words. */
import type { Pack } from '../../core/model.js'
import { sentence } from '../../core/text.js'

export const DAY_NAMES = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday']

export function clock(minute: number): string {
  return `${String(Math.floor(minute / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}`
}

export function dayList(days: readonly number[]): string {
  const named = (want: readonly number[]) =>
    want.length === days.length && want.every((d) => days.includes(d))
  if (named([1, 2, 3, 4, 5, 6, 7])) return 'every day'
  if (named([1, 2, 3, 4, 5])) return 'Monday to Friday'
  return [...days]
    .sort((a, b) => a - b)
    .map((d) => DAY_NAMES[d - 1] ?? '')
    .join(', ')
}

export const packName = ({ title, exams: [exam] }: Pack) => (exam ? sentence`${exam.name}: ${title}` : title)
