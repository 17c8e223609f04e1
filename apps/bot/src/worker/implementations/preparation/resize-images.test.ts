import { runActivity } from '@continuum/workflow-core/testing'
import { expect, test } from 'vitest'
import { tiff } from '@continuum/package/testing'
import type { ManifestFile } from '../../run/manifest.ts'
import { writeManifest } from '../../run/manifest.ts'
import { article, startTestBot, type TestBot } from '../../../testing/bot.ts'
import { implementResizeImages } from './resize-images.ts'

const cdn = `${article.folder}/cdn/`

async function unpacked(
  bot: TestBot,
  files: Readonly<Record<string, { content: Buffer | string; image?: ManifestFile['image'] }>>,
) {
  const { expanded } = bot.buckets
  const listed = Object.entries(files).map(([name, { image }]) => ({
    name,
    packed: name,
    bytes: 1,
    ...(image && { image }),
  }))
  for (const [name, { content }] of Object.entries(files)) await bot.put(expanded, `${article.folder}/${name}`, content)
  const signal = new AbortController().signal
  await writeManifest(bot.tools.s3, expanded, { article, files: listed, inFolders: [], automatic: false }, signal)
}

test('figures and inline images get their derivatives below the run, downloads as such', async () => {
  const bot = await startTestBot()
  const image = { width: 200, height: 99 }
  await unpacked(bot, {
    'journal-00007-fig1-v1.tif': { content: await tiff(), image },
    'journal-00007-inf1-v1.tif': { content: await tiff(), image },
    'journal-00007-v1.pdf': { content: '%PDF' },
  })
  const { heartbeats } = await runActivity(implementResizeImages(bot.tools), article)
  const keys = await bot.keys(bot.buckets.expanded, cdn)
  expect(keys).toHaveLength(13 + 2)
  expect(keys).toContain(`${cdn}journal-00007-fig1-v1-80w.gif`)
  expect(heartbeats.at(-1)).toEqual({ resized: 2, of: 2 })
  const shown = await bot.get(bot.buckets.expanded, `${cdn}journal-00007-fig1-v1.jpg`)
  const download = await bot.get(bot.buckets.expanded, `${cdn}journal-00007-fig1-v1-download.jpg`)
  expect(download.body.equals(shown.body)).toBe(true)
  expect(download.ContentDisposition).toBe('attachment; filename="journal-00007-fig1-v1.jpg"')
  expect([shown.ContentType, shown.ContentDisposition]).toEqual(['image/jpeg', undefined])
})

test('figures that cannot be decoded fail the run, all of them in one list', async () => {
  const bot = await startTestBot()
  const image = { width: 200, height: 99 }
  const broken = (await tiff()).subarray(0, 60)
  await unpacked(bot, {
    'journal-00007-fig1-v1.tif': { content: broken, image },
    'journal-00007-fig2-v1.tif': { content: await tiff(), image },
    'journal-00007-fig3-v1.tif': { content: broken, image },
  })
  const conversion = runActivity(implementResizeImages(bot.tools), article)
  await expect(conversion).rejects.toThrow(
    /^2 figures cannot be decoded: journal-00007-fig1-v1.tif .*journal-00007-fig3-v1.tif/,
  )
  await expect(conversion).rejects.toMatchObject({ retry: false })
})

test('a run without figures ends at once', async () => {
  const bot = await startTestBot()
  await unpacked(bot, { 'journal-00007-v1.xml': { content: '<article/>' } })
  await runActivity(implementResizeImages(bot.tools), article)
  expect(bot.told.at(-1)).toMatchObject({ status: 'end', message: 'There are no figures to resize.' })
})
