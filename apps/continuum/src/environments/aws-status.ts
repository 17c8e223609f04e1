import { DescribeServicesCommand, ECSClient, type Service } from '@aws-sdk/client-ecs'
import { ListOpenWorkflowExecutionsCommand, UnknownResourceFault, type SWFClient } from '@aws-sdk/client-swf'
import { createClients, depthsOf, namesOf, type QueueStatus } from '@continuum/aws-resources'
import { awsNamesOf, processNames, type Environment } from '@continuum/environments'

/** The state of an environment in AWS, as `continuum env status --json` prints it. A missing part is null. */
export interface AwsStatus {
  readonly environment: string
  readonly region: string
  readonly cluster: string
  readonly services: readonly ServiceStatus[]
  readonly queues: readonly QueueStatus[]
  readonly domain: string
  /** Open executions by workflow; null if the domain does not exist. */
  readonly open: Readonly<Record<string, number>> | null
}

export interface ServiceStatus {
  /** The process, or in the shape `small` the one service of all. */
  readonly name: string
  /** Null where it was never made. */
  readonly tasks: { readonly desired: number; readonly running: number; readonly pending: number } | null
  /** `COMPLETED`, `IN_PROGRESS` or `FAILED`: how far its last deployment is. */
  readonly deployment: string | null
  /** The last ECS event of the service. */
  readonly lastEvent: string | null
}

/** Asks ECS, SQS and SWF, all at once. */
export async function awsStatus(environment: Environment): Promise<AwsStatus> {
  const { region } = environment
  const { sqs, swf } = createClients({ region })
  const ecs = new ECSClient({ region })
  const { cluster } = awsNamesOf(environment)
  const names = namesOf(environment)
  const { domain } = names
  const [services, queues] = await Promise.all([servicesOf(ecs, environment), depthsOf(sqs, names)])
  const open = await openExecutions(swf, domain)
  return { environment: environment.name, region, cluster, services, queues, domain, open }
}

/** ECS describes ten services at a time. */
const mostServices = 10

const chunksOf = <T>(all: readonly T[], size: number): T[][] =>
  Array.from({ length: Math.ceil(all.length / size) }, (_, at) => all.slice(at * size, (at + 1) * size))

async function servicesOf(ecs: ECSClient, environment: Environment): Promise<ServiceStatus[]> {
  const { cluster, service } = awsNamesOf(environment)
  const names = [...new Set(processNames.map(service))]
  const asked = chunksOf(names, mostServices).map((services) =>
    ecs.send(new DescribeServicesCommand({ cluster, services })).then(({ services: known = [] }) => known),
  )
  const found = await Promise.all(asked)
    .then((each) => each.flat())
    .catch((error: unknown): Service[] => {
      // An endpoint that stands in for AWS may have queues and workflows, and no ECS.
      if (error instanceof Error && /^(ClusterNotFound|UnknownOperation)Exception$/.test(error.name)) return []
      throw error
    })
  return names.map((name) => {
    const known = found.find(({ serviceName, status }) => serviceName === name && status !== 'INACTIVE')
    if (!known) return { name, tasks: null, deployment: null, lastEvent: null }
    const { desiredCount: desired = 0, runningCount: running = 0, pendingCount: pending = 0 } = known
    return {
      name,
      tasks: { desired, running, pending },
      deployment: known.deployments?.find(({ status }) => status === 'PRIMARY')?.rolloutState ?? null,
      lastEvent: known.events?.[0]?.message ?? null,
    }
  })
}

/** Nothing of ours is older: an execution may last seven days. */
const oldest = () => new Date(Date.now() - 366 * 24 * 3600 * 1000)

async function openExecutions(swf: SWFClient, domain: string): Promise<Record<string, number> | null> {
  const counts: Record<string, number> = {}
  let nextPageToken: string | undefined
  try {
    do {
      const { executionInfos = [], nextPageToken: next } = await swf.send(
        new ListOpenWorkflowExecutionsCommand({ domain, startTimeFilter: { oldestDate: oldest() }, nextPageToken }),
      )
      for (const { workflowType } of executionInfos) {
        const name = workflowType?.name ?? ''
        counts[name] = (counts[name] ?? 0) + 1
      }
      nextPageToken = next
    } while (nextPageToken !== undefined)
    return counts
  } catch (error) {
    if (error instanceof UnknownResourceFault) return null
    throw error
  }
}
