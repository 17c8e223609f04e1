import type { StoredSchedule } from '../../store/schedules.ts'
import { articlePath } from '../elements/addresses.ts'
import { html, nothing, when, type Html } from '@continuum/service'
import { icon } from '../elements/icons.ts'
import { titleHtml } from '../elements/jats-title.ts'
import { may, type Frame, type Page } from '../frame/layout.ts'
import { dueField, scheduleForm } from './schedule-form.ts'
import { unixTimeHtml } from '../elements/time.ts'

/** Builds the page of scheduled publications. An article may be scheduled before it arrives. */
export function scheduledPage(
  schedules: readonly StoredSchedule[],
  titles: ReadonlyMap<string, string>,
  frame: Frame,
): Page {
  const csrf = frame.csrf ?? ''
  const publishes = may(frame, 'publisher')
  return {
    title: 'Scheduled',
    at: '/scheduled',
    live: 'all',
    main: html`<section id="scheduled" aria-labelledby="scheduled-heading" data-parts>
        <h1 id="scheduled-heading">Scheduled publications</h1>
        ${schedules.length === 0 ? html`<p id="scheduled-none" class="tally none">No articles are scheduled.</p>` : nothing}
        <ul class="rows" id="scheduled-rows" data-parts>
          ${schedules.map((schedule) => rowHtml(schedule, titles.get(schedule.article), publishes ? csrf : undefined))}
        </ul>
      </section>
      ${when(publishes, () => newHtml(csrf))}`,
  }
}

function newHtml(csrf: string): Html {
  return html`<section id="schedule-new" aria-labelledby="schedule-new-heading">
    <h2 id="schedule-new-heading">Schedule an article</h2>
    <form class="schedule" method="post" action="/schedule">
      <input type="hidden" name="_csrf" value="${csrf}" /> <label for="new-article">Article number</label>
      <input id="new-article" name="article" required pattern="\\S+" size="8" /> ${dueField('new')}<button>
        Schedule
      </button>
    </form>
  </section>`
}

/** @param csrf undefined for a reader who may not change the schedule */
function rowHtml(schedule: StoredSchedule, title: string | undefined, csrf: string | undefined): Html {
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
      <p><b>${unixTimeHtml(due)}</b></p>
      ${when(problem, (why) => html`<p class="problem"><b>Overdue:</b> ${why}</p>`)}
    </div>
    <div class="actions">${when(csrf, (token) => scheduleForm({ id, schedule, csrf: token }))}</div>
  </li> `
}
