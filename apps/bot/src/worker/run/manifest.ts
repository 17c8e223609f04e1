import type { S3Client } from '@aws-sdk/client-s3'
import { Type, type Static } from 'typebox'
import { Value } from 'typebox/value'
import { ArticleRun } from '../../activities/article-run.ts'
import { putBytes, readObject, type Place } from '../files/objects.ts'

/** A file of the run, in the expanded bucket below the run's folder. */
export type ManifestFile = Static<typeof ManifestFile>
export const ManifestFile = Type.Object({
  /** Under its version: `elife-00353-fig1-v1.tif`. */
  name: Type.String(),
  /** As the package has it. */
  packed: Type.String(),
  bytes: Type.Integer(),
  /** Pixels, of an image that derivatives are made of. */
  image: Type.Optional(Type.Object({ width: Type.Integer(), height: Type.Integer() })),
  /** Why derivatives cannot be made of it, though they should. */
  notAnImage: Type.Optional(Type.String()),
})

/**
 * What a package held and as what it was unpacked. It is written when all of it is stored, beside the files, and is how
 * every later step knows them; it cannot be mistaken for one, for those have a version in their names.
 */
export type Manifest = Static<typeof Manifest>
export const Manifest = Type.Object({
  article: ArticleRun,
  files: Type.Array(ManifestFile),
  /** Paths of files in folders, which were left out. */
  inFolders: Type.Array(Type.String()),
  /** The delivery itself asked to be published at once. */
  automatic: Type.Boolean(),
})

export async function writeManifest(
  s3: S3Client,
  bucket: string,
  manifest: Manifest,
  signal: AbortSignal,
): Promise<void> {
  await putBytes(s3, placeIn(bucket, manifest.article.folder), JSON.stringify(manifest), signal)
}

/** @throws {ObjectMissing} when the run is not unpacked, or was removed */
export async function readManifest(
  s3: S3Client,
  bucket: string,
  folder: string,
  signal: AbortSignal,
): Promise<Manifest> {
  return Value.Parse(Manifest, JSON.parse((await readObject(s3, placeIn(bucket, folder), signal)).toString()))
}

function placeIn(bucket: string, folder: string): Place {
  return { bucket, key: `${folder}/manifest.json` }
}
