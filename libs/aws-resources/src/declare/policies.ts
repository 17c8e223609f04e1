/** The parts of an IAM policy document that ours use. */
export interface Policy {
  Version: '2012-10-17'
  Statement: Record<string, unknown>[]
}

/** The policy that lets everybody read the objects of a bucket, but not list or change them. */
export function publicReadPolicy(bucket: string): Policy {
  return {
    Version: '2012-10-17',
    Statement: [
      {
        Sid: 'PublicRead',
        Effect: 'Allow',
        Principal: '*',
        Action: 's3:GetObject',
        Resource: `arn:aws:s3:::${bucket}/*`,
      },
    ],
  }
}

/** The CORS rule of a public bucket: scripts of any site may read it. */
export const publicReadCors = { methods: ['GET', 'HEAD'], origins: ['*'], maxAgeSeconds: 3600 }

/** The policy that lets only this bucket, of this account, send to the queue. */
export function notificationPolicy(queueArn: string, bucket: string): Policy {
  return {
    Version: '2012-10-17',
    Statement: [
      {
        Sid: 'BucketNotifies',
        Effect: 'Allow',
        Principal: { Service: 's3.amazonaws.com' },
        Action: 'sqs:SendMessage',
        Resource: queueArn,
        Condition: {
          ArnEquals: { 'aws:SourceArn': `arn:aws:s3:::${bucket}` },
          StringEquals: { 'aws:SourceAccount': accountOf(queueArn) },
        },
      },
    ],
  }
}

function accountOf(arn: string): string {
  return arn.split(':')[4] ?? ''
}
