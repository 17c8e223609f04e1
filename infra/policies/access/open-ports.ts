import { isA, notYetKnown, type Checked, type Policy } from '../model/policy.ts'

const everybody = ['0.0.0.0/0', '::/0']

/** Only the load balancer is open to the world. */
export const openPorts: Policy = {
  name: 'no-open-ports',
  description: "No security group is open to the whole world, except the load balancer's.",
  together(resources) {
    const balancers = resources
      .filter((each) => isA(each, 'lb/loadBalancer:LoadBalancer'))
      .flatMap(({ props }): unknown => props['securityGroups'] ?? [])
    if (balancers.includes(notYetKnown)) return []
    return resources
      .filter((each) => letsInEverybody(each) && !balancers.includes(groupOf(each)) && groupOf(each) !== notYetKnown)
      .map((of) => ({
        of,
        message: 'is open to the whole world: name the security group or the addresses that may connect',
      }))
  },
}

const groupOf = (resource: Checked) =>
  isA(resource, 'ec2/securityGroup:SecurityGroup', 'ec2/defaultSecurityGroup:DefaultSecurityGroup')
    ? (resource.id ?? notYetKnown)
    : resource.props['securityGroupId']

function letsInEverybody(resource: Checked): boolean {
  const { props } = resource
  if (isA(resource, 'vpc/securityGroupIngressRule:SecurityGroupIngressRule'))
    return isEverybody(props['cidrIpv4'], props['cidrIpv6'])
  if (isA(resource, 'ec2/securityGroupRule:SecurityGroupRule')) return props['type'] === 'ingress' && admits(props)
  if (!isA(resource, 'ec2/securityGroup:SecurityGroup', 'ec2/defaultSecurityGroup:DefaultSecurityGroup')) return false
  return flat(props['ingress']).some((rule) => admits(Object(rule)))
}

const admits = ({ cidrBlocks, ipv6CidrBlocks }: Readonly<Record<string, unknown>>) =>
  isEverybody(...flat(cidrBlocks), ...flat(ipv6CidrBlocks))
const isEverybody = (...blocks: unknown[]) => blocks.some((block) => everybody.includes(String(block)))
const flat = (value: unknown): unknown[] => (Array.isArray(value) ? value : value === undefined ? [] : [value])
