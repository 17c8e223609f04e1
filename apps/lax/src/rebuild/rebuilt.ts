import type { S3Client } from '@aws-sdk/client-s3'
import type { Journal } from '@continuum/article'
import type { ArchivedMark } from '@continuum/package'
import type { Sql } from '@continuum/service'

/**
 * The result for one object of the archive: `made`; `kept`, for the store has the version already; `failed`, with the reason;
 * `unknown`, for its name is of no archive.
 */
export interface Rebuilt {
  readonly key: string
  readonly result: 'made' | 'kept' | 'failed' | 'unknown'
  readonly article?: string
  readonly version?: number
  readonly published?: string
  /** False where the archive has no manifest: the content is made of the XML, and the date is that of the archive's name. */
  readonly exact?: boolean
  readonly reason?: string
  /** Present where the object says that the article is withdrawn or retracted. */
  readonly mark?: ArchivedMark['kind']
}

/** The dependencies of a rebuild. */
export interface Rebuilding {
  readonly sql: Sql
  readonly s3: S3Client
  readonly bucket: string
  readonly journals: readonly Journal[]
  readonly cdnUrl: string
  readonly dryRun: boolean
  readonly now: () => Temporal.Instant
  /** Called for each object, with the number of those that are done and of all. */
  readonly done: (rebuilt: Rebuilt, count: number, all: number) => void
}
