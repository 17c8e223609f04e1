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

const Password = Type.String({ minLength: 1 })

/**
 * Splits a reference to a password into the ARN of its secret and the key in its JSON: `password`, as RDS keeps it, unless the reference
 * says another, as ECS writes it: `ARN:KEY::`.
 */
function placeOf(reference: string): { arn: string; key: string } {
  const [, arn = reference, key = 'password'] = /^(.+):([^:]+)::$/.exec(reference) ?? []
  return { arn, key }
}

/**
 * Reads the password from Secrets Manager, where RDS stores it as JSON and rotates it: each new connection reads it again,
 * so a rotation needs no restart. Region and endpoint come from the ARN and the usual AWS variables.
 *
 * @throws DatabasePasswordError when it can't be read
 */
export async function passwordFromSecret(reference: string, logger: Logger): Promise<DatabasePassword> {
  const { GetSecretValueCommand, SecretsManagerClient } = await import('@aws-sdk/client-secrets-manager')
  const { arn, key } = placeOf(reference)
  const region = arn.split(':')[3] ?? ''
  const client = new SecretsManagerClient({
    region,
    requestHandler: { connectionTimeout: 2000, requestTimeout: 3000 },
  })
  const read = async () => {
    const { SecretString = '' } = await client.send(new GetSecretValueCommand({ SecretId: arn }))
    return passwordIn(SecretString, { arn, key })
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

function passwordIn(text: string, { arn, key }: ReturnType<typeof placeOf>): string {
  const secret: unknown = parseJson(text)
  const password: unknown = Object.hasOwn(Object(secret), key) ? Reflect.get(Object(secret), key) : undefined
  if (!Value.Check(Password, password))
    throw new DatabasePasswordError(`The secret ${arn} must be JSON with a "${key}", as RDS stores its own, but is not`)
  return password
}
