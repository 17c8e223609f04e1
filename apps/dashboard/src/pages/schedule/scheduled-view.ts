import type { Journal } from '@continuum/article'
import type { Summary } from '../../derive/rows/summary.ts'
import type { CalendarView } from '../../derive/rows/calendar.ts'
import type { StoredSchedule } from '../../store/schedules.ts'

/** The content of the page of scheduled publications, in any view. */
export interface ScheduledView {
  readonly view: CalendarView
  /** A day of the week or month that is shown. */
  readonly date: Temporal.PlainDate
  /** The zone in whose days the calendar is. */
  readonly zone: string
  readonly today: Temporal.PlainDate
  readonly journals: readonly Journal[]
  readonly schedules: readonly StoredSchedule[]
  /** Articles that were published in the days that are shown. */
  readonly published: readonly Summary[]
  readonly titles: ReadonlyMap<string, string>
}

/** Returns the address of a view. */
export function viewPath({ view, date, zone }: Pick<ScheduledView, 'view' | 'date' | 'zone'>): string {
  return `/scheduled?${new URLSearchParams({ view, date: date.toString(), zone }).toString()}`
}
