import { byline } from '../sections/people.ts'
import { belowTitle } from '../sections/titles.ts'
import { dateName, dayName, isoDay, statusName, subjectNames, typeName } from '../article/labels.ts'
import { when, doiLink, html, nothing, safe, type Html } from '../markup/html.ts'
import { phraseMarkup } from '../markup/sanitise.ts'
import { numbersMark } from '../usage/fill-in.ts'
import { versionPath, type ArticleView } from './article-view.ts'

/** Title, authors, what kind of article and version it is, and what can be loaded. */
export function articleHeader(view: ArticleView, siteName: string): Html {
  const { article, dates, journal, publicationDate } = view
  const kinds = [article.kind ?? typeName(article.type), ...subjectNames(article.subjects)]
  return html`<header class="article-header">
    <p class="kicker">${kinds.map((name) => html`<span>${name}</span>`)}</p>
    <h1>
      ${when(article.titlePrefix, (prefix) => html`<span class="title-prefix">${phraseMarkup(prefix)}:</span> `)}${phraseMarkup(article.title)}
    </h1>
    ${belowTitle(article)} ${byline(article.authors, article.affiliations)}
    ${when(article.impactStatement, (statement) => html`<p class="statement">${phraseMarkup(statement)}</p>`)}
    <ul class="facts">
      ${journal.name === '' || journal.name === siteName ? nothing : html`<li>${journal.name}</li>`}
      <li>${statusName(article.status)}</li>
      ${publicationDate ? html`<li>Published <time datetime="${publicationDate}">${dateName(publicationDate)}</time></li>` : html`<li>Not published</li>`}
      ${when(dates?.updated, (updated) => html`<li>Version ${article.version}, ${day(updated)}</li>`)}
      <li>${doiLink(article.doi)}</li>
      ${view.previewUntil ? nothing : safe(numbersMark)}
    </ul>
    ${actions(view)}
  </header>`
}

function day(instant: Temporal.Instant): Html {
  return html`<time datetime="${isoDay(instant)}">${dayName(instant)}</time>`
}

function actions({ article, files, previewUntil }: ArticleView): Html {
  const file = (label: string, uri: unknown) =>
    when(
      typeof uri === 'string' ? files.link(uri) : undefined,
      (address) => html`<a class="action" href="${address}">${label}</a>`,
    )
  return html`<p class="actions">
    ${previewUntil || !hasPdf(article, files) ? file('Article PDF', article.pdf) : html`<a class="action" href="${versionPath(article)}.pdf">Article PDF</a>`}
    ${file('Figures PDF', article.figuresPdf)}
    <a class="action" href="#cite">Cite</a>
    ${article.references === undefined ? nothing : html`<a class="action" href="#references">References</a>`}
  </p>`
}

/** The site has the PDF beside its page where the CDN has it. */
function hasPdf({ pdf }: ArticleView['article'], { load }: ArticleView['files']): boolean {
  return typeof pdf === 'string' && load(pdf) !== undefined
}
