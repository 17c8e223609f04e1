import { isObject, textOf } from '../proofs/wire/values.ts'
import { works } from './assumptions.ts'
import { fixed, NotPricedError, numberOf, used, type Rule } from './line.ts'
import { hours, instances, prices } from './prices.ts'

/** RDS instances, with the secret that each has; backups as large as the storage are in its price. */
export const databases: Rule = (all) =>
  all.flatMap(({ inputs }) => {
    const of = textOf(inputs['instanceClass'])
    const price = instances.get(of)
    if (!price) throw new NotPricedError(`an RDS instance of the class ${of}`)
    const zones = inputs['multiAz'] === true ? 2 : 1
    return [
      fixed(`database ${of}`, zones * hours, price),
      fixed('storage of the database', zones * numberOf(inputs['allocatedStorage']), prices.databaseGigabyte),
      ...(inputs['manageMasterUserPassword'] === true ? [fixed('secrets', 1, prices.secret)] : []),
    ]
  })

/** The least that Aurora Serverless takes while it runs. It runs: the services hear of changes by connections that stay (LISTEN). */
const running = 0.5

export const clusters: Rule = (all, { resources }) =>
  all.flatMap(({ inputs }) => {
    const scaling = inputs['serverlessv2ScalingConfiguration'] ?? null
    const least = isObject(scaling) ? numberOf(scaling['minCapacity']) : 0
    const members = resources.filter(({ type }) => type === 'aws:rds/clusterInstance:ClusterInstance').length
    return [
      fixed('database, Aurora Serverless at its least', members * Math.max(least, running) * hours, prices.acu),
      used('storage of the database', works.auroraGigabytes, prices.auroraGigabyte),
      ...(inputs['manageMasterUserPassword'] === true ? [fixed('secrets', 1, prices.secret)] : []),
    ]
  })

/** All buckets together: the copies of each package since the environment began. Readers load from a bucket where CloudFront is not. */
export const buckets: Rule = (_, { resources, assumptions: { articles, megabytes, months, gigabytes } }) => [
  ...(resources.some(({ type }) => type === 'aws:cloudfront/distribution:Distribution')
    ? []
    : [used('files to readers', gigabytes, prices.outward)]),
  used('files in the buckets', (articles * megabytes * months * works.copies) / 1024, prices.stored),
  used('writing of files', (articles * works.puts) / 1000, prices.put),
  used('reading of files', (articles * works.gets) / 1000, prices.get),
]

/** The copy of the archive in another region: what it holds, and the way there. */
export const copies: Rule = (_, { assumptions: { articles, megabytes, months } }) => [
  used('copy of the archive', (articles * megabytes * months) / 1024, prices.stored),
  used('files to the copy of the archive', (articles * megabytes) / 1024, prices.betweenRegions),
]

/** All queues together: what waits for messages asks again and again, the messages of articles hardly count. */
export const queues: Rule = (_, { assumptions: { articles } }) => {
  const waiting = (works.receivers * hours * 3600) / works.receiveSeconds
  return [used('requests to the queues', (waiting + articles * works.messages) / 1e6, prices.messages)]
}

export const domains: Rule = (all, { assumptions: { articles } }) => {
  const days = Math.max(...all.map(({ inputs }) => numberOf(inputs['workflowExecutionRetentionPeriodInDays'])))
  const executions = articles * works.executions
  return [
    used('workflow executions', executions, prices.execution),
    used('tasks of workflows', articles * works.workflowTasks, prices.workflowTask),
    used('histories that are kept', executions * days, prices.executionKept),
  ]
}

export const secrets: Rule = (all) => [fixed('secrets', all.length, prices.secret)]

export const keys: Rule = (all) => [fixed('encryption keys', all.length, prices.key)]

export const repositories: Rule = (all) => [used('images', all.length * works.images, prices.image)]
