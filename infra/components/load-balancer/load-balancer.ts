import { logPrefixes } from '@continuum/aws-resources'
import { hostsOf, portOf, type Environment } from '@continuum/environments'
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
import { RandomPassword } from '@pulumi/random'
import { loadBalancerName } from '../naming.ts'
import type { PublicProcess } from './ports.ts'
import { eachPublicProcess, listenByHost, listenByPort, serviceOf } from './listeners.ts'

export interface LoadBalancerArgs {
  environment: Environment
  vpcId: Input<string>
  subnetIds: Input<string>[]
  securityGroupIds: Input<string>[]
  /** The bucket of access logs, known once the load balancer may write into it. */
  logs: Input<string>
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
  readonly loadBalancer: {
    readonly arn: Output<string>
    readonly arnSuffix: Output<string>
    readonly dnsName: Output<string>
  }

  /** The place where CloudFront asks for the journal, and the secret that it must have; absent where it is not before it. */
  readonly cdnOrigin: { readonly domainName: Output<string>; readonly secret: Output<string> } | undefined

  constructor(name: string, args: LoadBalancerArgs, options?: ComponentResourceOptions) {
    super('continuum:entrance:Entrance', name, {}, options)
    const { environment } = args
    const child = { parent: this }
    const balancer = new lb.LoadBalancer(
      name,
      {
        name: loadBalancerName(environment),
        loadBalancerType: 'application',
        subnets: args.subnetIds,
        securityGroups: args.securityGroupIds,
        dropInvalidHeaderFields: true,
        enableDeletionProtection: environment.protected,
        accessLogs: { enabled: true, bucket: args.logs, prefix: logPrefixes.loadBalancer.replace(/\/$/, '') },
      },
      child,
    )
    const groups = eachPublicProcess((process) => makeTargetGroup(`${name}-${process}`, process, args.vpcId, child))
    const hosts = hostsOf(environment)
    // Letters and digits: 285 bits.
    const secret =
      environment.cdn?.journal === true
        ? new RandomPassword(`${name}-cdn-secret`, { length: 48, special: false }, child).result
        : undefined
    const { listeners, certificateArn } =
      hosts && args.zoneId !== undefined
        ? listenByHost(name, { balancer, groups, hosts, zoneId: args.zoneId, cdnSecret: secret }, child)
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
    this.loadBalancer = { arn: balancer.arn, arnSuffix: balancer.arnSuffix, dnsName: balancer.dnsName }
    this.cdnOrigin = secret && { domainName: balancer.dnsName, secret }
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
