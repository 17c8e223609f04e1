/** How CloudFront answers readers: what it keeps, and with which headers. Data for the resources in `cdn.ts`. */

const minute = 60
const day = 24 * 60 * minute
const year = 365 * day

/**
 * A file is asked for by its path alone. A corrected article has the same paths as before, so what S3 says nothing of is
 * asked for anew after five minutes; readers see a correction within them.
 */
export const caching = {
  minTtl: 0,
  defaultTtl: 5 * minute,
  maxTtl: day,
  parametersInCacheKeyAndForwardedToOrigin: {
    cookiesConfig: { cookieBehavior: 'none' },
    headersConfig: { headerBehavior: 'none' },
    queryStringsConfig: { queryStringBehavior: 'none' },
    enableAcceptEncodingGzip: true,
    enableAcceptEncodingBrotli: true,
  },
}

/** Scripts of any site may read what is public anyway, in ranges too (PDF viewers do); nothing is taken for what it is not. */
export const headers = {
  corsConfig: {
    accessControlAllowCredentials: false,
    accessControlAllowHeaders: { items: ['*'] },
    accessControlAllowMethods: { items: ['GET', 'HEAD'] },
    accessControlAllowOrigins: { items: ['*'] },
    accessControlExposeHeaders: { items: ['Accept-Ranges', 'Content-Length', 'Content-Range', 'ETag'] },
    accessControlMaxAgeSec: 60 * minute,
    originOverride: true,
  },
  securityHeadersConfig: {
    contentTypeOptions: { override: true },
    referrerPolicy: { referrerPolicy: 'strict-origin-when-cross-origin', override: true },
    strictTransportSecurity: { accessControlMaxAgeSec: year, includeSubdomains: false, override: true },
  },
}

/** This distribution, and nobody else, may read the bucket's objects. */
export function readerPolicy(bucketArn: string, distributionArn: string) {
  return {
    Version: '2012-10-17',
    Statement: [
      {
        Sid: 'CloudFrontReads',
        Effect: 'Allow',
        Principal: { Service: 'cloudfront.amazonaws.com' },
        Action: 's3:GetObject',
        Resource: `${bucketArn}/*`,
        Condition: { StringEquals: { 'AWS:SourceArn': distributionArn } },
      },
    ],
  }
}
