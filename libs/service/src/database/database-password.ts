import { Type } from 'typebox'
import { Value } from 'typebox/value'
import { parseJson } from '../settings/parse-json.ts'
import type { Logger } from '../process/log.ts'

/** Thrown when the secret of the database can't be read or holds no password. Never retried: a person must fix it. */
export class DatabasePasswordError extends Error {
  override readonly name = 'DatabasePasswordError'
  readonly retry = false
}

/** The current password of a database. */
export interface DatabasePassword {
  /** Returns the password for a new connection. Never rejects, because the driver does not handle that: the server then refuses. */
  readonly current: () => Promise<string>
  /** Drops the cached password, which may be wrong: a connection has ended. */
  readonly forget: () => void
}

/** Connections that are opened together share one request. */
const cacheMilliseconds = 1000

const Secret = Type.Object({ password: Type.String({ minLength: 1 }) })

/**
 * Reads the password from Secrets Manager, where RDS stores it as JSON and rotates it: each new connection reads it again,
 * so a rotation needs no restart. Region and endpoint come from the ARN and the usual AWS variables.
 *
 * @throws DatabasePasswordError when it can't be read
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
    if (error instanceof DatabasePasswordError) throw error
    throw new DatabasePasswordError(`The database's password can't be read from ${arn}: ${String(error)}`, {
      cause: error,
    })
  })
  let kept: { readonly at: number; readonly password: Promise<string> } | undefined = {
    at: performance.now(),
    password: Promise.resolve(last),
  }
  return {
    current: async () => {
      if (!kept || performance.now() - kept.at > cacheMilliseconds) kept = { at: performance.now(), password: read() }
      try {
        last = await kept.password
      } catch (error) {
        kept = undefined
        logger.error({ err: error, secret: arn }, "the database's password can't be read; trying the last known one")
      }
      return last
    },
    forget: () => {
      kept = undefined
    },
  }
}

function passwordIn(text: string, arn: string): string {
  const secret = parseJson(text)
  if (!Value.Check(Secret, secret))
    throw new DatabasePasswordError(`The secret ${arn} must be JSON with a "password", as RDS stores it, but is not`)
  return secret.password
}
