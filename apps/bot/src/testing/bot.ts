import { CreateBucketCommand, GetObjectCommand, PutObjectCommand } from '@aws-sdk/client-s3'
import { startAwsLocal } from '@continuum/aws-local'
import { createClients, namesOf, type Clients } from '@continuum/aws-resources'
import type { DashboardMessage, StarterMessage } from '@continuum/messages'
import { vi } from 'vitest'
import { journal, temporaryFolder } from '@continuum/package/testing'
import type { ArticleRun } from '../activities/article-run.ts'
import type { Tools } from '../worker/step/tools.ts'
import { connectDeposits } from '../worker/services/deposits.ts'
import { connectLax } from '../worker/services/lax.ts'
import { listKeys } from '../worker/files/objects.ts'
import { openScratch } from '../worker/files/scratch.ts'
import { connectSite } from '../worker/services/site.ts'
import { whenAllGoesWell, startStandIn, type Answer, type ReceivedRequest } from './stand-in.ts'

export const run = '11111111-2222-5333-8444-555555555555'

/** The article of the sample package in its first version. */
export const article: ArticleRun = {
  articleId: '00007',
  version: 1,
  run,
  journal: 'journal',
  status: 'vor',
  folder: `00007.1/${run}`,
  resupplied: false,
}

let clients: Promise<Clients> | undefined

/** Clients of an AWS that all tests of a worker share, until it ends. */
async function startAws(): Promise<Clients> {
  // With keys it verifies the signature of each request.
  const aws = await startAwsLocal({ keys: { local: 'local' } })
  vi.stubEnv('AWS_ENDPOINT_URL', aws.url)
  vi.stubEnv('AWS_ACCESS_KEY_ID', 'local')
  vi.stubEnv('AWS_SECRET_ACCESS_KEY', 'local')
  return createClients({ region: 'us-east-1' })
}

let tests = 0

/**
 * Makes the tools of implementations: an S3 that the tests of a worker share, with buckets of the test's own. Messages,
 * requests and signals are recorded.
 */
export async function startTestBot({
  answer = whenAllGoesWell,
}: { answer?: (request: ReceivedRequest) => Answer } = {}) {
  const { buckets } = namesOf({ prefix: `test${++tests}-`, organisation: 'continuum' })
  const { s3 } = await (clients ??= startAws())
  await Promise.all(Object.values(buckets).map((Bucket) => s3.send(new CreateBucketCommand({ Bucket }))))
  const folder = await temporaryFolder()
  const services = await startStandIn(answer)
  const told: DashboardMessage[] = []
  const requestedWorkflows: StarterMessage[] = []
  const signals: { workflowId: string; name: string; payload: unknown }[] = []
  const tools: Tools = {
    journals: [journal],
    s3,
    buckets,
    lax: connectLax({ url: services.url, token: 'a token' }),
    site: connectSite({ url: services.url, user: 'bot', password: 'secret' }),
    deposits: connectDeposits({ url: services.url, token: 'a token' }),
    tellDashboard: async (...messages) => void told.push(...messages),
    requestWorkflow: async (message) => void requestedWorkflows.push(message),
    signal: async (workflowId, name, payload) => signals.push({ workflowId, name, payload }) > 0,
    scratch: await openScratch(folder),
    publicationRules: { default: false },
    publicationByDelivery: false,
    cdnUrl: 'https://cdn.example.org',
  }
  const signal = new AbortController().signal
  return {
    tools,
    buckets,
    folder,
    requests: services.requests,
    told,
    requestedWorkflows,
    signals,
    put: async (bucket: string, key: string, body: Buffer | string, metadata: Record<string, string> = {}) => {
      const { ETag = '' } = await s3.send(
        new PutObjectCommand({ Bucket: bucket, Key: key, Body: body, Metadata: metadata }),
      )
      return ETag.replaceAll('"', '')
    },
    get: async (bucket: string, key: string) => {
      const { Body, ...rest } = await s3.send(new GetObjectCommand({ Bucket: bucket, Key: key }))
      return { ...rest, body: Buffer.from((await Body?.transformToByteArray()) ?? []) }
    },
    keys: async (bucket: string, prefix = '') => (await listKeys(s3, bucket, prefix, signal)).toSorted(),
    /** The last message about a property. */
    property: (name: string) =>
      told.findLast((message) => message.message_type === 'property' && message.name === name),
    events: () =>
      told.flatMap((message) => (message.message_type === 'event' ? [`${message.event_type} ${message.status}`] : [])),
  }
}

export type TestBot = Awaited<ReturnType<typeof startTestBot>>
