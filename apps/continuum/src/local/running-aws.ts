import { readSettings } from '@continuum/service'
import { awsVariables } from './aws-variables.ts'
import { StartSettings } from './settings.ts'
import { runningOn } from './status.ts'

/** The AWS variables of the running local environment, on whatever port it was started. */
export function localAwsVariables(data: string, base: string): Record<string, string> {
  const { aws } = runningOn(data, base).running.addresses
  const variables = Object.entries(awsVariables(readSettings(StartSettings, process.env)))
  return Object.fromEntries(
    variables.map(([name, value]) => [name, name.startsWith('AWS_ENDPOINT_URL') ? (aws ?? value) : value]),
  )
}
