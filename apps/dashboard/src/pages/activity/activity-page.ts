import { html, nothing, when, type Html } from '@continuum/service'
import { activities, activityText } from '../../derive/rules/activities.ts'
import type { LogEntry } from '../../store/activity.ts'
import { articlePath } from '../elements/addresses.ts'
import { timeHtml } from '../elements/time.ts'
import type { Page } from '../frame/layout.ts'
import { queryText, type ActivityQuery } from './activity-filter.ts'

/** The content of the activity page. */
export interface ActivityView {
  readonly query: ActivityQuery
  readonly entries: readonly LogEntry[]
  /** The place in the log of the next page, if there is one. */
  readonly next: string | undefined
  /** Everybody who is in the log. */
  readonly actors: readonly string[]
}

/** Builds the page of what was done, by whom, when and why. */
export function activityPage(view: ActivityView): Page {
  const { query, entries, next } = view
  const file = (kind: string) => `/activity.${kind}?${queryText(query)}`
  return {
    title: 'Activity',
    at: '/activity',
    main: html`<h1 id="heading">Activity log</h1>
      ${filterHtml(view)}
      <p class="since">Save what is found: <a href="${file('csv')}">CSV</a>, <a href="${file('json')}">JSON</a></p>
      ${
        entries.length === 0
          ? html`<p id="activity-none" class="tally none">Nothing matches.</p>`
          : html`<div class="wide" tabindex="0" role="region" aria-labelledby="heading">${tableHtml(entries)}</div>`
      }
      ${when(
        next,
        (place) =>
          html`<p id="older"><a class="button" href="/activity?${queryText(query, { after: place })}">Older</a></p>`,
      )}`,
  }
}

function filterHtml({ query, actors }: ActivityView): Html {
  const option = (value: string, text: string, chosen: string | undefined) =>
    html`<option value="${value}" ${chosen === value ? html`selected` : nothing}>${text}</option>`
  return html`<form class="filter" action="/activity" id="activity-filter">
    <p><label for="a-q">Words</label> <input id="a-q" name="q" type="search" value="${query.q ?? ''}" /></p>
    <p>
      <label for="a-user">User</label>
      <select id="a-user" name="user">
        ${option('', 'anybody', query.user)}${actors.map((actor) => option(actor, actor, query.user))}
      </select>
    </p>
    <p>
      <label for="a-action">Action</label>
      <select id="a-action" name="action">
        ${option('', 'anything', query.action)}${Object.entries(activities).map(([name, text]) =>
          option(name, text, query.action),
        )}
      </select>
    </p>
    <p>
      <label for="a-article">Article</label>
      <input id="a-article" name="article" size="8" value="${query.article ?? ''}" />
    </p>
    <p>
      <label for="a-from">From (UTC)</label> <input id="a-from" name="from" type="date" value="${query.from ?? ''}" />
    </p>
    <p><label for="a-to">To (UTC)</label> <input id="a-to" name="to" type="date" value="${query.to ?? ''}" /></p>
    <p><button>Show</button></p>
  </form>`
}

function tableHtml(entries: readonly LogEntry[]): Html {
  return html`<table id="activity">
    <thead>
      <tr>
        ${['Time', 'User', 'Action', 'Article', 'Reason', 'Result'].map((name) => html`<th scope="col">${name}</th>`)}
      </tr>
    </thead>
    <tbody>
      ${entries.map(
        ({ at, actor, action, article, version, run, subject, detail, why, result, reason }) =>
          html`<tr>
            <td>${timeHtml(at)}</td>
            <td>${actor}</td>
            <td>
              ${activityText(action)} ${subject}${when(detail, (text) => html` <span class="note">${text}</span>`)}
            </td>
            <td>
              ${when(
                article,
                (id) =>
                  html`<a href="${version === null || run === null ? articlePath(id) : articlePath(id, version, run)}"
                    >${id}${version === null || version === 0 ? '' : ` v${version}`}</a
                  >`,
              )}
            </td>
            <td>${why}</td>
            <td>${result}${when(reason, (text) => html` <span class="problem">${text}</span>`)}</td>
          </tr>`,
      )}
    </tbody>
  </table>`
}
