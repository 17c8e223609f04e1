import { secretsOf } from '../local/data-directory.ts'
import { runningOn } from '../local/running.ts'
import type { Service } from './call-service.ts'

/** The parts of an environment that have something of an article for readers, or tell others of it. */
export interface ReaderServices {
  lax: Service
  site: Service
  deposits: Service
}

/** Connects to the environment that runs on a data directory. */
export function localServices(data: string, base: string): ReaderServices {
  const { data: directory, running } = runningOn(data, base)
  const secrets = secretsOf(directory)
  const basic = Buffer.from(`bot:${secrets['site-password']}`).toString('base64')
  const service = (name: string, key: string, authorization: string): Service => ({
    name,
    url: running.addresses[key] ?? '',
    authorization,
  })
  return {
    lax: service('The article store', 'lax', `Bearer ${secrets['lax-token']}`),
    site: service('The site', 'journal', `Basic ${basic}`),
    deposits: service('The deposits service', 'deposits', `Bearer ${secrets['deposits-token']}`),
  }
}
