import { Type } from 'typebox'
import { Value } from 'typebox/value'
import type { Logger } from '../process/log.ts'

/** Thrown where the secret of the database can't be had, or holds no password. Never retried: a person must mend it. */
export class NoDatabasePassword extends Error {
  override readonly name = 'NoDatabasePassword'
  readonly retry = false
}

/** The password of a database, as it is now. */
export interface DatabasePassword {
  /** What a new connection is made with. Never rejects: the driver has no ear for it; the server then refuses, and the log says why. */
  readonly current: () => Promise<string>
  /** What was kept may be wrong: a connection has ended. */
  readonly forget: () => void
}

/** As many connections are made at once at a start: one question is enough for all. */
const keptMilliseconds = 1000

const Secret = Type.Object({ password: Type.String({ minLength: 1 }) })

/**
 * Reads the password from Secrets Manager, where RDS keeps it as JSON and changes it of its own accord: whatever connection is
 * made later asks again, so a change needs no restart. Region and endpoint come from the ARN and the usual AWS variables.
 *
 * @throws NoDatabasePassword where it can't be read now
 */
export async function passwordFromSecret(arn: string, logger: Logger): Promise<DatabasePassword> {
  const { GetSecretValueCommand, SecretsManagerClient } = await import('@aws-sdk/client-secrets-manager')
  const region = arn.split(':')[3] ?? ''
  const client = new SecretsManagerClient({
    region,
    requestHandler: { connectionTimeout: 2000, requestTimeout: 3000 },
  })
  const read = async () => {
    const { SecretString = '' } = await client.send(new GetSecretValueCommand({ SecretId: arn }))
    return passwordIn(SecretString, arn)
  }
  let last = await read().catch((error: unknown) => {
    if (error instanceof NoDatabasePassword) throw error
    throw new NoDatabasePassword(`The database's password can't be read from ${arn}: ${String(error)}`, {
      cause: error,
    })
  })
  let kept: { readonly at: number; readonly password: Promise<string> } | undefined = {
    at: performance.now(),
    password: Promise.resolve(last),
  }
  return {
    current: async () => {
      if (!kept || performance.now() - kept.at > keptMilliseconds) kept = { at: performance.now(), password: read() }
      try {
        last = await kept.password
      } catch (error) {
        kept = undefined
        logger.error({ err: error, secret: arn }, "the database's password can't be read; the last known one is tried")
      }
      return last
    },
    forget: () => {
      kept = undefined
    },
  }
}

function passwordIn(text: string, arn: string): string {
  let secret: unknown
  try {
    secret = JSON.parse(text)
  } catch {
    secret = undefined
  }
  if (!Value.Check(Secret, secret))
    throw new NoDatabasePassword(`The secret ${arn} must be JSON with a "password", as RDS keeps it, but is not`)
  return secret.password
}
