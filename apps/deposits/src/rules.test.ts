import { expect, test } from 'vitest'
import type { RecipientSettings } from '@continuum/settings'
import { fileRecipient } from './testing/recipients.ts'
import { decide } from './rules/decide.ts'
import type { PublicationFacts } from './rules/facts.ts'
import { authors, crossref, pmc, pubmed } from './testing/recipients.ts'

/** The table of section 2 of the reference: who gets what, by kind of publication. */

const at = '2026-11-30T12:00:00Z'
const facts = (
  version: number,
  statuses: readonly ('poa' | 'vor')[],
  more: Partial<PublicationFacts> = {},
): PublicationFacts => ({
  articleId: '00353',
  version,
  run: 'r',
  journal: 'elife',
  status: statuses[version - 1] ?? 'vor',
  doi: '10.7554/eLife.00353',
  crossref: [{ kind: 'article', dois: ['10.7554/eLife.00353'], after: [] }],
  type: 'research-article',
  title: 'A good life',
  silent: false,
  versions: statuses.map((status, index) => ({ version: index + 1, status, published: at })),
  hasVideo: false,
  about: [],
  assessment: [],
  retractsPreprint: false,
  retracted: false,
  mail: { template: 'VOR_no_POA', to: 'authors' },
  addresses: [],
  ...more,
})

const kinds = {
  'PoA 1': facts(1, ['poa']),
  'PoA +': facts(2, ['poa', 'poa']),
  'VoR 1': facts(2, ['poa', 'vor']),
  'VoR +': facts(3, ['poa', 'vor', 'vor']),
  silent: facts(2, ['poa', 'vor'], { silent: true }),
  'silent, not highest': facts(2, ['poa', 'vor', 'vor'], { silent: true }),
}

const switchboard = fileRecipient('oaswitchboard', {
  silent: 'never',
  firstOnly: true,
  onceOnly: true,
  articleTypes: ['research-article', 'research-advance', 'short-report', 'tools-resources'],
})
const ovid = fileRecipient('ovid', { statuses: ['poa', 'vor'], retracted: false })
const cengage = fileRecipient('cengage', { onceOnly: true, retracted: false })
const video: RecipientSettings = { ...authors, name: 'video', statuses: ['vor'], audience: 'staff', withVideo: true }

const rows: [RecipientSettings, string][] = [
  [crossref, 'YYYYYn'],
  [pubmed, 'YYYYnn'],
  [pmc, 'nnYYYY'],
  [authors, 'YnYnnn'],
  [cengage, 'nnYYYY'],
  [ovid, 'YYYYYY'],
  [switchboard, 'nnYnnn'],
  [video, 'nnnnnn'],
]

test.each(rows)('$name gets what the table says', (recipient, expected) => {
  const decided = Object.values(kinds).map((kind) => (decide(recipient, kind, []).send ? 'Y' : 'n'))
  expect(decided.join('')).toBe(expected)
})

test('each decision has its rule, for and against', () => {
  expect(decide(pmc, kinds['PoA 1'], [])).toEqual({ send: false, rule: 'gets no PoA' })
  expect(decide(pubmed, kinds.silent, [])).toEqual({ send: false, rule: 'gets no silent corrections' })
  expect(decide(authors, kinds['VoR +'], [])).toEqual({ send: false, rule: 'gets only the first VoR of an article' })
  expect(decide(crossref, kinds['VoR 1'], [])).toEqual({ send: true, rule: 'gets the first VoR' })
  expect(decide(video, facts(1, ['vor'], { hasVideo: true }), []).send).toBe(true)
})

test('27. Once only is not twice: where the first may have arrived, and nobody knows, no later version is sent', () => {
  const earlier = [{ version: 1, state: 'uncertain' as const, since: at }]
  expect(decide(cengage, kinds['VoR +'], earlier)).toEqual({
    send: false,
    rule: `sent before: version 1, uncertain since ${at}`,
  })
  expect(decide(ovid, kinds['VoR +'], earlier).send).toBe(true)
})

test('27. Once only is once that arrived: a later version is sent where the first was not', () => {
  const earlier = (state: 'confirmed' | 'refused') => [{ version: 1, state, since: at }]
  expect(decide(cengage, kinds['VoR +'], earlier('confirmed'))).toEqual({
    send: false,
    rule: `sent before: version 1, confirmed since ${at}`,
  })
  expect(decide(cengage, kinds['VoR +'], earlier('refused')).send).toBe(true)
})

test('retractions of preprints, retracted articles, types, journals and assessments keep an article from a recipient', () => {
  const wos = fileRecipient('wos', { withoutWords: ['incomplete', 'inadequate'] })
  expect(decide(wos, facts(1, ['vor'], { assessment: ['important', 'incomplete'] }), []).rule).toMatch(/incomplete/)
  expect(decide(pmc, facts(1, ['vor'], { retracted: true }), []).send).toBe(false)
  expect(decide(ovid, facts(1, ['vor'], { type: 'retraction', retractsPreprint: true }), []).send).toBe(false)
  expect(decide(fileRecipient('clockss'), facts(1, ['vor'], { retractsPreprint: true }), []).send).toBe(true)
  expect(decide(switchboard, facts(1, ['vor'], { type: 'insight' }), []).rule).toBe(
    'gets no articles of the type insight',
  )
  expect(decide({ ...ovid, journals: ['ijm'] }, facts(1, ['vor']), []).rule).toBe('not of the journal elife')
})
