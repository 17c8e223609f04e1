import type { Input, Output, Resource } from '@pulumi/pulumi'
import { database, postgresVersion, type DatabasePlan } from './plan.ts'

/** Where in the network it stands. */
export interface Surroundings {
  subnetGroup: Input<string>
  securityGroupId: Input<string>
}

/** What there is to know of a database once it is made. */
export interface Made {
  host: Output<string>
  port: Output<number>
  /** Those that RDS made in Secrets Manager: one. */
  secrets: Output<{ secretArn: string }[]>
  identifier: Output<string>
  /** What must be there before it answers. */
  ready: Resource[]
}

/** What is said in the same way of an instance and of a cluster. */
export function commonOf(plan: DatabasePlan, around: Surroundings) {
  return {
    engine: plan.engine,
    engineVersion: postgresVersion,
    databaseName: database,
    masterUsername: database,
    manageMasterUserPassword: true, // RDS draws it, keeps it in Secrets Manager and changes it: nobody knows it
    dbSubnetGroupName: around.subnetGroup,
    vpcSecurityGroupIds: [around.securityGroupId],
    storageEncrypted: true,
    backupRetentionPeriod: plan.backupDays,
    copyTagsToSnapshot: true,
    enabledCloudwatchLogsExports: ['postgresql'],
    deletionProtection: plan.kept,
    skipFinalSnapshot: !plan.kept,
    deleteAutomatedBackups: !plan.kept,
    ...(plan.kept && { finalSnapshotIdentifier: `${plan.identifier}-final` }),
    // What readers see changes in the hours of maintenance; elsewhere nobody wants to wait.
    applyImmediately: !plan.kept,
  }
}
