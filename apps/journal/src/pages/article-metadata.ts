import type { ArticleFacts } from '../indexing/facts.ts'
import { factsOf } from '../indexing/facts.ts'
import { structuredData } from '../indexing/structured-data.ts'
import { citationReferences } from '../sections/references.ts'
import { when, html, safe, type Html } from '../markup/html.ts'
import { plainText } from '../markup/sanitise.ts'
import type { ArticleView } from './article-view.ts'

/** The facts of the article that a page shows. */
export function factsOfView(view: ArticleView, siteUrl: string): ArticleFacts {
  const { article, journal, dates, files } = view
  const has = (uri: unknown) => typeof uri === 'string' && files.load(uri) !== undefined
  return factsOf(article, { journal, record: dates ?? {}, siteUrl, has })
}

/** Metadata for search engines and reference managers; a preview tells them not to index it. */
export function metadata(view: ArticleView, facts: ArticleFacts, siteName: string): Html {
  const { article, publicationDate, previewUntil } = view
  if (previewUntil) return html`<meta name="robots" content="noindex" />`
  const { journal } = facts
  const tag = (name: string, content: string | number | undefined) =>
    when(content, (value) => html`<meta name="${name}" content="${value}" />`)
  const graph = (property: string, content: string | undefined) =>
    when(content, (value) => html`<meta property="${property}" content="${value}" />`)
  const [firstPage, lastPage] = (facts.elocationId === undefined ? facts.pages : undefined)?.split(/[-–]/) ?? []
  const summary = article.impactStatement ? plainText(article.impactStatement) : facts.abstract
  return html`<link rel="canonical" href="${facts.url}" /> ${tag('description', summary)}
    ${tag('citation_title', facts.title)}
    ${facts.authors.map(
      ({ name, orcid, institutions }) =>
        html`${tag('citation_author', name)} ${institutions.map((each) => tag('citation_author_institution', each))}
        ${tag('citation_author_orcid', orcid && `https://orcid.org/${orcid}`)}`,
    )}
    ${tag('citation_journal_title', journal.name)} ${tag('citation_issn', journal.issn)}
    ${tag('citation_publisher', journal.publisher)} ${tag('citation_doi', facts.doi)}
    ${tag('citation_volume', facts.volume)} ${tag('citation_issue', article.issue)}
    ${tag('citation_firstpage', facts.elocationId ?? firstPage)} ${tag('citation_lastpage', lastPage)}
    ${tag('citation_publication_date', publicationDate?.replaceAll('-', '/'))}
    ${tag('citation_language', facts.language)} ${facts.keywords.map((keyword) => tag('citation_keywords', keyword))}
    ${citationReferences(article.references).map((each) => tag('citation_reference', each))}
    ${tag('citation_abstract', facts.abstract)} ${tag('citation_fulltext_html_url', facts.url)}
    ${tag('citation_pdf_url', facts.pdfUrl)} ${tag('citation_xml_url', facts.xmlUrl)}
    <link rel="alternate" type="application/x-bibtex" href="${facts.url}.bib" />
    <link rel="alternate" type="application/x-research-info-systems" href="${facts.url}.ris" />
    ${graph('og:type', 'article')} ${graph('og:title', facts.title)} ${graph('og:url', facts.url)}
    ${graph('og:site_name', siteName)} ${graph('og:description', summary)}
    <script type="application/ld+json">
      ${safe(structuredData(facts))}
    </script>`
}
