import { startAwsLocal, type AwsLocal } from '@continuum/aws-local'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { newCheckout, type Checkout } from './checkout.ts'
import { commands } from './commands.ts'
import { newShell, type Type } from './pulumi.ts'

/**
 * The policy pack on the genuine Pulumi CLI, in the stand-in's host: Pulumi's own does not work with TypeScript 7 (see README).
 */

const withPolicies = `${commands.up} --policy-pack policies`

let aws: AwsLocal
let checkout: Checkout
let type: Type

beforeAll(async () => {
  aws = await startAwsLocal()
  checkout = newCheckout()
  type = await newShell(checkout.folder, aws.url)
  await type(commands.init)
})
afterAll(async () => {
  checkout[Symbol.dispose]()
  await aws.close()
})

test('pulumi up keeps to every policy, before it makes anything and after', async () => {
  const up = await type(withPolicies)
  expect(up.code, up.said).toBe(0)
  expect(up.said).toMatch(/✅ continuum@/)
})

test('a queue that is not encrypted any more is refused before anything is changed, and named', async () => {
  checkout.change('infra/components/storage/queue.ts', "queue.encryption === 'SQS'", 'false')
  const up = await type(withPolicies)
  expect(up.code).not.toBe(0)
  expect(up.said).toMatch(/\[mandatory\] +encryption .*storage-starter\)/)
  expect(up.said).toContain('is not encrypted: set sqsManagedSseEnabled')
  expect(up.said).not.toContain('updated')
})
