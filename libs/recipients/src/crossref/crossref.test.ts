import { standInSecret } from '@continuum/stand-ins'
import { describe, expect, test } from 'vitest'
import { depositOf } from '../testing/deposit.ts'
import { attempt, sentAt, signal, textDocument } from '../testing/attempts.ts'
import { withStandIns } from '../testing/stand-ins.ts'
import { crossref } from './crossref.ts'

const standIns = withStandIns({ answerAfterSeconds: 600, prepare: true })
let number = 0

/** Crossref, and a deposit of a DOI that no other test uses. */
function given({ password = standInSecret }: { password?: string } = {}) {
  const doi = `10.5555/${++number}`
  const recipient = crossref({
    url: `${standIns().url}/crossref/servlet`,
    login: standInSecret,
    password,
    timeoutSeconds: 2,
  })
  const deposit = (options: Parameters<typeof depositOf>[0] = {}) => depositOf({ doi, ...options })
  const document = textDocument(`deposit-${number}.xml`, deposit())
  const send = (context = attempt(), sent = document) => recipient.send(sent, context, signal)
  const ask = async (context = attempt(), sent = document, reference?: string) =>
    recipient.ask?.({ ...context, sentAt, document: sent, ...(reference !== undefined && { reference }) }, signal)
  const later = (name: string, options: Parameters<typeof depositOf>[0]) => textDocument(name, deposit(options))
  return { doi, send, ask, later }
}
const record = (doi: string) =>
  standIns()
    .crossref.records()
    .find((held) => held.doi === doi)

test('1. a deposit is sent at first, and confirmed when Crossref has decided ten minutes later', async () => {
  const { doi, send, ask } = given()
  expect(await send()).toMatchObject({ kind: 'sent', reference: expect.stringMatching(/^deposit-\d+\.xml$/) })
  expect(await ask()).toEqual({ kind: 'pending', answer: 'queued' })
  standIns().clock.advance(600)
  expect(await ask()).toEqual({ kind: 'confirmed', answer: `Success ${doi} Successfully added` })
})

test('2. a page in HTML that says the login is wrong is no success, but the trouble of the account', async () => {
  const { send } = given({ password: 'wrong' })
  expect(await send()).toEqual({ kind: 'refused', account: true, answer: expect.stringContaining('login') })
  const asked = await given({ password: 'wrong' }).ask()
  expect(asked).toMatchObject({ kind: 'refused', account: true })
})

test('3. a failure is refused with the words of Crossref', async () => {
  const { send, ask, doi } = given()
  standIns().faults.add({ service: 'crossref', fault: 'refuse', match: doi, value: 'error in element "title"' })
  await send()
  standIns().clock.advance(600)
  expect(await ask()).toEqual({ kind: 'refused', answer: `Failure ${doi} error in element "title"` })
})

test('4. a warning is confirmed, for the DOI is registered', async () => {
  const { send, ask, doi } = given()
  standIns().faults.add({ service: 'crossref', fault: 'warn', match: doi })
  await send()
  standIns().clock.advance(600)
  expect(await ask()).toMatchObject({ kind: 'confirmed', warning: true, answer: `Warning ${doi} Added with conflict` })
  expect(record(doi)).toBeDefined()
})

test('5. a deposit that Crossref has forgotten is pending and unknown', async () => {
  const { send, ask, doi } = given()
  standIns().faults.add({ service: 'crossref', fault: 'forget', match: doi })
  expect((await send()).kind).toBe('sent')
  standIns().clock.advance(48 * 3600)
  expect(await ask()).toEqual({ kind: 'pending', unknown: true, answer: 'unknown_submission' })
})

test('6. a deposit that was taken before the line broke is sent again, under another name, and confirmed once', async () => {
  const { send, ask, doi } = given()
  standIns().faults.add({ service: 'crossref', fault: 'cut', match: doi, times: 1 })
  expect(await send()).toMatchObject({ kind: 'later', countsAsAttempt: true })
  const again = await send(attempt(2))
  expect(again).toMatchObject({ kind: 'sent', reference: expect.stringMatching(/^deposit-\d+\.2\.xml$/) })
  standIns().clock.advance(600)
  expect(await ask(attempt(2))).toMatchObject({ kind: 'confirmed' })
  expect(record(doi)?.deposits).toBe(1)
})

test('7. a deposit older than the registered one is overtaken, and changes nothing', async () => {
  const { send, ask, later, doi } = given()
  const second = later('second.xml', { timestamp: '20260102000000000', title: 'Second' })
  await send(attempt(), second)
  standIns().clock.advance(600)
  await send()
  standIns().clock.advance(600)
  expect(await ask()).toMatchObject({ kind: 'overtaken', doi, registered: '20260102000000000' })
  expect(record(doi)?.xml).toContain('Second')
})

test('18. a deposit that the schema refuses is refused for its whole file, with the place', async () => {
  const { send, ask, later } = given()
  const wrong = later('wrong.xml', { title: '<italic>x</italic>' })
  await send(attempt(), wrong)
  standIns().clock.advance(600)
  expect(await ask(attempt(), wrong)).toMatchObject({ kind: 'refused', answer: expect.stringContaining('italic') })
})

test('a relation to a DOI that is not registered is refused', async () => {
  const { send, ask, later } = given()
  const relating = later('relating.xml', { related: '10.5555/nowhere' })
  await send(attempt(), relating)
  standIns().clock.advance(600)
  expect(await ask(attempt(), relating)).toMatchObject({
    kind: 'refused',
    answer: expect.stringContaining('10.5555/nowhere'),
  })
})

describe('no answer is no success', () => {
  test.for([
    ['busy', { kind: 'later', countsAsAttempt: false }],
    ['unavailable', { kind: 'later', countsAsAttempt: true }],
    ['html-error', { kind: 'later', countsAsAttempt: true, answer: expect.stringContaining('Internal error') }],
    ['cut-early', { kind: 'later', countsAsAttempt: true }],
    ['stall', { kind: 'later', countsAsAttempt: true, answer: expect.stringContaining('within 2 s') }],
  ] as const)('%s', async ([fault, expected]) => {
    const { send, doi } = given()
    standIns().faults.add({ service: 'crossref', fault, match: doi })
    expect(await send()).toMatchObject(expected)
    expect(record(doi)).toBeUndefined()
  })

  test('patience is asked for in seconds', async () => {
    const { send, doi } = given()
    standIns().faults.add({ service: 'crossref', fault: 'busy', match: doi, value: '90' })
    expect(await send()).toMatchObject({ kind: 'later', afterSeconds: 90 })
  })

  test('a question without an answer is asked later', async () => {
    const { send, ask } = given()
    await send()
    standIns().faults.add({ service: 'crossref', fault: 'ask-unavailable' })
    expect(await ask()).toMatchObject({ kind: 'later' })
  })

  test('an attempt ends when it is stopped', async () => {
    const recipient = crossref({ url: `${standIns().url}/crossref/servlet`, login: 'x', password: 'x' })
    standIns().faults.add({ service: 'crossref', fault: 'stall' })
    const stopped = AbortSignal.timeout(50)
    expect(await recipient.send(textDocument('a.xml', '<a/>'), attempt(), stopped)).toMatchObject({ kind: 'later' })
  })
})
