import type { Environment } from '@continuum/environments'
import { ownName } from '../naming.ts'

type Asked = NonNullable<Environment['database']>

/** Thrown where an environment asks for a database but does not say how large. For a person: its file is to be changed. */
export class UnsizedDatabase extends Error {
  override readonly name = 'UnsizedDatabase'
}

/** The major version; minor ones come by themselves, in the hours of maintenance. */
export const postgresVersion = '17'
/** The database and its user. */
export const database = 'continuum'

/** What an RDS instance and an Aurora cluster have in common. */
export interface DatabasePlan {
  identifier: string
  engine: 'postgres' | 'aurora-postgresql'
  size:
    | { kind: 'instance'; class: string; gigabytes: number; standby: boolean }
    | { kind: 'serverless'; least: number; most: number; instances: number }
  backupDays: number
  /** Refuses to be deleted, and leaves a snapshot where it is deleted nevertheless. */
  kept: boolean
}

/**
 * What an environment's database is to be.
 *
 * @throws UnsizedDatabase
 */
export function databasePlan(environment: Environment, asked: Asked): DatabasePlan {
  return {
    identifier: ownName(environment, 'database'),
    engine: asked.engine === 'rds' ? 'postgres' : 'aurora-postgresql',
    size: sizeOf(environment.name, asked),
    backupDays: asked.backupDays,
    kept: environment.protected,
  }
}

function sizeOf(environment: string, asked: Asked): DatabasePlan['size'] {
  const { engine, class: instanceClass, storageGigabytes, capacity, twoZones } = asked
  if (engine === 'rds') {
    if (instanceClass === undefined || storageGigabytes === undefined)
      throw new UnsizedDatabase(`${environment}: an RDS database needs database.class and database.storageGigabytes`)
    return { kind: 'instance', class: instanceClass, gigabytes: storageGigabytes, standby: twoZones }
  }
  if (!capacity) throw new UnsizedDatabase(`${environment}: an Aurora Serverless database needs database.capacity`)
  return { kind: 'serverless', ...capacity, instances: twoZones ? 2 : 1 }
}
