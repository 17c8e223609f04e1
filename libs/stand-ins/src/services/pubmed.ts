import type { FastifyInstance } from 'fastify'
import type { Faults } from '../faults/faults.ts'
import type { FileStore } from '../files/store.ts'

/** A citation of PubMed. */
export interface PubmedCitation {
  readonly pmid: string
  readonly doi: string
  /** aheadofprint, epublish. */
  readonly status: string
  /** The day of its last change, `2026/11/30`, where PubMed is. */
  readonly changed: string
  /** Number of records that were loaded. */
  readonly loads: number
}

/** A line of the loader report, which PubMed mails to the publisher. */
export interface LoaderError {
  readonly path: string
  readonly words: string
}

/** The holdings of PubMed. */
export interface Pubmed {
  readonly citations: () => Promise<readonly PubmedCitation[]>
  readonly errors: () => Promise<readonly LoaderError[]>
}

const zone = 'America/New_York'
const firstPmid = 40_000_000

/**
 * PubMed behind its SFTP server: it loads the records that lie in an account some seconds after it has seen them, and answers as E-utilities do.
 * A record of a citation that it has is an error without Replaces.
 */
export function addPubmed(
  server: FastifyInstance,
  { faults, store, now, loadAfter }: { faults: Faults; store: FileStore; now: () => number; loadAfter: number },
): Pubmed {
  const seen = new Map<string, { readonly xml: string; readonly at: number; loaded: boolean }>()
  const citations = new Map<string, PubmedCitation>()
  const errors: LoaderError[] = []

  const load = async (): Promise<void> => {
    for (const { path, size } of await store.files()) {
      if (!path.endsWith('.xml') || path.includes('/.') || seen.has(`${path} ${size}`)) continue
      const xml = (await store.content(path)).toString('utf8')
      if (xml.includes('<ArticleSet>')) seen.set(`${path} ${size}`, { xml, at: now(), loaded: false })
    }
    for (const [path, record] of seen) {
      if (record.loaded || record.at + loadAfter > now()) continue
      record.loaded = true
      const { xml } = record
      const doi = /<ArticleId IdType="doi">([^<]+)</.exec(xml)?.[1] ?? ''
      const before = citations.get(doi.toLowerCase())
      const fault = faults.take('pubmed', `${path} ${xml}`, 'refuse')
      const words =
        fault?.value ?? (before && !xml.includes('<Replaces') ? `${doi} is in PubMed: Replaces is missing` : undefined)
      if (fault || words !== undefined) {
        errors.push({ path, words: words ?? 'the record could not be loaded' })
        continue
      }
      citations.set(doi.toLowerCase(), {
        pmid: before?.pmid ?? String(firstPmid + citations.size + 1),
        doi,
        status: /<Journal>[\s\S]*?<PubDate PubStatus="(\w+)"/.exec(xml)?.[1] ?? 'ppublish',
        changed: dayOf(now()),
        loads: (before?.loads ?? 0) + 1,
      })
    }
  }

  server.get<{ Querystring: Record<string, string> }>('/pubmed/eutils/esearch.fcgi', async (request, reply) => {
    const { db, retmode, term = '', datetype, mindate = '' } = request.query
    const fault = faults.take('pubmed', term, 'busy', 'ask-unavailable')
    if (fault?.fault === 'busy') return reply.code(429).send({ error: 'API rate limit exceeded', count: '4' })
    if (fault) return reply.code(503).send('Try later')
    const asked = /^"([^"]+)"\[aid\]( NOT pubstatusaheadofprint)?$/.exec(term)
    if (db !== 'pubmed' || retmode !== 'json' || !asked)
      return reply.code(400).send({ error: 'this stand-in knows searches of PubMed for a DOI, as JSON' })
    await load()
    const found = citations.get((asked[1] ?? '').toLowerCase())
    const fits =
      found &&
      !(asked[2] !== undefined && found.status === 'aheadofprint') &&
      !(datetype === 'mdat' && found.changed < mindate)
    const idlist = fits ? [found.pmid] : []
    return { header: { type: 'esearch', version: '0.3' }, esearchresult: { count: String(idlist.length), idlist } }
  })
  const pubmed: Pubmed = {
    citations: async () => {
      await load()
      return [...citations.values()]
    },
    errors: async () => {
      await load()
      return [...errors]
    },
  }
  server.get('/pubmed/citations', async () => pubmed.citations())
  server.get('/pubmed/report', async () => pubmed.errors())
  return pubmed
}

function dayOf(milliseconds: number): string {
  const instant = Temporal.Instant.fromEpochMilliseconds(milliseconds)
  return instant.toZonedDateTimeISO(zone).toPlainDate().toString().replaceAll('-', '/')
}
