import type { SQSClient } from '@aws-sdk/client-sqs'
import { createClients, namesOf, type Names } from '@continuum/aws-resources'
import { loadEnvironment } from '@continuum/environments'
import { explainAwsErrors } from '../errors/aws-error.ts'
import { localAwsVariables, type EnvironmentOption } from '../local/running-aws.ts'

/** The queues of an environment. */
export interface EnvironmentQueues {
  readonly sqs: SQSClient
  readonly names: Names
}

/**
 * Asks an environment's SQS: that of AWS with this shell's credentials, or for `local` the one that runs on the data directory.
 *
 * @throws {UserError} where nothing runs there, or AWS does not take the credentials
 */
export async function askingQueues<Result>(
  { env, data, base }: EnvironmentOption,
  ask: (queues: EnvironmentQueues) => Promise<Result>,
): Promise<Result> {
  const environment = await loadEnvironment(env)
  if (environment.name === 'local') Object.assign(process.env, localAwsVariables(data, base))
  const { sqs } = createClients({ region: environment.region })
  return explainAwsErrors(environment.region, () => ask({ sqs, names: namesOf(environment) }))
}
