import { invalid, unknownActivity, unknownDecisionTask, unknownExecution } from '../wire/errors.ts'
import type { Execution } from '../engine/open-executions.ts'
import type { Activity, StartedDecision } from '../execution/state.ts'
import type { Swf } from './swf.ts'
import { seal, unseal } from './pages.ts'

/** Creates a task token. It names the run and the events of one started task and is valid until that task closes, across restarts. */
export const taskToken = (kind: 'decision' | 'activity', runId: string, scheduled: number, started: number) =>
  seal({ kind, runId, scheduled, started })

function read(token: string, kind: 'decision' | 'activity') {
  const { kind: issuedFor, runId, scheduled, started } = unseal(token)
  if (issuedFor !== kind || typeof runId !== 'string' || typeof scheduled !== 'number' || typeof started !== 'number')
    throw invalid('Invalid token')
  return { runId, scheduled, started }
}

/** @throws {SwfError} UnknownResourceFault when the task is closed, with its execution or before it. */
export function decisionOfToken(swf: Swf, token: string): { execution: Execution; task: StartedDecision } {
  const { runId, scheduled, started } = read(token, 'decision')
  const execution = openRun(swf, runId)
  const task = execution.state.startedDecision
  if (task?.startedEventId !== started) throw unknownDecisionTask(scheduled)
  return { execution, task }
}

/** @throws {SwfError} UnknownResourceFault when the task is closed, with its execution or before it. */
export function activityOfToken(swf: Swf, token: string): { execution: Execution; activity: Activity } {
  const { runId, scheduled, started } = read(token, 'activity')
  const execution = openRun(swf, runId)
  const activity = execution.state.activities.get(scheduled)
  if (activity?.started?.eventId !== started) throw unknownActivity(scheduled)
  return { execution, activity }
}

function openRun(swf: Swf, runId: string): Execution {
  const execution = swf.engine.open.ofRun(runId)
  if (execution !== undefined) return execution
  throw unknownExecution(swf.executions.find(runId)?.run.workflowId ?? '', runId)
}
