/** What the clocks of a zone show, by the runtime's own formatter: a second opinion on `schedule.ts`. */

const formats = new Map<string, Intl.DateTimeFormat>()

function format(zone: string): Intl.DateTimeFormat {
  const known = formats.get(zone)
  if (known) return known
  const numbers = {
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
  } as const
  const made = new Intl.DateTimeFormat('en-US', { ...numbers, timeZone: zone, hourCycle: 'h23' })
  formats.set(zone, made)
  return made
}

/** ISO date, minute of the day and ISO weekday in the zone. */
export function local(zone: string, moment: number) {
  const asIfUtc = new Date(moment + offsetAt(zone, moment))
  const minute = asIfUtc.getUTCHours() * 60 + asIfUtc.getUTCMinutes()
  return { date: asIfUtc.toISOString().slice(0, 10), minute, weekday: asIfUtc.getUTCDay() || 7 }
}

/** Milliseconds that the zone is ahead of UTC. */
export function offsetAt(zone: string, moment: number): number {
  const parts = new Map(
    format(zone)
      .formatToParts(moment)
      .map((part) => [part.type, Number(part.value)]),
  )
  const part = (type: Intl.DateTimeFormatPartTypes) => parts.get(type) ?? 0
  const shown = Date.UTC(
    part('year'),
    part('month') - 1,
    part('day'),
    part('hour'),
    part('minute'),
    part('second'),
  )
  return shown - Math.floor(moment / 1000) * 1000
}
