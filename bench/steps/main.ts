/**
 * Measures the cost of a step: `npm run -s bench:steps -- --steps 10 --workflows 200 --open 20`. Starts a fresh aws-local with durable state, a
 * decider and a worker as processes of their own, runs so many executions of so many activities that do nothing, with 500
 * characters in and out, and prints one line.
 */
import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { RegisterDomainCommand, SWFClient } from '@aws-sdk/client-swf'
import { createWorkflowClient, registerTypes } from '@continuum/workflow-core'
import { domain, steps as workflow, taskLists } from './workflow.ts'

const { values } = parseArgs({
  options: {
    steps: { type: 'string', default: '10' },
    workflows: { type: 'string', default: '200' },
    open: { type: 'string', default: '20' },
  },
})
const [steps, workflows, open] = [Number(values.steps), Number(values.workflows), Number(values.open)]
const here = (path: string) => fileURLToPath(new URL(path, import.meta.url))
const data = mkdtempSync(join(tmpdir(), 'bench-steps-'))
const children: ChildProcess[] = []

try {
  const endpoint = await startServer()
  for (const role of ['decider', 'worker']) start([here('process.ts'), role], { AWS_ENDPOINT_URL: endpoint })
  const swf = new SWFClient({
    endpoint,
    region: 'us-east-1',
    credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
  })
  await swf.send(new RegisterDomainCommand({ name: domain, workflowExecutionRetentionPeriodInDays: '1' }))
  await registerTypes({ swf, domain, workflows: [workflow], taskLists })
  const client = createWorkflowClient({ swf, domain, taskList: taskLists.decisions })
  const runs = new Map<string, string>()
  const run = async (workflowId: string) => {
    const { runId } = await client.start(workflow, { workflowId, input: { steps, text: 'x'.repeat(500) } })
    if (runId === undefined) throw new Error(`${workflowId} is open already`)
    await client.result(workflow, { workflowId, runId })
    runs.set(workflowId, runId)
  }
  // What is loaded and compiled at first use is no step's cost.
  await Promise.all(Array.from({ length: 5 }, (_, index) => run(`warm-up-${index}`)))

  const waiting = Array.from({ length: workflows }, (_, index) => `steps-${index}`).values()
  const began = performance.now()
  await Promise.all(
    Array.from({ length: open }, async () => {
      for (const workflowId of waiting) await run(workflowId)
    }),
  )
  const seconds = (performance.now() - began) / 1000

  const took: number[] = []
  for (const [workflowId, runId] of runs)
    if (workflowId.startsWith('steps-')) took.push(...(await stepTimes({ workflowId, runId })))
  took.sort((a, b) => a - b)
  const at = (share: number) => took[Math.floor((took.length - 1) * share)] ?? Number.NaN
  console.log(
    `steps ${steps} workflows ${workflows} open ${open}: median ${at(0.5).toFixed(1)} ms/step, p95 ${at(0.95).toFixed(1)}, ${Math.round((steps * workflows) / seconds)} steps/s`,
  )

  /** From one step's completion to the next one's, in milliseconds of the history's own times. */
  async function stepTimes(execution: { workflowId: string; runId: string }): Promise<number[]> {
    const ends: number[] = []
    for await (const event of client.history(execution))
      if (event.eventType === 'ActivityTaskCompleted') ends.push(event.eventTimestamp?.getTime() ?? Number.NaN)
    return ends.slice(1).map((end, index) => end - (ends[index] ?? Number.NaN))
  }
} finally {
  for (const child of children) child.kill('SIGKILL')
  rmSync(data, { recursive: true, force: true })
}

function start(args: string[], env: Record<string, string> = {}): ChildProcess {
  const child = spawn(process.execPath, args, { env: { ...process.env, ...env }, stdio: ['ignore', 'pipe', 'inherit'] })
  children.push(child)
  return child
}

async function startServer(): Promise<string> {
  const server = start([here('../../libs/aws-local/src/main.ts'), '--port', '0', '--data', data])
  if (!server.stdout) throw new Error('aws-local has no output')
  const [line] = await once(createInterface({ input: server.stdout }), 'line')
  return String(line).replace('ready ', '')
}
