import { once } from 'node:events'
import { createServer } from 'node:http'
import { S3Client } from '@aws-sdk/client-s3'
import { expect, onTestFinished, test } from 'vitest'
import { Bucket, packageFile, startDroppingS3, type Drop } from './dropping-s3.fixture.ts'
import { localPackages, putPackage } from './feed-packages.ts'

test.each<Drop>(['at its start', 'in the middle'])(
  'a package arrives whole although the connection of the first put was dropped %s',
  async (drop) => {
    const { s3, head, pauses, pause, puts } = await startDroppingS3(drop, 1)
    const { path, md5, delivery } = packageFile()
    const [item] = await localPackages([path], '/')
    if (!item) throw new Error('no package')
    const told: string[] = []
    const onRetry = (reason: string, milliseconds: number) => void told.push(`${reason}, ${milliseconds}`)
    await putPackage(s3, Bucket, item, { delivery, onRetry, pause })
    expect(await head(item.key)).toMatchObject({
      ETag: `"${md5}"`,
      ContentType: 'application/zip',
      Metadata: { publication: 'automatic' },
    })
    expect([puts(), pauses]).toEqual([2, [500]])
    expect(told).toEqual([expect.stringMatching(/(ECONNRESET|EPIPE|socket hang up), 500$/)])
  },
)

test('a package that has arrived, though the answer was lost, is not delivered a second time', async () => {
  const { s3, head, pause, puts } = await startDroppingS3('before the answer', 1)
  const { path, md5, delivery } = packageFile()
  const [item] = await localPackages([path], '/')
  if (!item) throw new Error('no package')
  await putPackage(s3, Bucket, item, { delivery, pause })
  expect((await head(item.key)).ETag).toBe(`"${md5}"`)
  expect(puts()).toBe(1)
})

test('where every connection is dropped, the host and the cause are told after a few attempts', async () => {
  const { s3, host, pauses, pause, puts } = await startDroppingS3('in the middle', Infinity)
  const { path, delivery } = packageFile()
  const [item] = await localPackages([path], '/')
  if (!item) throw new Error('no package')
  await expect(putPackage(s3, Bucket, item, { delivery, pause })).rejects.toThrow(
    new RegExp(
      `^elife-00353-vor-r1.zip could not be put into s3://packages \\(${host}\\): .*(ECONNRESET|EPIPE|socket hang up).* again`,
    ),
  )
  expect(puts()).toBe(6)
  expect(pauses).toEqual([500, 1000, 2000, 4000, 8000])
})

test('a refusal is not tried again', async () => {
  const { s3, pauses, pause, puts } = await startDroppingS3('at its start', 0)
  const { path, delivery } = packageFile(1000)
  const [item] = await localPackages([path], '/')
  if (!item) throw new Error('no package')
  await expect(putPackage(s3, 'another', item, { delivery, pause })).rejects.toMatchObject({ name: 'NoSuchBucket' })
  expect([puts(), pauses]).toEqual([1, []])
})

test('a refusal that S3 does not explain is told with its status, the bucket and the host', async () => {
  const server = createServer((request, response) => {
    request.resume().once('end', () => response.writeHead(403, { 'content-type': 'text/html' }).end('<h1>no</h1>'))
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const host = `127.0.0.1:${Object(server.address()).port}`
  const credentials = { accessKeyId: 'local', secretAccessKey: 'local' }
  const s3 = new S3Client({ region: 'us-east-1', credentials, forcePathStyle: true, endpoint: `http://${host}` })
  onTestFinished(() => {
    s3.destroy()
    server.closeAllConnections()
    server.close()
  })
  const { path, delivery } = packageFile(1000)
  const [item] = await localPackages([path], '/')
  if (!item) throw new Error('no package')
  await expect(putPackage(s3, Bucket, item, { delivery, pause: async () => {} })).rejects.toThrow(
    new RegExp(`could not be put into s3://packages \\(${host}\\): an answer that is not S3's \\(403\\)`),
  )
})
