import { defineService } from '@continuum/service'
import { DeciderSettings, QueueWorkerSettings, WorkerSettings, WorkflowStarterSettings } from '@continuum/settings'

/** Runs workflow code, as a service. */
export const decider = defineService('decider', DeciderSettings, async (start) =>
  (await import('./decider/decider.ts')).runDecider(start),
)

/** Runs activities, as a service. */
export const worker = defineService('worker', WorkerSettings, async (start) =>
  (await import('./worker/worker.ts')).runWorker(start),
)

/** Turns arrivals of packages into starter messages, as a service. */
export const queueWorker = defineService('queue-worker', QueueWorkerSettings, async (start) =>
  (await import('./queue-worker/queue-worker.ts')).runQueueWorker(start),
)

/** Starts the executions that messages request, as a service. */
export const workflowStarter = defineService('workflow-starter', WorkflowStarterSettings, async (start) =>
  (await import('./workflow-starter/workflow-starter.ts')).runWorkflowStarter(start),
)
