import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { recordWith, type Parts } from '../testing/article-with.ts'
import { journal, versionOf } from '../testing/journal.ts'
import type { PublishedVersion } from '../record/journal.ts'
import { InvalidDepositFailure } from './batch.ts'
import { planCrossref } from './plan.ts'
import { nextTimestamp } from './timestamp.ts'

const stamp = '20260101000000000'

function planOf(parts: Parts = {}, published: Partial<PublishedVersion> = {}, before?: string) {
  return planCrossref({
    record: recordWith(parts),
    published: versionOf(published),
    journal,
    ...(before !== undefined && { before: () => before }),
  })
}
const xmlOf = (parts: Parts = {}, published: Partial<PublishedVersion> = {}) => {
  const [deposit] = planOf(parts, published).deposits.filter(({ kind }) => kind === 'article')
  return deposit?.write(stamp).xml ?? ''
}
const flat = (xml: string) => xml.replaceAll(/>\n\s*</g, '><')

test('8. and 9. timestamps of a DOI rise, whatever the clock says', () => {
  const instant = fc.date({ min: new Date('2012-01-01'), max: new Date('2100-01-01'), noInvalidDate: true })
  fc.assert(
    fc.property(fc.array(instant, { minLength: 2, maxLength: 20 }), (clock) => {
      let last: string | undefined
      for (const now of clock) {
        const next = nextTimestamp(Temporal.Instant.fromEpochMilliseconds(now.getTime()), last)
        if (last !== undefined) expect(BigInt(next)).toBeGreaterThan(BigInt(last))
        expect(next).toMatch(/^\d{17}$/)
        last = next
      }
    }),
  )
})

test('8. two deposits at the same instant have two timestamps, in UTC', () => {
  const now = Temporal.Instant.from('2026-10-25T00:59:59.5Z')
  const first = nextTimestamp(now)
  expect(first).toBe('20261025005959500')
  expect(nextTimestamp(now, first)).toBe('20261025005959501')
})

test('11. without a date in the XML, it is that of the article store; never today', () => {
  const xml = flat(xmlOf({ dates: '' }, { status: 'poa', published: '2015-03-25T10:00:00Z' }))
  expect(xml).toContain(
    '<publication_date media_type="online"><month>03</month><day>25</day><year>2015</year></publication_date>',
  )
  expect(xml).not.toContain(`<year>${new Date().getUTCFullYear()}</year>`)
  expect(flat(xmlOf({ dates: '' }, { published: '2015-03-25T10:00:00Z' }))).toContain('<volume>7</volume>')
})

const people = (...contribs: readonly string[]) => `<contrib-group>${contribs.join('')}</contrib-group>`
const author = (surname: string, more = '', given = 'Ada') =>
  `<contrib contrib-type="author" equal-contrib="yes"><name><surname>${surname}</surname><given-names>${given}</given-names></name>${more}</contrib>`

describe('13. authors', () => {
  test('stand in the order of the byline, the first marked', () => {
    const xml = xmlOf({ contributors: people(author('A'), author('B'), author('C')) })
    const found = [...xml.matchAll(/sequence="(\w+)"[^>]*>\s*<given_name>Ada<\/given_name>\s*<surname>(\w)/g)]
    expect(found.map(([, sequence, name]) => `${sequence} ${name}`)).toEqual([
      'first A',
      'additional B',
      'additional C',
    ])
  })

  test('with digits or over 60 characters in their names are reported before anything is sent', () => {
    const { problems } = planOf({ contributors: people(author('Smith3'), author('x'.repeat(61)), author('Fine')) })
    expect(problems).toEqual([
      { name: 'Ada Smith3', problem: 'the surname "Smith3" has "3" in it, which Crossref allows in no name' },
      { name: `Ada ${'x'.repeat(61)}`, problem: 'the surname has 61 characters, and Crossref takes 60' },
    ])
  })

  test('without given names have no empty element; groups are organizations, their members no authors', () => {
    const group = `<contrib contrib-type="author" id="g"><collab>The Group<contrib-group><contrib><name><surname>Member</surname><given-names>M</given-names></name></contrib></contrib-group></collab></contrib>`
    const alone = `<contrib contrib-type="author"><name><surname>Plato</surname></name></contrib>`
    const xml = xmlOf({ contributors: people(alone, group, '<on-behalf-of>for the Consortium</on-behalf-of>') })
    expect(xml).not.toContain('<given_name/>')
    expect(flat(xml)).toContain('<surname>Plato</surname></person_name>')
    expect(xml).toContain('>The Group</organization>')
    expect(xml).toContain('>for the Consortium</organization>')
    expect(xml).not.toContain('Member')
  })

  test('that nobody names are one who is anonymous', () => {
    expect(xmlOf({ contributors: '' })).toContain('<anonymous sequence="first" contributor_role="author"/>')
  })
})

test('14. only an ORCID iD that the XML says is authenticated is', () => {
  const orcid = (id: string, said = '') =>
    `<contrib-id contrib-id-type="orcid"${said}>http://orcid.org/0000-0002-1825-${id}</contrib-id>`
  const xml = xmlOf({
    contributors: people(author('A', orcid('0097', ' authenticated="true"')), author('B', orcid('0098')), author('C')),
  })
  expect(xml.match(/<ORCID.*/g)).toEqual([
    '<ORCID authenticated="true">https://orcid.org/0000-0002-1825-0097</ORCID>',
    '<ORCID authenticated="false">https://orcid.org/0000-0002-1825-0098</ORCID>',
  ])
})

test('an affiliation has its ROR without white space, its place and its department', () => {
  const aff = `<aff><institution-wrap><institution-id institution-id-type="ror"> https://ror.org/04wxnsj81 </institution-id><institution>An Institute</institution></institution-wrap><institution content-type="dept">Physics</institution><country>France</country></aff>`
  expect(flat(xmlOf({ contributors: people(author('A', aff)) }))).toContain(
    '<institution_name>An Institute</institution_name><institution_id type="ror">https://ror.org/04wxnsj81</institution_id><institution_place>France</institution_place><institution_department>Physics</institution_department>',
  )
})

const award = (funder: string, number = '') =>
  `<award-group><funding-source><institution-wrap><institution-id institution-id-type="FundRef">http://dx.doi.org/10.13039/100000002</institution-id><institution>${funder}</institution></institution-wrap></funding-source>${number && `<award-id>${number}</award-id>`}</award-group>`

test("a funder's identifier stands within its name", () => {
  expect(flat(xmlOf({ funding: award('NIH', 'R01') }))).toContain(
    '<fr:assertion name="fundgroup"><fr:assertion name="funder_name">NIH<fr:assertion name="funder_identifier">https://doi.org/10.13039/100000002</fr:assertion></fr:assertion><fr:assertion name="award_number">R01</fr:assertion></fr:assertion>',
  )
})

describe('15. a version that drops', () => {
  const kinds = (parts: Parts, before: string) =>
    planOf(parts, { version: 2 }, before).deposits.map(({ kind, after }) => [kind, ...after])

  test('a funder is deposited after a deposit that empties the funders', () => {
    const before = xmlOf({ funding: award('NIH') + award('ANR') })
    const { deposits } = planOf({ funding: award('ANR') }, { version: 2 }, before)
    expect(deposits.map(({ kind, after }) => [kind, after])).toEqual([
      ['emptying', []],
      ['article', ['emptying']],
    ])
    const [emptying, article] = deposits.map(({ write }) => write(stamp).xml)
    expect(emptying).toContain('<fr:program name="fundref"/>')
    // All the rest is in it, for what is left out of a deposit becomes empty.
    expect(emptying).toContain('<surname>Ångström</surname>')
    expect(article).toContain('ANR')
    expect(article).not.toContain('NIH')
  })

  test('all references, or a relation, likewise; one that adds or keeps is deposited once', () => {
    const ref = `<ref-list><ref id="bib1"><element-citation publication-type="journal"><year>2011</year><source>A</source></element-citation></ref></ref-list>`
    const preprint = `<related-article related-article-type="preprint" xlink:href="https://doi.org/10.1101/1"/>`
    expect(kinds({}, xmlOf({ back: ref }))).toEqual([['emptying'], ['article', 'emptying']])
    expect(kinds({}, xmlOf({ related: preprint }))).toEqual([['emptying'], ['article', 'emptying']])
    expect(kinds({ back: ref, related: preprint }, xmlOf({ back: ref, related: preprint }))).toEqual([['article']])
    expect(kinds({ back: ref, funding: award('NIH') }, xmlOf({ back: ref }))).toEqual([['article']])
  })
})

describe('16. a notice', () => {
  const related = (type: string, ...numbers: readonly string[]) =>
    numbers
      .map((number) => `<related-article related-article-type="${type}" xlink:href="10.7554/eLife.${number}"/>`)
      .join('')

  test('about two articles updates both, and deposits neither', () => {
    const plan = planOf({ type: 'correction', related: related('corrected-article', '00001', '00002') })
    expect(plan.deposits.map(({ dois }) => dois)).toEqual([['10.7554/eLife.00353']])
    const xml = plan.deposits[0]?.write(stamp).xml ?? ''
    expect(xml.match(/<update .*/g)).toEqual([
      '<update type="correction" date="2018-08-09">10.7554/eLife.00001</update>',
      '<update type="correction" date="2018-08-09">10.7554/eLife.00002</update>',
    ])
  })

  test('has its updates also where the journal does not take part in Crossmark, whose other articles have none', () => {
    const { crossmark: _, ...without } = journal
    const written = (parts: Parts) => {
      const { deposits } = planCrossref({ record: recordWith(parts), published: versionOf(), journal: without })
      return deposits[0]?.write(stamp).xml ?? ''
    }
    const notice = written({ related: related('corrected-article', '00001'), funding: award('NIH') })
    expect(flat(notice)).toMatch(/<crossmark_policy>10.7554\/eLife.00353<.*<updates>.*10.7554\/eLife.00001<.*NIH/)
    expect(written({})).not.toContain('<crossmark')
  })

  test.for([
    ['retracted-article', 'retraction'],
    ['object-of-concern', 'expression_of_concern'],
  ] as const)('with %s is a %s; another relation is no update', ([type, update]) => {
    expect(xmlOf({ related: related(type, '00001') })).toContain(`<update type="${update}"`)
    expect(xmlOf({ related: related('commentary-article', '00001') })).not.toContain('<update')
  })
})

describe('17. letters', () => {
  const letter = (type: string, number: number, contributors = '', date = '') =>
    `<sub-article article-type="${type}" id="sa${number}"><front-stub><article-id pub-id-type="doi">10.7554/eLife.00353.0${number}</article-id><title-group><article-title>${type === 'reply' ? 'Author response' : 'Decision letter'}</article-title></title-group>${contributors}${date}</front-stub><body><p>x</p></body></sub-article>`
  const editor = `<contrib-group><contrib contrib-type="senior_editor"><name><surname>Editor</surname><given-names>E</given-names></name></contrib></contrib-group>`
  const both = { letters: letter('decision-letter', 1, editor + editor) + letter('reply', 2) }

  test('follow when the article is confirmed, each with a date, its people once and what it reviews', () => {
    const deposit = planOf(both).deposits.find(({ kind }) => kind === 'reviews')
    expect(deposit).toMatchObject({ after: ['article'], dois: ['10.7554/eLife.00353.01', '10.7554/eLife.00353.02'] })
    const xml = flat(deposit?.write(stamp).xml ?? '')
    expect(xml.match(/<peer_review [^>]*>/g)).toEqual([
      '<peer_review stage="pre-publication" type="editor-report">',
      '<peer_review stage="pre-publication" type="author-comment">',
    ])
    const date = '<review_date><month>08</month><day>09</day><year>2018</year></review_date>'
    expect(xml.split(date)).toHaveLength(3)
    expect(xml.match(/contributor_role="editor"/g)).toHaveLength(1)
    // An answer that names nobody is by the authors.
    expect(xml).toContain('contributor_role="author"><given_name>Zoë</given_name>')
    expect(xml.match(/relationship-type="isReviewOf" identifier-type="doi">10\.7554\/eLife\.00353</g)).toHaveLength(2)
    expect(xml).toContain('<title>Decision letter: A title</title>')
  })

  test('have dates of their own where the XML says them', () => {
    const date = '<pub-date><day>01</day><month>02</month><year>2017</year></pub-date>'
    const deposit = planOf({ letters: letter('reply', 1, '', date) }).deposits.find(({ kind }) => kind === 'reviews')
    expect(flat(deposit?.write(stamp).xml ?? '')).toContain('<day>01</day><year>2017</year></review_date>')
  })

  test('of a PoA are not deposited, nor those without a DOI', () => {
    expect(planOf(both, { status: 'poa' }).deposits).toHaveLength(1)
    const bare = '<sub-article article-type="reply"><front-stub/><body/></sub-article>'
    expect(planOf({ letters: bare }).deposits).toHaveLength(1)
  })
})

describe('a version with a DOI of its own', () => {
  const ids = '<article-id pub-id-type="doi" specific-use="version">10.7554/eLife.00353.3</article-id>'
  const more = `<pub-history><event><date date-type="preprint"/><self-uri xlink:href="https://doi.org/10.1101/5"/></event><event><date date-type="reviewed-preprint"/><self-uri xlink:href="https://doi.org/10.7554/eLife.00353.1"/></event></pub-history>`

  test('is deposited before the article, which relates to it', () => {
    const { deposits } = planOf({ ids, more })
    expect(deposits.map(({ kind, after, dois }) => [kind, after, dois[0]])).toEqual([
      ['version', [], '10.7554/eLife.00353.3'],
      ['article', ['version'], '10.7554/eLife.00353'],
    ])
    const [version, article] = deposits.map(({ write }) => write(stamp))
    expect(article?.xml).toContain('relationship-type="isSameAs" identifier-type="doi">10.7554/eLife.00353.3<')
    expect(article?.xml).toContain('relationship-type="hasPreprint" identifier-type="doi">10.1101/5<')
    expect(version?.xml).toContain('relationship-type="isVersionOf" identifier-type="doi">10.7554/eLife.00353.1<')
    expect(version?.xml).not.toContain('isSameAs')
    expect(version?.name).not.toBe(article?.name)
  })

  test('is what its letters review, and its parts are those of the article alone', () => {
    const letters = `<sub-article article-type="reply" id="sa1"><front-stub><article-id pub-id-type="doi">10.7554/eLife.00353.3.sa1</article-id></front-stub><body/></sub-article>`
    const body = `<fig id="fig1"><object-id pub-id-type="doi">10.7554/eLife.00353.004</object-id><label>Figure 1.</label><caption><title>A <italic>figure</italic></title></caption><graphic mimetype="image" mime-subtype="x-tiff" xlink:href="a"/></fig>`
    const [version, article, reviews] = planOf({ ids, letters, body }).deposits.map(({ write }) =>
      flat(write(stamp).xml),
    )
    expect(reviews).toContain('relationship-type="isReviewOf" identifier-type="doi">10.7554/eLife.00353.3<')
    expect(version).not.toContain('<component ')
    expect(article).toContain(
      '<component parent_relation="isPartOf"><titles><title>Figure 1. A <i>figure</i></title></titles><format mime_type="image/tiff"/><doi_data><doi>10.7554/eLife.00353.004</doi><resource>https://example.org/articles/00353#fig1</resource></doi_data></component>',
    )
  })
})

test('18. a deposit that the schema refuses is never written, and the place is named', async () => {
  const [deposit] = planOf({ contributors: people(author('x'.repeat(61))) }).deposits
  expect(() => deposit?.write(stamp)).toThrow(InvalidDepositFailure)
  expect(() => deposit?.write(stamp)).toThrow(/surname.*60/)
  await expect(deposit?.writeApart(stamp)).rejects.toThrow(/surname.*60/)
  // Planning it is no error: what is wrong is told with its problems.
  expect(planOf({ contributors: people(author('x'.repeat(61))) }, { version: 2 }, xmlOf()).problems).toHaveLength(1)
})

test('titles keep their faces and their white space, and lose a face over all of it', () => {
  const titleOf = (title: string) => /<titles>\s*<title>(.*)<\/title>/.exec(xmlOf({ title }))?.[1]
  expect(titleOf('H<sub>2</sub>O  in\n<italic>Mus musculus</italic><xref ref-type="fn" rid="fn1">*</xref>')).toBe(
    'H<sub>2</sub>O in <i>Mus musculus</i>',
  )
  expect(titleOf('<bold>bats</bold>')).toBe('bats')
  expect(titleOf('x<sup>2</sup> &amp; a &lt; b')).toBe('x<sup>2</sup> &amp; a &lt; b')
})

test('an abstract has every text in a paragraph, without the DOI; a structured one its sections', () => {
  const abstract = `<abstract><object-id pub-id-type="doi">10.7554/eLife.00353.001</object-id><sec><title>Background:</title><p>One <italic>x</italic></p></sec><p>Loose</p><p><bold>DOI:</bold> <ext-link xlink:href="x">http://dx.doi.org/10.7554/eLife.00353.001</ext-link></p></abstract>`
  expect(flat(xmlOf({ abstract }))).toContain(
    '<jats:abstract><jats:sec><jats:title>Background:</jats:title><jats:p>One <jats:italic>x</jats:italic></jats:p><jats:p>Loose</jats:p></jats:sec></jats:abstract>',
  )
})

test('a reference has its DOI bare, and what has no fields goes as it is read', () => {
  const ref = (id: string, type: string, inner: string) =>
    `<ref id="${id}"><element-citation publication-type="${type}"><person-group><name><surname>Doe</surname><given-names>J</given-names></name></person-group>${inner}</element-citation></ref>`
  const back = `<ref-list>${ref('bib1', 'journal', '<year>2011a</year><article-title>T</article-title><source>J</source><fpage>1</fpage><pub-id pub-id-type="doi">https://doi.org/10.1/x</pub-id>'.replace('10.1/', '10.1016/'))}${ref('bib2', 'software', '<year>2018</year><data-title>QuantEv</data-title><ext-link xlink:href="https://github.com/x">y</ext-link>')}</ref-list>`
  const xml = flat(xmlOf({ back }))
  expect(xml).toContain(
    '<citation key="bib1" type="journal_article"><journal_title>J</journal_title><author>Doe</author><first_page>1</first_page><cYear>2011</cYear><doi>10.1016/x</doi><article_title>T</article_title></citation>',
  )
  expect(xml).toContain(
    '<citation key="bib2" type="software"><cYear>2018</cYear><unstructured_citation>Doe J. 2018. QuantEv. https://github.com/x</unstructured_citation></citation>',
  )
})

test('the same record and timestamp are the same bytes', () => {
  expect(xmlOf({ funding: award('NIH') })).toBe(xmlOf({ funding: award('NIH') }))
})

test('a retracted or withdrawn article says so before its title, and is its own update where no notice has a record', () => {
  const retraction = { kind: 'retraction' as const, date: '2026-11-30' }
  const own = flat(xmlOf({ title: 'On <italic>Mus</italic>' }, { notice: retraction }))
  expect(own).toContain('<title>RETRACTED: On <i>Mus</i></title>')
  expect(own).toContain('<update type="retraction" date="2026-11-30">10.7554/eLife.00353</update>')
  const elsewhere = flat(xmlOf({}, { notice: { ...retraction, doi: '10.7554/eLife.00999' } }))
  expect(elsewhere).toContain('<title>RETRACTED: A title</title>')
  expect(elsewhere).not.toContain('<update ')
  const withdrawn = flat(xmlOf({ title: 'Withdrawn: a title' }, { notice: { ...retraction, kind: 'withdrawal' } }))
  expect(withdrawn).toContain('<title>Withdrawn: a title</title>')
  expect(withdrawn).toContain('<update type="withdrawal" date="2026-11-30">')
})

test('a retraction that is taken back is emptied at Crossref before the article is deposited without it', () => {
  const before = xmlOf({}, { notice: { kind: 'retraction', date: '2026-11-30' } })
  expect(planOf({}, {}, before).deposits.map(({ kind }) => kind)).toEqual(['emptying', 'article'])
  expect(xmlOf()).not.toContain('RETRACTED')
})
