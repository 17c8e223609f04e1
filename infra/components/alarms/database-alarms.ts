import type { Environment } from '@continuum/environments'
import type { Input } from '@pulumi/pulumi'
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

const lasting = { minutes: 15, periodMinutes: 5, silence: 'well' } as const
const standstill = `lax, the journal and the dashboard stand still without it; the bot waits and goes on by itself.`

/** What is told of the database. Aurora's storage grows by itself, so of an Aurora there is no alarm of space. */
export function databaseAlarms(identifier: Input<string>, asked: Asked, freeGigabytes: number): Alarm[] {
  const metric = (name: string, statistic: Metric['statistic']) => ({
    metric: ofDatabase(identifier, asked.engine, name, statistic),
  })
  if (asked.engine === 'aurora-serverless') {
    return [
      {
        key: 'database-capacity',
        watched: metric('ACUUtilization', 'Average'),
        is: 'above',
        threshold: 95,
        ...lasting,
        description: `For 15 minutes the database has used all the capacity that it may (database.capacity.most): queries get slow. ${standstill}\n\nFirst: raise capacity.most in the environment's file and deploy; it takes effect in seconds. Then see in its log which queries took long.`,
      },
    ]
  }
  return [
    {
      key: 'database-space',
      watched: metric('FreeStorageSpace', 'Minimum'),
      is: 'below',
      threshold: freeGigabytes * 1024 ** 3,
      ...lasting,
      description: `The database has less than ${freeGigabytes} GB free. It grows by itself up to four times its first size, but only once in six hours; when it is full, PostgreSQL stops. ${standstill}\n\nFirst: see in the RDS console whether storage is being added. If not, raise database.storageGigabytes in the environment's file and deploy: it is done without a stop. Then look for what grew: a replication slot that nobody reads, or logs.`,
    },
    burstable(asked)
      ? creditsAlarm(metric('CPUCreditBalance', 'Minimum'))
      : processorAlarm(metric('CPUUtilization', 'Average')),
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
    description: `The database's class (db.t...) has nearly used up its CPU credits: it gets slow, or costs more than its price. ${standstill}\n\nFirst: see what is so much work: a feed of many articles ends by itself. If every day is like this, take a larger class, or one that is not db.t, in the environment's file.`,
  }
}

function processorAlarm(watched: Alarm['watched']): Alarm {
  return {
    key: 'database-processor',
    watched,
    is: 'above',
    threshold: 90,
    ...lasting,
    description: `For 15 minutes the database has used more than 90 % of its processors: queries get slow. ${standstill}\n\nFirst: see what is so much work: a feed of many articles ends by itself. If every day is like this, take a larger class in the environment's file.`,
  }
}
