import { once } from 'node:events'
import { createServer } from 'node:http'
import { fileURLToPath } from 'node:url'
import { CreateBucketCommand, GetObjectCommand } from '@aws-sdk/client-s3'
import { startAwsLocal } from '@continuum/aws-local'
import { createClients, namesOf } from '@continuum/aws-resources'
import { loadEnvironment } from '@continuum/environments'
import { markKey, RetractionMark } from '@continuum/package'
import { Value } from 'typebox/value'
import { expect, onTestFinished, test, vi } from 'vitest'
import { articleFile, run, startStore } from '../articles/store.fixture.ts'
import type { Service } from './call-service.ts'
import { retractArticle } from './retract.ts'
import { keepRetractionMark } from './retraction-mark.ts'

/** A real store, whose clock the test sets, and a real bucket; the site and the deposits only have to agree. */

const store = await startStore({
  flags: ['--import', fileURLToPath(new URL('../articles/clock.fixture.ts', import.meta.url))],
})

async function setClock(instant: string): Promise<void> {
  const set = once(store.child, 'message')
  store.child.send(instant)
  await set
}

async function agreeing(): Promise<string> {
  const server = createServer((request, reply) => {
    request.resume().on('end', () => reply.setHeader('content-type', 'application/json').end('[]'))
  }).listen(0, '127.0.0.1')
  onTestFinished(() => void server.close())
  await once(server, 'listening')
  return `http://127.0.0.1:${Object(server.address()).port}`
}

test('a retraction that is said again with another reason keeps its day in the mark, as in the store', async () => {
  const aws = await startAwsLocal()
  vi.stubEnv('AWS_ENDPOINT_URL', aws.url)
  vi.stubEnv('AWS_ACCESS_KEY_ID', 'local')
  vi.stubEnv('AWS_SECRET_ACCESS_KEY', 'local')
  const environment = await loadEnvironment('continuum-test')
  const { s3, sqs, swf } = createClients({ region: environment.region })
  onTestFinished(async () => {
    for (const client of [s3, sqs, swf]) client.destroy()
    vi.unstubAllEnvs()
    await aws.close()
  })
  const Bucket = namesOf(environment).buckets.archive
  await s3.send(new CreateBucketCommand({ Bucket }))
  const url = await agreeing()
  const service = (name: string, address: string, authorization = ''): Service => ({
    name,
    url: address,
    authorization,
  })
  const services = {
    lax: service('The article store', store.url, `Bearer ${store.token}`),
    site: service('The site', url),
    deposits: service('The deposits service', url),
  }
  const retract = async (at: string, why: string) => {
    await setClock(at)
    const order = { who: 'ada', why }
    const { id, date } = await retractArticle(services, '00353', order)
    await keepRetractionMark({ env: 'continuum-test', data: '', base: '' }, id, { ...order, date })
    const { Body } = await s3.send(new GetObjectCommand({ Bucket, Key: markKey('00353', 'retraction') }))
    return Value.Parse(RetractionMark, JSON.parse((await Body?.transformToString()) ?? ''))
  }
  const version = { id: '00353', version: '1', stdin: articleFile() }
  expect((await run(store, 'ingest+publish', [], version)).code).toBe(0)
  expect(await retract('2020-01-02T12:00:00Z', 'The first reason.')).toMatchObject({ at: '2020-01-02T00:00:00Z' })
  expect(await retract('2021-03-04T12:00:00Z', 'Another reason.')).toEqual({
    format: 1,
    who: 'ada',
    why: 'Another reason.',
    at: '2020-01-02T00:00:00Z',
  })
})
