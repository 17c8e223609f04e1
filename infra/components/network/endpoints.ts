import type { Environment } from '@continuum/environments'
import { ec2 } from '@pulumi/aws'
import type { CustomResource, CustomResourceOptions, Output } from '@pulumi/pulumi'
import { rulesOf, type SecurityGroups } from './security-groups.ts'

/** The AWS services that every task needs: its image, its log, its secrets, queues and workflows. */
const always = ['ecr.api', 'ecr.dkr', 'logs', 'secretsmanager', 'sqs', 'swf'] as const
/** The service that a shell in a task needs. */
const forExec = ['ssmmessages'] as const

/**
 * Creates the VPC endpoints, through which tasks reach AWS without the internet. Each costs by zone and hour, so an unprotected
 * environment has them in one zone only; tasks in the other zone reach them unless that zone is down. The one of S3 is free, and the
 * only one of the shape `small`, whose tasks reach AWS over the internet.
 *
 * @returns all that a task needs to reach AWS
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
  },
  child: CustomResourceOptions,
): CustomResource[] {
  const { environment, exec, vpcId, subnetIds, routeTableIds, groups } = args
  const make = (service: string, more: Partial<ec2.VpcEndpointArgs>) =>
    new ec2.VpcEndpoint(
      `${name}-to-${service}`,
      {
        vpcId,
        serviceName: `com.amazonaws.${environment.region}.${service}`,
        tags: { Name: `${environment.name} ${service}` },
        ...more,
      },
      child,
    )
  const s3 = make('s3', { vpcEndpointType: 'Gateway', routeTableIds })
  const rule = rulesOf(name, child).out('s3', groups.tasks, 443, { prefixListId: s3.prefixListId })
  const { endpoints } = groups
  if (!endpoints) return [s3, rule]
  const services = [...always, ...(exec ? forExec : [])].map((service) =>
    make(service, {
      vpcEndpointType: 'Interface',
      privateDnsEnabled: true,
      subnetIds: environment.protected ? subnetIds : subnetIds.slice(0, 1),
      securityGroupIds: [endpoints.id],
    }),
  )
  return [s3, rule, ...services]
}
