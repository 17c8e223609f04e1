import { expect, test } from 'vitest'
import { recordWith } from './testing/article-with.ts'
import { journal, versionOf } from './testing/journal.ts'
import { doajDocument } from './doaj.ts'

test('an article has what DOAJ asks for, without tags, and the month of the first version', () => {
  const contributors = `<contrib-group><contrib contrib-type="author"><name><surname>Ångström</surname><given-names>Zoë</given-names></name><contrib-id contrib-id-type="orcid">0000-0002-1825-0097</contrib-id><aff><institution>A</institution><country>France</country></aff><aff><institution>B</institution></aff></contrib><contrib contrib-type="author"><collab>A group</collab></contrib></contrib-group>`
  const more = `<kwd-group kwd-group-type="author-keywords">${[1, 2, 3, 4, 5, 6, 7].map((number) => `<kwd>k${number}</kwd>`).join('')}</kwd-group>`
  const record = recordWith({
    title: 'On <italic>Mus</italic>',
    contributors,
    more,
    abstract:
      '<abstract><title>Abstract</title><sec><title>Results:</title><p>So <inline-formula><mml:math/></inline-formula></p></sec></abstract>',
  })
  const { name, json } = doajDocument({
    record,
    journal,
    published: versionOf({ version: 2, versionPublished: '2019-01-01' }),
  })
  expect(name).toBe('elife-doaj-00353-v2.json')
  expect(JSON.parse(json)).toEqual({
    bibjson: {
      title: 'On Mus',
      abstract: 'Results: So [Formula: see text]',
      author: [
        { name: 'Zoë Ångström', affiliation: 'A, France; B', orcid_id: 'https://orcid.org/0000-0002-1825-0097' },
        { name: 'A group' },
      ],
      identifier: [
        { type: 'doi', id: '10.7554/eLife.00353' },
        { type: 'eissn', id: '2050-084X' },
      ],
      journal: { volume: '7' },
      keywords: ['k1', 'k2', 'k3', 'k4', 'k5', 'k6'],
      link: [{ type: 'fulltext', url: 'https://example.org/articles/00353', content_type: 'HTML' }],
      year: '2015',
      month: '3',
    },
  })
})

test('a retracted article says so in its title', () => {
  const notice = { kind: 'retraction' as const, date: '2026-11-30' }
  const { json } = doajDocument({ record: recordWith(), journal, published: versionOf({ notice }) })
  expect(JSON.parse(json).bibjson.title).toBe('RETRACTED: A title')
})
