import { CreateBucketCommand, PutObjectCommand } from '@aws-sdk/client-s3'
import { startAwsLocal } from '@continuum/aws-local'
import { once } from 'node:events'
import { createServer } from 'node:http'
import { onTestFinished, vi } from 'vitest'
import { property, readyRun } from '../../derive/history/messages.fixture.ts'
import { buckets, createS3 } from '../../web/dashboard.fixture.ts'

/** The article JSON of a text and a figure. */
export const articleJson = (text: string, file = 'elife-00353-fig1-v1.jpg') => ({
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
export async function startStores(aws?: { url: string }) {
  const own = aws ? undefined : await startAwsLocal({ account: '000000000000' })
  const url = aws?.url ?? own?.url ?? ''
  vi.stubEnv('AWS_ENDPOINT_URL', url)
  const s3 = createS3(url)
  const lax = { status: 200, body: JSON.stringify(articleJson('Bees sleep by day.')) }
  const server = createServer((_, response) => response.writeHead(lax.status).end(lax.body)).listen(0, '127.0.0.1')
  await once(server, 'listening')
  onTestFinished(async () => {
    vi.unstubAllEnvs()
    s3.destroy()
    server.close()
    await own?.[Symbol.asyncDispose]()
  })
  for (const Bucket of [buckets.expanded, buckets.eif, buckets.cdn]) await s3.send(new CreateBucketCommand({ Bucket }))
  const put = (Bucket: string, Key: string, Body: string, ContentType = 'application/json') =>
    s3.send(new PutObjectCommand({ Bucket, Key, Body, ContentType }))
  const manifest = (sha256: string) =>
    JSON.stringify({ files: [{ name: 'elife-00353-fig1-v1.tif', bytes: 10, kind: 'figure', sha256 }] })
  await put(buckets.expanded, '00353.1/a/manifest.json', manifest('one'))
  await put(buckets.expanded, '00353.1/b/manifest.json', manifest('other'))
  const stored = { journal: {}, snippet: {}, article: articleJson('Bees sleep at <i>night</i>.') }
  await put(buckets.eif, '00353.1/b/elife-00353-v1.article.json', JSON.stringify(stored))
  await put(buckets.expanded, '00353.1/b/cdn/elife-00353-fig1-v1-1084w.jpg', 'the new image', 'image/jpeg')
  await put(buckets.cdn, '00353/elife-00353-fig1-v1.jpg', 'the public image', 'image/jpeg')
  await put(buckets.cdn, '00353/elife-00353-v1.xml', '<article/>', 'application/xml')
  const address = server.address()
  const port = typeof address === 'object' && address ? address.port : 0
  return { lax, LAX_URL: `http://127.0.0.1:${port}` }
}

/** The messages of an article whose correction is ready. */
export const corrected = [
  ...readyRun(),
  property(12, 'publication-status', 'published', { run: 'a' }),
  ...readyRun(20, { run: 'b' }),
]
