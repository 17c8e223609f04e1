import { byline } from '../sections/people.ts'
import { belowTitle } from '../sections/titles.ts'
import { dateName, dayName, isoDay, statusName, subjectNames, subjectPath, typeName } from '../article/labels.ts'
import { dotted, when, doiLink, html, nothing, safe, type Html } from '../markup/html.ts'
import { phraseMarkup } from '../markup/sanitise.ts'
import { numbersMark } from '../usage/fill-in.ts'
import type { ArticleFacts } from '../indexing/facts.ts'
import { shareLinks } from './article-share.ts'
import { articlePath, type ArticleView } from './article-view.ts'

/** Title, authors, what kind of article and version it is, and what can be loaded. */
export function articleHeader(view: ArticleView, facts: ArticleFacts, siteName: string): Html {
  const { article, dates, journal, publicationDate } = view
  const kind = article.kind ?? typeName(article.type)
  const isLinked = !view.previewUntil
  const subjects = subjectNames(article.subjects).map((name) =>
    isLinked ? html`<a href="${subjectPath(name)}">${name}</a>` : name,
  )
  return html`<header class="article-header">
    <p class="kicker">${dotted([kind, ...subjects])}</p>
    <h1>
      ${when(article.titlePrefix, (prefix) => html`<span class="title-prefix">${phraseMarkup(prefix)}:</span> `)}${phraseMarkup(article.title)}
    </h1>
    ${belowTitle(article)} ${byline(article.authors, { further: article.affiliations, isLinked })}
    ${when(article.impactStatement, (statement) => html`<p class="statement">${phraseMarkup(statement)}</p>`)}
    <ul class="facts">
      ${journal.name === '' || journal.name === siteName ? nothing : html`<li>${journal.name}</li>`}
      <li>${statusName(article.status)}</li>
      ${publicationDate ? html`<li>Published <time datetime="${publicationDate}">${dateName(publicationDate)}</time></li>` : html`<li>Not published</li>`}
      ${when(dates?.updated, (updated) => html`<li>Version ${article.version}, ${day(updated)}</li>`)}
      <li>${doiLink(article.doi)}</li>
      ${view.previewUntil ? nothing : safe(numbersMark)}
    </ul>
    ${actions(view, facts)}
  </header>`
}

function day(instant: Temporal.Instant): Html {
  return html`<time datetime="${isoDay(instant)}">${dayName(instant)}</time>`
}

function actions(view: ArticleView, facts: ArticleFacts): Html {
  const { article, files, previewUntil } = view
  const own = (uri: unknown, extension: string) => {
    if (typeof uri !== 'string') return undefined
    return previewUntil || files.load(uri) === undefined ? files.link(uri) : `${articlePath(view)}.${extension}`
  }
  const link = (label: string, address: string | undefined) =>
    when(address, (known) => html`<a class="action" href="${known}">${label}</a>`)
  return html`<div class="actions">
    ${link('Article PDF', own(article.pdf, 'pdf'))}
    ${link('Figures PDF', typeof article.figuresPdf === 'string' ? files.link(article.figuresPdf) : undefined)}
    ${link('JATS XML', own(article.xml, 'xml'))}
    <a class="action" href="#cite">Cite</a>
    ${article.references === undefined ? nothing : html`<a class="action" href="#references">References</a>`}
    ${previewUntil ? nothing : shareLinks(facts)}
  </div>`
}
