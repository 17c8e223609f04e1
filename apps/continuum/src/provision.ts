import { createClients, namesOf, provision } from '@continuum/aws-resources'
import { Refusal } from './refusal.ts'

/** `continuum provision`: an environment's AWS resources by SDK, as the infra program would make them. */
export async function provisionEnvironment(
  options: { env: string; prefix?: string; organisation: string },
  say: (line: string) => void,
): Promise<void> {
  const region = process.env['AWS_REGION'] ?? process.env['AWS_DEFAULT_REGION']
  if (!region) throw new Refusal('Say in which region: AWS_REGION=eu-west-1 npm run -s continuum -- provision ...')
  const names = namesOf({ prefix: options.prefix ?? `${options.env}-`, organisation: options.organisation })
  await provision(createClients({ region }), names, (progress) =>
    say(`${progress.outcome.padEnd(9)}  ${progress.kind} ${progress.name}`),
  )
}
