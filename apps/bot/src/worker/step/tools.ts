import type { S3Client } from '@aws-sdk/client-s3'
import type { Journal } from '@continuum/article'
import type { RequestWorkflow } from '../../messages/sender.ts'
import type { TellDashboard } from '../../messages/tell-dashboard.ts'
import type { PublicationRules } from '@continuum/settings'
import type { Scratch } from '../files/scratch.ts'
import type { Deposits } from '../services/deposits.ts'
import type { Lax } from '../services/lax.ts'
import type { Site } from '../services/site.ts'

/** The dependencies of implementations: made once for a worker, from its settings. */
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
  readonly deposits: Deposits
  readonly tellDashboard: TellDashboard
  readonly requestWorkflow: RequestWorkflow
  /** Signals to a running execution; false where there is none. */
  readonly signal: (workflowId: string, name: string, payload: unknown) => Promise<boolean>
  readonly scratch: Scratch
  readonly publicationRules: PublicationRules
  /** Lets a delivery request its own publication: for trials, never where the public reads. */
  readonly publicationByDelivery: boolean
  /** Base URL of the files of published articles, without a trailing slash. */
  readonly cdnUrl: string
}
