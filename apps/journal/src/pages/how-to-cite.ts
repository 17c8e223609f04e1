import { retractedPrefix, saysRetracted } from '../editions/retraction.ts'
import type { ArticleFacts } from '../indexing/facts.ts'
import { styledCitations } from '../indexing/citation-styles.ts'
import { citationOf } from '../sections/citation.ts'
import { doiLink, html, type Html } from '../markup/html.ts'
import { phraseMarkup } from '../markup/sanitise.ts'
import type { ArticleView } from './article-view.ts'
import { retractionOf } from './retraction-notice.ts'

/** The citation of an article: as this site writes it, in styles to choose from, and as files. */
export function howToCite(view: ArticleView, facts: ArticleFacts): Html {
  const { authors, year, journal, place, doi } = citationOf(view)
  const said = retractionOf(view.article) && !saysRetracted(view.article.title) ? `${retractedPrefix}: ` : ''
  const name = html`${said}${phraseMarkup(view.article.title)}`
  return html`<p class="citation" data-copy="Copy citation">
      ${authors ? `${authors} ` : ''}${year ? `(${year}) ` : ''}${name}. <i>${journal}</i> <b>${place}</b>.
      ${doiLink(doi)}
    </p>
    <div class="styles">
      ${styledCitations(facts).map(
        ({ style, citation }) =>
          html`<details name="citation-style">
            <summary>${style}</summary>
            <p class="citation" data-copy="Copy ${style} citation">${citation}</p>
          </details>`,
      )}
    </div>
    ${view.previewUntil ? '' : citationFiles(view.article.id)}`
}

function citationFiles(id: string): Html {
  return html`<p class="citation-files">
    For reference managers: <a href="/articles/${id}.bib">BibTeX</a> <a href="/articles/${id}.ris">RIS</a>
    <a href="/articles/${id}.json">CSL-JSON</a>
  </p>`
}
