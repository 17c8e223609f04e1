import { portOf, type Addressed } from '@continuum/environments'
import { lb, route53 } from '@pulumi/aws'
import type { CustomResourceOptions, Input } from '@pulumi/pulumi'
import { Certificate } from './certificate.ts'
import { entered, type Entered } from './ports.ts'

/** What each of them is called in addresses. */
export const serviceOf = { 'dashboard-web': 'dashboard', journal: 'journal', lax: 'lax' } as const satisfies Record<
  Entered,
  Addressed
>

const tlsPolicy = 'ELBSecurityPolicy-TLS13-1-2-2021-06'

export type Groups = Readonly<Record<Entered, lb.TargetGroup>>

export function eachEntered<T>(make: (process: Entered) => T): Record<Entered, T> {
  return { 'dashboard-web': make('dashboard-web'), journal: make('journal'), lax: make('lax') }
}

/** TLS for all hosts at one listener; who comes without is sent there. */
export function byHost(
  name: string,
  args: {
    balancer: lb.LoadBalancer
    groups: Groups
    hosts: Readonly<Record<Addressed, string>>
    zoneId: Input<string>
  },
  child: CustomResourceOptions,
) {
  const { balancer, groups, hosts, zoneId } = args
  const loadBalancerArn = balancer.arn
  const hostOf = (process: Entered) => hosts[serviceOf[process]]
  const certificate = new Certificate(`${name}-certificate`, { hosts: entered.map(hostOf), zoneId }, child)
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
  const listener = new lb.Listener(
    `${name}-https`,
    {
      loadBalancerArn,
      port: 443,
      protocol: 'HTTPS',
      sslPolicy: tlsPolicy,
      certificateArn: certificate.arn,
      defaultActions: [{ type: 'fixed-response', fixedResponse: nothing }],
    },
    child,
  )
  return eachEntered((process) => {
    makeRecord(`${name}-${process}`, hostOf(process), zoneId, balancer, child)
    return new lb.ListenerRule(
      `${name}-${process}`,
      {
        listenerArn: listener.arn,
        priority: entered.indexOf(process) + 1,
        conditions: [{ hostHeader: { values: [hostOf(process)] } }],
        actions: [{ type: 'forward', targetGroupArn: groups[process].arn }],
      },
      child,
    )
  })
}

/** A listener for each service, at its own port. */
export function byPort(name: string, balancer: lb.LoadBalancer, groups: Groups, child: CustomResourceOptions) {
  return eachEntered(
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
