import { statSync } from 'node:fs'
import { PutObjectCommand } from '@aws-sdk/client-s3'
import { expect, test } from 'vitest'
import { startAwsLocal } from '../index.ts'
import { startS3 } from '../testing/internal/s3-server.ts'
import { temporaryFolder } from '../testing/internal/process.ts'

/** 18.9: what a browser and the other users of the machine may do. */

test.each(['image/svg+xml', 'application/xml', 'text/xml; charset=utf-8', 'text/html', 'application/xhtml+xml'])(
  '18.9: an object of type %s runs no script at the address of this server',
  async (ContentType) => {
    const { s3, Bucket, raw } = await startS3()
    await s3.send(new PutObjectCommand({ Bucket, Key: 'a', Body: '<svg/>', ContentType }))
    const { headers } = await raw(`/${Bucket}/a`)
    expect(headers.get('content-security-policy')).toMatch(/^sandbox;/)
    expect(headers.get('x-content-type-options')).toBe('nosniff')
  },
)

test('a PDF is served as it is: in a sandbox browsers do not show it', async () => {
  const { s3, Bucket, raw } = await startS3()
  await s3.send(new PutObjectCommand({ Bucket, Key: 'a', Body: '%PDF', ContentType: 'application/pdf' }))
  expect((await raw(`/${Bucket}/a`)).headers.get('content-security-policy')).toBeNull()
})

test('18.9: the data folder is closed to the other users of the machine', async () => {
  const data = temporaryFolder()
  await using _ = await startAwsLocal({ data })
  expect(statSync(data).mode & 0o777).toBe(0o700)
})
