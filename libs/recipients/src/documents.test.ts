import { parseArticleXml } from '@continuum/article/jats'
import {
  authorTemplates,
  doajDocument,
  nextRevision,
  packageRules,
  planDelivery,
  pubmedDocument,
  readRecord,
  renderMail,
  writePackage,
} from '@continuum/deposit-documents'
import { standInSecret } from '@continuum/stand-ins'
import { Readable } from 'node:stream'
import { buffer } from 'node:stream/consumers'
import { expect, test } from 'vitest'
import { composeMail, doaj, ftp, jisc, sftp, smtp, xmlRepository, type Recipient } from './index.ts'
import { attempt, signal, textDocument } from './testing/attempts.ts'
import { articleXml, journal } from './testing/publication.ts'
import { withStandIns } from './testing/stand-ins.ts'

/** Documents of an article over the protocols by which they go out. */
const standIns = withStandIns()
const login = { host: '127.0.0.1', user: standInSecret, password: standInSecret }
const published = {
  id: '19405',
  version: 1,
  status: 'vor',
  published: '2018-08-09',
  versionPublished: '2018-08-09',
  wasPoa: false,
} as const
const xml = articleXml('19405')
const record = readRecord(parseArticleXml(xml))

async function packageOf(given: readonly string[]) {
  const values = { prefix: journal.prefix, id: published.id, volume: record.volume, version: 1 }
  const revision = nextRevision(packageRules.pmc.name, values, given)
  const files = new Map([
    ['aj-19405-v1.xml', Buffer.from(xml)],
    ['aj-19405-fig1-v1.tif', Buffer.from('a figure')],
  ])
  const version = { names: [...files.keys()], xmlName: 'aj-19405-v1.xml', xml: Buffer.from(xml) }
  const plan = planDelivery(packageRules.pmc, version, { ...values, revision })
  const open = async (name: string) => Readable.from([files.get(name) ?? Buffer.alloc(0)])
  return {
    name: plan.name,
    mediaType: plan.mediaType,
    bytes: await buffer(writePackage(plan, { open, date: '2026-01-01T00:00:00Z' })),
  }
}
const send = async (recipient: Recipient, document: Parameters<Recipient['send']>[0], number = 1) =>
  recipient.send(document, attempt(number), signal)

test('22. an article that is sent to PMC twice lies there under two names', async () => {
  const pmc = ftp({ ...login, port: standIns().ports.ftp, folder: 'pmc' })
  const given: string[] = []
  for (const name of ['aj-07-19405.zip', 'aj-07-19405.r1.zip']) {
    const document = await packageOf(given)
    given.push(document.name)
    expect(await send(pmc, document)).toMatchObject({
      kind: 'confirmed',
      answer: expect.stringContaining(`/pmc/${name}`),
    })
  }
  expect((await standIns().ftp.files('/pmc')).map(({ path }) => path)).toEqual([
    '/pmc/aj-07-19405.r1.zip',
    '/pmc/aj-07-19405.zip',
  ])
})

test('20. PubMed gets its record into the top folder of the account', async () => {
  const { name, xml: text } = pubmedDocument({ record, journal, published, isKnown: true })
  const pubmed = sftp({ ...login, port: standIns().ports.sftp, hostKeys: [standIns().hostKey], answer: 'later' })
  // Whether PubMed takes it is told by its loader report, a day later.
  expect(await send(pubmed, textDocument(name, text))).toMatchObject({ kind: 'sent' })
  expect((await standIns().sftp.content(`/${name}`)).toString()).toContain(
    '<Replaces IdType="doi">10.5555/aj.19405</Replaces>',
  )
})

test('31. DOAJ takes the record, twice as one', async () => {
  const { name, json } = doajDocument({ record, journal, published })
  const recipient = doaj({ url: `${standIns().url}/doaj/api/v4`, key: standInSecret })
  for (const number of [1, 2])
    expect(await send(recipient, textDocument(name, json, 'application/json'), number)).toMatchObject({
      kind: 'confirmed',
    })
  expect(standIns().doaj()).toMatchObject([{ writes: 2, bibjson: { title: 'Article 19405' } }])
})

test('Jisc takes the package, the repository the XML', async () => {
  const router = jisc({ url: `${standIns().url}/jisc/api/v4`, key: standInSecret })
  expect(await send(router, await packageOf([]))).toMatchObject({ kind: 'confirmed' })
  const repository = xmlRepository({ url: `${standIns().url}/repository/repos/journal/articles`, token: standInSecret })
  expect(await send(repository, textDocument('aj-19405-v1.xml', xml))).toMatchObject({ kind: 'confirmed' })
})

test('32. an author gets the mail of the template, with the names right', async () => {
  const rendered = renderMail(authorTemplates.VOR_no_POA, {
    article: {
      id: '19405',
      doi: record.doi,
      title: 'Article 19405',
      url: 'https://example.org/articles/19405',
      insight: false,
    },
    author: { givenNames: 'Zoë', surname: 'Ångström' },
    authors: ['Zoë Ångström'],
    journal: { title: journal.title },
  })
  const mail = { from: 'A journal <features@example.org>', to: 'zoe@example.org', ...rendered }
  const message = await composeMail(mail, {
    key: '19405/1/VOR_no_POA/zoe@example.org',
    date: new Date(Date.UTC(2026, 0, 1)),
  })
  expect(await send(smtp({ host: '127.0.0.1', port: standIns().ports.smtp }), message)).toMatchObject({
    kind: 'confirmed',
  })
  const [arrived] = standIns().mailbox.mails()
  expect(arrived?.text).toContain('Dear Zoë Ångström,')
  expect(arrived?.html).toContain('https://doi.org/10.5555/aj.19405')
})
