import { emptyReply, type App } from '@continuum/service'
import { Type } from 'typebox'
import { findEditions, listVersions } from '../editions/edition-store.ts'
import { noteUse } from '../usage/hooks.ts'
import { failureReply, notFoundReply, sendNotFound } from './answers.ts'
import type { Site } from './site.ts'
import { readName } from './version-name.ts'

const schema = {
  tags: ['reading'],
  security: [],
  operationId: 'pdf',
  summary: 'Get the PDF of an article, or of a version',
  params: Type.Object({ name: Type.String({ examples: ['00353', '00353v1'] }) }),
  response: {
    200: { description: 'The PDF.', content: { 'application/pdf': { schema: Type.Unknown() } } },
    206: { description: 'A part of it (Range).', content: { 'application/pdf': { schema: Type.Unknown() } } },
    304: emptyReply('The client has it already (If-None-Match).'),
    404: notFoundReply,
    '5xx': failureReply,
  },
}

/**
 * Adds the PDF of an article beside its page, `/articles/00353v1.pdf`. Google Scholar takes a PDF for the article's only in the
 * same folder of the same host; and downloads are counted here, where they are not cached. Ranges are not counted.
 */
export function addPdfRoutes(app: App, site: Site): void {
  const { sql, pages, journals, articleStore, publishedFiles, cdnUrl, usage } = site

  app.get('/articles/:name.pdf', { schema }, async (request, reply) => {
    const name = readName(request.params.name, journals)
    const version = name && (name.version ?? (await listVersions(sql, name.article)).at(-1)?.version)
    if (!name || version === undefined) return sendNotFound(reply, pages)
    const { published } = await findEditions(sql, { article: name.article, version })
    const id = published?.eif['article-id']
    const found = id === undefined ? undefined : await articleStore.version('published', id, version)
    const uri = found?.article.pdf
    if (typeof uri !== 'string' || !uri.startsWith(`${cdnUrl}/`)) return sendNotFound(reply, pages)
    const file = await publishedFiles.find(decodeURI(uri.slice(cdnUrl.length + 1)), request.headers.range)
    if (!file) return sendNotFound(reply, pages)

    noteUse(request, usage, { article: name.article, use: 'pdf' })
    if (file.etag !== undefined) reply.header('etag', file.etag)
    reply.type('application/pdf').header('cache-control', 'public, no-cache').header('accept-ranges', 'bytes')
    if (file.etag !== undefined && request.headers['if-none-match']?.includes(file.etag)) {
      file.content.destroy()
      return reply.code(304).send()
    }
    if (file.length !== undefined) reply.header('content-length', file.length)
    // Browsers' PDF viewers do not work under a page's policy.
    reply.removeHeader('content-security-policy')
    if (file.range !== undefined) reply.code(206).header('content-range', file.range)
    return reply.send(file.content)
  })
}
