import { publicReadCors, type BucketResource } from '@continuum/aws-resources'

/** The lifecycle rule of a bucket. */
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

/** Blocks public ACLs always, and public policies unless the bucket is public. */
export function publicAccessBlock({ publicRead }: BucketResource) {
  return {
    blockPublicAcls: true,
    ignorePublicAcls: true,
    blockPublicPolicy: !publicRead,
    restrictPublicBuckets: !publicRead,
  }
}

const { methods, origins, maxAgeSeconds } = publicReadCors
/** The CORS rules of a public bucket. */
export const corsRules = [{ allowedMethods: methods, allowedOrigins: origins, maxAgeSeconds }]
