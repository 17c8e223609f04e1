import { runActivity } from '@continuum/workflow-core/testing'
import { expect, test } from 'vitest'
import { article, startTestBot, type TestBot } from '../../../testing/bot.ts'
import { unpackPackage } from '../../../testing/run-folder.ts'
import { jats } from '../../../testing/sample.ts'
import { writeManifest } from '../../run/manifest.ts'
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
  expect(findings[2]).toBe('1 file in folders of the zip ignored: old/journal-00007-fig1.tif.')
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
