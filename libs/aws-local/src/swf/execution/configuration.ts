import type { ChildPolicy, Configuration, Tags, TaskList, Versioned } from './events.ts'

/** The defaults with which a workflow type was registered. */
export interface WorkflowDefaults {
  defaultTaskList?: TaskList
  defaultExecutionStartToCloseTimeout?: string
  defaultTaskStartToCloseTimeout?: string
  defaultChildPolicy?: ChildPolicy
  defaultTaskPriority?: string
  defaultLambdaRole?: string
}

/** The configuration given by a start: a client, a parent or a continuation. */
export interface StartRequest {
  workflowType: Versioned
  taskList?: TaskList
  executionStartToCloseTimeout?: string
  taskStartToCloseTimeout?: string
  childPolicy?: ChildPolicy
  taskPriority?: string
  lambdaRole?: string
  tagList?: Tags
  input?: string
}

/** The four required values, in the order in which SWF checks them. */
export type Missing = 'executionStartToCloseTimeout' | 'taskList' | 'taskStartToCloseTimeout' | 'childPolicy'

/**
 * Resolves the configuration of a new execution: the request, completed by the defaults of its type; or the first value that
 * neither has.
 */
export function resolve(request: StartRequest, defaults: WorkflowDefaults): Configuration | { missing: Missing } {
  const executionStartToCloseTimeout =
    request.executionStartToCloseTimeout ?? defaults.defaultExecutionStartToCloseTimeout
  const taskList = request.taskList ?? defaults.defaultTaskList
  const taskStartToCloseTimeout = request.taskStartToCloseTimeout ?? defaults.defaultTaskStartToCloseTimeout
  const childPolicy = request.childPolicy ?? defaults.defaultChildPolicy
  const taskPriority = request.taskPriority ?? defaults.defaultTaskPriority
  const lambdaRole = request.lambdaRole ?? defaults.defaultLambdaRole
  if (executionStartToCloseTimeout === undefined) return { missing: 'executionStartToCloseTimeout' }
  if (taskList === undefined) return { missing: 'taskList' }
  if (taskStartToCloseTimeout === undefined) return { missing: 'taskStartToCloseTimeout' }
  if (childPolicy === undefined) return { missing: 'childPolicy' }
  return {
    workflowType: request.workflowType,
    taskList,
    childPolicy,
    executionStartToCloseTimeout,
    taskStartToCloseTimeout,
    ...(taskPriority === undefined ? {} : { taskPriority }),
    ...(lambdaRole === undefined ? {} : { lambdaRole }),
    ...(request.tagList === undefined ? {} : { tagList: request.tagList }),
    ...(request.input === undefined ? {} : { input: request.input }),
  }
}

/** The cause with which a decision fails for a missing value. */
export const undefinedDefault: Record<Missing, string> = {
  executionStartToCloseTimeout: 'DEFAULT_EXECUTION_START_TO_CLOSE_TIMEOUT_UNDEFINED',
  taskList: 'DEFAULT_TASK_LIST_UNDEFINED',
  taskStartToCloseTimeout: 'DEFAULT_TASK_START_TO_CLOSE_TIMEOUT_UNDEFINED',
  childPolicy: 'DEFAULT_CHILD_POLICY_UNDEFINED',
}
