import { CreateBucketCommand, PutObjectCommand } from '@aws-sdk/client-s3'
import { startAwsLocal } from '@continuum/aws-local'
import { once } from 'node:events'
import { createServer } from 'node:http'
import { expect, onTestFinished, test, vi } from 'vitest'
import { property, readyRun } from '../../derive/history/messages.fixture.ts'
import { buckets, createS3, startDashboard } from '../../web/dashboard.fixture.ts'

const textOf = (body: string) =>
  body
    .replaceAll(/<[^>]*>/g, ' ')
    .replaceAll('&#x2F;', '/')
    .replaceAll(/\s+/g, ' ')

const article = (text: string, file = 'elife-00353-fig1-v1.jpg') => ({
  id: '00353',
  version: 1,
  title: 'A good life',
  body: [
    {
      type: 'section',
      id: 's1',
      title: 'Introduction',
      content: [
        { type: 'paragraph', text },
        { type: 'image', id: 'fig1', label: 'Figure 1', image: { uri: `http://cdn/00353/${file}`, alt: 'bees' } },
      ],
    },
  ],
})

/** Starts an S3 with two runs of a version, and what stands for lax: it answers what is public. */
async function startStores() {
  const aws = await startAwsLocal({ account: '000000000000' })
  vi.stubEnv('AWS_ENDPOINT_URL', aws.url)
  const s3 = createS3(aws.url)
  const lax = { status: 200, body: JSON.stringify(article('Bees sleep by day.')) }
  const server = createServer((_, response) => response.writeHead(lax.status).end(lax.body)).listen(0, '127.0.0.1')
  await once(server, 'listening')
  onTestFinished(async () => {
    vi.unstubAllEnvs()
    s3.destroy()
    server.close()
    await aws[Symbol.asyncDispose]()
  })
  for (const Bucket of [buckets.expanded, buckets.eif, buckets.cdn]) await s3.send(new CreateBucketCommand({ Bucket }))
  const put = (Bucket: string, Key: string, Body: string, ContentType = 'application/json') =>
    s3.send(new PutObjectCommand({ Bucket, Key, Body, ContentType }))
  const manifest = (sha256: string) =>
    JSON.stringify({ files: [{ name: 'elife-00353-fig1-v1.tif', bytes: 10, kind: 'figure', sha256 }] })
  await put(buckets.expanded, '00353.1/a/manifest.json', manifest('one'))
  await put(buckets.expanded, '00353.1/b/manifest.json', manifest('other'))
  const stored = { journal: {}, snippet: {}, article: article('Bees sleep at <i>night</i>.') }
  await put(buckets.eif, '00353.1/b/elife-00353-v1.article.json', JSON.stringify(stored))
  await put(buckets.expanded, '00353.1/b/cdn/elife-00353-fig1-v1-1084w.jpg', 'the new image', 'image/jpeg')
  await put(buckets.cdn, '00353/elife-00353-fig1-v1.jpg', 'the public image', 'image/jpeg')
  await put(buckets.cdn, '00353/elife-00353-v1.xml', '<article/>', 'application/xml')
  const address = server.address()
  const port = typeof address === 'object' && address ? address.port : 0
  return { lax, LAX_URL: `http://127.0.0.1:${port}` }
}

const messages = [
  ...readyRun(),
  property(12, 'publication-status', 'published', { run: 'a' }),
  ...readyRun(20, { run: 'b' }),
]

test('a silent correction is shown beside what is public: words, figures and files', async () => {
  const { LAX_URL } = await startStores()
  await using dashboard = await startDashboard({ LAX_URL })
  await dashboard.receive(messages)
  const ada = await dashboard.signIn('ada', 'reader')
  const { statusCode, body } = await ada.get('/article/00353/1/b/changes')
  expect(statusCode).toBe(200)
  const text = textOf(body)
  expect(text).toContain('Replaces the text of version 1, which is public. Shown beside version 1')
  expect(text).toContain('Bees sleep [gone: by ] [new: at ] [gone: day ] [new: night ] .')
  expect(text).toContain('The metadata is the same.')
  expect(text).toMatch(/elife-00353-fig1.tif differs 10 bytes 10 bytes/)
  const images = [...body.matchAll(/<img src="([^"]*)"/g)].map(([, path = '']) =>
    path.replaceAll('&#x2F;', '/').replaceAll('&#x3D;', '='),
  )
  const shown = await Promise.all(images.map((path) => ada.get(path)))
  expect(shown.map((image) => [image.headers['content-type'], image.body])).toEqual([
    ['image/jpeg', 'the public image'],
    ['image/jpeg', 'the new image'],
  ])
  const linked = (await ada.get('/current')).body
  expect(linked).toContain('/article&#x2F;00353&#x2F;1&#x2F;b&#x2F;changes'.replaceAll('/article', '&#x2F;article'))
  expect((await ada.get('/article/00353/1/b')).body).toContain('What changes')
})

test('an image route gives images alone, and none of another folder', async () => {
  const { LAX_URL } = await startStores()
  await using dashboard = await startDashboard({ LAX_URL })
  const status = async (path: string) => (await dashboard.get(path)).statusCode
  expect(await status('/article/00353/public-image?file=elife-00353-fig1-v1.jpg')).toBe(200)
  expect(await status('/article/00353/public-image?file=elife-00353-v1.xml')).toBe(404)
  expect(await status('/article/00353/public-image?file=..%2F00353%2Felife-00353-fig1-v1.jpg')).toBe(400)
  expect(await status('/article/00353/1/b/image?file=absent.jpg')).toBe(404)
})

test('where nothing is public, or cannot be read, the page says so', async () => {
  const { lax, LAX_URL } = await startStores()
  await using dashboard = await startDashboard({ LAX_URL })
  await dashboard.receive(messages)
  const page = async (run = 'b') => {
    const { statusCode, body } = await dashboard.get(`/article/00353/1/${run}/changes`)
    return `${statusCode} ${textOf(body)}`
  }
  lax.status = 404
  expect(await page()).toContain('Nothing of this article is public yet: all of it is new.')
  Object.assign(lax, { status: 410, body: JSON.stringify({ detail: 'The authors asked for it.' }) })
  expect(await page()).toContain('The article is withdrawn, so nothing of it is public. The authors asked for it.')
  lax.status = 500
  expect(await page()).toContain('200')
  expect(await page()).toContain('Not compared. The article store (lax) answered 500. Try again in a moment.')
  expect(await page('x')).toMatch(/^404 /)
})
