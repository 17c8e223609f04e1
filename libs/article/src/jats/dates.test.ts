import { expect, test } from 'vitest'
import { articleDates } from './dates.ts'
import { parseArticleXml } from './reading/parse.ts'

const read = (
  dates: string,
  precision: 'day' | 'month' | 'year' = 'year',
  types = ['pub', 'epub', 'ppub', 'collection'],
) => {
  const { published, publishedPrecision } = articleDates(
    parseArticleXml(`<article><front><article-meta>${dates}</article-meta></front></article>`),
    { precision, types },
  )
  return published && `${published.slice(0, 10)} ${publishedPrecision}`
}
const epub = '<pub-date pub-type="epub"><day>2</day><month>3</month><year>2013</year></pub-date>'
const collection = '<pub-date pub-type="collection"><month>3</month><year>2013</year></pub-date>'

test.each([
  [epub, '2013-03-02 day'],
  [collection, '2013-03-01 month'],
  [collection + epub, '2013-03-02 day'],
  ['<pub-date date-type="pub" publication-format="electronic"><year>2020</year></pub-date>', '2020-01-01 year'],
  ['<pub-date pub-type="ppub"><season>Jan-Mar</season><year>2020</year></pub-date>', '2020-01-01 year'],
  ['<pub-date pub-type="ppub"><month>September</month><year>2009</year></pub-date>', '2009-09-01 month'],
  ['<pub-date pub-type="ppub"><day>80</day><month>3</month><year>2009</year></pub-date>', '2009-03-01 month'],
  ['<pub-date pub-type="ppub"><day>Friday</day><month>13</month><year>2009</year></pub-date>', '2009-01-01 year'],
  ['<pub-date pub-type="ppub"><day>2</day><month>3</month></pub-date>', undefined],
  ['<pub-date pub-type="pmc-release"><year>2011</year></pub-date>', undefined],
  ['<pub-date date-type="pub" iso-8601-date="2015-09-30"/>', '2015-09-30 day'],
  ['<pub-date date-type="pub" iso-8601-date="2015-09-30T23:30:00-05:00"/>', '2015-09-30 day'],
  ['<pub-date date-type="pub" iso-8601-date="2015-09"/>', '2015-09-01 month'],
  ['<pub-date date-type="pub" iso-8601-date="20150930"/>', undefined],
  ['<pub-date date-type="pub" iso-8601-date="2015-09-30"><year>2016</year></pub-date>', '2016-01-01 year'],
])('a date of publication is as exact as it is written: %s', (dates, expected) => {
  expect(read(dates)).toBe(expected)
})

test('a date that is exact enough is preferred to a better kind that is not', () => {
  const pub = '<pub-date date-type="pub"><year>2013</year></pub-date>'
  expect(read(pub + epub, 'year')).toBe('2013-01-01 year')
  expect(read(pub + epub, 'day')).toBe('2013-03-02 day')
})
