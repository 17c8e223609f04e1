import {
  type CloseStatus,
  DescribeWorkflowExecutionCommand,
  type HistoryEvent,
  paginateGetWorkflowExecutionHistory,
  RequestCancelWorkflowExecutionCommand,
  SignalWorkflowExecutionCommand,
  StartWorkflowExecutionCommand,
  type StartWorkflowExecutionCommandInput,
  type SWFClient,
  TerminateWorkflowExecutionCommand,
  UnknownResourceFault,
  WorkflowExecutionAlreadyStartedFault,
  type WorkflowExecutionDetail,
  type WorkflowExecutionInfo,
} from '@aws-sdk/client-swf'
import { setTimeout } from 'node:timers/promises'
import type { Static, TSchema } from 'typebox'
import { type ListFilter, listClosed, listOpen } from './listing.ts'
import type { Workflow } from '../declare/declared-workflow.ts'
import { rerunOf } from '../history/rerun.ts'
import { decisionTimeout } from '../values/decision-timeout.ts'
import { type Duration, toSeconds } from '../values/duration.ts'
import { WorkflowFailedError } from '../values/errors.ts'
import type { Execution } from '../values/execution.ts'
import { type Outcome, outcomeOf } from '../values/outcome.ts'
import { createPayloads, type PayloadStore } from '../values/payload-store.ts'
import { decode, encode } from '../values/payload.ts'
import { retryNowSignal } from '../values/retry-now-signal.ts'

/** Delay before the second look at an execution whose result is awaited; it doubles up to the maximum. */
const initialPollIntervalMs = 20
const maxPollIntervalMs = 2_000

/** References a run of an execution; without `runId`, the open run of that workflow id. */
export interface ExecutionRef {
  readonly workflowId: string
  readonly runId?: string | undefined
}

/** A request to start an execution. */
export interface StartRequest<Input> {
  /** Meaningful id, so that two starts of the same work collide: only one execution can be open under an id. */
  readonly workflowId: string
  readonly input: Input
  /** Tags to list it by: at most 5, of 256 characters each. */
  readonly tags?: readonly string[]
  /** Overrides the workflow's declared time-out. */
  readonly timeout?: Duration
  /** Overrides the workflow's declared priority. */
  readonly priority?: number
}

/** The result of a start. `started: false` is not an error: an execution with this id is open. */
export type Started =
  | { readonly started: true; readonly runId: string }
  | { readonly started: false; readonly runId?: undefined }

/** A client of a domain, for starters and dashboards. */
export interface WorkflowClient {
  /** Starts an execution. @throws InvalidPayloadError when the input does not fit the workflow's schema */
  start<Input extends TSchema>(workflow: Workflow<Input>, request: StartRequest<Static<Input>>): Promise<Started>
  /** Starts an execution by type name; its input is checked at the first decision. */
  start(type: { name: string; version: string; input?: never }, request: StartRequest<unknown>): Promise<Started>
  /**
   * Reruns a closed execution from the step that failed, under the same id and with the same settings. The new run has the
   * results of all steps, sleeps, children and side effects that succeeded and the signals received, so nothing is done
   * twice. Steps whose activity has another version now run again, and so do steps that began only after the failure.
   * `started: false` means that this or another execution with the id is open.
   * @throws NothingToRerunError when it completed, or continued as new
   * @throws PayloadTooLargeError when the results exceed the 32,768 characters of an input, and there is no store
   * @throws UnknownResourceFault when SWF does not know the run, or no longer
   */
  rerun(execution: Execution): Promise<Started>
  /** Signals an execution; false if no such execution is open. */
  signal(execution: ExecutionRef, name: string, payload?: unknown): Promise<boolean>
  /**
   * Lets a retry that waits begin at once, by the id of its attempt (`PostToSite#3`); false if no such execution is open. One that
   * no longer waits is left alone.
   */
  retryNow(execution: ExecutionRef, attemptId: string): Promise<boolean>
  /** Requests the cancellation of an execution; false if no such execution is open. */
  cancel(execution: ExecutionRef): Promise<boolean>
  /** Terminates an execution at once, with its activities and children; false if no such execution is open. */
  terminate(execution: ExecutionRef, why: { reason: string; details?: string }): Promise<boolean>
  /** Describes a run; `undefined` if SWF does not know it, or no longer. On AWS the answer may be some seconds old. */
  describe(execution: Execution): Promise<WorkflowExecutionDetail | undefined>
  /** Lists open executions, newest first. */
  listOpen(filter?: ListFilter): AsyncIterable<WorkflowExecutionInfo>
  /** Lists closed executions, the last to close first. */
  listClosed(filter?: ListFilter & { readonly status?: CloseStatus }): AsyncIterable<WorkflowExecutionInfo>
  /** Reads the history in order, or newest first; pages and stored values are fetched as needed. */
  history(execution: Execution, options?: { readonly newestFirst?: boolean }): AsyncIterable<HistoryEvent>
  /** Reads the outcome of a run; `undefined` while it is open. */
  outcome(execution: Execution): Promise<Outcome | undefined>
  /**
   * Waits for the result of a run, polling its history with a back-off of up to two seconds.
   * @throws WorkflowFailedError when it closed without completing
   */
  result<Output extends TSchema>(
    workflow: Workflow<TSchema, Output>,
    execution: Execution,
    options?: { readonly signal?: AbortSignal },
  ): Promise<Static<Output>>
}

/**
 * Creates a client of a domain.
 * @param taskList task list that the deciders poll
 * @param store payload store of the domain's deciders and workers, if they have one
 */
export function createWorkflowClient({
  swf,
  domain,
  taskList,
  store,
}: {
  swf: SWFClient
  domain: string
  taskList: string
  store?: PayloadStore
}): WorkflowClient {
  const payloads = createPayloads(store)
  const pages = (execution: Execution, newestFirst: boolean, pageSize: number) =>
    paginateGetWorkflowExecutionHistory({ client: swf, pageSize }, { domain, execution, reverseOrder: newestFirst })

  const outcomeOfRun = async (execution: Execution) => {
    const { value: page } = await pages(execution, true, 1).next()
    const [last] = await payloads.eventsFromSwf(page?.events ?? [])
    return last === undefined ? undefined : outcomeOf(last)
  }

  const start = async (
    workflow: { name: string; version: string; input?: TSchema; timeout?: Duration; priority?: number },
    { workflowId, input, tags, timeout = workflow.timeout, priority = workflow.priority }: StartRequest<unknown>,
  ): Promise<Started> => {
    const text = encode(workflow.input, input, `Input of ${workflow.name} ${workflowId}`, payloads.maxLength)
    return send({
      domain,
      workflowId,
      workflowType: { name: workflow.name, version: workflow.version },
      taskList: { name: taskList },
      taskPriority: priority === undefined ? undefined : String(priority),
      input: text,
      tagList: tags === undefined ? undefined : [...tags],
      executionStartToCloseTimeout: timeout === undefined ? undefined : String(toSeconds(timeout)),
      taskStartToCloseTimeout: decisionTimeout,
      childPolicy: 'TERMINATE',
    })
  }

  const send = async (request: StartWorkflowExecutionCommandInput): Promise<Started> => {
    try {
      const input = request.input === undefined ? undefined : await payloads.toSwf(request.input)
      const { runId = '' } = await swf.send(new StartWorkflowExecutionCommand({ ...request, input }))
      return { started: true, runId }
    } catch (error) {
      if (error instanceof WorkflowExecutionAlreadyStartedFault) return { started: false }
      throw error
    }
  }

  const history = async function* (execution: Execution, { newestFirst = false } = {}) {
    for await (const { events = [] } of pages(execution, newestFirst, 1_000))
      yield* await payloads.eventsFromSwf(events)
  }

  const sendSignal = async ({ workflowId, runId }: ExecutionRef, signalName: string, payload?: unknown) => {
    const text = encode(undefined, payload, `Signal ${signalName} to ${workflowId}`, payloads.maxLength)
    const input = text === undefined ? undefined : await payloads.toSwf(text)
    return known(() => swf.send(new SignalWorkflowExecutionCommand({ domain, workflowId, runId, signalName, input })))
  }

  return {
    start,
    rerun: async (execution) => {
      const rerun = rerunOf(execution, await Array.fromAsync(history(execution)), payloads.maxLength)
      if (rerun === undefined) return { started: false }
      const { start: first, input } = rerun
      return send({
        domain,
        workflowId: execution.workflowId,
        workflowType: first.workflowType,
        taskList: first.taskList,
        taskPriority: first.taskPriority,
        input,
        tagList: first.tagList,
        executionStartToCloseTimeout: first.executionStartToCloseTimeout,
        taskStartToCloseTimeout: first.taskStartToCloseTimeout,
        childPolicy: first.childPolicy,
      })
    },
    signal: sendSignal,
    retryNow: (execution, attemptId) => sendSignal(execution, retryNowSignal, attemptId),
    cancel: ({ workflowId, runId }) =>
      known(() => swf.send(new RequestCancelWorkflowExecutionCommand({ domain, workflowId, runId }))),
    terminate: ({ workflowId, runId }, { reason, details }) =>
      known(() => swf.send(new TerminateWorkflowExecutionCommand({ domain, workflowId, runId, reason, details }))),
    describe: async (execution) => {
      try {
        return await swf.send(new DescribeWorkflowExecutionCommand({ domain, execution }))
      } catch (error) {
        if (error instanceof UnknownResourceFault) return undefined
        throw error
      }
    },
    listOpen: (filter) => listOpen(swf, domain, filter),
    listClosed: (filter) => listClosed(swf, domain, filter),
    history,
    outcome: outcomeOfRun,
    result: async (workflow, execution, { signal } = {}) => {
      for (let wait = initialPollIntervalMs; ; wait = Math.min(wait * 2, maxPollIntervalMs)) {
        const outcome = await outcomeOfRun(execution)
        if (outcome?.status === 'completed') {
          return decode(workflow.output, outcome.result, `Output of ${workflow.name} ${execution.workflowId}`)
        }
        if (outcome !== undefined) throw new WorkflowFailedError(execution.workflowId, outcome)
        await setTimeout(wait, undefined, signal === undefined ? {} : { signal })
      }
    },
  }
}

/** Sends a request; false if SWF does not know the execution. */
async function known(send: () => Promise<unknown>): Promise<boolean> {
  try {
    await send()
    return true
  } catch (error) {
    if (error instanceof UnknownResourceFault) return false
    throw error
  }
}
