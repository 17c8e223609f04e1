import { Readable } from 'node:stream'
import { Upload } from '@aws-sdk/lib-storage'
import { archiveName } from '@continuum/article'
import { archiveManifestName, count, zipOf, type ArchiveManifest } from '@continuum/package'
import { PermanentFailure, type Implementation } from '@continuum/workflow-core'
import { archiveArticle } from '../../../activities/publication.ts'
import { journalOf } from '../../run/journal-of.ts'
import { articleJsonKey, Eif, eifKey } from '../../run/keys.ts'
import { readManifest } from '../../run/manifest.ts'
import { ObjectMissingFailure, openObject, readJson } from '../../files/objects.ts'
import { implementStep } from '../../step/implement-step.ts'
import type { Tools } from '../../step/tools.ts'
import type { ArticleRun } from '../../../activities/article-run.ts'
import { Type, type TSchema } from 'typebox'

/** Thrown instead of writing an archive without files. */
export class NothingToArchiveFailure extends PermanentFailure {}

/**
 * The same run at the same date gives the same bytes under the same name, so archiving it again changes nothing. A manifest
 * beside the files has what the article store and the site can be made again from.
 */
export function implementArchiveArticle(tools: Tools): Implementation {
  const { s3, buckets, journals, tellDashboard } = tools
  return implementStep(tellDashboard, archiveArticle, async ({ folder, published }, { signal, heartbeat }) => {
    const { article, files } = await readManifest(s3, buckets.expanded, folder, signal)
    if (files.length === 0)
      throw new NothingToArchiveFailure('The run has no files to archive. Put the package in the bucket again.')
    const { articleId, status, version } = article
    const key = archiveName(journalOf(journals, article.journal), articleId, status, version, published)
    const names = files.map(({ name }) => name).toSorted((a, b) => (a < b ? -1 : 1))
    const archived = JSON.stringify(await archiveManifest(tools, article, published, signal))
    const source = async (name: string) =>
      name === archiveManifestName
        ? Readable.from([archived])
        : (await openObject(s3, { bucket: buckets.expanded, key: `${folder}/${name}` }, signal)).stream
    const body = zipOf([...names, archiveManifestName], source, published)
    const params = { Bucket: buckets.archive, Key: key, Body: body, ContentType: 'application/zip' }
    const upload = new Upload({ client: s3, params })
    const abort = () => body.destroy(new Error('archiving was interrupted'))
    signal.addEventListener('abort', abort, { once: true })
    upload.on('httpUploadProgress', ({ loaded }) => heartbeat({ bytes: loaded }))
    try {
      await upload.done()
    } finally {
      signal.removeEventListener('abort', abort)
      body.destroy()
    }
    return { output: undefined, message: `Archived ${count(files.length, 'file')} as ${key}.` }
  })
}

const Stored = Type.Object({ article: Type.Record(Type.String(), Type.Unknown()) })

async function archiveManifest(
  { s3, buckets, journals, lax }: Tools,
  article: ArticleRun,
  stamp: string,
  signal: AbortSignal,
): Promise<ArchiveManifest> {
  const { articleId, version, run, journal } = article
  const published = (await lax.publicationDate(articleId, version, signal)) ?? stamp
  const its = journalOf(journals, journal)
  const read = async <Schema extends TSchema>(key: string, schema: Schema) =>
    unlessMissing(readJson(s3, { bucket: buckets.eif, key }, schema, signal))
  const stored = await read(articleJsonKey(its, article), Stored)
  const eif = await read(eifKey(its, article), Eif)
  const manifest = { format: 1 as const, articleId, version, run, published }
  return { ...manifest, ...(stored && { article: stored.article }), ...(eif && { eif }) }
}

/** Runs of the first releases have neither EIF nor article JSON; both can be made of the XML. */
async function unlessMissing<Value>(reading: Promise<Value>): Promise<Value | undefined> {
  try {
    return await reading
  } catch (error) {
    if (error instanceof ObjectMissingFailure) return undefined
    throw error
  }
}
