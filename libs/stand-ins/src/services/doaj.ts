import type { FastifyInstance } from 'fastify'
import type { Faults } from '../faults/faults.ts'
import { bodyOf, cut, stall } from '../http/server.ts'

/** An article that DOAJ holds. */
export interface DoajArticle {
  readonly id: string
  readonly bibjson: Bibjson
  /** Number of times that it was written. */
  readonly writes: number
}

/** The part of `bibjson` at which the stand-in looks. */
export interface Bibjson {
  readonly title?: string
  readonly identifier?: readonly { readonly type: string; readonly id: string }[]
  readonly link?: readonly { readonly type: string; readonly url: string }[]
  readonly author?: readonly { readonly name?: string; readonly orcid_id?: string }[]
}

/** Settings of the DOAJ stand-in. */
export interface DoajAccount {
  readonly key: string
  /** ISSNs of the account's journals; empty = any. */
  readonly issns: readonly string[]
}

/** The routes of `doaj.org/api/v4` for single articles: an article with a known DOI or full text is written over. */
export function addDoaj(
  server: FastifyInstance,
  { faults, account }: { faults: Faults; account: DoajAccount },
): () => readonly DoajArticle[] {
  const articles = new Map<string, DoajArticle>()
  const error = (reason: string) => ({ status: reason, error: reason })

  const problemOf = (bibjson: Bibjson | undefined): { code: number; reason: string } | undefined => {
    const ids = bibjson?.identifier ?? []
    const issns = ids.filter(({ type }) => type === 'eissn' || type === 'pissn').map(({ id }) => id)
    const badOrcid = bibjson?.author?.find(
      ({ orcid_id: orcid }) => orcid !== undefined && !/^https:\/\/orcid\.org\/(\d{4}-){3}\d{3}[\dX]$/.test(orcid),
    )
    if (!bibjson?.title) return { code: 400, reason: "Field 'title' is required but not present in bibjson" }
    if (issns.length === 0) return { code: 400, reason: 'Neither eissn nor pissn is given' }
    if (badOrcid) return { code: 400, reason: `Invalid ORCID iD format: ${badOrcid.orcid_id}` }
    if (account.issns.length > 0 && !issns.every((issn) => account.issns.includes(issn)))
      return { code: 403, reason: `ISSN ${issns.join(', ')} does not belong to a journal of this account` }
    return undefined
  }
  const matching = ({ identifier, link }: Bibjson) => {
    const doi = identifier?.find(({ type }) => type === 'doi')?.id.toLowerCase()
    const url = link?.find(({ type }) => type === 'fulltext')?.url
    return [...articles.values()].filter(({ bibjson: held }) => {
      const heldDoi = held.identifier?.find(({ type }) => type === 'doi')?.id.toLowerCase()
      const heldUrl = held.link?.find(({ type }) => type === 'fulltext')?.url
      return (doi !== undefined && doi === heldDoi) || (url !== undefined && url === heldUrl)
    })
  }
  const write = (id: string, bibjson: Bibjson) =>
    articles.set(id, { id, bibjson, writes: (articles.get(id)?.writes ?? 0) + 1 })

  server.route<{ Params: { id?: string }; Querystring: { api_key?: string } }>({
    method: ['POST', 'PUT'],
    url: '/doaj/api/v4/articles/:id?',
    handler: async (request, reply) => {
      const { id } = request.params
      const bibjson = readBibjson(bodyOf(request))
      const doi = bibjson?.identifier?.find(({ type }) => type === 'doi')?.id ?? ''
      const fault = faults.take(
        'doaj',
        doi,
        'busy',
        'unavailable',
        'unauthorized',
        'forbidden',
        'refuse',
        'cut',
        'stall',
      )
      if (fault?.fault === 'stall') return stall(reply)
      if (fault?.fault === 'busy') return reply.code(429).type('text/html').send('<html>Too many requests</html>')
      if (fault?.fault === 'unavailable') return reply.code(503).type('text/html').send('<html>Try later</html>')
      if (fault?.fault === 'unauthorized' || request.query.api_key !== account.key)
        return reply.code(401).send(error('An API key is required, and this is none.'))
      if (fault?.fault === 'refuse') return reply.code(400).send(error(fault.value ?? 'Identifier conflict'))
      if (fault?.fault === 'forbidden')
        return reply.code(403).send(error('The ISSN does not belong to a journal of this account'))
      const problem = problemOf(bibjson)
      if (problem || !bibjson) return reply.code(problem?.code ?? 400).send(error(problem?.reason ?? 'No bibjson'))
      if (request.method === 'PUT') {
        if (id === undefined || !articles.has(id)) return reply.code(404).send(error('There is no such article.'))
        write(id, bibjson)
        return fault ? cut(reply) : reply.code(204).send()
      }
      const matches = matching(bibjson)
      if (matches.length > 1) return reply.code(400).send(error('The DOI and the full text match different articles'))
      const written = matches[0]?.id ?? crypto.randomUUID().replaceAll('-', '')
      write(written, bibjson)
      if (fault) return cut(reply)
      return reply.code(201).send({ status: 'created', id: written, location: `/api/v4/articles/${written}` })
    },
  })
  server.get('/doaj/articles', async () => [...articles.values()])
  return () => [...articles.values()]
}

function readBibjson(body: Buffer): Bibjson | undefined {
  try {
    const { bibjson }: { bibjson?: Bibjson } = JSON.parse(body.toString('utf8'))
    return bibjson
  } catch {
    return undefined
  }
}
