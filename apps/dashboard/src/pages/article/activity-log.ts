import { outcomeOf, type Outcome } from '../../derive/rules/outcome.ts'
import type { KnownArticle } from '../../project/article-rows.ts'
import type { StoredRequest } from '../../store/requests.ts'
import { articlePath } from '../elements/addresses.ts'
import { when, html, nothing, type Html } from '../elements/html.ts'
import { icon, type IconName } from '../elements/icons.ts'
import { timeHtml } from '../elements/time.ts'

export const outcomeIcon: Record<Outcome, IconName> = {
  refused: 'failed',
  'asked for': 'scheduled',
  'under way': 'running',
  published: 'published',
  failed: 'failed',
  done: 'done',
}

/** Who asked for what about the article, when, and what came of it; newest first. */
export function activityLogHtml({ article, requests }: KnownArticle): Html {
  if (requests.length === 0) return nothing
  return html`<section id="requests" aria-labelledby="requests-heading">
    <h2 id="requests-heading">What people did</h2>
    <table>
      <thead>
        <tr>
          <th scope="col">When</th>
          <th scope="col">Who</th>
          <th scope="col">What</th>
          <th scope="col">Result</th>
        </tr>
      </thead>
      <tbody>
        ${requests.toReversed().map(
          (request) =>
            html`<tr>
              <td>${timeHtml(isoOf(request.at))}</td>
              <td>${request.by}</td>
              <td>${requestHtml(request)}</td>
              <td>${outcomeHtml({ article, requests }, request)}</td>
            </tr>`,
        )}
      </tbody>
    </table>
  </section>`
}

/** What has become of a request, in a sign and words. */
export function outcomeHtml(
  { article, requests }: Pick<KnownArticle, 'article' | 'requests'>,
  request: StoredRequest,
): Html {
  const { outcome, message } = outcomeOf(article, requests, request)
  return html`<span class="outcome ${outcome.replace(' ', '-')}">${icon(outcomeIcon[outcome])} ${outcome}</span>${when(
      message,
      (text) => html` <span class="problem">${text}</span>`,
    )}`
}

const kindText: Record<StoredRequest['kind'], string> = {
  publish: 'Publish',
  'run again': 'Run again the package of',
  'set aside': 'Set aside a run of',
  'take back': 'Take back a run of',
}

/** What was asked for, in words that lead to the run. */
export function requestHtml({ kind, article, version, run, forced }: StoredRequest): Html {
  const of = version === null ? 'the article' : version === 0 ? 'a version not known yet' : `version ${version}`
  const what = `${kindText[kind]} ${of}`
  const linked =
    version === null || run === null ? html`${what}` : html`<a href="${articlePath(article, version, run)}">${what}</a>`
  return html`${linked}${when(forced, () => html` <span class="note">again</span>`)}`
}

export function isoOf(unixMilliseconds: number): string {
  return Temporal.Instant.fromEpochMilliseconds(unixMilliseconds).toString()
}
