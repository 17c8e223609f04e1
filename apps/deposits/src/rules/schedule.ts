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

/** Tells a schedule to a person. */
export function scheduleText(schedule: RecipientSchedule): string {
  return schedule === 'at once' ? schedule : `${schedule.cron} (${schedule.zone})`
}

/**
 * Returns the instant of an embargo: the beginning of the day on which the article is public. The recipients of records refuse,
 * or misread, a date that has not come.
 */
export function embargoUntil(published: Temporal.Instant, now: Temporal.Instant): Temporal.Instant | undefined {
  return Temporal.Instant.compare(published, now) > 0 ? published : undefined
}
