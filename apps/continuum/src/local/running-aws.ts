import { readSettings } from '@continuum/service'
import { awsVariables } from './aws-variables.ts'
import { awsKeyOf } from './data-directory.ts'
import { StartSettings } from './settings.ts'
import { runningOn } from './status.ts'

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
