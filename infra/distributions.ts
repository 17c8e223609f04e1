/** CloudFront before the files that readers load, and before the journal. */
import { hostsOf, type Environment } from '@continuum/environments'
import type { Provider } from '@pulumi/aws'
import { interpolate, type Output } from '@pulumi/pulumi'
import { Cdn } from './components/cdn/cdn.ts'
import { JournalCdn } from './components/cdn/journal-cdn.ts'
import { Firewall } from './components/firewall/firewall.ts'
import { journalRules } from './components/firewall/rules.ts'
import { Certificate } from './components/load-balancer/certificate.ts'
import type { LoadBalancer } from './components/load-balancer/load-balancer.ts'
import type { StorageBucket } from './components/storage/bucket.ts'
import { makeProvider } from './provider.ts'

/** CloudFront accepts certificates and web ACLs of this region only. */
const cloudFrontRegion = 'us-east-1'

/**
 * Creates the distributions that the environment has.
 *
 * @returns the address of published files: CloudFront's if the environment has it, or else that of the bucket itself
 */
export function makeDistributions(
  environment: Environment,
  args: {
    bucket: StorageBucket
    /** Known once CloudFront may write into it. */
    logs: StorageBucket
    zoneId: Output<string> | undefined
    account: Output<string>
    balancer: LoadBalancer
  },
  provider: Provider,
): Output<string> {
  const { bucket, logs, zoneId, account, balancer } = args
  const { cdn, region, waf } = environment
  if (!cdn) return interpolate`https://${bucket.domainName}`
  const hosts = hostsOf(environment)
  const here = { provider }
  if (!hosts || zoneId === undefined) return new Cdn('cdn', { environment, bucket, logs }, here).url
  const there = {
    provider:
      region === cloudFrontRegion ? provider : makeProvider(`aws-${cloudFrontRegion}`, environment, cloudFrontRegion),
  }
  const certificateOf = (name: string, host: string) => new Certificate(name, { hosts: [host], zoneId }, there).arn

  if (balancer.cdnOrigin) {
    const place = { environment, before: 'journal', region: cloudFrontRegion, account } as const
    const firewall = waf && new Firewall('journal-firewall', { ...place, rules: journalRules({ waf }) }, there)
    const host = hosts.journal
    const certificateArn = certificateOf('journal-certificate', host)
    const { cdnOrigin: origin } = balancer
    const webAclArn = firewall?.arn
    new JournalCdn('journal-cdn', { environment, host, zoneId, certificateArn, origin, logs, webAclArn }, here)
  }
  const host = { zoneId, certificateArn: certificateOf('cdn-certificate', hosts.cdn) }
  return new Cdn('cdn', { environment, bucket, logs, host }, here).url
}
