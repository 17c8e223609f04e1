import { setTimeout } from 'node:timers/promises'
import type { SWFClient } from '@aws-sdk/client-swf'
import type { Logger } from '@continuum/service'
import { createWorkflowClient, type Execution } from '@continuum/workflow-core'
import type { Sql } from 'postgres'
import { bounded } from './bounded.ts'
import type { Show } from './hide-secrets.ts'
import { createReadExecution, type KnownExecution } from './known-execution.ts'
import { listExecutions, type ExecutionsQuery, type FoundExecutions } from './list-executions.ts'
import { sendActs } from './send-acts.ts'

/** The executions of the environment. Each read throws `ExecutionsUnavailableError` where SWF does not answer in time. */
export interface Executions {
  readonly list: (query: ExecutionsQuery) => Promise<FoundExecutions>
  /** Undefined where SWF does not know the run, or no longer. */
  readonly read: (execution: Execution) => Promise<KnownExecution | undefined>
  /** Does the acts that are stored and not done. Never throws: what cannot be done now is done later. */
  readonly sendActs: () => Promise<void>
  readonly show: Show
}

/**
 * Connects to SWF.
 *
 * @param options.milliseconds nobody waits longer than this for what SWF says
 */
export function connectExecutions(options: {
  swf: SWFClient
  domain: string
  taskList: string
  sql: Sql
  show: Show
  milliseconds: number
  logger: Logger
}): Executions {
  const { swf, domain, taskList, sql, show, milliseconds, logger } = options
  const executions = createWorkflowClient({ swf, domain, taskList })
  const readExecution = createReadExecution(executions, show)
  return {
    list: (query) => bounded(milliseconds, () => listExecutions(executions, query, Temporal.Now.instant())),
    read: (execution) => {
      // What only helps has to be there a little earlier than what is needed.
      const late = setTimeout(milliseconds * 0.8, undefined, { ref: false })
      return bounded(milliseconds, () => readExecution(execution, late))
    },
    sendActs: () => sendActs({ sql, executions, milliseconds, logger }),
    show,
  }
}
