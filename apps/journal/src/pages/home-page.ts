import type { Journal } from '@continuum/article'
import { journalOf } from '../sections/citation.ts'
import { authorLine, cardOf } from './article-card.ts'
import { dateName, isoDay } from '../article/labels.ts'
import { publicationDateOf, type Edition } from '../editions/edition.ts'
import { when, html, nothing, type Html } from '../markup/html.ts'
import { phraseMarkup } from '../markup/sanitise.ts'
import { layout, type PageSettings } from './layout.ts'

/** The latest articles, a page at a time. */
export function homePage(
  settings: PageSettings,
  list: { editions: readonly Edition[]; journals: readonly Journal[]; page: number; pages: number },
): string {
  const { editions, journals, page, pages } = list
  const heading = page === 1 ? 'Latest articles' : `Latest articles, page ${page}`
  return layout(settings, {
    title: page === 1 ? settings.siteName : heading,
    main: html`<div class="latest">
      <h1>${heading}</h1>
      ${
        editions.length === 0
          ? html`<p class="none">No articles have been published yet.</p>`
          : html`<ol class="cards">
              ${editions.map((edition) => html`<li>${card(edition, journals)}</li>`)}
            </ol>`
      }
      ${pages > 1 ? pageLinks(page, pages) : nothing}
    </div>`,
  })
}

function card(edition: Edition, journals: readonly Journal[]): Html {
  const { id, title, statement, kind, subjects, authors } = cardOf(edition)
  const { doi } = edition.eif
  const journal = journals.length > 1 ? journalOf(journals, { id, doi })?.name : undefined
  const updated = edition.dates?.updated
  return html`<article class="card">
    <p class="kicker">${[kind, ...subjects].map((name) => html`<span>${name}</span>`)}</p>
    <h2><a href="/articles/${id}">${phraseMarkup(title)}</a></h2>
    ${when(authorLine(authors), (line) => html`<p class="card-authors">${line}</p>`)}
    ${when(statement, (markup) => html`<p class="card-statement">${phraseMarkup(markup)}</p>`)}
    ${when(
      updated ? isoDay(updated) : publicationDateOf(edition),
      (date) =>
        html`<p class="card-date">
          ${when(journal, (name) => html`${name} · `)}
          <time datetime="${date}">${dateName(date)}</time
          >${edition.eif.status === 'POA' ? ', accepted manuscript' : ''}
        </p>`,
    )}
  </article>`
}

function pageLinks(page: number, pages: number): Html {
  return html`<nav class="pages" aria-label="Pages">
    ${page > 1 ? html`<a rel="prev" href="/?page=${page - 1}">Newer articles</a>` : nothing}
    <span>Page ${page} of ${pages}</span>
    ${page < pages ? html`<a rel="next" href="/?page=${page + 1}">Older articles</a>` : nothing}
  </nav>`
}
