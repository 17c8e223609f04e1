import { loadEnvironment, readStackSettings } from '@continuum/environments'
import { expect, test } from 'vitest'
import { makeEnvironment } from './environment.ts'
import { plan, valueOf } from './testing/planned.ts'

const settings = readStackSettings('test', { tag: 'abc' })

test('everything is made in the region of the environment, in its account alone, and bears its name', async () => {
  const environment = await loadEnvironment('prod')
  const { resources, made } = await plan(() => makeEnvironment({ ...environment, account: '123456789012' }, settings))
  expect(resources[0]).toMatchObject({
    type: 'pulumi:providers:aws',
    inputs: {
      region: 'us-east-1',
      allowedAccountIds: JSON.stringify(['123456789012']),
      defaultTags: JSON.stringify({ tags: { project: 'continuum', environment: 'prod' } }),
    },
  })
  expect(await valueOf(made)).toMatchObject({ environment: 'prod', buckets: { cdn: 'elife-publishing-cdn' } })
})
