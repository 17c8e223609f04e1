import { html, when, type Html } from '@continuum/service'
import type { Execution, InspectedExecution, Wait } from '@continuum/workflow-core'
import type { Subject } from '../../executions/subject.ts'
import { articlePath } from '../elements/addresses.ts'
import { timeHtml } from '../elements/time.ts'
import { executionPath, executionsPath } from './paths.ts'

/** The signal that a workflow waits for where nothing else is open: a history does not say it. */
const awaited: Readonly<Record<string, string>> = {
  PublishPerfectArticle: 'the end of its publication, which was requested by rule: see the execution of its approval',
}

/** Renders why an execution is not done. @param csrf undefined for a reader who may only look */
export function waitsHtml(
  execution: Execution,
  inspected: InspectedExecution,
  subject: Subject | undefined,
  csrf: string | undefined,
): Html {
  const { waits, workflow } = inspected
  if (waits.length === 0) return approvalHtml(inspected, subject)
  return html`<section id="waits" aria-labelledby="waits-heading">
    <h2 id="waits-heading">Waiting for</h2>
    <ul>
      ${waits.map(
        (wait) =>
          html`<li>
            ${waitHtml(wait, workflow.name, subject)}${when(wait.kind === 'retry' && csrf !== undefined && wait, (retry) => tryNowForm(execution, retry, csrf ?? ''))}
          </li>`,
      )}
    </ul>
  </section>`
}

function waitHtml(wait: Wait, workflow: string, subject: Subject | undefined): Html {
  switch (wait.kind) {
    case 'retry':
      return html`<b>A retry</b> of ${wait.step} at ${timeHtml(wait.at.toString())}`
    case 'timer':
      return html`<b>A timer</b> (${wait.timer}) until ${timeHtml(wait.until.toString())}`
    case 'worker':
      return html`<b>A worker</b> for ${wait.step}: none has taken it from the task list ${wait.taskList} since
        ${timeHtml(wait.since.toString(), 'age')}. No worker polls this list, or all are busy.`
    case 'decider':
      return html`<b>A decider</b>: none has completed its decision task of the task list ${wait.taskList} since
        ${timeHtml(wait.since.toString(), 'age')}. If that lasts, no decider polls this list, or it fails: see its log.`
    case 'running':
      return html`<b>${wait.step}</b>, running on ${wait.worker ?? 'a worker without a name'} since
        ${timeHtml(wait.since.toString(), 'age')}`
    case 'child': {
      const { workflowId, runId } = wait
      const name =
        runId === undefined
          ? html`${workflowId}`
          : html`<a href="${executionPath({ workflowId, runId })}">${workflowId}</a>`
      return html`<b>A child execution</b>: ${name}`
    }
    default: {
      const until = when(wait.until, (at) => html`, until ${timeHtml(at.toString())}`)
      if (wait.name !== undefined) return html`<b>A signal</b>: ${wait.name}${until}`
      const what = awaited[workflow]
      const link = when(
        what !== undefined && subject,
        ({ article }) => html` <a href="${executionsPath({ article })}">Executions of the article</a>`,
      )
      return html`<b>A signal</b>${when(what, (text) => html`: ${text}.`)}${link}`
    }
  }
}

/** Says that a person goes on where the workflow has ended: an article that is held for approval. */
function approvalHtml({ outcome, steps, workflow }: InspectedExecution, subject: Subject | undefined): Html {
  const held =
    workflow.name === 'PublishPerfectArticle' &&
    outcome?.status === 'completed' &&
    steps.some(({ name, state }) => name === 'HoldForApproval' && state === 'completed')
  return when(
    held && subject,
    ({ article, version, run }) =>
      html`<section id="waits" aria-labelledby="waits-heading">
        <h2 id="waits-heading">Waiting for approval</h2>
        <p>
          This execution is done. Publication is up to a person:
          <a href="${articlePath(article, version, version === undefined ? undefined : run)}">article ${article}</a>
          says how it stands.
        </p>
      </section>`,
  )
}

function tryNowForm(
  { workflowId, runId }: Execution,
  { step, attemptId }: Extract<Wait, { kind: 'retry' }>,
  csrf: string,
): Html {
  return html`<form class="inline" method="post" action="/executions/try-now">
    <input type="hidden" name="_csrf" value="${csrf}" /><input type="hidden" name="id" value="${workflowId}" />
    <input type="hidden" name="run" value="${runId}" /><input type="hidden" name="attempt" value="${attemptId}" />
    <button>Try now<span class="quiet-voice"> ${step}</span></button>
  </form>`
}
