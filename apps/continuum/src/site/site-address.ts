import { hostsOf, loadEnvironment } from '@continuum/environments'
import { readSecret } from '../environments/secret.ts'
import { UserError } from '../errors/user-error.ts'
import { secretsOf } from '../local/data-directory.ts'
import { runningOn } from '../local/running.ts'
import type { EnvironmentOption } from '../local/running-aws.ts'
import type { Service } from '../withdrawal/call-service.ts'

/**
 * Finds the site of an environment, with the credential of the pipeline.
 *
 * @param option.url its address, where the environment has no domain
 * @throws UserError where nothing runs, or the environment has no address
 */
export async function siteAddress({ env, url, data, base }: EnvironmentOption & { url?: string }): Promise<Service> {
  const environment = await loadEnvironment(env)
  const service = (address: string, password: string): Service => ({
    name: 'The site',
    url: address.replace(/\/+$/, ''),
    authorization: `Basic ${Buffer.from(`bot:${password}`).toString('base64')}`,
  })
  if (environment.name === 'local') {
    const local = runningOn(data, base)
    return service(url ?? local.running.addresses['journal'] ?? '', secretsOf(local.data)['site-password'])
  }
  const host = hostsOf(environment)?.journal
  if (url === undefined && host === undefined)
    throw new UserError(`${env} has no domain, so its site has no name: give its address with --url URL.`)
  return service(url ?? `https://${host}`, await readSecret(environment, 'site-password'))
}
