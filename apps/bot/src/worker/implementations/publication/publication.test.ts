import { decodePublicationData, encodePublicationData } from '@continuum/messages'
import { runActivity } from '@continuum/workflow-core/testing'
import { expect, test } from 'vitest'
import { followOn } from '../../run/follow-on.ts'
import { writeManifest } from '../../run/manifest.ts'
import { openPackage } from '../../package/open.ts'
import { article, run, startTestBot, type TestBot } from '../../../testing/bot.ts'
import { journal } from '../../../testing/sample.ts'
import { temporaryFolder } from '../../../testing/temporary-folder.ts'
import { fileIn } from '../../../testing/zips.ts'
import { implementPublishOnSite } from './publish-on-site.ts'
import { implementArchiveArticle } from './archive-article.ts'
import { implementCheckApproval } from './check-approval.ts'
import { implementStageAssets } from '../preparation/stage-assets.ts'
import { implementMarkReadyToPublish } from '../preparation/mark-ready-to-publish.ts'
import { implementIngestToLax } from '../preparation/ingest-to-lax.ts'
import { implementPostEif } from '../preparation/post-eif.ts'
import { implementPublishAssets } from './publish-assets.ts'
import { implementPublishToLax } from './publish-to-lax.ts'
import { implementRequestPublication } from '../preparation/request-publication.ts'
import { implementStartPostPublication } from './start-post-publication.ts'
import { implementSignalDelivery } from './signal-delivery.ts'
import { implementVersionLookup } from '../arrival/version-lookup.ts'

const published = '2012-12-13T00:00:00Z'
const signal = new AbortController().signal

async function unpacked(
  bot: TestBot,
  names = ['journal-00007-v1.xml', 'journal-00007-v1.pdf', 'journal-00007-fig1-v1.tif'],
) {
  const { expanded } = bot.buckets
  for (const name of names) await bot.put(expanded, `${article.folder}/${name}`, `content of ${name}`)
  const files = names.map((name) => ({ name, packed: name, bytes: 1 }))
  await writeManifest(bot.tools.s3, expanded, { article, files, inFolders: [], automatic: false }, signal)
}

test('the version is the next after those that lax has published, or the one in the name', async () => {
  const answer = ({ url }: { url: string }) =>
    url === '/api/v1/article/10.5555/journal.00007/version/' ? { json: { 1: {}, 2: {} } } : { status: 500 }
  const bot = await startTestBot({ answer })
  const lookup = async (fileName: string) =>
    (await runActivity(implementVersionLookup(bot.tools), { articleId: '00007', version: 0, run, fileName })).output
  expect(await lookup('journal-00007-vor-r1.zip')).toEqual({ version: 3 })
  expect(bot.property('publication-status')).toMatchObject({ version: 3, value: 'publication in progress' })
  expect(bot.property('article-id')).toMatchObject({ version: 0, value: '00007' })
  expect(await lookup('journal-00007-vor-v1-20121213000000.zip')).toEqual({ version: 1 })
})

test('an article that lax does not know is version 1; any other answer than these is tried again', async () => {
  let status = 404
  const bot = await startTestBot({ answer: () => ({ status }) })
  const input = { articleId: '00007', version: 0, run, fileName: 'journal-00007-vor-r1.zip' }
  expect((await runActivity(implementVersionLookup(bot.tools), input)).output).toEqual({ version: 1 })
  for (status of [403, 500, 503]) {
    await expect(runActivity(implementVersionLookup(bot.tools), input)).rejects.toMatchObject({ retry: true })
  }
})

test('readers get every file, with a copy for download of all but TIFFs', async () => {
  const bot = await startTestBot()
  await unpacked(bot)
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

test('publishing puts the files on the CDN, and removes what this version, and no other, has no longer', async () => {
  const bot = await startTestBot()
  await unpacked(bot)
  await runActivity(implementStageAssets(bot.tools), article)
  const { cdn } = bot.buckets
  for (const name of ['fig9-v1.jpg', 'fig9-v1-600w.jpg', 'fig9-v2.jpg', 'fig9-v11.jpg', 'media1.mov']) {
    await bot.put(cdn, `00007/journal-00007-${name}`, 'old')
  }
  await bot.put(cdn, '00008/journal-00008-fig9-v1.jpg', 'of another article')
  for (const _ of ['once', 'twice']) await runActivity(implementPublishAssets(bot.tools), article)
  expect(await bot.keys(cdn)).toEqual([
    '00007/journal-00007-fig1-v1.tif',
    '00007/journal-00007-fig9-v11.jpg',
    '00007/journal-00007-fig9-v2.jpg',
    '00007/journal-00007-media1.mov',
    '00007/journal-00007-v1-download.pdf',
    '00007/journal-00007-v1-download.xml',
    '00007/journal-00007-v1.pdf',
    '00007/journal-00007-v1.xml',
    '00008/journal-00008-fig9-v1.jpg',
  ])
  expect((await bot.get(cdn, '00007/journal-00007-v1-download.pdf')).ContentDisposition).toContain('attachment')
})

test('a run without files publishes none, and removes none', async () => {
  const bot = await startTestBot()
  await bot.put(bot.buckets.cdn, '00007/journal-00007-v1.pdf', 'x')
  await expect(runActivity(implementPublishAssets(bot.tools), article)).rejects.toMatchObject({
    name: 'NothingToPublishFailure',
  })
  expect(await bot.keys(bot.buckets.cdn)).toHaveLength(1)
})

test('the archive has every file in a fixed order, and is the same bytes each time', async () => {
  const bot = await startTestBot()
  await unpacked(bot)
  const input = { articleId: '00007', version: 1, run, folder: article.folder, published }
  const { archive } = bot.buckets
  await runActivity(implementArchiveArticle(bot.tools), input)
  const [key = ''] = await bot.keys(archive)
  expect(key).toBe('journal-00007-vor-v1-20121213000000.zip')
  const first = (await bot.get(archive, key)).body
  await runActivity(implementArchiveArticle(bot.tools), input)
  expect((await bot.get(archive, key)).body.equals(first)).toBe(true)
  expect(await bot.keys(archive)).toHaveLength(1)

  const { zip } = await openPackage(await fileIn(await temporaryFolder(), 'a.zip', first))
  const names = await Array.fromAsync(zip.eachEntry(), (entry) => entry.fileNameRaw.toString())
  zip.close()
  expect(names).toEqual(['journal-00007-fig1-v1.tif', 'journal-00007-v1.pdf', 'journal-00007-v1.xml'])
})

test('an archive is never empty, nor written without a file that it should have', async () => {
  const bot = await startTestBot()
  const input = { articleId: '00007', version: 1, run, folder: article.folder, published }
  await unpacked(bot, [])
  await expect(runActivity(implementArchiveArticle(bot.tools), input)).rejects.toMatchObject({
    name: 'NothingToArchiveFailure',
  })
  const files = [{ name: 'journal-00007-v1.xml', packed: 'x', bytes: 1 }]
  await writeManifest(bot.tools.s3, bot.buckets.expanded, { article, files, inFolders: [], automatic: false }, signal)
  await expect(runActivity(implementArchiveArticle(bot.tools), input)).rejects.toMatchObject({
    name: 'ObjectMissingFailure',
  })
  expect(await bot.keys(bot.buckets.archive)).toEqual([])
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
  expect(bot.requestedWorkflows).toMatchObject([
    {
      workflow_name: 'ApproveArticlePublication',
      workflow_data: { article_id: '00007', version: '1', run, held_by: 'article-00007' },
    },
  ])
})

test('an approval is checked against its publication data and against lax, before anything is public', async () => {
  const bot = await startTestBot()
  await unpacked(bot)
  const publicationData = encodePublicationData(followOn(journal, article, published))
  const input = { articleId: '00007', version: 1, run, publicationData }
  expect((await runActivity(implementCheckApproval(bot.tools), input)).output).toEqual(article)
  expect(bot.requests.map(({ method, url }) => `${method} ${url}`)).toEqual([
    'POST /api/v2/articles/00007/versions/1?dry-run=true',
  ])
  for (const other of [{ run: 'another' }, { version: 2 }, { articleId: '00008' }]) {
    const mixed = runActivity(implementCheckApproval(bot.tools), { ...input, ...other })
    await expect(mixed).rejects.toMatchObject({ name: 'ApprovalMismatchFailure', retry: false })
  }
})

test('an approval of a run that a newer delivery has replaced is refused with what lax says', async () => {
  const bot = await startTestBot({
    answer: () => ({ status: 409, json: { code: 'superseded', message: 'another run has replaced it' } }),
  })
  await unpacked(bot)
  const publicationData = encodePublicationData(followOn(journal, article, published))
  const check = runActivity(implementCheckApproval(bot.tools), { articleId: '00007', version: 1, run, publicationData })
  await expect(check).rejects.toMatchObject({ retry: false, message: 'lax answered 409: another run has replaced it' })
})

test('a site that answers success without publishing has not published', async () => {
  const bot = await startTestBot({ answer: () => ({ json: { publish: false } }) })
  await expect(runActivity(implementPublishOnSite(bot.tools), article)).rejects.toMatchObject({
    name: 'RequestRefusedFailure',
  })
})

test('the date of publication is the one that lax gives, and post-publication is requested before it is called published', async () => {
  const bot = await startTestBot()
  const { output } = await runActivity(implementPublishToLax(bot.tools), article)
  expect(output).toEqual({ published })
  expect(bot.property('publication-date')).toMatchObject({ value: published })
  const order: string[] = []
  const tools = {
    ...bot.tools,
    requestWorkflow: async () => void order.push('requested'),
    tellDashboard: async (message: { message_type: string }) => void order.push(message.message_type),
  }
  await runActivity(implementStartPostPublication(tools), { ...article, published })
  expect(order).toEqual(['event', 'requested', 'property', 'event'])
})

test('the archive of a package named with a date keeps that date', async () => {
  const bot = await startTestBot()
  const resupplied = { ...article, resupplied: true, updated: '2016-08-02T11:38:16Z', published }
  await runActivity(implementStartPostPublication(bot.tools), resupplied)
  expect(bot.requestedWorkflows).toMatchObject([{ workflow_data: { update_date: '2016-08-02T11:38:16Z' } }])
})

test('a delivery that waits is told the outcome; one that is gone needs no telling', async () => {
  const bot = await startTestBot()
  const input = { workflowId: 'article-00007', ended: { run } }
  await runActivity(implementSignalDelivery(bot.tools), input)
  expect(bot.signals).toEqual([{ workflowId: 'article-00007', name: 'publicationEnded', payload: { run } }])
  await runActivity(implementSignalDelivery({ ...bot.tools, signal: async () => false }), input)
})
