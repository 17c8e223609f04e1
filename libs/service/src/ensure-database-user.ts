/**
 * Makes the database user of one service, and ends. In AWS it runs before each task that has a database, in a container of its own: it
 * alone is told the password of the database's master user.
 */
import { Type } from 'typebox'
import { ensureServiceUsers } from './database/service-users.ts'
import { createLogger } from './process/log.ts'
import { readSettings } from './settings/settings.ts'

const Settings = Type.Object({
  DATABASE_URL: Type.String({ pattern: '^postgres(ql)?://', description: 'the database, as its master user' }),
  DATABASE_PASSWORD: Type.String({ minLength: 1, description: "the master user's password" }),
  SERVICE_SCHEMA: Type.String({ pattern: '^[a-z]+$', description: 'the schema that the service owns' }),
  SERVICE_PASSWORD: Type.String({ minLength: 16, description: "the password of the service's user" }),
})

const logger = createLogger({ service: 'database-user', level: 'info' })
const settings = readSettings(Settings, process.env)
const { DATABASE_URL: adminUrl, DATABASE_PASSWORD: adminPassword, SERVICE_SCHEMA: schema } = settings
const users = [{ schema, password: settings.SERVICE_PASSWORD }]
if (!(await ensureServiceUsers({ adminUrl, adminPassword, users, logger })))
  throw new Error(`The user of DATABASE_URL may not create users: the schema ${schema} needs one`)
logger.info({ schema }, 'the service has its database user')
