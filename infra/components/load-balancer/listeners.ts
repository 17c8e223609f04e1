import { portOf, type Addressed } from '@continuum/environments'
import { lb, route53 } from '@pulumi/aws'
import type { CustomResourceOptions, Input } from '@pulumi/pulumi'
import { cdnPort, journalRecords, secretHeader } from '../cdn/origin.ts'
import { Certificate } from './certificate.ts'
import { publicProcesses, type PublicProcess } from './ports.ts'

/** The name of each process in addresses. */
export const serviceOf = {
  'dashboard-web': 'dashboard',
  journal: 'journal',
  lax: 'lax',
  api: 'api',
} as const satisfies Record<PublicProcess, Addressed>

const tlsPolicy = 'ELBSecurityPolicy-TLS13-1-2-2021-06'

export type Groups = Readonly<Record<PublicProcess, lb.TargetGroup>>

export function eachPublicProcess<T>(make: (process: PublicProcess) => T): Record<PublicProcess, T> {
  return { 'dashboard-web': make('dashboard-web'), journal: make('journal'), lax: make('lax'), api: make('api') }
}

/**
 * Creates one TLS listener for all hosts, and one that redirects HTTP to it. Where CloudFront is before the journal, the journal has a listener of
 * its own, which answers only who has the secret.
 */
export function listenByHost(
  name: string,
  args: {
    balancer: lb.LoadBalancer
    groups: Groups
    hosts: Readonly<Record<Addressed, string>>
    zoneId: Input<string>
    /** The secret that CloudFront has; absent where it is not before the journal. */
    cdnSecret: Input<string> | undefined
  },
  child: CustomResourceOptions,
) {
  const { balancer, groups, hosts, zoneId, cdnSecret } = args
  const loadBalancerArn = balancer.arn
  const hostOf = (process: PublicProcess) => hosts[serviceOf[process]]
  const certificate = new Certificate(`${name}-certificate`, { hosts: publicProcesses.map(hostOf), zoneId }, child)
  new lb.Listener(
    `${name}-http`,
    {
      loadBalancerArn,
      port: 80,
      protocol: 'HTTP',
      defaultActions: [{ type: 'redirect', redirect: { protocol: 'HTTPS', port: '443', statusCode: 'HTTP_301' } }],
    },
    child,
  )
  const nothing = { contentType: 'text/plain', messageBody: 'There is nothing at this address.', statusCode: '404' }
  const listen = (what: string, port: number) =>
    new lb.Listener(
      `${name}-${what}`,
      {
        loadBalancerArn,
        port,
        protocol: 'HTTPS',
        sslPolicy: tlsPolicy,
        certificateArn: certificate.arn,
        defaultActions: [{ type: 'fixed-response', fixedResponse: nothing }],
      },
      child,
    )
  const listener = listen('https', 443)
  const forCdn = cdnSecret === undefined ? undefined : { secret: cdnSecret, listener: listen('cdn', cdnPort) }
  const rules = eachPublicProcess((process) => {
    const cdn = process === 'journal' ? forCdn : undefined
    const former = process === 'journal' ? { ...child, aliases: [journalRecords.cdn] } : child
    if (!cdn) makeRecord(`${name}-${process}`, hostOf(process), zoneId, balancer, former)
    const fromCdn = cdn ? [{ httpHeader: { httpHeaderName: secretHeader, values: [cdn.secret] } }] : []
    return new lb.ListenerRule(
      `${name}-${process}`,
      {
        listenerArn: (cdn?.listener ?? listener).arn,
        priority: publicProcesses.indexOf(process) + 1,
        conditions: [{ hostHeader: { values: [hostOf(process)] } }, ...fromCdn],
        actions: [{ type: 'forward', targetGroupArn: groups[process].arn }],
      },
      child,
    )
  })
  return { listeners: rules, certificateArn: certificate.arn }
}

/** Creates a listener for each service on its own port. */
export function listenByPort(name: string, balancer: lb.LoadBalancer, groups: Groups, child: CustomResourceOptions) {
  const listeners = eachPublicProcess(
    (process) =>
      new lb.Listener(
        `${name}-${process}`,
        {
          loadBalancerArn: balancer.arn,
          port: portOf(process),
          protocol: 'HTTP',
          defaultActions: [{ type: 'forward', targetGroupArn: groups[process].arn }],
        },
        child,
      ),
  )
  return { listeners, certificateArn: undefined }
}

function makeRecord(
  name: string,
  host: string,
  zoneId: Input<string>,
  balancer: lb.LoadBalancer,
  child: CustomResourceOptions,
) {
  const target = { name: balancer.dnsName, zoneId: balancer.zoneId, evaluateTargetHealth: true }
  return new route53.Record(name, { zoneId, name: host, type: 'A', aliases: [target] }, child)
}
