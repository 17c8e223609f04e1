import { DeleteObjectCommand } from '@aws-sdk/client-s3'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { newEnvironment, type Environment } from './environment.ts'
import { keysOf, s3Of } from './inspect.ts'

/** 18.1: what the places of a published article disagree about is found, and healed by one command. */
describe('continuum reconcile', () => {
  let environment: Environment
  beforeAll(async () => {
    environment = await newEnvironment()
    const run = environment.start('--automatic')
    await run.line((line) => line.includes('PUBLISHED:'))
  })
  afterAll(() => environment[Symbol.asyncDispose]())

  test('finds nothing where all agree', async () => {
    await expect.poll(() => environment.command('reconcile'), { timeout: 30_000 }).toMatchObject({ code: 0 })
  })

  test('finds an article whose files are gone from the CDN, and publishes it again', async () => {
    const s3 = s3Of(environment)
    const before = await keysOf(environment, 'publishing-cdn')
    for (const Key of before) await s3.send(new DeleteObjectCommand({ Bucket: 'local-continuum-publishing-cdn', Key }))
    const found = await environment.command('reconcile', '--heal')
    expect(found.stdout).toContain('continuum-00001 version 1 is in lax, site, archive and dashboard, and not in CDN.')
    expect(found.stdout).toContain('Publication of 1 requested again')
    expect(found.code).toBe(1)
    await expect.poll(() => environment.command('reconcile'), { timeout: 60_000 }).toMatchObject({ code: 0 })
    expect(await keysOf(environment, 'publishing-cdn')).toEqual(before)
  })
})
