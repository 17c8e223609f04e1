import { buffer } from 'node:stream/consumers'
import { Readable } from 'node:stream'
import { CreateBucketCommand, PutObjectCommand } from '@aws-sdk/client-s3'
import { journalWithDefaults } from '@continuum/article'
import { startAwsLocal } from '@continuum/aws-local'
import { createClients } from '@continuum/aws-resources'
import { archiveManifestName, zipOf } from '@continuum/package'
import { jats, journalSettings } from '@continuum/package/testing'
import { expect, onTestFinished, test, vi } from 'vitest'
import { readPostedVersion } from './archived-version.ts'

const journal = journalWithDefaults(journalSettings)
const key = 'journal-00007-vor-v1-20121213000000.zip'
const archive = { key, journal, article: '00007', version: 1, stamp: '2012-12-13T00:00:00Z' }

/** An archive bucket with one archive. */
async function archiveOf(files: Record<string, string>) {
  const aws = await startAwsLocal()
  vi.stubEnv('AWS_ENDPOINT_URL', aws.url)
  vi.stubEnv('AWS_ACCESS_KEY_ID', 'local')
  vi.stubEnv('AWS_SECRET_ACCESS_KEY', 'local')
  const { s3 } = createClients({ region: 'us-east-1' })
  onTestFinished(async () => {
    s3.destroy()
    await aws.close()
    vi.unstubAllEnvs()
  })
  const open = async (name: string) => Readable.from([Buffer.from(files[name] ?? '')])
  const Body = await buffer(zipOf(Object.keys(files), open, '2016-10-05T12:00:00Z'))
  await s3.send(new CreateBucketCommand({ Bucket: 'archive' }))
  await s3.send(new PutObjectCommand({ Bucket: 'archive', Key: key, Body }))
  return { s3, bucket: 'archive', journals: [journal] }
}

test('the site gets the EIF that it was posted, as the archive has it', async () => {
  const manifest = { format: 1, articleId: '00007', version: 1, run: 'the-run', published: '2012-12-12T10:00:00Z' }
  const eif = { title: 'As it was posted' }
  const source = await archiveOf({ [archiveManifestName]: JSON.stringify({ ...manifest, eif }) })
  expect(await readPostedVersion(archive, source)).toEqual({ eif, run: 'the-run', published: '2012-12-12T10:00:00Z' })
})

test('an archive without an EIF has the XML that it is made of', async () => {
  const source = await archiveOf({ 'journal-00007-v1.xml': jats() })
  expect(await readPostedVersion(archive, source)).toMatchObject({
    eif: { title: 'How <italic>rivers</italic> bend', version: 1, 'article-id': '00007' },
    run: 'archive-2012-12-13T00:00:00Z',
    published: '2012-12-13T00:00:00Z',
  })
})
