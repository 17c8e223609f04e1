import type { S3Client } from '@aws-sdk/client-s3'
import { lossKinds, lossWords, type LossReport } from '@continuum/article'
import type { Losses } from '@continuum/messages'
import { putBytes } from '../files/objects.ts'

/** Stores the whole loss report of a run beside its manifest, and answers its address. */
export async function storeLossReport(
  s3: S3Client,
  bucket: string,
  folder: string,
  report: LossReport,
  signal: AbortSignal,
): Promise<string> {
  const key = `${folder}/losses.json`
  await putBytes(s3, { bucket, key }, JSON.stringify(report), signal)
  return `s3://${bucket}/${key}`
}

/** Sorts a loss report by kind for the dashboard, the most severe kinds first. */
export function lossesForDashboard({ losses, summary }: LossReport, report: string): Losses {
  const kinds = (['problem', 'warning', 'finding'] as const).flatMap((severity) =>
    lossKinds.flatMap((kind) => {
      const lost = losses.filter((loss) => loss.kind === kind && loss.severity === severity)
      if (lost.length === 0) return []
      const [one, several] = lossWords[kind]
      return {
        kind,
        severity,
        label: lost.length === 1 ? one : several,
        count: lost.length,
        words: lost.reduce((sum, { words }) => sum + words, 0),
        entries: lost.map(({ line, xpath, label, excerpt, why }) => ({
          line,
          xpath,
          excerpt,
          why,
          ...(label !== undefined && { label }),
        })),
      }
    }),
  )
  return { summary, kinds, report }
}
