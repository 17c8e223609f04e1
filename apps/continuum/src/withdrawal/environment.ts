import type { S3Client } from '@aws-sdk/client-s3'
import { createClients, namesOf } from '@continuum/aws-resources'
import { loadEnvironment } from '@continuum/environments'
import { secretsOf } from '../local/data-directory.ts'
import { localAwsVariables } from '../local/running-aws.ts'
import { runningOn } from '../local/status.ts'
import type { Service } from './call-service.ts'

/** The parts of an environment that have something of an article for readers, or tell others of it. */
export interface ReaderServices {
  lax: Service
  site: Service
  deposits: Service
  s3: S3Client
  buckets: { cdn: string; archive: string }
}

/** Connects to the environment that runs on a data directory. */
export async function localServices(data: string, base: string): Promise<ReaderServices> {
  const { data: directory, running } = runningOn(data, base)
  const secrets = secretsOf(directory)
  const environment = await loadEnvironment('local')
  Object.assign(process.env, localAwsVariables(data, base))
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
    s3: createClients({ region: environment.region }).s3,
    buckets: namesOf(environment).buckets,
  }
}
