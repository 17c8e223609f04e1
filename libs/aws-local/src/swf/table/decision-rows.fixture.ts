import type { Decision } from '@aws-sdk/client-swf'
import {
  activityType,
  complete,
  domain,
  marker,
  schedule,
  type startSwf,
  timer,
  workflowType,
} from '../../testing/internal/swf-client.ts'

type Harness = Awaited<ReturnType<typeof startSwf>>

const cancelActivity = (activityId: string): Decision => ({
  decisionType: 'RequestCancelActivityTask',
  requestCancelActivityTaskDecisionAttributes: { activityId },
})
const cancelTimer = (timerId: string): Decision => ({
  decisionType: 'CancelTimer',
  cancelTimerDecisionAttributes: { timerId },
})
const child = (more: object = {}): Decision => ({
  decisionType: 'StartChildWorkflowExecution',
  startChildWorkflowExecutionDecisionAttributes: { workflowId: 'child', workflowType, ...more },
})
const continueAsNew = (more: object = {}): Decision => ({
  decisionType: 'ContinueAsNewWorkflowExecution',
  continueAsNewWorkflowExecutionDecisionAttributes: more,
})
const nowhere = { name: 'Nowhere', version: '1' }

const closes = [
  'CompleteWorkflowExecution',
  'FailWorkflowExecution',
  'CancelWorkflowExecution',
  'ContinueAsNewWorkflowExecution',
] as const

/** Decisions, and the events they write in a new execution, as [type, cause or nothing]. */
interface Row {
  does: string
  decisions: Decision[]
  writes: [string, string?][]
  given?: (harness: Harness) => Promise<unknown>
  /** While the decider has the task. */
  meanwhile?: (harness: Harness) => Promise<unknown>
}
const asked = ['DecisionTaskScheduled'] satisfies [string]

export const decisionRows: Row[] = [
  { does: 'ScheduleActivityTask', decisions: [schedule('a')], writes: [['ActivityTaskScheduled']] },
  {
    does: 'ScheduleActivityTask of a type that is not registered',
    decisions: [schedule('a', { activityType: nowhere })],
    writes: [['ScheduleActivityTaskFailed', 'ACTIVITY_TYPE_DOES_NOT_EXIST'], asked],
  },
  {
    does: 'ScheduleActivityTask of a deprecated type',
    given: ({ swf }) => swf.deprecateActivityType({ domain, activityType }),
    decisions: [schedule('a')],
    writes: [['ScheduleActivityTaskFailed', 'ACTIVITY_TYPE_DEPRECATED'], asked],
  },
  {
    does: 'ScheduleActivityTask with the id of an open one',
    decisions: [schedule('a'), schedule('a')],
    writes: [['ActivityTaskScheduled'], ['ScheduleActivityTaskFailed', 'ACTIVITY_ID_ALREADY_IN_USE'], asked],
  },
  ...(
    [
      ['DEFAULT_TASK_LIST_UNDEFINED', {}],
      ['DEFAULT_SCHEDULE_TO_START_TIMEOUT_UNDEFINED', { taskList: { name: 'activities' } }],
      [
        'DEFAULT_SCHEDULE_TO_CLOSE_TIMEOUT_UNDEFINED',
        { taskList: { name: 'activities' }, scheduleToStartTimeout: '1' },
      ],
      [
        'DEFAULT_START_TO_CLOSE_TIMEOUT_UNDEFINED',
        { taskList: { name: 'activities' }, scheduleToStartTimeout: '1', scheduleToCloseTimeout: '1' },
      ],
      [
        'DEFAULT_HEARTBEAT_TIMEOUT_UNDEFINED',
        {
          taskList: { name: 'activities' },
          scheduleToStartTimeout: '1',
          scheduleToCloseTimeout: '1',
          startToCloseTimeout: '1',
        },
      ],
    ] as const
  ).map(([cause, attributes]): Row => ({
    does: `ScheduleActivityTask that leaves it to a type without defaults: ${cause}`,
    given: ({ swf }) => swf.registerActivityType({ domain, name: 'Bare', version: '1' }),
    decisions: [schedule('a', { activityType: { name: 'Bare', version: '1' }, ...attributes })],
    writes: [['ScheduleActivityTaskFailed', cause], asked],
  })),
  {
    does: 'ScheduleActivityTask with 1,000 open ones',
    decisions: Array.from({ length: 1001 }, (_, i) => schedule(`a${i}`)),
    writes: [
      ...Array.from({ length: 1000 }, (): [string] => ['ActivityTaskScheduled']),
      ['ScheduleActivityTaskFailed', 'OPEN_ACTIVITIES_LIMIT_EXCEEDED'],
      asked,
    ],
  },
  {
    does: 'RequestCancelActivityTask of one that no worker has',
    decisions: [schedule('a'), cancelActivity('a')],
    writes: [['ActivityTaskScheduled'], ['ActivityTaskCancelRequested'], ['ActivityTaskCanceled'], asked],
  },
  {
    does: 'RequestCancelActivityTask of an unknown id',
    decisions: [cancelActivity('a')],
    writes: [['RequestCancelActivityTaskFailed', 'ACTIVITY_ID_UNKNOWN'], asked],
  },
  { does: 'StartTimer', decisions: [timer('t', '5')], writes: [['TimerStarted']] },
  {
    does: 'StartTimer with the id of a running one',
    decisions: [timer('t', '5'), timer('t', '6')],
    writes: [['TimerStarted'], ['StartTimerFailed', 'TIMER_ID_ALREADY_IN_USE'], asked],
  },
  {
    does: 'StartTimer with 1,000 running ones',
    decisions: Array.from({ length: 1001 }, (_, i) => timer(`t${i}`, '5')),
    writes: [
      ...Array.from({ length: 1000 }, (): [string] => ['TimerStarted']),
      ['StartTimerFailed', 'OPEN_TIMERS_LIMIT_EXCEEDED'],
      asked,
    ],
  },
  {
    does: 'CancelTimer',
    decisions: [timer('t', '5'), cancelTimer('t')],
    writes: [['TimerStarted'], ['TimerCanceled']],
  },
  {
    does: 'CancelTimer of an unknown id',
    decisions: [cancelTimer('t')],
    writes: [['CancelTimerFailed', 'TIMER_ID_UNKNOWN'], asked],
  },
  { does: 'RecordMarker', decisions: [marker('m')], writes: [['MarkerRecorded']] },
  { does: 'CompleteWorkflowExecution', decisions: [complete], writes: [['WorkflowExecutionCompleted']] },
  {
    does: 'FailWorkflowExecution',
    decisions: [
      { decisionType: 'FailWorkflowExecution', failWorkflowExecutionDecisionAttributes: { reason: 'no figures' } },
    ],
    writes: [['WorkflowExecutionFailed']],
  },
  {
    does: 'CancelWorkflowExecution',
    decisions: [{ decisionType: 'CancelWorkflowExecution', cancelWorkflowExecutionDecisionAttributes: {} }],
    writes: [['WorkflowExecutionCanceled']],
  },
  {
    does: 'ContinueAsNewWorkflowExecution',
    decisions: [continueAsNew()],
    writes: [['WorkflowExecutionContinuedAsNew']],
  },
  {
    does: 'ContinueAsNewWorkflowExecution as a version that is not registered',
    decisions: [continueAsNew({ workflowTypeVersion: '9' })],
    writes: [['ContinueAsNewWorkflowExecutionFailed', 'WORKFLOW_TYPE_DOES_NOT_EXIST'], asked],
  },
  {
    does: 'ContinueAsNewWorkflowExecution as a deprecated type',
    given: async ({ swf, start }) => {
      await start('other')
      await swf.registerWorkflowType({ domain, name: workflowType.name, version: '2' })
      await swf.deprecateWorkflowType({ domain, workflowType: { ...workflowType, version: '2' } })
      await swf.terminateWorkflowExecution({ domain, workflowId: 'other' })
    },
    decisions: [continueAsNew({ workflowTypeVersion: '2' })],
    writes: [['ContinueAsNewWorkflowExecutionFailed', 'WORKFLOW_TYPE_DEPRECATED'], asked],
  },
  ...(
    [
      ['DEFAULT_EXECUTION_START_TO_CLOSE_TIMEOUT_UNDEFINED', {}],
      ['DEFAULT_TASK_LIST_UNDEFINED', { executionStartToCloseTimeout: '9' }],
      ['DEFAULT_TASK_START_TO_CLOSE_TIMEOUT_UNDEFINED', { executionStartToCloseTimeout: '9', taskList: { name: 'd' } }],
      [
        'DEFAULT_CHILD_POLICY_UNDEFINED',
        { executionStartToCloseTimeout: '9', taskList: { name: 'd' }, taskStartToCloseTimeout: '9' },
      ],
    ] as const
  ).flatMap(([cause, attributes]): Row[] => [
    {
      does: `ContinueAsNewWorkflowExecution that leaves it to a type without defaults: ${cause}`,
      given: ({ swf }) => swf.registerWorkflowType({ domain, name: workflowType.name, version: 'bare' }),
      decisions: [continueAsNew({ workflowTypeVersion: 'bare', ...attributes })],
      writes: [['ContinueAsNewWorkflowExecutionFailed', cause], asked],
    },
    {
      does: `StartChildWorkflowExecution that leaves it to a type without defaults: ${cause}`,
      given: ({ swf }) => swf.registerWorkflowType({ domain, name: 'Bare', version: '1' }),
      decisions: [child({ workflowType: { name: 'Bare', version: '1' }, ...attributes })],
      writes: [['StartChildWorkflowExecutionFailed', cause], asked],
    },
  ]),
  {
    does: 'StartChildWorkflowExecution',
    decisions: [child()],
    writes: [['StartChildWorkflowExecutionInitiated'], ['ChildWorkflowExecutionStarted'], asked],
  },
  {
    does: 'StartChildWorkflowExecution of a type that is not registered',
    decisions: [child({ workflowType: nowhere })],
    writes: [['StartChildWorkflowExecutionFailed', 'WORKFLOW_TYPE_DOES_NOT_EXIST'], asked],
  },
  {
    does: 'StartChildWorkflowExecution with the id of an open execution',
    decisions: [child({ workflowId: 'article-00353' })],
    writes: [
      ['StartChildWorkflowExecutionInitiated'],
      ['StartChildWorkflowExecutionFailed', 'WORKFLOW_ALREADY_RUNNING'],
      asked,
    ],
  },
  {
    does: 'SignalExternalWorkflowExecution to nobody',
    decisions: [
      {
        decisionType: 'SignalExternalWorkflowExecution',
        signalExternalWorkflowExecutionDecisionAttributes: { workflowId: 'nobody', signalName: 's' },
      },
    ],
    writes: [
      ['SignalExternalWorkflowExecutionInitiated'],
      ['SignalExternalWorkflowExecutionFailed', 'UNKNOWN_EXTERNAL_WORKFLOW_EXECUTION'],
      asked,
    ],
  },
  {
    does: 'RequestCancelExternalWorkflowExecution to nobody',
    decisions: [
      {
        decisionType: 'RequestCancelExternalWorkflowExecution',
        requestCancelExternalWorkflowExecutionDecisionAttributes: { workflowId: 'nobody' },
      },
    ],
    writes: [
      ['RequestCancelExternalWorkflowExecutionInitiated'],
      ['RequestCancelExternalWorkflowExecutionFailed', 'UNKNOWN_EXTERNAL_WORKFLOW_EXECUTION'],
      asked,
    ],
  },
  {
    does: 'ScheduleLambdaFunction',
    decisions: [
      { decisionType: 'ScheduleLambdaFunction', scheduleLambdaFunctionDecisionAttributes: { id: 'l', name: 'resize' } },
    ],
    writes: [['LambdaFunctionScheduled'], ['StartLambdaFunctionFailed', 'ASSUME_ROLE_FAILED'], asked],
  },
  {
    does: 'StartChildWorkflowExecution of a deprecated type',
    given: async ({ swf }) => {
      await swf.registerWorkflowType({ domain, name: 'Old', version: '1' })
      await swf.deprecateWorkflowType({ domain, workflowType: { name: 'Old', version: '1' } })
    },
    decisions: [child({ workflowType: { name: 'Old', version: '1' } })],
    writes: [['StartChildWorkflowExecutionFailed', 'WORKFLOW_TYPE_DEPRECATED'], asked],
  },
  ...closes.map((decisionType): Row => ({
    does: `${decisionType} over a signal that the decider has not seen`,
    meanwhile: ({ swf }) => swf.signalWorkflowExecution({ domain, workflowId: 'article-00353', signalName: 's' }),
    decisions: [{ decisionType }],
    writes: [['WorkflowExecutionSignaled'], asked, [`${decisionType}Failed`, 'UNHANDLED_DECISION']],
  })),
  {
    does: 'SignalExternalWorkflowExecution to an open execution',
    given: ({ start }) => start('other', { taskList: { name: 'other' } }),
    decisions: [
      {
        decisionType: 'SignalExternalWorkflowExecution',
        signalExternalWorkflowExecutionDecisionAttributes: { workflowId: 'other', signalName: 's' },
      },
    ],
    writes: [['SignalExternalWorkflowExecutionInitiated'], ['ExternalWorkflowExecutionSignaled'], asked],
  },
  {
    does: 'RequestCancelExternalWorkflowExecution of an open execution',
    given: ({ start }) => start('other', { taskList: { name: 'other' } }),
    decisions: [
      {
        decisionType: 'RequestCancelExternalWorkflowExecution',
        requestCancelExternalWorkflowExecutionDecisionAttributes: { workflowId: 'other' },
      },
    ],
    writes: [['RequestCancelExternalWorkflowExecutionInitiated'], ['ExternalWorkflowExecutionCancelRequested'], asked],
  },
  {
    does: 'StartChildWorkflowExecution with 1,000 open ones',
    decisions: Array.from({ length: 1001 }, (_, i) => child({ workflowId: `child-${i}` })),
    writes: [
      ...Array.from({ length: 1000 }, (): [string] => ['StartChildWorkflowExecutionInitiated']),
      ['StartChildWorkflowExecutionFailed', 'OPEN_CHILDREN_LIMIT_EXCEEDED'],
      asked,
      ...Array.from({ length: 1000 }, (): [string] => ['ChildWorkflowExecutionStarted']),
    ],
  },
]
