import { when, html, nothing, type Html } from '../markup/html.ts'
import { phraseMarkup } from '../markup/sanitise.ts'
import { dateName, typeName } from '../article/labels.ts'
import { layout, type PageSettings } from './layout.ts'

/** A search as its address has it. */
export interface SearchChoice {
  words: string
  subjects: readonly string[]
  types: readonly string[]
  page: number
}

/** The results of a search, as the article store tells them. */
export interface SearchResults {
  total: number
  items: readonly {
    id: string
    title: string
    type: string
    authorLine?: string
    statusDate?: string
    impactStatement?: string
  }[]
  subjects: readonly { id: string; name: string; results: number }[]
  types: Readonly<Record<string, number>>
}

export const resultsPerPage = 20

/** The address of a search, or of the same with another choice. */
export function searchAddress(choice: SearchChoice, change: Partial<SearchChoice> = {}): string {
  const { words, subjects, types, page } = { ...choice, page: 1, ...change }
  const query = new URLSearchParams({ for: words })
  for (const subject of subjects) query.append('subject', subject)
  for (const type of types) query.append('type', type)
  if (page > 1) query.set('page', `${page}`)
  return `/search?${query.toString()}`
}

/** A page to search articles: a form, the results, and links that choose subjects and kinds. */
export function searchPage(settings: PageSettings, choice: SearchChoice, results: SearchResults): string {
  const { words, page } = choice
  const { total, items } = results
  const pages = Math.ceil(total / resultsPerPage)
  return layout(settings, {
    title: words === '' ? 'Search' : `Search: ${words}`,
    head: html`<meta name="robots" content="noindex" />`,
    main: html`<div class="latest">
      <h1>Search</h1>
      <form class="search" action="/search" method="get" role="search">
        <label for="for">Words</label> <input id="for" type="search" name="for" value="${words}" />
        ${choice.subjects.map((subject) => html`<input type="hidden" name="subject" value="${subject}" />`)}
        ${choice.types.map((type) => html`<input type="hidden" name="type" value="${type}" />`)}
        <button type="submit">Search</button>
      </form>
      <p class="found" role="status">${total === 1 ? '1 article' : `${total} articles`}</p>
      ${facets(choice, results)}
      ${items.length === 0 ? html`<p class="none">Nothing was found. Try fewer words, or other ones.</p>` : nothing}
      <ol class="cards">
        ${items.map((item) => html`<li>${card(item)}</li>`)}
      </ol>
      ${pages > 1 ? pageLinks(choice, page, pages) : nothing}
    </div>`,
  })
}

function card(item: SearchResults['items'][number]): Html {
  const date = item.statusDate?.slice(0, 10)
  return html`<article class="card">
    <p class="kicker"><span>${typeName(item.type)}</span></p>
    <h2><a href="/articles/${item.id}">${phraseMarkup(item.title)}</a></h2>
    ${when(item.authorLine, (line) => html`<p class="card-authors">${phraseMarkup(line)}</p>`)}
    ${when(item.impactStatement, (statement) => html`<p class="card-statement">${phraseMarkup(statement)}</p>`)}
    ${when(date, (day) => html`<p class="card-date"><time datetime="${day}">${dateName(day)}</time></p>`)}
  </article>`
}

/** Subjects and kinds as links: each adds one to the choice, or takes it away again. */
function facets(choice: SearchChoice, { subjects, types }: SearchResults): Html {
  const toggled = (list: readonly string[], value: string) =>
    list.includes(value) ? list.filter((each) => each !== value) : [...list, value]
  const link = (address: string, name: string, results: number, chosen: boolean) =>
    html`<li>
      <a href="${address}" ${chosen ? html`aria-current="true"` : nothing}>${chosen ? `${name} (chosen)` : name}</a>
      ${results}
    </li>`
  const kinds = Object.entries(types).filter(([type, results]) => results > 0 || choice.types.includes(type))
  const list = (id: string, name: string, links: readonly Html[]) =>
    links.length === 0
      ? nothing
      : html`<nav class="facet" aria-labelledby="${id}">
          <h2 id="${id}">${name}</h2>
          <ul>
            ${links}
          </ul>
        </nav>`
  return html`${list(
    'by-subject',
    'Subjects',
    subjects.map(({ id, name, results }) =>
      link(
        searchAddress(choice, { subjects: toggled(choice.subjects, id) }),
        name,
        results,
        choice.subjects.includes(id),
      ),
    ),
  )}
  ${list(
    'by-type',
    'Kinds',
    kinds.map(([type, results]) =>
      link(
        searchAddress(choice, { types: toggled(choice.types, type) }),
        typeName(type),
        results,
        choice.types.includes(type),
      ),
    ),
  )}`
}

function pageLinks(choice: SearchChoice, page: number, pages: number): Html {
  return html`<nav class="pages" aria-label="Pages">
    ${page > 1 ? html`<a rel="prev" href="${searchAddress(choice, { page: page - 1 })}">Previous results</a>` : nothing}
    <span>Page ${page} of ${pages}</span>
    ${page < pages ? html`<a rel="next" href="${searchAddress(choice, { page: page + 1 })}">Further results</a>` : nothing}
  </nav>`
}
