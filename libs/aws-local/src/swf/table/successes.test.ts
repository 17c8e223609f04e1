import { expect, test } from 'vitest'
import { operations } from '../operations.ts'
import { activityType, complete, domain, schedule, startSwf, workflowType } from '../../testing/internal/swf-client.ts'

/** Each operation called once successfully, in the order of an article's life, and its response. */

async function walk(): Promise<Map<string, object>> {
  const { swf, start, decisionTask, activityTask } = await startSwf()
  const answers = new Map<string, object>()
  swf.middlewareStack.add(
    (next, context) => async (args) => {
      const result = await next(args)
      const { $metadata: _, ...answer } = Object(result.output)
      answers.set(String(context['commandName']).replace(/Command$/, ''), answer)
      return result
    },
    { step: 'initialize' },
  )
  const type = { name: 'Later', version: '1' }
  const where = { domain: 'Second' }
  const listed = { ...where, registrationStatus: 'REGISTERED' } as const
  await swf.registerDomain({ name: 'Second', workflowExecutionRetentionPeriodInDays: '7' })
  const { domainInfo } = await swf.describeDomain({ name: 'Second' })
  const resourceArn = domainInfo?.arn
  await swf.tagResource({ resourceArn, tags: [{ key: 'k', value: 'v' }] })
  await swf.listTagsForResource({ resourceArn })
  await swf.untagResource({ resourceArn, tagKeys: ['k'] })
  await swf.listDomains({ registrationStatus: 'REGISTERED' })
  await swf.registerWorkflowType({ ...where, ...type })
  await swf.describeWorkflowType({ ...where, workflowType: type })
  await swf.listWorkflowTypes(listed)
  await swf.deprecateWorkflowType({ ...where, workflowType: type })
  await swf.undeprecateWorkflowType({ ...where, workflowType: type })
  await swf.deprecateWorkflowType({ ...where, workflowType: type })
  await swf.deleteWorkflowType({ ...where, workflowType: type })
  await swf.registerActivityType({ ...where, ...type })
  await swf.describeActivityType({ ...where, activityType: type })
  await swf.listActivityTypes(listed)
  await swf.deprecateActivityType({ ...where, activityType: type })
  await swf.undeprecateActivityType({ ...where, activityType: type })
  await swf.deprecateActivityType({ ...where, activityType: type })
  await swf.deleteActivityType({ ...where, activityType: type })
  await swf.deprecateDomain({ name: 'Second' })
  await swf.undeprecateDomain({ name: 'Second' })

  const execution = await start('article-00353')
  const { workflowId } = execution
  await swf.countPendingDecisionTasks({ domain, taskList: { name: 'decisions' } })
  const { taskToken } = await decisionTask()
  await swf.respondDecisionTaskCompleted({ taskToken, decisions: ['a', 'b', 'c'].map((id) => schedule(id)) })
  await swf.countPendingActivityTasks({ domain, taskList: { name: 'activities' } })
  const { taskToken: first } = await activityTask()
  await swf.recordActivityTaskHeartbeat({ taskToken: first })
  await swf.respondActivityTaskCompleted({ taskToken: first })
  await swf.respondActivityTaskFailed({ taskToken: (await activityTask()).taskToken })
  const { taskToken: third } = await activityTask()
  const task = await decisionTask()
  const cancel = { activityId: 'c' }
  await swf.respondDecisionTaskCompleted({
    taskToken: task.taskToken,
    decisions: [{ decisionType: 'RequestCancelActivityTask', requestCancelActivityTaskDecisionAttributes: cancel }],
  })
  await swf.respondActivityTaskCanceled({ taskToken: third })
  await swf.signalWorkflowExecution({ domain, workflowId, signalName: 's' })
  await swf.requestCancelWorkflowExecution({ domain, workflowId })
  const startTimeFilter = { oldestDate: new Date(0) }
  await swf.listOpenWorkflowExecutions({ domain, startTimeFilter })
  await swf.countOpenWorkflowExecutions({ domain, startTimeFilter })
  await swf.describeWorkflowExecution({ domain, execution })
  const last = await decisionTask()
  await swf.respondDecisionTaskCompleted({ taskToken: last.taskToken, decisions: [complete] })
  await start('article-00354')
  await swf.terminateWorkflowExecution({ domain, workflowId: 'article-00354' })
  await swf.listClosedWorkflowExecutions({ domain, startTimeFilter })
  await swf.countClosedWorkflowExecutions({ domain, startTimeFilter })
  await swf.getWorkflowExecutionHistory({ domain, execution })
  return answers
}

const one = [expect.anything()]
const task = { taskToken: expect.any(String), startedEventId: expect.any(Number) }
/** Operations that are not listed have an empty response. */
const replies: Record<string, object> = {
  DescribeDomain: { domainInfo: { name: 'Second', status: 'REGISTERED' }, configuration: {} },
  ListDomains: { domainInfos: [{ name: domain }, { name: 'Second' }] },
  ListTagsForResource: { tags: [{ key: 'k', value: 'v' }] },
  DescribeWorkflowType: { typeInfo: { status: 'REGISTERED' }, configuration: {} },
  DescribeActivityType: { typeInfo: { status: 'REGISTERED' }, configuration: {} },
  ListWorkflowTypes: { typeInfos: one },
  ListActivityTypes: { typeInfos: one },
  StartWorkflowExecution: { runId: expect.stringMatching(/^22.{43}=$/) },
  DescribeWorkflowExecution: { executionInfo: { executionStatus: 'OPEN' }, openCounts: { openActivityTasks: 0 } },
  GetWorkflowExecutionHistory: { events: expect.any(Array) },
  PollForDecisionTask: { ...task, workflowType, events: expect.any(Array) },
  PollForActivityTask: { ...task, activityType, activityId: 'c' },
  RecordActivityTaskHeartbeat: { cancelRequested: false },
  ListOpenWorkflowExecutions: { executionInfos: one },
  ListClosedWorkflowExecutions: { executionInfos: [...one, ...one] },
  CountOpenWorkflowExecutions: { count: 1, truncated: false },
  CountClosedWorkflowExecutions: { count: 2, truncated: false },
  CountPendingActivityTasks: { count: 3, truncated: false },
  CountPendingDecisionTasks: { count: 1, truncated: false },
}

let walked: Promise<Map<string, object>> | undefined
test.each([...operations.keys()])('%s answers as documented', async (operation) => {
  const answer = (await (walked ??= walk())).get(operation)
  const reply = replies[operation]
  if (reply === undefined) expect(answer).toEqual({})
  else expect(answer).toMatchObject(reply)
})
