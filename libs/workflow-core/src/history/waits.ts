import type { InspectedStep, Wait } from './inspected-execution.ts'

/**
 * Lists the reasons why an open execution waits: those of its steps, else its decider, else a signal that may come.
 *
 * @param decider the decision task that nobody has taken yet, where there is one
 */
export function waitsOf(steps: readonly InspectedStep[], decider: Wait | undefined): Wait[] {
  const waits = steps.flatMap((step): Wait[] => {
    const { id, state, attempts, retry, due, taskList = '?' } = step
    const last = attempts.at(-1)
    if (state === 'retrying' && retry) return [{ kind: 'retry', step: id, ...retry }]
    if (state === 'scheduled' && last) return [{ kind: 'worker', step: id, taskList, since: last.scheduled }]
    if (state === 'running' && step.kind === 'child') return [{ kind: 'child', workflowId: id, runId: step.childRun }]
    if (state === 'running' && last?.started)
      return [{ kind: 'running', step: id, worker: last.worker, since: last.started }]
    if (state === 'waiting' && due && step.kind === 'timer') return [{ kind: 'timer', timer: id, until: due }]
    if (state === 'waiting') return [{ kind: 'signal', name: step.name, until: due }]
    return []
  })
  if (waits.length > 0) return waits
  return [decider ?? { kind: 'signal', name: undefined, until: undefined }]
}
