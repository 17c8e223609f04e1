import { namesOf } from '@continuum/aws-resources'
import type { Environment } from '../model/environment.ts'

/** The buckets of the copy of an environment's archive. */
export interface ArchiveCopyNames {
  readonly region: string
  /** The copy itself. */
  readonly bucket: string
  /** The bucket of the log of who asks for its objects; undefined where another account makes the copy. */
  readonly logs: string | undefined
}

/** Derives the names of the buckets of an archive's copy; undefined where the environment has none. */
export function archiveCopyNames(
  environment: Pick<Environment, 'prefix' | 'organisation' | 'bucketSuffix' | 'account' | 'archiveCopy'>,
): ArchiveCopyNames | undefined {
  const { archiveCopy: copy, account } = environment
  if (!copy) return undefined
  const { archive, logs } = namesOf(environment).buckets
  const elsewhere = copy.account !== undefined && copy.account !== account
  return {
    region: copy.region,
    bucket: copy.bucket ?? `${archive}-copy`,
    logs: elsewhere ? undefined : `${logs}-archive-copy`,
  }
}
