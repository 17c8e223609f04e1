import type { Schedule } from '../../derive/history/model.ts'
import { runRefText, type RunRef } from '../elements/addresses.ts'
import { when, html, type Html } from '../elements/html.ts'
import { unixTimeHtml } from '../elements/time.ts'

/**
 * Sets, moves or cancels the publication of an article at a time. Without script the time is read as UTC.
 *
 * @param of with `ready`, the run that will be published then; without, whichever becomes ready first
 */
export function scheduleForm(of: { id: string; schedule: Schedule | undefined; csrf: string; ready?: RunRef }): Html {
  const { id, csrf, ready } = of
  const pending = of.schedule?.fired === false ? of.schedule : undefined
  return html`${when(
      pending,
      ({ due, version, problem }) =>
        html`<p>
            Publication${when(version, (number) => html` of version ${number}`)} is due ${unixTimeHtml(due)}.
            ${when(problem, (why) => html`<b>Overdue:</b> ${why}`)}
          </p>
          <form method="post" action="/schedule/cancel">
            <input type="hidden" name="_csrf" value="${csrf}" />
            <input type="hidden" name="article" value="${id}" /><button id="cancel-${id}">Cancel the schedule</button>
          </form>`,
    )}
    <details id="schedule-${id}">
      <summary>${pending ? 'Publish at another time' : 'Publish at a time'}</summary>
      <form class="schedule" method="post" action="/schedule">
        <input type="hidden" name="_csrf" value="${csrf}" />
        <input type="hidden" name="article" value="${id}" />${when(
          ready,
          (run) => html`<input type="hidden" name="ready" value="${runRefText(run)}" />`,
        )}${dueField(id)}<button>Schedule</button>
      </form>
    </details>`
}

/** A moment in the reader's zone where the page's script can tell it, else in UTC. */
export function dueField(of: string): Html {
  return html`<label for="due-${of}">When <span class="zone-name">(UTC)</span></label>
    <input id="due-${of}" name="due" type="datetime-local" required /><input type="hidden" name="zone" value="UTC" />`
}
