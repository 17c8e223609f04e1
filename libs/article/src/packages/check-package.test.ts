import { describe, expect, test } from 'vitest'
import { findArticleXml } from './article-xml.ts'
import { checkPackage, type PackageContents } from './check-package.ts'
import { describeArticle } from '../description/describe.ts'
import { parseArticleXml } from '../jats/reading/parse.ts'
import type { Journal } from '../journal/journal.ts'
import { parsePackageName } from './package-name.ts'
import { sampleXml } from '../testing/sample-xml.ts'
import { continuum, dotted, elife, plain } from '../testing/journals.ts'
import { areThere, packages, whereFrom } from '../testing/real-articles.ts'

const whole = [
  'continuum-00007.xml',
  'continuum-00007.pdf',
  'continuum-00007-fig1.tif',
  'continuum-00007-inf1.tiff',
  'continuum-00007-media1.mp4',
  'continuum-00007-supp1.xlsx',
  'continuum-00007-supp.zip',
]
const article = describeArticle(parseArticleXml(sampleXml()), continuum)
const contents = (files: readonly string[]): PackageContents => ({
  journal: continuum,
  articleId: '00007',
  status: 'vor',
  files,
})
const check = (files: readonly string[]) => {
  const { problems, findings } = checkPackage(contents(files), article)
  return { problems: problems.map(brief), findings: findings.map(brief) }
}
const brief = ({ code, file }: { code: string; file?: string }) => (file ? `${code} ${file}` : code)
const without = (name: string) => whole.filter((file) => file !== name)

describe('a package against its XML', () => {
  test('a whole one has nothing to say', () => {
    expect(check(whole)).toEqual({ problems: [], findings: [] })
  })

  test('names are compared without version and extension', () => {
    const versioned = whole.map((name) =>
      name.replace('.tif', '-v2.tif').replace('7.pdf', '7-v1.pdf').replace('.xlsx', '.xls'),
    )
    expect(check(versioned)).toEqual({ problems: [], findings: [] })
  })

  test('an image that cannot be converted is a problem', () => {
    const names = [...without('continuum-00007-fig1.tif'), 'continuum-00007-fig1.bmp']
    expect(check(names).problems).toEqual(['image-format continuum-00007-fig1.bmp'])
    const several = names.map((name) => name.replace('inf1.tiff', 'inf1.bmp'))
    const { problems } = checkPackage(contents(several), article)
    expect(problems.map(({ message }) => message)).toEqual([
      expect.stringMatching(/^The XML shows 2 files as images .* \(.*fig1\.bmp.*\): TIFF, .* are taken\./),
    ])
  })

  test('a missing figure or inline image is a problem', () => {
    expect(check(without('continuum-00007-fig1.tif')).problems).toEqual(['missing-image continuum-00007-fig1'])
    expect(check(without('continuum-00007-inf1.tiff')).problems).toEqual(['missing-image continuum-00007-inf1.tif'])
  })

  test.each([
    'continuum-00007.pdf',
    'continuum-00007-media1.mp4',
    'continuum-00007-supp1.xlsx',
    'continuum-00007-supp.zip',
  ])('a missing %s is a finding', (name) =>
    expect(check(without(name))).toEqual({ problems: [], findings: [`missing-file ${name}`] }),
  )

  test('an image is never taken for a video or the other way round', () => {
    const names = [...without('continuum-00007-fig1.tif'), 'continuum-00007-fig1.mp4']
    expect(check(names).problems).toEqual(['missing-image continuum-00007-fig1'])
  })

  test('a file that nobody names is a finding; the figures PDF and stills of videos are found by name', () => {
    const extra = [
      'continuum-00007-supp9.csv',
      'continuum-00007-figures.pdf',
      'continuum-00007-media1.jpg',
      'notes.txt',
    ]
    expect(check([...whole, ...extra])).toEqual({
      problems: [],
      findings: ['unnamed-file continuum-00007-supp9.csv', 'foreign-file notes.txt'],
    })
  })

  test('other XML files are assets', () => {
    expect(findArticleXml(contents([...whole, 'continuum-00007-supp1.xml']))).toEqual({ file: 'continuum-00007.xml' })
    expect(check([...whole, 'continuum-00007-supp9.xml']).problems).toEqual([])
  })

  test('no article XML, and more than one, is a problem', () => {
    expect(check(without('continuum-00007.xml')).problems).toEqual(['no-article-xml'])
    expect(check([...without('continuum-00007.xml'), 'continuum-00008.xml']).problems).toEqual(['no-article-xml'])
    expect(check([...whole, 'continuum-00007-v1.xml']).problems).toContain(
      'several-article-xmls continuum-00007-v1.xml',
    )
  })

  test('the only XML is the article, whatever its name, unless that is of another article', () => {
    expect(findArticleXml(contents(['main.xml', 'fig1.tif']))).toEqual({ file: 'main.xml' })
    expect(findArticleXml(contents(['continuum-00008.xml']))).toMatchObject({ problem: { code: 'no-article-xml' } })
    expect(findArticleXml(contents(['a.xml', 'b.xml']))).toMatchObject({ problem: { code: 'no-article-xml' } })
  })

  test('the XML is found by the journal’s own names, by its id, or as the only one there is', () => {
    const articleId = 'done-0012345'
    const find = (journal: Journal, files: readonly string[]) => findArticleXml({ journal, articleId, files })
    const data = 'journal.done.0012345.s001.xml'
    expect(find(dotted, ['journal.done.0012345.xml', data])).toEqual({ file: 'journal.done.0012345.xml' })
    expect(find(dotted, ['dotted-done-0012345-v2.xml', data])).toEqual({ file: 'dotted-done-0012345-v2.xml' })
    expect(find(dotted, [data, 'other.xml'])).toMatchObject({
      problem: { message: expect.stringContaining('journal.done.0012345.xml is expected') },
    })
    const bare: Journal = { ...plain, fileStem: '{number}' }
    expect(find(bare, ['article.xml', 'f1.tif'])).toEqual({ file: 'article.xml' })
  })

  test('a figure in two formats is shown from the one that the XML means, and the other is left out', () => {
    expect(check([...whole, 'continuum-00007-fig1.jpg'])).toEqual({
      problems: [],
      findings: ['same-figure continuum-00007-fig1.jpg'],
    })
  })

  test('an empty file is called empty: an image is a problem, another file a finding', () => {
    const empty = ['continuum-00007-fig1.tif', 'continuum-00007-supp1.xlsx']
    const { problems, findings } = checkPackage({ ...contents(whole), empty }, article)
    expect(problems.map(({ message }) => message)).toEqual(['continuum-00007-fig1.tif is empty (0 bytes).'])
    expect(findings.map(brief)).toEqual(['empty-file continuum-00007-supp1.xlsx'])
  })

  test('XML of another article is a problem', () => {
    const { problems } = checkPackage({ ...contents([]), articleId: '00008', files: ['continuum-00008.xml'] }, article)
    expect(problems[0]?.message).toContain('of article 00007 (10.5555/continuum.00007), the package of 00008')
  })

  test('two files that differ only in version are a problem', () => {
    expect(check([...whole, 'continuum-00007-supp1-v1.xlsx']).problems).toEqual(['same-name'])
  })

  test('what the article store would refuse is a problem', () => {
    const xml = sampleXml().replace('<day>4</day>', '').replace('licenses/by/', 'licenses/by-nc-nd/')
    const { problems } = checkPackage(contents(whole), describeArticle(parseArticleXml(xml), continuum))
    expect(problems.map(({ code }) => code)).toEqual(['no-publication-date', 'no-open-licence'])
  })

  test('the journal says what it takes: licences, kinds, languages and dates', () => {
    const xml = parseArticleXml(
      sampleXml()
        .replace('<day>4</day>', '')
        .replace('licenses/by/', 'licenses/by-nc-nd/')
        .replace('<article ', '<article xml:lang="pt" '),
    )
    const open: Journal = {
      ...continuum,
      licences: ['CC-BY-NC-ND'],
      publicationDate: { ...continuum.publicationDate, precision: 'month' },
    }
    const codes = (journal: Journal) =>
      checkPackage({ ...contents(whole), journal }, describeArticle(xml, journal)).problems.map(({ code }) => code)
    expect(codes(open)).toEqual([])
    expect(codes({ ...open, languages: ['en'], articleTypes: ['editorial'] })).toEqual(['article-type', 'language'])
    expect(codes({ ...open, licences: ['CC0'] })).toEqual(['no-open-licence'])
  })

  test('a licence that is taken as any other is a finding', () => {
    const xml = parseArticleXml(sampleXml().replace(/<license [^]*<\/license>/, ''))
    const journal: Journal = { ...continuum, licences: ['CC-BY', 'any'] }
    const { problems, findings } = checkPackage({ ...contents(whole), journal }, describeArticle(xml, journal))
    expect([problems, findings.map(brief)]).toEqual([[], ['other-licence']])
  })

  test('a status or a character that is odd is a finding', () => {
    const odd = describeArticle(parseArticleXml(sampleXml().replace('We show A', '&squirrel;')), continuum)
    const { problems, findings } = checkPackage({ ...contents(whole), status: 'poa' }, odd)
    expect(problems).toEqual([])
    expect(findings.map(({ code }) => code)).toEqual(['status-differs', 'unknown-character'])
  })
})

describe.skipIf(!areThere)(whereFrom, () => {
  test.each(packages)('$name passes', ({ name, files, xml }) => {
    const { journal, articleId, status } = parsePackageName(name, [elife])
    const pack = { journal, articleId, status, files }
    expect(findArticleXml(pack)).toEqual({ file: expect.stringMatching(/^elife-\d+(-v1)?\.xml$/) })
    const { problems, findings } = checkPackage(pack, describeArticle(parseArticleXml(xml), elife))
    expect(problems).toEqual([])
    expect(findings.map(brief)).toEqual(name.includes('04970') ? ['missing-file elife-04970.pdf'] : [])
  })
})
