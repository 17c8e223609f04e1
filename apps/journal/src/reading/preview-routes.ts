import { contentDisposition } from '@continuum/article'
import type { App } from '@continuum/service'
import { Type } from 'typebox'
import { failureReply, notFoundReply, sendNotFound } from '../site/answers.ts'
import { findEditions } from '../editions/edition-store.ts'
import { previewCookie, previewUntil } from '../site/preview.ts'
import type { Site } from '../site/site.ts'
import { readName } from './version-name.ts'

/** The media types that browsers show in place and cannot run; any other file is downloaded. */
const shownInPlace = /^(?:image\/(?:jpeg|gif|png|webp)|application\/pdf|(?:video|audio)\/[\w.+-]+)$/

/** The file names that a package may have: no path, no hidden file, no control character. */
const fileName = /^[^./\\\p{Cc}][^/\\\p{Cc}]*$/u

const schema = {
  tags: ['reading'],
  security: [{ preview: [] }],
  operationId: 'previewFile',
  summary: 'Get a file of a version while it is a preview',
  params: Type.Object({ name: Type.String({ examples: ['00353v1'] }), file: Type.String() }),
  response: {
    200: { description: 'The file.', content: { '*/*': { schema: Type.Unknown() } } },
    404: notFoundReply,
    '5xx': failureReply,
  },
}

/**
 * Adds the files of previews, `/articles/00353v1/files/<name>`. They are not public anywhere, so the site serves them to
 * whoever has the cookie of the preview.
 */
export function addPreviewRoutes(app: App, site: Site): void {
  const { sql, pages, journals, previewFiles, previewSecret, now } = site

  app.get('/articles/:name/files/:file', { schema }, async (request, reply) => {
    const { file } = request.params
    const { article, version } = readName(request.params.name, journals) ?? {}
    if (article === undefined || version === undefined || !fileName.test(file)) return sendNotFound(reply, pages)
    const address = { article, version }
    if (!previewUntil(previewSecret, request.cookies[previewCookie], address, now())) return sendNotFound(reply, pages)
    const { preview } = await findEditions(sql, address)
    const found =
      preview?.run &&
      (await previewFiles.find({ articleId: preview.eif['article-id'], version, run: preview.run }, file))
    if (!found) return sendNotFound(reply, pages)

    // Whatever the bucket says of it: a drawing may carry a script.
    const isDrawing = found.mediaType.startsWith('image/svg')
    reply.type(isDrawing ? 'application/octet-stream' : found.mediaType).header('cache-control', 'private, no-store')
    if (found.length !== undefined) reply.header('content-length', found.length)
    if (!shownInPlace.test(found.mediaType) || /-download\.\w+$/.test(file)) {
      reply.header('content-disposition', contentDisposition(file.replace(/-download(?=\.\w+$)/, '')))
    }
    // Browsers' PDF viewers do not work under a page's policy.
    if (found.mediaType === 'application/pdf') reply.removeHeader('content-security-policy')
    return reply.send(found.content)
  })
}
