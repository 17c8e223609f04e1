import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { temporaryFolder } from './testing/temporary-folder.ts'
import { directoryFields, fileIn, renamedInside, withDirectoryField, zipWith } from './testing/zips.ts'
import { readContents } from './contents.ts'
import { packageLimits } from './limits.ts'
import { openPackage } from './open.ts'
import { unpackFile } from './unpack.ts'

/** Opens, judges and unpacks a package, as a worker does; answers what came out, by name. */
async function unpack(zip: Buffer, limits = packageLimits): Promise<Record<string, string>> {
  const folder = await temporaryFolder()
  const opened = await openPackage(await fileIn(folder, 'package.zip', zip))
  try {
    const { files } = await readContents(opened.zip, opened.bytes, limits)
    const unpacked: Record<string, string> = {}
    for (const file of files) {
      const path = join(folder, 'unpacked')
      await unpackFile(opened.zip, file, path, new AbortController().signal)
      unpacked[file.name] = await readFile(path, 'latin1')
    }
    return unpacked
  } finally {
    opened.zip.close()
  }
}

const good = { 'elife-00001.xml': '<article/>', 'elife-00001-fig1.tif': 'II*' }

test('files at the top level come out as they went in', async () => {
  expect(await unpack(await zipWith(good))).toEqual(good)
})

test('what desktop systems leave behind is not looked at', async () => {
  const zip = await zipWith({ ...good, '.DS_Store': 'x', '__MACOSX/._elife-00001.xml': 'x', _notes: 'x' })
  expect(await unpack(zip)).toEqual(good)
})

test('the malformed entry ./ of old archives, and names that begin with it, are tolerated', async () => {
  const zip = renamedInside(await zipWith({ QQ: '', 'b/elife-00001.xml': '<article/>' }), 'QQ', './')
  expect(await unpack(renamedInside(zip, 'b/elife', './elife'))).toEqual({ 'elife-00001.xml': '<article/>' })
})

test('files in folders are left out, and named', async () => {
  const folder = await temporaryFolder()
  const path = await fileIn(folder, 'p.zip', await zipWith({ ...good, 'extra/data.csv': '1', 'a/b/c.txt': '2' }))
  const { zip, bytes } = await openPackage(path)
  const contents = await readContents(zip, bytes, packageLimits)
  zip.close()
  expect(contents.files.map(({ name }) => name)).toEqual(Object.keys(good))
  expect(contents.inFolders.map(({ name }) => name)).toEqual(['extra/data.csv', 'a/b/c.txt'])
})

test.each([
  ['leads upwards', '../elife-00001.tif'],
  ['leads upwards on the way', 'a/../../e.tif'],
  ['is absolute', '/etc/elife-00001.tif'],
  ['is a Windows path', 'C:/elife-00001.tif'],
  ['leads upwards with backslashes', '..\\elife-00001.tif'],
  ['has a control character', 'elife\u000000001.tif'],
])('a package with a name that %s is refused as a whole', async (_, name) => {
  const stand = 'x'.repeat(name.length)
  const zip = renamedInside(await zipWith({ ...good, [stand]: 'x' }), stand, name)
  await expect(unpack(zip)).rejects.toMatchObject({ name: 'UnsafeEntryNameFailure', retry: false })
})

test('a name that is too long for a disk is refused', async () => {
  await expect(unpack(await zipWith({ ...good, ['x'.repeat(300)]: 'x' }))).rejects.toThrow('a name of 300 characters')
})

test('what is no zip, is empty, or was cut off is told apart', async () => {
  const zip = await zipWith({ ...good, 'big.bin': Buffer.alloc(50_000, 7) })
  await expect(unpack(Buffer.from('%PDF-1.4 a page'))).rejects.toThrow('not a zip')
  await expect(unpack(Buffer.alloc(0))).rejects.toThrow('is empty')
  await expect(unpack(zip.subarray(0, zip.length - 40))).rejects.toThrow('is incomplete')
  await expect(unpack(zip.subarray(0, 200))).rejects.toMatchObject({ name: 'NotAZipFailure', retry: false })
})

test('damaged data is noticed by its checksum, and by the inflater', async () => {
  const zip = await zipWith({ 'elife-00001.xml': '<article>'.repeat(2_000) })
  const wrongSum = withDirectoryField(zip, directoryFields.checksum, 1, 4)
  await expect(unpack(wrongSum)).rejects.toThrow('"elife-00001.xml" does not match')
  const garbled = Buffer.from(zip).fill(0xff, 50, 60)
  await expect(unpack(garbled)).rejects.toMatchObject({ name: 'NotAZipFailure', retry: false })
})

test('a package that would unpack to 100 times its size is refused before anything is unpacked', async () => {
  const bomb = await zipWith({ ...good, 'zeros.csv': Buffer.alloc(5_000_000) })
  await expect(unpack(bomb)).rejects.toThrow('more than 100 times its size')
})

test('a bomb whose directory lies about it is stopped while it is inflated', async () => {
  const bomb = withDirectoryField(
    await zipWith({ 'zeros.xml': Buffer.alloc(5_000_000) }),
    directoryFields.size,
    1_000,
    4,
  )
  await expect(unpack(bomb)).rejects.toMatchObject({ name: 'NotAZipFailure', retry: false })
})

test('sizes and numbers of files have absolute limits too', async () => {
  const zip = await zipWith({ ...good, 'data.csv': 'x'.repeat(400) })
  await expect(unpack(zip, { ...packageLimits, files: 2 })).rejects.toThrow('3 files, more than 2')
  await expect(unpack(zip, { ...packageLimits, fileBytes: 300 })).rejects.toThrow('"data.csv" alone')
  await expect(unpack(zip, { ...packageLimits, totalBytes: 300 })).rejects.toMatchObject({
    name: 'PackageTooLargeFailure',
  })
})

test('encryption and rare compression are refused with what to do', async () => {
  const zip = await zipWith(good)
  const encrypted = withDirectoryField(zip, directoryFields.flags, 0x0801, 2)
  await expect(unpack(encrypted)).rejects.toThrow('without a password')
  await expect(unpack(withDirectoryField(zip, directoryFields.method, 9, 2))).rejects.toThrow('compression method 9')
})

test('a package may be one folder, in others', async () => {
  const zip = await zipWith({ 'p/q/elife-00001.xml': '<a/>', 'p/q/elife-00001-fig1.tif': 'II*', 'p/Thumbs.db': 'x' })
  expect(await unpack(zip)).toEqual({ 'elife-00001.xml': '<a/>', 'elife-00001-fig1.tif': 'II*' })
})

test('a package without XML says what it has, or that its files are in folders', async () => {
  await expect(unpack(await zipWith({ 'elife-00001.pdf': 'x' }))).rejects.toThrow('no XML file, only elife-00001.pdf')
  await expect(unpack(await zipWith({ 'p/elife-00001.xml': '<a/>', 'q/a.xml': 'x' }))).rejects.toThrow(
    'or one folder that has them all',
  )
  await expect(unpack(await zipWith({}))).rejects.toThrow('has no files')
})

test('of a MECA zip the files of the article are taken, wherever they are, and the others named', async () => {
  const item = (type: string, href: string) => `<item item-type="${type}"><instance href="${href}"/></item>`
  const manifest = `<manifest xmlns="http://manuscriptexchange.org">${item('article-metadata', 'content/1.xml')}${item('figure', 'content/figures/f1.tif')}${item('review', 'reviews/1.pdf')}</manifest>`
  const folder = await temporaryFolder()
  const zip = await zipWith({
    'manifest.xml': manifest,
    'transfer.xml': '<transfer/>',
    'content/1.xml': '<article/>',
    'content/figures/f1.tif': 'II*',
    'reviews/1.pdf': '%PDF',
  })
  const opened = await openPackage(await fileIn(folder, 'p.zip', zip))
  const { files, inFolders } = await readContents(opened.zip, opened.bytes, packageLimits)
  opened.zip.close()
  expect(files.map(({ name }) => name)).toEqual(['1.xml', 'f1.tif'])
  expect(inFolders.map(({ name }) => name)).toEqual(['transfer.xml', 'reviews/1.pdf'])
})

test('a MECA zip says which files of the article its manifest has and the zip has not', async () => {
  const items = ['a.xml', 'fig1.tif', 'https://example.org/data'].map(
    (href) => `<item type="figure"><instance href="${href}"/></item>`,
  )
  const contentsOf = async (manifest: string) => {
    const path = await fileIn(
      await temporaryFolder(),
      'p.zip',
      await zipWith({ 'manifest.xml': manifest, 'a.xml': '<article/>' }),
    )
    const { zip, bytes } = await openPackage(path)
    try {
      return await readContents(zip, bytes, packageLimits)
    } finally {
      zip.close()
    }
  }
  expect((await contentsOf(`<manifest>${items.join('')}</manifest>`)).missing).toEqual(['fig1.tif'])
  await expect(contentsOf('<manifest><item')).rejects.toThrow(/^manifest\.xml of the package is not well-formed \(/)
})
