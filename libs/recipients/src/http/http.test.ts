import { standInSecret } from '@continuum/stand-ins'
import { describe, expect, test } from 'vitest'
import { attempt, signal, textDocument } from '../testing/attempts.ts'
import { withStandIns } from '../testing/stand-ins.ts'
import { doaj } from './doaj.ts'
import { jisc } from './jisc.ts'
import { xmlRepository } from './repository.ts'

const standIns = withStandIns({ issns: ['2050-084X'] })
let number = 0

describe('DOAJ', () => {
  const given = ({ key = standInSecret, issn = '2050-084X' } = {}) => {
    const doi = `10.7554/eLife.${String(++number).padStart(5, '0')}`
    const recipient = doaj({ url: `${standIns().url}/doaj/api/v4`, key, timeoutSeconds: 2 })
    const article = (title: string, url = `https://example.org/${number}`) =>
      JSON.stringify({
        bibjson: {
          title,
          identifier: [
            { type: 'doi', id: doi },
            { type: 'eissn', id: issn },
          ],
          link: [{ type: 'fulltext', url }],
        },
      })
    const send = (title = 'A title', known?: string, url?: string) =>
      recipient.send(
        textDocument('article.json', article(title, url), 'application/json'),
        { ...attempt(), ...(known !== undefined && { known }) },
        signal,
      )
    const held = () =>
      standIns()
        .doaj()
        .filter(({ bibjson }) => bibjson.identifier?.[0]?.id === doi)
    return { doi, send, held }
  }

  test('31. an article that is sent twice has one record', async () => {
    const { send, held } = given()
    const first = await send()
    expect(first).toMatchObject({ kind: 'confirmed', reference: expect.any(String) })
    expect(await send('A corrected title')).toMatchObject({ kind: 'confirmed' })
    expect(held().map(({ bibjson }) => bibjson.title)).toEqual(['A corrected title'])
  })

  test('a known record is written over, also under another address', async () => {
    const { send, held } = given()
    const first = await send()
    const reference = first.kind === 'confirmed' ? first.reference : undefined
    expect(await send('Moved', reference, 'https://example.org/moved')).toMatchObject({ kind: 'confirmed', reference })
    expect(held()).toMatchObject([{ id: reference, writes: 2, bibjson: { title: 'Moved' } }])
    expect(await send('Gone there', 'no-such-id')).toMatchObject({ kind: 'confirmed' })
  })

  test('30. an ISSN that is not in the account is refused at once, with the words of DOAJ', async () => {
    const { send } = given({ issn: '1234-5678' })
    expect(await send()).toMatchObject({ kind: 'refused', answer: expect.stringContaining('1234-5678') })
  })

  test.for([
    ['busy', { kind: 'later', countsAsAttempt: false }],
    ['unavailable', { kind: 'later', countsAsAttempt: true }],
    ['unauthorized', { kind: 'refused', account: true }],
    ['refuse', { kind: 'refused', answer: expect.stringContaining('Identifier conflict') }],
    ['cut', { kind: 'later' }],
    ['stall', { kind: 'later' }],
  ] as const)('30. %s', async ([fault, expected]) => {
    const { send, doi } = given()
    standIns().faults.add({ service: 'doaj', fault, match: doi })
    const result = await send()
    expect(result).toMatchObject(expected)
    expect(JSON.stringify(result)).not.toContain('api_key')
  })
})

describe('Jisc Publications Router', () => {
  const zip = { name: 'elife-00353.zip', mediaType: 'application/zip', bytes: Buffer.from('PK\x03\x04 and more') }
  const send = (key = standInSecret) =>
    jisc({ url: `${standIns().url}/jisc/api/v4`, key, timeoutSeconds: 2 }).send(zip, attempt(), signal)

  test('a package becomes a notification', async () => {
    const before = standIns().jisc().length
    expect(await send()).toMatchObject({ kind: 'confirmed', answer: expect.stringContaining('202') })
    expect(standIns().jisc().slice(before)).toMatchObject([{ packageSize: zip.bytes.length }])
  })

  test.for([
    ['busy', { kind: 'later', countsAsAttempt: false }],
    ['refuse', { kind: 'refused', answer: expect.stringContaining('JATS') }],
    ['unauthorized', { kind: 'refused', account: true }],
    // Each POST makes a new notification: whether this one was made is not known.
    ['cut', { kind: 'uncertain' }],
    ['stall', { kind: 'uncertain' }],
  ] as const)('%s', async ([fault, expected]) => {
    standIns().faults.add({ service: 'jisc', fault })
    expect(await send()).toMatchObject(expected)
  })

  test('a Router that can not be reached got nothing: it is later', async () => {
    const recipient = jisc({ url: 'http://127.0.0.1:47811/api/v4', key: 'x' })
    expect(await recipient.send(zip, attempt(), signal)).toMatchObject({ kind: 'later' })
  })
})

describe('an XML repository', () => {
  const send = (name: string, text: string, token = standInSecret) =>
    xmlRepository({ url: `${standIns().url}/repository/repos/journal/articles`, token, timeoutSeconds: 2 }).send(
      textDocument(name, text),
      attempt(),
      signal,
    )
  const held = (name: string) =>
    standIns()
      .repository()
      .find(({ path }) => path === `articles/${name}`)

  test('a file is made, then written over; the same content is left alone', async () => {
    expect(await send('elife-1-v1.xml', '<a/>')).toMatchObject({
      kind: 'confirmed',
      answer: expect.stringMatching(/^201/),
    })
    expect(await send('elife-1-v1.xml', '<b/>')).toMatchObject({
      kind: 'confirmed',
      answer: expect.stringMatching(/^200/),
    })
    expect(await send('elife-1-v1.xml', '<b/>')).toMatchObject({ kind: 'confirmed' })
    expect(held('elife-1-v1.xml')).toMatchObject({ commits: 2 })
    expect(String(held('elife-1-v1.xml')?.content)).toBe('<b/>')
  })

  test('a write whose answer was lost is seen the next time', async () => {
    standIns().faults.add({ service: 'repository', fault: 'cut', times: 1 })
    expect(await send('elife-2-v1.xml', '<a/>')).toMatchObject({ kind: 'later' })
    expect(await send('elife-2-v1.xml', '<a/>')).toMatchObject({
      kind: 'confirmed',
      answer: expect.stringContaining('same'),
    })
    expect(held('elife-2-v1.xml')?.commits).toBe(1)
  })

  test.for([
    ['conflict', { kind: 'later', countsAsAttempt: true }],
    ['unavailable', { kind: 'later' }],
    ['unauthorized', { kind: 'refused', account: true }],
    ['stall', { kind: 'later' }],
  ] as const)('%s', async ([fault, expected]) => {
    standIns().faults.add({ service: 'repository', fault })
    expect(await send('elife-3-v1.xml', '<a/>')).toMatchObject(expected)
  })
})
