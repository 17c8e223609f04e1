import type { S3Client } from '@aws-sdk/client-s3'
import { createClients, namesOf } from '@continuum/aws-resources'
import { awsNamesOf, type Environment, type StackSettings } from '@continuum/environments'
import { getCallerIdentity, type Provider } from '@pulumi/aws'
import { checkBuckets } from './buckets.ts'
import { claimDomain } from './domain.ts'
import { imagesIn, settingsThatRun } from './images.ts'

/** The findings in an account, before anything is made. */
export interface Survey {
  /** True if SWF has the domain, so that the stack takes it over. */
  readonly domainExists: boolean
  /** The stack's configuration, without the tags of images that cannot be there yet. */
  readonly settings: StackSettings
  /** Notices for the operator. */
  readonly notices: readonly string[]
}

/**
 * Asks the account what an environment would meet there, so that what AWS would refuse in the middle is told before anything is made.
 *
 * @param given.dryRun true for a preview, which changes nothing
 * @throws TakenBucketError for buckets that it cannot have, MissingImageError for images that nobody has pushed
 */
export async function surveyAccount(
  environment: Environment,
  settings: StackSettings,
  { provider, dryRun }: { provider: Provider; dryRun: boolean },
): Promise<Survey> {
  // The provider is asked first: it refuses the credentials of another account.
  const { accountId } = await getCallerIdentity({}, { provider })
  const repository = awsNamesOf(environment).cluster
  const images = settings.repository === undefined ? await imagesIn(repository, provider) : undefined
  const clients = createClients({ region: environment.region })
  const others = new Map<string, S3Client>()
  const s3In = (region: string) =>
    region === environment.region ? clients.s3 : others.getOrInsertComputed(region, () => createClients({ region }).s3)
  try {
    const losses = await checkBuckets(s3In, environment, accountId)
    const { domain } = namesOf(environment)
    const found = await claimDomain(clients.swf, domain, { dryRun })
    const running = settingsThatRun(environment, settings, images)
    const days = String(environment.retention.executionDays)
    const kept =
      found.retentionDays !== undefined && found.retentionDays !== days
        ? [`${domain} keeps closed executions for ${found.retentionDays} days, not ${days}: SWF never changes that.`]
        : []
    return { domainExists: found.exists, settings: running.settings, notices: [...running.notices, ...losses, ...kept] }
  } finally {
    for (const client of [...Object.values(clients), ...others.values()]) client.destroy()
  }
}
