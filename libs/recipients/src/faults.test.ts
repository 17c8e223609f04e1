import { standInSecret } from '@continuum/stand-ins'
import { createServer } from 'node:http'
import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import { expect, test } from 'vitest'
import { crossref, doaj, ftp, sftp, smtp, type Recipient } from './index.ts'
import { attempt, sentAt, signal, textDocument } from './testing/attempts.ts'
import { depositOf } from './testing/deposit.ts'
import { withStandIns } from './testing/stand-ins.ts'

/** Faults of the sending of the original system, by their numbers in the reference on deposits: ours has none of them. */
const standIns = withStandIns({ answerAfterSeconds: 1, prepare: true })
const login = { host: '127.0.0.1', user: standInSecret, password: standInSecret, idleSeconds: 1 }
const document = (name: string) => textDocument(name, depositOf({ doi: `10.5555/${name}` }))
const send = async (recipient: Recipient, name: string, number = 1) =>
  recipient.send(document(name), attempt(number), signal)
const atCrossref = () =>
  crossref({
    url: `${standIns().url}/crossref/servlet`,
    login: standInSecret,
    password: standInSecret,
    timeoutSeconds: 1,
  })

test('11.1, 11.3 200 from Crossref is not "published": a refusal is learned, with its words', async () => {
  standIns().faults.add({ service: 'crossref', fault: 'refuse', value: 'no title', match: 'f1.xml' })
  expect(await send(atCrossref(), 'f1.xml')).toMatchObject({ kind: 'sent' })
  standIns().clock.advance(1)
  expect(await atCrossref().ask?.({ ...attempt(), sentAt, document: document('f1.xml') }, signal)).toMatchObject({
    kind: 'refused',
    answer: expect.stringContaining('no title'),
  })
})

test('11.2 the success of one deposit is not repeated for the failure of another', async () => {
  standIns().faults.add({ service: 'crossref', fault: 'busy', match: 'f2b.xml' })
  const sent = await Promise.all(['f2a.xml', 'f2b.xml', 'f2c.xml'].map((name) => send(atCrossref(), name)))
  expect(sent.map(({ kind }) => kind)).toEqual(['sent', 'later', 'sent'])
})

test('11.4 every protocol has a time limit', async () => {
  for (const service of ['crossref', 'doaj', 'sftp', 'ftp', 'mail'] as const)
    standIns().faults.add({ service, fault: 'stall' })
  const message = textDocument('f4.eml', 'From: a@example.org\r\nTo: b@example.org\r\n\r\nx', 'message/rfc822')
  const mailed = smtp({ host: '127.0.0.1', port: standIns().ports.smtp, idleSeconds: 1 }).send(
    message,
    attempt(),
    signal,
  )
  const others = [
    atCrossref(),
    doaj({ url: `${standIns().url}/doaj/api/v4`, key: standInSecret, timeoutSeconds: 1 }),
    sftp({ ...login, port: standIns().ports.sftp, hostKeys: [standIns().hostKey] }),
    ftp({ ...login, port: standIns().ports.ftp }),
  ].map((recipient) => send(recipient, 'f4.xml'))
  expect((await Promise.all(others)).map(({ kind }) => kind)).toEqual(['later', 'later', 'later', 'later'])
  expect((await mailed).kind).toBe('uncertain')
}, 10_000)

test('11.5 a failed transfer counts as nothing sent, and the next attempt sends it', async () => {
  standIns().faults.add({ service: 'ftp', fault: 'drop', times: 1 })
  const recipient = ftp({ ...login, port: standIns().ports.ftp })
  expect(await send(recipient, 'f5.xml')).toMatchObject({ kind: 'later' })
  expect(await send(recipient, 'f5.xml', 2)).toMatchObject({ kind: 'confirmed' })
})

test('11.17 a server that can not be reached is told in words, a foreign host key ends it', async () => {
  const nowhere = sftp({ ...login, port: 47_811, hostKeys: [standIns().hostKey] })
  expect(await send(nowhere, 'f17.xml')).toMatchObject({ kind: 'later', answer: expect.stringMatching(/refused/i) })
  const foreign = sftp({ ...login, port: standIns().ports.sftp, hostKeys: ['SHA256:another'] })
  expect(await send(foreign, 'f17.xml')).toMatchObject({ kind: 'refused', account: true })
})

test('11.17 a redirect takes no key elsewhere, and no answer has the key in it', async () => {
  const heard: (string | undefined)[] = []
  const elsewhere = createServer((request, response) => {
    heard.push(request.url)
    response.end()
  }).listen(0, '127.0.0.1')
  const near = createServer((_request, response) => {
    response.writeHead(302, { location: `http://127.0.0.1:${portOf(elsewhere)}/` }).end()
  }).listen(0, '127.0.0.1')
  await Promise.all([once(elsewhere, 'listening'), once(near, 'listening')])
  const recipient = doaj({ url: `http://127.0.0.1:${portOf(near)}/api/v4`, key: 'a-secret-key' })
  const result = await send(recipient, 'f17.json')
  expect(result).toMatchObject({ kind: 'refused', account: true })
  expect(JSON.stringify(result)).not.toContain('a-secret-key')
  expect(heard).toEqual([])
  near.close()
  elsewhere.close()
})

test('11.18 a mail whose answer was lost is never sent again by itself', async () => {
  standIns().faults.add({ service: 'mail', fault: 'cut', times: 1 })
  const message = textDocument('f18.eml', 'From: a@example.org\r\nTo: f18@example.org\r\n\r\nx', 'message/rfc822')
  const recipient = smtp({ host: '127.0.0.1', port: standIns().ports.smtp })
  expect(await recipient.send(message, attempt(), signal)).toMatchObject({ kind: 'uncertain' })
  expect(
    standIns()
      .mailbox.mails()
      .filter(({ to }) => to.includes('f18@example.org')),
  ).toHaveLength(1)
})

function portOf(server: { address: () => AddressInfo | string | null }): number {
  const address = server.address()
  return typeof address === 'object' && address ? address.port : 0
}
