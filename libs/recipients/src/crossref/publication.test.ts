import type { CrossrefDeposit } from '@continuum/deposit-documents'
import { standInSecret } from '@continuum/stand-ins'
import { expect, test } from 'vitest'
import { depositsOf, letter, settle } from '../testing/publication.ts'
import { withStandIns } from '../testing/stand-ins.ts'
import { crossref } from './crossref.ts'

const standIns = withStandIns({ answerAfterSeconds: 60, prepare: true })

/** Deposits, each settled before the next. */
async function settleAll(deposits: readonly CrossrefDeposit[]) {
  const recipient = crossref({
    url: `${standIns().url}/crossref/servlet`,
    login: standInSecret,
    password: standInSecret,
  })
  const settled: (Awaited<ReturnType<typeof settle>> & { kind: string })[] = []
  for (const deposit of deposits) {
    const { clock } = standIns()
    settled.push({
      kind: deposit.kind,
      ...(await settle(recipient, deposit, { now: clock.now(), decide: () => clock.advance(60) })),
    })
  }
  return settled
}
const record = (doi: string) =>
  standIns()
    .crossref.records()
    .find((held) => held.doi === doi)

test('15. a version that drops a funder: Crossref gets a deposit without funders, then one with those that are left', async () => {
  const award = (name: string) =>
    `<award-group><funding-source><institution>${name}</institution></funding-source></award-group>`
  const [first] = await settleAll(depositsOf('00015', { funding: award('Dropped') + award('Kept') }))
  const second = depositsOf('00015', { funding: award('Kept') }, { version: 2, ...(first && { before: first.xml }) })
  const settled = await settleAll(second)
  expect(settled.map(({ kind, result }) => [kind, result?.kind])).toEqual([
    ['emptying', 'confirmed'],
    ['article', 'confirmed'],
  ])
  expect(record('10.5555/aj.00015')).toMatchObject({ deposits: 3, xml: expect.stringContaining('Kept') })
  expect(record('10.5555/aj.00015')?.xml).not.toContain('Dropped')
})

test('16. a notice about two articles has two updates, and neither article is deposited again', async () => {
  await settleAll([...depositsOf('00161'), ...depositsOf('00162')])
  const related = ['00161', '00162']
    .map((number) => `<related-article related-article-type="corrected-article" xlink:href="10.5555/aj.${number}"/>`)
    .join('')
  const [notice] = await settleAll(depositsOf('00163', { related }))
  expect(notice?.result?.kind).toBe('confirmed')
  expect(record('10.5555/aj.00163')?.xml.match(/<update /g)).toHaveLength(2)
  for (const number of ['00161', '00162']) expect(record(`10.5555/aj.${number}`)?.deposits).toBe(1)
})

test('17. letters follow when the article is confirmed; before it they would be refused', async () => {
  const letters = letter('00017', 'sa1', 'decision-letter') + letter('00017', 'sa2', 'reply')
  const deposits = depositsOf('00017', { letters })
  expect(deposits.map(({ kind, after }) => [kind, after])).toEqual([
    ['article', []],
    ['reviews', ['article']],
  ])
  const [early] = await settleAll(deposits.filter(({ kind }) => kind === 'reviews'))
  expect(early?.result).toMatchObject({ kind: 'refused', answer: expect.stringContaining('does not exist') })
  const settled = await settleAll(deposits)
  expect(settled.map(({ result }) => result?.kind)).toEqual(['confirmed', 'confirmed'])
  for (const name of ['sa1', 'sa2']) expect(record(`10.5555/aj.00017.${name}`)?.xml).toContain('<review_date>')
})

test('a version with a DOI of its own is registered before the article relates to it', async () => {
  const ids = '<article-id pub-id-type="doi" specific-use="version">10.5555/aj.00018.2</article-id>'
  const deposits = depositsOf('00018', { ids })
  const [early] = await settleAll(deposits.filter(({ kind }) => kind === 'article'))
  expect(early?.result?.kind).toBe('refused')
  const settled = await settleAll(deposits)
  expect(settled.map(({ kind, result }) => [kind, result?.kind])).toEqual([
    ['version', 'confirmed'],
    ['article', 'confirmed'],
  ])
})

test('7. and 8. timestamps of the deposits of one DOI rise as they are sent: the newest wins', async () => {
  const [first] = depositsOf('00007')
  const [second] = depositsOf('00007', {}, { version: 2 })
  const settled = await settleAll([first, second].filter((deposit) => deposit !== undefined))
  expect(settled.map(({ result }) => result?.kind)).toEqual(['confirmed', 'confirmed'])
  expect(record('10.5555/aj.00007')?.fileName).toMatch(/^aj-crossref-00007-v2-article-\d{17}\.xml$/)
})
