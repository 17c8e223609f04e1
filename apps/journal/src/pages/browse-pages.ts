import { dateName, subjectPath } from '../article/labels.ts'
import type { Counted } from '../editions/list-store.ts'
import { html, type Html } from '../markup/html.ts'
import { layout, type PageSettings } from './layout.ts'

/** All years and months in which articles were published: each article is on the page of its month. */
export function browsePage(settings: PageSettings, months: readonly Counted[]): string {
  const years = Map.groupBy(months, ({ name }) => name.slice(0, 4))
  return layout(settings, {
    title: 'All articles by date',
    head: html`<link rel="canonical" href="${settings.siteUrl}/browse" />`,
    main: html`<div class="latest">
      <h1>All articles by date</h1>
      ${years.size === 0 ? html`<p class="none">No articles have been published yet.</p>` : ''}
      ${[...years].map(
        ([year, of]) =>
          html`<section class="year">
            <h2><a href="/browse/${year}">${year}</a></h2>
            ${monthList(of)}
          </section>`,
      )}
    </div>`,
  })
}

/** The months of a year; undefined where nothing was published in it. */
export function yearPage(settings: PageSettings, year: string, months: readonly Counted[]): string | undefined {
  const own = months.filter(({ name }) => name.startsWith(year))
  if (own.length === 0) return undefined
  return layout(settings, {
    title: `Articles of ${year}`,
    head: html`<link rel="canonical" href="${settings.siteUrl}/browse/${year}" />`,
    main: html`<div class="latest">
      <p class="kicker"><a href="/browse">All articles by date</a></p>
      <h1>${year}</h1>
      ${monthList(own)}
    </div>`,
  })
}

function monthList(months: readonly Counted[]): Html {
  return html`<ul class="counted">
    ${months.map(({ name, articles }) => html`<li><a href="${monthPath(name)}">${monthName(name)}</a> <span class="count">${articles.toLocaleString('en')}</span></li>`)}
  </ul>`
}

/** `/browse/2012/12`; articles of which no more than the year is known are at `/browse/2012/undated`. */
export function monthPath(month: string): string {
  const [year, number = 'undated'] = month.split('-')
  return `/browse/${year}/${number}`
}

/** `December 2012`; `2012, without a month` where no more is known. */
export function monthName(month: string): string {
  return month.includes('-') ? dateName(month) : `${month}, without a month`
}

/** All subjects with the number of their articles. */
export function subjectsPage(settings: PageSettings, subjects: readonly Counted[]): string {
  return layout(settings, {
    title: 'Subjects',
    head: html`<link rel="canonical" href="${settings.siteUrl}/subjects" />`,
    main: html`<div class="latest">
      <h1>Subjects</h1>
      ${subjects.length === 0 ? html`<p class="none">No article has a subject yet.</p>` : ''}
      <ul class="counted">
        ${subjects.map(({ name, articles }) => html`<li><a href="${subjectPath(name)}">${name}</a> <span class="count">${articles.toLocaleString('en')}</span></li>`)}
      </ul>
    </div>`,
  })
}
