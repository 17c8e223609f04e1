import type { Environment } from '@continuum/environments'
import { ec2 } from '@pulumi/aws'
import { output, type CustomResource, type CustomResourceOptions, type Output } from '@pulumi/pulumi'
import { endpointPolicies, secretsPolicy, type EndpointService, type Reached } from './endpoint-policies.ts'
import { rulesOf, type SecurityGroups } from './security-groups.ts'

/** The AWS services that every task needs beside its secrets: its image, its log, queues and workflows. */
const always = ['ecr.api', 'ecr.dkr', 'logs', 'sqs', 'swf'] as const
/** The service that a shell in a task needs. */
const forExec = ['ssmmessages'] as const

/**
 * Creates the VPC endpoints, through which tasks reach AWS without the internet. Each costs by zone and hour, so an unprotected
 * environment has them in one zone only; tasks in the other zone reach them unless that zone is down. The one of S3 is free, and the
 * only one of the shape `small`, whose tasks reach AWS over the internet.
 *
 * @param args.reached what gets through them
 * @returns all that a task needs to reach AWS, and the id of the endpoint of the secrets, if there is one: its policy follows
 */
export function makeEndpoints(
  name: string,
  args: {
    environment: Environment
    exec: boolean
    vpcId: Output<string>
    subnetIds: Output<string>[]
    routeTableIds: Output<string>[]
    groups: SecurityGroups
    reached: Output<Reached>
  },
  child: CustomResourceOptions,
): { needed: CustomResource[]; secretsId: Output<string> | undefined } {
  const { environment, exec, vpcId, subnetIds, routeTableIds, groups, reached } = args
  const policies = reached.apply(endpointPolicies)
  const policyOf = (service: EndpointService) => policies.apply((all) => JSON.stringify(all[service]))
  const make = (service: EndpointService | 'secretsmanager', more: Partial<ec2.VpcEndpointArgs>) =>
    new ec2.VpcEndpoint(
      `${name}-to-${service}`,
      {
        vpcId,
        serviceName: `com.amazonaws.${environment.region}.${service}`,
        tags: { Name: `${environment.name} ${service}` },
        ...(service !== 'secretsmanager' && { policy: policyOf(service) }),
        ...more,
      },
      child,
    )
  const s3 = make('s3', { vpcEndpointType: 'Gateway', routeTableIds })
  const rule = rulesOf(name, child).out('s3', groups.tasks, 443, { prefixListId: s3.prefixListId })
  const { endpoints } = groups
  if (!endpoints) return { needed: [s3, rule], secretsId: undefined }
  const interfaces = (service: EndpointService | 'secretsmanager') =>
    make(service, {
      vpcEndpointType: 'Interface',
      privateDnsEnabled: true,
      subnetIds: environment.protected ? subnetIds : subnetIds.slice(0, 1),
      securityGroupIds: [endpoints.id],
    })
  const secrets = interfaces('secretsmanager')
  const others = [...always, ...(exec ? forExec : [])].map((service) => interfaces(service))
  return { needed: [s3, rule, secrets, ...others], secretsId: secrets.id }
}

/**
 * Closes the endpoint of the secrets to all but those of the environment: the database has one of its own, which is known only once it
 * is made, in a network whose tasks reach AWS already.
 */
export function closeSecretsEndpoint(
  name: string,
  args: { endpointId: Output<string>; account: Output<string>; secrets: Output<string[]> },
  options: CustomResourceOptions,
): void {
  const policy = output(args).apply(({ account, secrets }) => JSON.stringify(secretsPolicy(account, secrets)))
  new ec2.VpcEndpointPolicy(name, { vpcEndpointId: args.endpointId, policy }, options)
}
