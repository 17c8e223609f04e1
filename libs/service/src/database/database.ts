import postgres, { type Sql } from 'postgres'
import { passwordFromSecret } from './database-password.ts'
import type { Logger } from '../process/log.ts'
import { migrate } from './migrations.ts'
import { surviveLoss } from './survive-loss.ts'
import { tlsFor } from './tls.ts'
import { notUpYet, untilUp } from './until-up.ts'

export type { Sql } from 'postgres'

/** Each connection is a process of the server: those beyond what is needed all the time end after a while. */
const idleSeconds = 11

/** The password was just rotated, and the secret does not hold the new one yet. */
const wrongPassword = '28P01'

/**
 * Connects to the schema of one service and migrates it. The schema is created if it is absent (a user who owns it already needs no
 * right to), and is the whole `search_path`, so statements name tables without it.
 *
 * @param options.passwordSecret the ARN of the secret that holds the password of the url's user; each connection reads it again
 * @param options.schema the service's own schema, such as `lax`
 * @param options.migrations folder of numbered `.sql` files: `new URL('./migrations/', import.meta.url)`
 * @param options.max the maximal number of connections, 10 by default; one that is not used for a while is closed
 * @throws MigrationError when the database and the folder contradict each other; DatabasePasswordError when the secret
 *   can't be read; the driver's error when the database refuses (wrong password) or is not up within 30 seconds
 */
export async function connectDatabase(options: {
  url: string
  passwordSecret?: string | undefined
  schema: string
  migrations: URL
  logger: Logger
  max?: number
}): Promise<Sql> {
  const { url, passwordSecret, schema, migrations, logger, max = 10 } = options
  const password = passwordSecret === undefined ? undefined : await passwordFromSecret(passwordSecret, logger)
  const sql = postgres(url, {
    max,
    connect_timeout: 5,
    idle_timeout: idleSeconds,
    ...tlsFor(url),
    ...(password && { password: password.current, onclose: password.forget }),
    connection: { search_path: schema, application_name: schema },
    onnotice: (notice) => logger.debug({ notice }, 'database notice'),
  })
  surviveLoss(sql)
  try {
    await untilUp(sql, logger, password ? new Set([...notUpYet, wrongPassword]) : notUpYet)
    await migrate({ sql, schema, folder: migrations, logger })
    return sql
  } catch (error) {
    await sql.end({ timeout: 0 })
    throw error
  }
}
