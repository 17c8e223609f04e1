import { html, nothing, when, type Html } from '@continuum/service'
import { executionStatuses, type ListedExecution } from '@continuum/workflow-core'
import type { ExecutionsQuery, FoundExecutions } from '../../executions/list-executions.ts'
import { subjectOf } from '../../executions/subject.ts'
import { articlePath } from '../elements/addresses.ts'
import { icon, type IconName } from '../elements/icons.ts'
import { durationBetween, timeHtml } from '../elements/time.ts'
import type { Page } from '../frame/layout.ts'
import { executionPath, executionsPath } from './paths.ts'

/** The workflows of the bot and of the deposits service. */
const workflows = [
  'PublishPerfectArticle',
  'ApproveArticlePublication',
  'HoldForEmbargo',
  'PostPerfectPublication',
  'DismissArticleRun',
  'WithdrawArticle',
  'ReinstateArticle',
  'Deposits',
  'Deposit',
]

/** The days of which closed executions are listed. */
export const dayChoices = [1, 7, 30, 90] as const

/** The icons of the states of executions. */
export const statusIcon: Readonly<Record<ListedExecution['status'], IconName>> = {
  open: 'running',
  completed: 'done',
  failed: 'failed',
  canceled: 'hidden',
  terminated: 'hidden',
  continued_as_new: 'retrying',
  timed_out: 'failed',
}

/** Names the state of an execution. */
export function statusText(status: string): string {
  return status.replaceAll('_', ' ')
}

/** Builds the list of executions. @param found a text where SWF does not say */
export function executionsPage(query: ExecutionsQuery, found: FoundExecutions | string): Page {
  return {
    title: 'Executions',
    at: '/executions',
    main: html`<h1 id="heading">Executions</h1>
      <p class="since grid-links">
        Each is one running or finished workflow in SWF.
        <a href="/executions/steps">Runs by steps: where do they fail?</a>
      </p>
      ${filterHtml(query)}
      ${
        typeof found === 'string'
          ? html`<section id="unavailable" class="failure" role="alert">
              <p><b>Executions unavailable.</b> ${found} Try again in a moment; nothing is lost.</p>
            </section>`
          : html`${depositsHtml(query, found)} ${listHtml(query, found)}`
      }`,
  }
}

/** Says which executions of deposits are left out, with the way to them; or, where they are shown, takes the chip away. */
function depositsHtml(query: ExecutionsQuery, { quietDeposits }: FoundExecutions): Html {
  const { q, workflow, status, article, run, days } = query
  const path = (deposits?: 'only' | 'with') =>
    executionsPath({ q, workflow, status, article, run, days, ...(deposits && { deposits }) })
  if (query.deposits !== undefined) {
    const text = query.deposits === 'only' ? 'Deposits: only these' : 'Deposits: beside the others'
    return html`<ul class="chips" aria-label="Filters">
      <li>
        <a class="chip" href="${path()}"
          ><span class="quiet-voice">Remove the filter </span>${text} <span aria-hidden="true">×</span></a
        >
      </li>
    </ul>`
  }
  if (!quietDeposits || quietDeposits.count === 0) return nothing
  const { count, more } = quietDeposits
  const number = `${count.toLocaleString('en')}${more ? '+' : ''}`
  return html`<ul class="chips" id="quiet-deposits" aria-label="Left out">
      <li><a class="chip" href="${path('only')}">${number} for deposits</a></li>
      <li><a class="chip" href="${path('with')}">Show them beside the others</a></li>
    </ul>
    <p class="since">
      They wait for the hours of recipients, or have ended well.
      <a href="/deposits">Deposits</a> says which are late or have failed.
      ${when(more, () => html`There are more executions than were looked at: name an article or a workflow to find one.`)}
    </p>`
}

function filterHtml({ deposits, q, workflow, status, article, run, days }: ExecutionsQuery): Html {
  const option = (value: string, text: string, chosen: string | undefined) =>
    html`<option value="${value}" ${chosen === value ? html`selected` : nothing}>${text}</option>`
  const named = workflow === undefined || workflows.includes(workflow) ? workflows : [workflow, ...workflows]
  return html`<form class="filter" action="/executions" id="executions-filter">
    <p><label for="x-q">Id, workflow or tag</label> <input id="x-q" name="q" type="search" value="${q ?? ''}" /></p>
    <p>
      <label for="x-workflow">Workflow</label>
      <select id="x-workflow" name="workflow">
        ${option('', 'any', workflow)}${named.map((name) => option(name, name, workflow))}
      </select>
    </p>
    <p>
      <label for="x-status">State</label>
      <select id="x-status" name="status">
        ${option('', 'any', status)}${executionStatuses.map((name) => option(name, statusText(name), status))}
      </select>
    </p>
    <p>
      <label for="x-article">Article</label>
      <input id="x-article" name="article" size="8" value="${article ?? ''}" />
    </p>
    <p>
      <label for="x-days">Closed in the last</label>
      <select id="x-days" name="days">
        ${dayChoices.map((count) => option(String(count), count === 1 ? 'day' : `${count} days`, String(days)))}
      </select>
    </p>
    <p>
      ${when(run, (id) => html`<input type="hidden" name="run" value="${id}" />`)}${when(deposits, (which) => html`<input type="hidden" name="deposits" value="${which}" />`)}<button>
        Show
      </button>
      ${when(run, () => html`<a href="${executionsPath({ article })}">All runs of the article</a>`)}
    </p>
  </form>`
}

function listHtml(query: ExecutionsQuery, { listed, next }: FoundExecutions): Html {
  if (listed.length === 0) return html`<p id="executions-none" class="tally none">Nothing matches.</p>`
  const { q, workflow, status, article, run, days, deposits } = query
  return html`<section id="executions" aria-label="Executions found">
    <ul class="rows" id="execution-rows">
      ${listed.map(executionRow)}
    </ul>
    ${when(
      next,
      (until) =>
        html`<p class="pages">
          <a class="button" href="${executionsPath({ q, workflow, status, article, run, days, deposits, until })}"
            >Older</a
          >
        </p>`,
    )}
  </section>`
}

/** Renders an execution of a list. */
export function executionRow(execution: ListedExecution): Html {
  const { workflowId, workflow, status, started, closed } = execution
  const subject = subjectOf(execution)
  const bad = status === 'failed' || status === 'timed_out' || status === 'terminated'
  return html`<li class="row ${bad ? 'error' : ''}">
    ${icon(statusIcon[status])}
    <div class="what">
      <h2><a href="${executionPath(execution)}">${workflowId}</a></h2>
      <p class="identity">
        <span>${workflow}</span
        >${when(subject, ({ article }) => html` <a class="number" href="${articlePath(article)}">Article ${article}</a>`)}
      </p>
    </div>
    <div class="now">
      <b class="outcome">${statusText(status)}</b>
      <p class="since">
        ${when(started, (at) => html`${closed === null ? 'since ' : ''}${timeHtml(at, 'age')}`)}${when(started !== null && closed !== null && closed, (end) => html`, took ${durationBetween(started ?? end, end)}`)}
      </p>
    </div>
  </li> `
}
