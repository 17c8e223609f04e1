import { runService } from '@continuum/service'
import { runDecider } from './decider/decider.ts'
import { runQueueWorker } from './queue-worker/queue-worker.ts'
import { runWorker } from './worker/worker.ts'
import { runWorkflowStarter } from './workflow-starter/workflow-starter.ts'
import { DeciderSettings, QueueWorkerSettings, WorkerSettings, WorkflowStarterSettings } from '@continuum/settings'

const processes = {
  decider: () => runService('decider', DeciderSettings, runDecider),
  worker: () => runService('worker', WorkerSettings, runWorker),
  'queue-worker': () => runService('queue-worker', QueueWorkerSettings, runQueueWorker),
  'workflow-starter': () => runService('workflow-starter', WorkflowStarterSettings, runWorkflowStarter),
}

const name = process.argv[2] ?? ''
const run = Object.entries(processes).find(([known]) => known === name)?.[1]
if (run) await run()
else {
  process.stderr.write(`usage: node apps/bot/src/main.ts ${Object.keys(processes).join('|')}\n`)
  process.exitCode = 2
}
