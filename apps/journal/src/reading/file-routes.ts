import { emptyReply, type App } from '@continuum/service'
import { Type } from 'typebox'
import { findEditions, listVersions } from '../editions/edition-store.ts'
import { noteUse } from '../usage/hooks.ts'
import { absenceReplies, failureReply, sendAbsence, sendNotFound } from '../site/answers.ts'
import type { Site } from '../site/site.ts'
import { readName } from './version-name.ts'

const kinds = {
  pdf: { type: 'application/pdf', summary: 'Get the PDF of an article, or of a version' },
  xml: { type: 'application/xml', summary: 'Get the JATS XML of an article, or of a version' },
} as const

const schemaOf = (kind: keyof typeof kinds) => {
  const { type, summary } = kinds[kind]
  const content = { [type]: { schema: Type.Unknown() } }
  return {
    tags: ['reading'],
    security: [],
    operationId: kind,
    summary,
    params: Type.Object({ name: Type.String({ examples: ['00353', '00353v1'] }) }),
    response: {
      200: { description: 'The file.', content },
      206: { description: 'A part of it (Range).', content },
      304: emptyReply('The client has it already (If-None-Match).'),
      ...absenceReplies,
      '5xx': failureReply,
    },
  }
}

/**
 * Adds the PDF and the XML of an article beside its page, `/articles/00353v1.pdf`. Google Scholar takes a PDF for the article's only
 * in the same folder of the same host; and downloads are counted here, where they are not cached. Ranges are not counted.
 */
export function addFileRoutes(app: App, site: Site): void {
  const { sql, pages, journals, articleStore, publishedFiles, cdnUrl, usage } = site

  for (const kind of ['pdf', 'xml'] as const) {
    app.get(`/articles/:name.${kind}`, { schema: schemaOf(kind) }, async (request, reply) => {
      const name = readName(request.params.name, journals)
      const version = name && (name.version ?? (await listVersions(sql, name.article)).at(-1)?.version)
      if (!name || version === undefined) return sendAbsence(site, reply, name?.article)
      const { published } = await findEditions(sql, { article: name.article, version })
      if (!published) return sendAbsence(site, reply, name.article)
      const found = await articleStore.version('published', published.eif['article-id'], version)
      const uri = found?.article[kind]
      if (typeof uri !== 'string' || !uri.startsWith(`${cdnUrl}/`)) return sendNotFound(reply, pages)
      const file = await publishedFiles.find(decodeURI(uri.slice(cdnUrl.length + 1)), request.headers.range)
      if (!file) return sendNotFound(reply, pages)

      noteUse(request, usage, { article: name.article, use: kind })
      if (file.etag !== undefined) reply.header('etag', file.etag)
      reply.type(kinds[kind].type).header('cache-control', 'public, no-cache').header('accept-ranges', 'bytes')
      if (file.etag !== undefined && request.headers['if-none-match']?.includes(file.etag)) {
        file.content.destroy()
        return reply.code(304).send()
      }
      if (file.length !== undefined) reply.header('content-length', file.length)
      // Browsers' PDF viewers do not work under a page's policy.
      if (kind === 'pdf') reply.removeHeader('content-security-policy')
      if (file.range !== undefined) reply.code(206).header('content-range', file.range)
      return reply.send(file.content)
    })
  }
}
