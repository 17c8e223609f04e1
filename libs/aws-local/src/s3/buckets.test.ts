import {
  CreateBucketCommand,
  DeleteBucketCommand,
  DeleteBucketPolicyCommand,
  DeletePublicAccessBlockCommand,
  DeleteObjectTaggingCommand,
  GetBucketCorsCommand,
  GetBucketLocationCommand,
  GetBucketPolicyCommand,
  GetObjectTaggingCommand,
  GetPublicAccessBlockCommand,
  PutPublicAccessBlockCommand,
  HeadBucketCommand,
  HeadObjectCommand,
  ListBucketsCommand,
  PutBucketCorsCommand,
  PutBucketPolicyCommand,
  PutObjectCommand,
  PutObjectTaggingCommand,
} from '@aws-sdk/client-s3'
import { expect, test } from 'vitest'
import { startS3 } from '../testing/internal/s3-server.ts'

test('buckets are listed A to Z; creating one again in us-east-1 changes nothing', async () => {
  const { s3, put, text } = await startS3()
  await s3.send(new CreateBucketCommand({ Bucket: 'a-2' }))
  await put('k', 'kept')
  await s3.send(new CreateBucketCommand({ Bucket: 'b-1' }))
  const { Buckets } = await s3.send(new ListBucketsCommand())
  expect(Buckets?.map(({ Name }) => Name)).toEqual(['a-2', 'b-1'])
  expect(await text('k')).toBe('kept')
})

test('in another region creating a bucket again is a conflict, and its location is returned', async () => {
  const { s3, Bucket, raw } = await startS3()
  const make = () =>
    s3.send(
      new CreateBucketCommand({ Bucket: 'far-away', CreateBucketConfiguration: { LocationConstraint: 'eu-west-1' } }),
    )
  await make()
  await expect(make()).rejects.toMatchObject({ name: 'BucketAlreadyOwnedByYou' })
  const location = async (name: string) =>
    (await s3.send(new GetBucketLocationCommand({ Bucket: name }))).LocationConstraint
  expect([await location('far-away'), await location(Bucket)]).toEqual(['eu-west-1', undefined])
  expect((await raw('/far-away', { method: 'HEAD' })).headers.get('x-amz-bucket-region')).toBe('eu-west-1')
})

test('a bucket must be empty to be deleted, and is not there then', async () => {
  const { s3, Bucket, put, raw } = await startS3()
  await put('k', 'x')
  await expect(s3.send(new DeleteBucketCommand({ Bucket }))).rejects.toMatchObject({ name: 'BucketNotEmpty' })
  await raw('/b-1/k', { method: 'DELETE' })
  await s3.send(new DeleteBucketCommand({ Bucket }))
  await expect(s3.send(new HeadBucketCommand({ Bucket }))).rejects.toMatchObject({ name: 'NotFound' })
  await expect(put('k', 'x')).rejects.toMatchObject({ name: 'NoSuchBucket' })
})

test.each(['ab', 'Upper', 'under_score', '-a-', 'a..b', '192.168.1.1', 'xn--a', 'a'.repeat(64)])(
  'the name %s is refused',
  async (name) => {
    const { raw } = await startS3()
    expect(await (await raw(`/${name}`, { method: 'PUT' })).text()).toContain('<Code>InvalidBucketName</Code>')
  },
)

test('policy and CORS are stored, returned unchanged, and removed', async () => {
  const { s3, Bucket } = await startS3()
  const statement = { Effect: 'Allow', Principal: '*', Action: 's3:GetObject', Resource: 'arn:aws:s3:::b-1/*' }
  await expect(s3.send(new GetBucketPolicyCommand({ Bucket }))).rejects.toMatchObject({ name: 'NoSuchBucketPolicy' })
  await s3.send(new DeletePublicAccessBlockCommand({ Bucket }))
  const Policy = JSON.stringify({ Version: '2012-10-17', Statement: [statement] })
  await s3.send(new PutBucketPolicyCommand({ Bucket, Policy }))
  expect((await s3.send(new GetBucketPolicyCommand({ Bucket }))).Policy).toBe(Policy)
  await s3.send(new DeleteBucketPolicyCommand({ Bucket }))
  await expect(s3.send(new GetBucketPolicyCommand({ Bucket }))).rejects.toMatchObject({ name: 'NoSuchBucketPolicy' })
  const CORSRules = [{ AllowedMethods: ['GET'], AllowedOrigins: ['*'], MaxAgeSeconds: 60 }]
  await s3.send(new PutBucketCorsCommand({ Bucket, CORSConfiguration: { CORSRules } }))
  expect((await s3.send(new GetBucketCorsCommand({ Bucket }))).CORSRules).toEqual(CORSRules)
})

test('tags are kept beside the object and never touch it', async () => {
  const { s3, Bucket, text } = await startS3()
  const target = { Bucket, Key: 'k' }
  await s3.send(new PutObjectCommand({ ...target, Body: 'kept', Tagging: 'a=1&b=x%20y' }))
  const tags = async () => (await s3.send(new GetObjectTaggingCommand(target))).TagSet
  expect(await tags()).toEqual([
    { Key: 'a', Value: '1' },
    { Key: 'b', Value: 'x y' },
  ])
  await s3.send(new PutObjectTaggingCommand({ ...target, Tagging: { TagSet: [{ Key: 'c', Value: '' }] } }))
  expect(await tags()).toEqual([{ Key: 'c', Value: '' }])
  expect((await s3.send(new HeadObjectCommand(target))).TagCount).toBe(1)
  await s3.send(new DeleteObjectTaggingCommand(target))
  expect(await tags()).toEqual([])
  expect(await text('k')).toBe('kept')
})

test('a header for an unsupported feature is refused, not ignored', async () => {
  const { raw } = await startS3()
  const put = async (headers: Record<string, string>) => {
    const reply = await raw('/b-1/k', { method: 'PUT', body: 'x', headers })
    return [reply.status, /<Code>(\w+)/.exec(await reply.text())?.[1]]
  }
  expect(await put({ 'x-amz-server-side-encryption': 'aws:kms' })).toEqual([501, 'NotImplemented'])
  expect(await put({ 'x-amz-write-offset-bytes': '0' })).toEqual([501, 'NotImplemented'])
  expect(await put({ 'x-amz-acl': 'public-read' })).toEqual([400, 'AccessControlListNotSupported'])
  expect(await put({ 'x-amz-expected-bucket-owner': '000000000000' })).toEqual([403, 'AccessDenied'])
  expect(await put({ 'x-amz-meta-long': 'x'.repeat(2100) })).toEqual([400, 'MetadataTooLarge'])
  expect(await put({ 'x-amz-acl': 'private', 'x-amz-server-side-encryption': 'AES256' })).toEqual([200, undefined])
})

test('a new bucket cannot be opened to everyone until its public access block is removed', async () => {
  const { s3, Bucket, put, server } = await startS3()
  await put('k', 'x')
  const read = async () => (await fetch(`${server.url}/b-1/k`)).status
  const statement = { Effect: 'Allow', Principal: '*', Action: 's3:GetObject', Resource: 'arn:aws:s3:::b-1/*' }
  const open = () =>
    s3.send(
      new PutBucketPolicyCommand({ Bucket, Policy: JSON.stringify({ Version: '2012-10-17', Statement: [statement] }) }),
    )
  const { PublicAccessBlockConfiguration: block } = await s3.send(new GetPublicAccessBlockCommand({ Bucket }))
  expect(block).toEqual({
    BlockPublicAcls: true,
    IgnorePublicAcls: true,
    BlockPublicPolicy: true,
    RestrictPublicBuckets: true,
  })
  await expect(open()).rejects.toMatchObject({ name: 'AccessDenied' })
  await s3.send(new DeletePublicAccessBlockCommand({ Bucket }))
  await open()
  expect(await read()).toBe(200)
  const closed = { ...block, BlockPublicPolicy: false }
  await s3.send(new PutPublicAccessBlockCommand({ Bucket, PublicAccessBlockConfiguration: closed }))
  expect(await read()).toBe(403)
})
