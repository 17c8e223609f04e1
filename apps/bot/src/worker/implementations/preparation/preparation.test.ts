import { decodePublicationData } from '@continuum/messages'
import { runActivity } from '@continuum/workflow-core/testing'
import { expect, test } from 'vitest'
import { article, run, startTestBot } from '../../../testing/bot.ts'
import { storeFiles } from '../../../testing/run-folder.ts'
import { writeManifest } from '../../run/manifest.ts'
import { implementPublishOnSite } from '../publication/publish-on-site.ts'
import { implementIngestToLax } from './ingest-to-lax.ts'
import { implementMarkReadyToPublish } from './mark-ready-to-publish.ts'
import { implementPostEif } from './post-eif.ts'
import { implementRequestPublication } from './request-publication.ts'
import { implementSetPublicationStatus } from './set-publication-status.ts'
import { implementStageAssets } from './stage-assets.ts'

test('readers get every file, with a copy for download of all but TIFFs', async () => {
  const bot = await startTestBot()
  await storeFiles(bot)
  await runActivity(implementStageAssets(bot.tools), article)
  const keys = await bot.keys(bot.buckets.expanded, `${article.folder}/cdn/`)
  expect(keys.map((key) => key.split('/').at(-1))).toEqual([
    'journal-00007-fig1-v1.tif',
    'journal-00007-v1-download.pdf',
    'journal-00007-v1-download.xml',
    'journal-00007-v1.pdf',
    'journal-00007-v1.xml',
  ])
  const download = await bot.get(bot.buckets.expanded, `${article.folder}/cdn/journal-00007-v1-download.pdf`)
  expect(download.ContentDisposition).toBe('attachment; filename="journal-00007-v1.pdf"')
  expect(download.ContentType).toBe('application/pdf')
})

test('lax gets the article and its run; one named with a version by force, held until it is published', async () => {
  const bot = await startTestBot()
  const key = `${article.folder}/journal-00007-v1.article.json`
  await bot.put(bot.buckets.eif, key, JSON.stringify({ journal: {}, snippet: {}, article: { id: '00007' } }))
  await runActivity(implementIngestToLax(bot.tools), article)
  await runActivity(implementIngestToLax(bot.tools), { ...article, resupplied: true })
  expect(bot.requests.map(({ method, url }) => `${method} ${url}`)).toEqual([
    'PUT /api/v2/articles/00007/versions/1',
    'PUT /api/v2/articles/00007/versions/1?force=true&hold=true',
  ])
  expect(bot.requests[0]).toMatchObject({
    headers: { authorization: 'Bearer a token' },
    body: { article: { id: '00007' }, run },
  })
})

test('the site gets the EIF unpublished, and says at which path it shows the article', async () => {
  const bot = await startTestBot()
  await bot.put(
    bot.buckets.eif,
    `${article.folder}/journal-00007-v1.json`,
    JSON.stringify({ title: 'a', publish: true }),
  )
  await runActivity(implementPostEif(bot.tools), article)
  expect(bot.requests[0]).toMatchObject({
    url: '/api/article.json',
    headers: { authorization: `Basic ${Buffer.from('bot:secret').toString('base64')}`, 'x-continuum-run': run },
    body: { title: 'a', publish: false },
  })
  expect(bot.property('path')).toMatchObject({ value: 'content/1/e00007v1' })
})

test('a site that is busy is no failure: the dashboard says until when, and nothing counts', async () => {
  const bot = await startTestBot({ answer: () => ({ status: 429, headers: { 'retry-after': '7' } }) })
  await bot.put(bot.buckets.eif, `${article.folder}/journal-00007-v1.json`, '{}')
  for (const implementation of [implementPostEif(bot.tools), implementPublishOnSite(bot.tools)]) {
    const { output } = await runActivity(implementation, { ...article, busyBefore: 2 })
    expect(output).toEqual({ busyFor: 7 })
    expect(bot.told.at(-1)).toMatchObject({ status: 'busy', message: 'the site is busy (429).' })
  }
  const { output } = await runActivity(implementPostEif(bot.tools), { ...article, busyBefore: 20 })
  expect(output).toEqual({ busyFor: 60 })
})

test('18.11: a package with files that the XML does not name waits for a person, though it would be published automatically', async () => {
  const bot = await startTestBot()
  const tools = { ...bot.tools, publicationRules: { default: true } }
  await bot.put(bot.buckets.eif, `${article.folder}/journal-00007-v1.json`, JSON.stringify({ title: 'a' }))
  const store = async (more: object) => {
    const files = [
      { name: 'journal-00007-v1.xml', packed: 'journal-00007.xml', bytes: 1 },
      { name: 'journal-00007-review-v1.docx', packed: 'journal-00007-review.docx', bytes: 1, ...more },
    ]
    const manifest = { article, files, inFolders: [], automatic: false }
    await writeManifest(bot.tools.s3, bot.buckets.expanded, manifest, new AbortController().signal)
  }
  await store({ unnamed: true })
  const held = await runActivity(implementSetPublicationStatus(tools), article)
  expect(held.output).toEqual({ automatic: false })
  expect(bot.property('publication-mode')).toMatchObject({ value: 'held' })
  // Named, or withheld from readers, nothing is in the way.
  for (const more of [{}, { unnamed: true, unpublished: true }]) {
    await store(more)
    expect((await runActivity(implementSetPublicationStatus(tools), article)).output).toEqual({ automatic: true })
  }
})

test('a run that waits for an editor hands over the message that follows its publication', async () => {
  const bot = await startTestBot()
  await runActivity(implementMarkReadyToPublish(bot.tools), article)
  const token = String(Reflect.get(Object(bot.property('_publication-data')), 'value'))
  expect(decodePublicationData(token)).toMatchObject({
    workflow_name: 'PostPerfectPublication',
    workflow_data: { article_id: '00007', version: '1', run, expanded_folder: article.folder },
  })
  expect(bot.property('publication-status')).toMatchObject({ value: 'ready to publish' })
})

test('a run published by rule requests its publication, naming itself as the one that waits', async () => {
  const bot = await startTestBot()
  await runActivity(implementRequestPublication(bot.tools), { ...article, heldBy: 'article-00007' })
  // 18.5: if the publication fails, a person can publish the run again.
  expect(bot.property('_publication-data')).toMatchObject({ version: article.version, run })
  expect(bot.requestedWorkflows).toMatchObject([
    {
      workflow_name: 'ApproveArticlePublication',
      workflow_data: { article_id: '00007', version: '1', run, held_by: 'article-00007' },
    },
  ])
})
