import type { StoredSchedule } from '../../store/schedules.ts'
import { articlePath } from '../elements/addresses.ts'
import { html, nothing, when, type Html } from '@continuum/service'
import { calendarViews, neighbour, weeksOf } from '../../derive/rows/calendar.ts'
import { dayText } from '../../derive/rules/local-time.ts'
import { icon } from '../elements/icons.ts'
import { titleHtml } from '../elements/jats-title.ts'
import { localTimeField, zonedText, zoneOf } from '../elements/local-times.ts'
import { may, type Frame, type Page } from '../frame/layout.ts'
import { unixTimeHtml } from '../elements/time.ts'
import { calendarGrid } from './calendar-grid.ts'
import { scheduleForm } from './schedule-form.ts'
import { viewPath, type ScheduledView } from './scheduled-view.ts'

/** Builds the page of scheduled publications: a list, a week or a month. An article may be scheduled before it arrives. */
export function scheduledPage(shown: ScheduledView, frame: Frame): Page {
  const csrf = may(frame, 'publisher') ? (frame.csrf ?? '') : undefined
  return {
    title: 'Scheduled',
    at: '/scheduled',
    live: 'all',
    main: html`<section id="scheduled" aria-labelledby="scheduled-heading" data-parts>
        <h1 id="scheduled-heading">Scheduled publications</h1>
        ${viewsHtml(shown)} ${shown.view === 'list' ? listHtml(shown, csrf) : calendarGrid(shown, csrf)}
      </section>
      ${when(csrf !== undefined, () => newHtml(shown, csrf ?? ''))}`,
  }
}

function viewsHtml(shown: ScheduledView): Html {
  const { view, date, today, zone, journals } = shown
  const link = (path: string, text: string, current = false) =>
    html`<a class="button" href="${path}" ${current ? html`aria-current="page"` : nothing}>${text}</a>`
  const zones = [...new Set(journals.map(({ timeZone }) => timeZone))]
  return html`<nav id="views" class="views" aria-label="Views of the schedule">
    ${calendarViews.map((name) => link(viewPath({ ...shown, view: name }), name[0]?.toUpperCase() + name.slice(1), name === view))}
    ${when(view !== 'list' && view, (of) => {
      const to = (by: -1 | 1) => viewPath({ ...shown, date: neighbour(of, date, by) })
      return html`<span class="turn"
        >${link(to(-1), `Previous ${of}`)} ${link(viewPath({ ...shown, date: today }), 'Today')}
        ${link(to(1), `Next ${of}`)}</span
      >`
    })}
    ${when(view !== 'list', () => html`<b class="span">${spanText(shown)}</b>`)}
    ${when(
      zones.length > 1 && view !== 'list',
      () =>
        html`<span class="zones"
          >Days in ${zones.map((name) => link(viewPath({ ...shown, zone: name }), name, name === zone))}</span
        >`,
    )}
  </nav>`
}

function spanText({ view, date }: ScheduledView): string {
  if (view === 'month') return dayText(date).replace(/^\d+ /, '')
  const [week = []] = weeksOf('week', date)
  const [first, last] = [week.at(0), week.at(-1)]
  return first && last ? `${dayText(first)} to ${dayText(last)}` : ''
}

function listHtml({ schedules, titles, journals }: ScheduledView, csrf: string | undefined): Html {
  const several = csrf !== undefined && schedules.length > 1
  return html`${schedules.length === 0 ? html`<p id="scheduled-none" class="tally none">No articles are scheduled.</p>` : nothing}
    <ul class="rows" id="scheduled-rows" data-parts>
      ${schedules.map((schedule) =>
        rowHtml(schedule, titles.get(schedule.article), { csrf, several, zone: zoneOf(journals, schedule.article) }),
      )}
    </ul>
    ${when(several, () => {
      const zones = [...new Set(schedules.map(({ article }) => zoneOf(journals, article)))]
      return html`<form class="batch schedule" id="several" method="post" action="/schedule">
        <input type="hidden" name="_csrf" value="${csrf ?? ''}" />
        ${localTimeField('several', zones.join(', '))}<label for="several-why">Reason (optional)</label>
        <input id="several-why" name="why" maxlength="1000" /><button>Reschedule selected</button
        ><button formaction="/schedule/cancel" formnovalidate>Cancel selected</button>
      </form>`
    })}`
}

function newHtml({ journals }: ScheduledView, csrf: string): Html {
  const zones = [...new Set(journals.map(({ timeZone }) => timeZone))]
  return html`<section id="schedule-new" aria-labelledby="schedule-new-heading">
    <h2 id="schedule-new-heading">Schedule an article</h2>
    <form class="schedule" method="post" action="/schedule">
      <input type="hidden" name="_csrf" value="${csrf}" /> <label for="new-article">Article number</label>
      <input id="new-article" name="article" required pattern="\\S+" size="8" />
      ${localTimeField('new', zones.length === 1 ? (zones[0] ?? 'UTC') : 'time zone of its journal')}<button>
        Schedule
      </button>
    </form>
  </section>`
}

/** @param options.csrf undefined for a reader who may not change the schedule */
function rowHtml(
  schedule: StoredSchedule,
  title: string | undefined,
  { csrf, several, zone }: { csrf: string | undefined; several: boolean; zone: string },
): Html {
  const { article: id, due, version, problem, by } = schedule
  const name = title === undefined ? html`${id}` : titleHtml(title)
  return html`<li class="row scheduled" id="scheduled-${id}">
    ${icon('scheduled')}
    <div class="what">
      <h2>
        ${title === undefined ? html`${name} has not arrived yet` : html`<a href="${articlePath(id)}">${name}</a>`}
      </h2>
      <p class="identity">
        <b class="number">${id}</b>${when(version, (number) => html` <span>version ${number}</span>`)}
        <span>scheduled by ${by}</span>
      </p>
    </div>
    <div class="now">
      <p><b>${zonedText(due, zone)}</b></p>
      <p class="since">your time: ${unixTimeHtml(due)}</p>
      ${when(problem, (why) => html`<p class="problem"><b>Overdue:</b> ${why}</p>`)}
    </div>
    <div class="actions">
      ${when(csrf, (token) => scheduleForm({ id, schedule, csrf: token, zone }))}${when(
        several,
        () =>
          html`<label class="select"
            ><input type="checkbox" id="select-${id}" name="article" value="${id}" form="several" /><span
              class="quiet-voice"
              >Select ${id}</span
            ></label
          >`,
      )}
    </div>
  </li> `
}
