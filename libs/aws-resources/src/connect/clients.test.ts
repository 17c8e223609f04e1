import { CreateBucketCommand, GetObjectCommand, PutObjectCommand } from '@aws-sdk/client-s3'
import { startAwsLocal } from '@continuum/aws-local'
import { expect, onTestFinished, test, vi } from 'vitest'
import { createClients } from './clients.ts'

test('calls at the same time go each to its own bucket', async () => {
  const aws = await startAwsLocal()
  onTestFinished(() => aws.close())
  vi.stubEnv('AWS_ENDPOINT_URL', aws.url)
  vi.stubEnv('AWS_ACCESS_KEY_ID', 'local')
  vi.stubEnv('AWS_SECRET_ACCESS_KEY', 'local')
  onTestFinished(() => void vi.unstubAllEnvs())
  const { s3 } = createClients({ region: 'us-east-1' })
  onTestFinished(() => s3.destroy())
  const buckets = ['one', 'two', 'three']
  for (const Bucket of buckets) {
    await s3.send(new CreateBucketCommand({ Bucket }))
    await s3.send(new PutObjectCommand({ Bucket, Key: `in ${Bucket}`, Body: Bucket }))
  }
  const read = async (Bucket: string) => {
    const { Body } = await s3.send(new GetObjectCommand({ Bucket, Key: `in ${Bucket}` }))
    return Body?.transformToString()
  }
  const asked = Array.from({ length: 300 }, (_, index) => buckets[index % buckets.length] ?? '')
  expect(await Promise.all(asked.map(read))).toEqual(asked)
  const kept = asked.map(async (Bucket, index) => {
    await s3.send(new PutObjectCommand({ Bucket, Key: `${index} in ${Bucket}`, Body: 'x' }))
    return aws
      .bucket(Bucket)
      .objects()
      .some(({ key }) => key === `${index} in ${Bucket}`)
  })
  expect(await Promise.all(kept)).toEqual(asked.map(() => true))
})
