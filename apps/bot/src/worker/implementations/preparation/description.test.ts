import { runActivity } from '@continuum/workflow-core/testing'
import { expect, test } from 'vitest'
import { writeManifest } from '../../run/manifest.ts'
import { article, startTestBot, type TestBot } from '../../../testing/bot.ts'
import { jats } from '../../../testing/sample.ts'
import { implementCheckPackage } from '../arrival/check-package.ts'
import { implementConvertJats } from './convert-jats.ts'
import { implementSetPublicationStatus } from './set-publication-status.ts'

interface Unpacked {
  xml?: string
  figures?: readonly string[]
  broken?: readonly string[]
  others?: readonly string[]
  inFolders?: string[]
  automatic?: boolean
}

/** The run's folder as ExpandArticle leaves it. */
async function unpacked(bot: TestBot, given: Unpacked = {}) {
  const {
    xml = jats(),
    figures = ['journal-00007-fig1-v1.tif'],
    broken = [],
    others = ['journal-00007-v1.pdf'],
  } = given
  const files = [
    { name: 'journal-00007-v1.xml' },
    ...figures.map((name) => ({ name, image: { width: 1_800, height: 900 } })),
    ...broken.map((name) => ({ name, notAnImage: 'Input file is missing' })),
    ...others.map((name) => ({ name })),
  ].map((file) => ({ packed: file.name, bytes: 1, ...file }))
  const { expanded } = bot.buckets
  await bot.put(expanded, `${article.folder}/journal-00007-v1.xml`, xml)
  const manifest = { article, files, inFolders: given.inFolders ?? [], automatic: given.automatic ?? false }
  await writeManifest(bot.tools.s3, expanded, manifest, new AbortController().signal)
}

const check = (bot: TestBot) => runActivity(implementCheckPackage(bot.tools), article)

test('a complete package is fit to publish', async () => {
  const bot = await startTestBot()
  await unpacked(bot)
  await check(bot)
  expect(bot.property('findings')).toMatchObject({ value: '', version: 1, item_identifier: '00007' })
  expect(bot.told.at(-1)).toMatchObject({ message: 'The package is fit to publish.' })
})

test('figures without a file, and those that are not readable images, fail the run with the list', async () => {
  const bot = await startTestBot()
  const graphics = ['journal-00007-fig1', 'journal-00007-fig2-v1', 'journal-00007-fig5.tiff', 'journal-00007-fig6']
  await unpacked(bot, { xml: jats({ graphics }), broken: ['journal-00007-fig6-v1.tif'] })
  await expect(check(bot)).rejects.toMatchObject({
    name: 'UnfitPackageFailure',
    retry: false,
    message:
      '2 figures have no file: fig2, fig5. 1 figure is not a readable image: fig6. ' +
      'Ask the typesetter for a complete package and put it in the bucket again.',
  })
})

test('a missing PDF, files that nothing names and files in folders are findings, and stop nothing', async () => {
  const bot = await startTestBot()
  await unpacked(bot, { others: ['journal-00007-data1-v1.csv'], inFolders: ['old/journal-00007-fig1.tif'] })
  await check(bot)
  const findings = String(Reflect.get(Object(bot.property('findings')), 'value')).split('\n')
  expect(findings).toHaveLength(3)
  expect(findings[0]).toContain('journal-00007.pdf')
  expect(findings[1]).toContain('journal-00007-data1-v1.csv')
  expect(findings[2]).toBe('1 file in folders of the zip ignored: old/journal-00007-fig1.tif.')
})

test.each([
  ['is not well-formed', '<article><front></article>', /not well-formed at line 1/],
  ['declares an entity', jats().replace('.dtd">', '.dtd" [<!ENTITY x "y">]>'), /declares an entity/],
  ['is of another article', jats().replaceAll('00007', '00008'), /The XML is of article 00008/],
  ['lacks its title', jats().replace(/<article-title>.*<\/article-title>/, '<article-title/>'), /the title/],
])('XML that %s fails the run for good', async (_, xml, message) => {
  const bot = await startTestBot()
  await unpacked(bot, { xml })
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

test('EIF and article JSON are beside each other, and the dashboard knows the article', async () => {
  const bot = await startTestBot()
  await unpacked(bot)
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
  const known = ['doi', 'title', 'status', 'article-type', 'authors', 'corresponding-authors', 'publication-date']
  expect(known.map((name) => Reflect.get(Object(bot.property(name)), 'value'))).toEqual([
    '10.5555/journal.00007',
    'How <italic>rivers</italic> bend',
    'VOR',
    'research-article',
    'Ada Stream',
    'Ada Stream',
    '2012-12-13T00:00:00Z',
  ])
})

test('the update of a package named with a date is in its EIF', async () => {
  const bot = await startTestBot()
  await unpacked(bot)
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
  await unpacked(bot, given)
  await runActivity(implementConvertJats(bot.tools), article)
  const { output } = await runActivity(implementSetPublicationStatus({ ...bot.tools, ...settings }), article)
  expect(output).toEqual({ automatic })
  expect(bot.property('publication-mode')).toMatchObject({ value: automatic ? 'automatic' : 'held' })
})
