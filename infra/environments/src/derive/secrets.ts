import type { ProcessName } from '../model/environment.ts'
import { appOf } from './processes.ts'

/**
 * The secrets of an environment, kept apart from its settings. All are generated once, but three that a person writes:
 * `recipient-credentials`, a JSON object with the password of each recipient by its name, `openid-client-secret` and
 * `mail-password`.
 */
export const secretNames = [
  'lax-token',
  'lax-read-token',
  'site-password',
  'preview-secret',
  'sign-in-secret',
  'session-secret',
  'dashboard-token',
  'metrics-token',
  'counter-key',
  'deposits-token',
  'database-dashboard',
  'database-lax',
  'database-journal',
  'database-metrics',
  'database-deposits',
  'database-starter',
  'recipient-credentials',
  'openid-client-secret',
  'mail-password',
] as const
export type SecretName = (typeof secretNames)[number]

/** The secrets that a person fills. All others are generated. */
export const filledByHand = [
  'recipient-credentials',
  'openid-client-secret',
  'mail-password',
] as const satisfies readonly SecretName[]
export type HandFilledSecret = (typeof filledByHand)[number]

/** The services with a schema of the database, and a user of it who owns that schema alone. */
export const databaseServices = ['dashboard', 'lax', 'journal', 'metrics', 'deposits', 'starter'] as const
export type DatabaseService = (typeof databaseServices)[number]

/** The secret with the password of a service's database user. */
export const databaseSecretOf = (service: DatabaseService) => `database-${service}` as const satisfies SecretName

/** The service whose database user a process has; undefined for a process without a database. */
export function databaseServiceOf(process: ProcessName): DatabaseService | undefined {
  if (process === 'workflow-starter') return 'starter'
  return databaseServices.find((service) => service === appOf(process))
}

/** The secret settings: the process gets the value of the secret in the variable. */
export const secretOfVariable = {
  LAX_TOKEN: 'lax-token',
  LAX_READ_TOKEN: 'lax-read-token',
  SITE_PASSWORD: 'site-password',
  PREVIEW_SECRET: 'preview-secret',
  SIGN_IN_SECRET: 'sign-in-secret',
  SESSION_SECRET: 'session-secret',
  DASHBOARD_TOKEN: 'dashboard-token',
  METRICS_TOKEN: 'metrics-token',
  COUNTER_API_KEY: 'counter-key',
  DEPOSITS_TOKEN: 'deposits-token',
  RECIPIENT_CREDENTIALS: 'recipient-credentials',
  OPENID_CLIENT_SECRET: 'openid-client-secret',
  MAIL_PASSWORD: 'mail-password',
} as const satisfies Record<string, SecretName>

/**
 * The secrets of which two values are valid at a time, so that one can take the other's place while everything runs: the variable in
 * which whoever is shown one is told the second.
 */
export const secondOfVariable = {
  LAX_TOKEN_SECOND: 'lax-token',
  LAX_READ_TOKEN_SECOND: 'lax-read-token',
  SITE_PASSWORD_SECOND: 'site-password',
  PREVIEW_SECRET_SECOND: 'preview-secret',
  SIGN_IN_SECRET_SECOND: 'sign-in-secret',
  SESSION_SECRET_SECOND: 'session-secret',
  DASHBOARD_TOKEN_SECOND: 'dashboard-token',
  METRICS_TOKEN_SECOND: 'metrics-token',
  COUNTER_API_KEY_SECOND: 'counter-key',
  DEPOSITS_TOKEN_SECOND: 'deposits-token',
} as const satisfies Record<string, SecretName>
export type RotatedSecret = (typeof secondOfVariable)[keyof typeof secondOfVariable]

/** The secrets that are rotated. */
export const rotatedSecrets: readonly RotatedSecret[] = Object.values(secondOfVariable)
