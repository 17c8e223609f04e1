import { startAwsLocal, type AwsLocal } from '@continuum/aws-local'
import type { Clients } from '@continuum/aws-resources'
import { awsNamesOf, loadEnvironment } from '@continuum/environments'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { startEcr, type Ecr } from '../registry/ecr.ts'
import { pushImage } from '../registry/images.ts'
import { newCheckout, type Checkout } from './checkout.ts'
import { tasksIn } from './kept.ts'
import { testPackage, type TestPackage } from './package.ts'
import { clientsAt, publishThrough } from './publish-through.ts'
import { newShell, storeOf, type Type } from './pulumi.ts'
import { changesOf, countsOf } from './said.ts'

/** The shape `small` on the genuine Pulumi CLI: made, run, and taken down again. Each test continues from the one before it. */
let aws: AwsLocal
let ecr: Ecr
let checkout: Checkout
let type: Type
let clients: Clients
let sent: TestPackage
beforeAll(async () => {
  aws = await startAwsLocal()
  checkout = newCheckout()
  sent = testPackage(checkout, 'small', 'sampler')
  ecr = await startEcr(storeOf(checkout.folder))
  type = await newShell(checkout.folder, aws.url, { more: { AWS_ENDPOINT_URL_ECR: ecr.url } })
  clients = clientsAt(aws.url)
})
afterAll(async () => {
  checkout[Symbol.dispose]()
  await ecr[Symbol.asyncDispose]()
  await aws.close()
})

test('pulumi up makes it, and runs nothing yet', async () => {
  await type('pulumi stack init small')
  const up = await type('pulumi up -s small --yes')
  expect(up.code, up.said).toBe(0)
  expect(countsOf(up.said).created).toBeGreaterThan(100)
  expect(tasksIn(storeOf(checkout.folder))).toEqual([])
})

test('with an image its one task runs: the services in one container, the worker in another', async () => {
  const { cluster } = awsNamesOf(await loadEnvironment('small'))
  pushImage(storeOf(checkout.folder), cluster, '1.0.0')
  await type('pulumi config set tag 1.0.0 -s small')
  const up = await type('pulumi up -s small --yes')
  expect(up.code, up.said).toBe(0)
  expect(changesOf(up.said)).toEqual([
    'created aws:ecs:Service services-shared',
    'created aws:ecs:TaskDefinition services-shared',
    'replaced aws:ecr:LifecyclePolicy services-images-kept',
  ])
  expect(tasksIn(storeOf(checkout.folder)).map(({ name, before }) => [name, before.length])).toEqual([
    ['services', 6],
    ['worker', 0],
  ])
  const preview = await type('pulumi preview -s small --expect-no-changes')
  expect(preview.code, preview.said).toBe(0)
})

test('a real package runs through what Pulumi made, is approved, and ends published', async () => {
  await publishThrough(checkout, { stack: 'small', aws: aws.url, clients, sent })
})

test('a tag for one app alone is refused before anything changes', async () => {
  pushImage(storeOf(checkout.folder), awsNamesOf(await loadEnvironment('small')).cluster, '1.0.1')
  await type('pulumi config set tag-lax 1.0.1 -s small')
  const up = await type('pulumi up -s small --yes')
  expect(up.code).not.toBe(0)
  expect(up.said).toContain('its apps have different tags (1.0.0, 1.0.1)')
  expect(changesOf(up.said)).toEqual([])
  const deploy = await type('node deploy/main.ts lax --stack small --tag 1.0.1')
  expect([deploy.code, deploy.said]).toEqual([2, expect.stringContaining('roll them together')])
  await type('pulumi config rm tag-lax -s small')
})

test('pulumi destroy takes it all down', async () => {
  const destroy = await type('pulumi destroy -s small --yes')
  expect(destroy.code, destroy.said).toBe(0)
})
