import type { RecipientSchedule } from '@continuum/settings'
import { Cron } from 'croner'

/**
 * Returns the instant at which a deposit that is planned now is due: now, or the next hour of the schedule. An instant that
 * passes while nothing runs stays due: it is taken once, when something runs again.
 */
export function dueAt(schedule: RecipientSchedule, now: Temporal.Instant): Temporal.Instant {
  if (schedule === 'at once') return now
  const next = new Cron(schedule.cron, { timezone: schedule.zone }).nextRun(new Date(now.epochMilliseconds))
  return next === null ? now : Temporal.Instant.fromEpochMilliseconds(next.getTime())
}

const weekdays = ['Sundays', 'Mondays', 'Tuesdays', 'Wednesdays', 'Thursdays', 'Fridays', 'Saturdays', 'Sundays']

/** Tells a schedule to a person: by the hour, the day or the day of the week; any other as the cron expression that it is. */
export function scheduleText(schedule: RecipientSchedule): string {
  if (schedule === 'at once') return schedule
  const { cron, zone } = schedule
  const [, minute = '', hour = '', weekday = ''] = /^(\d{1,2}) (\d{1,2}|\*) \* \* ([0-7]|\*)$/.exec(cron) ?? []
  const two = (number: string) => number.padStart(2, '0')
  if (minute === '' || (hour === '*' && weekday !== '*')) return `${cron} (${zone})`
  if (hour === '*') return `${minute} minutes past every hour (${zone})`
  return `${weekdays[Number(weekday)] ?? 'daily'} at ${two(hour)}:${two(minute)} (${zone})`
}

/**
 * Returns the instant of an embargo: the beginning of the day on which the article is public. The recipients of records refuse,
 * or misread, a date that has not come.
 */
export function embargoUntil(published: Temporal.Instant, now: Temporal.Instant): Temporal.Instant | undefined {
  return Temporal.Instant.compare(published, now) > 0 ? published : undefined
}
