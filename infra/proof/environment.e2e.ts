import { ListBucketsCommand } from '@aws-sdk/client-s3'
import { SetQueueAttributesCommand, GetQueueAttributesCommand } from '@aws-sdk/client-sqs'
import { startAwsLocal, type AwsLocal } from '@continuum/aws-local'
import { createClients, namesOf, provision, queueUrl, type Clients } from '@continuum/aws-resources'
import { loadEnvironment, storageChoices, type Environment } from '@continuum/environments'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { planOf } from '../plan/plan.ts'
import { isProvider } from '../plan/urn.ts'
import { newCheckout, type Checkout } from './checkout.ts'
import { newShell, type Ran, type Type } from './pulumi.ts'
import { changesOf, countsOf } from './said.ts'

/**
 * The commands of an operator's day on the genuine Pulumi CLI, in their order: an environment is made, looked at, changed and
 * taken down. Each test goes on from where the one before it stopped.
 */
describe('continuum-test', () => {
  let aws: AwsLocal
  let checkout: Checkout
  let type: Type
  let clients: Clients
  let environment: Environment
  let made: string[]

  beforeAll(async () => {
    aws = await startAwsLocal()
    checkout = newCheckout()
    type = await newShell(checkout.folder, aws.url)
    environment = await loadEnvironment('continuum-test')
    clients = clientsAt(aws.url)
  })
  afterAll(async () => {
    checkout[Symbol.dispose]()
    await aws.close()
  })

  test('pulumi up makes every resource of the plan', async () => {
    expect(await type('pulumi stack init continuum-test')).toMatchObject({ code: 0 })
    const up = told(await type('pulumi up -s continuum-test --yes'), 'up')
    const plan = await planOf('continuum-test')
    // Pulumi does not count providers.
    made = plan.resources.filter(({ type: of }) => !isProvider(of)).map(({ name }) => name)
    expect(up.code, up.said).toBe(0)
    expect(countsOf(up.said)).toEqual({ created: made.length })
  })

  test('what it made of S3, SQS and SWF is all that `continuum provision` would have made', async () => {
    const things = await provision(clients, namesOf(environment), undefined, storageChoices(environment))
    expect(things.filter(({ outcome }) => outcome === 'made')).toEqual([])
  })

  test('a second pulumi up changes nothing', async () => {
    const up = told(await type('pulumi up -s continuum-test --yes'), 'second up')
    expect(up.code, up.said).toBe(0)
    expect(countsOf(up.said)).toEqual({ unchanged: made.length })
  })

  test('pulumi preview --expect-no-changes agrees', async () => {
    const preview = told(await type('pulumi preview -s continuum-test --expect-no-changes'), 'preview')
    expect(preview.code, preview.said).toBe(0)
  })

  test('nothing has drifted', async () => {
    const refresh = told(await type(drift), 'refresh')
    expect(refresh.code, refresh.said).toBe(0)
  })

  test('what someone changed by hand is reported, and the next pulumi up --refresh puts it back', async () => {
    const QueueUrl = await queueUrl(clients.sqs, namesOf(environment).queues.starter)
    await clients.sqs.send(new SetQueueAttributesCommand({ QueueUrl, Attributes: { VisibilityTimeout: '7' } }))
    const refresh = await type(drift)
    expect(refresh.code).not.toBe(0)
    expect(refresh.said).toMatch(/~ +aws:sqs:Queue storage-starter .*visibilityTimeoutSeconds/)
    const up = await type('pulumi up -s continuum-test --refresh --yes')
    expect(changesOf(up.said), up.said).toEqual(['updated storage-starter'])
    const held = await clients.sqs.send(
      new GetQueueAttributesCommand({ QueueUrl, AttributeNames: ['VisibilityTimeout'] }),
    )
    expect(held.Attributes).toEqual({ VisibilityTimeout: '60' })
  })

  test('pulumi destroy takes it all down', async () => {
    const destroy = told(await type('pulumi destroy -s continuum-test --yes'), 'destroy')
    expect(destroy.code, destroy.said).toBe(0)
    expect(countsOf(destroy.said)).toEqual({ deleted: made.length })
    await expect(queueUrl(clients.sqs, namesOf(environment).queues.starter)).rejects.toThrow('no queue')
  })
})

describe('prod', () => {
  let aws: AwsLocal
  let checkout: Checkout
  let type: Type
  beforeAll(async () => {
    aws = await startAwsLocal()
    checkout = newCheckout()
    type = await newShell(checkout.folder, aws.url)
    await type('pulumi stack init prod')
    const up = await type('pulumi up -s prod --yes')
    expect(up.code, up.said).toBe(0)
  })
  afterAll(async () => {
    checkout[Symbol.dispose]()
    await aws.close()
  })

  test('pulumi destroy is refused, and nothing is gone', async () => {
    const destroy = await type('pulumi destroy -s prod --yes')
    expect(destroy.code).not.toBe(0)
    expect(destroy.said).toMatch(/protect/)
    expect(await type(drift.replace('continuum-test', 'prod'))).toMatchObject({ code: 0 })
  })

  test('a change that would replace what holds data is refused', async () => {
    checkout.change('infra/environments/prod.ts', "organisation: 'elife'", "organisation: 'another'")
    const up = await type('pulumi up -s prod --yes')
    expect(up.code).not.toBe(0)
    expect(up.said).toMatch(/storage-archive.*protect|protect.*storage-archive/s)
    const names = namesOf(await loadEnvironment('prod'))
    const held = await clientsAt(aws.url).s3.send(new ListBucketsCommand())
    expect(held.Buckets?.map(({ Name }) => Name).toSorted()).toEqual(Object.values(names.buckets).toSorted())
  })
})

const drift = 'pulumi refresh -s continuum-test --preview-only --expect-no-changes'

/** The SDK clients of the test itself, which reach the same AWS as the stand-in. */
function clientsAt(url: string): Clients {
  Object.assign(process.env, { AWS_ENDPOINT_URL: url, AWS_ACCESS_KEY_ID: 'local', AWS_SECRET_ACCESS_KEY: 'local' })
  return createClients({ region: 'us-east-1' })
}

/** Prints how long a command took: the figures of the report. */
function told(ran: Ran, what: string): Ran {
  console.log(`${what}: ${ran.seconds.toFixed(1)} s`)
  return ran
}
