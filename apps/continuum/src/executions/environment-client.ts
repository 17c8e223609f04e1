import { createWorkflowClient, type WorkflowClient } from '@continuum/workflow-core'
import { askingAws, type EnvironmentOption } from '../local/running-aws.ts'

/**
 * Asks an environment's SWF.
 * @throws UserError where nothing runs there, or AWS does not take the credentials
 */
export function askingExecutions<Result>(
  option: EnvironmentOption,
  ask: (executions: WorkflowClient) => Promise<Result>,
): Promise<Result> {
  return askingAws(option, ({ clients: { swf }, names: { domain, taskLists } }) =>
    ask(createWorkflowClient({ swf, domain, taskList: taskLists.decisions })),
  )
}
