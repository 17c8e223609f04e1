import { publicReadCors, type BucketResource } from '@continuum/aws-resources'

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

const { methods, origins, maxAgeSeconds } = publicReadCors
/** What scripts of other sites may ask of a public bucket. */
export const corsRules = [{ allowedMethods: methods, allowedOrigins: origins, maxAgeSeconds }]
