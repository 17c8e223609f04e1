import { html, nothing, when, type Html } from '@continuum/service'
import type { Execution } from '@continuum/workflow-core'
import type { Show } from '../../executions/hide-secrets.ts'
import type { KnownExecution } from '../../executions/known-execution.ts'
import type { ExecutionAct } from '../../store/execution-acts.ts'
import { timeHtml } from '../elements/time.ts'
import { executionPath } from './paths.ts'

const actText: Readonly<Record<ExecutionAct['kind'], string>> = {
  'try now': 'tried a step now',
  terminate: 'terminated it',
  rerun: 'reran it from the failed step',
}

/** Renders what people asked of an execution, and what became of it. */
export function actsHtml(acts: readonly ExecutionAct[]): Html {
  if (acts.length === 0) return nothing
  return html`<section id="acts" aria-labelledby="acts-heading">
    <h2 id="acts-heading">Activity log</h2>
    <ul>
      ${acts.map(
        ({ kind, workflowId, attempt, at, by, why, result, reason, newRun }) =>
          html`<li>
            ${timeHtml(at)}: ${by}
            ${actText[kind]}${when(attempt, (id) => html` (${id})`)}${when(why, (text) => html`: ${text}`)}.
            ${when(result === 'queued', () => html`<b>Not done yet: SWF has not answered. It is tried again by itself.</b>`)}
            ${when(reason, (text) => html`<b class="problem">Refused: ${text}</b>`)}
            ${when(newRun, (runId) => html`<a href="${executionPath({ workflowId, runId })}">The new run</a>`)}
          </li>`,
      )}
    </ul>
  </section>`
}

/** Renders why an execution did not complete, and how it goes on from there. */
export function failureHtml(known: KnownExecution, show: Show, csrf: string | undefined): Html {
  const { outcome, failedStep, ended } = known.inspected
  if (outcome === undefined || outcome.status === 'completed' || outcome.status === 'continued as new') return nothing
  const title = failedStep === undefined ? `The execution ${happened[outcome.status]}` : `${failedStep} failed`
  return html`<section id="failure" class="failure" aria-labelledby="failure-heading">
    <h2 id="failure-heading">${title}</h2>
    ${when(ended, (at) => html`<p class="since">${timeHtml(at.toString(), 'age')}</p>`)}
    <p class="problem">${show(outcome.reason, 2_000)}</p>
    ${rerunHtml(known, csrf)}
  </section>`
}

const happened = {
  failed: 'failed',
  canceled: 'was canceled',
  'timed out': 'ran longer than its time-out',
  terminated: 'was terminated',
} as const

function rerunHtml({ workflowId, runId, runs, inspected }: KnownExecution, csrf: string | undefined): Html {
  const [newest] = runs ?? []
  if (newest !== undefined && newest.runId !== runId)
    return html`<p>
      <a href="${executionPath(newest)}">A newer run of this id</a> is there: only the newest can be rerun.
    </p>`
  if (csrf === undefined) return nothing
  const from =
    inspected.failedStep === undefined ? 'what was not done' : `${inspected.failedStep}, the step that failed`
  return html`<p>A rerun goes on from ${from}. Steps that completed are not repeated.</p>
    <form class="act" method="post" action="/executions/rerun">
      <input type="hidden" name="_csrf" value="${csrf}" /><input type="hidden" name="id" value="${workflowId}" />
      <input type="hidden" name="run" value="${runId}" />
      <label for="rerun-why">Reason (optional)</label> <input id="rerun-why" name="why" maxlength="1000" />
      <button class="strong">Rerun from the failed step</button>
    </form>`
}

/** Renders the form that ends an open execution for good. */
export function terminateForm({ workflowId, runId }: Execution, csrf: string): Html {
  return html`<details id="terminate">
    <summary>Terminate…</summary>
    <p>SWF ends it at once, with its activities and children. It can be rerun from what was not done.</p>
    <form class="act" method="post" action="/executions/terminate">
      <input type="hidden" name="_csrf" value="${csrf}" /><input type="hidden" name="id" value="${workflowId}" />
      <input type="hidden" name="run" value="${runId}" />
      <label for="terminate-why">Reason</label>
      <input id="terminate-why" name="why" maxlength="1000" required pattern=".*\\S.*" />
      <button>Terminate</button>
    </form>
  </details>`
}
