import type { Environment, StackSettings } from '@continuum/environments'
import { Provider } from '@pulumi/aws'
import { Network } from './components/network/network.ts'
import { Storage } from './components/storage/storage.ts'

/**
 * Makes a whole environment.
 *
 * @returns what the stack puts out: for people, and for what deploys and looks after it
 */
export function makeEnvironment(environment: Environment, settings: StackSettings) {
  const exec = settings.exec ?? !environment.protected
  const provider = new Provider('aws', {
    region: environment.region,
    // The provider refuses credentials of any other account before it makes anything.
    ...(environment.account !== undefined && { allowedAccountIds: [environment.account] }),
    defaultTags: { tags: { project: 'continuum', environment: environment.name } },
  })
  const here = { provider }
  const storage = new Storage('storage', { environment }, here)
  const network = new Network('network', { environment, exec }, here)
  return {
    environment: environment.name,
    region: environment.region,
    buckets: mapValues(storage.buckets, ({ name }) => name),
    queues: mapValues(storage.queues, ({ url }) => url),
    domain: storage.domain.name,
    vpc: network.vpcId,
  }
}

function mapValues<Key extends string, From, To>(record: Record<Key, From>, map: (value: From) => To) {
  return Object.fromEntries(Object.entries<From>(record).map(([key, value]) => [key, map(value)]))
}
