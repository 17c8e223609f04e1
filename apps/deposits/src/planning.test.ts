import { expect, test } from 'vitest'
import { authors, crossref, fileRecipient, pmc, pubmed, scripted } from './testing/recipients.ts'
import { startWorld } from './testing/world.ts'

/** Acceptance scenarios by their numbers: which deposits a publication has. */

const states = (deposits: readonly { recipient: string; state: string }[]) =>
  Object.fromEntries(
    deposits.map(({ recipient, state }) => [recipient, state === 'not-for-this-recipient' ? 'no' : 'yes']),
  )

test('every recipient has a decision with its rule, and a publication that is planned again is planned once', async () => {
  const world = await startWorld({ recipients: [crossref, pmc, fileRecipient('ovid')], ...scripted({}) })
  const planned = await world.publish({ articleId: '00353', status: 'poa' })
  expect(planned.map(({ recipient, state, rule }) => [recipient, state, rule])).toEqual([
    ['crossref', 'planned', 'gets the first PoA'],
    ['ovid', 'not-for-this-recipient', 'gets no PoA'],
    ['pmc', 'not-for-this-recipient', 'gets no PoA'],
  ])
  const again = await world.publish({ articleId: '00353', status: 'poa' })
  expect(again.map(({ id }) => id)).toEqual(planned.map(({ id }) => id))
})

test('a package with a version that was public long before it arrived is a correction, whoever published it', async () => {
  const world = await startWorld({ recipients: [authors], ...scripted({}) })
  const old = { articleId: '00353', published: '2012-12-13T00:00:00Z', resupplied: true }
  expect(states(await world.publish(old))).toEqual({ authors: 'no' })
  expect(states(await world.publish({ articleId: '00790', resupplied: true }))).toEqual({ authors: 'yes' })
})

test('a version whose planning was held up until after the next one was planned takes nothing of its place', async () => {
  // One that gets an article once has not got it yet when the other version is planned.
  const soon = { cron: '30 12 * * *', zone: 'UTC' }
  const gooa = fileRecipient('gooa', { onceOnly: true, schedule: soon })
  const recipients = [crossref, pubmed, fileRecipient('ovid'), gooa, authors]
  const { connect, received } = scripted({})
  const world = await startWorld({ recipients, connect })
  const first = await world.storeRun({ articleId: '00353', version: 1, letters: 1 })
  await world.publish({ articleId: '00353', version: 2, letters: 1 })
  await world.call('POST', '/publications', first)
  await world.pass(3)
  const deposits = await world.deposits()
  const ends = (version: number) =>
    deposits
      .filter((each) => each.version === version)
      .map(({ recipient, part, state }) => `${recipient} ${part.split(':')[0]} ${state}`)
      .toSorted()
  expect(ends(2)).toEqual([
    'authors article not-for-this-recipient',
    'crossref article confirmed',
    'crossref reviews confirmed',
    'gooa article confirmed',
    'ovid article confirmed',
    'pubmed article sent',
  ])
  expect(ends(1)).toEqual([
    'authors VOR_no_POA confirmed',
    'crossref article superseded',
    'crossref reviews superseded',
    'gooa article superseded',
    'ovid article superseded',
    'pubmed article superseded',
  ])
  expect(received).toHaveLength(6)
})

test('letters whose article was superseded go out all the same: its successor has registered the DOI', async () => {
  const late = { yes: true }
  const { connect } = scripted({
    send: ({ name }) =>
      late.yes && name.includes('article')
        ? { kind: 'later', answer: '503', afterSeconds: 600, countsAsAttempt: true }
        : { kind: 'sent', answer: 'taken' },
  })
  const world = await startWorld({ recipients: [crossref], connect })
  await world.publish({ articleId: '00353', version: 1, letters: 1 })
  await world.settled()
  late.yes = false
  await world.publish({ articleId: '00353', version: 2 })
  await world.pass(4)
  expect((await world.deposits()).map(({ version, part, state }) => `v${version} ${part} ${state}`)).toEqual([
    'v2 article confirmed',
    'v1 article superseded',
    'v1 reviews confirmed',
  ])
})

test('38. Given an environment that is not live, real recipients and authors are not reached', async () => {
  const real = [
    { ...crossref, url: 'https://doi.crossref.org/servlet' },
    { ...crossref, name: 'crossref-test', url: 'https://test.crossref.org/servlet' },
    { ...authors, smtp: { host: 'mail.example.org', port: 587 } },
  ]
  const { connect, received } = scripted({})
  const world = await startWorld({ recipients: real, connect })
  const planned = await world.publish({ articleId: '00353' })
  expect(states(planned)).toEqual({ crossref: 'no', 'crossref-test': 'yes', authors: 'no' })
  expect(planned.find(({ recipient }) => recipient === 'authors')?.rule).toMatch(/this environment is not live/)
  await world.pass(1)
  expect(received.map(({ recipient }) => recipient)).toEqual(['crossref-test'])
  const { live, recipients } = (await world.call('GET', '/recipients')).json()
  expect(live).toBe(false)
  expect(recipients.map(({ reach }: { reach: string }) => reach)).toEqual(['forbidden', 'test system', 'forbidden'])
})

test('38. Given a live environment, they are', async () => {
  const world = await startWorld({
    recipients: [{ ...crossref, url: 'https://doi.crossref.org/servlet' }],
    live: true,
    ...scripted({}),
  })
  expect(states(await world.publish({ articleId: '00353' }))).toEqual({ crossref: 'yes' })
})

test('while its token is rotated the API takes the next one beside the one that is sent, and no other', async () => {
  const world = await startWorld({ recipients: [crossref], secondToken: 'the-next-token-of-deposits', ...scripted({}) })
  const ask = async (authorization: string) =>
    (await world.app.inject({ url: '/api/recipients', headers: { authorization } })).statusCode
  expect(await ask(world.authorization)).toBe(200)
  expect(await ask('Bearer the-next-token-of-deposits')).toBe(200)
  expect(await ask('Bearer the-token-before-those')).toBe(401)
})

test('the API lets nobody in without the token, and its contract is the one that is checked in', async () => {
  const world = await startWorld({ recipients: [crossref], ...scripted({}) })
  expect((await world.app.inject('/api/deposits')).statusCode).toBe(401)
  const headers = { authorization: 'Bearer another-token-of-many' }
  expect((await world.app.inject({ url: '/api/recipients', headers })).statusCode).toBe(401)
  const contract = (await world.app.inject('/openapi.json')).json()
  await expect(`${JSON.stringify(contract, undefined, 2)}\n`).toMatchFileSnapshot('../openapi.json')
})

test('metrics count the deposits by recipient and state, and the port of the API does not tell them', async () => {
  const world = await startWorld({ recipients: [crossref], live: true, ...scripted({}) })
  await world.publish({ articleId: '00353' })
  expect(await world.health.registry.metrics()).toMatch(/^continuum_deposits\{recipient="crossref",state="\w+"\} 1$/m)
  expect((await world.app.inject('/metrics')).statusCode).toBe(404)
})

test('a run without XML, or of a journal that is unknown here, is told to be such; nothing is planned', async () => {
  const world = await startWorld({ recipients: [crossref], ...scripted({}) })
  const run = await world.storeRun({ articleId: '00353' })
  const without = await world.call('POST', '/publications', { ...run, files: [] })
  expect([without.statusCode, without.json().detail]).toEqual([422, `The run ${run.run} of 00353 has no article XML.`])
  expect((await world.call('POST', '/publications', { ...run, journal: 'ijm' })).statusCode).toBe(422)
})
