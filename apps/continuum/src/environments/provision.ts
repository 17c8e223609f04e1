import { createClients, hasTls, namesOf, provision, type Provisioned } from '@continuum/aws-resources'
import { loadEnvironment, storageChoices } from '@continuum/environments'
import { explainAwsErrors } from '../errors/aws-error.ts'

/**
 * `continuum provision`: an environment's AWS resources by SDK, as the infra program would make them.
 *
 * @throws UnknownEnvironmentError, EnvironmentError, and UserError for what AWS does not let these credentials do
 */
export async function provisionEnvironment(name: string, say: (line: string) => void): Promise<void> {
  const environment = await loadEnvironment(name)
  const clients = createClients({ region: environment.region })
  const tell = ({ outcome, kind, name: of }: Provisioned) => say(`${outcome.padEnd(11)}  ${kind} ${of}`)
  await explainAwsErrors(environment.region, () =>
    provision(
      clients,
      namesOf(environment),
      tell,
      storageChoices(environment),
      hasTls(process.env['AWS_ENDPOINT_URL']),
    ),
  )
}
