import { rds } from '@pulumi/aws'
import type { CustomResourceOptions } from '@pulumi/pulumi'
import { commonOf, type CreatedDatabase, type DatabaseNetwork } from './common.ts'
import { database, type DatabasePlan } from './plan.ts'
import { instanceOrigin, origins } from './restore.ts'

type Size = Extract<DatabasePlan['size'], { kind: 'instance' }>

/** The factor by which storage may grow automatically. */
const storageGrowth = 4

/** PostgreSQL on an RDS instance. */
export function makeInstance(
  name: string,
  plan: DatabasePlan,
  size: Size,
  network: DatabaseNetwork,
  options: { child: CustomResourceOptions; kept: CustomResourceOptions },
): CreatedDatabase {
  const family = `postgres${plan.version}`
  const parameters = new rds.ParameterGroup(
    `${name}-parameters`,
    {
      name: `${plan.identifier}-${family}`,
      family,
      description: `PostgreSQL of ${plan.identifier}`,
      parameters: [{ name: 'rds.force_ssl', value: '1' }],
    },
    options.child,
  )
  const { masterUsername, ...common } = commonOf(plan, network)
  const instance = new rds.Instance(
    name,
    {
      ...common,
      identifier: plan.identifier,
      ...instanceOrigin(plan, database),
      username: masterUsername,
      instanceClass: size.class,
      allocatedStorage: size.gigabytes,
      maxAllocatedStorage: size.gigabytes * storageGrowth,
      storageType: 'gp3',
      multiAz: size.standby,
      publiclyAccessible: false,
      autoMinorVersionUpgrade: true,
      parameterGroupName: parameters.name,
    },
    { ...options.kept, ignoreChanges: origins },
  )
  return {
    host: instance.address,
    port: instance.port,
    secrets: instance.masterUserSecrets,
    identifier: instance.identifier,
    ready: [instance],
  }
}
