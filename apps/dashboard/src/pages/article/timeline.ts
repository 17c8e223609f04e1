import { microseconds } from '../../derive/history/instant.ts'
import type { Run, Step } from '../../derive/history/model.ts'
import { html, nothing, when, type Html } from '@continuum/service'
import { plural } from '../elements/plural.ts'
import { icon } from '../elements/icons.ts'
import { attemptHtml, stepIcon, stepStateText } from '../elements/labels.ts'
import { durationBetween, timeHtml } from '../elements/time.ts'

/** Renders the steps of a run with their times, durations, messages and failed attempts. */
export function timelineHtml(run: Run): Html {
  return html`<ol class="timeline">
    ${run.steps.map((step, index) => stepHtml(step, run, index))}
  </ol>`
}

function stepHtml(step: Step, run: Run, index: number): Html {
  const earlier = step.failures.filter(({ message }) => step.state !== 'failed' || message !== step.message)
  return html`<li class="step ${step.state}">
    ${icon(stepIcon[step.state])}
    <div class="step-name"><b>${step.type}</b> <span>${stepStateText(step)}</span> ${attemptHtml(step)}</div>
    <p class="step-time">
      ${timeHtml(step.began)}${when(step.ended !== step.began && step.ended, (ended) => html`<span class="took">${durationBetween(step.began, ended)}</span>`)}
    </p>
    ${barHtml(step, run)}
    ${when(step.message, (message) => html`<p class="step-message${step.state === 'failed' ? ' problem' : ''}">${message}</p>`)}
    ${when(
      earlier.length > 0 && earlier,
      (failures) =>
        html`<details id="attempts-${index}">
          <summary>${plural(failures.length, 'failed attempt')}</summary>
          <ol>
            ${failures.map(({ at, attempt, message }) => html`<li value="${attempt}">${timeHtml(at)} ${message}</li>`)}
          </ol>
        </details>`,
    )}
  </li> `
}

/** A bar for the step's part of the run's time. */
function barHtml(step: Step, run: Run): Html {
  const from = microseconds(run.began)
  const whole = microseconds(run.latest) - from
  if (whole <= 0) return nothing
  const start = ((microseconds(step.began) - from) / whole) * 100
  const end = ((microseconds(step.ended ?? run.latest) - from) / whole) * 100
  const width = Math.max(0.8, end - start)
  return html`<svg class="bar" viewBox="0 0 100 4" preserveAspectRatio="none" aria-hidden="true">
    <rect x="${Math.min(start, 100 - width).toFixed(2)}" y="0" width="${width.toFixed(2)}" height="4" />
  </svg>`
}
