import type { S3Client } from '@aws-sdk/client-s3'
import { decideFeeding, type FedDelivery } from './deliveries.ts'
import { arrived, putPackage, type LocalPackage } from './feed-packages.ts'
import type { Feed } from './follow-feed.ts'
import type { Ledger } from './ledger.ts'
import type { Report } from './report.ts'

/** The bucket that packages are put into, and the sources that tell of them afterwards. */
export interface Destination {
  readonly s3: S3Client
  /** The production bucket. */
  readonly bucket: string
  readonly feed: Feed
  readonly ledger: Ledger
}

/** Delivers what is asked for and not on its way already; returns what is to be followed. */
export async function deliverAll(
  packages: readonly LocalPackage[],
  { s3, bucket, feed, ledger }: Destination,
  { automatic }: { readonly automatic: boolean },
  report: Report,
): Promise<FedDelivery[]> {
  const known = [...ledger.read()]
  const followed: FedDelivery[] = []
  for (const item of packages) {
    const decision = decideFeeding(item, known)
    if (decision.act === 'leave') {
      report.say(
        `${item.key} was delivered before (${decision.delivery.ended}); name a package to deliver it: npm start -- FILE.zip`,
      )
      continue
    }
    const intended: FedDelivery =
      decision.act === 'go on'
        ? decision.delivery
        : {
            key: item.key,
            md5: item.md5,
            ...(item.file === undefined ? {} : { file: item.file }),
            automatic,
            intendedAt: new Date().toISOString(),
            after: await feed.last(),
            put: false,
          }
    if (decision.act === 'deliver') known.push(intended)
    ledger.write(known)
    if (!intended.put) {
      const isThere = decision.act === 'go on' && (await arrived(s3, bucket, intended))
      const onRetry = (reason: string, milliseconds: number) =>
        report.say(`${item.key} could not be put into s3://${bucket}: ${reason}; again in ${milliseconds / 1000} s`)
      if (!isThere) await putPackage(s3, bucket, item, { delivery: intended, onRetry })
      intended.put = true
      ledger.write(known)
    }
    report.say(
      `${item.key} ${decision.act === 'go on' ? 'is on its way since' : 'put into'} ${decision.act === 'go on' ? intended.intendedAt : `s3://${bucket}`}`,
    )
    followed.push(intended)
  }
  return followed
}
