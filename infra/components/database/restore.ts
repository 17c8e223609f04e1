import type { Environment } from '@continuum/environments'
import { ownName } from '../naming.ts'
import type { DatabasePlan } from './plan.ts'

/**
 * The inputs that matter only while a database is made. AWS would replace a database whose origin changes, so a change of them is ignored:
 * neither naming a snapshot nor taking its name away touches a database that exists.
 */
export const origins = ['snapshotIdentifier', 'restoreToPointInTime', 'dbName', 'databaseName']

/** The origin of an RDS instance. What is restored has its database already. */
export function instanceOrigin({ restoreFrom: from }: DatabasePlan, databaseName: string) {
  if (!from) return { dbName: databaseName }
  if ('snapshot' in from) return { snapshotIdentifier: from.snapshot }
  const source = from.database.startsWith('db-')
    ? { sourceDbiResourceId: from.database }
    : { sourceDbInstanceIdentifier: from.database }
  return {
    restoreToPointInTime: {
      ...source,
      ...(from.time === undefined ? { useLatestRestorableTime: true } : { restoreTime: from.time }),
    },
  }
}

/** The origin of an Aurora cluster. */
export function clusterOrigin({ restoreFrom: from }: DatabasePlan, databaseName: string) {
  if (!from) return { databaseName }
  if ('snapshot' in from) return { snapshotIdentifier: from.snapshot }
  const source = from.database.startsWith('cluster-')
    ? { sourceClusterResourceId: from.database }
    : { sourceClusterIdentifier: from.database }
  return {
    restoreToPointInTime: {
      ...source,
      ...(from.time === undefined ? { useLatestRestorableTime: true } : { restoreToTime: from.time }),
    },
  }
}

/** Says what `restoreFrom` does, for a preview shows no change where the database exists. */
export function restoreNotices(environment: Environment): readonly string[] {
  const from = environment.database?.restoreFrom
  if (!from) return []
  const name = ownName(environment, 'database')
  const origin =
    from.snapshot === undefined
      ? `${from.database} as it was at ${from.time ?? 'its last moment'}`
      : `the snapshot ${from.snapshot}`
  return [
    `${name} is restored from ${origin} if it does not exist. A database that exists stays as it is: to put a restored one in its place see docs/recovery.md.`,
  ]
}
