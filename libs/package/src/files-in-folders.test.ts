import { crc32 } from 'node:zlib'
import { describe, expect, test } from 'vitest'
import type { PackedFile } from './contents.ts'
import { readArticleFiles, takeNamedFiles } from './files-in-folders.ts'
import { openPackage } from './open.ts'
import { jats, journal, tiff } from './testing/sample.ts'
import { temporaryFolder } from './testing/temporary-folder.ts'
import { directoryFields, fileIn, renamedInside, withDirectoryField, zipWith } from './testing/zips.ts'

/** The files of a package with this content, by name, and those that are ignored. */
async function filesOf(
  content: Readonly<Record<string, Buffer | string>>,
  change: (zip: Buffer) => Buffer = (zip) => zip,
) {
  const scratch = await temporaryFolder()
  const { zip, bytes } = await openPackage(await fileIn(scratch, 'p.zip', change(await zipWith(content))))
  try {
    const about = { journal, articleId: '00007', scratch, signal: new AbortController().signal }
    const { files, inFolders } = await readArticleFiles(zip, bytes, about)
    return { files: files.map(({ name }) => name), inFolders: inFolders.map(({ name }) => name) }
  } finally {
    zip.close()
  }
}

const xml = (...graphics: string[]) => jats({ graphics })

describe('a file in a folder', () => {
  test('is taken where the XML names it, and others stay', async () => {
    const content = {
      'journal-00007.xml': xml('figures/fig1.tif'),
      'figures/fig1.tif': await tiff(),
      'proofs/old.tif': 'x',
    }
    expect(await filesOf(content)).toEqual({ files: ['journal-00007.xml', 'fig1.tif'], inFolders: ['proofs/old.tif'] })
  })

  test('is taken inside a folder that has the whole package', async () => {
    const content = { 'p/journal-00007.xml': xml('figures/fig1.tif'), 'p/figures/fig1.tif': await tiff() }
    expect(await filesOf(content)).toEqual({ files: ['journal-00007.xml', 'fig1.tif'], inFolders: [] })
  })

  test('is taken where XML and images are in folders side by side', async () => {
    const content = { 'xml/journal-00007.xml': xml('fig1.tif'), 'images/fig1.tif': await tiff(), 'pdf/other.pdf': 'x' }
    expect(await filesOf(content)).toEqual({ files: ['journal-00007.xml', 'fig1.tif'], inFolders: ['pdf/other.pdf'] })
  })

  test('is no part of a package whose XML cannot be read', async () => {
    const content = { 'journal-00007.xml': '<article>', 'figures/fig1.tif': await tiff() }
    expect(await filesOf(content)).toEqual({ files: ['journal-00007.xml'], inFolders: ['figures/fig1.tif'] })
  })
})

/** A file of a zip, as its directory has it. */
const packed = (name: string, content = name): PackedFile => {
  const entry = Object.assign(Object.create(null), { crc32: crc32(content) })
  return { name, size: content.length, entry }
}
const taken = (top: readonly string[], folders: readonly (string | PackedFile)[], hrefs: readonly string[]) => {
  const inFolders = folders.map((file) => (typeof file === 'string' ? packed(file) : file))
  const assets = hrefs.map((href) => ({ href, element: 'graphic' as const }))
  return takeNamedFiles({ files: top.map((name) => packed(name)), inFolders, missing: [] }, assets).files.map(
    ({ name, entry }) => `${name} ${inFolders.find((file) => file.entry === entry)?.name ?? 'at the top'}`,
  )
}

describe('the file that an href means', () => {
  test.each([
    ['is that at its path', [], ['a/fig1.tif', 'b/fig1.tif'], ['b/fig1.tif'], ['fig1.tif b/fig1.tif']],
    [
      'is that at the end of whose path it stands',
      [],
      ['x/b/fig1.tif', 'ab/fig1.tif'],
      ['./b/fig1'],
      ['fig1.tif x/b/fig1.tif'],
    ],
    [
      'may be written with backslashes and percent signs',
      [],
      ['my figures/fig 1.tif', 'b/fig 1.tif'],
      ['..\\my%20figures\\fig%201.tif'],
      ['fig 1.tif my figures/fig 1.tif'],
    ],
    ['is at the top level, where no path is written', ['fig1.png'], ['b/fig1.tif'], ['fig1'], ['fig1.png at the top']],
    [
      'is at the top level, where nothing is at the path',
      ['fig1.png'],
      ['b/fig1.tif'],
      ['figures/fig1'],
      ['fig1.png at the top'],
    ],
    ['is the only one of its name', [], ['b/fig1.tif', 'b/fig2.tif'], ['fig1'], ['fig1.tif b/fig1.tif']],
    [
      'is none, where several folders have the name and no path says which',
      [],
      ['a/fig1.tif', 'b/fig1.tif'],
      ['fig1'],
      [],
    ],
    [
      'is found in one form of Unicode as in the other',
      [],
      ['Bilder\u0308/fig1.tif', 'b/fig1.tif'],
      ['Bilde\u0072\u0308/fig1.tif'],
      ['fig1.tif Bilder\u0308/fig1.tif'],
    ],
  ])('%s', (_, top, folders, hrefs, expected) => {
    expect(taken(top, folders, hrefs)).toEqual(expected)
  })

  test('cannot be one of two that differ in their folder alone, unless they are the same', () => {
    expect(() => taken([], ['a/fig1.tif', 'b/fig1.tif'], ['a/fig1.tif', 'b/fig1.tif'])).toThrow(
      'a/fig1.tif and b/fig1.tif have one name, and the folder is not kept. Give each a name of its own',
    )
    const same = [packed('a/fig1.tif', 'II*'), packed('b/fig1.tif', 'II*')]
    expect(() => taken([], same, ['a/fig1.tif', 'b/fig1.tif'])).not.toThrow()
  })
})

describe('names in a zip', () => {
  const named = async (from: string, to: Buffer) =>
    filesOf({ 'journal-00007.xml': xml('fig1.tif'), [from]: await tiff() }, (zip) =>
      withDirectoryField(renamedInside(zip, from, to.toString('latin1')), directoryFields.flags, 0, 2),
    )

  test('are UTF-8 where they are valid as such, though the zip does not say so: macOS', async () => {
    expect((await named('XXXbersicht.tif', Buffer.from('U\u0308bersicht.tif'))).files).toContain('U\u0308bersicht.tif')
  })

  test('are in the old code page of PCs where they are not', async () => {
    expect((await named('Xbersicht.tif', Buffer.from('\u009abersicht.tif', 'latin1'))).files).toContain('Übersicht.tif')
  })
})

test('a zip in a zip is told what to do', async () => {
  await expect(filesOf({ 'inner.zip': 'PK' })).rejects.toThrow(
    'another zip (inner.zip). Put that zip itself in the bucket',
  )
})
