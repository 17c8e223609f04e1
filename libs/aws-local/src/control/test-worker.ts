import type { Run, Versioned } from '../swf/execution/events.ts'
import { SwfError } from '../swf/wire/errors.ts'
import * as tasks from '../swf/operation/activity-tasks.ts'
import type { Reply } from '../swf/wire/http.ts'
import { domainNamed, type Swf } from '../swf/operation/swf.ts'

/** An activity task for an in-process worker. */
export interface TestActivityTask {
  readonly activityId: string
  readonly activityType: Versioned
  readonly workflowExecution: Run
  readonly input: string | undefined
  /** Records a heartbeat; returns true if the decider has requested cancellation. */
  heartbeat(details?: string): boolean
}

/** Implements an activity type: its return value is the result, an error the failure ({@link ActivityCanceledError}: the cancellation). */
export type TestActivity = (task: TestActivityTask) => string | undefined | Promise<string | undefined>

export interface TestWorkerOptions {
  readonly taskList: string
  /** Activities by the name of their type. A task of any other type fails. */
  readonly activities: Readonly<Record<string, TestActivity>>
}

export interface TestWorker {
  /** Stops polling; tasks in progress are still completed. */
  stop(): void
}

/** Thrown by an activity that ends because its cancellation was requested. */
export class ActivityCanceledError extends Error {
  override readonly name = 'ActivityCanceledError'
  readonly details: string | undefined
  constructor(details?: string) {
    super('The activity was canceled.')
    this.details = details
  }
}

/** Polls for tasks and runs them as a worker does, within the process, with unlimited concurrency. */
export function startTestWorker(swf: Swf, domain: string, options: TestWorkerOptions, ended: AbortSignal): TestWorker {
  domainNamed(swf, domain)
  const polling: Polling = { over: false, leave: () => undefined }
  const stop = () => {
    polling.over = true
    polling.leave()
  }
  ended.addEventListener('abort', stop)
  void takeTasks(swf, domain, options, polling, ended)
  return { stop }
}

/** The current poll, if any. */
interface Polling {
  over: boolean
  leave: () => void
}

async function takeTasks(
  swf: Swf,
  domain: string,
  options: TestWorkerOptions,
  polling: Polling,
  ended: AbortSignal,
): Promise<void> {
  const caller = {
    onGone(listener: () => void) {
      polling.leave = listener
    },
  }
  while (!polling.over) {
    const request = { domain, taskList: { name: options.taskList }, identity: 'test-worker' }
    const reply = await tasks.pollForActivityTask(swf, request, caller)
    if (reply !== undefined && isTask(reply)) void work(swf, options, reply, ended)
  }
}

type Task = Omit<TestActivityTask, 'heartbeat'> & { readonly taskToken: string }

// Replies with a task are written by this server.
const isTask = (reply: Reply): reply is Reply & Task => 'taskToken' in reply

async function work(
  swf: Swf,
  { taskList, activities }: TestWorkerOptions,
  task: Task,
  ended: AbortSignal,
): Promise<void> {
  const { taskToken, activityType } = task
  const heartbeat = (details?: string) =>
    Boolean(Object(tasks.recordActivityTaskHeartbeat(swf, { taskToken, details }, nobody)).cancelRequested)
  try {
    const act = Object.hasOwn(activities, activityType.name) ? activities[activityType.name] : undefined
    if (act === undefined)
      throw new Error(`The test worker of task list ${taskList} has no activity ${activityType.name}.`)
    const result = await act({ ...task, heartbeat })
    answer(ended, () => tasks.respondActivityTaskCompleted(swf, { taskToken, result }, nobody))
  } catch (error) {
    if (error instanceof ActivityCanceledError)
      return answer(ended, () => tasks.respondActivityTaskCanceled(swf, { taskToken, details: error.details }, nobody))
    const { message, stack = '' } = error instanceof Error ? error : new Error(String(error))
    const failure = { taskToken, reason: message.slice(0, 256), details: stack.slice(0, 32_768) }
    answer(ended, () => tasks.respondActivityTaskFailed(swf, failure, nobody))
  }
}

const nobody = { onGone: () => undefined }

/** A late response changes nothing, as with any worker: the task has timed out or its execution is closed. */
function answer(ended: AbortSignal, respond: () => unknown): void {
  if (ended.aborted) return
  try {
    respond()
  } catch (error) {
    if (!(error instanceof SwfError && error.type.endsWith('#UnknownResourceFault'))) throw error
  }
}
