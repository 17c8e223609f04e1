import { namesOf } from '@continuum/aws-resources'
import { hostsOf, loadEnvironment } from '@continuum/environments'
import { readSecret } from '../environments/secret.ts'
import { UserError } from '../errors/user-error.ts'
import { secretsOf } from '../local/data-directory.ts'
import { runningOn } from '../local/running.ts'

/** The article store of an environment: its address without a trailing slash, and the credential for writing to it. */
export interface StoreAddress {
  readonly url: string
  readonly token: string
}

/** Options that name an article store; `data` and `base` locate the state of `local`. */
export interface StoreOptions {
  readonly env: string
  readonly url?: string
  readonly data: string
  readonly base: string
}

/**
 * Finds the article store that a command is about. The token is `LAX_TOKEN` where it is set; otherwise that of the local
 * environment, or the secret of one in AWS, read with this shell's credentials.
 *
 * @throws UserError where nothing runs, the environment has no address, or AWS does not take the credentials
 */
export async function storeAddress({ env, url: given, data, base }: StoreOptions): Promise<StoreAddress> {
  const environment = await loadEnvironment(env)
  const token = process.env['LAX_TOKEN']
  if (environment.name === 'local') {
    const local = given !== undefined && token !== undefined ? undefined : runningOn(data, base)
    const url = given ?? local?.running.addresses['lax'] ?? ''
    return { url: trimmed(url), token: token ?? (local ? secretsOf(local.data)['lax-token'] : '') }
  }
  const host = hostsOf(environment)?.lax
  if (given === undefined && host === undefined)
    throw new UserError(`${env} has no domain, so its article store has no name: give its address with --url URL.`)
  return { url: trimmed(given ?? `https://${host}`), token: token ?? (await readSecret(environment, 'lax-token')) }
}

/** The address below which readers find an article's files: what links in article JSON that is made of XML begin with. */
export async function cdnAddress({ env, data, base }: StoreOptions): Promise<string> {
  const environment = await loadEnvironment(env)
  const bucket = namesOf(environment).buckets.cdn
  if (environment.name === 'local') return `${runningOn(data, base).running.addresses['aws']}/${bucket}`
  const host = environment.cdn && hostsOf(environment)?.cdn
  return host ? `https://${host}` : `https://${bucket}.s3.amazonaws.com`
}

const trimmed = (url: string) => url.replace(/\/+$/, '')
