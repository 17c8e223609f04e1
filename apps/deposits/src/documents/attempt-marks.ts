import { createHash } from 'node:crypto'
import { paginateListObjectsV2, PutObjectCommand, type S3Client } from '@aws-sdk/client-s3'
import type { DepositRow } from '../store/deposits.ts'

/** The attempts of a deposit that the bucket knows of and the database does not. */
export interface UnknownAttempts {
  /** The number of the last one. */
  readonly last: number
  /** The instant at which it began. */
  readonly at: string
}

/** The place of the marks, and the clock. */
export interface MarkTools {
  readonly s3: S3Client
  readonly bucket: string
  readonly now: () => Temporal.Instant
}

/**
 * Marks in the bucket that an attempt begins, before its first byte leaves. A database that was lost, or was restored to an earlier time,
 * does not know what was sent since; the marks outlive it.
 *
 * @returns the attempts that were made before, of which this database has none: nothing is marked then, and nothing may be sent
 */
export async function markAttempt(
  { s3, bucket, now }: MarkTools,
  deposit: DepositRow,
  number: number,
  signal: AbortSignal,
): Promise<UnknownAttempts | undefined> {
  const prefix = `attempts/${deposit.recipient}/${deposit.article}/${identityOf(deposit)}/`
  let unknown: UnknownAttempts | undefined
  const pages = paginateListObjectsV2({ client: s3 }, { Bucket: bucket, Prefix: prefix }, { abortSignal: signal })
  for await (const { Contents = [] } of pages) {
    for (const { Key = '', LastModified } of Contents) {
      const marked = Number(Key.slice(prefix.length))
      if (marked >= number && marked > (unknown?.last ?? 0))
        unknown = { last: marked, at: (LastModified ?? new Date(0)).toISOString() }
    }
  }
  if (unknown) return unknown
  const { id, version, run, part } = deposit
  const Body = JSON.stringify({ deposit: id, version, run, part, number, began: now().toString() })
  await s3.send(
    new PutObjectCommand({ Bucket: bucket, Key: `${prefix}${number}`, Body, ContentType: 'application/json' }),
    { abortSignal: signal },
  )
  return undefined
}

/** Identifies a deposit in any database: it has another id in each. A mail is the same whichever run it is about. */
function identityOf({ once, version, run, part }: DepositRow): string {
  const words = once === null ? ['run', String(version), run, part] : ['once', once]
  return createHash('sha256').update(JSON.stringify(words)).digest('hex').slice(0, 40)
}
