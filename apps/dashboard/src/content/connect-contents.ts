import type { S3Client } from '@aws-sdk/client-s3'
import { articleFileName, articleVersionId, classifyFile, parseArticleId, type Journal } from '@continuum/article'
import { NoAnswerError, readAnswer, request } from '@continuum/service'
import { Type } from 'typebox'
import { Value } from 'typebox/value'
import { ContentUnavailableError, type ArticleContents } from './contents.ts'
import { openObject, readObject } from './objects.ts'

const timeoutMilliseconds = 5_000

const Content = Type.Record(Type.String(), Type.Unknown())
/** Article JSON as the pipeline stores it, with what lists need beside it. */
const Stored = Type.Object({ article: Content })
const Versioned = Type.Object({ version: Type.Integer() })
const Gone = Type.Object({ detail: Type.String() })
const Manifest = Type.Object({
  files: Type.Array(
    Type.Object({
      name: Type.String(),
      bytes: Type.Integer(),
      sha256: Type.Optional(Type.String()),
      kind: Type.Optional(Type.String()),
      notAnImage: Type.Optional(Type.String()),
    }),
  ),
})

/** Connects to where the contents of articles are kept. Each function throws `ContentUnavailableError` where that does not answer. */
export function connectContents(options: {
  s3: S3Client
  buckets: { readonly expanded: string; readonly eif: string; readonly cdn: string }
  laxUrl: string
  journals: readonly Journal[]
}): ArticleContents {
  const { s3, buckets, laxUrl, journals } = options
  const open = (bucket: string, key: string) => openObject(s3, bucket, key)
  return {
    ofRun: async ({ id, version, run }) => {
      const journal = parseArticleId(id, journals)?.journal
      if (!journal) return undefined
      const name = articleFileName(journal, id, version, 'article.json')
      const key = `${articleVersionId(id, version)}/${run}/${name}`
      return (await readObject(s3, buckets.eif, key, Stored))?.article
    },
    ofReaders: async (id, version) => {
      const path = version === undefined ? '' : `/versions/${version}`
      const url = `${laxUrl}/api/v2/articles/${encodeURIComponent(id)}${path}`
      try {
        const answer = await request({ service: 'lax', url, timeoutMilliseconds })
        if (answer.status === 404) return { is: 'nothing' }
        if (answer.status === 410) return { is: 'withdrawn', why: readAnswer(Gone, answer)?.detail ?? '' }
        const content = answer.status === 200 ? readAnswer(Content, answer) : undefined
        if (!content || !Value.Check(Versioned, content))
          throw new ContentUnavailableError(`The article store (lax) answered ${answer.status}.`)
        return { is: 'public', version: content.version, content }
      } catch (error) {
        if (error instanceof NoAnswerError) throw new ContentUnavailableError(error.message, { cause: error })
        throw error
      }
    },
    filesOf: async ({ id, version, run }) => {
      const key = `${articleVersionId(id, version)}/${run}/manifest.json`
      const manifest = await readObject(s3, buckets.expanded, key, Manifest)
      const journal = parseArticleId(id, journals)?.journal
      return manifest?.files.map(({ name, bytes, sha256, kind, notAnImage }) => ({
        name,
        bytes,
        kind: kind ?? (journal ? classifyFile(name, journal, id) : 'asset'),
        unreadable: notAnImage !== undefined,
        ...(sha256 !== undefined && { sha256 }),
      }))
    },
    image: async (place, name) => {
      const folder = 'run' in place ? `${articleVersionId(place.id, place.version)}/${place.run}/cdn` : place.id
      const bucket = 'run' in place ? buckets.expanded : buckets.cdn
      // The size for a page, where there is one; browsers need no more.
      const sized = name.endsWith('.jpg') ? await open(bucket, `${folder}/${name.slice(0, -4)}-1084w.jpg`) : undefined
      return sized ?? open(bucket, `${folder}/${name}`)
    },
  }
}
