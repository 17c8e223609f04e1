import type { Article } from '../derive/words.ts'
import { propertiesOf, textOf } from '../derive/article.ts'
import type { KeptRequest } from '../store/requests.ts'
import { articlePath } from './addresses.ts'
import { html, type Html } from './html.ts'
import { titleHtml } from './jats-title.ts'
import type { Page } from './layout.ts'
import { outcomeHtml } from './requests.ts'

/** A request of a batch, with its article where there is one. */
export interface BatchItem {
  request: KeptRequest
  article: Article | undefined
  requests: KeptRequest[]
}

/** What became of each publication that was asked for in one go; it follows the changes. */
export function publicationsPage(items: readonly BatchItem[]): Page {
  return {
    title: 'Publications',
    live: 'all',
    main: html`<section class="confirm" id="publications" data-parts>
      <h1 id="publications-heading">Asked for</h1>
      <ul class="rows" id="publications-rows" data-parts>
        ${items.map(itemHtml)}
      </ul>
      <p id="publications-back"><a class="button" href="/current">Back to the current articles</a></p>
    </section>`,
  }
}

function itemHtml({ request, article, requests }: BatchItem): Html {
  const { article: id, version, run } = request
  const found = article?.versions.find(({ number }) => number === version)
  const title = article && found ? textOf(propertiesOf(article, found), 'title') : undefined
  const path = version === null || run === null ? articlePath(id) : articlePath(id, version, run)
  const known = article ?? { id, versions: [] }
  return html`<li class="row" id="request-${request.id}">
    <div class="what">
      <h2><a href="${path}">${title === undefined ? id : titleHtml(title)}</a></h2>
      <p class="identity">
        <b class="number">${id}</b>${version === null ? '' : html` <span>version ${version}</span>`}
      </p>
    </div>
    <div class="now"><p>${outcomeHtml({ article: known, requests }, request)}</p></div>
  </li> `
}
