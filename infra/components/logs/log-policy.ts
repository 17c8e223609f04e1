/** Those who may write into the log bucket of an environment, as the statements of its policy. */
import { logPrefixes } from '@continuum/aws-resources'

/** The bucket of logs, and what writes into it. */
export interface Writers {
  readonly bucketArn: string
  readonly account: string
  readonly region: string
  /** The name of the load balancer. */
  readonly loadBalancer: string
  /** The ARNs of the buckets whose requests are logged. */
  readonly buckets: readonly string[]
  /** True if the connections of the network are logged. */
  readonly flowLogs: boolean
}

/**
 * Admits the services of AWS that deliver logs, each to its own prefix and on behalf of this account's own resources. CloudFront is not
 * among them: it writes as an owner whom it adds to the bucket's access list itself.
 */
export function logWriters(writers: Writers): object[] {
  const { bucketArn, account, region, loadBalancer, buckets, flowLogs } = writers
  const balancers = `arn:aws:elasticloadbalancing:${region}:${account}:loadbalancer/app/${loadBalancer}/*`
  const deliveries = {
    StringEquals: { 'aws:SourceAccount': account },
    ArnLike: { 'aws:SourceArn': [`arn:aws:logs:${region}:${account}:*`] },
  }
  return [
    admit('LoadBalancerLogs', 'logdelivery.elasticloadbalancing', {
      Action: 's3:PutObject',
      Resource: `${bucketArn}/${logPrefixes.loadBalancer}AWSLogs/${account}/*`,
      // The account is in the ARN.
      Condition: { ArnLike: { 'aws:SourceArn': [balancers] } },
    }),
    admit('BucketLogs', 'logging.s3', {
      Action: 's3:PutObject',
      Resource: `${bucketArn}/${logPrefixes.buckets}*`,
      Condition: { StringEquals: { 'aws:SourceAccount': account }, ArnLike: { 'aws:SourceArn': buckets } },
    }),
    ...(flowLogs
      ? [
          admit('ConnectionLogs', 'delivery.logs', {
            Action: 's3:PutObject',
            Resource: `${bucketArn}/${logPrefixes.network}AWSLogs/${account}/*`,
            Condition: {
              ...deliveries,
              StringEquals: { ...deliveries.StringEquals, 's3:x-amz-acl': 'bucket-owner-full-control' },
            },
          }),
          admit('ConnectionLogsOwner', 'delivery.logs', {
            Action: 's3:GetBucketAcl',
            Resource: bucketArn,
            Condition: deliveries,
          }),
        ]
      : []),
  ]
}

function admit(Sid: string, service: string, rest: { Action: string; Resource: string; Condition: object }): object {
  return { Sid, Effect: 'Allow', Principal: { Service: `${service}.amazonaws.com` }, ...rest }
}
