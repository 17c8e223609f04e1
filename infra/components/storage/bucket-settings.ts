import type { BucketResource } from '@continuum/aws-resources'

/** What S3 deletes by itself. */
export function lifecycleRule({ unfinishedUploadDays, formerVersionsDays, expireDays }: BucketResource) {
  return {
    id: 'tidy',
    status: 'Enabled',
    filter: { prefix: '' },
    abortIncompleteMultipartUpload: { daysAfterInitiation: unfinishedUploadDays },
    ...(formerVersionsDays !== undefined && { noncurrentVersionExpiration: { noncurrentDays: formerVersionsDays } }),
    ...(expireDays !== undefined && { expiration: { days: expireDays } }),
  }
}

/** No list of access opens anything, ever; a policy may, where the bucket is to be public. */
export function publicAccessBlock({ publicRead }: BucketResource) {
  return {
    blockPublicAcls: true,
    ignorePublicAcls: true,
    blockPublicPolicy: !publicRead,
    restrictPublicBuckets: !publicRead,
  }
}

/** Scripts of any site may read what is public anyway. */
export const corsRules = [{ allowedMethods: ['GET', 'HEAD'], allowedOrigins: ['*'], maxAgeSeconds: 3600 }]
