import { html, nothing, when, type Html } from '@continuum/service'
import type { Show } from '../../executions/hide-secrets.ts'
import type { KnownExecution } from '../../executions/known-execution.ts'
import { subjectOf } from '../../executions/subject.ts'
import type { ExecutionAct } from '../../store/execution-acts.ts'
import { articlePath } from '../elements/addresses.ts'
import { icon } from '../elements/icons.ts'
import { durationBetween, timeHtml } from '../elements/time.ts'
import { may, type Frame, type Page } from '../frame/layout.ts'
import { actsHtml, failureHtml, terminateForm } from './acts.ts'
import { executionRow, statusIcon } from './executions-page.ts'
import { buildGraph } from './graph.ts'
import { graphHtml } from './graph-svg.ts'
import { executionPath, executionsPath } from './paths.ts'
import { stepsTable, valueHtml } from './steps-table.ts'
import { timelineHtml } from './timeline.ts'
import { waitsHtml } from './waits.ts'

/** Builds the page of one execution: why it waits or failed, its steps as a graph and a table, its timeline, its other runs. */
export function executionPage(known: KnownExecution, acts: readonly ExecutionAct[], show: Show, frame: Frame): Page {
  const { workflowId, inspected, timeline } = known
  const { steps, input, tags } = inspected
  const graph = buildGraph(inspected, known.models)
  const subject = subjectOf({ workflowId, tags }, [input, ...steps.map((step) => step.input)])
  const csrf = may(frame, 'operator') ? (frame.csrf ?? '') : undefined
  return {
    title: `Execution ${workflowId}`,
    at: '/executions',
    ...(inspected.outcome === undefined && subject && { live: { article: subject.article } }),
    main: html`${headHtml(known, subject)} ${failureHtml(known, show, csrf)}
      ${waitsHtml(known, inspected, subject, csrf)} ${actsHtml(acts)}
      <section id="graph" aria-labelledby="graph-heading">
        <h2 id="graph-heading">Workflow</h2>
        ${graphHtml(graph)}${legendHtml(graph.nodes.some(({ state }) => state === 'to come' || state === 'not reached'))}
      </section>
      <section id="steps" aria-labelledby="steps-heading">
        <h2 id="steps-heading">Steps <span class="count">${steps.length}</span></h2>
        ${stepsTable(graph, show)}
      </section>
      <section id="timeline" aria-labelledby="timeline-heading">
        <h2 id="timeline-heading">Timeline</h2>
        ${timelineHtml({ inspected, graph, timeline }, show, Temporal.Now.instant())}
      </section>
      <section id="values" aria-labelledby="values-heading">
        <h2 id="values-heading">Input and result</h2>
        ${valueHtml('Input', input, 'execution-input', show)}
        ${valueHtml('Result', inspected.outcome?.status === 'completed' ? inspected.outcome.result : undefined, 'execution-result', show)}
      </section>
      ${when(inspected.outcome === undefined ? csrf : undefined, (token) => terminateForm(known, token))}
      ${runsHtml(known)}`,
  }
}

function headHtml(known: KnownExecution, subject: ReturnType<typeof subjectOf>): Html {
  const { workflowId, runId, inspected } = known
  const { workflow, outcome, started, ended, rerunOf, parent } = inspected
  const status = outcome?.status ?? 'open'
  const of = Object.entries(statusIcon).find(([name]) => name === status.replaceAll(' ', '_'))?.[1] ?? 'noted'
  const { workflowId: parentId, runId: parentRun } = parent ?? {}
  return html`<header id="execution-head" class="execution-head">
    <p class="identity">
      <span>${workflow.name} ${workflow.version}</span> <span>run <code>${runId}</code></span>
    </p>
    <h1>${workflowId}</h1>
    <p class="run-state ${status.replaceAll(' ', '-')}">${icon(of)} <b class="outcome">${status}</b></p>
    <p class="since">
      ${when(started, (at) => html`Started ${timeHtml(at.toString(), 'age')}`)}${when(started && ended, (at) => html`, took ${durationBetween((started ?? at).toString(), at.toString())}`)}${when(
        rerunOf,
        (first) =>
          html`. It goes on from the step at which <a href="${executionPath(first)}">an earlier run</a> failed`,
      )}${when(
        parentId !== undefined && parentRun !== undefined && parent,
        () =>
          html`. Child of
            <a href="${executionPath({ workflowId: parentId ?? '', runId: parentRun ?? '' })}">${parentId}</a>`,
      )}
    </p>
    ${when(
      subject,
      ({ article, version, run }) =>
        html`<p>
          <a
            href="${version === undefined || run === undefined ? articlePath(article) : articlePath(article, version, run)}"
            >Article ${article}${version === undefined ? '' : ` version ${version}`}</a
          >, <a href="${executionsPath({ article })}">all its executions</a>
        </p>`,
    )}
  </header>`
}

function legendHtml(hasMissing: boolean): Html {
  return html`<p class="since">
    Each step is below those that it follows, as far as the history
    tells.${hasMissing ? ' Dashed: steps that the last completed execution of this workflow had.' : ''}
  </p>`
}

function runsHtml({ runId, runs }: KnownExecution): Html {
  if (runs === undefined)
    return html`<p class="since" id="runs">SWF did not list the other runs of this id in time.</p>`
  const others = runs.filter((run) => run.runId !== runId)
  if (others.length === 0) return nothing
  return html`<section id="runs" aria-labelledby="runs-heading">
    <h2 id="runs-heading">Other runs of this id <span class="count">${others.length}</span></h2>
    <ul class="rows">
      ${others.map(executionRow)}
    </ul>
  </section>`
}
