import { hostsOf, loadEnvironment, type Environment, type SecretName } from '@continuum/environments'
import { readSecret } from '../environments/secret.ts'
import { UserError } from '../errors/user-error.ts'
import { secretsOf } from '../local/data-directory.ts'
import { runningOn } from '../local/running.ts'

/** Options that name a dashboard; `data` and `base` locate the state of `local`. */
export interface DashboardOptions {
  readonly env: string
  readonly url?: string
  readonly data: string
  readonly base: string
}

/** The dashboard of an environment. */
export interface DashboardAddress {
  readonly environment: Environment
  /** Without a trailing slash. */
  readonly url: string
  /** Reads a secret of the environment. */
  readonly secret: (name: SecretName) => Promise<string>
}

/**
 * Finds the dashboard that a command is about.
 *
 * @throws UserError where nothing runs, or the environment has no address
 */
export async function dashboardAddress({ env, url, data, base }: DashboardOptions): Promise<DashboardAddress> {
  const environment = await loadEnvironment(env)
  if (environment.name === 'local') {
    const local = runningOn(data, base)
    return {
      environment,
      url: trimmed(url ?? local.running.addresses['dashboard'] ?? ''),
      secret: async (name) => secretsOf(local.data)[name],
    }
  }
  const host = hostsOf(environment)?.dashboard
  if (url === undefined && host === undefined)
    throw new UserError(`${env} has no domain, so its dashboard has no name: give its address with --url URL.`)
  return {
    environment,
    url: trimmed(url ?? `https://${host}`),
    secret: (name) => readSecret(environment, name),
  }
}

const trimmed = (url: string) => url.replace(/\/+$/, '')
