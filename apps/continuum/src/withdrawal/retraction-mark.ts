import { DeleteObjectCommand, PutObjectCommand } from '@aws-sdk/client-s3'
import { markKey, type RetractionMark } from '@continuum/package'
import { askingAws, type EnvironmentOption } from '../local/running-aws.ts'

/**
 * Keeps beside the archive that an article is retracted, so that a store that is made again from the archive says so, too.
 *
 * @param retraction.date the day of the retraction, as the article store answered it: one that is said again keeps its day
 */
export async function keepRetractionMark(
  option: EnvironmentOption,
  article: string,
  { who, why, notice, date }: { who: string; why: string; notice?: string | undefined; date: string },
): Promise<void> {
  const at = `${date}T00:00:00Z`
  const mark: RetractionMark = { format: 1, who, why, at, ...(notice !== undefined && { notice }) }
  await askingAws(option, ({ clients, names }) =>
    clients.s3.send(
      new PutObjectCommand({
        Bucket: names.buckets.archive,
        Key: markKey(article, 'retraction'),
        Body: JSON.stringify(mark),
        ContentType: 'application/json',
      }),
    ),
  )
}

/** Removes the mark of a retraction that was taken back. */
export async function removeRetractionMark(option: EnvironmentOption, article: string): Promise<void> {
  await askingAws(option, ({ clients, names }) =>
    clients.s3.send(new DeleteObjectCommand({ Bucket: names.buckets.archive, Key: markKey(article, 'retraction') })),
  )
}
