import type { Deposit } from '@continuum/messages'
import { once } from 'node:events'
import { createServer } from 'node:http'
import { expect, test } from 'vitest'
import { depositOutcomes, depositsClient, dueAtOnce, needPerson } from '../feeding/deposits.ts'
import { depositLine, depositsText } from './list.ts'

const deposit: Deposit = {
  id: '00000000-0000-4000-8000-000000000001',
  recipient: 'crossref',
  articleId: '00353',
  version: 1,
  run: 'r',
  part: 'article',
  state: 'confirmed',
  rule: 'gets the first VoR',
  planned: '2026-11-30T12:00:00Z',
  since: '2026-11-30T12:01:00Z',
  attempts: 1,
  answer: 'Success',
  waitsFor: null,
  nextTry: null,
  byHand: false,
  unaddressed: false,
  needsPerson: false,
  document: { name: 'a.xml', mediaType: 'application/xml', bytes: 3, sha256: 'ab' },
}

test('a deposit is a JSON line with its state, its answer and its document', () => {
  expect(depositLine(deposit)).toMatchObject({
    recipient: 'crossref',
    articleId: '00353',
    version: 1,
    run: 'r',
    state: 'confirmed',
    since: '2026-11-30T12:01:00Z',
    attempts: 1,
    answer: 'Success',
    document: { name: 'a.xml' },
  })
})

test('for a person there is a line each, with the words that matter', () => {
  const refused: Deposit = { ...deposit, state: 'not-for-this-recipient', recipient: 'pmc', rule: 'gets no PoA' }
  expect(depositsText([deposit, refused], Date.parse('2026-11-30T12:02:00Z'))).toBe(
    [
      'crossref  00353 v1  article  confirmed               60 s  00000000-0000-4000-8000-000000000001',
      '    Success',
      'pmc       00353 v1  article  not-for-this-recipient  60 s  00000000-0000-4000-8000-000000000001',
      '    gets no PoA',
    ].join('\n'),
  )
  expect(depositsText([], 0)).toBe('No deposits.')
})

test('a recipient has the state of its worst deposit, and a person is needed where one was refused', () => {
  const parts: Deposit[] = [deposit, { ...deposit, part: 'version', state: 'refused' }]
  expect(depositOutcomes(parts)).toEqual({ crossref: 'refused' })
  expect(needPerson({ crossref: 'refused', pmc: 'waiting' })).toBe(true)
  expect(needPerson({ crossref: 'confirmed-with-warning', pmc: 'waiting' })).toBe(false)
})

test('what has its hour is not waited for, nor what only a person can confirm', () => {
  const common = { title: '', kind: '', address: '', schedule: '', counts: {}, paused: null, failing: null }
  const recipients = [
    { ...common, name: 'crossref', atOnce: true, reach: 'stand-in' as const },
    { ...common, name: 'pmc', atOnce: false, reach: 'stand-in' as const },
  ]
  const sent: Deposit = { ...deposit, state: 'sent' }
  const later: Deposit = { ...deposit, recipient: 'pmc', state: 'waiting' }
  const known = { live: false, recipients }
  expect(dueAtOnce([sent, later], known, false)).toEqual([sent])
  expect(dueAtOnce([{ ...sent, byHand: true }, later], known, false)).toEqual([])
  expect(dueAtOnce([{ ...sent, state: 'waiting', unaddressed: true }], known, false)).toEqual([])
  expect(dueAtOnce([later], known, true)).toEqual([later])
})

test('the document of a deposit comes byte for byte, a package as well as a text; one that is not there is told', async () => {
  const bytes = Buffer.from([0x50, 0x4b, 0x03, 0x04, 0xff, 0xfe, 0x00, 0x80])
  const server = createServer(({ url, headers }, response) => {
    const known = url === '/api/deposits/a/document' && headers.authorization === 'Bearer secret'
    response.writeHead(known ? 200 : 404, { 'content-type': 'application/zip' }).end(known ? bytes : '{}')
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  const client = depositsClient(`http://127.0.0.1:${typeof address === 'object' ? address?.port : 0}`, 'secret')
  expect([await client.document('a'), await client.document('b')]).toEqual([bytes, undefined])
  server.close()
  server.closeAllConnections()
})
