import type { Schedule } from '../../derive/history/model.ts'
import { runRefText, type RunRef } from '../elements/addresses.ts'
import { html, when, type Html } from '@continuum/service'
import { localTimeField, zonedText } from '../elements/local-times.ts'

/**
 * Renders the forms that schedule, reschedule or cancel the publication of an article, in the time zone of its journal.
 *
 * @param options.ready the run to publish; without it, the first run that becomes ready is published
 */
export function scheduleForm(options: {
  id: string
  schedule: Schedule | undefined
  csrf: string
  zone: string
  ready?: RunRef
}): Html {
  const { id, csrf, zone, ready } = options
  const pending = options.schedule?.fired === false ? options.schedule : undefined
  return html`${when(
      pending,
      () =>
        html`<details id="cancel-${id}">
          <summary>Cancel schedule<span class="quiet-voice"> of ${id}</span></summary>
          <form class="schedule" method="post" action="/schedule/cancel">
            <input type="hidden" name="_csrf" value="${csrf}" />
            <input type="hidden" name="article" value="${id}" /><label for="cancel-why-${id}">Reason (optional)</label>
            <input id="cancel-why-${id}" name="why" maxlength="1000" /><button>
              Cancel schedule<span class="quiet-voice"> of ${id}</span>
            </button>
          </form>
        </details>`,
    )}
    <details id="schedule-${id}">
      <summary>${pending ? 'Reschedule' : 'Schedule publication'}</summary>
      <form class="schedule" method="post" action="/schedule">
        <input type="hidden" name="_csrf" value="${csrf}" />
        <input type="hidden" name="article" value="${id}" />${when(
          ready,
          (run) => html`<input type="hidden" name="ready" value="${runRefText(run)}" />`,
        )}${localTimeField(id, zone, { earlier: pending?.due })}<label for="why-${id}">Reason (optional)</label>
        <input id="why-${id}" name="why" maxlength="1000" /><button>Schedule</button>
      </form>
    </details>`
}

/** Renders the time of a scheduled publication, or nothing if there is none. */
export function scheduleNote(schedule: Schedule | undefined, zone: string): Html {
  return when(
    schedule?.fired === false && schedule,
    ({ due, version, problem }) =>
      html`<p>
        Publication${when(version, (number) => html` of version ${number}`)} is scheduled for ${zonedText(due, zone)}.
        ${when(problem, (why) => html`<b>Overdue:</b> ${why}`)}
      </p>`,
  )
}
