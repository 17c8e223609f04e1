import { tlsOnly } from '@continuum/aws-resources'

/** The caching and header settings of CloudFront, as data for the resources in `cdn.ts`. */

const minute = 60
const day = 24 * 60 * minute
const year = 365 * day

/**
 * Caches files by path alone. A corrected article keeps its paths, so a file without cache headers of its own is fetched from S3
 * again after five minutes: readers see a correction within that time.
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

/** Lets scripts of any site read the files, in ranges too (PDF viewers do), forbids MIME sniffing, and runs no script of a file that a browser opens as a page (SVG, XML). */
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
    // Not `sandbox`, in which Chrome shows no PDF.
    contentSecurityPolicy: {
      contentSecurityPolicy: "script-src 'none'; base-uri 'none'; form-action 'none'",
      override: true,
    },
    referrerPolicy: { referrerPolicy: 'strict-origin-when-cross-origin', override: true },
    strictTransportSecurity: { accessControlMaxAgeSec: year, includeSubdomains: false, override: true },
  },
}

/** The bucket policy that lets this distribution alone read objects, and nobody do anything without TLS. */
export function readerPolicy(bucketArn: string, distributionArn: string) {
  return {
    Version: '2012-10-17',
    Statement: [
      tlsOnly('s3:*', bucketArn, `${bucketArn}/*`),
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
