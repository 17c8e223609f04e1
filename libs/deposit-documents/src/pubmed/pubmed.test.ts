import { describe, expect, test } from 'vitest'
import type { PublishedVersion } from '../record/journal.ts'
import { recordWith, type Parts } from '../testing/article-with.ts'
import { journal, versionOf } from '../testing/journal.ts'
import { el, elWith } from '../xml/element.ts'
import { InvalidPubmedFailure, pubmedDocument } from './article.ts'
import { pubmedProblems } from './check.ts'

function xmlOf(parts: Parts = {}, published: Partial<PublishedVersion> = {}, isKnown = false): string {
  const input = { record: recordWith(parts), journal, published: versionOf(published), isKnown }
  return pubmedDocument(input).xml.replaceAll(/>\n\s*</g, '><')
}

test('20. PoA, VoR and later VoR: ahead of print, then two that replace, with the day of the PoA in the history', () => {
  const published = '2015-03-25T00:00:00Z'
  const poa = xmlOf({}, { status: 'poa', version: 1, published })
  const vor = xmlOf({}, { version: 2, published, wasPoa: true }, true)
  const later = xmlOf({}, { version: 3, published, wasPoa: true }, true)
  expect(poa).toContain('<PubDate PubStatus="aheadofprint">')
  expect(poa).not.toContain('<Replaces')
  for (const xml of [vor, later]) {
    expect(xml).toContain('<PubDate PubStatus="epublish">')
    expect(xml).toContain('</Journal><Replaces IdType="doi">10.7554/eLife.00353</Replaces><ArticleTitle>')
    expect(xml).toContain(
      '<PubDate PubStatus="aheadofprint"><Year>2015</Year><Month>03</Month><Day>25</Day></PubDate></History>',
    )
  }
})

test('21. a VoR whose PoA was refused is new: whether it replaces is told by our record, not by its number', () => {
  expect(xmlOf({}, { version: 2, wasPoa: true }, false)).not.toContain('<Replaces')
})

test('the date is that of the XML, else of the article store; its month a name', () => {
  expect(xmlOf()).toContain('<Year>2018</Year><Month>August</Month><Day>09</Day>')
  expect(xmlOf({ dates: '' }, { published: '2015-03-25T00:00:00Z' })).toContain(
    '<Year>2015</Year><Month>March</Month><Day>25</Day>',
  )
})

test('a title keeps the tags that PubMed knows, and is not bold as a whole', () => {
  expect(xmlOf({ title: '<bold>bats &amp; <sc>x</sc><italic>Mus</italic> <sup>2</sup></bold>' })).toContain(
    '<ArticleTitle>bats &amp; x<i>Mus</i> <sup>2</sup></ArticleTitle>',
  )
})

test('a formula is named; no text and no label is empty', () => {
  const abstract = `<abstract><sec><title/><p>Of <inline-formula><mml:math><mml:mi>x</mml:mi></mml:math></inline-formula></p></sec><sec><title>Results:</title><p>So</p></sec><sec><title>Empty</title></sec></abstract>`
  expect(xmlOf({ abstract })).toContain(
    '<Abstract><AbstractText>Of [Formula: see text]</AbstractText><AbstractText Label="Results">So</AbstractText></Abstract>',
  )
  expect(xmlOf()).not.toContain('<Abstract')
})

describe('people', () => {
  const contributors = `<contrib-group><contrib contrib-type="author" equal-contrib="yes"><name><surname>Thomma</surname><given-names>Bart PHJ</given-names></name><xref ref-type="fn" rid="conf1"/></contrib><contrib contrib-type="author"><name><surname>Plato</surname></name></contrib><contrib contrib-type="author" id="g"><collab>The Group<contrib-group><contrib><name><surname>Member</surname><given-names>M</given-names></name></contrib></contrib-group></collab></contrib></contrib-group>`
  const back = '<fn-group><fn fn-type="COI-statement" id="conf1"><p>Is paid.</p></fn></fn-group>'

  test('stand in the byline, members in their group', () => {
    const xml = xmlOf({ contributors })
    expect(xml).toContain(
      '<Author EqualContrib="Y"><FirstName>Bart P H J</FirstName><LastName>Thomma</LastName></Author><Author><FirstName EmptyYN="Y"/><LastName>Plato</LastName></Author><Author><CollectiveName>The Group</CollectiveName></Author></AuthorList>',
    )
    expect(xml).toContain(
      '<GroupList><Group><GroupName>The Group</GroupName><IndividualName><FirstName>M</FirstName><LastName>Member</LastName></IndividualName></Group></GroupList>',
    )
  })

  test('and their interests by initials', () => {
    expect(xmlOf({ contributors, back })).toContain('<CoiStatement>BPHJT Is paid.</CoiStatement>')
  })
})

test.for([
  ['correction', 'Published Erratum'],
  ['retraction', 'Retraction of Publication'],
  ['expression-of-concern', 'Expression of Concern'],
  ['editorial', 'Editorial'],
  ['article-commentary', 'Editorial'],
  ['research-article', 'Journal Article'],
] as const)('%s is %s', ([type, expected]) => {
  expect(xmlOf({ type })).toContain(`<PublicationType>${expected}</PublicationType>`)
})

test('a correction names each article that it corrects, and data its archive', () => {
  const related = ['1', '2']
    .map(
      (number) =>
        `<related-article related-article-type="corrected-article" xlink:href="10.7554/eLife.0000${number}"/>`,
    )
    .join('')
  const data = `<related-object content-type="generated-dataset" source-id="https://www.ncbi.nlm.nih.gov/geo/x"><source>NCBI Gene Expression Omnibus</source><object-id pub-id-type="archive">GSE1</object-id></related-object>`
  const xml = xmlOf({ related, back: `<p>${data}</p>` })
  expect(xml.match(/<Object Type="Erratum">/g)).toHaveLength(2)
  expect(xml).toContain('<Object Type="NCBI:geo"><Param Name="id">GSE1</Param></Object>')
})

describe('the check', () => {
  const journalOf = (...more: Parameters<typeof el> extends [string, ...infer Rest] ? Rest : never) =>
    el('Journal', el('PublisherName', 'P'), el('JournalTitle', 'J'), el('Issn', '1'), ...more)
  const date = elWith('PubDate', { PubStatus: 'epublish' }, el('Year', '2018'))

  test.for([
    ['nothing', el('Article'), 'Article has no Journal'],
    ['a part out of order', el('Article', el('Language', 'EN'), journalOf(date)), 'Article has Journal after Language'],
    ['a part that is missing', el('Article', journalOf()), 'Journal has no PubDate'],
    ['a part twice', el('Article', journalOf(date, date)), 'Journal has 2 PubDate'],
    ['an empty part', el('Article', journalOf(date), el('ArticleTitle')), 'ArticleTitle is empty'],
    [
      'another tag',
      el('Article', journalOf(date), el('ArticleTitle', el('tt', 'x'))),
      'ArticleTitle has tt in its text',
    ],
    [
      'an unknown part',
      el('Article', journalOf(date), el('Digest', 'x')),
      'Article has Digest, which is not allowed there',
    ],
    [
      'an unknown status',
      el('Article', journalOf(elWith('PubDate', { PubStatus: 'soon' }, el('Year', '1')))),
      'PubDate has PubStatus="soon"',
    ],
  ] as const)('finds %s', ([, article, problem]) => {
    expect(pubmedProblems(article)).toContain(problem)
  })

  test('a record that it refuses is never written', () => {
    const input = {
      record: recordWith(),
      journal: { ...journal, publisher: '' },
      published: versionOf(),
      isKnown: false,
    }
    expect(() => pubmedDocument(input)).toThrow(InvalidPubmedFailure)
  })
})
