import { contentDisposition } from '@continuum/article'
import type { FastifyInstance } from 'fastify'
import { sendNotFound } from './answers.ts'
import { findEditions } from '../editions/edition-store.ts'
import { previewCookie, previewUntil } from './preview.ts'
import type { Site } from './site.ts'
import { readName } from './version-name.ts'

/** What browsers show in place, and cannot run; anything else is saved. */
const shownInPlace = /^(?:image\/(?:jpeg|gif|png|webp)|application\/pdf|(?:video|audio)\/[\w.+-]+)$/

/** Whatever a package may call its files; it stands for no place and hides nothing. */
const fileName = /^[^./\\\p{Cc}][^/\\\p{Cc}]*$/u

/**
 * The files of a version while it is a preview, `/articles/00353v1/files/<name>`: they are nowhere public, so the site
 * passes them on to who has the cookie of the preview.
 */
export function addPreviewRoutes(app: FastifyInstance, site: Site): void {
  const { sql, pages, previewFiles, previewSecret, now } = site

  app.get<{ Params: { name: string; file: string } }>('/articles/:name/files/:file', async (request, reply) => {
    const { file } = request.params
    const { article, version } = readName(request.params.name) ?? {}
    if (article === undefined || version === undefined || !fileName.test(file)) return sendNotFound(reply, pages)
    const address = { article, version }
    if (!previewUntil(previewSecret, request.cookies[previewCookie], address, now())) return sendNotFound(reply, pages)
    const { preview } = await findEditions(sql, address)
    const found =
      preview?.run &&
      (await previewFiles.find({ articleId: preview.eif['article-id'], version, run: preview.run }, file))
    if (!found) return sendNotFound(reply, pages)

    reply.type(found.mediaType).header('cache-control', 'private, no-store')
    if (found.length !== undefined) reply.header('content-length', found.length)
    if (!shownInPlace.test(found.mediaType) || /-download\.\w+$/.test(file)) {
      reply.header('content-disposition', contentDisposition(file.replace(/-download(?=\.\w+$)/, '')))
    }
    // The viewers of browsers do not show a PDF under a page's policy.
    if (found.mediaType === 'application/pdf') reply.removeHeader('content-security-policy')
    return reply.send(found.content)
  })
}
