import { html, nothing, when, type Html } from '@continuum/service'
import { clockChange, clockText, dayText, zoned } from '../../derive/rules/local-time.ts'
import { weeksOf } from '../../derive/rows/calendar.ts'
import type { Summary } from '../../derive/rows/summary.ts'
import type { StoredSchedule } from '../../store/schedules.ts'
import { articlePath } from '../elements/addresses.ts'
import { icon } from '../elements/icons.ts'
import { titleText } from '../elements/jats-title.ts'
import { viewPath, type ScheduledView } from './scheduled-view.ts'

const dayNames = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday']

/** An entry of a day, with the time by which it is sorted. */
interface Entry {
  readonly at: number
  readonly content: Html
}

/**
 * Renders the days of a week or month with what is scheduled and what was published. The page's script lets whoever may
 * publish drag a publication to another day, or move it by keys; the form below the table carries that.
 *
 * @param csrf undefined for a reader who may not change the schedule
 */
export function calendarGrid(shown: ScheduledView, csrf: string | undefined): Html {
  const view = shown.view === 'week' ? 'week' : 'month'
  const weeks = weeksOf(view, shown.date)
  const entries = Map.groupBy(entriesOf(shown, csrf !== undefined), ({ at }) =>
    zoned(at, shown.zone).toPlainDate().toString(),
  )
  return html`${when(
      csrf,
      () =>
        html`<p class="quiet" id="move-help">
          Drag a publication to another day; or focus it and press <kbd>m</kbd>, choose the day with the arrow keys,
          <kbd>Enter</kbd> to move it, <kbd>Escape</kbd> to leave it. Its time of day stays.
        </p>`,
    )}
    <table class="calendar ${view}" id="calendar" data-parts>
      <caption class="quiet-voice">
        Scheduled and published, days in ${shown.zone}
      </caption>
      <thead id="calendar-head">
        <tr>
          ${dayNames.map((name) => html`<th scope="col">${name}</th>`)}
        </tr>
      </thead>
      <tbody id="calendar-days" data-parts>
        ${weeks.map(
          (week) =>
            html`<tr id="week-${String(week[0])}" data-parts>
              ${week.map((day) => dayHtml(day, shown, entries.get(day.toString()) ?? []))}
            </tr>`,
        )}
      </tbody>
    </table>
    ${when(
      csrf,
      (token) =>
        html`<form id="move" method="post" action="/schedule/move">
          <input type="hidden" name="_csrf" value="${token}" /><input type="hidden" name="article" /><input
            type="hidden"
            name="day"
          /><input type="hidden" name="was" /><input type="hidden" name="zone" value="${shown.zone}" /><input
            type="hidden"
            name="back"
            value="${viewPath(shown)}"
          />
        </form>`,
    )}`
}

function dayHtml(day: Temporal.PlainDate, { date, zone, today, view }: ScheduledView, entries: readonly Entry[]): Html {
  const other = view === 'month' && day.month !== date.month
  const classes = [other ? 'other' : '', day.equals(today) ? 'today' : '', entries.length === 0 ? 'free' : '']
  return html`<td
    id="day-${day.toString()}"
    data-day="${day.toString()}"
    data-label="${dayNames[day.dayOfWeek - 1]}, ${dayText(day)}"
    class="${classes.filter(Boolean).join(' ')}"
  >
    <p class="day">
      <span class="quiet-voice">${dayNames[day.dayOfWeek - 1]} </span
      ><span class="narrow">${(dayNames[day.dayOfWeek - 1] ?? '').slice(0, 3)} </span>${day.day}<span
        class="quiet-voice"
      >
        ${dayText(day).replace(/^\d+ /, '')}</span
      >${day.equals(today) ? html`<span class="quiet-voice">, today</span>` : nothing}
    </p>
    ${when(clockChange(day, zone), (text) => html`<p class="clocks">${text}</p>`)}
    ${when(
      entries.length > 0,
      () =>
        html`<ul>
          ${entries.toSorted((a, b) => a.at - b.at).map(({ content }) => content)}
        </ul>`,
    )}
  </td>`
}

function entriesOf({ schedules, published, titles, zone }: ScheduledView, movable: boolean): Entry[] {
  return [
    ...schedules.map((schedule) => ({
      at: schedule.due,
      content: scheduledHtml(schedule, titles.get(schedule.article), zone, movable),
    })),
    ...published.flatMap((summary) => publishedEntry(summary, zone) ?? []),
  ]
}

function scheduledHtml(
  { article: id, due, problem }: StoredSchedule,
  title: string | undefined,
  zone: string,
  movable: boolean,
): Html {
  const text = title === undefined ? 'has not arrived yet' : titleText(title)
  const time = clockText(zoned(due, zone))
  return html`<li
    class="chip ${problem === '' ? 'due' : 'overdue'}"
    id="chip-${id}"
    ${movable ? html`draggable="true" data-move="${id}" data-was="${due}"` : nothing}
  >
    ${icon(problem === '' ? 'scheduled' : 'failed')}
    <a
      href="${movable ? `/schedule/change?${new URLSearchParams({ article: id }).toString()}` : articlePath(id)}"
      ${movable ? html`aria-describedby="move-help"` : nothing}
      ><b>${time}</b> ${id}
      <span class="title">${text}</span>${problem === '' ? nothing : html` <span class="problem">overdue</span>`}</a
    >
  </li>`
}

function publishedEntry({ id, title, published }: Summary, zone: string): Entry | undefined {
  if (!published) return undefined
  const at = Math.floor(Temporal.Instant.from(published.at).epochMilliseconds / 1000)
  const content = html`<li class="chip was" id="was-${id}">
    ${icon('published')}
    <a href="${articlePath(id, published.version)}"
      ><b>${clockText(zoned(at, zone))}</b> ${id} v${published.version}
      <span class="title">${title === undefined ? '' : titleText(title)}</span
      ><span class="quiet-voice">, published</span></a
    >
  </li>`
  return { at, content }
}
