import type { Decision, DecisionType, HistoryEvent } from '@aws-sdk/client-swf'
import { domain, marker, schedule, startSwf, timer, workflowType } from '../../testing/internal/swf-client.ts'

type Harness = Awaited<ReturnType<typeof startSwf>>
const bare = (decisionType: DecisionType): Decision => ({ decisionType })
const complete = bare('CompleteWorkflowExecution')
const nowhere = { name: 'Nowhere', version: '1' }
const cancelActivity = (activityId: string): Decision => ({
  decisionType: 'RequestCancelActivityTask',
  requestCancelActivityTaskDecisionAttributes: { activityId },
})
const cancelTimer = (timerId: string): Decision => ({
  decisionType: 'CancelTimer',
  cancelTimerDecisionAttributes: { timerId },
})
const child = (workflowId: string, more: object = {}): Decision => ({
  decisionType: 'StartChildWorkflowExecution',
  startChildWorkflowExecutionDecisionAttributes: { workflowId, workflowType, taskList: { name: workflowId }, ...more },
})
const signal = (workflowId: string): Decision => ({
  decisionType: 'SignalExternalWorkflowExecution',
  signalExternalWorkflowExecutionDecisionAttributes: { workflowId, signalName: 's' },
})
const cancel = (workflowId: string): Decision => ({
  decisionType: 'RequestCancelExternalWorkflowExecution',
  requestCancelExternalWorkflowExecutionDecisionAttributes: { workflowId },
})

const closes: DecisionType[] = [
  'CompleteWorkflowExecution',
  'FailWorkflowExecution',
  'CancelWorkflowExecution',
  'ContinueAsNewWorkflowExecution',
]

/** Each way to close, tried over a signal that the decider has not seen, and then again. */
async function closings({ swf, start, decide, decisionTask }: Harness): Promise<void> {
  for (const type of closes) {
    const workflowId = `closes by ${type}`
    await start(workflowId)
    const { taskToken } = await decisionTask()
    await swf.signalWorkflowExecution({ domain, workflowId, signalName: 's' })
    await swf.respondDecisionTaskCompleted({ taskToken, decisions: [bare(type)] })
    await decide(bare(type))
    if (type === 'ContinueAsNewWorkflowExecution') await swf.terminateWorkflowExecution({ domain, workflowId })
  }
}

/** An activity of each end, a timer of each end, a marker, a function, and what fails to be any of these. */
async function work({ swf, clock, start, decide, activityTask }: Harness): Promise<void> {
  await start('works')
  await decide(
    ...['completed', 'failed', 'canceled', 'timed out'].map((id) => schedule(id)),
    schedule('nowhere', { activityType: nowhere }),
    cancelActivity('unknown'),
    timer('fires', '5'),
    timer('canceled', '50'),
    timer('fires', '5'),
    cancelTimer('canceled'),
    cancelTimer('unknown'),
    marker('m'),
    {
      decisionType: 'ScheduleLambdaFunction',
      scheduleLambdaFunctionDecisionAttributes: { id: 'l', name: 'resize' },
    },
  )
  const { taskToken: completed } = await activityTask()
  const { taskToken: failed } = await activityTask()
  const { taskToken: canceled } = await activityTask()
  await swf.respondActivityTaskCompleted({ taskToken: completed })
  await swf.respondActivityTaskFailed({ taskToken: failed })
  await decide(cancelActivity('canceled'))
  await swf.respondActivityTaskCanceled({ taskToken: canceled })
  clock.advance(100_000)
  await decide(complete)
}

/** A child of each end, and other executions that are reached, or not. */
async function family({ swf, clock, start, decide, decisionTask }: Harness): Promise<void> {
  await start('parent')
  await start('other', { taskList: { name: 'other' } })
  const kin = ['completed', 'failed', 'canceled', 'terminated']
  await decide(
    ...kin.map((id) => child(id)),
    child('timed out', { executionStartToCloseTimeout: '9' }),
    child('nowhere', { workflowType: nowhere }),
    signal('other'),
    signal('nobody'),
    cancel('other'),
    cancel('nobody'),
  )
  for (const [id, type] of [
    ['completed', 'CompleteWorkflowExecution'],
    ['failed', 'FailWorkflowExecution'],
    ['canceled', 'CancelWorkflowExecution'],
  ] as const) {
    const { taskToken } = await decisionTask(id)
    await swf.respondDecisionTaskCompleted({ taskToken, decisions: [bare(type)] })
  }
  await swf.terminateWorkflowExecution({ domain, workflowId: 'terminated' })
  await swf.signalWorkflowExecution({ domain, workflowId: 'parent', signalName: 's' })
  await swf.requestCancelWorkflowExecution({ domain, workflowId: 'parent' })
  await decisionTask()
  clock.advance(100_000)
  await swf.terminateWorkflowExecution({ domain, workflowId: 'parent' })
}

/** A server with executions in which, together, everything happens that can; nothing is given that may be left out. */
export async function everyExecution() {
  const harness = await startSwf()
  await closings(harness)
  await work(harness)
  await family(harness)
  const { swf } = harness
  const always = { domain, startTimeFilter: { oldestDate: new Date(0) } }
  const open = await swf.listOpenWorkflowExecutions(always)
  const closed = await swf.listClosedWorkflowExecutions(always)
  const executions = [...(open.executionInfos ?? []), ...(closed.executionInfos ?? [])].map(({ execution }) => ({
    workflowId: execution?.workflowId ?? '',
    runId: execution?.runId ?? '',
  }))
  return { ...harness, executions }
}

/** The events of all of them. */
export async function everyEvent(): Promise<HistoryEvent[]> {
  const { executions, history } = await everyExecution()
  const events: HistoryEvent[] = []
  for (const execution of executions) events.push(...(await history(execution)))
  return events
}
