import { propertiesOf, textOf } from '../../derive/history/article.ts'
import { outcomeOf } from '../../derive/rules/outcome.ts'
import type { Article } from '../../derive/history/model.ts'
import type { StoredRequest } from '../../store/requests.ts'
import { articlePath } from '../elements/addresses.ts'
import { html, when, type Html } from '@continuum/service'
import { icon } from '../elements/icons.ts'
import { titleHtml } from '../elements/jats-title.ts'
import type { Page } from '../frame/layout.ts'
import { outcomeIcon, requestHtml } from '../article/activity-log.ts'

/** A request of a batch, with its article if it is known. */
export interface BatchItem {
  request: StoredRequest
  article: Article | undefined
  requests: StoredRequest[]
}

/** Builds the page of the requests that were made together, with their outcomes. */
export function publicationsPage(items: readonly BatchItem[]): Page {
  const heading = items.some(({ request }) => request.kind === 'run again') ? 'Rerun requests' : 'Publication requests'
  return {
    title: heading,
    live: 'all',
    main: html`<section class="confirm" id="publications" data-parts>
      <h1 id="publications-heading">${heading}</h1>
      <ul class="rows" id="publications-rows" data-parts>
        ${items.map(itemHtml)}
      </ul>
      <p id="publications-back"><a class="button" href="/current">Back to current articles</a></p>
    </section>`,
  }
}

function itemHtml({ request, article, requests }: BatchItem): Html {
  const { article: id, version, run } = request
  const found = article?.versions.find(({ number }) => number === version)
  const title = article && found ? textOf(propertiesOf(article, found), 'title') : undefined
  const path = version === null || run === null ? articlePath(id) : articlePath(id, version, run)
  const { outcome, message, rerun } = outcomeOf(article ?? { id, versions: [] }, requests, request)
  return html`<li class="row" id="request-${request.id}">
    ${icon(outcomeIcon[outcome])}
    <div class="what">
      <h2><a href="${path}">${title === undefined ? id : titleHtml(title)}</a></h2>
      <p class="identity"><b class="number">${id}</b> <span>${requestHtml(request)}</span></p>
    </div>
    <div class="now">
      <p>
        ${when(
          rerun,
          ({ number, version: of, id: runId }) => html`<a href="${articlePath(id, of, runId)}">Run ${number}</a> `,
        )}<b class="outcome">${outcome}</b>${when(message, (why) => html` <span class="problem">${why}</span>`)}
      </p>
    </div>
  </li> `
}
