import { readdir } from 'node:fs/promises'
import { expect, test } from 'vitest'
import { runActivity } from '@continuum/workflow-core/testing'
import { jats, samplePackage, zipWith } from '@continuum/package/testing'
import { article, run, startTestBot, type TestBot } from '../../../testing/bot.ts'
import { implementStageAssets } from '../preparation/stage-assets.ts'
import { implementExpandArticle } from './expand-article.ts'

const key = 'journal-00007-vor-r1.zip'

async function deliver(
  bot: TestBot,
  zip: Buffer,
  options: { name?: string; etag?: string | null; version?: number } = {},
) {
  const { name = key, version = 1 } = options
  const bucket = bot.buckets.production
  const etag = await bot.put(bucket, name, zip)
  const delivery = {
    event_name: 'ObjectCreated:Put',
    event_time: '2016-07-28T16:14:27Z',
    bucket_name: bucket,
    file_name: name,
    file_etag: options.etag === undefined ? etag : options.etag,
    file_size: zip.length,
  }
  const input = { articleId: '00007', version, run, delivery }
  return runActivity(implementExpandArticle(bot.tools), input)
}

test('each file is stored once, under its name in the version, with its content type', async () => {
  const bot = await startTestBot()
  const { output } = await deliver(bot, await samplePackage())
  expect(output).toEqual(article)
  const { expanded } = bot.buckets
  expect(await bot.keys(expanded)).toEqual(
    ['journal-00007-fig1-v1.tif', 'journal-00007-v1.pdf', 'journal-00007-v1.xml', 'manifest.json'].map(
      (name) => `${article.folder}/${name}`,
    ),
  )
  expect((await bot.get(expanded, `${article.folder}/journal-00007-v1.pdf`)).ContentType).toBe('application/pdf')
  const xml = (await bot.get(expanded, `${article.folder}/journal-00007-v1.xml`)).body.toString()
  expect(xml).toContain('xlink:href="journal-00007-fig1-v1"')
  expect(xml).toContain('xlink:href="journal-00007-v1.pdf"')
  expect(bot.events()).toEqual(['Expand Article start', 'Expand Article end'])
})

test('a drawing is stored without what could run, as a drawing; what is none is nothing that a browser opens', async () => {
  const bot = await startTestBot()
  const drawing =
    '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><script>alert(1)</script><path d="M0 0"/></svg>'
  const zip = await samplePackage({
    'journal-00007-fig1.tif': undefined,
    'journal-00007-fig1.svg': drawing,
    'journal-00007-supp1.svg': '<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script>',
  })
  await deliver(bot, zip)
  const stored = (name: string) => bot.get(bot.buckets.expanded, `${article.folder}/journal-00007-${name}`)
  const { body, ContentType } = await stored('fig1-v1.svg')
  expect(ContentType).toBe('image/svg+xml')
  expect(body.toString()).toContain('<path d="M0 0"/>')
  expect(body.toString()).not.toContain('script')
  expect((await stored('supp1-v1.svg')).ContentType).toBe('application/octet-stream')
  const { files } = JSON.parse((await bot.get(bot.buckets.expanded, `${article.folder}/manifest.json`)).body.toString())
  expect(files).toContainEqual(
    expect.objectContaining({ name: 'journal-00007-fig1-v1.svg', bytes: drawing.length, removed: ['script'] }),
  )
})

test('doing it again gives the same objects', async () => {
  const bot = await startTestBot()
  const zip = await samplePackage()
  await deliver(bot, zip)
  const before = await bot.keys(bot.buckets.expanded)
  const xml = (await bot.get(bot.buckets.expanded, `${article.folder}/journal-00007-v1.xml`)).ETag
  await deliver(bot, zip)
  expect(await bot.keys(bot.buckets.expanded)).toEqual(before)
  expect((await bot.get(bot.buckets.expanded, `${article.folder}/journal-00007-v1.xml`)).ETag).toBe(xml)
})

test('a package named with a version is that version again, and keeps its date', async () => {
  const bot = await startTestBot()
  const { output } = await deliver(bot, await samplePackage(), {
    name: 'journal-00007-vor-v3-20160802113816.zip',
    version: 3,
  })
  expect(output).toMatchObject({ version: 3, resupplied: true, updated: '2016-08-02T11:38:16Z' })
  expect(await bot.keys(bot.buckets.expanded, `00007.3/${run}/journal-00007-fig1`)).toHaveLength(1)
})

test.each([
  ['no zip', async () => Buffer.from('not a zip'), 'NotAZipFailure'],
  ['without XML', async () => zipWith({ 'journal-00007.pdf': 'x' }), 'NoArticleXmlFailure'],
  [
    'with two files for one name',
    async () => samplePackage({ 'journal-00007-fig1-v1.tif': 'x' }),
    'DuplicateNameFailure',
  ],
  [
    'that unpacks to 100 times its size',
    async () => samplePackage({ 'zeros.csv': Buffer.alloc(9_000_000) }),
    'PackageTooLargeFailure',
  ],
])('a package %s fails for good, and nothing of it is stored', async (_, zip, name) => {
  const bot = await startTestBot()
  await expect(deliver(bot, await zip())).rejects.toMatchObject({ name, retry: false })
  expect(await bot.keys(bot.buckets.expanded)).toEqual([])
  expect(bot.events()).toEqual(['Expand Article start'])
})

test('XML that is not well-formed, or declares an entity, is stored as it came: the check says what is wrong', async () => {
  const bot = await startTestBot()
  const evil = jats().replace('.dtd">', '.dtd" [<!ENTITY x SYSTEM "file:///etc/passwd">]>')
  await deliver(bot, await samplePackage({ 'journal-00007.xml': evil }))
  expect((await bot.get(bot.buckets.expanded, `${article.folder}/journal-00007-v1.xml`)).body.toString()).toContain(
    '<!ENTITY',
  )
})

test('a package that was replaced in the meantime is left to its own delivery', async () => {
  const bot = await startTestBot()
  const failure = deliver(bot, await samplePackage(), { etag: 'another' })
  await expect(failure).rejects.toMatchObject({ name: 'PackageReplacedFailure', retry: false })
})

test('a delivery that does not say its entity tag is taken as it is', async () => {
  const bot = await startTestBot()
  await expect(deliver(bot, await samplePackage(), { etag: null })).resolves.toBeDefined()
})

test('nothing is left on the disk of the worker, whatever happens', async () => {
  const bot = await startTestBot()
  await deliver(bot, await samplePackage())
  await expect(deliver(bot, Buffer.from('not a zip'))).rejects.toThrow('not a zip')
  const [root = ''] = await readdir(bot.folder)
  expect(await readdir(`${bot.folder}/${root}`)).toEqual([])
})

test('18.11: files that the XML does not name are kept, and are not for readers', async () => {
  const bot = await startTestBot()
  const files = {
    'journal-00007.xml': jats(),
    'journal-00007.pdf': '%PDF',
    'journal-00007-fig1.tif': 'figure',
    'journal-00007-review.docx': 'secret',
    'journal-00007-fig9.png': 'draft',
    'notes.txt': 'notes',
  }
  await deliver(bot, await zipWith(files))
  const manifest = JSON.parse((await bot.get(bot.buckets.expanded, `${article.folder}/manifest.json`)).body.toString())
  const withheld = manifest.files.filter((file: { unpublished?: boolean }) => file.unpublished)
  expect(withheld.map(({ packed }: { packed: string }) => packed).toSorted()).toEqual([
    'journal-00007-fig9.png',
    'journal-00007-review.docx',
    'notes.txt',
  ])
  expect(withheld.filter(({ derive }: { derive: boolean }) => derive)).toEqual([])
  await runActivity(implementStageAssets(bot.tools), article)
  const staged = await bot.keys(bot.buckets.expanded)
  expect(staged.filter((name) => name.includes('/cdn/') && /review|fig9|notes/.test(name))).toEqual([])
  expect(staged.some((name) => name.endsWith('/cdn/journal-00007-v1.pdf'))).toBe(true)
})

test("18.11: a date far in the future in a re-supply's name is a problem", async () => {
  const bot = await startTestBot()
  const named = deliver(bot, await samplePackage(), { name: 'journal-00007-vor-v1-29990101000000.zip' })
  await expect(named).rejects.toMatchObject({
    name: 'UnfitPackageFailure',
    retry: false,
    message: expect.stringContaining('2999-01-01T00:00:00Z, which is in the future'),
  })
})
