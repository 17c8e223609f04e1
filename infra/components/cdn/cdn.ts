import { logPrefixes } from '@continuum/aws-resources'
import { hostsOf, type Environment } from '@continuum/environments'
import { cloudfront, route53, s3 } from '@pulumi/aws'
import {
  all,
  ComponentResource,
  interpolate,
  type ComponentResourceOptions,
  type Input,
  type Output,
} from '@pulumi/pulumi'
import { ownName } from '../naming.ts'
import { settingOfBucket } from '../protection.ts'
import { ownCertificate } from './certificate.ts'
import { caching, headers, readerPolicy } from './delivery.ts'

export interface CdnArgs {
  environment: Environment
  /** The bucket of published files, which only CloudFront may read. */
  bucket: { name: Input<string>; arn: Input<string>; domainName: Input<string> }
  /** The bucket of access logs, of which usage is counted; known once CloudFront may write into it. */
  logs: { domainName: Input<string> }
  /** The hosted zone of the environment's domain, if it has one, and a certificate in us-east-1, whatever the environment's region. */
  host?: { zoneId: Input<string>; certificateArn: Input<string> }
}

/** CloudFront in front of the bucket of published files, which readers cannot reach otherwise. */
export class Cdn extends ComponentResource {
  /** The base URL of files, without a trailing slash: `<url>/<id>/<file>`. */
  readonly url: Output<string>

  constructor(name: string, args: CdnArgs, options?: ComponentResourceOptions) {
    super('continuum:cdn:Cdn', name, {}, options)
    const { environment, bucket, logs } = args
    const child = { parent: this }
    const own = ownName(environment, 'cdn')
    const host = args.host && hostsOf(environment)?.cdn

    const access = new cloudfront.OriginAccessControl(
      `${name}-access`,
      {
        name: own,
        description: `CloudFront's access to the published files of ${environment.name}`,
        originAccessControlOriginType: 's3',
        signingBehavior: 'always',
        signingProtocol: 'sigv4',
      },
      child,
    )
    const cachePolicy = new cloudfront.CachePolicy(`${name}-caching`, { name: own, ...caching }, child)
    const headersPolicy = new cloudfront.ResponseHeadersPolicy(`${name}-headers`, { name: own, ...headers }, child)
    const distribution = new cloudfront.Distribution(
      `${name}-distribution`,
      {
        comment: `Published files of ${environment.name}`,
        enabled: true,
        httpVersion: 'http2and3',
        isIpv6Enabled: true,
        priceClass: environment.cdn?.priceClass ?? 'PriceClass_100',
        origins: [{ originId: 'bucket', domainName: bucket.domainName, originAccessControlId: access.id }],
        defaultCacheBehavior: {
          targetOriginId: 'bucket',
          allowedMethods: ['GET', 'HEAD'],
          cachedMethods: ['GET', 'HEAD'],
          viewerProtocolPolicy: 'redirect-to-https',
          compress: true,
          cachePolicyId: cachePolicy.id,
          responseHeadersPolicyId: headersPolicy.id,
        },
        loggingConfig: { bucket: logs.domainName, prefix: logPrefixes.cdn, includeCookies: false },
        restrictions: { geoRestriction: { restrictionType: 'none' } },
        ...(args.host && host !== undefined
          ? { aliases: [host], viewerCertificate: ownCertificate(args.host.certificateArn) }
          : { viewerCertificate: { cloudfrontDefaultCertificate: true } }),
      },
      child,
    )
    const policy = all([bucket.arn, distribution.arn]).apply(([of, reader]) => JSON.stringify(readerPolicy(of, reader)))
    const setting = { ...child, ...settingOfBucket(environment, 'cdn') }
    new s3.BucketPolicy(`${name}-reading`, { bucket: bucket.name, policy }, setting)

    if (args.host && host !== undefined) {
      const target = { name: distribution.domainName, zoneId: distribution.hostedZoneId, evaluateTargetHealth: false }
      for (const type of ['A', 'AAAA']) {
        const record = { zoneId: args.host.zoneId, name: host, type, aliases: [target] }
        new route53.Record(`${name}-${type.toLowerCase()}`, record, child)
      }
    }
    this.url = interpolate`https://${host ?? distribution.domainName}`
    this.registerOutputs({ url: this.url })
  }
}
