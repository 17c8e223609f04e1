import type { Environment } from '@continuum/environments'
import { ec2, getAvailabilityZonesOutput } from '@pulumi/aws'
import { ComponentResource, type ComponentResourceOptions, type Output } from '@pulumi/pulumi'
import { after } from '../after.ts'
import { subnetsOf } from './cidrs.ts'
import type { Reached } from './endpoint-policies.ts'
import { makeEndpoints } from './endpoints.ts'
import { makeSecurityGroups } from './security-groups.ts'

/** Each environment has a network of its own, so all use the same addresses. */
const block = '10.0.0.0/16'
const zoneCount = 2
const anywhere = '0.0.0.0/0'

export interface NetworkArgs {
  environment: Environment
  /** True if operators may open a shell in a task, which needs an endpoint of Systems Manager. */
  exec: boolean
  /** The resources to which the endpoints let calls through. */
  reached: Output<Reached>
  /** The place where connections are logged, known once that is allowed; absent if they are not. */
  connectionLogs?: Output<string> | undefined
}

/**
 * The VPC, over two zones. The load balancer is in public subnets. The processes and the database are in private ones, which reach AWS
 * through endpoints and nothing else, unless the environment sets `internet`: then there is a NAT gateway, one in each zone for a
 * protected environment and one for both otherwise. In the shape `small` the processes are in the public subnets, and neither endpoints
 * nor NAT gateways cost anything: the database alone is in the private ones.
 */
export class Network extends ComponentResource {
  readonly vpcId: Output<string>
  /** Known once the internet is routed to them: AWS refuses a load balancer in a network without a gateway. */
  readonly publicSubnetIds: Output<string>[]
  readonly privateSubnetIds: Output<string>[]
  /** The subnets of tasks, known once a task in them reaches AWS: its image, its log and its secrets. */
  readonly taskSubnetIds: Output<string>[]
  /** The CIDR blocks of the load balancer's subnets. */
  readonly publicBlocks: readonly string[]
  /** The endpoint of Secrets Manager, which is still open to every secret of the account. */
  readonly secretsEndpointId: Output<string> | undefined
  readonly taskSecurityGroupId: Output<string>
  /** The way out of the deposits to their recipients; absent where there are none outside. */
  readonly depositsSecurityGroupId: Output<string> | undefined
  readonly loadBalancerSecurityGroupIds: Output<string>[]

  constructor(name: string, args: NetworkArgs, options?: ComponentResourceOptions) {
    super('continuum:network:Network', name, {}, options)
    const { environment, exec, reached } = args
    const child = { parent: this }
    const called = (what: string) => ({ tags: { Name: `${environment.name} ${what}` } })
    const each = <T>(make: (zone: number) => T) => Array.from({ length: zoneCount }, (_, zone) => make(zone))

    const vpc = new ec2.Vpc(
      `${name}-vpc`,
      { cidrBlock: block, enableDnsSupport: true, enableDnsHostnames: true, tags: { Name: environment.name } },
      child,
    )
    const vpcId = vpc.id
    if (args.connectionLogs) {
      new ec2.FlowLog(
        `${name}-connections`,
        {
          vpcId,
          trafficType: 'ALL',
          logDestinationType: 's3',
          logDestination: args.connectionLogs,
          maxAggregationInterval: 600,
          ...called('connections'),
        },
        child,
      )
    }
    // A resource without a security group gets this one, which lets nothing through.
    new ec2.DefaultSecurityGroup(`${name}-default`, { vpcId, ...called('default, closed') }, child)
    const zones = getAvailabilityZonesOutput(
      { state: 'available', filters: [{ name: 'opt-in-status', values: ['opt-in-not-required'] }] },
      child,
    )
    const blocks = subnetsOf(block, zoneCount)
    const makeSubnet = (kind: 'public' | 'private') => (zone: number) => {
      const availabilityZone = zones.names.apply((names) => names[zone] ?? '')
      const cidrBlock = blocks[kind][zone] ?? ''
      const place = { vpcId, cidrBlock, availabilityZone, ...called(`${kind} ${zone + 1}`) }
      // AWS lists the zones that are available now, in no promised order: a subnet stays in the zone in which it was made.
      return new ec2.Subnet(`${name}-${kind}-${zone + 1}`, place, { ...child, ignoreChanges: ['availabilityZone'] })
    }
    const open = each(makeSubnet('public'))
    const closed = each(makeSubnet('private'))

    const gateway = new ec2.InternetGateway(`${name}-internet`, { vpcId, tags: { Name: environment.name } }, child)
    const outward = [{ cidrBlock: anywhere, gatewayId: gateway.id }]
    const openTable = new ec2.RouteTable(`${name}-public`, { vpcId, routes: outward, ...called('public') }, child)
    const small = environment.shape === 'small'
    const gateways = open
      .slice(0, environment.internet && !small ? (environment.protected ? zoneCount : 1) : 0)
      .map(makeNat)
    const closedTables = each((zone) => {
      const nat = gateways[zone] ?? gateways[0]
      const routes = nat ? [{ cidrBlock: anywhere, natGatewayId: nat.id }] : []
      return new ec2.RouteTable(
        `${name}-private-${zone + 1}`,
        { vpcId, routes, ...called(`private ${zone + 1}`) },
        child,
      )
    })
    const join = (kind: string, subnet: ec2.Subnet, zone: number, table: ec2.RouteTable | undefined) =>
      new ec2.RouteTableAssociation(
        `${name}-${kind}-${zone + 1}`,
        { subnetId: subnet.id, routeTableId: table?.id ?? '' },
        child,
      )
    const opened = open.map((subnet, zone) => join('public', subnet, zone, openTable))
    const joined = closed.map((subnet, zone) => join('private', subnet, zone, closedTables[zone]))

    const groups = makeSecurityGroups(name, { environment, vpcId, block }, child)
    const endpoints = makeEndpoints(
      name,
      {
        environment,
        exec,
        vpcId,
        subnetIds: closed.map(({ id }) => id),
        routeTableIds: [...closedTables, ...(small ? [openTable] : [])].map(({ id }) => id),
        groups,
        reached,
      },
      child,
    )

    this.vpcId = vpcId
    this.publicSubnetIds = open.map(({ id }, zone) => after([opened[zone]], id))
    this.publicBlocks = blocks.public
    this.privateSubnetIds = closed.map(({ id }) => id)
    const reachesAws = [...(small ? opened : joined), ...endpoints.needed, ...groups.rules]
    this.taskSubnetIds = (small ? open : closed).map(({ id }) => after(reachesAws, id))
    this.secretsEndpointId = endpoints.secretsId
    this.taskSecurityGroupId = groups.tasks.id
    this.depositsSecurityGroupId = groups.deposits?.id
    this.loadBalancerSecurityGroupIds = [groups.loadBalancer, ...(groups.cdn ? [groups.cdn] : [])].map(({ id }) => id)
    this.registerOutputs({
      vpcId,
      publicSubnetIds: this.publicSubnetIds,
      privateSubnetIds: this.privateSubnetIds,
      taskSubnetIds: this.taskSubnetIds,
      taskSecurityGroupId: this.taskSecurityGroupId,
      loadBalancerSecurityGroupIds: this.loadBalancerSecurityGroupIds,
    })

    function makeNat(subnet: ec2.Subnet, zone: number): ec2.NatGateway {
      const address = new ec2.Eip(`${name}-nat-${zone + 1}`, { domain: 'vpc', ...called(`nat ${zone + 1}`) }, child)
      return new ec2.NatGateway(
        `${name}-nat-${zone + 1}`,
        { allocationId: address.id, subnetId: subnet.id, ...called(`nat ${zone + 1}`) },
        { ...child, dependsOn: [gateway] },
      )
    }
  }
}
