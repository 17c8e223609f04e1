import type { Input, Output, Resource } from '@pulumi/pulumi'
import { database, type DatabasePlan } from './plan.ts'

/** The database's place in the network. */
export interface DatabaseNetwork {
  subnetGroup: Input<string>
  securityGroupId: Input<string>
}

/** The outputs of a database. */
export interface CreatedDatabase {
  host: Output<string>
  port: Output<number>
  /** The secrets that RDS created in Secrets Manager: exactly one. */
  secrets: Output<{ secretArn: string }[]>
  identifier: Output<string>
  /** The resources that must exist before it accepts connections. */
  ready: Resource[]
}

/** The arguments that an instance and a cluster share. */
export function commonOf(plan: DatabasePlan, network: DatabaseNetwork) {
  return {
    engine: plan.engine,
    engineVersion: plan.version,
    ...(plan.upgrading && { allowMajorVersionUpgrade: true }),
    masterUsername: database,
    manageMasterUserPassword: true, // RDS generates it, keeps it in Secrets Manager and rotates it
    dbSubnetGroupName: network.subnetGroup,
    vpcSecurityGroupIds: [network.securityGroupId],
    storageEncrypted: true,
    backupRetentionPeriod: plan.backupDays,
    copyTagsToSnapshot: true,
    enabledCloudwatchLogsExports: ['postgresql'],
    deletionProtection: plan.kept,
    skipFinalSnapshot: !plan.kept,
    deleteAutomatedBackups: !plan.kept,
    ...(plan.kept && { finalSnapshotIdentifier: `${plan.identifier}-final` }),
    // Production changes in its maintenance window, unless it is being upgraded: the parameters of the former version go at once.
    applyImmediately: !plan.kept || plan.upgrading,
  }
}
