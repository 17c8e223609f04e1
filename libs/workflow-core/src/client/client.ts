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
import { WorkflowNotCompleted } from '../values/errors.ts'
import type { Execution } from '../values/execution.ts'
import { type Outcome, outcomeOf } from '../values/outcome.ts'
import { createPayloads, type PayloadStore } from '../values/payload-store.ts'
import { decode, encode } from '../values/payload.ts'

/** Milliseconds between two looks at an execution whose result is awaited: the second, and from then on twice as many. */
const firstLookMs = 20
const longestLookMs = 2_000

/** One run of an execution; without `runId` the open one of that id. */
export interface ExecutionRef {
  readonly workflowId: string
  readonly runId?: string | undefined
}

export interface StartRequest<Input> {
  /** Means something, so that two starts of the same work collide: one execution with it can be open at a time. */
  readonly workflowId: string
  readonly input: Input
  /** To find it by: at most 5, of 256 characters. */
  readonly tags?: readonly string[]
  /** In place of the workflow's own time-out. */
  readonly timeout?: Duration
}

/** `started: false` is an answer, not an error: an execution with this id is open. */
export type Started =
  | { readonly started: true; readonly runId: string }
  | { readonly started: false; readonly runId?: undefined }

export interface WorkflowClient {
  /** @throws InvalidPayload when the input does not fit the workflow's schema */
  start<Input extends TSchema>(workflow: Workflow<Input>, request: StartRequest<Static<Input>>): Promise<Started>
  /** Where only the names are known: the input is checked when the execution decides for the first time. */
  start(type: { name: string; version: string; input?: never }, request: StartRequest<unknown>): Promise<Started>
  /**
   * Starts a closed execution anew from the step that failed, under the same id and as it was started: it is given the
   * results of the steps, sleeps, children, local values and signals that had succeeded or come, so that none of them is
   * done again. A step whose activity has another version by now is done again, and so is what began only after the
   * failure. Not started: this or another execution with the id is open.
   * @throws NothingToRerun when it completed, or went on as new
   * @throws PayloadTooLarge when the results are more than the 32,768 characters of an input, and there is no store
   * @throws UnknownResourceFault when SWF does not know the run (any more)
   */
  rerun(execution: Execution): Promise<Started>
  /** False: no such execution is open. */
  signal(execution: ExecutionRef, name: string, payload?: unknown): Promise<boolean>
  /** Asks it to end by itself. False: no such execution is open. */
  cancel(execution: ExecutionRef): Promise<boolean>
  /** Ends it at once, its activities and children too. False: no such execution is open. */
  terminate(execution: ExecutionRef, why: { reason: string; details?: string }): Promise<boolean>
  /** Undefined: SWF knows no such run (any more). AWS may answer with what was true some seconds ago. */
  describe(execution: Execution): Promise<WorkflowExecutionDetail | undefined>
  listOpen(filter?: ListFilter): AsyncIterable<WorkflowExecutionInfo>
  listClosed(filter?: ListFilter & { readonly status?: CloseStatus }): AsyncIterable<WorkflowExecutionInfo>
  /** All events in order, or newest first; pages are fetched as they are needed, and so is what lies in the store. */
  history(execution: Execution, options?: { readonly newestFirst?: boolean }): AsyncIterable<HistoryEvent>
  /** How the run ended; `undefined` while it is open. */
  outcome(execution: Execution): Promise<Outcome | undefined>
  /**
   * Waits for the end, by looking at it, at last every two seconds.
   * @throws WorkflowNotCompleted when it ended in any other way than by returning
   */
  result<Output extends TSchema>(
    workflow: Workflow<TSchema, Output>,
    execution: Execution,
    options?: { readonly signal?: AbortSignal },
  ): Promise<Static<Output>>
}

/**
 * What starters and dashboards do with executions.
 * @param taskList where deciders poll
 * @param store that of the deciders and workers, where they have one
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
    workflow: { name: string; version: string; input?: TSchema; timeout?: Duration },
    { workflowId, input, tags, timeout = workflow.timeout }: StartRequest<unknown>,
  ): Promise<Started> => {
    const text = encode(workflow.input, input, `Input of ${workflow.name} ${workflowId}`, payloads.longest)
    return begin({
      domain,
      workflowId,
      workflowType: { name: workflow.name, version: workflow.version },
      taskList: { name: taskList },
      input: text,
      tagList: tags === undefined ? undefined : [...tags],
      executionStartToCloseTimeout: timeout === undefined ? undefined : String(toSeconds(timeout)),
      taskStartToCloseTimeout: decisionTimeout,
      childPolicy: 'TERMINATE',
    })
  }

  const begin = async (request: StartWorkflowExecutionCommandInput): Promise<Started> => {
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

  return {
    start,
    rerun: async (execution) => {
      const again = rerunOf(execution, await Array.fromAsync(history(execution)), payloads.longest)
      if (again === undefined) return { started: false }
      const { start: first, input } = again
      return begin({
        domain,
        workflowId: execution.workflowId,
        workflowType: first.workflowType,
        taskList: first.taskList,
        input,
        tagList: first.tagList,
        executionStartToCloseTimeout: first.executionStartToCloseTimeout,
        taskStartToCloseTimeout: first.taskStartToCloseTimeout,
        childPolicy: first.childPolicy,
      })
    },
    signal: async ({ workflowId, runId }, signalName, payload) => {
      const text = encode(undefined, payload, `Signal ${signalName} to ${workflowId}`, payloads.longest)
      const input = text === undefined ? undefined : await payloads.toSwf(text)
      return known(() => swf.send(new SignalWorkflowExecutionCommand({ domain, workflowId, runId, signalName, input })))
    },
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
      for (let wait = firstLookMs; ; wait = Math.min(wait * 2, longestLookMs)) {
        const outcome = await outcomeOfRun(execution)
        if (outcome?.status === 'completed') {
          return decode(workflow.output, outcome.result, `Output of ${workflow.name} ${execution.workflowId}`)
        }
        if (outcome !== undefined) throw new WorkflowNotCompleted(execution.workflowId, outcome)
        await setTimeout(wait, undefined, signal === undefined ? {} : { signal })
      }
    },
  }
}

/** Whether SWF knew the execution. */
async function known(send: () => Promise<unknown>): Promise<boolean> {
  try {
    await send()
    return true
  } catch (error) {
    if (error instanceof UnknownResourceFault) return false
    throw error
  }
}
