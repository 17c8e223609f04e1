import type { S3Client } from '@aws-sdk/client-s3'
import { Type, type Static } from 'typebox'
import type { ArticleRun, Run } from '../../activities/article-run.ts'
import type { ObjectAddress } from '../files/object-address.ts'
import { ObjectMissingFailure, putBytes, readJson, removeObject } from '../files/objects.ts'
import { readManifest, type Manifest } from './manifest.ts'

/** The last delivery of an article that came to an end without a failure: the same files again make no new version. */
export type LastDelivery = Static<typeof LastDelivery>
export const LastDelivery = Type.Object({
  version: Type.Integer({ minimum: 1 }),
  run: Type.String(),
  status: Type.Union([Type.Literal('poa'), Type.Literal('vor')]),
  files: Type.Array(Type.Object({ packed: Type.String(), bytes: Type.Integer(), sha256: Type.String() })),
})

interface Storage {
  readonly s3: S3Client
  readonly buckets: { readonly eif: string; readonly expanded: string }
}

/** Remembers the files of a run that is ready, or public. */
export async function rememberDelivery(storage: Storage, article: ArticleRun, signal: AbortSignal): Promise<void> {
  const { s3, buckets } = storage
  const manifest = await unlessMissing(readManifest(s3, buckets.expanded, article.folder, signal))
  const files = manifest && hashedFiles(manifest)
  if (!files) return
  const { version, run, status, articleId } = article
  const remembered: LastDelivery = { version, run, status, files }
  await putBytes(s3, addressOf(storage, articleId), JSON.stringify(remembered), signal)
}

/** Reads the last delivery of an article that did not fail and was not dismissed; undefined where there is none. */
export function lastDelivery(
  storage: Storage,
  articleId: string,
  signal: AbortSignal,
): Promise<LastDelivery | undefined> {
  return unlessMissing(readJson(storage.s3, addressOf(storage, articleId), LastDelivery, signal))
}

/** Forgets a run that has failed or was dismissed: its package is wanted again. */
export async function forgetDelivery(storage: Storage, { articleId, run }: Run, signal: AbortSignal): Promise<void> {
  const last = await lastDelivery(storage, articleId, signal)
  if (last?.run === run) await removeObject(storage.s3, addressOf(storage, articleId), signal)
}

/** The files with their hashes; undefined for a manifest from before there were any. */
function hashedFiles({ files }: Manifest): LastDelivery['files'] | undefined {
  const hashed = files.flatMap(({ packed, bytes, sha256 }) => (sha256 === undefined ? [] : [{ packed, bytes, sha256 }]))
  return hashed.length === files.length ? hashed : undefined
}

function addressOf({ buckets }: Storage, articleId: string): ObjectAddress {
  return { bucket: buckets.eif, key: `last-deliveries/${articleId}.json` }
}

async function unlessMissing<Value>(reading: Promise<Value>): Promise<Value | undefined> {
  try {
    return await reading
  } catch (error) {
    if (error instanceof ObjectMissingFailure) return undefined
    throw error
  }
}
