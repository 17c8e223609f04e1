import { isObject, textOf, type Value } from '../../wire/values.ts'
import { ofType, textsOf, type Existing, type Refusal } from './existing.ts'

/** The AWS services without which Fargate cannot start a task: its image (with its layers in S3), its log and its secrets. */
const neededByTasks = ['ecr.api', 'ecr.dkr', 'logs', 'secretsmanager', 's3']

/** A load balancer that the internet reaches needs a gateway in its network, and subnets that lead there. */
export const unreachableBalancer: Refusal = ({ type, inputs }, existing) => {
  if (type !== 'aws:lb/loadBalancer:LoadBalancer' || inputs['internal'] === true) return undefined
  for (const subnet of textsOf(inputs['subnets'])) {
    const vpc = networkOf(subnet, existing)
    if (!ofType(existing, 'InternetGateway').some(({ inputs: gateway }) => gateway['vpcId'] === vpc))
      return `InvalidSubnet: VPC ${textOf(vpc)} has no internet gateway`
    if (!routesOf(subnet, existing).some((route) => route['gatewayId'] !== undefined))
      return `the load balancer cannot be reached: ${subnet} has no route to the internet gateway`
  }
  return undefined
}

/** A task that has no way to its image, log and secrets never starts (ResourceInitializationError), and its service never gets steady. */
export const cutOffService: Refusal = ({ type, inputs }, existing) => {
  const network = inputs['networkConfiguration']
  if (type !== 'aws:ecs/service:Service' || !isObject(network)) return undefined
  const addressed = network['assignPublicIp'] === true
  for (const subnet of textsOf(network['subnets'])) {
    const missing = missingServices(subnet, existing, addressed)
    if (missing.length > 0) return cutOff(`${subnet} has no endpoint and no route for ${missing.join(', ')}`)
  }
  const groups = textsOf(network['securityGroups'])
  const leads = ofType(existing, 'SecurityGroupEgressRule').filter(
    ({ inputs: rule }) => rule['fromPort'] === 443 && groups.includes(textOf(rule['securityGroupId'])),
  )
  const endpoints = ofType(existing, 'VpcEndpoint').flatMap((each) => textsOf(each.inputs['securityGroupIds']))
  const accepts = ofType(existing, 'SecurityGroupIngressRule').some(
    ({ inputs: rule }) =>
      endpoints.includes(textOf(rule['securityGroupId'])) && groups.includes(textOf(rule['referencedSecurityGroupId'])),
  )
  if (leads.length === 0) return cutOff('its security groups let nothing out at port 443')
  if (endpoints.length > 0 && !accepts) return cutOff('the security group of the endpoints lets nothing in from it')
  return undefined
}

const cutOff = (why: string) => `ResourceInitializationError: unable to pull secrets or registry auth: ${why}`

/** A task reaches AWS over a NAT gateway, over the internet if it has an address there, or else over endpoints. */
function missingServices(subnet: string, existing: readonly Existing[], addressed: boolean): string[] {
  const routes = routesOf(subnet, existing)
  if (routes.some((route) => route['natGatewayId'] !== undefined)) return []
  if (addressed && routes.some((route) => route['gatewayId'] !== undefined)) return []
  const vpc = networkOf(subnet, existing)
  const reached = ofType(existing, 'VpcEndpoint')
    .filter(({ inputs }) => inputs['vpcId'] === vpc)
    .map(({ inputs }) => textOf(inputs['serviceName']))
  return neededByTasks.filter((service) => !reached.some((name) => name.endsWith(`.${service}`)))
}

const networkOf = (subnet: string, existing: readonly Existing[]): Value =>
  ofType(existing, 'Subnet').find(({ id }) => id === subnet)?.inputs['vpcId'] ?? 'unknown'

/** The routes of the table that is joined to a subnet. */
function routesOf(subnet: string, existing: readonly Existing[]) {
  const tables = ofType(existing, 'RouteTableAssociation')
    .filter(({ inputs }) => inputs['subnetId'] === subnet)
    .map(({ inputs }) => inputs['routeTableId'])
  return ofType(existing, 'RouteTable')
    .filter(({ id }) => tables.includes(id))
    .flatMap(({ inputs }) => [inputs['routes'] ?? []].flat())
    .filter(isObject)
}
