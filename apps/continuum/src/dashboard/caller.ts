import { userInfo } from 'node:os'
import type { Environment } from '@continuum/environments'
import { explainAwsErrors } from '../errors/aws-error.ts'

/**
 * The person at the command line: on this machine the operating system's user, in AWS the caller of STS without the
 * account, such as `assumed-role/Operators/ada`.
 */
export async function callerOf(environment: Environment): Promise<string> {
  if (environment.name === 'local') return userInfo().username
  const { GetCallerIdentityCommand, STSClient } = await import('@aws-sdk/client-sts')
  const { region } = environment
  const client = new STSClient({ region })
  const { Arn = 'somebody with credentials of AWS' } = await explainAwsErrors(region, () =>
    client.send(new GetCallerIdentityCommand({})),
  )
  return Arn.slice(Arn.lastIndexOf(':') + 1)
}
