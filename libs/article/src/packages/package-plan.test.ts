import { describe, expect, test } from 'vitest'
import type { NamedAsset } from '../jats/assets.ts'
import { planPackage } from './package-plan.ts'
import { dotted, elife } from '../testing/journals.ts'

const figure = (href: string, use: NamedAsset['use'] = 'figure'): NamedAsset => ({
  href,
  use,
  element: use === 'inline' ? 'inline-graphic' : use === 'supplement' ? 'media' : 'graphic',
  within: undefined,
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
