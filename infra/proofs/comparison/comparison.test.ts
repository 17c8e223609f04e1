import { startAwsLocal } from '@continuum/aws-local'
import { createClients, namesOf, notificationRules, provision, resourcesOf } from '@continuum/aws-resources'
import { storageChoices, type Environment } from '@continuum/environments'
import { expect, onTestFinished, test, vi } from 'vitest'
import { plainEnvironment } from '../testing/environments.ts'
import { keepSettings } from '../testing/kept-settings.ts'
import { plan } from '../testing/planned.ts'
import { Storage } from '../../components/storage/storage.ts'
import { describeProgram, onlyInTheProgram, unlisted } from './programmed.ts'
import { describeAws } from './provisioned.ts'

/** An AWS of its own in which `provision` has made the environment. */
async function provisioned(environment: Environment) {
  const aws = await startAwsLocal()
  vi.stubEnv('AWS_ENDPOINT_URL', aws.url)
  vi.stubEnv('AWS_ACCESS_KEY_ID', 'local')
  vi.stubEnv('AWS_SECRET_ACCESS_KEY', 'local')
  const clients = createClients({ region: environment.region })
  keepSettings(clients.s3)
  onTestFinished(async () => {
    for (const client of Object.values(clients)) client.destroy()
    await aws.close()
    vi.unstubAllEnvs()
  })
  await provision(clients, namesOf(environment), undefined, storageChoices(environment))
  return describeAws(clients)
}

async function programmed(environment: Environment) {
  const { resources } = await plan(() => new Storage('storage', { environment }))
  return resources
}

const { retention } = plainEnvironment
const environments: [string, Environment][] = [
  ['a public CDN bucket', plainEnvironment],
  ['CloudFront before the CDN bucket', { ...plainEnvironment, cdn: { priceClass: 'PriceClass_100', journal: false } }],
  ['usage counted of logs alone', { ...plainEnvironment, usageSource: 'cdn-logs' }],
  ['files of runs that are tidied away', { ...plainEnvironment, retention: { ...retention, expandedDays: 60 } }],
  ['no prefix, as in production, and protected', { ...plainEnvironment, name: 'prod', prefix: '', protected: true }],
]

test.each(environments)('with %s the program says what provision makes', async (_, environment) => {
  const inAws = await provisioned(environment)
  expect(describeProgram(await programmed(environment))).toEqual(inAws)
  expect([Object.keys(inAws.buckets).length, Object.keys(inAws.queues).length]).toEqual([8, 14])
})

test('whatever else the program says is in the list of differences, and nothing in that list is out of date', async () => {
  const resources = (await programmed({ ...plainEnvironment, protected: true })).filter(({ type }) =>
    type.startsWith('aws:'),
  )
  expect(unlisted(resources)).toEqual([])
  for (const { type, input } of onlyInTheProgram) {
    expect(resources.some((resource) => resource.type.endsWith(`:${type}`) && input in resource.inputs)).toBe(true)
  }
})

test('the comparison sees a difference', async () => {
  const inAws = await provisioned(plainEnvironment)
  const longer = { ...plainEnvironment, retention: { ...retention, executionDays: 31 } }
  expect(describeProgram(await programmed(longer))).not.toEqual(inAws)
  const { deliveries, logs } = resourcesOf(namesOf(plainEnvironment)).notifications
  const pairs = [deliveries, logs].flatMap((each) =>
    notificationRules(each).map(({ id }) => ({ bucket: each.bucket, id })),
  )
  expect(inAws.notifications).toHaveLength(2)
  expect(inAws.notifications).toMatchObject(expect.arrayContaining(pairs.map((pair) => expect.objectContaining(pair))))
})
