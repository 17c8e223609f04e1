/**
 * Measures the cost of an execution for a decider: `npm run -s bench:replay`. The time to replay a whole history, by its length (the first decision
 * after a restart); and the memory of an execution that is carried along while it waits, beside 200 others.
 */
import { RegisterDomainCommand, SWFClient } from '@aws-sdk/client-swf'
import {
  createWorkflowClient,
  decide,
  implement,
  registerTypes,
  startDecider,
  startWorker,
} from '@continuum/workflow-core'
import { startServer } from '../aws/server.ts'
import { domain, nothing, taskLists } from '../steps/workflow.ts'
import { historyOf } from './history.ts'
import { endless, stepsThenWait } from './workflows.ts'

const executions = 200
const steps = 10
await using aws = await startServer()
const connect = () =>
  new SWFClient({
    endpoint: aws.url,
    region: 'us-east-1',
    credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
  })
const swf = connect()
await swf.send(new RegisterDomainCommand({ name: domain, workflowExecutionRetentionPeriodInDays: '1' }))
await registerTypes({ swf, domain, workflows: [stepsThenWait], taskLists })
const logger = { debug: () => {}, info: () => {}, warn: console.error, error: console.error }
const common = { domain, concurrency: 20, logger }
const decider = startDecider({ ...common, swf: connect(), taskList: taskLists.decisions, workflows: [stepsThenWait] })
const implementations = [implement(nothing, async (input) => input)]
const worker = startWorker({ ...common, swf, pollingSwf: connect(), taskList: taskLists.activities, implementations })
const client = createWorkflowClient({ swf, domain, taskList: taskLists.decisions })

/** Starts so many, some at a time, and waits until each has done its steps. */
async function opened(prefix: string, count: number): Promise<void> {
  const waiting = Array.from({ length: count }, (_, index) => `${prefix}-${index}`).values()
  const line = async () => {
    for (const workflowId of waiting) {
      const { runId = '' } = await client.start(stepsThenWait, { workflowId, input: { steps, text: 'x'.repeat(500) } })
      for (let timers = 0; timers === 0; await new Promise((resolve) => setTimeout(resolve, 50))) {
        timers = (await client.describe({ workflowId, runId }))?.openCounts?.openTimers ?? 0
      }
    }
  }
  await Promise.all(Array.from({ length: 20 }, line))
}
await opened('warm-up', 100)
const before = await heap()
await opened('open', executions)
// aws-local is a process of its own: what grows on this heap is the decider's.
const kilobytes = ((await heap()) - before) / executions / 1_000
console.log(`memory of an open execution after ${steps} steps of 500 characters: ${kilobytes.toFixed(0)} kB`)
await Promise.all([decider.stop(1_000), worker.stop(1_000)])

for (const length of [100, 1_000, 5_000, 20_000]) await timeReplay(length)

async function timeReplay(length: number): Promise<void> {
  const history = historyOf(length)
  const times: number[] = []
  for (let turn = 0; turn < 7; turn++) {
    const began = performance.now()
    const decisions = await decide(endless, history)
    times.push(performance.now() - began)
    if (decisions.length !== 1) throw new Error(`decided ${decisions.length} things`)
  }
  const [, , , median = Number.NaN] = times.toSorted((a, b) => a - b)
  console.log(`replay of ${history.length} events: median ${median.toFixed(1)} ms`)
}

/**
 * The live heap once all pending work is done: one collection leaves objects that only the next one finds unused. Code that
 * V8 throws away now and then (`--no-flush-bytecode` forbids it) would be more than all executions together.
 */
async function heap(): Promise<number> {
  if (globalThis.gc === undefined) throw new Error('node --expose-gc --no-flush-bytecode bench/replay/main.ts')
  for (let turn = 0; turn < 3; turn++) {
    globalThis.gc()
    await new Promise((resolve) => setTimeout(resolve, 200))
  }
  globalThis.gc()
  return process.memoryUsage().heapUsed
}
