import { databaseSecretOf, databaseServices, type DatabaseService } from '@continuum/environments'
import { createLogger, embeddedPostgresUrl, ensureServiceUsers, serviceUserUrl } from '@continuum/service'
import { oneLine } from '../errors/one-line.ts'
import { UserError } from '../errors/user-error.ts'
import type { DataDirectory, Secrets } from './data-directory.ts'
import type { StartSettings } from './settings.ts'

/** The database as its superuser, or as the user whom DATABASE_URL names. Services are not told it. */
export function databaseAddress(settings: StartSettings, data: DataDirectory, port: number): string {
  return settings.DATABASE_URL ?? embeddedPostgresUrl({ dataDir: data.postgres, port })
}

/** The users of the database, one for each service: with the password that was drawn at the first start. */
export interface DatabaseUsers {
  /**
   * Makes them, once the database runs. A data directory of an earlier release gives its schemas to them.
   *
   * @returns false where the user of DATABASE_URL may not create users: every service connects as that user then
   * @throws {UserError} where the database refuses, or is not up within 30 seconds
   */
  readonly ensure: (adminUrl: string) => Promise<boolean>
  /** The database as the user of a service. */
  readonly urlOf: (service: DatabaseService) => string
}

export const sharedUser =
  'The user of DATABASE_URL may not create users (CREATEROLE), so that every service connects as that user'

export function databaseUsers(secrets: Secrets): DatabaseUsers {
  const userOf = (service: DatabaseService) => ({ schema: service, password: secrets[databaseSecretOf(service)] })
  let urlOf: DatabaseUsers['urlOf'] | undefined
  return {
    ensure: async (adminUrl) => {
      const logger = createLogger({ service: 'continuum', level: 'silent' })
      const users = databaseServices.map(userOf)
      const made = await ensureServiceUsers({ adminUrl, users, logger }).catch((error: unknown) => {
        throw new UserError(`Can't make the users of the database: ${oneLine(error)}`)
      })
      urlOf = made ? (service) => serviceUserUrl(adminUrl, userOf(service)) : () => adminUrl
      return made
    },
    urlOf: (service) => {
      if (!urlOf) throw new Error(`The database user of ${service} is not made yet`)
      return urlOf(service)
    },
  }
}
