/**
 * Measures the cost of a step: `npm run -s bench:steps -- --steps 10 --workflows 200 --open 20`. Starts a fresh aws-local with durable state, a
 * decider and a worker as processes of their own, runs so many executions of so many activities that do nothing, with 500
 * characters in and out. Signatures are verified, as `npm start` does it. Prints the time of a step and the processor time of each
 * process for a step; then that of one execution alone, its budget and that of many beside them.
 */
import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { RegisterDomainCommand, SWFClient } from '@aws-sdk/client-swf'
import { createWorkflowClient, registerTypes } from '@continuum/workflow-core'
import { createBudgets } from '../constant/budgets.ts'
import { processorTime } from '../constant/cost.ts'
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
const children = new Map<string, ChildProcess>()
const key = { AWS_ACCESS_KEY_ID: 'bench', AWS_SECRET_ACCESS_KEY: 'a secret of the bench' }
// Told, and no failure: processor time grows on a machine that others use.
const { keep } = createBudgets()

try {
  const endpoint = await startServer()
  for (const role of ['decider', 'worker'])
    start(role, [here('process.ts'), role], { AWS_ENDPOINT_URL: endpoint, ...key })
  const swf = new SWFClient({
    endpoint,
    region: 'us-east-1',
    credentials: { accessKeyId: key.AWS_ACCESS_KEY_ID, secretAccessKey: key.AWS_SECRET_ACCESS_KEY },
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
  const used = await cpuOf(() =>
    Promise.all(
      Array.from({ length: open }, async () => {
        for (const workflowId of waiting) await run(workflowId)
      }),
    ),
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
  tellCpu(`at ${open} open`, used, steps * workflows, 4.5)
  const alone = await cpuOf(async () => {
    for (let index = 0; index < 5; index++) await run(`alone-${index}`)
  })
  tellCpu('alone', alone, steps * 5, 4.5)
  const alonePauses: number[] = []
  for (const [workflowId, runId] of runs)
    if (workflowId.startsWith('alone-')) alonePauses.push(...(await stepTimes({ workflowId, runId })))
  const one = alonePauses.toSorted((a, b) => a - b)[Math.floor(alonePauses.length / 2)] ?? Number.NaN
  console.log(`a step alone: median ${one.toFixed(1)} ms ${keep(one, { max: 3, strict: false })}`)

  /** From one step's completion to the next one's, in milliseconds of the history's own times. */
  async function stepTimes(execution: { workflowId: string; runId: string }): Promise<number[]> {
    const ends: number[] = []
    for await (const event of client.history(execution))
      if (event.eventType === 'ActivityTaskCompleted') ends.push(event.eventTimestamp?.getTime() ?? Number.NaN)
    return ends.slice(1).map((end, index) => end - (ends[index] ?? Number.NaN))
  }
} finally {
  for (const child of children.values()) child.kill('SIGKILL')
  rmSync(data, { recursive: true, force: true })
}

/** The processor time of each process for some work, in ms; empty where the system does not tell. */
async function cpuOf(work: () => Promise<unknown>): Promise<ReadonlyMap<string, number>> {
  const now = () =>
    new Map(
      [...children].flatMap(([name, { pid = 0 }]) => {
        const cpu = processorTime({ pid })
        return cpu === undefined ? [] : [[name, cpu] as const]
      }),
    )
  const before = now()
  await work()
  return new Map([...now()].map(([name, cpu]) => [name, cpu - (before.get(name) ?? 0)]))
}

function tellCpu(when: string, used: ReadonlyMap<string, number>, count: number, max: number): void {
  const each = [...used].map(([name, cpu]) => `${name} ${(cpu / count).toFixed(2)}`)
  const total = [...used.values()].reduce((sum, cpu) => sum + cpu, 0) / count
  console.log(
    `CPU of a step ${when}: ${total.toFixed(2)} ms (${each.join(', ')}) ${keep(total, { max, strict: false })}`,
  )
}

function start(name: string, args: string[], env: Record<string, string> = {}): ChildProcess {
  const child = spawn(process.execPath, args, { env: { ...process.env, ...env }, stdio: ['ignore', 'pipe', 'inherit'] })
  children.set(name, child)
  return child
}

async function startServer(): Promise<string> {
  const keys = join(data, 'keys.json')
  writeFileSync(keys, JSON.stringify({ [key.AWS_ACCESS_KEY_ID]: key.AWS_SECRET_ACCESS_KEY }))
  const main = here('../../libs/aws-local/src/main.ts')
  const server = start('aws-local', [main, '--port', '0', '--data', join(data, 'aws'), '--keys', keys])
  if (!server.stdout) throw new Error('aws-local has no output')
  const [line] = await once(createInterface({ input: server.stdout }), 'line')
  return String(line).replace('ready ', '')
}
