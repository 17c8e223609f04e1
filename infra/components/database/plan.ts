import type { Environment } from '@continuum/environments'
import { ownName } from '../naming.ts'

type Asked = NonNullable<Environment['database']>

/** Thrown when an environment has a database without a size. A person must change its file. */
export class DatabaseSizeError extends Error {
  override readonly name = 'DatabaseSizeError'
}

/** The name of the database and of its user. */
export const database = 'continuum'

/** A database as data: an RDS instance or an Aurora cluster. */
export interface DatabasePlan {
  identifier: string
  engine: 'postgres' | 'aurora-postgresql'
  size:
    | { kind: 'instance'; class: string; gigabytes: number; standby: boolean }
    | { kind: 'serverless'; min: number; max: number; instances: number }
  /** The major version; minor upgrades happen automatically in the maintenance window. */
  version: string
  /** Allows the major version to be raised, at once. */
  upgrading: boolean
  backupDays: number
  /** The origin of one that does not exist yet; absent: it is made empty. */
  restoreFrom?: { snapshot: string } | { database: string; time?: string }
  /** Protects it from deletion, and takes a final snapshot if it is deleted all the same. */
  kept: boolean
}

/**
 * Plans the database of an environment.
 *
 * @throws DatabaseSizeError
 */
export function databasePlan(environment: Environment, asked: Asked): DatabasePlan {
  return {
    identifier: ownName(environment, 'database'),
    engine: asked.engine === 'rds' ? 'postgres' : 'aurora-postgresql',
    size: sizeOf(environment.name, asked),
    version: asked.version,
    upgrading: asked.upgrade === true,
    backupDays: asked.backupDays,
    ...restoreOf(asked),
    kept: environment.protected,
  }
}

function restoreOf({ restoreFrom: from }: Asked): Pick<DatabasePlan, 'restoreFrom'> {
  if (from?.snapshot !== undefined) return { restoreFrom: { snapshot: from.snapshot } }
  if (from?.database === undefined) return {}
  return { restoreFrom: { database: from.database, ...(from.time !== undefined && { time: from.time }) } }
}

function sizeOf(environment: string, asked: Asked): DatabasePlan['size'] {
  const { engine, class: instanceClass, storageGigabytes, capacity, twoZones } = asked
  if (engine === 'rds') {
    if (instanceClass === undefined || storageGigabytes === undefined)
      throw new DatabaseSizeError(`${environment}: an RDS database needs database.class and database.storageGigabytes`)
    return { kind: 'instance', class: instanceClass, gigabytes: storageGigabytes, standby: twoZones }
  }
  if (!capacity) throw new DatabaseSizeError(`${environment}: an Aurora Serverless database needs database.capacity`)
  return { kind: 'serverless', min: capacity.least, max: capacity.most, instances: twoZones ? 2 : 1 }
}
