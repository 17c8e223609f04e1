import { logPrefixes } from '@continuum/aws-resources'
import type { Environment } from '@continuum/environments'
import { cloudfront, route53 } from '@pulumi/aws'
import {
  ComponentResource,
  type ComponentResourceOptions,
  type CustomResourceOptions,
  type Input,
} from '@pulumi/pulumi'
import { ownCertificate } from './certificate.ts'
import { cdnPort, journalRecords, secretHeader } from './origin.ts'

export interface JournalCdnArgs {
  environment: Pick<Environment, 'name' | 'cdn' | 'usageSource'>
  host: string
  zoneId: Input<string>
  /** The certificate of the host, in us-east-1, whatever the environment's region. */
  certificateArn: Input<string>
  /** The load balancer, and the secret that it wants in the header. */
  origin: { domainName: Input<string>; secret: Input<string> }
  /** The bucket of access logs, known once CloudFront may write into it. */
  logs: { domainName: Input<string> }
  webAclArn?: Input<string> | undefined
}

/** Policies of AWS's own, which are the same in every account. */
const managed = {
  cachingDisabled: '4135ea2d-6df8-44a3-9df3-4b5a84be39ad',
  /** As the headers of the origin say, by path and query. */
  originDecides: '4cc15a8a-d715-48a4-82b8-cc0b614638fe',
  /** The origin sees the reader's request: host, cookies, query. */
  allViewer: '216adef6-2c7f-47e4-b989-5492eafa07d3',
} as const

const origin = 'load-balancer'
const reading = ['GET', 'HEAD']
const all = [...reading, 'OPTIONS', 'PUT', 'POST', 'PATCH', 'DELETE']

/**
 * CloudFront before the journal. Where the site counts its readers, every page is asked of it, for it would not know of one that
 * CloudFront had kept, nor of readers whose requests CloudFront had joined; only what pages load is kept. Where the logs are counted, its
 * cache headers say what is kept.
 */
export class JournalCdn extends ComponentResource {
  constructor(name: string, args: JournalCdnArgs, options?: ComponentResourceOptions) {
    super('continuum:cdn:JournalCdn', name, {}, options)
    const { environment, host, zoneId, logs, webAclArn } = args
    const child = { parent: this }
    const behaviour = {
      targetOriginId: origin,
      viewerProtocolPolicy: 'redirect-to-https',
      originRequestPolicyId: managed.allViewer,
      cachedMethods: reading,
      // The site compresses.
      compress: false,
    }
    const distribution = new cloudfront.Distribution(
      `${name}-distribution`,
      {
        comment: `The journal of ${environment.name}`,
        enabled: true,
        httpVersion: 'http2and3',
        isIpv6Enabled: true,
        priceClass: environment.cdn?.priceClass ?? 'PriceClass_100',
        aliases: [host],
        origins: [
          {
            originId: origin,
            domainName: args.origin.domainName,
            customHeaders: [{ name: secretHeader, value: args.origin.secret }],
            customOriginConfig: {
              httpPort: 80,
              httpsPort: cdnPort,
              // The certificate of the load balancer is for the host, which CloudFront passes on.
              originProtocolPolicy: 'https-only',
              originSslProtocols: ['TLSv1.2'],
              originReadTimeout: 60,
              // Shorter than the time for which the load balancer keeps a connection.
              originKeepaliveTimeout: 55,
            },
          },
        ],
        defaultCacheBehavior: {
          ...behaviour,
          allowedMethods: all,
          cachePolicyId: environment.usageSource === 'journal' ? managed.cachingDisabled : managed.originDecides,
        },
        orderedCacheBehaviors: [
          { ...behaviour, pathPattern: '/assets/*', allowedMethods: reading, cachePolicyId: managed.originDecides },
        ],
        loggingConfig: { bucket: logs.domainName, prefix: logPrefixes.journal, includeCookies: false },
        restrictions: { geoRestriction: { restrictionType: 'none' } },
        viewerCertificate: ownCertificate(args.certificateArn),
        ...(webAclArn !== undefined && { webAclId: webAclArn }),
      },
      child,
    )
    const target = { name: distribution.domainName, zoneId: distribution.hostedZoneId, evaluateTargetHealth: false }
    const record = (type: 'A' | 'AAAA', of: CustomResourceOptions) =>
      new route53.Record(`${name}-${type.toLowerCase()}`, { zoneId, name: host, type, aliases: [target] }, of)
    record('A', { ...child, aliases: [journalRecords.loadBalancer] })
    record('AAAA', child)
    this.registerOutputs({})
  }
}
