import type { Journal } from '@continuum/article'
import { articleList, pageLinks, type Paging } from './article-list.ts'
import { html, nothing, unlessEmpty, type Html } from '../markup/html.ts'
import type { Edition } from '../editions/edition.ts'
import type { Counted } from '../editions/list-store.ts'
import { subjectPath } from '../article/labels.ts'
import { layout, type PageSettings } from './layout.ts'

/** The first page has ways into the journal: search, subjects, journals, dates; then come the latest articles, a page at a time. */
export function homePage(
  settings: PageSettings,
  list: { editions: readonly Edition[]; journals: readonly Journal[]; subjects: readonly Counted[] } & Paging,
): string {
  const { editions, journals, subjects, page } = list
  const heading = page === 1 ? 'Latest articles' : `Latest articles, page ${page}`
  return layout(settings, {
    title: page === 1 ? settings.siteName : heading,
    main: html`<div class="latest">
      ${page === 1 ? waysIn(settings, subjects) : nothing}
      ${page === 1 ? html`<h2 class="list-title">${heading}</h2>` : html`<h1>${heading}</h1>`}
      ${articleList(editions, journals, page === 1 ? 3 : 2)} ${pageLinks(list, '/')}
    </div>`,
  })
}

function waysIn({ siteName, journals }: PageSettings, subjects: readonly Counted[]): Html {
  return html`<div class="welcome">
    <h1>${siteName}</h1>
    <form class="search" action="/search" method="get" role="search">
      <label for="for" class="hidden">Search articles</label>
      <input id="for" type="search" name="for" placeholder="Words, authors, DOI" />
      <button type="submit">Search</button>
    </form>
    ${unlessEmpty(
      journals.length > 1 ? journals : [],
      (items) =>
        html`<nav class="ways" aria-labelledby="home-journals">
          <h2 id="home-journals">Journals</h2>
          <ul>
            ${items.map(({ prefix, name }) => html`<li><a href="/journals/${prefix}">${name}</a></li>`)}
          </ul>
        </nav>`,
    )}
    ${unlessEmpty(
      subjects,
      (items) =>
        html`<nav class="ways" aria-labelledby="home-subjects">
          <h2 id="home-subjects">Subjects</h2>
          <ul>
            ${items.map(({ name, articles }) => html`<li><a href="${subjectPath(name)}">${name}</a> <span class="count">${articles}</span></li>`)}
          </ul>
        </nav>`,
    )}
    <p class="by-date"><a href="/browse">All articles by date</a></p>
  </div>`
}
