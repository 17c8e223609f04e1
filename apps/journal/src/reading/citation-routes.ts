import { articleOfDoi } from '@continuum/article'
import { emptyReply, type App } from '@continuum/service'
import { Type } from 'typebox'
import { findRecord } from '../editions/record-store.ts'
import { bibtexOf, cslOf, risOf } from '../indexing/citation-files.ts'
import type { ArticleFacts } from '../indexing/facts.ts'
import { linksetOf } from '../indexing/signposting.ts'
import { noteUse } from '../usage/hooks.ts'
import { absenceReplies, failureReply, notFoundReply, sendAbsence, sendNotFound } from '../site/answers.ts'
import { recordFacts } from './record-facts.ts'
import type { Site } from '../site/site.ts'
import { readName } from './version-name.ts'

const kinds: Record<string, { type: string; write: (facts: ArticleFacts) => string }> = {
  bib: { type: 'application/x-bibtex; charset=utf-8', write: bibtexOf },
  ris: { type: 'application/x-research-info-systems; charset=utf-8', write: risOf },
  json: {
    type: 'application/vnd.citationstyles.csl+json; charset=utf-8',
    write: (facts) => JSON.stringify([cslOf(facts)]),
  },
}

const common = { tags: ['harvesting'], security: [] }
const replies = { ...absenceReplies, '5xx': failureReply }

/** Adds the citation of an article as a file, `/articles/00353.bib`, `.ris`, `.json`; its linkset; and `/doi/<doi>`. */
export function addCitationRoutes(app: App, site: Site): void {
  const { sql, pages, journals, usage } = site
  const articleOf = (name: string) => readName(name, journals)?.article
  const factsFor = async (name: string): Promise<ArticleFacts | undefined> => {
    const article = articleOf(name)
    const record = article === undefined ? undefined : await findRecord(sql, article)
    return record && recordFacts(site, record)
  }

  for (const [extension, { type, write }] of Object.entries(kinds)) {
    app.get(
      `/articles/:name.${extension}`,
      {
        schema: {
          ...common,
          operationId: `citation-${extension}`,
          summary: 'Get the citation of an article for BibTeX (bib), RIS (ris) or as CSL-JSON (json)',
          params: Type.Object({ name: Type.String({ examples: ['00353'] }) }),
          response: {
            200: { description: 'The citation.', content: { '*/*': { schema: Type.Unknown() } } },
            ...replies,
          },
        },
      },
      async (request, reply) => {
        const facts = await factsFor(request.params.name)
        if (!facts) return sendAbsence(site, reply, articleOf(request.params.name))
        noteUse(request, usage, { article: facts.id, use: 'citation' })
        const citation = Buffer.from(write(facts))
        return reply.header('content-type', type).header('cache-control', 'public, no-cache').send(citation)
      },
    )
  }
  app.get(
    '/articles/:name/linkset',
    {
      schema: {
        ...common,
        operationId: 'linkset',
        summary: 'Get all links of an article (FAIR Signposting)',
        params: Type.Object({ name: Type.String({ examples: ['00353'] }) }),
        response: {
          200: { description: 'The links.', content: { 'application/linkset+json': { schema: Type.Unknown() } } },
          ...replies,
        },
      },
    },
    async (request, reply) => {
      const facts = await factsFor(request.params.name)
      if (!facts) return sendAbsence(site, reply, articleOf(request.params.name))
      const links = Buffer.from(JSON.stringify(linksetOf(facts)))
      return reply
        .header('content-type', 'application/linkset+json')
        .header('cache-control', 'public, no-cache')
        .send(links)
    },
  )
  for (const begin of ['/doi', '/lookup/doi']) {
    app.get(
      `${begin}/*`,
      {
        schema: {
          ...common,
          operationId: begin === '/doi' ? 'doi' : 'lookupDoi',
          summary: 'Find the article of a DOI',
          params: Type.Object({ '*': Type.String({ description: 'the DOI' }) }),
          response: { 302: emptyReply('To the article.'), 404: notFoundReply, '5xx': failureReply },
        },
      },
      async (request, reply) => {
        const article = articleOfDoi(journals, request.params['*'])
        return article === undefined ? sendNotFound(reply, pages) : reply.redirect(`/articles/${article}`, 302)
      },
    )
  }
}
