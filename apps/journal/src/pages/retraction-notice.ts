import { partOf, type Article } from '../article/article.ts'
import { dateName } from '../article/labels.ts'
import { Retraction, retractedPrefix, saysRetracted } from '../editions/retraction.ts'
import { html, when, type Html } from '../markup/html.ts'

/** An article with its retraction, where the site knows of one that the article store has not told. */
export function asRetracted(article: Article, retraction: Retraction | undefined): Article {
  if (!retraction || retractionOf(article)) return article
  const { title, titlePrefix } = article
  const said = saysRetracted(titlePrefix) || saysRetracted(title)
  const prefix = titlePrefix === undefined ? retractedPrefix : `${retractedPrefix}: ${titlePrefix}`
  return { ...article, retraction, ...(!said && { titlePrefix: prefix }) }
}

/** The retraction of an article; undefined where it is not retracted. */
export function retractionOf(article: Pick<Article, 'retraction'>): Retraction | undefined {
  return partOf(Retraction, article.retraction)
}

/** Shows above everything that the article is retracted, since when and why, with its notice. */
export function retractionNotice(article: Article): Html {
  return when(
    retractionOf(article),
    ({ date, reason, notice }) =>
      html`<aside class="banner retraction" aria-label="Retraction">
        <strong>This article was retracted on <time datetime="${date}">${dateName(date)}</time>.</strong> ${reason}
        ${when(notice, (doi) => html`<a href="https://doi.org/${doi}">Retraction notice</a>`)}
      </aside>`,
  )
}
