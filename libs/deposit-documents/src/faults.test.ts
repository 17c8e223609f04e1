import { parseArticleXml } from '@continuum/article/jats'
import { expect, test } from 'vitest'
import { addressees } from './mail/addresses.ts'
import { chooseAuthorMail } from './mail/choose.ts'
import { nextRevision } from './packages/names.ts'
import { planDelivery } from './packages/plan.ts'
import { packageRules } from './packages/rule.ts'
import { planCrossref } from './crossref/plan.ts'
import { pubmedDocument } from './pubmed/article.ts'
import { readRecord } from './record/read.ts'
import { jatsWith, recordWith, type Parts } from './testing/article-with.ts'
import { journal, versionOf } from './testing/journal.ts'

/** Faults of the documents of the original system, by their numbers in the reference on deposits: ours has none of them. */
const documentsOf = (parts: Parts, published = versionOf()) => {
  const record = recordWith(parts)
  return [
    ...planCrossref({ record, published, journal }).deposits.map(({ write }) => write('20260101000000000').xml),
    pubmedDocument({ record, published, journal, isKnown: false }).xml,
  ]
}

test('11.8 names have the version: a later one overwrites no earlier one that waits', () => {
  const names = [1, 2].map((version) => {
    const input = { record: recordWith(), published: versionOf({ version }), journal }
    return [planCrossref(input).deposits[0]?.write('1').name, pubmedDocument({ ...input, isKnown: false }).name]
  })
  expect(new Set(names.flat()).size).toBe(4)
})

test('11.9 no date is that of the run', () => {
  const [crossref = '', pubmed = ''] = documentsOf(
    { dates: '' },
    versionOf({ status: 'poa', published: '2014-02-03T23:30:00Z' }),
  )
  for (const xml of [crossref, pubmed]) {
    expect(xml).toMatch(/<year>2014<|<Year>2014</)
    expect(xml).not.toMatch(new RegExp(`<year>${new Date().getUTCFullYear()}<`, 'i'))
  }
})

test('11.10 an ORCID iD is authenticated only where the XML says so', () => {
  const contributors = `<contrib-group><contrib contrib-type="author"><name><surname>A</surname></name><contrib-id contrib-id-type="orcid">https://orcid.org/0000-0002-1825-0097</contrib-id></contrib></contrib-group>`
  expect(documentsOf({ contributors })[0]).toContain('authenticated="false"')
})

test('11.11 a relation is added to a record that had none, at its place: the deposit is valid', () => {
  const ids = '<article-id pub-id-type="doi" specific-use="version">10.7554/eLife.00353.2</article-id>'
  expect(documentsOf({ ids })[1]).toContain('isSameAs')
})

test('11.12 the record of a version is about its own article, whichever was written before', () => {
  const dois = ['00353', '00790'].map((number) => {
    const doi = `10.7554/eLife.${number}`
    const versionId = `<article-id pub-id-type="doi" specific-use="version">${doi}.2</article-id>`
    const record = readRecord(
      parseArticleXml(jatsWith({ ids: versionId }).replaceAll('10.7554/eLife.00353<', `${doi}<`)),
    )
    const { deposits } = planCrossref({ record, published: versionOf({ id: number, version: 2 }), journal })
    return deposits.map((deposit) => [
      deposit.kind,
      deposit.dois[0],
      deposit.write('20260101000000000').xml.includes(`<doi>${deposit.dois[0]}</doi>`),
    ])
  })
  expect(dois).toEqual([
    [
      ['version', '10.7554/eLife.00353.2', true],
      ['article', '10.7554/eLife.00353', true],
    ],
    [
      ['version', '10.7554/eLife.00790.2', true],
      ['article', '10.7554/eLife.00790', true],
    ],
  ])
})

test('11.13 bold titles lose no letters, and subjects are not cut at "and"', () => {
  const more =
    '<article-categories><subj-group subj-group-type="heading"><subject>Land use and Cell Biology</subject></subj-group><subj-group subj-group-type="display-channel"><subject>Research Article</subject></subj-group></article-categories>'
  const [crossref = '', pubmed = ''] = documentsOf({ title: '<bold>bats</bold>', more })
  expect(crossref).toContain('<title>bats</title>')
  expect(pubmed).toContain('<ArticleTitle>bats</ArticleTitle>')
  expect(pubmed).toContain('<Param Name="value">Land use and Cell Biology</Param>')
})

test('11.14 no white space comes into texts, and nothing empty is written', () => {
  const abstract = '<abstract><sec><title/><p>x<sup>2</sup> <italic>y</italic>.</p><p/></sec></abstract>'
  for (const xml of documentsOf({ title: 'x<sup>2</sup>', abstract })) {
    expect(xml).toContain('>x<sup>2</sup><')
    expect(xml).toMatch(/>x<(jats:)?sup>2<\/(jats:)?sup> <(jats:italic|i)>y<\/(jats:italic|i)>\.</)
    expect(xml).not.toMatch(/Label=""|<AbstractText\/>|<jats:p\/>|<jats:title\/>/)
  }
})

test('11.15 revisions of 10245 and 102451 are told apart', () => {
  const values = { prefix: 'elife', id: '10245', volume: '5', version: 1 }
  expect(nextRevision(packageRules.pmc.name, values, ['elife-05-102451.zip', 'elife-05-102451.r7.zip'])).toBe(0)
})

test('11.16 supplements are known by the names of files alone', () => {
  const names = ['elife-00353-v1.xml', 'elife-00353-v1.pdf', 'elife-00353-supp1-v1.pdf']
  const version = { names, xmlName: 'elife-00353-v1.xml', xml: Buffer.from(jatsWith()) }
  const values = { prefix: 'my-data', id: '00353', volume: '7', version: 1, revision: 0 }
  const { files } = planDelivery(packageRules['xml-pdf'], version, values)
  expect(files.map(({ name }) => name)).toEqual(['elife-00353.pdf', 'elife-00353.xml'])
})

test('11.18 letter case makes no second mail, and a type without a rule is told, not lost', () => {
  const listed = ['a@example.org', 'A@Example.org'].map((address) => ({ address, givenNames: 'A', surname: 'B' }))
  expect(addressees(recordWith(), listed)).toHaveLength(1)
  const record = { articleType: 'unheard-of', displayChannel: undefined }
  expect(chooseAuthorMail({ record, status: 'vor', isFirstOfStatus: true, wasPoa: false, isSilent: false })).toEqual({
    none: expect.stringContaining('unheard-of'),
  })
})
