import postgres, { type Sql } from 'postgres'
import { passwordFromSecret } from './database-password.ts'
import type { Logger } from '../process/log.ts'
import { migrate } from './migrations.ts'

export type { Sql } from 'postgres'

const patience = { seconds: 30, firstMilliseconds: 100, longestMilliseconds: 2000 }

/** The database is not there (yet), or is starting or stopping. */
const notUpYet = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'ENOTFOUND',
  'EAI_AGAIN',
  'CONNECT_TIMEOUT',
  'CONNECTION_CLOSED',
  '57P03',
])
/** The password was changed a moment ago, and its secret does not say so yet. */
const wrongPassword = '28P01'

/**
 * A pool of connections to one service's schema, migrated to what its folder of migrations says.
 * The schema is made where it is absent and is the whole `search_path`, so statements name tables bare.
 *
 * @param options.passwordSecret the ARN of the secret that holds the password of the url's user; each connection asks for it anew
 * @param options.schema the service's own schema, such as `lax`
 * @param options.migrations folder of numbered `.sql` files: `new URL('./migrations/', import.meta.url)`
 * @param options.max most connections, 10 unless told
 * @throws MigrationError where the database and the folder contradict each other; NoDatabasePassword where the secret can't be
 *   read; the driver's error where the database refuses (wrong password) or is not up within 30 seconds
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
    ...(password && { password: password.current, onclose: password.forget }),
    connection: { search_path: schema, application_name: schema },
    onnotice: (notice) => logger.debug({ notice }, 'database notice'),
  })
  try {
    await untilUp(sql, logger, password ? new Set([...notUpYet, wrongPassword]) : notUpYet)
    await migrate({ sql, schema, folder: migrations, logger })
    return sql
  } catch (error) {
    await sql.end({ timeout: 0 })
    throw error
  }
}

async function untilUp(sql: Sql, logger: Logger, passing: ReadonlySet<string>): Promise<void> {
  const giveUp = Date.now() + patience.seconds * 1000
  for (let wait = patience.firstMilliseconds; ; wait = Math.min(wait * 2, patience.longestMilliseconds)) {
    try {
      await sql`select 1`
      return
    } catch (error) {
      const code = error instanceof Error && 'code' in error ? String(error.code) : ''
      if (!passing.has(code) || Date.now() + wait > giveUp) throw error
      logger.warn({ code, wait }, 'the database does not answer yet')
      await new Promise((resolve) => setTimeout(resolve, wait))
    }
  }
}
