import { healthPort, portOf, processNames, serves, type Environment } from '@continuum/environments'
import { ec2, vpc } from '@pulumi/aws'
import type { CustomResource, CustomResourceOptions, Input, Output } from '@pulumi/pulumi'
import { cdnPort, cdnPrefixList } from '../cdn/origin.ts'
import { allowedCidrs, listenerPorts, publicProcesses } from '../load-balancer/ports.ts'
import { recipientPorts } from './recipient-ports.ts'

/** The security groups. Only traffic that a rule allows gets through, in either direction. */
export interface SecurityGroups {
  readonly loadBalancer: ec2.SecurityGroup
  /** The way of CloudFront to the load balancer, beside that. Absent where it has none. */
  readonly cdn: ec2.SecurityGroup | undefined
  readonly tasks: ec2.SecurityGroup
  /** The way out of the process that sends to recipients, beside those of all. Absent where there is nobody outside to send to. */
  readonly deposits: ec2.SecurityGroup | undefined
  /** The way to AWS; absent in the shape `small`, which reaches it over the internet. */
  readonly endpoints: ec2.SecurityGroup | undefined
  /** The rules of all of them. */
  readonly rules: readonly CustomResource[]
}

const https = 443
const postgres = 5432
const anywhere = '0.0.0.0/0'

/** The ports at which other tasks reach a task; the load balancer reaches those of the public services alone, the health port never. */
const servicePorts = [...processNames.filter(serves).map(portOf), healthPort]
const balancedPorts: readonly number[] = publicProcesses.map(portOf)

/** The other side of a connection. */
type Other = { referencedSecurityGroupId: Input<string> } | { cidrIpv4: string } | { prefixListId: Input<string> }

/**
 * Creates the security groups and their rules.
 *
 * @param args.block the CIDR block of the network
 */
export function makeSecurityGroups(
  name: string,
  args: { environment: Environment; vpcId: Output<string>; block: string },
  child: CustomResourceOptions,
): SecurityGroups {
  const { environment, vpcId, block } = args
  const makeGroup = (what: string, description: string) =>
    new ec2.SecurityGroup(
      `${name}-${what}`,
      { vpcId, description, tags: { Name: `${environment.name} ${what}` } },
      child,
    )
  const loadBalancer = makeGroup('load-balancer', 'What people and machines reach from outside')
  const tasks = makeGroup('tasks', 'The processes')
  const small = environment.shape === 'small'
  const endpoints = small ? undefined : makeGroup('endpoints', 'How the processes reach AWS')
  const members = (group: ec2.SecurityGroup) => ({ referencedSecurityGroupId: group.id })
  const rules = rulesOf(name, child)

  for (const port of listenerPorts(environment)) {
    allowedCidrs(environment).forEach((cidrIpv4, index) =>
      rules.in(`public-${port}-${index + 1}`, loadBalancer, port, { cidrIpv4 }),
    )
  }
  // In a group of its own: the list counts as 55 rules, and a group may have 60.
  const cdn =
    environment.cdn?.journal === true ? makeGroup('cdn', 'How CloudFront reaches the load balancer') : undefined
  if (cdn) {
    const list = ec2.getManagedPrefixListOutput({ name: cdnPrefixList }, child)
    rules.in('cdn', cdn, cdnPort, { prefixListId: list.id })
  }
  for (const port of servicePorts) {
    if (balancedPorts.includes(port)) {
      rules.out(`balanced-${port}`, loadBalancer, port, members(tasks))
      rules.in(`balanced-${port}`, tasks, port, members(loadBalancer))
    }
    // The processes of one task reach each other without a network.
    if (small) continue
    rules.in(`among-tasks-${port}`, tasks, port, members(tasks))
    rules.out(`among-tasks-${port}`, tasks, port, members(tasks))
  }
  if (endpoints) {
    rules.in('aws', endpoints, https, members(tasks))
    rules.out('aws', tasks, https, members(endpoints))
  }
  rules.out('database', tasks, postgres, { cidrIpv4: block })
  // AWS has no addresses of its own that a rule could name.
  const outside = environment.internet ? [80, https] : small ? [https] : []
  for (const port of outside) rules.out(`internet-${port}`, tasks, port, { cidrIpv4: anywhere })
  if (environment.mail) rules.out('mail', tasks, environment.mail.smtp.port, { cidrIpv4: anywhere })
  const outward = recipientPorts(environment)
  const deposits = outward.length > 0 ? makeGroup('deposits', 'How the deposits reach their recipients') : undefined
  if (deposits)
    for (const ports of outward)
      rules.out(`recipients-${ports.from}`, deposits, ports.from, { cidrIpv4: anywhere }, ports.to)
  return { loadBalancer, cdn, tasks, endpoints, deposits, rules: rules.made }
}

/** Returns functions that create TCP rules for one port, or a way out for a range of them. */
export function rulesOf(name: string, child: CustomResourceOptions) {
  const of = (port: number, group: ec2.SecurityGroup, other: Other, to = port) => ({
    securityGroupId: group.id,
    ipProtocol: 'tcp',
    fromPort: port,
    toPort: to,
    ...other,
  })
  const made: CustomResource[] = []
  const noted = <T extends CustomResource>(rule: T): T => {
    made.push(rule)
    return rule
  }
  return {
    /** The rules so far. */
    made,
    in: (what: string, group: ec2.SecurityGroup, port: number, from: Other) =>
      noted(new vpc.SecurityGroupIngressRule(`${name}-in-${what}`, of(port, group, from), child)),
    out: (what: string, group: ec2.SecurityGroup, port: number, to: Other, last = port) =>
      noted(new vpc.SecurityGroupEgressRule(`${name}-out-${what}`, of(port, group, to, last), child)),
  }
}
