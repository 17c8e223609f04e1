import { createClients, namesOf, provision } from '@continuum/aws-resources'
import { loadEnvironment } from '@continuum/environments'
import { askingAws } from './environments/aws-error.ts'

/**
 * `continuum provision`: an environment's AWS resources by SDK, as the infra program would make them.
 *
 * @throws UnknownEnvironment, EnvironmentError, and Refusal for what AWS does not let these credentials do
 */
export async function provisionEnvironment(name: string, say: (line: string) => void): Promise<void> {
  const environment = await loadEnvironment(name)
  await askingAws(environment.region, () =>
    provision(createClients({ region: environment.region }), namesOf(environment), (progress) =>
      say(`${progress.outcome.padEnd(9)}  ${progress.kind} ${progress.name}`),
    ),
  )
}
