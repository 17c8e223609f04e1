import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { versionedFileName } from '../naming/asset-name.ts'
import { downloadName } from '../naming/cdn-name.ts'
import { imageDerivatives } from '../naming/derivatives.ts'
import type { NamedAsset } from '../jats/assets.ts'
import { planPackage } from './package-plan.ts'
import { dotted, elife } from '../testing/journals.ts'

const figure = (href: string, use: NamedAsset['use'] = 'figure', within?: string): NamedAsset => ({
  href,
  use,
  element: use === 'inline' ? 'inline-graphic' : use === 'supplement' ? 'media' : 'graphic',
  within,
})
const plan = (files: readonly string[], assets: readonly NamedAsset[], journal = elife, articleId = '00353') => {
  const { files: planned, clashes } = planPackage({ journal, articleId, files }, assets)
  return {
    clashes,
    derived: planned.filter(({ derive }) => derive).map(({ name }) => name),
    deposited: planned.filter(({ deposit }) => deposit).map(({ name }) => name),
    kinds: Object.fromEntries(planned.map(({ name, kind }) => [name, kind])),
  }
}

describe('each public name has one writer', () => {
  const both = ['elife-00353-fig1.tif', 'elife-00353-fig1.jpg']

  test('a JPEG beside the TIFF of the same figure is left out', () => {
    expect(plan(both, [figure('elife-00353-fig1.tif')])).toMatchObject({
      clashes: [],
      derived: ['elife-00353-fig1.tif'],
      deposited: ['elife-00353-fig1.tif'],
    })
  })

  test('a JPEG that is the figure has its name from what is made of it', () => {
    expect(plan(['elife-00353-fig1.jpg'], [figure('elife-00353-fig1')])).toMatchObject({
      clashes: [],
      derived: ['elife-00353-fig1.jpg'],
      deposited: [],
    })
  })

  test('a delivered file with the name of an image that is made of another clashes where the XML means both', () => {
    const assets = [figure('elife-00353-fig1.tif'), figure('elife-00353-fig1.jpg', 'supplement')]
    expect(plan(both, assets).clashes).toEqual([{ file: 'elife-00353-fig1.jpg', original: 'elife-00353-fig1.tif' }])
  })

  test('of the alternatives of one figure the one is taken that loses least', () => {
    const files = ['elife-00353-fig1.eps', 'elife-00353-fig1.jpg', 'elife-00353-fig1.png']
    const assets = files.map((href) => figure(href, 'figure', 'fig1'))
    expect(plan(files, assets)).toMatchObject({
      clashes: [],
      derived: ['elife-00353-fig1.png'],
      deposited: ['elife-00353-fig1.eps', 'elife-00353-fig1.png'],
    })
  })

  test('two figures whose files differ in their extension alone clash', () => {
    const assets = [figure('elife-00353-fig1.tif', 'figure', 'fig1'), figure('elife-00353-fig1.png', 'figure', 'fig2')]
    const files = ['elife-00353-fig1.tif', 'elife-00353-fig1.png']
    expect(plan(files, assets).clashes).toEqual([{ file: 'elife-00353-fig1.png', original: 'elife-00353-fig1.tif' }])
  })

  test('images are made of an EPS or a PDF only where the XML shows it', () => {
    const files = ['elife-00353-fig1.eps', 'elife-00353-fig2.pdf', 'elife-00353.pdf']
    expect(plan(files, []).derived).toEqual([])
    const assets = [figure('elife-00353-fig1'), figure('elife-00353-fig2.pdf')]
    expect(plan(files, assets).derived).toEqual(['elife-00353-fig1.eps', 'elife-00353-fig2.pdf'])
  })

  test('whatever is delivered and whatever the XML names', () => {
    const stem = fc.constantFrom(
      'fig1',
      'fig1-download',
      'fig1-300w',
      'fig1-80w',
      'inf1',
      'video1',
      'video1-300w',
      'supp1',
    )
    const suffix = fc.constantFrom('', '-v1', '-v2')
    const extension = fc.constantFrom('tif', 'TIF', 'png', 'jpg', 'JPG', 'gif', 'svg', 'eps', 'pdf', 'mp4')
    const name = fc.tuple(stem, suffix, extension).map(([a, b, c]) => `elife-00353-${a}${b}.${c}`)
    const asset = fc
      .tuple(name, fc.constantFrom('figure', 'inline', 'supplement'), fc.constantFrom('a', 'b', undefined))
      .map(([href, use, within]) => figure(href, use, within))
    fc.assert(
      fc.property(fc.uniqueArray(name, { maxLength: 8 }), fc.array(asset, { maxLength: 8 }), (delivered, assets) => {
        const files = [...new Set(delivered.map((file) => versionedFileName(file, 1)))]
        const { files: planned, clashes } = planPackage({ journal: elife, articleId: '00353', files }, assets)
        // As the steps write them: images that are made of a file, the file itself, and its copy for downloads.
        const written = planned.flatMap(({ name: file, kind, derive, deposit }) => [
          ...(derive && (kind === 'figure' || kind === 'inline')
            ? imageDerivatives(file, kind, { width: 9, height: 9 }).map((made) => made.name)
            : []),
          ...(deposit ? [file, downloadName(file)].filter((copy) => copy !== undefined) : []),
        ])
        const twice = written.filter((key, at) => written.indexOf(key) !== at)
        if (clashes.length === 0) expect(twice).toEqual([])
      }),
      { numRuns: 2_000 },
    )
  })
})

describe('what a file is', () => {
  test('is decided by what the XML does with it, where its name says nothing', () => {
    const files = ['main.xml', 'a.png', 'b.png', 'c.xlsx']
    const assets = [figure('a'), figure('b', 'inline'), figure('c.xlsx', 'supplement')]
    expect(plan(files, assets).kinds).toEqual({
      'main.xml': 'articleXml',
      'a.png': 'figure',
      'b.png': 'inline',
      'c.xlsx': 'asset',
    })
  })

  test('is decided by the name, where the XML is silent', () => {
    expect(plan(['elife-00353-inf1.tif', 'elife-00353-fig2.tif'], []).kinds).toEqual({
      'elife-00353-inf1.tif': 'inline',
      'elife-00353-fig2.tif': 'figure',
    })
  })

  test('is known of names with dots', () => {
    const files = ['journal.done.0012345.xml', 'journal.done.0012345.g001.tif', 'journal.done.0012345.e001.tif']
    const assets = [
      figure('info:doi/10.5555/journal.done.0012345.g001'),
      figure('info:doi/10.5555/journal.done.0012345.e001', 'inline'),
    ]
    expect(plan(files, assets, dotted, 'dotted-done-0012345').derived).toEqual(files.slice(1))
  })
})
