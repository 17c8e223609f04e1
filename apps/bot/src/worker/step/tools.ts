import type { S3Client } from '@aws-sdk/client-s3'
import type { Journal } from '@continuum/article'
import type { Lax } from '../services/lax.ts'
import type { PublicationRules } from '../implementations/preparation/publication-rules.ts'
import type { AskForWorkflow, TellDashboard } from '../../messages/sender.ts'
import type { Scratch } from '../files/scratch.ts'
import type { Site } from '../services/site.ts'

/** What implementations work with: made once for a worker, from its settings. */
export interface Tools {
  readonly journals: readonly Journal[]
  readonly s3: S3Client
  readonly buckets: {
    readonly expanded: string
    readonly eif: string
    readonly cdn: string
    readonly archive: string
  }
  readonly lax: Lax
  readonly site: Site
  readonly tellDashboard: TellDashboard
  readonly askForWorkflow: AskForWorkflow
  /** Signals to a running execution; false where there is none. */
  readonly signal: (workflowId: string, name: string, payload: unknown) => Promise<boolean>
  readonly scratch: Scratch
  readonly publicationRules: PublicationRules
  /** A delivery may say itself that it is published at once: in trials, never where the world reads. */
  readonly publicationByDelivery: boolean
  /** Where readers get the files of published articles, without a slash at its end. */
  readonly cdnUrl: string
}
