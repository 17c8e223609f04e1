/** The parts of an IAM policy document that ours use. */
export interface Policy {
  Version: '2012-10-17'
  Statement: Record<string, unknown>[]
}

/** The statement of a resource's policy that denies everybody what comes without TLS: S3 and SQS answer that too. */
export function tlsOnly(actions: 's3:*' | 'sqs:*' | 'sns:Publish', ...resources: string[]) {
  return {
    Sid: 'TlsOnly',
    Effect: 'Deny',
    Principal: '*',
    Action: actions,
    Resource: resources,
    Condition: { Bool: { 'aws:SecureTransport': 'false' } },
  }
}

/**
 * The policy of a bucket: nothing without TLS, and if it is public everybody may read its objects, but not list or change them.
 *
 * @param tls false where S3 is reached without TLS, as a stand-in on this machine is: the bucket would refuse everybody
 */
export function bucketPolicy({ name, publicRead }: { name: string; publicRead: boolean }, tls = true): Policy {
  const arn = `arn:aws:s3:::${name}`
  const reading = {
    Sid: 'PublicRead',
    Effect: 'Allow',
    Principal: '*',
    Action: 's3:GetObject',
    Resource: `${arn}/*`,
  }
  const refused = tls ? [tlsOnly('s3:*', arn, `${arn}/*`)] : []
  return { Version: '2012-10-17', Statement: [...refused, ...(publicRead ? [reading] : [])] }
}

/** The CORS rule of a public bucket: scripts of any site may read it. */
export const publicReadCors = { methods: ['GET', 'HEAD'], origins: ['*'], maxAgeSeconds: 3600 }

/**
 * The policy of a queue: nothing without TLS, and only this account's own bucket may send to it, if one does.
 *
 * @param notifying the name of the bucket that notifies the queue
 * @param tls false where SQS is reached without TLS
 */
export function queuePolicy(queueArn: string, notifying?: string, tls = true): Policy {
  const sending = {
    Sid: 'BucketNotifies',
    Effect: 'Allow',
    Principal: { Service: 's3.amazonaws.com' },
    Action: 'sqs:SendMessage',
    Resource: queueArn,
    Condition: {
      ArnEquals: { 'aws:SourceArn': `arn:aws:s3:::${notifying}` },
      StringEquals: { 'aws:SourceAccount': accountOf(queueArn) },
    },
  }
  return {
    Version: '2012-10-17',
    Statement: [...(tls ? [tlsOnly('sqs:*', queueArn)] : []), ...(notifying === undefined ? [] : [sending])],
  }
}

function accountOf(arn: string): string {
  return arn.split(':')[4] ?? ''
}
