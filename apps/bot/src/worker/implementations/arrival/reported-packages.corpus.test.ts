import { existsSync } from 'node:fs'
import { readdir, readFile } from 'node:fs/promises'
import { journalWithDefaults, parsePackageName, standardPackageName } from '@continuum/article'
import { runActivity } from '@continuum/workflow-core/testing'
import sharp from 'sharp'
import { expect, test } from 'vitest'
import { run, startTestBot } from '../../../testing/bot.ts'
import { readManifest } from '../../run/manifest.ts'
import { implementResizeImages } from '../preparation/resize-images.ts'
import { implementCheckPackage } from './check-package.ts'
import { implementExpandArticle } from './expand-article.ts'

/** Packages after public reports lie beside the repository, not in it; the tests skip where they are absent. */
const folder = new URL('../../../../../../../shared/jats-cases/', import.meta.url)

const elife = journalWithDefaults({
  name: 'eLife',
  publisher: 'eLife Sciences Publications, Ltd',
  prefix: 'elife',
  doiPrefix: '10.7554/eLife.',
  issn: '2050-084X',
  firstVolumeYear: 2012,
  idDigits: 5,
  numberPattern: '[0-9]{1,15}',
  numberFrom: ['publisher-id', 'doi'],
  packageNames: [standardPackageName],
})

/** Delivers a package as its typesetter does, unpacks and checks it. */
async function deliver(name: string) {
  const bot = await startTestBot()
  const tools = { ...bot.tools, journals: [elife] }
  const pkg = (await readdir(new URL(`${name}/`, folder))).find((file) => /^elife-.*\.zip$/i.test(file)) ?? ''
  const { articleId } = parsePackageName(pkg, [elife])
  const zip = await readFile(new URL(`${name}/${pkg}`, folder))
  const etag = await bot.put(bot.buckets.production, pkg, zip)
  const delivery = {
    event_name: 'ObjectCreated:Put',
    event_time: '2016-07-28T16:14:27Z',
    bucket_name: bot.buckets.production,
    file_name: pkg,
    file_etag: etag,
    file_size: zip.length,
  }
  const { output } = await runActivity(implementExpandArticle(tools), { articleId, version: 1, run, delivery })
  const { signal } = new AbortController()
  const { files } = await readManifest(
    bot.tools.s3,
    bot.buckets.expanded,
    Reflect.get(Object(output), 'folder'),
    signal,
  )
  const checked = runActivity(implementCheckPackage(tools), output)
  return {
    bot,
    tools,
    output,
    files,
    checked,
    findings: () => String(Reflect.get(Object(bot.property('findings')), 'value') ?? ''),
  }
}

const reported = test.skipIf(!existsSync(folder))
const names = (files: readonly { readonly name: string }[]) => files.map(({ name }) => name).toSorted()

reported.for([
  ['35-folder', '71035-fig1-v1.tif'],
  ['37-dot-backslash', '71037-fig1-v1.tif'],
  ['39-zip64', '71039-fig1-v1.tif'],
  ['43-desktop-litter', '71043-fig1-v1.tif'],
  ['9-png-16bit-gray-alpha', '71009-fig1-v1.png'],
  ['13-upper-ext', '71013-fig1-v1.TIF'],
  ['15-percent20-href', '71015-fig 1-v1.tif'],
  ['5-jpg-figure', '71005-fig1-v1.jpg'],
] as const)('%s is taken without a word', async ([name, figure]) => {
  const { files, checked, findings } = await deliver(name)
  await checked
  expect(findings()).toBe('')
  expect(names(files)).toEqual([`elife-${figure}`, `elife-${figure.slice(0, 5)}-v1.xml`])
  expect(files.find(({ name: file }) => file === `elife-${figure}`)).toMatchObject({ image: {} })
})

reported('7-svg-figure is taken without its script, which is a finding', async () => {
  const { bot, files, checked, findings } = await deliver('7-svg-figure')
  await checked
  expect(findings()).toBe('1 drawing is shown without what could run or load something: elife-71007-fig1.svg (script).')
  expect(files).toContainEqual(expect.objectContaining({ name: 'elife-71007-fig1-v1.svg', derive: true }))
  const { body } = await bot.get(bot.buckets.expanded, `71007.1/${run}/elife-71007-fig1-v1.svg`)
  expect(body.toString()).toContain('<rect width="9" height="9"/>')
  expect(body.toString()).not.toContain('alert')
})

reported.for([
  ['31-zipcrypto', '"elife-71031-fig1.tif" is encrypted. Zip the package again without a password.'],
  ['33-bzip2', '"elife-71033-fig1.tif" is packed with compression method 12 (bzip2), which is not supported.'],
  ['41-prefixed', 'Something stands before the zip in the file'],
  ['49-prefix-upper', /"eLife-" must be in lower case.*elife-00353-vor-r1\.zip/],
] as const)('%s is refused before anything of it is stored', async ([name, message]) => {
  await expect(deliver(name)).rejects.toThrow(message)
})

reported.for([
  ['3-pdf-named-tif', '1 figure is not a readable image: fig1 (Input file contains unsupported image format).'],
  ['11-truncated-tif', '1 figure is not a readable image: fig1 ('],
  ['21-href-info-doi', '1 figure has no file: info:doi/10.7554/eLife.71021.g001.'],
  ['51-xml-versioned-name', 'The XML is of article 00253 (10.7554/eLife.00253), the package of 100253'],
] as const)('%s is refused by the check', async ([name, message]) => {
  const { checked } = await deliver(name)
  await expect(checked).rejects.toThrow(message)
})

reported.for(['51-id-1234567', '52-id-1234567890'])('%s is taken under its number', async (name) => {
  const { files, checked } = await deliver(name)
  await checked
  expect(names(files)).toEqual([`elife-${name.slice(6)}-v1.xml`])
})

reported('17-both-tif-and-jpg: the TIFF is taken, and the JPEG left out with a finding', async () => {
  const { files, checked, findings } = await deliver('17-both-tif-and-jpg')
  await checked
  expect(files.filter(({ derive }) => derive).map(({ name }) => name)).toEqual(['elife-71017-fig1-v1.tif'])
  expect(findings()).toBe('elife-71017-fig1.jpg is left out: elife-71017-fig1.tif is the same figure.')
})

reported('19-dots-in-stem: both figures are kept', async () => {
  const { files, checked } = await deliver('19-dots-in-stem')
  await checked
  const figures = files.filter(({ kind }) => kind === 'figure').map(({ name }) => name)
  expect(figures.toSorted()).toEqual(['elife-71019-fig1.1-v1.tif', 'elife-71019-fig1.2-v1.tif'])
})

reported('45-zero-byte-data is taken, and the empty files are called empty', async () => {
  const { checked, findings } = await deliver('45-zero-byte-data')
  await checked
  expect(findings()).toContain('elife-71045-data1.csv is empty (0 bytes).')
  expect(findings()).toContain('elife-71045-supp1.docx is empty (0 bytes).')
})

reported('47-many-files is taken, and its hundreds of files are one finding', async () => {
  const { files, checked, findings } = await deliver('47-many-files')
  await checked
  expect(files.length).toBeGreaterThan(1000)
  expect(findings()).toMatch(/^\d+ files are in the package, but the XML does not name them: .* and \d+ more\.$/)
})

reported('1-tiff-variants: each is converted right, or refused with its name and the reason', async () => {
  const { bot, tools, files, output, checked } = await deliver('1-tiff-variants')
  await expect(checked).rejects.toThrow(
    /fig17 \(.*ZSTD.*\).*fig20 \(.*labq.*\).*fig26 \(.*type char.*\).*fig27 \(it has 5 channels: deliver it as grey, RGB or CMYK\)/,
  )
  await runActivity(implementResizeImages(tools), output)
  const made = await bot.keys(bot.buckets.expanded, `71001.1/${run}/cdn/`)
  const figures = made.filter((key) => /fig\d+-v1\.jpg$/.test(key))
  expect(figures).toHaveLength(files.filter(({ derive, notAnImage }) => derive && notAnImage === undefined).length)
  const pictures = await Promise.all(
    figures.map(async (key) => {
      const image = sharp((await bot.get(bot.buckets.expanded, key)).body)
      const [{ width, height }, { channels }] = [await image.metadata(), await image.stats()]
      return { key: key.replace(/^.*-(fig\d+)-.*$/, '$1'), width, height, means: channels.map(({ mean }) => mean) }
    }),
  )
  const shown = new Map(pictures.map(({ key, ...picture }) => [key, picture]))
  // Those that are one picture in other encodings look alike: 32-bit float, white as zero, several pages, turned, tiled...
  const grey = (key: string) => Math.max(...(shown.get(key)?.means ?? []).map((mean) => Math.abs(mean - 190)))
  const alike = [3, 4, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 18, 21, 22, 23, 24, 25].map((number) => `fig${number}`)
  expect(alike.filter((key) => grey(key) > 3)).toEqual([])
  const isUpright = (key: string) => shown.get(key)?.width === (key === 'fig21' ? 200 : 320)
  expect(alike.filter((key) => !isUpright(key))).toEqual([])
})
