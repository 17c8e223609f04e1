import { bucketPolicy, bucketRoles, logPrefixes, type BucketRole } from '@continuum/aws-resources'
import { archiveCopyNames, type Environment } from '@continuum/environments'
import { s3 } from '@pulumi/aws'
import {
  all,
  ComponentResource,
  createUrn,
  type ComponentResourceOptions,
  type Input,
  type Output,
} from '@pulumi/pulumi'
import { after } from '../after.ts'
import { loadBalancerName } from '../naming.ts'
import { settingOfBucket } from '../protection.ts'
import type { StorageBucket } from '../storage/bucket.ts'
import { storagePlan } from '../storage/plan.ts'
import type { Storage } from '../storage/storage.ts'
import { logBucket } from './bucket-logging.ts'
import { logArchiveCopy } from './copy-logs.ts'
import { logWriters } from './log-policy.ts'

export interface AccessLogsArgs {
  environment: Environment
  /** The AWS account. */
  account: Input<string>
  buckets: Readonly<Record<BucketRole, StorageBucket>>
  /** The copy of the archive and the provider of its region, where the program makes it. */
  archiveCopy?: Storage['archiveCopy']
}

/**
 * The logs of requests and connections. All are in one bucket, which keeps them for a week, for they have the addresses of readers. The
 * other buckets log there who asks for their objects; the archive's copy, in another region, has a log bucket beside it.
 */
export class AccessLogs extends ComponentResource {
  /** The bucket, known once those who log may write into it: AWS refuses a log that it cannot deliver. */
  readonly bucket: StorageBucket
  /** The place where the connections of the network are logged; absent if they are not. */
  readonly connections: Output<string> | undefined

  constructor(name: string, args: AccessLogsArgs, options?: ComponentResourceOptions) {
    super('continuum:logs:AccessLogs', name, {}, options)
    const { environment, account, buckets, archiveCopy: copy } = args
    const { region, flowLogs } = environment
    const child = { parent: this }
    const { logs, ...watched } = buckets
    const roles = bucketRoles.filter((role) => role !== 'logs').map((role) => [role, watched[role]] as const)
    const resource = storagePlan(environment).buckets.logs

    // CloudFront delivers logs as an owner of its own, whom it adds to the bucket's access list: without one it is refused.
    const ownership = new s3.BucketOwnershipControls(
      `${name}-ownership`,
      { bucket: logs.name, rule: { objectOwnership: 'BucketOwnerPreferred' } },
      { ...child, aliases: [{ name: 'cdn-logs-ownership', parent: createUrn('cdn', 'continuum:cdn:Cdn') }] },
    )
    const policy = all([logs.arn, account, all(roles.map(([, { arn }]) => arn))]).apply(([bucketArn, own, arns]) =>
      JSON.stringify({
        Version: '2012-10-17',
        Statement: [
          ...bucketPolicy(resource).Statement,
          ...logWriters({
            bucketArn,
            account: own,
            region,
            loadBalancer: loadBalancerName(environment),
            buckets: arns,
            flowLogs,
          }),
        ],
      }),
    )
    const setting = { ...child, ...settingOfBucket(environment, 'logs') }
    const writers = new s3.BucketPolicy(`${name}-writers`, { bucket: logs.name, policy }, setting)
    const oncePermitted = { ...child, dependsOn: [writers] }
    for (const [role, { name: bucket }] of roles)
      logBucket(`${name}-${role}`, { bucket, into: logs.name, role }, oncePermitted)
    const copyLogs = archiveCopyNames(environment)?.logs
    if (copy && copyLogs !== undefined) {
      const called = { ...resource, name: copyLogs }
      logArchiveCopy(`${name}-archive-copy`, { environment, account, resource: called, ...copy }, child)
    }
    const onceReady = (value: Output<string>) => after([writers, ownership], value)
    this.bucket = { name: onceReady(logs.name), arn: onceReady(logs.arn), domainName: onceReady(logs.domainName) }
    this.connections = flowLogs ? this.bucket.arn.apply((arn) => `${arn}/${logPrefixes.network}`) : undefined
    this.registerOutputs({ bucket: this.bucket })
  }
}
