import type { Timeouts } from './activity.ts'
import type { AnyWorkflow } from './declared-workflow.ts'
import type { RetryPolicy } from './retry.ts'
import type { Duration } from '../values/duration.ts'

/** A workflow's declaration as data: for documentation, dashboards and access policies. */
export interface WorkflowDescription {
  readonly name: string
  readonly version: string
  readonly timeout: Duration
  readonly activities: readonly {
    readonly name: string
    readonly version: string
    readonly taskList: string
    readonly timeouts: Timeouts
    readonly retry: RetryPolicy
  }[]
  /** Child workflows. */
  readonly children: readonly { readonly name: string; readonly version: string; readonly timeout: Duration }[]
  /** Names of the signals that it waits for. */
  readonly signals: readonly string[]
}

/** Describes a workflow's declaration, in its order. Only a history says which steps a run takes, and in which order. */
export function describeWorkflow({ name, version, timeout, uses, signals = {} }: AnyWorkflow): WorkflowDescription {
  const steps = Object.values(uses)
  return {
    name,
    version,
    timeout,
    activities: steps
      .filter((step) => step.kind === 'activity')
      .map((step) => ({
        name: step.name,
        version: step.version,
        taskList: step.taskList,
        timeouts: step.timeouts,
        retry: step.retry,
      })),
    children: steps
      .filter((step) => step.kind === 'workflow')
      .map((step) => ({ name: step.name, version: step.version, timeout: step.timeout })),
    signals: Object.keys(signals),
  }
}

/** Draws a description as a mermaid flowchart. */
export function toMermaid({ name, version, timeout, activities, children, signals }: WorkflowDescription): string {
  const lines = ['flowchart LR', `  workflow["${name} ${version}<br/>at most ${timeout}"]`]
  for (const [index, { name: activity, timeouts, retry, taskList }] of activities.entries()) {
    const tries = retry.maxAttempts === 1 ? 'once' : `up to ${retry.maxAttempts} times`
    lines.push(
      `  workflow --> activity${index}["${activity}<br/>${timeouts.startToClose}, ${tries}<br/>on ${taskList}"]`,
    )
  }
  for (const [index, child] of children.entries()) {
    lines.push(`  workflow --> child${index}[["${child.name} ${child.version}<br/>at most ${child.timeout}"]]`)
  }
  for (const [index, signal] of signals.entries()) lines.push(`  signal${index}>"${signal}"] -.-> workflow`)
  return `${lines.join('\n')}\n`
}
