import { expect, test } from 'vitest'
import { attempt, signal, textDocument } from '../testing/attempts.ts'
import { withStandIns } from '../testing/stand-ins.ts'
import { sftp } from '../transfer/sftp.ts'
import { standInSecret } from '@continuum/stand-ins'
import { askPubmed } from './pubmed.ts'

const standIns = withStandIns({ answerAfterSeconds: 3_600 })
let number = 0

/** A record that was put into the account, and the question for it. */
async function transferred(status: 'aheadofprint' | 'epublish', { doi = newDoi(), replaces = false } = {}) {
  const { ports, hostKey, clock } = standIns()
  const xml = `<ArticleSet><Article><Journal><PubDate PubStatus="${status}"><Year>2026</Year></PubDate></Journal>${replaces ? `<Replaces IdType="doi">${doi}</Replaces>` : ''}<ArticleIdList><ArticleId IdType="doi">${doi}</ArticleId></ArticleIdList><History><PubDate PubStatus="aheadofprint"/></History></Article></ArticleSet>`
  const document = textDocument(`pubmed-${number}-${status}-${replaces}.xml`, xml)
  const login = { host: '127.0.0.1', port: ports.sftp, user: standInSecret, password: standInSecret }
  await sftp({ ...login, hostKeys: [hostKey] }).send(document, attempt(), signal)
  const sentAt = Temporal.Instant.fromEpochMilliseconds(clock.now())
  const ask = () =>
    askPubmed({ url: `${standIns().url}/pubmed/eutils`, timeoutSeconds: 2 })({ ...attempt(), sentAt, document }, signal)
  await ask()
  return { doi, ask }
}

const newDoi = () => `10.7554/eLife.${String(++number).padStart(5, '0')}`

test('a new record is unknown until PubMed shows it, then confirmed with its PMID', async () => {
  const { ask } = await transferred('aheadofprint')
  expect(await ask()).toMatchObject({ kind: 'pending', unknown: true })
  standIns().clock.advance(3_600)
  expect(await ask()).toMatchObject({ kind: 'confirmed', answer: expect.stringMatching(/^PubMed has it: PMID \d+$/) })
})

test('a record that is published is not confirmed by the one ahead of print that it replaces', async () => {
  const { doi } = await transferred('aheadofprint')
  standIns().clock.advance(3_600)
  const { ask } = await transferred('epublish', { doi, replaces: true })
  expect(await ask()).toMatchObject({ kind: 'pending' })
  standIns().clock.advance(3_600)
  expect(await ask()).toMatchObject({ kind: 'confirmed' })
})

test('a later version is not confirmed by a citation that was last changed before its transfer', async () => {
  const { doi } = await transferred('epublish')
  standIns().clock.advance(48 * 3_600)
  expect((await standIns().pubmed.citations()).at(-1)).toMatchObject({ doi, loads: 1 })
  standIns().clock.advance(48 * 3_600)
  const { ask } = await transferred('epublish', { doi, replaces: true })
  expect(await ask()).toMatchObject({ kind: 'pending' })
  standIns().clock.advance(3_600)
  expect(await ask()).toMatchObject({ kind: 'confirmed' })
})

test('trouble with the question says nothing about the record: 429, 503, or an address that answers something else', async () => {
  const { ask } = await transferred('epublish')
  standIns().faults.add({ service: 'pubmed', fault: 'busy', times: 1 })
  expect(await ask()).toMatchObject({ kind: 'later', countsAsAttempt: false })
  standIns().faults.add({ service: 'pubmed', fault: 'ask-unavailable', times: 1 })
  expect(await ask()).toMatchObject({ kind: 'later' })
  const elsewhere = askPubmed({ url: `${standIns().url}/nowhere`, timeoutSeconds: 2 })
  const sentAt = Temporal.Instant.from('2026-11-30T12:00:00Z')
  expect(await elsewhere({ ...attempt(), sentAt, document: textDocument('a.xml', '<a/>') }, signal)).toMatchObject({
    kind: 'later',
    answer: expect.stringMatching(/^404/),
  })
})
