import { createClients, namesOf, type Clients, type Names } from '@continuum/aws-resources'
import { loadEnvironment } from '@continuum/environments'
import { readSettings } from '@continuum/service'
import { explainAwsErrors } from '../errors/aws-error.ts'
import { awsVariables } from './aws-variables.ts'
import { awsKeyOf } from './data-directory.ts'
import { StartSettings } from './settings.ts'
import { runningOn } from './running.ts'

/** The environment that a command is about; `data` and `base` locate the state of `local`. */
export interface EnvironmentOption {
  readonly env: string
  readonly data: string
  readonly base: string
}

/** The AWS variables of the running local environment, on whatever port it was started. */
export function localAwsVariables(data: string, base: string): Record<string, string> {
  const { running, data: directory } = runningOn(data, base)
  const { aws } = running.addresses
  const variables = Object.entries(awsVariables(readSettings(StartSettings, process.env), () => awsKeyOf(directory)))
  return Object.fromEntries(
    variables.map(([name, value]) => [name, name.startsWith('AWS_ENDPOINT_URL') ? (aws ?? value) : value]),
  )
}

/** AWS as an environment uses it: the clients of its region, and the names of its resources. */
export interface EnvironmentAws {
  readonly clients: Clients
  readonly names: Names
}

/**
 * Asks an environment's AWS with this shell's credentials, or for `local` the one that runs on the data directory.
 *
 * @throws UserError where nothing runs there, or AWS does not take the credentials
 */
export async function askingAws<Result>(
  { env, data, base }: EnvironmentOption,
  ask: (aws: EnvironmentAws) => Promise<Result>,
): Promise<Result> {
  const environment = await loadEnvironment(env)
  if (environment.name === 'local') Object.assign(process.env, localAwsVariables(data, base))
  const clients = createClients({ region: environment.region })
  return explainAwsErrors(environment.region, () => ask({ clients, names: namesOf(environment) }))
}
