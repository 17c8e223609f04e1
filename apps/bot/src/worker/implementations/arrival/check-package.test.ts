import { journalWithDefaults } from '@continuum/article'
import { readLosses } from '@continuum/messages'
import { runActivity } from '@continuum/workflow-core/testing'
import { expect, test } from 'vitest'
import { jats, journalSettings } from '@continuum/package/testing'
import { article, startTestBot, type TestBot } from '../../../testing/bot.ts'
import { unpackPackage } from '../../../testing/run-folder.ts'
import { writeManifest } from '../../run/manifest.ts'
import { implementConvertJats } from '../preparation/convert-jats.ts'
import { implementCheckPackage } from './check-package.ts'

const check = (bot: TestBot) => runActivity(implementCheckPackage(bot.tools), article)

test('a complete package is fit to publish', async () => {
  const bot = await startTestBot()
  await unpackPackage(bot)
  await check(bot)
  expect(bot.property('findings')).toMatchObject({ value: '', version: 1, item_identifier: '00007' })
  expect(bot.told.at(-1)).toMatchObject({ message: 'The package is fit to publish.' })
})

test('figures without a file, and those that are not readable images, fail the run with the list', async () => {
  const bot = await startTestBot()
  const graphics = ['journal-00007-fig1', 'journal-00007-fig2-v1', 'journal-00007-fig5.tiff', 'journal-00007-fig6']
  await unpackPackage(bot, { xml: jats({ graphics }), broken: ['journal-00007-fig6-v1.tif'] })
  await expect(check(bot)).rejects.toMatchObject({
    name: 'UnfitPackageFailure',
    retry: false,
    message:
      '2 figures have no file: fig2, fig5. 1 figure is not a readable image: fig6 (Input file is missing). ' +
      'Ask the typesetter for a complete package and put it in the bucket again.',
  })
})

test('a missing PDF, files that nothing names and files in folders are findings, and stop nothing', async () => {
  const bot = await startTestBot()
  await unpackPackage(bot, { others: ['journal-00007-data1-v1.csv'], inFolders: ['old/journal-00007-fig1.tif'] })
  await check(bot)
  const findings = String(Reflect.get(Object(bot.property('findings')), 'value')).split('\n')
  expect(findings).toHaveLength(3)
  expect(findings[0]).toContain('journal-00007.pdf')
  expect(findings[1]).toContain('journal-00007-data1-v1.csv')
  expect(findings[2]).toBe(
    '1 file in folders or beside the article ignored, as the XML names none of them: old/journal-00007-fig1.tif.',
  )
})

test.each([
  ['is not well-formed', '<article><front></article>', /not well-formed at line 1/],
  ['declares an entity', jats().replace('.dtd">', '.dtd" [<!ENTITY x "y">]>'), /declares an entity/],
  ['is of another article', jats().replaceAll('00007', '00008'), /The XML is of article 00008/],
  ['lacks its title', jats().replace(/<article-title>.*<\/article-title>/, '<article-title/>'), /the title/],
])('XML that %s fails the run for good', async (_, xml, message) => {
  const bot = await startTestBot()
  await unpackPackage(bot, { xml })
  const checking = check(bot)
  await expect(checking).rejects.toThrow(message)
  await expect(checking).rejects.toMatchObject({ retry: false })
})

test('a package whose XML files are none of the article itself says so', async () => {
  const bot = await startTestBot()
  const { expanded } = bot.buckets
  const files = [{ name: 'journal-00007-data1-v1.xml', packed: 'journal-00007-data1.xml', bytes: 1 }]
  await writeManifest(
    bot.tools.s3,
    expanded,
    { article, files, inFolders: [], automatic: false },
    new AbortController().signal,
  )
  await expect(check(bot)).rejects.toThrow('no article XML: journal-00007.xml is expected')
})

const deadLink = jats().replace('<p>They do.</p>', '<p>They do, <xref rid="nowhere">see there</xref>.</p>')
const lossesOf = (bot: TestBot) => readLosses(String(Reflect.get(Object(bot.property('losses')), 'value')))

test('a loss that the journal does not tolerate fails the run, and says where', async () => {
  const bot = await startTestBot()
  await unpackPackage(bot, { xml: deadLink })
  await expect(check(bot)).rejects.toMatchObject({
    name: 'UnfitPackageFailure',
    retry: false,
    message: expect.stringMatching(/^1 link that leads nowhere \(line \d+\)/),
  })
  expect(lossesOf(bot)).toMatchObject({
    summary: '1 link leads nowhere.',
    kinds: [{ kind: 'dead-link', severity: 'problem', count: 1, entries: [{ excerpt: 'see there' }] }],
  })
})

test('a loss that the journal tolerates is shown and stops nothing; the whole report is kept with the run', async () => {
  const bot = await startTestBot()
  await unpackPackage(bot, { xml: deadLink })
  const tolerant = journalWithDefaults({ ...journalSettings, toleratedLosses: ['dead-link'] })
  await runActivity(implementCheckPackage({ ...bot.tools, journals: [tolerant] }), article)
  expect(bot.property('findings')).toMatchObject({ value: expect.stringContaining('The journal accepts that.') })
  expect(lossesOf(bot)?.kinds).toMatchObject([{ severity: 'warning' }])
  const key = `${article.folder}/losses.json`
  expect(lossesOf(bot)?.report).toBe(`s3://${bot.buckets.expanded}/${key}`)
  const { losses } = JSON.parse((await bot.get(bot.buckets.expanded, key)).body.toString())
  expect(losses).toMatchObject([{ kind: 'dead-link', severity: 'warning', xpath: expect.stringContaining('/xref[1]') }])
})

test('however many words are lost, no message is longer than the services take', async () => {
  const bot = await startTestBot()
  const links = Array.from({ length: 3_000 }, (_, at) => `<p>Link <xref rid="nowhere${at}">${at}</xref></p>`)
  await unpackPackage(bot, { xml: jats().replace('<p>They do.</p>', links.join('')) })
  await expect(check(bot)).rejects.toMatchObject({
    message: expect.stringMatching(/^3000 links that lead nowhere .* and 2994 more/),
  })
  const lengths = bot.told.map((message) => JSON.stringify(message).length)
  expect(Math.max(...lengths)).toBeLessThan(200_000)
  expect(lossesOf(bot)?.kinds[0]?.count).toBe(3_000)
})

test('an article is converted once: the step that follows tells what the check stored', async () => {
  const bot = await startTestBot()
  await unpackPackage(bot)
  await check(bot)
  await bot.put(bot.buckets.expanded, `${article.folder}/journal-00007-v1.xml`, 'no longer read')
  await runActivity(implementConvertJats(bot.tools), article)
  expect(bot.property('authors')).toMatchObject({ value: 'Ada Stream' })
  expect(await bot.keys(bot.buckets.eif)).toEqual([
    `${article.folder}/journal-00007-v1.article.json`,
    `${article.folder}/journal-00007-v1.json`,
  ])
})
