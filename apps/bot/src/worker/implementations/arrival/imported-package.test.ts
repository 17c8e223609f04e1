import { importsFolder } from '@continuum/messages'
import { samplePackage } from '@continuum/package/testing'
import { runActivity } from '@continuum/workflow-core/testing'
import { expect, test } from 'vitest'
import { article, run, startTestBot, type TestBot } from '../../../testing/bot.ts'
import { whenAllGoesWell } from '../../../testing/stand-in.ts'
import { implementSetPublicationStatus } from '../preparation/set-publication-status.ts'
import { implementPlanDeposits } from '../publication/plan-deposits.ts'
import { implementPublishToLax } from '../publication/publish-to-lax.ts'
import { implementCheckPackage } from './check-package.ts'
import { implementExpandArticle } from './expand-article.ts'

/** A package that was published elsewhere before, on its way to the date that it had. */

const name = 'journal-00007-vor-v1-20111213141516.zip'
const published = '2011-12-13T14:15:16Z'

async function expand(bot: TestBot, bucket: string, file_name: string, metadata: Record<string, string> = {}) {
  const zip = await samplePackage()
  const file_etag = await bot.put(bucket, file_name, zip, metadata)
  const delivery = {
    event_name: 'Import',
    event_time: published,
    bucket_name: bucket,
    file_name,
    file_etag,
    file_size: zip.length,
  }
  const input = { articleId: '00007', version: 1, run, delivery }
  const { output } = await runActivity(implementExpandArticle(bot.tools), input)
  return { output: Object(output), metadata }
}

test('only a package in the folder of imports is one: an uploader cannot date a publication, nor keep it from recipients', async () => {
  const bot = await startTestBot()
  const { expanded, production } = bot.buckets
  const imported = async (bucket: string, key: string, metadata = {}) =>
    (await expand(bot, bucket, key, metadata)).output.imported
  expect(await imported(expanded, importsFolder + name)).toEqual({ deposits: false })
  expect(await imported(expanded, importsFolder + name, { deposits: 'yes' })).toEqual({ deposits: true })
  expect(await imported(production, importsFolder + name)).toBeUndefined()
  expect(await imported(production, name, { deposits: 'no' })).toBeUndefined()
  expect(await imported(expanded, name)).toBeUndefined()
})

test('an imported version is published by itself, under the date that it had, and nobody is told of it', async () => {
  const bot = await startTestBot({ answer: whenAllGoesWell })
  const { output } = await expand(bot, bot.buckets.expanded, importsFolder + name)
  expect(output).toEqual({ ...article, resupplied: true, updated: published, imported: { deposits: false } })
  await runActivity(implementCheckPackage(bot.tools), output)
  const stored = async (file: string) =>
    JSON.parse((await bot.get(bot.buckets.eif, `${article.folder}/${file}`)).body.toString())
  expect((await stored('journal-00007-v1.article.json')).article).toMatchObject({ published })
  expect(await stored('journal-00007-v1.json')).toMatchObject({ 'pub-date': published })
  const status = await runActivity(implementSetPublicationStatus(bot.tools), output)
  expect(status.output).toEqual({ automatic: true })

  await runActivity(implementPublishToLax(bot.tools), output)
  expect(bot.requests.at(-1)).toMatchObject({ method: 'POST', body: { run, date: published } })
  const before = bot.requests.length
  await runActivity(implementPlanDeposits(bot.tools), {
    articleId: '00007',
    version: 1,
    run,
    folder: article.folder,
    published,
  })
  expect(bot.requests).toHaveLength(before)
})
