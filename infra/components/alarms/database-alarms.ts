import type { Environment } from '@continuum/environments'
import type { Input } from '@pulumi/pulumi'
import { maxConnections } from '../database/connections.ts'
import type { Alarm, Metric } from './alarm.ts'

type Asked = NonNullable<Environment['database']>

/** A metric of the instance or, for Aurora, of the cluster. */
export function ofDatabase(
  identifier: Input<string>,
  engine: Asked['engine'],
  name: string,
  statistic: Metric['statistic'],
): Metric {
  const dimension = engine === 'rds' ? 'DBInstanceIdentifier' : 'DBClusterIdentifier'
  return { namespace: 'AWS/RDS', name, dimensions: { [dimension]: identifier }, statistic }
}

const lasting = { minutes: 15, periodMinutes: 5, missingData: 'notBreaching' } as const
const standstill = `Without it lax, the journal and the dashboard are down; the bot waits and continues automatically.`

/** The alarms of the database. Aurora's storage grows automatically, so there is no alarm for its free space. */
export function databaseAlarms(identifier: Input<string>, asked: Asked, freeGigabytes: number): Alarm[] {
  const metric = (name: string, statistic: Metric['statistic']) => ({
    metric: ofDatabase(identifier, asked.engine, name, statistic),
  })
  const connections = connectionsAlarm(metric('DatabaseConnections', 'Maximum'), maxConnections(asked))
  if (asked.engine === 'aurora-serverless') {
    return [
      connections,
      {
        key: 'database-capacity',
        watched: metric('ACUUtilization', 'Average'),
        is: 'above',
        threshold: 95,
        ...lasting,
        description: `The database has been at its maximum capacity (database.capacity.most) for 15 minutes: queries are slow. ${standstill}\n\nFirst: raise capacity.most in the environment's file and deploy; it takes effect within seconds. Then look for slow queries in its log.`,
      },
    ]
  }
  return [
    connections,
    {
      key: 'database-space',
      watched: metric('FreeStorageSpace', 'Minimum'),
      is: 'below',
      threshold: freeGigabytes * 1024 ** 3,
      ...lasting,
      description: `The database has less than ${freeGigabytes} GB free. Its storage grows automatically up to four times its initial size, but only once in six hours; when it is full, PostgreSQL stops. ${standstill}\n\nFirst: check in the RDS console whether storage is being added. If not, raise database.storageGigabytes in the environment's file and deploy: this needs no downtime. Then find out what grew: a replication slot that nobody reads, or logs.`,
    },
    ...(burstable(asked) ? [creditsAlarm(metric('CPUCreditBalance', 'Minimum'))] : []),
    processorAlarm(metric('CPUUtilization', 'Average')),
  ]
}

const burstable = ({ class: instanceClass = '' }: Asked) => instanceClass.startsWith('db.t')

function creditsAlarm(watched: Alarm['watched']): Alarm {
  return {
    key: 'database-credits',
    watched,
    is: 'below',
    threshold: 20,
    ...lasting,
    description: `The database (class db.t...) has nearly used up its CPU credits: it will slow down, or cost extra. ${standstill}\n\nFirst: find the cause of the load; feeding in many articles is temporary. If it happens every day, choose a larger class, or one other than db.t, in the environment's file.`,
  }
}

function processorAlarm(watched: Alarm['watched']): Alarm {
  return {
    key: 'database-processor',
    watched,
    is: 'above',
    threshold: 90,
    ...lasting,
    description: `The CPU of the database has been above 90% for 15 minutes: queries are slow. ${standstill}\n\nFirst: find the cause of the load; feeding in many articles is temporary. If it happens every day, choose a larger class in the environment's file.`,
  }
}

function connectionsAlarm(watched: Alarm['watched'], max: number): Alarm {
  const threshold = Math.floor(max * 0.8)
  return {
    key: 'database-connections',
    watched,
    is: 'above',
    threshold,
    ...lasting,
    description: `The database has had more than ${threshold} connections for 15 minutes; it refuses further ones at about ${max}. ${standstill}\n\nFirst: see whose they are: psql -c "select usename, state, count(*) from pg_stat_activity group by 1, 2 order by 3 desc". One service with many: lower its number of tasks, or replace them. All of them: choose a larger class (database.class, for Aurora capacity.most) in the environment's file.`,
  }
}
