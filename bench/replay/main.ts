/**
 * What an execution costs a decider: `npm run -s bench:replay`. The time to replay a whole history, by its length (the first decision
 * after a restart); and the memory of an execution that is carried along while it waits, beside 200 others.
 */
import { RegisterDomainCommand, SWFClient } from '@aws-sdk/client-swf'
import { startAwsLocal } from '@continuum/aws-local'
import {
  createWorkflowClient,
  decide,
  implement,
  registerTypes,
  startDecider,
  startWorker,
} from '@continuum/workflow-core'
import { domain, nothing, taskLists } from '../steps/workflow.ts'
import { historyOf } from './history.ts'
import { endless, stepsThenWait } from './workflows.ts'

for (const length of [100, 1_000, 5_000, 20_000]) {
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

const executions = 200
const steps = 10
const aws = await startAwsLocal()
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
await opened('warm-up', 20)
const before = heap()
await opened('open', executions)
// In one process with aws-local, whose own share is in its database: what grows on the heap is the decider's.
const kilobytes = (heap() - before) / executions / 1_000
console.log(`memory of an open execution after ${steps} steps of 500 characters: ${kilobytes.toFixed(0)} kB`)
await Promise.all([decider.stop(1_000), worker.stop(1_000)])
process.exit()

function heap(): number {
  if (globalThis.gc === undefined) throw new Error('node --expose-gc bench/replay/main.ts')
  globalThis.gc()
  return process.memoryUsage().heapUsed
}
