import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { articleFileName, formatAssetName, parseAssetName, versionedFileName } from './asset-name.ts'
import { cdnKey, contentDisposition, downloadName } from './cdn-name.ts'
import { elife } from '../testing/journals.ts'

describe('versioned names', () => {
  test.each([
    ['elife-00353.xml', 1, 'elife-00353-v1.xml'],
    ['elife-00353-fig1.tif', 1, 'elife-00353-fig1-v1.tif'],
    ['elife-00353-fig1-v1.tif', 2, 'elife-00353-fig1-v2.tif'],
    ['elife-00353-fig1-v10.tif', 10, 'elife-00353-fig1-v10.tif'],
    ['elife-00353-fig1-figsupp3-code1-data1.tar.gz', 3, 'elife-00353-fig1-figsupp3-code1-data1-v3.tar.gz'],
    ['elife-04637-supp.zip', 1, 'elife-04637-supp-v1.zip'],
    ['elife-00353-figures.pdf', 2, 'elife-00353-figures-v2.pdf'],
    ['README', 1, 'README-v1'],
    ['elife-71019-fig1.1.tif', 1, 'elife-71019-fig1.1-v1.tif'],
    ['journal.done.0012345.g001.tif', 1, 'journal.done.0012345.g001-v1.tif'],
    ['journal.done.0012345.g001', 1, 'journal.done.0012345.g001-v1'],
    ['journal.done.0012345.s001.TAR.GZ', 2, 'journal.done.0012345.s001-v2.TAR.GZ'],
    ['elife-00353-supp1.sb3', 1, 'elife-00353-supp1-v1.sb3'],
  ])('%s in version %i is %s', (name, version, expected) => {
    expect(versionedFileName(name, version)).toBe(expected)
  })

  test.each(['elife-00288-media10.mov', 'elife-00288-media10-v1.f4v', 'elife-00288-fig1-video2.mp4'])(
    'a video keeps its name: %s',
    (name) => expect(versionedFileName(name, 3)).toBe(name),
  )

  test('versioning twice is versioning once, and the last version wins', () => {
    const token = fc.constantFrom('fig1', 'figsupp2', 'data1', 'supp', 'app1', 'v', 'v2x', 'inf3')
    const extension = fc.constantFrom('tif', 'tar.gz', 'pdf', '')
    const version = fc.integer({ min: 1, max: 99 })
    fc.assert(
      fc.property(fc.array(token, { maxLength: 4 }), extension, version, version, (tokens, ext, first, second) => {
        const name = ['elife', '00353', ...tokens].join('-') + (ext && `.${ext}`)
        const once = versionedFileName(name, first)
        expect(versionedFileName(once, first)).toBe(once)
        expect(versionedFileName(once, second)).toBe(versionedFileName(name, second))
        expect(formatAssetName(parseAssetName(once))).toBe(once)
        expect(parseAssetName(once)).toEqual({ ...parseAssetName(name), version: first })
      }),
    )
  })

  test('the documents of a version', () => {
    expect(articleFileName(elife, '353', 1, 'xml')).toBe('elife-00353-v1.xml')
    expect(articleFileName(elife, '00353', 2, 'pdf', 'figures')).toBe('elife-00353-figures-v2.pdf')
  })
})

test('CDN keys are flat, a download is a second name, and a TIFF has none', () => {
  expect(cdnKey('00353', 'elife-00353-v1.pdf')).toBe('00353/elife-00353-v1.pdf')
  expect(downloadName('elife-00353-v1.pdf')).toBe('elife-00353-v1-download.pdf')
  expect(downloadName('elife-00353-code1-v1.tar.gz')).toBe('elife-00353-code1-v1-download.tar.gz')
  expect(downloadName('elife-00353-fig1-v1.tif')).toBeUndefined()
  expect(downloadName('elife-00353-fig1-v1.TIFF')).toBeUndefined()
})

test('a disposition is the value alone, and no name can break out of it', () => {
  expect(contentDisposition('elife-00353-v1.pdf')).toBe('attachment; filename="elife-00353-v1.pdf"')
  expect(contentDisposition('a"b\r\n.pdf')).toMatch(
    /^attachment; filename="a_b__.pdf"; filename\*=UTF-8''a%22b%0D%0A.pdf$/,
  )
})
