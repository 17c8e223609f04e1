import { rds } from '@pulumi/aws'
import type { CustomResourceOptions } from '@pulumi/pulumi'
import { commonOf, type CreatedDatabase, type DatabaseNetwork } from './common.ts'
import { database, type DatabasePlan } from './plan.ts'
import { clusterOrigin, origins } from './restore.ts'

type Size = Extract<DatabasePlan['size'], { kind: 'serverless' }>

/** The idle time after which Aurora pauses, if its minimum capacity is 0. */
const idleSeconds = 600

/** PostgreSQL on Aurora Serverless. */
export function makeCluster(
  name: string,
  plan: DatabasePlan,
  size: Size,
  network: DatabaseNetwork,
  options: { child: CustomResourceOptions; kept: CustomResourceOptions },
): CreatedDatabase {
  const family = `aurora-postgresql${plan.version}`
  const parameters = new rds.ClusterParameterGroup(
    `${name}-parameters`,
    {
      name: `${plan.identifier}-${family}`,
      family,
      description: `PostgreSQL of ${plan.identifier}`,
      parameters: [{ name: 'rds.force_ssl', value: '1' }],
    },
    options.child,
  )
  const cluster = new rds.Cluster(
    name,
    {
      ...commonOf(plan, network),
      ...clusterOrigin(plan, database),
      clusterIdentifier: plan.identifier,
      engineMode: 'provisioned', // the engine mode of Serverless v2
      serverlessv2ScalingConfiguration: {
        minCapacity: size.min,
        maxCapacity: size.max,
        ...(size.min === 0 && { secondsUntilAutoPause: idleSeconds }),
      },
      dbClusterParameterGroupName: parameters.name,
    },
    { ...options.kept, ignoreChanges: origins },
  )
  const instances = Array.from({ length: size.instances }, (_, index) => {
    const number = index + 1
    return new rds.ClusterInstance(
      `${name}-${number}`,
      {
        identifier: `${plan.identifier}-${number}`,
        clusterIdentifier: cluster.clusterIdentifier,
        engine: 'aurora-postgresql',
        instanceClass: 'db.serverless',
        publiclyAccessible: false,
        autoMinorVersionUpgrade: true,
        copyTagsToSnapshot: true,
      },
      options.child,
    )
  })
  return {
    host: cluster.endpoint,
    port: cluster.port,
    secrets: cluster.masterUserSecrets,
    identifier: cluster.clusterIdentifier,
    ready: instances,
  }
}
