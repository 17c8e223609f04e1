import type { Schedule } from '../../derive/history/model.ts'
import { runRefText, type RunRef } from '../elements/addresses.ts'
import { html, when, type Html } from '@continuum/service'
import { unixTimeHtml } from '../elements/time.ts'

/**
 * Renders the forms that schedule, reschedule or cancel the publication of an article. Without a script, times are in UTC.
 *
 * @param options.ready the run to publish; without it, the first run that becomes ready is published
 */
export function scheduleForm(options: {
  id: string
  schedule: Schedule | undefined
  csrf: string
  ready?: RunRef
}): Html {
  const { id, csrf, ready } = options
  const pending = options.schedule?.fired === false ? options.schedule : undefined
  return html`${when(
      pending,
      () =>
        html`<form method="post" action="/schedule/cancel">
          <input type="hidden" name="_csrf" value="${csrf}" />
          <input type="hidden" name="article" value="${id}" /><button id="cancel-${id}">Cancel schedule</button>
        </form>`,
    )}
    <details id="schedule-${id}">
      <summary>${pending ? 'Reschedule' : 'Schedule publication'}</summary>
      <form class="schedule" method="post" action="/schedule">
        <input type="hidden" name="_csrf" value="${csrf}" />
        <input type="hidden" name="article" value="${id}" />${when(
          ready,
          (run) => html`<input type="hidden" name="ready" value="${runRefText(run)}" />`,
        )}${dueField(id)}<label for="why-${id}">Reason (optional)</label>
        <input id="why-${id}" name="why" maxlength="1000" /><button>Schedule</button>
      </form>
    </details>`
}

/** Renders the time of a scheduled publication, or nothing if there is none. */
export function scheduleNote(schedule: Schedule | undefined): Html {
  return when(
    schedule?.fired === false && schedule,
    ({ due, version, problem }) =>
      html`<p>
        Publication${when(version, (number) => html` of version ${number}`)} is scheduled for ${unixTimeHtml(due)}.
        ${when(problem, (why) => html`<b>Overdue:</b> ${why}`)}
      </p>`,
  )
}

/** Renders a date and time field in the reader's time zone, or without a script in UTC. */
export function dueField(key: string): Html {
  return html`<label for="due-${key}">Date and time <span class="zone-name">(UTC)</span></label>
    <input id="due-${key}" name="due" type="datetime-local" required /><input type="hidden" name="zone" value="UTC" />`
}
