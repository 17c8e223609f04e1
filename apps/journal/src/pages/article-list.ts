import type { Journal } from '@continuum/article'
import { journalOf } from '../sections/citation.ts'
import { authorLine, cardOf } from './article-card.ts'
import { dateName, isoDay, subjectPath } from '../article/labels.ts'
import { publicationDateOf, type Edition } from '../editions/edition.ts'
import { dotted, heading, when, html, nothing, type Html } from '../markup/html.ts'
import { phraseMarkup } from '../markup/sanitise.ts'

/**
 * Articles as a list, each with its title, authors and date.
 *
 * @param level of the headings
 */
export function articleList(editions: readonly Edition[], journals: readonly Journal[], level = 2): Html {
  if (editions.length === 0) return html`<p class="none">No articles have been published yet.</p>`
  return html`<ol class="cards">
    ${editions.map((edition) => html`<li>${card(edition, journals, level)}</li>`)}
  </ol>`
}

function card(edition: Edition, journals: readonly Journal[], level: number): Html {
  const { id, title, statement, kind, subjects, authors } = cardOf(edition)
  const { doi } = edition.eif
  const journal = journals.length > 1 ? journalOf(journals, { id, doi })?.name : undefined
  const updated = edition.dates?.updated
  return html`<article class="card">
    <p class="kicker">${dotted([kind, ...subjects.map((name) => html`<a href="${subjectPath(name)}">${name}</a>`)])}</p>
    ${heading(level, html`<a href="/articles/${id}">${phraseMarkup(title)}</a>`)}
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

/** A page of a list: its number, and how many there are. */
export interface Paging {
  page: number
  pages: number
}

/**
 * Links to the pages of a list: those beside it, and every tenth, so that each page is a few links from the first.
 *
 * @param address of the first page
 */
export function pageLinks({ page, pages }: Paging, address: string): Html {
  if (pages <= 1) return nothing
  const at = (number: number) => (number === 1 ? address : `${address}?page=${number}`)
  const numbers = Array.from({ length: pages }, (_, index) => index + 1).filter(
    (number) => number === 1 || number === pages || number % 10 === 0 || Math.abs(number - page) <= 3,
  )
  return html`<nav class="pages" aria-label="Pages">
    ${page > 1 ? html`<a rel="prev" href="${at(page - 1)}">Newer articles</a>` : nothing}
    <span>Page ${page} of ${pages}</span>
    ${page < pages ? html`<a rel="next" href="${at(page + 1)}">Older articles</a>` : nothing}
    <ol class="page-numbers">
      ${numbers.map((number) => html`<li>${number === page ? html`<span aria-current="page">${number}</span>` : html`<a href="${at(number)}" aria-label="Page ${number}">${number}</a>`}</li>`)}
    </ol>
  </nav>`
}
