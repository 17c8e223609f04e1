import { createClients, namesOf } from '@continuum/aws-resources'
import { loadEnvironment } from '@continuum/environments'
import { createWorkflowClient, type WorkflowClient } from '@continuum/workflow-core'
import { explainAwsErrors } from '../errors/aws-error.ts'
import { localAwsVariables, type EnvironmentOption } from '../local/running-aws.ts'

/**
 * Asks an environment's SWF: that of AWS with this shell's credentials, or for `local` the one that runs on the data directory.
 * @throws UserError where nothing runs there, or AWS does not take the credentials
 */
export async function askingExecutions<Result>(
  { env, data, base }: EnvironmentOption,
  ask: (executions: WorkflowClient) => Promise<Result>,
): Promise<Result> {
  const environment = await loadEnvironment(env)
  if (environment.name === 'local') Object.assign(process.env, localAwsVariables(data, base))
  const { domain, taskLists } = namesOf(environment)
  const { swf } = createClients({ region: environment.region })
  const executions = createWorkflowClient({ swf, domain, taskList: taskLists.decisions })
  return explainAwsErrors(environment.region, () => ask(executions))
}
