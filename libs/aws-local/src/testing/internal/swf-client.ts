import {
  paginateGetWorkflowExecutionHistory,
  SWF,
  type Decision,
  type DecisionTask,
  type HistoryEvent,
} from '@aws-sdk/client-swf'
import { onTestFinished } from 'vitest'
import { startAwsLocal } from '../../index.ts'
import { virtualClock } from '../../time/virtual-clock.ts'

export const domain = 'Publish'
export const workflowType = { name: 'PublishArticle', version: '1' }
export const activityType = { name: 'Expand', version: '1' }
const settings = {
  region: 'us-east-1',
  credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
  maxAttempts: 1,
}

export function swfClient(endpoint: string): SWF {
  const swf = new SWF({ endpoint, ...settings })
  onTestFinished(() => swf.destroy())
  return swf
}

/** A server with a virtual clock, a domain, a workflow type and an activity type. Server and client end with the test. */
export async function startSwf() {
  const clock = virtualClock()
  const aws = await startAwsLocal({ clock })
  onTestFinished(() => aws.close())
  const swf = swfClient(aws.url)
  await registerTypes(swf)
  return { aws, clock, swf, ...deciding(swf), ...reading(swf) }
}

export async function registerTypes(swf: SWF, inDomain = domain): Promise<void> {
  const where = { domain: inDomain }
  await swf.registerDomain({ name: inDomain, workflowExecutionRetentionPeriodInDays: '7' })
  await swf.registerWorkflowType({
    ...where,
    ...workflowType,
    defaultTaskList: { name: 'decisions' },
    defaultChildPolicy: 'TERMINATE',
    defaultExecutionStartToCloseTimeout: '3600',
    defaultTaskStartToCloseTimeout: '60',
  })
  await swf.registerActivityType({
    ...where,
    ...activityType,
    defaultTaskList: { name: 'activities' },
    defaultTaskScheduleToStartTimeout: '100',
    defaultTaskScheduleToCloseTimeout: '500',
    defaultTaskStartToCloseTimeout: '300',
    defaultTaskHeartbeatTimeout: '30',
  })
}

/** Shorthands for the calls of deciders, workers and starters. */
export function deciding(swf: SWF, inDomain = domain) {
  const where = { domain: inDomain }
  const decisionTask = (taskList = 'decisions') => swf.pollForDecisionTask({ ...where, taskList: { name: taskList } })
  return {
    decisionTask,
    activityTask: (taskList = 'activities') => swf.pollForActivityTask({ ...where, taskList: { name: taskList } }),
    start: async (workflowId: string, more: Partial<Parameters<SWF['startWorkflowExecution']>[0]> = {}) => {
      const { runId = '' } = await swf.startWorkflowExecution({ ...where, workflowId, workflowType, ...more })
      return { workflowId, runId }
    },
    /** Takes the next decision task and answers it. */
    decide: async (...decisions: Decision[]): Promise<DecisionTask> => {
      const task = await decisionTask()
      await swf.respondDecisionTaskCompleted({ taskToken: task.taskToken, decisions })
      return task
    },
  }
}

export function reading(swf: SWF) {
  const history = async (execution: { workflowId: string; runId: string }): Promise<HistoryEvent[]> => {
    const all: HistoryEvent[] = []
    for await (const { events } of paginateGetWorkflowExecutionHistory({ client: swf }, { domain, execution }))
      all.push(...(events ?? []))
    return all
  }
  return {
    history,
    types: async (execution: { workflowId: string; runId: string }) =>
      (await history(execution)).map(({ eventType }) => eventType),
  }
}

export const schedule = (activityId: string, more: object = {}): Decision => ({
  decisionType: 'ScheduleActivityTask',
  scheduleActivityTaskDecisionAttributes: { activityId, activityType, ...more },
})
export const timer = (timerId: string, startToFireTimeout: string): Decision => ({
  decisionType: 'StartTimer',
  startTimerDecisionAttributes: { timerId, startToFireTimeout },
})
export const complete: Decision = {
  decisionType: 'CompleteWorkflowExecution',
  completeWorkflowExecutionDecisionAttributes: { result: 'done' },
}
export const marker = (markerName: string): Decision => ({
  decisionType: 'RecordMarker',
  recordMarkerDecisionAttributes: { markerName },
})

/** Runs `work` and returns the error that it must end with. */
export async function errorOf(work: Promise<unknown>): Promise<{ name: string; message: string }> {
  try {
    await work
  } catch (error) {
    if (error instanceof Error) return { name: error.name, message: error.message }
  }
  throw new Error('The call succeeded.')
}

/** Waits until the server has received everything sent before. */
export async function settled(swf: SWF): Promise<void> {
  for (let i = 0; i < 3; i++) await swf.listDomains({ registrationStatus: 'REGISTERED' })
}
