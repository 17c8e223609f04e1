import * as activityTasks from './operation/activity-tasks.ts'
import * as control from './operation/control.ts'
import * as decisionTasks from './operation/decision-tasks.ts'
import * as describe from './operation/describe.ts'
import * as domains from './operation/domains.ts'
import type { Operation } from './operation/operation.ts'
import { startWorkflowExecution } from './operation/start.ts'
import { activityTypes, registerActivityType, registerWorkflowType, workflowTypes } from './operation/types.ts'
import * as visibility from './operation/visibility.ts'

/** The 39 operations of SWF by name. */
export const operations: ReadonlyMap<string, Operation> = new Map(
  Object.entries({
    RegisterDomain: domains.registerDomain,
    DescribeDomain: domains.describeDomain,
    ListDomains: domains.listDomains,
    DeprecateDomain: domains.deprecateDomain,
    UndeprecateDomain: domains.undeprecateDomain,
    TagResource: domains.tagResource,
    UntagResource: domains.untagResource,
    ListTagsForResource: domains.listTagsForResource,

    RegisterWorkflowType: registerWorkflowType,
    DescribeWorkflowType: workflowTypes.describe,
    ListWorkflowTypes: workflowTypes.list,
    DeprecateWorkflowType: workflowTypes.deprecate,
    UndeprecateWorkflowType: workflowTypes.undeprecate,
    DeleteWorkflowType: workflowTypes.remove,
    RegisterActivityType: registerActivityType,
    DescribeActivityType: activityTypes.describe,
    ListActivityTypes: activityTypes.list,
    DeprecateActivityType: activityTypes.deprecate,
    UndeprecateActivityType: activityTypes.undeprecate,
    DeleteActivityType: activityTypes.remove,

    StartWorkflowExecution: startWorkflowExecution,
    SignalWorkflowExecution: control.signalWorkflowExecution,
    RequestCancelWorkflowExecution: control.requestCancelWorkflowExecution,
    TerminateWorkflowExecution: control.terminateWorkflowExecution,
    DescribeWorkflowExecution: describe.describeWorkflowExecution,
    GetWorkflowExecutionHistory: describe.getWorkflowExecutionHistory,

    PollForDecisionTask: decisionTasks.pollForDecisionTask,
    RespondDecisionTaskCompleted: decisionTasks.respondDecisionTaskCompleted,
    PollForActivityTask: activityTasks.pollForActivityTask,
    RecordActivityTaskHeartbeat: activityTasks.recordActivityTaskHeartbeat,
    RespondActivityTaskCompleted: activityTasks.respondActivityTaskCompleted,
    RespondActivityTaskFailed: activityTasks.respondActivityTaskFailed,
    RespondActivityTaskCanceled: activityTasks.respondActivityTaskCanceled,

    ListOpenWorkflowExecutions: visibility.listOpenWorkflowExecutions,
    ListClosedWorkflowExecutions: visibility.listClosedWorkflowExecutions,
    CountOpenWorkflowExecutions: visibility.countOpenWorkflowExecutions,
    CountClosedWorkflowExecutions: visibility.countClosedWorkflowExecutions,
    CountPendingActivityTasks: visibility.countPendingActivityTasks,
    CountPendingDecisionTasks: visibility.countPendingDecisionTasks,
  }),
)
