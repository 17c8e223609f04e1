import { encodePublicationData } from '@continuum/messages'
import { runActivity } from '@continuum/workflow-core/testing'
import { expect, test } from 'vitest'
import { fileIn, journal, temporaryFolder } from '@continuum/package/testing'
import { archiveManifestName, openPackage, readArchiveManifest } from '@continuum/package'
import { article, run, startTestBot } from '../../../testing/bot.ts'
import { storeFiles } from '../../../testing/run-folder.ts'
import { readStart } from '../../../workflow-starter/start.ts'
import { followOn } from '../../run/follow-on.ts'
import { writeManifest } from '../../run/manifest.ts'
import { implementStageAssets } from '../preparation/stage-assets.ts'
import { implementArchiveArticle } from './archive-article.ts'
import { implementCheckApproval } from './check-approval.ts'
import { implementHoldPublication, implementResumeApproval } from './embargo.ts'
import { implementPublishAssets } from './publish-assets.ts'
import { implementPublishOnSite } from './publish-on-site.ts'
import { implementPublishToLax } from './publish-to-lax.ts'
import { implementSignalDelivery } from './signal-delivery.ts'
import { implementStartPostPublication } from './start-post-publication.ts'

const published = '2012-12-13T00:00:00Z'
const signal = new AbortController().signal

test('publishing puts the files on the CDN, and removes what this version, and no other, has no longer', async () => {
  const bot = await startTestBot()
  await storeFiles(bot)
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
  await storeFiles(bot)
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
  expect(names).toEqual([
    'journal-00007-fig1-v1.tif',
    'journal-00007-v1.pdf',
    'journal-00007-v1.xml',
    archiveManifestName,
  ])
})

test('an archive has the run, the date and the article JSON and EIF that the article store and the site can be made again from', async () => {
  const version = { '1': { datetime_published: '2012-12-13T08:30:00Z' } }
  const bot = await startTestBot({ answer: () => ({ json: version }) })
  await storeFiles(bot)
  await bot.put(
    bot.buckets.eif,
    `${article.folder}/journal-00007-v1.article.json`,
    JSON.stringify({ article: { title: 'Rivers', '-history': {} }, snippet: {} }),
  )
  await bot.put(bot.buckets.eif, `${article.folder}/journal-00007-v1.json`, JSON.stringify({ title: 'Rivers' }))
  // The package was named with the date of its last change.
  const input = { articleId: '00007', version: 1, run, folder: article.folder, published: '2016-08-02T11:38:16Z' }
  await runActivity(implementArchiveArticle(bot.tools), input)
  const { body } = await bot.get(bot.buckets.archive, 'journal-00007-vor-v1-20160802113816.zip')
  expect(await readArchiveManifest(await fileIn(await temporaryFolder(), 'a.zip', body))).toEqual({
    format: 1,
    articleId: '00007',
    version: 1,
    run,
    published: '2012-12-13T08:30:00Z',
    article: { title: 'Rivers', '-history': {} },
    eif: { title: 'Rivers' },
  })
})

test('an archive is never empty, nor written without a file that it should have', async () => {
  const bot = await startTestBot()
  const input = { articleId: '00007', version: 1, run, folder: article.folder, published }
  await storeFiles(bot, [])
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

test('an approval is checked against its publication data and against lax, before anything is public', async () => {
  const bot = await startTestBot()
  await storeFiles(bot)
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
  await storeFiles(bot)
  const publicationData = encodePublicationData(followOn(journal, article, published))
  const check = runActivity(implementCheckApproval(bot.tools), { articleId: '00007', version: 1, run, publicationData })
  await expect(check).rejects.toMatchObject({ retry: false, message: 'lax answered 409: another run has replaced it' })
})

test('an approval before the date of publication passes with the date, and waits for it beside the article', async () => {
  const until = Temporal.Now.instant().add({ hours: 1 }).toString({ smallestUnit: 'second' })
  const bot = await startTestBot({
    answer: () => ({ status: 409, json: { code: 'embargoed', message: 'too early', until } }),
  })
  await storeFiles(bot)
  const publicationData = encodePublicationData(followOn(journal, article, published))
  const approved = { articleId: '00007', version: 1, run, publicationData }
  const { output } = await runActivity(implementCheckApproval(bot.tools), approved)
  const { embargo } = Object(output)
  expect(output).toEqual({ ...article, embargo: { until, seconds: expect.any(Number) } })
  expect(embargo.seconds).toBeGreaterThan(3_500)

  const requested: unknown[] = []
  const tools = { ...bot.tools, requestWorkflow: async (message: unknown) => void requested.push(message) }
  await runActivity(implementHoldPublication(tools), { ...approved, embargo })
  const [held] = requested
  expect(held).toMatchObject({ workflow_name: 'HoldForEmbargo', workflow_data: { until, seconds: embargo.seconds } })
  const { approval } = Object(held).workflow_data
  const sent = { messageId: 'm', sentAt: Temporal.Now.instant() }
  expect(readStart({ ...sent, body: JSON.stringify(held) }, [journal])).toMatchObject({
    workflow: { name: 'HoldForEmbargo' },
    workflowId: `embargo-00007.1.${run}`,
  })
  await runActivity(implementResumeApproval(tools), { articleId: '00007', version: 1, run, approval })
  expect(readStart({ ...sent, body: JSON.stringify(requested[1]) }, [journal])).toMatchObject({
    workflow: { name: 'ApproveArticlePublication' },
    workflowId: 'article-00007',
    input: { article_id: '00007', version: '1', run, publication_data: publicationData },
  })
})

test('a site that answers success without publishing has not published', async () => {
  const bot = await startTestBot({ answer: () => ({ json: { publish: false } }) })
  await expect(runActivity(implementPublishOnSite(bot.tools), article)).rejects.toMatchObject({
    name: 'OddAnswerFailure',
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
    tellDashboard: async (...messages: { message_type: string }[]) =>
      void order.push(...messages.map(({ message_type }) => message_type)),
  }
  await runActivity(implementStartPostPublication(tools), { ...article, published })
  expect(order.filter((told) => told !== 'event')).toEqual(['requested', 'property'])
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
