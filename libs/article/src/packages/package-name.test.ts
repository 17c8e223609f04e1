import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { doiOf, type Journal } from '../journal/journal.ts'
import { archiveName, formatPackageName, parsePackageName, UnknownPackageName } from './package-name.ts'
import { journalWithDefaults } from '../journal/complete.ts'
import { continuum, dotted, elife, plain } from '../testing/journals.ts'

const journals = [elife, continuum]
const read = (key: string) => {
  const { journal, ...rest } = parsePackageName(key, journals)
  return { prefix: journal.prefix, ...rest }
}

describe('package names within the grammar', () => {
  test.each([
    ['elife-10856-vor-r4.zip', { articleId: '10856', status: 'vor', revision: 4 }],
    [
      'elife-00353-vor-v1-20121213000000.zip',
      { articleId: '00353', status: 'vor', version: 1, date: '2012-12-13T00:00:00Z' },
    ],
    [
      'elife-02112-poa-v1-20140508000000.zip',
      { articleId: '02112', status: 'poa', version: 1, date: '2014-05-08T00:00:00Z' },
    ],
    [
      'elife-00353-vor-v10-20200101000000.zip',
      { articleId: '00353', status: 'vor', version: 10, date: '2020-01-01T00:00:00Z' },
    ],
    ['elife-00012-vor-v2.zip', { articleId: '00012', status: 'vor', version: 2 }],
    ['elife-00012-vor-r1-v2.zip', { articleId: '00012', status: 'vor', revision: 1, version: 2 }],
    ['elife-00123-poa.zip', { articleId: '00123', status: 'poa' }],
    ['x/elife-00353-vor-r1.zip', { articleId: '00353', status: 'vor', revision: 1 }],
  ])('%s', (key, expected) => {
    expect(read(key)).toEqual({ prefix: 'elife', ...expected })
  })

  test('an unpadded number is the same article', () => {
    expect(read('elife-353-vor-r1.zip').articleId).toBe('00353')
    expect(read('elife-000353-vor-r1.zip').articleId).toBe('00353')
  })

  test('a number longer than the padding is kept', () => {
    expect(read('elife-100254-vor-r1.zip').articleId).toBe('100254')
  })

  test('a stamp without a version is allowed and says nothing', () => {
    expect(read('elife-00353-vor-20121213000000.zip')).toEqual({ prefix: 'elife', articleId: '00353', status: 'vor' })
  })

  test('the journal is the one whose prefix the name begins with, the longest first', () => {
    const supplement: Journal = { ...elife, prefix: 'elife-extra' }
    expect(parsePackageName('elife-extra-00001-vor-r1.zip', [elife, supplement]).journal).toBe(supplement)
    expect(parsePackageName('continuum-00001-vor-r1.zip', journals).journal).toBe(continuum)
  })
})

describe("names by a journal's own patterns", () => {
  const all = [elife, { ...plain, bareIds: false }, { ...dotted, bareIds: false }]
  const status = undefined
  const version = undefined

  test.each([
    ['journal.done.0012345.zip', { articleId: 'dotted-done-0012345', status, version }],
    ['journal.done.0012345-v2.zip', { articleId: 'dotted-done-0012345', status, version: 2 }],
    ['dotted-done-0012345-vor-v1-20121213000000.zip', { articleId: 'dotted-done-0012345', status: 'vor', version: 1 }],
    ['plain-202.zip', { articleId: 'plain-00202', status, version }],
    ['plain-00202-poa-r1.zip', { articleId: 'plain-00202', status: 'poa', version }],
    ['plain-a.b-7-vor-r1.zip', { articleId: 'plain-a-b-7', status: 'vor', version }],
  ])('%s', (key, expected) => {
    const { journal: _, ...rest } = parsePackageName(key, all)
    expect({ status, version, ...rest }).toMatchObject(expected)
  })

  test('what the archive keeps is read back, whatever the pattern', () => {
    const name = archiveName(dotted, 'dotted-done-0012345', 'vor', 3, '2012-12-13T00:00:00Z')
    expect(parsePackageName(name, all)).toMatchObject({ articleId: 'dotted-done-0012345', version: 3 })
  })

  test('the example in a message is of the journal that was meant, whatever the case', () => {
    expect(() => parsePackageName('eLife-71049-vor-r1.zip', [continuum, elife])).toThrow('like elife-00353-vor-r1.zip')
    expect(() => parsePackageName('eLife-71049-vor-r1.zip', [continuum, elife])).toThrow(
      '"eLife-" must be in lower case',
    )
    expect(() => parsePackageName('dotted-1.zip', all)).toThrow('like journal.done.0012345.zip and')
  })

  test("a number that reads like another journal's id is refused", () => {
    const bare = { ...dotted, numberPattern: 'plain\\.[0-9]+' }
    expect(() => parsePackageName('journal.plain.7.zip', [bare, { ...plain, bareIds: false }])).toThrow(
      '"plain.7" reads like the id of an article of Journal of Plain Examples',
    )
  })
})

describe('names that are refused, with the reason', () => {
  test.each([
    ['elife-00353-vor-r1-20121213000000.zip', '"-r1-20121213000000" is not'],
    ['elife-00012-foo-r1.zip', '"foo" is neither poa nor vor'],
    ['elife-00353-v2-20121213000000.zip', '"v2" is neither poa nor vor'],
    ['elife-00353-vor-v.zip', '"-v" is not'],
    ['elife-00353-vor-v0.zip', '"-v0" is not'],
    ['elife-abc-vor-r1.zip', '"abc" is not an article number'],
    ['elife-00353-vor-v1-2012.zip', '"-v1-2012" is not'],
    ['elife-00353-vor-v1-20121313000000.zip', '"20121313000000" is not a date and time'],
    ['elife-00353-vor-v1-20120230000000.zip', '"20120230000000" is not a date and time'],
    ['elife-00353-vor-v1-20161231235960.zip', '"20161231235960" is not a date and time'],
    ['ELIFE-00012-vor-r1.zip', 'begins with no configured journal (elife-, continuum-)'],
    ['ijm-00173-vor-r2.zip', 'begins with no configured journal'],
    ['elife-00353.zip', 'does not say poa or vor'],
    ['elife-00353-vor-r1.zip.bak', 'does not end in .zip'],
    ['elife-00353-vor-r1.ZIP', 'does not end in .zip'],
    ['elife-00353-vor-r1 (1).zip', '"-r1 (1)" is not'],
    ['elife-00353-vor-r1v2.zip', '"-r1v2" is not'],
    ['elife-00353-vor-.zip', '"-" is not'],
    ['elife-00353-vor--v1.zip', '"--v1" is not'],
    ['elife-00353-vor-v1-v2.zip', '"-v1-v2" is not'],
    ['', 'begins with no configured journal'],
  ])('%s', (key, reason) => {
    expect(() => parsePackageName(key, journals)).toThrow(UnknownPackageName)
    expect(() => parsePackageName(key, journals)).toThrow(reason)
    expect(() => parsePackageName(key, journals)).toThrow('elife-00353-vor-r1.zip')
  })
})

const journal = fc.constantFrom(elife, continuum)
const date = fc
  .integer({ min: 0, max: 4_102_444_799 })
  .map((s) => Temporal.Instant.fromEpochMilliseconds(s * 1000).toString())
const id = fc.integer({ min: 1, max: 9_999_999 })

test('what is formatted is read back the same', () => {
  const count = fc.option(fc.integer({ min: 1, max: 999 }), { nil: undefined })
  fc.assert(
    fc.property(
      journal,
      id,
      fc.constantFrom('poa', 'vor'),
      count,
      count,
      date,
      fc.boolean(),
      (j, n, status, r, v, d, dated) => {
        const name = {
          journal: j,
          articleId: String(n).padStart(j.idDigits, '0'),
          status,
          ...(r !== undefined && !dated && { revision: r }),
          ...((v !== undefined || dated) && { version: v ?? 1 }),
          ...(dated && { date: d }),
        }
        expect(parsePackageName(formatPackageName(name), journals)).toEqual(name)
      },
    ),
  )
})

test('an archive name always has version and stamp', () => {
  expect(archiveName(elife, '00353', 'vor', 1, '2012-12-13T00:00:00Z')).toBe('elife-00353-vor-v1-20121213000000.zip')
  expect(archiveName(elife, '353', 'poa', 12, '2016-08-02T11:38:16.999Z')).toBe(
    'elife-00353-poa-v12-20160802113816.zip',
  )
})

test('a DOI is the prefix and the padded number', () => {
  expect(doiOf(elife, '353')).toBe('10.7554/eLife.00353')
  expect(doiOf(continuum, '00007')).toBe('10.5555/continuum.00007')
})

test('a name that begins as packages of a journal do is told how that journal names them', () => {
  const named = journalWithDefaults({
    name: 'Dots',
    publisher: 'A Press',
    prefix: 'dots',
    doiPrefix: '10.5555/journal.',
    numberPattern: 'd[0-9]{3}',
    numberExample: 'd007',
    packageNames: ['journal\\.(?<number>{number})\\.zip'],
  })
  const reading = (key: string) => () => parsePackageName(key, [elife, named])
  expect(reading('Journal.d7.zip')).toThrow('it is not named as packages of Dots are. Rename it like journal.d007.zip')
  expect(reading('other.zip')).toThrow('begins with no configured journal (elife-, journal.)')
})
