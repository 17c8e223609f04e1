/** A policy document of IAM, as much of it as ours use. */
export interface Policy {
  Version: '2012-10-17'
  Statement: Record<string, unknown>[]
}

/** Anybody may read the objects of the bucket; nobody may list or change them. */
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

/** Scripts of any site may read what everybody may read anyway. */
export const publicReadCors = { methods: ['GET', 'HEAD'], origins: ['*'], maxAgeSeconds: 3600 }

/** This bucket of this account, and nobody else, may send to the queue. */
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
