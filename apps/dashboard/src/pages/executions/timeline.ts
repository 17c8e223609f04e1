import { html, when, type Html } from '@continuum/service'
import type { InspectedExecution, InspectedStep, Timeline } from '@continuum/workflow-core'
import type { Show } from '../../executions/hide-secrets.ts'
import { barHtml, foldItem, withFolds } from '../elements/bars.ts'
import { foldAxis, type FoldedAxis, type Span } from '../elements/folded-axis.ts'
import { plural } from '../elements/plural.ts'
import { durationText, timeHtml } from '../elements/time.ts'
import type { Graph, GraphNode } from './graph.ts'
import { stateHtml } from './graph-svg.ts'

const maxEntries = 1_000
/** More bars than this are not read as a picture; the table of steps has them all. */
const maxBars = 60
/** The longest text of an entry, a failure's message included. */
const maxText = 2_000

/** The parts of a timeline: an execution, its steps as nodes, and its events in words. */
interface Shown {
  readonly inspected: InspectedExecution
  readonly graph: Graph
  readonly timeline: Timeline
}

/**
 * Renders when each step worked, as bars on one axis, and each event in words; long waits are folded in both.
 *
 * @param now the end of what is still open
 */
export function timelineHtml({ inspected, graph, timeline }: Shown, show: Show, now: Temporal.Instant): Html {
  const { steps, started, ended } = inspected
  const until = (ended ?? now).epochMilliseconds
  const instants = [
    ...steps.flatMap(({ attempts }) => attempts.map(({ scheduled }) => scheduled.epochMilliseconds)),
    ...timeline.entries.map(({ at }) => at.epochMilliseconds),
    started?.epochMilliseconds ?? until,
    until,
  ]
  const axis = foldAxis([
    ...steps.flatMap((step) => workOf(step, until)),
    ...instants.map((at) => ({ from: at, to: at })),
  ])
  const foldHtml = (fold: Span) => foldItem(fold, waitedFor(steps, fold))
  return html`${barsHtml(graph, axis, until, foldHtml)}${eventsHtml(timeline, axis, show, foldHtml)}`
}

function barsHtml({ nodes }: Graph, axis: FoldedAxis, until: number, foldHtml: (fold: Span) => Html): Html {
  const rows = nodes
    .filter(({ kind }) => kind === 'activity' || kind === 'child')
    .flatMap((node) => {
      const began = beginningOf(node)
      return began === undefined ? [] : [{ began, item: rowHtml(node, began, axis, until) }]
    })
  if (rows.length === 0 || rows.length > maxBars) return html``
  const items = withFolds(
    rows.toSorted((a, b) => a.began - b.began),
    axis,
    foldHtml,
  )
  return html`<ol class="timeline" aria-label="Steps in the order in which they began">
    ${items}
  </ol>`
}

function rowHtml({ label, state, steps }: GraphNode, began: number, axis: FoldedAxis, until: number): Html {
  const ended = Math.max(...steps.map((step) => step.ended?.epochMilliseconds ?? until))
  const times = when(steps.length > 1, () => html` <span>${steps.length} times</span>`)
  return html`<li class="step ${state === 'failed' ? 'failed' : ''}">
    <div class="step-name"><b>${label}</b> ${stateHtml(state)}${times}</div>
    <p class="step-time"><span class="took">${durationText(ended - began)}</span></p>
    ${barHtml(
      axis,
      { from: began, to: ended },
      steps.flatMap((step) => workOf(step, until)),
    )}
  </li>`
}

function eventsHtml({ entries }: Timeline, axis: FoldedAxis, show: Show, foldHtml: (fold: Span) => Html): Html {
  const shown = entries.slice(-maxEntries)
  const first = shown.length < entries.length ? (shown[0]?.at.epochMilliseconds ?? 0) : 0
  const items = shown.map(({ at, subject, text, failed }) => ({
    began: at.epochMilliseconds,
    item: html`<li class="${failed ? 'failed' : ''}">
      ${timeHtml(at.toString())} <b>${subject}</b>
      <span class="${failed ? 'problem' : ''}">${show(text, maxText)}</span>
    </li>`,
  }))
  return html`${when(
      shown.length < entries.length,
      () => html`<p class="since">The last ${maxEntries} of ${plural(entries.length, 'event')}.</p>`,
    )}
    <ol class="events" aria-label="Events">
      ${withFolds(items, { ...axis, folds: axis.folds.filter(({ from }) => from >= first) }, foldHtml)}
    </ol>`
}

/** Returns when a worker, or a child, was at work on a step. */
function workOf({ kind, attempts, began, ended }: InspectedStep, until: number): Span[] {
  if (kind === 'child' && began) return [{ from: began.epochMilliseconds, to: ended?.epochMilliseconds ?? until }]
  return attempts.flatMap((attempt) =>
    attempt.started ? [{ from: attempt.started.epochMilliseconds, to: attempt.ended?.epochMilliseconds ?? until }] : [],
  )
}

function beginningOf({ steps }: GraphNode): number | undefined {
  const instants = steps.flatMap(({ began }) => (began ? [began.epochMilliseconds] : []))
  return instants.length === 0 ? undefined : Math.min(...instants)
}

/** Says what an execution waited for in a span in which nothing happened, where its steps tell. */
function waitedFor(steps: readonly InspectedStep[], { from, to }: Span): string | undefined {
  const covers = (began: Temporal.Instant, ended: Temporal.Instant | undefined) =>
    began.epochMilliseconds <= from && (ended?.epochMilliseconds ?? to) >= to
  for (const { id, kind, began, ended, attempts } of steps) {
    if (began === undefined || !covers(began, ended)) continue
    if (attempts.some((attempt) => covers(attempt.scheduled, attempt.started ?? attempt.ended)))
      return `for a worker to take ${id}`
    if (kind === 'activity') return `for the next attempt of ${id}`
    if (kind === 'timer') return `for the timer ${id}`
  }
  return undefined
}
