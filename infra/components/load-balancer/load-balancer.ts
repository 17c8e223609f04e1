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
import type { PublicProcess } from './ports.ts'
import { eachPublicProcess, listenByHost, listenByPort, serviceOf } from './listeners.ts'

export interface LoadBalancerArgs {
  environment: Environment
  vpcId: Input<string>
  subnetIds: Input<string>[]
  securityGroupId: Input<string>
  /** The hosted zone of the environment's domain, if it has one. */
  zoneId?: Input<string> | undefined
}

/**
 * The load balancer. With a domain each service has a host name, reachable over TLS only; without one each service has a port on the
 * load balancer's own name, without TLS.
 */
export class LoadBalancer extends ComponentResource {
  /** The public address of each service, without a trailing slash. */
  readonly addresses: Readonly<Record<(typeof serviceOf)[PublicProcess], Output<string>>>
  /** Known once a listener forwards to it: ECS refuses a service without one. */
  readonly targetGroupArns: Readonly<Record<PublicProcess, Output<string>>>
  /** Its certificate, if the environment has a domain. */
  readonly certificateArn: Output<string> | undefined
  readonly loadBalancer: { readonly arnSuffix: Output<string>; readonly dnsName: Output<string> }

  constructor(name: string, args: LoadBalancerArgs, options?: ComponentResourceOptions) {
    super('continuum:entrance:Entrance', name, {}, options)
    const { environment } = args
    const child = { parent: this }
    const balancer = new lb.LoadBalancer(
      name,
      {
        // AWS allows 32 characters.
        name: awsNamesOf(environment).cluster.slice(0, 32).replace(/-+$/, ''),
        loadBalancerType: 'application',
        subnets: args.subnetIds,
        securityGroups: [args.securityGroupId],
        dropInvalidHeaderFields: true,
        enableDeletionProtection: environment.protected,
      },
      child,
    )
    const groups = eachPublicProcess((process) => makeTargetGroup(`${name}-${process}`, process, args.vpcId, child))
    const hosts = hostsOf(environment)
    const { listeners, certificateArn } =
      hosts && args.zoneId !== undefined
        ? listenByHost(name, { balancer, groups, hosts, zoneId: args.zoneId }, child)
        : listenByPort(name, balancer, groups, child)
    const address = (process: PublicProcess) =>
      hosts
        ? output(`https://${hosts[serviceOf[process]]}`)
        : interpolate`http://${balancer.dnsName}:${portOf(process)}`
    this.addresses = {
      dashboard: address('dashboard-web'),
      journal: address('journal'),
      lax: address('lax'),
      api: address('api'),
    }
    this.targetGroupArns = eachPublicProcess((process) =>
      all([groups[process].arn, listeners[process].id]).apply(([arn]) => arn),
    )
    this.certificateArn = certificateArn
    this.loadBalancer = { arnSuffix: balancer.arnSuffix, dnsName: balancer.dnsName }
    const { addresses, targetGroupArns, loadBalancer } = this
    this.registerOutputs({ addresses, targetGroupArns, loadBalancer })
  }
}

function makeTargetGroup(name: string, process: PublicProcess, vpcId: Input<string>, child: CustomResourceOptions) {
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
