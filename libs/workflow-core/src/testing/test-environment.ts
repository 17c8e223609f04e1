import { RegisterDomainCommand, SWFClient } from '@aws-sdk/client-swf'
import { startAwsLocal, type Clock, type Faults } from '@continuum/aws-local'
import { createWorkflowClient, type WorkflowClient } from '../client/client.ts'
import { registerTypes } from '../client/register.ts'
import type { AnyWorkflow } from '../declare/declared-workflow.ts'
import type { Implementation } from '../declare/implement.ts'
import { type DeciderOptions, startDecider } from '../processes/decider.ts'
import type { Loop } from '../processes/pollers.ts'
import { startWorker } from '../processes/worker.ts'
import { type Logger, silent } from '../values/logger.ts'
import type { PayloadStore } from '../values/payload-store.ts'

/** A local SWF with a domain, and the deciders and workers started on it. */
export interface TestEnvironment extends AsyncDisposable {
  readonly client: WorkflowClient
  readonly swf: SWFClient
  readonly url: string
  /** Number of decisions and activities of all executions that are scheduled or running. */
  openTasks(): number
  /** Faults to inject into this SWF. */
  faults(): Faults
  /** Creates another SWF client, as another process would have. */
  connect(): SWFClient
  /** Creates a workflow client with a store. */
  clientWith(store: PayloadStore): WorkflowClient
  /** Registers the workflows and starts a decider for them. */
  startDecider(workflows: readonly AnyWorkflow[], options?: Partial<DeciderOptions>): Promise<Loop>
  /** Stops SWF, and starts it again with its data once `meanwhile` is done. Needs `data`. */
  restart(meanwhile: () => Promise<void>): Promise<void>
  /** Starts a worker for each of the implementations' task lists. */
  startWorkers(
    implementations: readonly Implementation[],
    options?: { swf?: SWFClient; concurrency?: number; store?: PayloadStore },
  ): Loop[]
}

/** Keeps polls open for ever, so that the next work on a virtual clock is never the end of an empty poll. */
const pollSeconds = 10_000_000_000

/** Starts a test environment; disposing of it stops everything in it. */
export async function startTestEnvironment({
  clock,
  logger = silent,
  data,
  store,
}: { clock?: Clock; logger?: Logger; data?: string; store?: PayloadStore } = {}): Promise<TestEnvironment> {
  const stored = store === undefined ? {} : { store }
  const server = { ...(clock === undefined ? {} : { clock, pollSeconds }), ...(data === undefined ? {} : { data }) }
  let aws = await startAwsLocal(server)
  const { url } = aws
  const domain = 'Publish.test'
  const taskList = 'decisions'
  const clients: SWFClient[] = []
  const loops: Loop[] = []
  const connect = (options: { maxAttempts?: number } = {}) => {
    const credentials = { accessKeyId: 'local', secretAccessKey: 'local' }
    const swf = new SWFClient({ endpoint: url, region: 'us-east-1', credentials, ...options })
    clients.push(swf)
    return swf
  }
  const swf = connect()
  await swf.send(new RegisterDomainCommand({ name: domain, workflowExecutionRetentionPeriodInDays: '90' }))

  return {
    swf,
    url,
    openTasks: () => aws.domain(domain).openTasks(),
    faults: () => aws.faults,
    connect,
    client: createWorkflowClient({ swf, domain, taskList, ...stored }),
    clientWith: (own) => createWorkflowClient({ swf, domain, taskList, store: own }),
    startDecider: async (workflows, options) => {
      await registerTypes({ swf, domain, workflows, taskLists: { decisions: taskList } })
      const common = { domain, taskList, concurrency: 2, logger, ...stored }
      const loop = startDecider({ ...common, swf: connect(), workflows, ...options })
      loops.push(loop)
      return loop
    },
    startWorkers: (implementations, { swf: own = swf, ...options } = {}) => {
      const lists = Map.groupBy(implementations, ({ activity }) => activity.taskList)
      const started = Array.from(lists, ([list, implementationsOfList]) =>
        startWorker({
          swf: own,
          pollingSwf: connect({ maxAttempts: 1 }),
          domain,
          taskList: list,
          implementations: implementationsOfList,
          concurrency: 4,
          logger,
          ...stored,
          ...options,
        }),
      )
      loops.push(...started)
      return started
    },
    restart: async (meanwhile) => {
      await aws.close()
      await meanwhile()
      aws = await startAwsLocal({ ...server, port: Number(new URL(url).port) })
    },
    [Symbol.asyncDispose]: async () => {
      await Promise.all(loops.map((loop) => loop.stop(200)))
      for (const client of clients) client.destroy()
      await aws.close()
    },
  }
}
