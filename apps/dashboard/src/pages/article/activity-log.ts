import { isoOf } from '../../derive/history/instant.ts'
import { outcomeOf, type Outcome } from '../../derive/rules/outcome.ts'
import { isWithdrawal } from '../../derive/rules/withdrawal.ts'
import { activityText } from '../../derive/rules/activities.ts'
import type { KnownArticle } from '../../project/article-rows.ts'
import type { LogEntry } from '../../store/activity.ts'
import type { StoredRequest } from '../../store/requests.ts'
import { articlePath } from '../elements/addresses.ts'
import { html, nothing, when, type Html } from '@continuum/service'
import { icon, type IconName } from '../elements/icons.ts'
import { timeHtml } from '../elements/time.ts'

/** The icon of an outcome. */
export const outcomeIcon: Record<Outcome, IconName> = {
  refused: 'failed',
  'taken back': 'hidden',
  requested: 'scheduled',
  'in progress': 'running',
  ready: 'ready',
  published: 'published',
  failed: 'failed',
  done: 'done',
}

/**
 * Renders what was done about an article, newest first: the requests about its runs with their outcomes, and the rest.
 *
 * @param log the entries of the activity log about the article
 */
export function activityLogHtml({ article, requests }: KnownArticle, log: readonly LogEntry[]): Html {
  const rows = [
    ...requests.map((request) => ({
      at: isoOf(request.at),
      by: request.by,
      what: requestHtml(request),
      why: request.why ?? '',
      result: outcomeHtml({ article, requests }, request),
    })),
    ...log
      .filter(({ key }) => key.startsWith('a'))
      .map(({ at, actor, action, subject, detail, why }) => ({
        at,
        by: actor,
        what: html`${activityText(action)} ${subject} ${detail}`,
        why,
        result: html`done`,
      })),
  ].toSorted((one, other) => Temporal.Instant.compare(other.at, one.at))
  if (rows.length === 0) return nothing
  return html`<section id="requests" aria-labelledby="requests-heading">
    <h2 id="requests-heading">Activity log</h2>
    <table>
      <thead>
        <tr>
          <th scope="col">Time</th>
          <th scope="col">User</th>
          <th scope="col">Action</th>
          <th scope="col">Reason</th>
          <th scope="col">Result</th>
        </tr>
      </thead>
      <tbody>
        ${rows.map(
          ({ at, by, what, why, result }) =>
            html`<tr>
              <td>${timeHtml(at)}</td>
              <td>${by}</td>
              <td>${what}</td>
              <td>${why}</td>
              <td>${result}</td>
            </tr>`,
        )}
      </tbody>
    </table>
  </section>`
}

/** Renders the outcome of a request. */
export function outcomeHtml(
  { article, requests }: Pick<KnownArticle, 'article' | 'requests'>,
  request: StoredRequest,
): Html {
  const { outcome, message, rerun } = outcomeOf(article, requests, request)
  return html`${when(
      rerun,
      ({ number, version, id }) => html`<a href="${articlePath(article.id, version, id)}">Run ${number}</a> `,
    )}<span class="outcome ${outcome.replace(' ', '-')}">${icon(outcomeIcon[outcome])} ${outcome}</span>${when(
      message,
      (text) => html` <span class="problem">${text}</span>`,
    )}`
}

const kindText: Record<StoredRequest['kind'], string> = {
  publish: 'Publish',
  'run again': 'Rerun',
  'set aside': 'Dismiss a run of',
  'take back': 'Restore a run of',
  withdraw: 'Withdraw',
  reinstate: 'Reinstate',
}

/** Renders the action of a request, with a link to the run. */
export function requestHtml({ kind, article, version, run, forced }: StoredRequest): Html {
  const of = version === null ? 'the article' : version === 0 ? 'an unknown version' : `version ${version}`
  const what = isWithdrawal(kind) ? `${kindText[kind]} the article` : `${kindText[kind]} ${of}`
  const linked =
    version === null || run === null ? html`${what}` : html`<a href="${articlePath(article, version, run)}">${what}</a>`
  return html`${linked}${when(forced, () => html` <span class="note">again</span>`)}`
}
