import { isObject, listOf, type Properties, type Value } from '../wire/values.ts'
import type { PlannedResource } from './resource.ts'

/**
 * Finds the ways by which somebody outside an environment's own tasks could reach a port of theirs, such as that of `/metrics`.
 *
 * @returns the faults, each with the resource's name
 */
export function waysTo(port: number, resources: readonly PlannedResource[]): string[] {
  const ofType = (type: string) => resources.filter((each) => each.type === type)
  const balancers = new Set(
    ofType('aws:lb/loadBalancer:LoadBalancer').flatMap(({ inputs }) => inputs['securityGroups']),
  )
  const isPort = (value: Value | undefined) => Number(value) === port
  const find = (type: string, reaches: (inputs: Properties) => boolean, fault: string) =>
    ofType(type)
      .filter(({ inputs }) => reaches(inputs))
      .map(({ name }) => `${name} ${fault}`)
  return [
    ...find('aws:lb/targetGroup:TargetGroup', ({ port: to }) => isPort(to), 'forwards to it'),
    ...find(
      'aws:lb/targetGroup:TargetGroup',
      ({ healthCheck }) => isPort(partOf(healthCheck, 'port')) || partOf(healthCheck, 'path') === '/metrics',
      'asks it, or for metrics, as a health check',
    ),
    ...find('aws:lb/listener:Listener', ({ port: at }) => isPort(at), 'listens at it'),
    ...find(
      'aws:ecs/service:Service',
      ({ loadBalancers }) => listOf(loadBalancers).some((each) => isPort(partOf(each, 'containerPort'))),
      'gives it to the load balancer',
    ),
    ...find(
      'aws:cloudfront/distribution:Distribution',
      ({ origins }) =>
        listOf(origins).some((each) => {
          const custom = partOf(each, 'customOriginConfig')
          return isPort(partOf(custom, 'httpPort')) || isPort(partOf(custom, 'httpsPort'))
        }),
      'has it as an origin',
    ),
    ...find(
      'aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule',
      (rule) => covers(rule, port) && rule['referencedSecurityGroupId'] !== rule['securityGroupId'],
      'lets others than the tasks in',
    ),
    ...find(
      'aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule',
      (rule) => covers(rule, port) && balancers.has(rule['securityGroupId']),
      'lets the load balancer out to it',
    ),
    ...find(
      'aws:ec2/securityGroup:SecurityGroup',
      ({ ingress }) => listOf(ingress).some((rule) => isObject(rule) && covers(rule, port)),
      'lets others in by a rule of its own',
    ),
  ]
}

/** True for a rule of a security group that speaks of the port. */
function covers({ ipProtocol, protocol, fromPort, toPort }: Properties, port: number): boolean {
  if ([ipProtocol, protocol].map(String).includes('-1')) return true
  return Number(fromPort) <= port && port <= Number(toPort)
}

const partOf = (value: Value | undefined, part: string): Value | undefined =>
  isObject(value) ? value[part] : undefined
