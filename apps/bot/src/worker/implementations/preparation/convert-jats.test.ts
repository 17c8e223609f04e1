import { runActivity } from '@continuum/workflow-core/testing'
import { expect, test } from 'vitest'
import { article, startTestBot } from '../../../testing/bot.ts'
import { unpackPackage } from '../../../testing/run-folder.ts'
import { implementConvertJats } from './convert-jats.ts'
import { implementSetPublicationStatus } from './set-publication-status.ts'

test('EIF and article JSON are beside each other, and the dashboard knows the article', async () => {
  const bot = await startTestBot()
  await unpackPackage(bot)
  await runActivity(implementConvertJats(bot.tools), article)
  const { eif } = bot.buckets
  expect(await bot.keys(eif)).toEqual([
    `${article.folder}/journal-00007-v1.article.json`,
    `${article.folder}/journal-00007-v1.json`,
  ])
  const stored = JSON.parse((await bot.get(eif, `${article.folder}/journal-00007-v1.json`)).body.toString())
  expect(stored).toMatchObject({ 'article-version-id': '00007.1', publish: false, status: 'VOR' })
  const json = (await bot.get(eif, `${article.folder}/journal-00007-v1.article.json`)).body.toString()
  expect(json).toContain('https://cdn.example.org/00007/journal-00007-fig1-v1.jpg')
  expect(json).toContain('"width":1800')
  const known =
    'doi title status article-type article-kind subjects authors corresponding-authors publication-date'.split(' ')
  expect(known.map((name) => Reflect.get(Object(bot.property(name)), 'value'))).toEqual([
    '10.5555/journal.00007',
    'How <italic>rivers</italic> bend',
    'VOR',
    'research-article',
    'Research Article',
    'Ecology',
    'Ada Stream',
    'Ada Stream',
    '2012-12-13T00:00:00Z',
  ])
})

test('the update of a package named with a date is in its EIF', async () => {
  const bot = await startTestBot()
  await unpackPackage(bot)
  await runActivity(implementConvertJats(bot.tools), {
    ...article,
    resupplied: true,
    updated: '2016-08-02T11:38:16Z',
  })
  const stored = JSON.parse((await bot.get(bot.buckets.eif, `${article.folder}/journal-00007-v1.json`)).body.toString())
  expect(stored.update).toBe('2016-08-02T11:38:16Z')
})

test.each([
  ['held by rule', {}, {}, false],
  ['automatic by rule', {}, { publicationRules: { default: false, override: { publish: { doi: ['00007$'] } } } }, true],
  ['automatic by delivery', { automatic: true }, { publicationByDelivery: true }, true],
  ['held, where deliveries have no say', { automatic: true }, { publicationByDelivery: false }, false],
])('publication is %s', async (_, given, settings, automatic) => {
  const bot = await startTestBot()
  await unpackPackage(bot, given)
  await runActivity(implementConvertJats(bot.tools), article)
  const { output } = await runActivity(implementSetPublicationStatus({ ...bot.tools, ...settings }), article)
  expect(output).toEqual({ automatic })
  expect(bot.property('publication-mode')).toMatchObject({ value: automatic ? 'automatic' : 'held' })
})
