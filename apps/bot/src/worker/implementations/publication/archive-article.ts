import { Upload } from '@aws-sdk/lib-storage'
import { archiveName } from '@continuum/article'
import { count, zipOf } from '@continuum/package'
import { PermanentFailure, type Implementation } from '@continuum/workflow-core'
import { archiveArticle } from '../../../activities/publication.ts'
import { journalOf } from '../../run/journal-of.ts'
import { readManifest } from '../../run/manifest.ts'
import { openObject } from '../../files/objects.ts'
import { implementStep } from '../../step/implement-step.ts'
import type { Tools } from '../../step/tools.ts'

/** Thrown instead of writing an archive without files. */
export class NothingToArchiveFailure extends PermanentFailure {}

/** The same run at the same date gives the same bytes under the same name, so archiving it again changes nothing. */
export function implementArchiveArticle({ s3, buckets, journals, tellDashboard }: Tools): Implementation {
  return implementStep(tellDashboard, archiveArticle, async ({ folder, published }, { signal, heartbeat }) => {
    const { article, files } = await readManifest(s3, buckets.expanded, folder, signal)
    if (files.length === 0)
      throw new NothingToArchiveFailure('The run has no files to archive. Put the package in the bucket again.')
    const { articleId, status, version } = article
    const key = archiveName(journalOf(journals, article.journal), articleId, status, version, published)
    const names = files.map(({ name }) => name).toSorted((a, b) => (a < b ? -1 : 1))
    const source = async (name: string) =>
      (await openObject(s3, { bucket: buckets.expanded, key: `${folder}/${name}` }, signal)).stream
    const body = zipOf(names, source, published)
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
