import { entriesOf, Person } from '../article/article.ts'
import { nameOf } from '../sections/people.ts'
import { when, html, type Html } from '../markup/html.ts'
import { plainText } from '../markup/sanitise.ts'
import { versionPath, type ArticleView } from './article-view.ts'

/** Metadata for search engines and reference managers; a preview tells them not to index it. */
export function metadata({ article, journal, publicationDate, files, previewUntil }: ArticleView): Html {
  if (previewUntil) return html`<meta name="robots" content="noindex" />`
  const tag = (name: string, content: string | number | undefined) =>
    when(content, (value) => html`<meta name="${name}" content="${value}" />`)
  return html`<link rel="canonical" href="${versionPath(article)}" />
    ${tag('description', article.impactStatement && plainText(article.impactStatement))}
    ${tag('citation_title', plainText(article.title))}
    ${entriesOf(Person, article.authors).map((person) => tag('citation_author', nameOf(person)))}
    ${tag('citation_journal_title', journal.name)} ${tag('citation_issn', journal.issn)}
    ${tag('citation_publisher', journal.publisher)} ${tag('citation_doi', article.doi)}
    ${tag('citation_volume', article.volume)} ${tag('citation_firstpage', article.elocationId)}
    ${tag('citation_publication_date', publicationDate?.replaceAll('-', '/'))}
    ${tag('citation_pdf_url', typeof article.pdf === 'string' ? files.link(article.pdf) : undefined)}`
}
