import { createLogger } from '@continuum/service'
import type { RecipientSettings } from '@continuum/settings'
import { expect, test } from 'vitest'
import { connectRecipient, NotLiveError } from './services/connect.ts'
import { tellReach } from './services/tell-reach.ts'
import { startLocalRecipients, startLocalWorld } from './testing/local-recipients.ts'
import { authors, crossref, fileRecipient, pubmed, scripted } from './testing/recipients.ts'
import { startWorld } from './testing/world.ts'

/** Faults of the original system, by their section and number in the reference on deposits: ours has none of them. */

const long = 120_000
const nightly = { cron: '15 22 * * *', zone: 'UTC' }

test('11.2, 11.3 a refusal is told to a person by itself: it is no success, and nothing else is needed to see it', async () => {
  const { connect, received } = scripted({
    send: ({ name }) =>
      name.includes('00790') ? { kind: 'refused', answer: 'no title' } : { kind: 'confirmed', answer: 'there' },
  })
  const world = await startWorld({ recipients: [fileRecipient('ovid')], connect })
  for (const articleId of ['00353', '00790', '04970']) await world.publish({ articleId })
  await world.pass(24)
  expect(await world.deposits('?state=refused')).toMatchObject([{ articleId: '00790', answer: 'no title' }])
  expect(received).toHaveLength(3)
})

test('11.5 a transfer that failed is no delivery: what goes out once is sent later, and then not again', async () => {
  const down = { yes: true }
  const { connect, received } = scripted({
    send: () =>
      down.yes
        ? { kind: 'later', answer: 'connection refused', countsAsAttempt: true }
        : { kind: 'confirmed', answer: 'there' },
  })
  const world = await startWorld({ recipients: [fileRecipient('gooa', { onceOnly: true })], connect })
  await world.publish({ articleId: '00353' })
  await world.pass(3)
  down.yes = false
  received.length = 0
  await world.pass(2)
  await world.publish({ articleId: '00353', version: 2 })
  await world.pass(1)
  expect(received).toHaveLength(1)
})

test('11.6 a publication while another of the article is under way is not dropped: both have their deposits, and both end', async () => {
  const { connect, received } = scripted({})
  const world = await startWorld({
    recipients: [fileRecipient('scilit', { schedule: nightly, fileName: '{prefix}-{id}-v{version}.xml' })],
    connect,
  })
  await world.publish({ articleId: '00353', version: 1 })
  await world.publish({ articleId: '00353', version: 2 })
  await world.wakeAll()
  await world.pass(12)
  expect((await world.deposits()).map(({ version, state }) => `v${version} ${state}`)).toEqual([
    'v2 confirmed',
    'v1 confirmed',
  ])
  expect(received).toHaveLength(2)
})

test('11.7 while lax cannot be reached nothing is decided: no mail and no recipient is skipped without a word', async () => {
  const { connect } = scripted({})
  const world = await startWorld({
    recipients: [authors, fileRecipient('oaswitchboard', { firstOnly: true })],
    connect,
  })
  const run = await world.storeRun({ articleId: '00353' })
  world.lax.state.failing = true
  expect((await world.call('POST', '/publications', run)).statusCode).toBe(503)
  expect(await world.sql`select 1 from publication`).toEqual([])
  world.lax.state.failing = false
  expect((await world.call('POST', '/publications', run)).statusCode).toBe(200)
  await world.settled()
  expect((await world.deposits()).map(({ recipient, state }) => `${recipient} ${state}`).toSorted()).toEqual([
    'authors confirmed',
    'oaswitchboard confirmed',
  ])
})

test(
  '11.8 what is sent of a version is that version, whatever was published before it went out',
  async () => {
    const fileName = '{prefix}-{id}-v{version}.xml'
    const world = await startLocalWorld(({ file }) => [file('scilit', { unzipped: true, schedule: nightly, fileName })])
    await world.publish({ articleId: '00353', version: 1, funders: ['The first funder'] })
    await world.publish({ articleId: '00353', version: 2, funders: ['The second funder'] })
    await world.pass(12)
    const arrived = async (version: number) =>
      (await world.standIns.sftp.content(`/scilit/elife-00353-v${version}.xml`)).toString()
    expect([await arrived(1), await arrived(2)]).toEqual([
      expect.stringContaining('The first funder'),
      expect.stringContaining('The second funder'),
    ])
  },
  long,
)

test('11.19 a recipient is paused by a person on the spot, and its password is an entry of its own in one secret', async () => {
  const { connect, received } = scripted({})
  const world = await startWorld({ recipients: [fileRecipient('ovid'), fileRecipient('gooa')], connect })
  await world.call('PUT', '/recipients/gooa/pause', { by: 'Ada', why: 'their server moves' })
  await world.publish({ articleId: '00353' })
  await world.pass(1)
  expect(received.map(({ recipient }) => recipient)).toEqual(['ovid'])
  await world.call('POST', '/recipients/gooa/resume', { by: 'Ada' })
  await world.settled()
  expect(received.map(({ recipient }) => recipient)).toEqual(['ovid', 'gooa'])
})

test('11.19 a recipient gets the password under its name, and no other', async () => {
  const { standIns, recipients } = await startLocalRecipients(Date.now)
  const send = (credentials: Record<string, string>) =>
    connectRecipient(recipients.file('ovid'), '00353', { live: false, credentials }).send(
      { name: 'a.xml', mediaType: 'application/xml', bytes: Buffer.from('<a/>') },
      { key: 'k', attempt: 1 },
      new AbortController().signal,
    )
  expect(await send({ ovid: 'wrong', gooa: 'stand-in' })).toMatchObject({ kind: 'refused', account: true })
  expect(await send({ ovid: 'stand-in', gooa: 'wrong' })).toMatchObject({ kind: 'confirmed' })
  expect(await standIns.sftp.files()).toMatchObject([{ path: '/ovid/a.xml' }])
})

const real: RecipientSettings[] = [
  { ...crossref, url: 'https://doi.crossref.org/servlet' },
  { ...authors, smtp: { host: 'mail.example.org', port: 587 } },
]

test('11.20, 38. live settings that are copied to another environment reach nobody: not even where a deposit was planned', () => {
  for (const recipient of real) {
    const connecting = () => connectRecipient(recipient, '00353', { live: false, credentials: { crossref: 'secret' } })
    expect(connecting).toThrow(NotLiveError)
    expect(() => connectRecipient(recipient, '00353', { live: true, credentials: {} })).not.toThrow()
  }
})

test('11.20, 38. PubMed is not asked for real from an environment that is not live, even where its server is a stand-in', () => {
  const server = { protocol: 'sftp', host: '127.0.0.1', user: 'stand-in', folder: '/' } as const
  const asked = { ...pubmed, server, answers: 'https://eutils.ncbi.nlm.nih.gov/entrez/eutils' }
  expect(() => connectRecipient(asked, '00353', { live: false, credentials: {} })).toThrow(NotLiveError)
  expect(connectRecipient(asked, '00353', { live: true, credentials: {} }).ask).toBeDefined()
  const local = { ...asked, answers: 'http://127.0.0.1:4610/pubmed/eutils' }
  expect(connectRecipient(local, '00353', { live: false, credentials: {} }).ask).toBeDefined()
})

test('11.20, 38. every start says who is reached', () => {
  const lines: string[] = []
  const logger = createLogger({
    service: 'deposits',
    level: 'info',
    stream: { write: (line) => void lines.push(line) },
  })
  tellReach([...real, fileRecipient('ovid')], false, logger)
  expect(lines.map((line) => JSON.parse(line).message)).toEqual([
    'deposits are not live: only stand-ins and test systems are reached',
    'the recipient is real and this environment is not live: it gets nothing',
    'the recipient is real and this environment is not live: it gets nothing',
  ])
  expect(JSON.parse(lines[0] ?? '{}').reached).toEqual({
    crossref: 'forbidden',
    authors: 'forbidden',
    ovid: 'stand-in',
  })
  lines.length = 0
  tellReach(real, true, logger)
  expect(JSON.parse(lines[0] ?? '{}').message).toBe('deposits are LIVE: 2 of 2 recipients are real')
})
