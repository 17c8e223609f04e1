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

/** An SWF of its own with a domain in it, and whatever deciders and workers are put on it. */
export interface Stage extends AsyncDisposable {
  readonly client: WorkflowClient
  readonly swf: SWFClient
  readonly url: string
  /** What this SWF is to fail at. */
  faults(): Faults
  /** Another client of it, as a process would have. */
  connect(): SWFClient
  /** A client that has a store of its own. */
  clientWith(store: PayloadStore): WorkflowClient
  /** Registers the workflows and starts a decider for them. */
  decider(workflows: readonly AnyWorkflow[], options?: Partial<DeciderOptions>): Promise<Loop>
  /** Takes SWF away, and brings it back with all it knew once `meanwhile` is done. Needs `data`. */
  restart(meanwhile: () => Promise<void>): Promise<void>
  /** Starts a worker for each of the implementations' task lists. */
  workers(
    implementations: readonly Implementation[],
    options?: { swf?: SWFClient; concurrency?: number; store?: PayloadStore },
  ): Loop[]
}

/** No poll ends by itself: with a clock that is turned by hand, the next thing due is always one that matters. */
const pollSeconds = 10_000_000_000

/** Stops whatever still runs when it is disposed of. */
export async function openStage({
  clock,
  logger = silent,
  data,
  store,
}: { clock?: Clock; logger?: Logger; data?: string; store?: PayloadStore } = {}): Promise<Stage> {
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
    faults: () => aws.faults,
    connect,
    client: createWorkflowClient({ swf, domain, taskList, ...stored }),
    clientWith: (own) => createWorkflowClient({ swf, domain, taskList, store: own }),
    decider: async (workflows, options) => {
      await registerTypes({ swf, domain, workflows, taskLists: { decisions: taskList } })
      const common = { domain, taskList, concurrency: 2, logger, ...stored }
      const loop = startDecider({ ...common, swf: connect(), workflows, ...options })
      loops.push(loop)
      return loop
    },
    workers: (implementations, { swf: own = swf, ...options } = {}) => {
      const lists = Map.groupBy(implementations, ({ activity }) => activity.taskList)
      const started = Array.from(lists, ([list, those]) =>
        startWorker({
          swf: own,
          pollingSwf: connect({ maxAttempts: 1 }),
          domain,
          taskList: list,
          implementations: those,
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
