import type { ArticleFacts } from './facts.ts'

/** A link from the page of an article. */
interface TypedLink {
  rel: string
  href: string
  type?: string
}

/** The header must stay below what proxies take: 4 KiB. */
const maxHeaderBytes = 3800

/** The links of an article by FAIR Signposting: its DOI, its kind, its authors, licence, files and descriptions. */
function linksOf(facts: ArticleFacts): TypedLink[] {
  const { url, version } = facts
  return [
    { rel: 'cite-as', href: `https://doi.org/${facts.doi}` },
    { rel: 'type', href: 'https://schema.org/AboutPage' },
    { rel: 'type', href: 'https://schema.org/ScholarlyArticle' },
    ...(facts.licence ? [{ rel: 'license', href: facts.licence }] : []),
    ...(facts.pdfUrl ? [{ rel: 'item', href: facts.pdfUrl, type: 'application/pdf' }] : []),
    ...(facts.xmlUrl ? [{ rel: 'item', href: facts.xmlUrl, type: 'application/xml' }] : []),
    { rel: 'describedby', href: `${url}.bib`, type: 'application/x-bibtex' },
    { rel: 'describedby', href: `${url}.ris`, type: 'application/x-research-info-systems' },
    { rel: 'describedby', href: `${url}.json`, type: 'application/vnd.citationstyles.csl+json' },
    { rel: 'latest-version', href: url },
    ...(version > 1 ? [{ rel: 'predecessor-version', href: `${url}v${version - 1}` }] : []),
    ...facts.authors.flatMap(({ orcid }) => (orcid ? [{ rel: 'author', href: `https://orcid.org/${orcid}` }] : [])),
  ]
}

/** The `Link` header of a page. Authors that do not fit are in the linkset alone, which the header names. */
export function linkHeader(facts: ArticleFacts): string {
  const written = (link: TypedLink) =>
    `<${encodeURI(link.href)}>; rel="${link.rel}"${link.type ? `; type="${link.type}"` : ''}`
  const linkset = written({ rel: 'linkset', href: `${facts.url}/linkset`, type: 'application/linkset+json' })
  const header = [linkset]
  let bytes = linkset.length
  for (const link of linksOf(facts).map(written)) {
    bytes += link.length + 2
    if (bytes > maxHeaderBytes) break
    header.push(link)
  }
  return header.join(', ')
}

/** All links as a linkset (RFC 9264). Its files lead back to the page. */
export function linksetOf(facts: ArticleFacts): object {
  const page: Record<string, unknown> = { anchor: facts.url }
  for (const [rel, links] of Map.groupBy(linksOf(facts), (link) => link.rel)) {
    page[rel] = links.map(({ href, type }) => ({ href, ...(type !== undefined && { type }) }))
  }
  const files = [facts.pdfUrl, facts.xmlUrl]
    .filter((anchor) => anchor !== undefined)
    .map((anchor) => ({ anchor, collection: [{ href: facts.url, type: 'text/html' }] }))
  return { linkset: [page, ...files] }
}
