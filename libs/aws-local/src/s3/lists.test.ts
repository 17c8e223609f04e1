import {
  ListObjectsCommand,
  ListObjectsV2Command,
  paginateListObjectsV2,
  type ListObjectsV2CommandInput,
} from '@aws-sdk/client-s3'
import { expect, test } from 'vitest'
import { startS3 } from '../testing/internal/s3-server.ts'

const keys = ['a.txt', 'folder/1', 'folder/2', 'folder/sub/3', 'ü +&<.txt', 'z']

async function withObjects() {
  const started = await startS3()
  for (const key of keys) await started.put(key, key)
  return {
    ...started,
    list: (more: Partial<ListObjectsV2CommandInput>) =>
      started.s3.send(new ListObjectsV2Command({ Bucket: started.Bucket, ...more })),
  }
}

test('all keys in the order of their bytes, with size, entity tag and time', async () => {
  const { list } = await withObjects()
  const page = await list({})
  expect(page).toMatchObject({ KeyCount: 6, IsTruncated: false, MaxKeys: 1000, Name: 'b-1' })
  expect(page.Contents?.map(({ Key }) => Key)).toEqual([
    'a.txt',
    'folder/1',
    'folder/2',
    'folder/sub/3',
    'z',
    'ü +&<.txt',
  ])
  expect(page.Contents?.[0]).toMatchObject({
    Size: 5,
    StorageClass: 'STANDARD',
    ETag: '"a5e54d1fd7bb69a228ef0dcd2431367e"',
  })
  expect(page.Contents?.[0]?.LastModified).toBeInstanceOf(Date)
})

test('a delimiter rolls keys up, and common prefixes count towards the page', async () => {
  const { list } = await withObjects()
  const first = await list({ Delimiter: '/', MaxKeys: 2 })
  expect(first.Contents?.map(({ Key }) => Key)).toEqual(['a.txt'])
  expect(first.CommonPrefixes).toEqual([{ Prefix: 'folder/' }])
  const rest = await list({ Delimiter: '/', ContinuationToken: first.NextContinuationToken })
  expect(rest.Contents?.map(({ Key }) => Key)).toEqual(['z', 'ü +&<.txt'])
  expect(rest.CommonPrefixes).toBeUndefined()
  expect((await list({ Delimiter: '/', Prefix: 'folder/' })).CommonPrefixes).toEqual([{ Prefix: 'folder/sub/' }])
})

test("SDK v3's paginator sees each key once", async () => {
  const { s3, Bucket } = await withObjects()
  const seen = new Set<string | undefined>()
  let count = 0
  for await (const page of paginateListObjectsV2({ client: s3, pageSize: 1 }, { Bucket }))
    for (const { Key } of page.Contents ?? []) {
      seen.add(Key)
      count++
    }
  expect([seen, count]).toEqual([new Set(keys), keys.length])
})

test('start-after, and encoding-type=url with + for space', async () => {
  const { list } = await withObjects()
  const page = await list({ StartAfter: 'z', EncodingType: 'url' })
  expect(page.Contents?.map(({ Key }) => Key)).toEqual(['%C3%BC+%2B%26%3C.txt'])
})

test('version 1 continues by marker, and returns the next one only with a delimiter', async () => {
  const { s3, Bucket } = await withObjects()
  const list = (more: object) => s3.send(new ListObjectsCommand({ Bucket, ...more }))
  const plain = await list({ MaxKeys: 2 })
  expect([plain.IsTruncated, plain.NextMarker]).toEqual([true, undefined])
  const first = await list({ Delimiter: '/', MaxKeys: 2 })
  expect(first.NextMarker).toBe('folder/')
  const second = await list({ Delimiter: '/', Marker: first.NextMarker })
  expect(second.Contents?.map(({ Key }) => Key)).toEqual(['z', 'ü +&<.txt'])
})

test.each(['max-keys=-1', 'max-keys=x', 'encoding-type=html', 'list-type=3', 'list-type=2&continuation-token=*'])(
  '?%s is an invalid argument',
  async (query) => {
    const { raw } = await startS3()
    const reply = await raw(`/b-1?${query}`)
    expect([reply.status, /<Code>(\w+)/.exec(await reply.text())?.[1]]).toEqual([400, 'InvalidArgument'])
  },
)
