import { Type } from 'typebox'
import { entriesOf } from '../article/article.ts'
import { relatedLinks } from '../sections/classification.ts'
import { dayName, typeName } from '../article/labels.ts'
import { when, html, nothing, unlessEmpty, type Html } from '../markup/html.ts'
import { inlineMarkup, phraseMarkup } from '../markup/sanitise.ts'
import type { ArticleView } from './article-view.ts'

/** Shows that this is a preview, and until when its link is valid. */
export function previewBanner(version: number, until: Temporal.Instant): Html {
  const time = until.toString().slice(11, 16)
  return html`<p class="banner" role="status">
    <strong>Preview of version ${version}.</strong> Readers cannot see it. This link is valid until
    <time datetime="${until.toString()}">${time} UTC on ${dayName(until)}</time>.
  </p>`
}

/** Shows what a reader should know first: newer versions, a missing text, related articles. */
export function notices(view: ArticleView): Html {
  const { article, versions } = view
  const newest = versions.at(-1)?.version ?? 0
  const pdf = typeof article.pdf === 'string' ? view.files.link(article.pdf) : undefined
  return html`${
    newest > article.version
      ? html`<p class="notice">
          This is version ${article.version}. <a href="/articles/${article.id}v${newest}">Version ${newest}</a> is the
          newest.
        </p>`
      : nothing
  }
  ${
    article.status.toLowerCase() === 'poa'
      ? html`<p class="notice">
          This is the accepted manuscript, before copy editing and typesetting.
          ${when(pdf, (address) => html`Its full text is in the <a href="${address}">PDF</a>.`)}
        </p>`
      : nothing
  }
  ${relatedArticles(view)}`
}

const Snippet = Type.Object({
  id: Type.String(),
  title: Type.String(),
  type: Type.Optional(Type.String()),
  authorLine: Type.Optional(Type.String()),
})
const Elsewhere = Type.Object({
  articleTitle: Type.String(),
  journal: Type.Optional(Type.String()),
  authorLine: Type.Optional(Type.String()),
  uri: Type.String(),
})

function relatedArticles({ article, related, files }: ArticleView): Html {
  const entry = (kind: string, title: Html, line: string | undefined) =>
    html`<li>
      <span class="kicker"><span>${kind}</span></span>
      ${title}${when(line, (names) => html`<br /><span class="card-authors">${names}</span>`)}
    </li>`
  const entries = [
    ...entriesOf(Elsewhere, related).map(({ articleTitle, journal = 'Elsewhere', authorLine, uri }) => {
      const name = phraseMarkup(articleTitle)
      return entry(
        journal,
        when(files.link(uri), (address) => html`<a href="${address}">${name}</a>`),
        authorLine,
      )
    }),
    ...entriesOf(Snippet, related).map(({ id, title, type = 'preprint', authorLine }) =>
      entry(typeName(type), html`<a href="/articles/${id}">${phraseMarkup(title)}</a>`, authorLine),
    ),
    ...relatedLinks(article.relatedLinks).map(({ type = 'related', text, uri }) => {
      const address = uri && files.link(uri)
      const words = when(text, (markup) => inlineMarkup(markup, files))
      return entry(
        typeName(type),
        html`${words} ${when(address, (known) => html`<a href="${known}">${known}</a>`)}`,
        undefined,
      )
    }),
  ]
  return unlessEmpty(
    entries,
    (items) =>
      html`<aside class="related" aria-labelledby="related">
        <h2 id="related">Related</h2>
        <ul>
          ${[...items]}
        </ul>
      </aside>`,
  )
}
