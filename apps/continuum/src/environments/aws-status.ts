import { DescribeServicesCommand, ECSClient, type Service } from '@aws-sdk/client-ecs'
import { GetQueueAttributesCommand, type SQSClient } from '@aws-sdk/client-sqs'
import { ListOpenWorkflowExecutionsCommand, UnknownResourceFault, type SWFClient } from '@aws-sdk/client-swf'
import { createClients, namesOf, NoSuchQueueError, queueRoles, queueUrl } from '@continuum/aws-resources'
import { awsNamesOf, processNames, type Environment, type ProcessName } from '@continuum/environments'

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
  readonly name: ProcessName
  /** Null where it was never made. */
  readonly tasks: { readonly desired: number; readonly running: number; readonly pending: number } | null
  /** `COMPLETED`, `IN_PROGRESS` or `FAILED`: how far its last deployment is. */
  readonly deployment: string | null
  /** The last ECS event of the service. */
  readonly lastEvent: string | null
}

export interface QueueStatus {
  readonly name: string
  readonly messages: { readonly waiting: number; readonly underWay: number; readonly dead: number } | null
}

/** Asks ECS, SQS and SWF, all at once. */
export async function awsStatus(environment: Environment): Promise<AwsStatus> {
  const { region } = environment
  const { sqs, swf } = createClients({ region })
  const ecs = new ECSClient({ region })
  const { cluster } = awsNamesOf(environment)
  const { queues, deadLetters, domain } = namesOf(environment)
  const [services, ...depths] = await Promise.all([
    servicesOf(ecs, environment),
    ...queueRoles.map((role) => depthOf(sqs, queues[role], deadLetters[role])),
  ])
  const open = await openExecutions(swf, domain)
  return { environment: environment.name, region, cluster, services, queues: depths, domain, open }
}

async function servicesOf(ecs: ECSClient, environment: Environment): Promise<ServiceStatus[]> {
  const { cluster, service } = awsNamesOf(environment)
  const found = await ecs
    .send(new DescribeServicesCommand({ cluster, services: processNames.map(service) }))
    .then(({ services = [] }) => services)
    .catch((error: unknown): Service[] => {
      // An endpoint that stands in for AWS may have queues and workflows, and no ECS.
      if (error instanceof Error && /^(ClusterNotFound|UnknownOperation)Exception$/.test(error.name)) return []
      throw error
    })
  return processNames.map((name) => {
    const known = found.find(({ serviceName, status }) => serviceName === service(name) && status !== 'INACTIVE')
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

async function depthOf(sqs: SQSClient, name: string, dead: string): Promise<QueueStatus> {
  const [own, letters] = await Promise.all([attributesOf(sqs, name), attributesOf(sqs, dead)])
  if (!own) return { name, messages: null }
  return { name, messages: { waiting: own.waiting, underWay: own.underWay, dead: letters?.waiting ?? 0 } }
}

async function attributesOf(sqs: SQSClient, name: string) {
  try {
    const { Attributes = {} } = await sqs.send(
      new GetQueueAttributesCommand({
        QueueUrl: await queueUrl(sqs, name),
        AttributeNames: ['ApproximateNumberOfMessages', 'ApproximateNumberOfMessagesNotVisible'],
      }),
    )
    return {
      waiting: Number(Attributes.ApproximateNumberOfMessages ?? 0),
      underWay: Number(Attributes.ApproximateNumberOfMessagesNotVisible ?? 0),
    }
  } catch (error) {
    if (error instanceof NoSuchQueueError) return undefined
    throw error
  }
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
