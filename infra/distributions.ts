/** CloudFront before the files that readers load, and before the journal. */
import { hostsOf, type Environment } from '@continuum/environments'
import type { Provider } from '@pulumi/aws'
import { interpolate, type Output } from '@pulumi/pulumi'
import type { AlarmsArgs } from './components/alarms/alarms.ts'
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
 * @returns the address of published files: CloudFront's if the environment has it, or else that of the bucket itself; and the certificates
 *   of its hosts
 */
export function makeDistributions(
  environment: Environment,
  args: {
    bucket: StorageBucket
    /** The log bucket, known once CloudFront may write into it. */
    logs: StorageBucket
    zoneId: Output<string> | undefined
    account: Output<string>
    balancer: LoadBalancer
  },
  provider: Provider,
): { url: Output<string>; certificates?: AlarmsArgs['cdnCertificates'] } {
  const { bucket, logs, zoneId, account, balancer } = args
  const { cdn, region, waf } = environment
  if (!cdn) return { url: interpolate`https://${bucket.domainName}` }
  const hosts = hostsOf(environment)
  const here = { provider }
  if (!hosts || zoneId === undefined) return { url: new Cdn('cdn', { environment, bucket, logs }, here).url }
  const elsewhere =
    region === cloudFrontRegion
      ? undefined
      : {
          region: cloudFrontRegion,
          provider: makeProvider(`aws-${cloudFrontRegion}`, environment, cloudFrontRegion),
        }
  const there = { provider: elsewhere?.provider ?? provider }
  const certificateOf = (name: string, host: string) => new Certificate(name, { hosts: [host], zoneId }, there).arn

  const journal = balancer.cdnOrigin && certificateOf('journal-certificate', hosts.journal)
  if (balancer.cdnOrigin && journal) {
    const place = { environment, before: 'journal', region: cloudFrontRegion, account } as const
    const firewall = waf && new Firewall('journal-firewall', { ...place, rules: journalRules({ waf }) }, there)
    const host = hosts.journal
    const { cdnOrigin: origin } = balancer
    const webAclArn = firewall?.arn
    new JournalCdn('journal-cdn', { environment, host, zoneId, certificateArn: journal, origin, logs, webAclArn }, here)
  }
  const arn = certificateOf('cdn-certificate', hosts.cdn)
  const { url } = new Cdn('cdn', { environment, bucket, logs, host: { zoneId, certificateArn: arn } }, here)
  return { url, certificates: { arn, journal, elsewhere } }
}
