import { propertiesOf, textOf } from '../../derive/history/article.ts'
import { outcomeOf } from '../../derive/rules/outcome.ts'
import type { Article } from '../../derive/history/model.ts'
import type { StoredRequest } from '../../store/requests.ts'
import { isHeld } from '../../derive/rules/run-state.ts'
import { articlePath } from '../elements/addresses.ts'
import { html, when, type Html } from '@continuum/service'
import { icon } from '../elements/icons.ts'
import { titleHtml } from '../elements/jats-title.ts'
import { may, type Frame, type Page } from '../frame/layout.ts'
import { outcomeIcon, requestHtml } from '../article/activity-log.ts'

/** A request of a batch, with its article if it is known. */
export interface BatchItem {
  request: StoredRequest
  article: Article | undefined
  requests: StoredRequest[]
}

const headings: Readonly<Record<StoredRequest['kind'], string>> = {
  publish: 'Publication requests',
  'run again': 'Rerun requests',
  'set aside': 'Dismissals',
  'take back': 'Restorations',
  withdraw: 'Withdrawal',
  reinstate: 'Reinstatement',
}

/** Builds the page of the requests that were made together, with their outcomes. */
export function publicationsPage(items: readonly BatchItem[], batch: string, frame: Frame): Page {
  const heading = headings[items[0]?.request.kind ?? 'publish']
  const held = items.filter(({ request }) => isHeld(request))
  return {
    title: heading,
    live: 'all',
    main: html`<section class="confirm" id="publications" data-parts>
      <h1 id="publications-heading">${heading}</h1>
      ${when(held.length > 0 && may(frame, 'publisher'), () => heldHtml(held, batch, frame))}
      <ul class="rows" id="publications-rows" data-parts>
        ${items.map(itemHtml)}
      </ul>
      <p id="publications-back"><a class="button" href="/current">Back to current articles</a></p>
    </section>`,
  }
}

/** Renders what is held, with the button that takes it back. The page's script counts the seconds. */
function heldHtml(held: readonly BatchItem[], batch: string, frame: Frame): Html {
  const until = Math.max(...held.map(({ request }) => request.heldUntil ?? 0))
  const seconds = Math.max(0, Math.ceil((until - Temporal.Now.instant().epochMilliseconds) / 1000))
  const kind = held[0]?.request.kind ?? 'publish'
  const done = kind === 'withdraw' ? 'withdrawn' : kind === 'reinstate' ? 'given back to readers' : 'published'
  const what = `${held.length === 1 ? 'The article is' : `${held.length} articles are`} ${done}`
  return html`<form
    class="panel held"
    id="held-${until}"
    method="post"
    action="/publications/${batch}/take-back"
    data-hold="${seconds}"
  >
    <input type="hidden" name="_csrf" value="${frame.csrf ?? ''}" />
    <p>
      ${what} in <b><span id="hold-seconds">${seconds}</span> seconds</b>, whether or not this page stays open.
    </p>
    <button id="take-back">Take back</button>
  </form>`
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
