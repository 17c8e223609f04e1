import { standInSecret, type FaultRule } from '@continuum/stand-ins'
import { Readable } from 'node:stream'
import { describe, expect, test } from 'vitest'
import type { Document, Recipient } from '../seam/recipient.ts'
import { attempt, signal } from '../testing/attempts.ts'
import { withStandIns } from '../testing/stand-ins.ts'
import { ftp } from './ftp.ts'
import { sftp } from './sftp.ts'

const standIns = withStandIns()
const login = { host: '127.0.0.1', user: standInSecret, password: standInSecret, idleSeconds: 1 }
let last = 0

/** A package of a megabyte under a name that no other test uses. */
function packageOf(size = 1_000_000): Document & { bytes: Buffer } {
  const bytes = Buffer.alloc(size, `package ${++last} `)
  return { name: `elife-05-${String(last).padStart(5, '0')}.zip`, mediaType: 'application/zip', bytes }
}

const protocols = {
  SFTP: {
    service: 'sftp',
    recipient: (options: { password?: string; folder?: string } = {}) =>
      sftp({ ...login, port: standIns().ports.sftp, hostKeys: [standIns().hostKey], ...options }),
  },
  FTP: {
    service: 'ftp',
    recipient: (options: { password?: string; folder?: string } = {}) =>
      ftp({ ...login, port: standIns().ports.ftp, ...options }),
  },
  FTPS: {
    service: 'ftp',
    recipient: (options: { password?: string; folder?: string } = {}) =>
      ftp({ ...login, port: standIns().ports.ftp, secure: true, certificate: standIns().certificate, ...options }),
  },
} as const

describe.for(Object.entries(protocols))('over %s', ([, { service, recipient }]) => {
  const fault = (document: Document, rule: Omit<FaultRule, 'service' | 'match'>) =>
    standIns().faults.add({ service, match: document.name, ...rule })
  const files = async (document: Document) =>
    (await standIns()[service].files()).filter(({ path }) => path.includes(document.name))
  const send = (document: Document, number = 1, to: Recipient = recipient()) =>
    to.send(document, attempt(number), signal)

  test('a file arrives with its name and its bytes, in a folder that is made', async () => {
    const document = packageOf()
    expect(await send(document, 1, recipient({ folder: 'in/2026' }))).toEqual({
      kind: 'confirmed',
      answer: `/in/2026/${document.name} is there with 1000000 bytes`,
    })
    expect(await standIns()[service].content(`/in/2026/${document.name}`)).toEqual(document.bytes)
    expect(await files(document)).toHaveLength(1)
  })

  test('a file that is read as it is sent arrives whole', async () => {
    const { bytes, ...document } = packageOf(3_000_000)
    const source = {
      size: bytes.length,
      open: () => Readable.from([bytes.subarray(0, 70_000), bytes.subarray(70_000)]),
    }
    expect(await send({ ...document, bytes: source })).toMatchObject({ kind: 'confirmed' })
    expect(await standIns()[service].content(`/${document.name}`)).toEqual(bytes)
  })

  test('24. a line that drops at 60 % leaves nothing under the final name, and the repeated attempt completes it', async () => {
    const document = packageOf()
    fault(document, { fault: 'drop', times: 1 })
    expect(await send(document)).toMatchObject({ kind: 'later', countsAsAttempt: true })
    expect(await files(document)).toEqual([{ path: `/.${document.name}.part`, size: 600_000 }])
    expect(await send(document, 2)).toMatchObject({ kind: 'confirmed' })
    expect(await files(document)).toEqual([{ path: `/${document.name}`, size: 1_000_000 }])
  })

  test('a full disk is no refusal, and leaves nothing under the final name', async () => {
    const document = packageOf()
    fault(document, { fault: 'full', times: 1 })
    expect(await send(document)).toMatchObject({ kind: 'later', answer: expect.stringMatching(/no space/i) })
    expect((await files(document)).map(({ path }) => path)).not.toContain(`/${document.name}`)
    expect(await send(document, 2)).toMatchObject({ kind: 'confirmed' })
  })

  test('a file that lost a byte on the way does not get its name', async () => {
    const document = packageOf()
    fault(document, { fault: 'short', times: 1 })
    expect(await send(document)).toEqual({
      kind: 'later',
      countsAsAttempt: true,
      answer: `999999 of 1000000 bytes of ${document.name} arrived; the file was taken away again`,
    })
    expect(await files(document)).toEqual([])
  })

  test('a rename whose answer was lost is seen at the repeated attempt: nothing is sent again', async () => {
    const document = packageOf()
    fault(document, { fault: 'lost-reply', times: 1 })
    expect(await send(document)).toMatchObject({ kind: 'later' })
    fault(document, { fault: 'full' })
    expect(await send(document, 2)).toMatchObject({ kind: 'confirmed' })
  })

  test('a new file replaces one of the same name and size', async () => {
    const document = packageOf()
    await send(document)
    const changed = { ...document, bytes: Buffer.alloc(document.bytes.length, 'changed') }
    expect(await send(changed)).toMatchObject({ kind: 'confirmed' })
    expect(await standIns()[service].content(`/${document.name}`)).toEqual(changed.bytes)
    const again = { ...document, bytes: Buffer.alloc(document.bytes.length, 'again') }
    const repeated = await recipient().send(again, { ...attempt(2), replaces: true }, signal)
    expect(repeated).toMatchObject({ kind: 'confirmed' })
    expect(await standIns()[service].content(`/${document.name}`)).toEqual(again.bytes)
  })

  test('a server that stops answering does not hold the worker', async () => {
    const document = packageOf(4_000_000)
    fault(document, { fault: 'stall' })
    expect(await send(document)).toMatchObject({ kind: 'later', answer: expect.stringMatching(/no progress|timeout/i) })
  })

  test('a server that is down is later, a wrong password the trouble of the account', async () => {
    standIns().faults.add({ service, fault: 'unavailable', times: 1 })
    expect(await send(packageOf())).toMatchObject({ kind: 'later' })
    expect(await send(packageOf(), 1, recipient({ password: 'wrong' }))).toMatchObject({
      kind: 'refused',
      account: true,
    })
  })

  test('an attempt that is stopped ends at once', async () => {
    const sent = recipient().send(packageOf(), attempt(), AbortSignal.abort())
    expect(await sent).toMatchObject({ kind: 'later', answer: 'the attempt was stopped' })
  })
})

test('25. a host key that is not known ends it before the password: nothing is sent, the account is to be looked at', async () => {
  const document = packageOf()
  standIns().faults.add({ service: 'sftp', fault: 'host-key', times: 1 })
  expect(await protocols.SFTP.recipient().send(document, attempt(), signal)).toEqual({
    kind: 'refused',
    account: true,
    answer: expect.stringContaining(`${standIns().hostKey} is known: nothing was sent`),
  })
  expect((await standIns().sftp.files()).filter(({ path }) => path.includes(document.name))).toEqual([])
})

test('a certificate that is not trusted gets no password', async () => {
  const recipient = ftp({ ...login, port: standIns().ports.ftp, secure: true })
  expect(await recipient.send(packageOf(), attempt(), signal)).toMatchObject({
    kind: 'later',
    answer: expect.stringMatching(/self-signed/),
  })
})
