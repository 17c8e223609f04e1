import { ListBucketsCommand, S3Client } from '@aws-sdk/client-s3'
import { startAwsLocal } from '@continuum/aws-local'
import { readSettings } from '@continuum/service'
import { expect, onTestFinished, test, vi } from 'vitest'
import { StartSettings } from './settings.ts'
import { awsVariables } from './aws-variables.ts'

test('whatever the shell says of AWS, clients reach what this start brings', async () => {
  const key = { id: 'LOCAL1', secret: 'drawn' }
  await using aws = await startAwsLocal({ keys: { [key.id]: key.secret } })
  const shell = {
    AWS_ENDPOINT_URL_S3: 'http://127.0.0.1:1',
    AWS_ENDPOINT_URL_SQS: 'http://127.0.0.1:1',
    AWS_PROFILE: 'nobody',
    AWS_IGNORE_CONFIGURED_ENDPOINT_URLS: 'true',
    AWS_SESSION_TOKEN: 'expired',
    AWS_ACCESS_KEY_ID: 'local',
    AWS_SECRET_ACCESS_KEY: 'local',
    AWS_PORT: new URL(aws.url).port,
  }
  const variables = { ...shell, ...awsVariables(readSettings(StartSettings, shell), () => key) }
  for (const [name, value] of Object.entries(variables)) vi.stubEnv(name, value)
  onTestFinished(() => void vi.unstubAllEnvs())
  const s3 = new S3Client({ region: 'us-east-1', forcePathStyle: true, maxAttempts: 1 })
  expect((await s3.send(new ListBucketsCommand({}))).Buckets ?? []).toEqual([])
})

test('beside an endpoint of their own what users say holds', () => {
  const drawsNone = () => {
    throw new Error('no key is drawn for an endpoint of the user')
  }
  const settings = readSettings(StartSettings, { AWS_ENDPOINT_URL: 'http://minio.test:9000' })
  expect(Object.keys(awsVariables(settings, drawsNone))).toEqual([
    'AWS_ENDPOINT_URL',
    'AWS_ACCESS_KEY_ID',
    'AWS_SECRET_ACCESS_KEY',
  ])
})
