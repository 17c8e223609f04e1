import type { S3Client } from '@aws-sdk/client-s3'
import { Type, type Static } from 'typebox'
import { ArticleRun } from '../../activities/article-run.ts'
import type { ObjectAddress } from '../files/object-address.ts'
import { putBytes, readJson } from '../files/objects.ts'

const FileKind = Type.Enum(['articleXml', 'articlePdf', 'figuresPdf', 'figure', 'inline', 'video', 'asset', 'foreign'])

/** A file of the run, in the expanded bucket below the run's folder. */
export type ManifestFile = Static<typeof ManifestFile>
export const ManifestFile = Type.Object({
  /** The name in its version: `elife-00353-fig1-v1.tif`. */
  name: Type.String(),
  /** The name in the package. */
  packed: Type.String(),
  bytes: Type.Integer(),
  /** The SHA-256 of the file as it was packed, in hex; absent in manifests from before there was one. */
  sha256: Type.Optional(Type.String()),
  /** Its use, by its name and by the XML; absent in manifests from before there was one. */
  kind: Type.Optional(FileKind),
  /** Derivatives are made from it. */
  derive: Type.Optional(Type.Boolean()),
  /** It is not published itself: a derivative of it, or of another file, has its public name. */
  unpublished: Type.Optional(Type.Boolean()),
  /** The XML does not name it. */
  unnamed: Type.Optional(Type.Boolean()),
  /** The size in pixels of an image that derivatives are made from. */
  image: Type.Optional(Type.Object({ width: Type.Integer(), height: Type.Integer() })),
  /** The decoder's message, where derivatives should be made but the file is not a readable image. */
  notAnImage: Type.Optional(Type.String()),
  /** Scripts, links and the like that were taken out of a drawing. */
  removed: Type.Optional(Type.Array(Type.String())),
})

/**
 * The contents of a package and the names they were unpacked to. It is written last, beside the files, and tells every
 * later step what they are; its name cannot clash with theirs, which have a version in them.
 */
export type Manifest = Static<typeof Manifest>
export const Manifest = Type.Object({
  article: ArticleRun,
  files: Type.Array(ManifestFile),
  /** Paths of files in folders, which were ignored. */
  inFolders: Type.Array(Type.String()),
  /** Paths of files that the manifest of a MECA package lists, and that are not in it. */
  missing: Type.Optional(Type.Array(Type.String())),
  /** The delivery requested its own publication. */
  automatic: Type.Boolean(),
})

/** Stores the manifest of a run. */
export async function writeManifest(
  s3: S3Client,
  bucket: string,
  manifest: Manifest,
  signal: AbortSignal,
): Promise<void> {
  await putBytes(s3, addressOf(bucket, manifest.article.folder), JSON.stringify(manifest), signal)
}

/**
 * Reads the manifest of a run.
 * @throws {ObjectMissingFailure} when the run is not unpacked, or was removed
 */
export async function readManifest(
  s3: S3Client,
  bucket: string,
  folder: string,
  signal: AbortSignal,
): Promise<Manifest> {
  return readJson(s3, addressOf(bucket, folder), Manifest, signal)
}

function addressOf(bucket: string, folder: string): ObjectAddress {
  return { bucket, key: `${folder}/manifest.json` }
}
