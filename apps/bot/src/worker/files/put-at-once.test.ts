import { createServer, type IncomingMessage } from 'node:http'
import { createClients } from '@continuum/aws-resources'
import { expect, onTestFinished, test, vi } from 'vitest'
import { startTestBot } from '../../testing/bot.ts'
import { copyObject, putBytes, readObject } from './objects.ts'

const { signal } = new AbortController()

test('objects are put and copied as the SDK does it, and with valid signatures, without its commands once it is known where requests go', async () => {
  const { tools, buckets, get } = await startTestBot()
  const { s3 } = tools
  const at = (key: string) => ({ bucket: buckets.expanded, key })
  await putBytes(s3, at('run/by-the-sdk.jpg'), 'first', signal)
  const send = vi.spyOn(s3, 'send')
  const odd = "run/Ein Bild (1)+ü'!*.jpg"
  await putBytes(s3, at(odd), Buffer.from('bytes'), signal)
  await putBytes(s3, at('run/empty.txt'), '', signal)
  await copyObject(s3, at(odd), at('run/copy.gif'), signal)
  await copyObject(s3, at(odd), at('run/download.jpg'), signal, `attachment; filename="a  b.jpg"`)
  expect(send).not.toHaveBeenCalled()
  send.mockRestore()

  expect(await get(buckets.expanded, odd)).toMatchObject({ ContentType: 'image/jpeg', body: Buffer.from('bytes') })
  expect((await readObject(s3, at('run/empty.txt'), signal)).length).toBe(0)
  expect(await get(buckets.expanded, 'run/copy.gif')).toMatchObject({ ContentType: 'image/jpeg' })
  const download = await get(buckets.expanded, 'run/download.jpg')
  expect(download).toMatchObject({ ContentType: 'image/jpeg', body: Buffer.from('bytes') })
  expect(download.ContentDisposition).toMatch(/^attachment; filename="a +b\.jpg"$/)
  await expect(copyObject(s3, at('run/nothing'), at('run/x'), signal)).rejects.toMatchObject({ name: 'NoSuchKey' })
})

/** An S3 that answers each request as it is told, and keeps who asked. */
async function startOddS3(answer: (request: IncomingMessage) => number) {
  const asked: ('plain' | 'SDK')[] = []
  const agents: (string | undefined)[] = []
  const server = createServer((request, response) => {
    asked.push(request.headers['amz-sdk-request'] === undefined ? 'plain' : 'SDK')
    agents.push(request.headers['user-agent'])
    request.resume().once('end', () => {
      const status = answer(request)
      if (status === 0) response.destroy()
      else
        response
          .writeHead(status, { etag: '"e"' })
          .end(status === 500 ? '<Error><Code>InternalError</Code></Error>' : '')
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => void server.close())
  const address = server.address()
  vi.stubEnv('AWS_ACCESS_KEY_ID', 'local')
  vi.stubEnv('AWS_SECRET_ACCESS_KEY', 'local')
  vi.stubEnv('AWS_ENDPOINT_URL', `http://127.0.0.1:${typeof address === 'object' ? address?.port : 0}`)
  const { s3 } = createClients({ region: 'us-east-1' })
  onTestFinished(() => s3.destroy())
  return { s3, asked, agents }
}

test.each([
  ['refuses', 500],
  ['breaks off', 0],
])('what S3 %s is sent again by the SDK, with its retries', async (_, status) => {
  let faults = 0
  const { s3, asked } = await startOddS3(() => (faults-- > 0 ? status : 200))
  const put = () => putBytes(s3, { bucket: 'a-bucket', key: 'a' }, 'a', signal)
  await put()
  await put()
  faults = 2
  await put()
  expect(asked).toEqual(['SDK', 'plain', 'plain', 'SDK', 'SDK'])
})

test('a put that is aborted is not sent again', async () => {
  const abort = new AbortController()
  const { s3, asked } = await startOddS3(() => (asked.length > 1 && abort.abort(new Error('stopping')), 200))
  const put = () => putBytes(s3, { bucket: 'a-bucket', key: 'a' }, 'a', abort.signal)
  await put()
  await expect(put()).rejects.toThrow('stopping')
  expect(asked).toEqual(['SDK', 'plain'])
})

test('a plain request names its process as the requests of the SDK do', async () => {
  vi.stubEnv('AWS_SDK_UA_APP_ID', 'worker')
  const { s3, asked, agents } = await startOddS3(() => 200)
  for (const key of ['a', 'b']) await putBytes(s3, { bucket: 'a-bucket', key }, 'a', signal)
  expect(asked).toEqual(['SDK', 'plain'])
  expect(agents).toEqual([expect.stringContaining('app/worker'), expect.stringContaining('app/worker')])
})
