import { awsNamesOf, hostsOf, portOf, type Environment } from '@continuum/environments'
import { lb } from '@pulumi/aws'
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
import type { Entered } from './ports.ts'
import { byHost, byPort, eachEntered, serviceOf } from './listeners.ts'

export interface EntranceArgs {
  environment: Environment
  vpcId: Input<string>
  subnetIds: Input<string>[]
  securityGroupId: Input<string>
  /** The hosted zone of the environment's domain; needed where it has one. */
  zoneId?: Input<string> | undefined
}

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
