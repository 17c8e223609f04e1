import { describe, expect, test } from 'vitest'
import { JournalSettingsError, journalsOf, journalWithDefaults } from './complete.ts'

const five = {
  name: 'Journal of Examples',
  publisher: 'Example Press',
  prefix: 'joe',
  doiPrefix: '10.5555/joe.',
  issn: '1234-5679',
}

describe("a journal's settings", () => {
  test('need five values; the rest is that of a common JATS journal', () => {
    expect(journalWithDefaults(five)).toMatchObject({
      ...five,
      bareIds: true,
      numberFrom: ['doi', 'publisher-id', 'file-name'],
      licences: ['CC-BY', 'CC-BY-SA', 'CC-BY-ND', 'CC-BY-NC', 'CC-BY-NC-SA', 'CC-BY-NC-ND', 'CC0'],
      doi: { required: true, check: 'prefix' },
      publicationDate: { precision: 'year' },
      images: { missing: 'problem' },
      toleratedLosses: [],
      publishUnnamedFiles: false,
      publicApi: false,
      timeZone: 'UTC',
    })
  })

  test.each([
    [{ ...five, prefix: 'J-o' }, 'prefix must match pattern'],
    [{ name: 'J' }, 'it must have required properties publisher, prefix, doiPrefix'],
    [{ ...five, licenses: ['CC-BY'] }, 'it must not have additional properties (licenses)'],
    [{ ...five, images: { formats: ['bmp'] } }, 'images.formats.0'],
    [{ ...five, toleratedLosses: ['figures'] }, /^.*toleratedLosses\.0 .*\(body-text, title, .*, invented\)/],
    [{ ...five, numberPattern: '(' }, 'numberPattern is no regular expression'],
    [{ ...five, packageNames: ['joe-(?<number>'] }, 'packageNames.0 is no regular expression'],
    [{ ...five, packageNames: ['joe-{number}\\.zip'] }, 'packageNames.0 has no group (?<number>...)'],
  ])('that are wrong are refused with their place: %j', (settings, reason) => {
    expect(() => journalWithDefaults(settings)).toThrow(JournalSettingsError)
    expect(() => journalWithDefaults(settings)).toThrow(reason)
  })
})

describe('the journals of an environment', () => {
  const other = { ...five, prefix: 'other' }

  test('have one default: the first, or the one that is called so', () => {
    expect(journalsOf([five, other]).map(({ bareIds }) => bareIds)).toEqual([true, false])
    expect(journalsOf([five, { ...other, default: true }]).map(({ bareIds }) => bareIds)).toEqual([false, true])
  })

  test('are refused with one prefix twice, or two defaults', () => {
    expect(() => journalsOf([five, five])).toThrow('two journals have the prefix "joe"')
    expect(() =>
      journalsOf([
        { ...five, default: true },
        { ...other, default: true },
      ]),
    ).toThrow('joe and other are both called the default')
  })
})
