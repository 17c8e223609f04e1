import { spawn } from 'node:child_process'
import { createInterface } from 'node:readline'
import { buffer } from 'node:stream/consumers'
import { Readable } from 'node:stream'
import { fileURLToPath } from 'node:url'
import { CreateBucketCommand, PutObjectCommand } from '@aws-sdk/client-s3'
import { CreateQueueCommand } from '@aws-sdk/client-sqs'
import { journalsOf } from '@continuum/article'
import { startAwsLocal } from '@continuum/aws-local'
import { createClients, namesOf } from '@continuum/aws-resources'
import { readDashboardMessages } from '@continuum/messages'
import { archiveManifestName, zipOf } from '@continuum/package'
import { testDatabase } from '@continuum/service/testing'
import { afterAll, vi } from 'vitest'
import { journalSettings, startStore } from '../articles/store.fixture.ts'
import type { Service } from '../withdrawal/call-service.ts'
import { rebuildSite, type SiteRebuilt } from './rebuild-site.ts'
import { tellDashboard, tellWithdrawn } from './tell-dashboard.ts'

const password = 'a-password-of-the-tests'
const names = namesOf({ prefix: 'site-', organisation: 'continuum' })
const bucket = names.buckets.archive
const stamp = '20130405060708'
export const published = '2013-04-05T06:07:08Z'

/** An EIF, as small as may be. */
export const eifOf = (id: string, version: number, title: string) => ({
  title,
  version,
  doi: `10.7554/eLife.${id}`,
  volume: 1,
  'elocation-id': `e${id}`,
  'article-id': id,
  'article-version-id': `${id}.${version}`,
  path: `content/1/e${id}v${version}`,
  'article-type': 'research-article',
  status: 'VOR',
})

/** Starts S3 and SQS on this machine, and the journal's site with its article store as processes of their own, until the tests of the file end. */
export async function startSiteAndArchive() {
  const closing = new AsyncDisposableStack()
  afterAll(() => closing.disposeAsync())
  const aws = await startAwsLocal()
  closing.defer(() => aws.close())
  const credentials = { AWS_ENDPOINT_URL: aws.url, AWS_ACCESS_KEY_ID: 'local', AWS_SECRET_ACCESS_KEY: 'local' }
  for (const [name, value] of Object.entries(credentials)) vi.stubEnv(name, value)
  closing.defer(() => void vi.unstubAllEnvs())
  const clients = createClients({ region: 'us-east-1' })
  closing.defer(() => Object.values(clients).forEach((client) => client.destroy()))
  await clients.s3.send(new CreateBucketCommand({ Bucket: bucket }))
  await clients.sqs.send(new CreateQueueCommand({ QueueName: names.queues.events }))
  const store = await startStore()
  const database = await testDatabase()
  closing.defer(() => database[Symbol.asyncDispose]())
  const child = spawn(process.execPath, [fileURLToPath(new URL('../../../journal/src/main.ts', import.meta.url))], {
    stdio: ['ignore', 'pipe', 'inherit'],
    env: { PATH: process.env['PATH'], ...credentials, ...settingsOf(database.url, store.url) },
  })
  closing.defer(() => void child.kill('SIGKILL'))
  const url = await new Promise<string>((resolve) =>
    createInterface({ input: child.stdout }).on('line', (line) => {
      if (line.includes('"event":"ready"')) resolve(JSON.parse(line).url)
    }),
  )
  const authorization = `Basic ${Buffer.from(`bot:${password}`).toString('base64')}`
  const site: Service = { name: 'The site', url, authorization }
  const put = (Key: string, Body: string | Uint8Array) =>
    clients.s3.send(new PutObjectCommand({ Bucket: bucket, Key, Body }))
  return {
    site,
    aws: { clients, names },
    put,
    /** Archives a version, with what the site was posted. */
    archive: async (id: string, version: number, title: string) => {
      const manifest = { format: 1, articleId: id, version, run: `run-${id}-${version}`, published }
      const text = JSON.stringify({ ...manifest, eif: eifOf(id, version, title) })
      const zip = zipOf([archiveManifestName], async () => Readable.from([text]), published)
      const key = `elife-${id}-vor-v${version}-${stamp}.zip`
      await put(key, await buffer(zip))
      return key
    },
    /** Rebuilds the site; answers the result of each object of the archive. */
    rebuild: async (more: { site?: Service; dryRun?: boolean } = {}) => {
      const results: SiteRebuilt[] = []
      await rebuildSite({
        s3: clients.s3,
        bucket,
        journals: journalsOf([journalSettings]),
        site,
        dryRun: false,
        tell: (archive, version) => tellDashboard({ clients, names }, archive, version),
        tellWithdrawn: (mark, why) => tellWithdrawn({ clients, names }, mark, why),
        ...more,
        done: (rebuilt) => void results.push(rebuilt),
      })
      return results
    },
    /** The messages that the dashboard was told about an article. */
    told: (id: string) =>
      aws
        .queue(names.queues.events)
        .messages()
        .flatMap(({ body }) => readDashboardMessages(body).messages)
        .filter((message) => message.message_type !== 'unidentified-delivery' && message.item_identifier === id),
  }
}

function settingsOf(databaseUrl: string, storeUrl: string): Record<string, string> {
  const elsewhere = 'http://127.0.0.1:9'
  return {
    PORT: '0',
    DATABASE_URL: databaseUrl,
    LAX_URL: storeUrl,
    LAX_READ_TOKEN: 'a-token-of-the-tests',
    SITE_USER: 'bot',
    SITE_PASSWORD: password,
    PREVIEW_SECRET: 'a-secret-of-the-tests',
    CDN_URL: elsewhere,
    EXPANDED_BUCKET: names.buckets.expanded,
    CDN_BUCKET: names.buckets.cdn,
    SITE_URL: elsewhere,
    API_URL: elsewhere,
    METRICS_URL: elsewhere,
    METRICS_TOKEN: 'a-token-of-the-tests',
    COUNTS_USAGE: 'false',
    PREFIX: 'site-',
    JOURNALS: JSON.stringify([journalSettings]),
    SITE_CONTENT: '[]',
    SITE_NAME: 'The Journal',
  }
}
