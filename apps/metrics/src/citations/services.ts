import type { CitationSourceSetting } from '@continuum/settings'
import { Type } from 'typebox'
import { ask, wait as realWait, type Wait } from './ask.ts'
import type { CitationSource } from './source.ts'

const rows = 1000

const CrossrefWorks = Type.Object({
  message: Type.Object({
    'next-cursor': Type.Optional(Type.String()),
    items: Type.Array(Type.Object({ DOI: Type.String(), 'is-referenced-by-count': Type.Optional(Type.Integer()) })),
  }),
})
const OpenCitationsCount = Type.Array(Type.Object({ count: Type.String({ pattern: '^\\d+$' }) }))
const EuropePmcResults = Type.Object({
  resultList: Type.Object({
    result: Type.Array(Type.Object({ doi: Type.Optional(Type.String()), citedByCount: Type.Optional(Type.Integer()) })),
  }),
})

/** Seconds between two requests to a service that is asked about each article. */
const betweenArticles = 0.2

/** Creates the sources that an environment names. */
export function citationSources(settings: readonly CitationSourceSetting[], wait: Wait = realWait): CitationSource[] {
  return settings.map((setting) => sources[setting.kind](setting, wait))
}

/** Crossref tells a whole registrant in pages; an address for questions (`mailto`) brings a faster pool. */
function crossref({ url = 'https://api.crossref.org', mailto }: CitationSourceSetting, wait: Wait): CitationSource {
  return {
    service: 'Crossref',
    async *counts({ registrants }, signal) {
      for (const registrant of registrants) {
        for (let cursor: string | undefined = '*'; cursor !== undefined;) {
          const address: URL = new URL(`${url}/prefixes/${registrant}/works`)
          address.search = new URLSearchParams({
            select: 'DOI,is-referenced-by-count',
            rows: `${rows}`,
            cursor,
            ...(mailto !== undefined && { mailto }),
          }).toString()
          const page = await ask(CrossrefWorks, { service: 'Crossref', url: address, signal, wait })
          const items = page?.message.items ?? []
          yield items.map((item) => ({ doi: item.DOI.toLowerCase(), number: item['is-referenced-by-count'] ?? 0 }))
          cursor = items.length === 0 ? undefined : page?.message['next-cursor']
        }
      }
    },
  }
}

function openCitations(
  { url = 'https://api.opencitations.net', token }: CitationSourceSetting,
  wait: Wait,
): CitationSource {
  return {
    service: 'OpenCitations',
    async *counts({ dois }, signal) {
      for (const doi of dois) {
        const answer = await ask(OpenCitationsCount, {
          service: 'OpenCitations',
          url: new URL(`${url}/index/v2/citation-count/doi:${doi}`),
          ...(token !== undefined && { headers: { authorization: token } }),
          signal,
          wait,
        })
        yield [{ doi, number: Number(answer?.[0]?.count ?? 0) }]
        await wait(betweenArticles, signal)
      }
    },
  }
}

function europePmc(
  { url = 'https://www.ebi.ac.uk/europepmc/webservices/rest' }: CitationSourceSetting,
  wait: Wait,
): CitationSource {
  return {
    service: 'Europe PMC',
    async *counts({ dois }, signal) {
      for (const doi of dois) {
        const address = new URL(`${url}/search`)
        address.search = new URLSearchParams({ query: `DOI:"${doi}"`, format: 'json', resultType: 'lite' }).toString()
        const answer = await ask(EuropePmcResults, { service: 'Europe PMC', url: address, signal, wait })
        const found = answer?.resultList.result.find((result) => result.doi?.toLowerCase() === doi)
        yield [{ doi, number: found?.citedByCount ?? 0 }]
        await wait(betweenArticles, signal)
      }
    },
  }
}

const sources = { crossref, opencitations: openCitations, europepmc: europePmc }
