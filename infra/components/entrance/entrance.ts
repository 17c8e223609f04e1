import { awsNamesOf, hostsOf, portOf, type Addressed, type Environment } from '@continuum/environments'
import { lb, route53 } from '@pulumi/aws'
import {
  all,
  ComponentResource,
  interpolate,
  output,
  type ComponentResourceOptions,
  type CustomResourceOptions,
  type Input,
  type Output,
} from '@pulumi/pulumi'
import { Certificate } from './certificate.ts'
import { entered, type Entered } from './ports.ts'

export interface EntranceArgs {
  environment: Environment
  vpcId: Input<string>
  subnetIds: Input<string>[]
  securityGroupId: Input<string>
  /** The hosted zone of the environment's domain; needed where it has one. */
  zoneId?: Input<string> | undefined
}

/** What each of them is called in addresses. */
export const serviceOf = { 'dashboard-web': 'dashboard', journal: 'journal', lax: 'lax' } as const satisfies Record<
  Entered,
  Addressed
>

const tlsPolicy = 'ELBSecurityPolicy-TLS13-1-2-2021-06'

/**
 * How people and machines come in: one load balancer. With a domain each service has a host, over TLS alone; without one each
 * has a port of the load balancer's own name, and no TLS.
 */
export class Entrance extends ComponentResource {
  /** Without a slash at the end. */
  readonly addresses: Readonly<Record<(typeof serviceOf)[Entered], Output<string>>>
  /** Known once a listener leads there: before that ECS takes no service for it. */
  readonly targetGroupArns: Readonly<Record<Entered, Output<string>>>
  readonly loadBalancer: { readonly arnSuffix: Output<string>; readonly dnsName: Output<string> }

  constructor(name: string, args: EntranceArgs, options?: ComponentResourceOptions) {
    super('continuum:entrance:Entrance', name, {}, options)
    const { environment } = args
    const child = { parent: this }
    const balancer = new lb.LoadBalancer(
      name,
      {
        // As much of the name as AWS takes.
        name: awsNamesOf(environment).cluster.slice(0, 32).replace(/-+$/, ''),
        loadBalancerType: 'application',
        subnets: args.subnetIds,
        securityGroups: [args.securityGroupId],
        dropInvalidHeaderFields: true,
        enableDeletionProtection: environment.protected,
      },
      child,
    )
    const groups = eachEntered((process) => makeTargetGroup(`${name}-${process}`, process, args.vpcId, child))
    const hosts = hostsOf(environment)
    const ways =
      hosts && args.zoneId !== undefined
        ? byHost(name, { balancer, groups, hosts, zoneId: args.zoneId }, child)
        : byPort(name, balancer, groups, child)
    const address = (process: Entered) =>
      hosts
        ? output(`https://${hosts[serviceOf[process]]}`)
        : interpolate`http://${balancer.dnsName}:${portOf(process)}`
    this.addresses = { dashboard: address('dashboard-web'), journal: address('journal'), lax: address('lax') }
    this.targetGroupArns = eachEntered((process) => all([groups[process].arn, ways[process].id]).apply(([arn]) => arn))
    this.loadBalancer = { arnSuffix: balancer.arnSuffix, dnsName: balancer.dnsName }
    const { addresses, targetGroupArns, loadBalancer } = this
    this.registerOutputs({ addresses, targetGroupArns, loadBalancer })
  }
}

type Groups = Readonly<Record<Entered, lb.TargetGroup>>

function eachEntered<T>(make: (process: Entered) => T): Record<Entered, T> {
  return { 'dashboard-web': make('dashboard-web'), journal: make('journal'), lax: make('lax') }
}

function makeTargetGroup(name: string, process: Entered, vpcId: Input<string>, child: CustomResourceOptions) {
  return new lb.TargetGroup(
    name,
    {
      vpcId,
      port: portOf(process),
      protocol: 'HTTP',
      targetType: 'ip',
      deregistrationDelay: 30,
      healthCheck: {
        path: '/ping',
        matcher: '200',
        interval: 15,
        timeout: 5,
        healthyThreshold: 2,
        unhealthyThreshold: 3,
      },
    },
    child,
  )
}

/** TLS for all hosts at one listener; who comes without is sent there. */
function byHost(
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

function byPort(name: string, balancer: lb.LoadBalancer, groups: Groups, child: CustomResourceOptions) {
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
