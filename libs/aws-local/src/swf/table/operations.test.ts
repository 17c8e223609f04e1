import type { SWF } from '@aws-sdk/client-swf'
import { expect, test } from 'vitest'
import { operations } from '../operations.ts'
import { activityType, domain, errorOf, startSwf, workflowType } from '../../testing/internal/swf-client.ts'

/** Each operation reports an unknown subject with the error and the text that clients match on. */

const nowhere = { domain: 'Nowhere' }
const type = { name: 'Unknown', version: '1' }
const execution = { workflowId: 'w', runId: `22${'A'.repeat(43)}=` }
const resourceArn = 'arn:aws:swf:us-east-1:123456789012:/domain/Nowhere'
const taskList = { name: 'l' }
const since = { startTimeFilter: { oldestDate: new Date(0) } }

const unknownDomain = 'Unknown domain: Nowhere'
const unknownWorkflowType = 'Unknown type: WorkflowType=[name=Unknown, version=1]'
const unknownActivityType = 'Unknown type: ActivityType=[name=Unknown, version=1]'
const unknownRun = `Unknown execution: WorkflowExecution=[workflowId=w, runId=${execution.runId}]`
const unknownOpen = 'Unknown execution, workflowId = w'

const unknown: [string, (swf: SWF) => Promise<unknown>, string][] = [
  ['DescribeDomain', (swf) => swf.describeDomain({ name: 'Nowhere' }), unknownDomain],
  ['DeprecateDomain', (swf) => swf.deprecateDomain({ name: 'Nowhere' }), unknownDomain],
  ['UndeprecateDomain', (swf) => swf.undeprecateDomain({ name: 'Nowhere' }), unknownDomain],
  ['TagResource', (swf) => swf.tagResource({ resourceArn, tags: [{ key: 'k', value: 'v' }] }), unknownDomain],
  ['UntagResource', (swf) => swf.untagResource({ resourceArn, tagKeys: ['k'] }), unknownDomain],
  ['ListTagsForResource', (swf) => swf.listTagsForResource({ resourceArn }), unknownDomain],
  ['RegisterWorkflowType', (swf) => swf.registerWorkflowType({ ...nowhere, ...type }), unknownDomain],
  ['RegisterActivityType', (swf) => swf.registerActivityType({ ...nowhere, ...type }), unknownDomain],
  [
    'ListWorkflowTypes',
    (swf) => swf.listWorkflowTypes({ ...nowhere, registrationStatus: 'REGISTERED' }),
    unknownDomain,
  ],
  [
    'ListActivityTypes',
    (swf) => swf.listActivityTypes({ ...nowhere, registrationStatus: 'REGISTERED' }),
    unknownDomain,
  ],
  ['DescribeWorkflowType', (swf) => swf.describeWorkflowType({ domain, workflowType: type }), unknownWorkflowType],
  ['DeprecateWorkflowType', (swf) => swf.deprecateWorkflowType({ domain, workflowType: type }), unknownWorkflowType],
  [
    'UndeprecateWorkflowType',
    (swf) => swf.undeprecateWorkflowType({ domain, workflowType: type }),
    unknownWorkflowType,
  ],
  ['DeleteWorkflowType', (swf) => swf.deleteWorkflowType({ domain, workflowType: type }), unknownWorkflowType],
  ['DescribeActivityType', (swf) => swf.describeActivityType({ domain, activityType: type }), unknownActivityType],
  ['DeprecateActivityType', (swf) => swf.deprecateActivityType({ domain, activityType: type }), unknownActivityType],
  [
    'UndeprecateActivityType',
    (swf) => swf.undeprecateActivityType({ domain, activityType: type }),
    unknownActivityType,
  ],
  ['DeleteActivityType', (swf) => swf.deleteActivityType({ domain, activityType: type }), unknownActivityType],
  [
    'StartWorkflowExecution',
    (swf) => swf.startWorkflowExecution({ domain, workflowId: 'w', workflowType: type }),
    unknownWorkflowType,
  ],
  [
    'SignalWorkflowExecution',
    (swf) => swf.signalWorkflowExecution({ domain, workflowId: 'w', signalName: 's' }),
    unknownOpen,
  ],
  [
    'RequestCancelWorkflowExecution',
    (swf) => swf.requestCancelWorkflowExecution({ domain, workflowId: 'w' }),
    unknownOpen,
  ],
  ['TerminateWorkflowExecution', (swf) => swf.terminateWorkflowExecution({ domain, ...execution }), unknownRun],
  ['DescribeWorkflowExecution', (swf) => swf.describeWorkflowExecution({ domain, execution }), unknownRun],
  ['GetWorkflowExecutionHistory', (swf) => swf.getWorkflowExecutionHistory({ domain, execution }), unknownRun],
  ['PollForDecisionTask', (swf) => swf.pollForDecisionTask({ ...nowhere, taskList }), unknownDomain],
  ['PollForActivityTask', (swf) => swf.pollForActivityTask({ ...nowhere, taskList }), unknownDomain],
  ['ListOpenWorkflowExecutions', (swf) => swf.listOpenWorkflowExecutions({ ...nowhere, ...since }), unknownDomain],
  ['ListClosedWorkflowExecutions', (swf) => swf.listClosedWorkflowExecutions({ ...nowhere, ...since }), unknownDomain],
  ['CountOpenWorkflowExecutions', (swf) => swf.countOpenWorkflowExecutions({ ...nowhere, ...since }), unknownDomain],
  [
    'CountClosedWorkflowExecutions',
    (swf) => swf.countClosedWorkflowExecutions({ ...nowhere, ...since }),
    unknownDomain,
  ],
  ['CountPendingActivityTasks', (swf) => swf.countPendingActivityTasks({ ...nowhere, taskList }), unknownDomain],
  ['CountPendingDecisionTasks', (swf) => swf.countPendingDecisionTasks({ ...nowhere, taskList }), unknownDomain],
]

test.each(unknown)('%s of an unknown resource is an UnknownResourceFault', async (_, call, message) => {
  const { swf } = await startSwf()
  expect(await errorOf(call(swf))).toEqual({ name: 'UnknownResourceFault', message })
})

const taskToken = 'never given'
const answers: [string, (swf: SWF) => Promise<unknown>][] = [
  ['RespondDecisionTaskCompleted', (swf) => swf.respondDecisionTaskCompleted({ taskToken })],
  ['RecordActivityTaskHeartbeat', (swf) => swf.recordActivityTaskHeartbeat({ taskToken })],
  ['RespondActivityTaskCompleted', (swf) => swf.respondActivityTaskCompleted({ taskToken })],
  ['RespondActivityTaskFailed', (swf) => swf.respondActivityTaskFailed({ taskToken })],
  ['RespondActivityTaskCanceled', (swf) => swf.respondActivityTaskCanceled({ taskToken })],
]
test.each(answers)('%s with a token that never was is a ValidationException', async (_, call) => {
  const { swf } = await startSwf()
  expect(await errorOf(call(swf))).toEqual({ name: 'ValidationException', message: 'Invalid token' })
})

const again: [string, (swf: SWF) => Promise<unknown>, string, string][] = [
  [
    'RegisterDomain',
    (swf) => swf.registerDomain({ name: domain, workflowExecutionRetentionPeriodInDays: '7' }),
    'DomainAlreadyExistsFault',
    domain,
  ],
  [
    'RegisterWorkflowType',
    (swf) => swf.registerWorkflowType({ domain, ...workflowType }),
    'TypeAlreadyExistsFault',
    'WorkflowType=[name=PublishArticle, version=1]',
  ],
  [
    'RegisterActivityType',
    (swf) => swf.registerActivityType({ domain, ...activityType }),
    'TypeAlreadyExistsFault',
    'ActivityType=[name=Expand, version=1]',
  ],
]
test.each(again)('%s of an existing resource is refused by name', async (_, call, name, message) => {
  const { swf } = await startSwf()
  expect(await errorOf(call(swf))).toEqual({ name, message })
})

test('ListDomains alone has nothing that may be unknown', () => {
  const shown = [...unknown, ...answers, ...again].map(([name]) => name)
  expect(new Set([...shown, 'ListDomains'])).toEqual(new Set(operations.keys()))
})
