import { runActivity } from '@continuum/workflow-core/testing'
import { jats, samplePackage, zipWith } from '@continuum/package/testing'
import { expect, test } from 'vitest'
import { article, run, startTestBot, type TestBot } from '../../../testing/bot.ts'
import { implementMarkReadyToPublish } from '../preparation/mark-ready-to-publish.ts'
import { implementStartPostPublication } from '../publication/start-post-publication.ts'
import { implementReportFailure } from '../../step/report-failure.ts'
import { implementCompareDelivery } from './compare-delivery.ts'
import { implementExpandArticle } from './expand-article.ts'
import { implementForgetDelivery } from './forget-delivery.ts'

/** 18.2: the same bytes again are no new version. */

const key = 'journal-00007-vor-r1.zip'

async function put(bot: TestBot, zip: Buffer, { name = key, rerun = false } = {}) {
  const bucket_name = bot.buckets.production
  const file_etag = await bot.put(bucket_name, name, zip)
  return {
    event_name: 'ObjectCreated:Put',
    event_time: '2016-07-28T16:14:27Z',
    bucket_name,
    file_name: name,
    file_etag,
    file_size: zip.length,
    ...(rerun && { rerun: true as const }),
  }
}

/** A bot whose article has a run that is ready to publish. */
async function withReadyRun(zip?: Buffer) {
  const bot = await startTestBot()
  const delivery = await put(bot, zip ?? (await samplePackage()))
  await runActivity(implementExpandArticle(bot.tools), { articleId: '00007', version: 1, run, delivery })
  await runActivity(implementMarkReadyToPublish(bot.tools), article)
  const again = async (other: Buffer, options: { name?: string; rerun?: boolean } = {}) => {
    const input = { articleId: '00007', version: 0, run: 'r-2', delivery: await put(bot, other, options) }
    return (await runActivity(implementCompareDelivery(bot.tools), input)).output
  }
  return { bot, again }
}

const same = { sameAs: { version: 1, run } }
const files = async (more: Record<string, string> = {}) =>
  zipWith({ 'journal-00007.xml': jats(), 'journal-00007-fig1.tif': 'figure', ...more })

test('18.2: the files of a run that is ready, zipped again under another name, are told as such', async () => {
  const { bot, again } = await withReadyRun(await files())
  expect(await again(await files(), { name: 'journal-00007-vor-r2.zip' })).toEqual(same)
  expect(bot.events().slice(-2)).toEqual(['Compare Delivery start', 'Compare Delivery repeated'])
})

test('18.2: so are those of a run that is public', async () => {
  const { bot, again } = await withReadyRun(await files())
  await runActivity(implementStartPostPublication(bot.tools), { ...article, published: '2012-12-13T00:00:00Z' })
  expect(await again(await files())).toEqual(same)
})

test('18.2: another byte, another file or another name is another delivery', async () => {
  const { again } = await withReadyRun(await files())
  expect(await again(await files({ 'journal-00007-fig1.tif': 'Figure' }))).toEqual({})
  expect(await again(await files({ 'journal-00007-fig2.tif': 'figure' }))).toEqual({})
  expect(await again(await zipWith({ 'journal-00007.xml': jats(), 'journal-00007-fig2.tif': 'figure' }))).toEqual({})
  expect(await again(await files(), { name: 'journal-00007-poa-r1.zip' })).toEqual({})
  expect(await again(Buffer.from('no zip'))).toEqual({})
})

test("18.2: a package named with a version, and a person's rerun, always run", async () => {
  const { again } = await withReadyRun(await files())
  expect(await again(await files(), { name: 'journal-00007-vor-v1-20121213000000.zip' })).toEqual({})
  expect(await again(await files(), { rerun: true })).toEqual({})
  expect(await again(await files())).toEqual(same)
})

test('18.2: one whose earlier run failed or was dismissed always runs', async () => {
  const failed = await withReadyRun(await files())
  const failure = {
    articleId: '00007',
    version: 1,
    run,
    event: 'Publish To Lax',
    reason: 'X',
    message: 'x',
    attempts: 1,
  }
  const report = { ...failure, permanent: true, advice: '', publishing: true }
  await runActivity(implementReportFailure(failed.bot.tools), report)
  expect(await failed.again(await files())).toEqual({})

  const dismissed = await withReadyRun(await files())
  await runActivity(implementForgetDelivery(dismissed.bot.tools), { articleId: '00007', version: 1, run: 'another' })
  expect(await dismissed.again(await files())).toEqual(same)
  await runActivity(implementForgetDelivery(dismissed.bot.tools), { articleId: '00007', version: 1, run })
  expect(await dismissed.again(await files())).toEqual({})
})

test('the first delivery of an article is compared with nothing, and not even downloaded', async () => {
  const bot = await startTestBot()
  const delivery = { ...(await put(bot, Buffer.from(''))), file_name: 'journal-00007-vor-r9.zip' }
  const input = { articleId: '00007', version: 0, run, delivery }
  expect((await runActivity(implementCompareDelivery(bot.tools), input)).output).toEqual({})
})
