import { microseconds } from '../../derive/history/instant.ts'
import type { Run, Step } from '../../derive/history/model.ts'
import { workOf } from '../../derive/history/work.ts'
import { html, when, type Html } from '@continuum/service'
import { barHtml, foldItem, withFolds } from '../elements/bars.ts'
import { foldAxis, type FoldedAxis, type Span } from '../elements/folded-axis.ts'
import { plural } from '../elements/plural.ts'
import { icon } from '../elements/icons.ts'
import { attemptHtml, stepIcon, stepStateText } from '../elements/labels.ts'
import { durationBetween, timeHtml } from '../elements/time.ts'

/** Renders the steps of a run with their times, durations, messages and failed attempts; long waits are folded. */
export function timelineHtml(run: Run): Html {
  const work = workOf(run)
  const axis = foldAxis(work.flat())
  const items = run.steps.map((step, index) => ({
    began: milliseconds(step.began),
    item: stepHtml(step, index, barOf(step, run, axis, work[index] ?? [])),
  }))
  return html`<ol class="timeline">
    ${withFolds(items, axis, (fold) => foldItem(fold, waitedFor(run, fold.from)))}
  </ol>`
}

function stepHtml(step: Step, index: number, bar: Html): Html {
  const earlier = step.failures.filter(({ message }) => step.state !== 'failed' || message !== step.message)
  return html`<li class="step ${step.state}">
    ${icon(stepIcon[step.state])}
    <div class="step-name"><b>${step.type}</b> <span>${stepStateText(step)}</span> ${attemptHtml(step)}</div>
    <p class="step-time">
      ${timeHtml(step.began)}${when(step.ended !== step.began && step.ended, (ended) => html`<span class="took">${durationBetween(step.began, ended)}</span>`)}
    </p>
    ${bar}
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
function barOf(step: Step, run: Run, axis: FoldedAxis, work: readonly Span[]): Html {
  if (run.began === run.latest) return html``
  const over = step.state === 'noted' ? step.began : run.latest
  return barHtml(axis, { from: milliseconds(step.began), to: milliseconds(step.ended ?? over) }, work)
}

/** Says what a run waits for from an instant on, where its events tell. */
function waitedFor(run: Run, from: number): string | undefined {
  const before = run.events.filter(({ message }) => milliseconds(message.timestamp) <= from)
  const latest = new Map(before.map(({ message }) => [message.event_type, message.status]))
  if (latest.get('Waiting') === 'start' && latest.size <= 2) return 'for its turn'
  const open = [...latest].find(([, status]) => status === 'retry' || status === 'busy')
  if (open) return `for the next attempt of ${open[0]}`
  const last = before.at(-1)?.message
  return last?.event_type === 'Ready To Publish' && last.status === 'end' ? 'for approval' : undefined
}

function milliseconds(instant: string): number {
  return microseconds(instant) / 1000
}
