import { journalsOf } from '@continuum/article'
import { loadEnvironment } from '@continuum/environments'
import { expect, test } from 'vitest'
import { readImportList } from './import-list.ts'

const journals = journalsOf((await loadEnvironment('local')).journals)

test('CSV and JSON say the same: versions of an article rise, days begin at midnight', () => {
  const csv = `package,version,published
elife-00353-vor-r2.zip,2,2014-05-06T07:08:09Z
elife-00353-poa-r1.zip,1,2012-12-13

ijm-00202-vor.zip,1,2013-01-02
`
  const read = readImportList(csv, journals)
  const known = read.articles.map((versions) =>
    versions.map(({ articleId, status, version, published }) => `${articleId} ${status} v${version} ${published}`),
  )
  expect(known).toEqual([
    ['00353 poa v1 2012-12-13T00:00:00Z', '00353 vor v2 2014-05-06T07:08:09Z'],
    ['ijm-00202 vor v1 2013-01-02T00:00:00Z'],
  ])
  const json = JSON.stringify([
    { package: 'elife-00353-vor-r2.zip', version: 2, published: '2014-05-06T07:08:09Z' },
    { package: 'elife-00353-poa-r1.zip', version: 1, published: '2012-12-13' },
    { package: 'ijm-00202-vor.zip', version: 1, published: '2013-01-02' },
  ])
  expect(readImportList(json, journals)).toEqual(read)
})

test('a line that cannot be taken is told with its reason, and the others are taken', () => {
  const csv = `package,version,published
notes.zip,1,2012-12-13
elife-00353-vor-r1.zip,0,2012-12-13
elife-00354-vor-v2.zip,1,2012-12-13
elife-00355-vor-r1.zip,1,yesterday
elife-00356-vor-r1.zip,1,2999-01-01
elife-00357-vor-r1.zip,1,2012-12-13
elife-00357-vor-r2.zip,1,2012-12-13
`
  const { articles, refused } = readImportList(csv, journals)
  expect(articles.flat().map((each) => each.package)).toEqual(['elife-00357-vor-r1.zip'])
  expect(refused).toEqual([
    { package: 'notes.zip', reason: expect.stringContaining('is not the name of an article package') },
    { package: 'elife-00353-vor-r1.zip', reason: expect.stringContaining('version (1, 2, 3...)') },
    { package: 'elife-00354-vor-v2.zip', reason: 'its name says version 2, and the list says 1' },
    { package: 'elife-00355-vor-r1.zip', reason: expect.stringContaining('yesterday is no day or instant') },
    { package: 'elife-00356-vor-r1.zip', reason: expect.stringContaining('still to come') },
    { package: 'elife-00357-vor-r2.zip', reason: 'version 1 of 00357 is listed twice' },
  ])
})

test('what is no list at all is refused with what is wrong', () => {
  expect(() => readImportList('name,day\nx,y\n', journals)).toThrow('package,version,published')
  expect(() => readImportList('[{', journals)).toThrow('The list is no JSON')
})
