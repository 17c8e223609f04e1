import {
  GetBucketCorsCommand,
  GetBucketEncryptionCommand,
  GetBucketLifecycleConfigurationCommand,
  GetBucketNotificationConfigurationCommand,
  GetBucketPolicyCommand,
  GetBucketVersioningCommand,
  GetPublicAccessBlockCommand,
  ListBucketsCommand,
  type S3Client,
} from '@aws-sdk/client-s3'
import { GetQueueAttributesCommand, ListQueuesCommand, type SQSClient } from '@aws-sdk/client-sqs'
import { DescribeDomainCommand, ListDomainsCommand, type SWFClient } from '@aws-sdk/client-swf'
import type { Described, DescribedBucket, DescribedQueue } from './described.ts'

/** Reads everything back from AWS, so that an extra resource is noticed too. */
export async function describeAws({
  s3,
  sqs,
  swf,
}: {
  s3: S3Client
  sqs: SQSClient
  swf: SWFClient
}): Promise<Described> {
  const names = ((await s3.send(new ListBucketsCommand({}))).Buckets ?? []).map(({ Name = '' }) => Name)
  const urls = (await sqs.send(new ListQueuesCommand({}))).QueueUrls ?? []
  const { domainInfos = [] } = await swf.send(new ListDomainsCommand({ registrationStatus: 'REGISTERED' }))
  const each = async <T>(of: string[], describe: (one: string) => Promise<T>) =>
    Object.fromEntries(await Promise.all(of.map(async (one) => [one.split('/').at(-1), await describe(one)] as const)))
  return {
    buckets: await each(names, (name) => describeBucket(s3, name)),
    queues: await each(urls, (url) => describeQueue(sqs, url)),
    notifications: (await Promise.all(names.toSorted().map((name) => notificationsOf(s3, name)))).flat(),
    domains: await Promise.all(domainInfos.map(({ name = '' }) => describeDomain(swf, name))),
  }
}

async function describeBucket(s3: S3Client, Bucket: string): Promise<DescribedBucket> {
  const { ServerSideEncryptionConfiguration } = await s3.send(new GetBucketEncryptionCommand({ Bucket }))
  const { Rules: lifecycle } = await s3.send(new GetBucketLifecycleConfigurationCommand({ Bucket }))
  const { PublicAccessBlockConfiguration } = await s3.send(new GetPublicAccessBlockCommand({ Bucket }))
  const policy = await orNothing(s3.send(new GetBucketPolicyCommand({ Bucket })))
  const cors = await orNothing(s3.send(new GetBucketCorsCommand({ Bucket })))
  return {
    encryption: ServerSideEncryptionConfiguration?.Rules?.map((rule) => rule.ApplyServerSideEncryptionByDefault),
    formerVersions: (await s3.send(new GetBucketVersioningCommand({ Bucket }))).Status === 'Enabled',
    lifecycle,
    publicAccess: PublicAccessBlockConfiguration,
    policy: policy && JSON.parse(policy.Policy ?? ''),
    scripts: cors?.CORSRules,
  }
}

async function describeQueue(sqs: SQSClient, QueueUrl: string): Promise<DescribedQueue> {
  const { Attributes: held = {} } = await sqs.send(new GetQueueAttributesCommand({ QueueUrl, AttributeNames: ['All'] }))
  const parsed = (text: string | undefined): unknown => text && JSON.parse(text)
  return {
    visibilitySeconds: Number(held.VisibilityTimeout),
    retentionSeconds: Number(held.MessageRetentionPeriod),
    encrypted: held.SqsManagedSseEnabled === 'true',
    deadLetters: parsed(held.RedrivePolicy),
    policy: parsed(held.Policy),
  }
}

async function notificationsOf(s3: S3Client, Bucket: string): Promise<unknown[]> {
  const { QueueConfigurations = [] } = await s3.send(new GetBucketNotificationConfigurationCommand({ Bucket }))
  return QueueConfigurations.map(({ Id, QueueArn, Events, Filter }) => ({
    bucket: Bucket,
    id: Id,
    queue: QueueArn,
    events: Events,
    prefix: Filter?.Key?.FilterRules?.[0]?.Value ?? '',
  }))
}

async function describeDomain(swf: SWFClient, name: string) {
  const { configuration } = await swf.send(new DescribeDomainCommand({ name }))
  return { name, retentionDays: Number(configuration?.workflowExecutionRetentionPeriodInDays) }
}

/** S3 has a separate error for each setting that a bucket lacks. */
function orNothing<T>(asked: Promise<T>): Promise<T | undefined> {
  return asked.catch((error: unknown) => {
    if (error instanceof Error && error.name.startsWith('NoSuch')) return undefined
    throw error
  })
}
