import type { Retraction } from '../editions/retraction.ts'
import type { ArticleFacts } from './facts.ts'

/** Describes an article as JSON-LD, as a text that may stand in a page: nothing in it ends the element. */
export function structuredData(facts: ArticleFacts): string {
  const { journal, volume } = facts
  const periodical = {
    '@type': 'Periodical',
    name: journal.name,
    ...(journal.issn !== undefined && { issn: journal.issn }),
  }
  const data = {
    '@context': 'https://schema.org',
    '@type': 'ScholarlyArticle',
    '@id': `https://doi.org/${facts.doi}`,
    url: facts.url,
    identifier: { '@type': 'PropertyValue', propertyID: 'DOI', value: facts.doi },
    headline: facts.title,
    name: facts.title,
    author: facts.authors.map(({ name, orcid, institutions }) => ({
      '@type': 'Person',
      name,
      ...(orcid && { '@id': `https://orcid.org/${orcid}` }),
      ...(institutions.length > 0 && {
        affiliation: institutions.map((each) => ({ '@type': 'Organization', name: each })),
      }),
    })),
    ...(facts.published && { datePublished: facts.published }),
    inLanguage: facts.language,
    ...(facts.abstract && { abstract: facts.abstract }),
    ...(facts.keywords.length > 0 && { keywords: facts.keywords }),
    ...(facts.subjects.length > 0 && { about: facts.subjects.map((name) => ({ '@type': 'Thing', name })) }),
    ...(facts.licence && { license: facts.licence }),
    isAccessibleForFree: true,
    ...(facts.retraction && { creativeWorkStatus: 'Retracted', correction: correctionOf(facts.retraction) }),
    publisher: { '@type': 'Organization', name: journal.publisher },
    isPartOf:
      volume === undefined ? periodical : { '@type': 'PublicationVolume', volumeNumber: volume, isPartOf: periodical },
    ...(facts.pdfUrl && {
      encoding: { '@type': 'MediaObject', contentUrl: facts.pdfUrl, encodingFormat: 'application/pdf' },
    }),
  }
  return JSON.stringify(data)
    .replaceAll('<', String.raw`\u003c`)
    .replaceAll('\u2028', String.raw`\u2028`)
    .replaceAll('\u2029', String.raw`\u2029`)
}

function correctionOf({ date, reason, notice }: Retraction) {
  return {
    '@type': 'CorrectionComment',
    datePublished: date,
    text: reason,
    ...(notice !== undefined && { url: `https://doi.org/${notice}` }),
  }
}
