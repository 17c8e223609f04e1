import { writeFile, mkdir, symlink } from 'node:fs/promises'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { jats, temporaryFolder, tiff } from '@continuum/package/testing'
import { expect, test } from 'vitest'
import { sampleArticle } from '../rules/samples.fixture.ts'
import { bucketUrl, names, startAdaptorTest } from './adaptor.fixture.ts'

/** Requests of the queue, over a real queue, to a real store: section 5 and scenario 14 of the contract. */

type Adaptor = Awaited<ReturnType<typeof startAdaptorTest>>

const article = (more: Record<string, unknown> = {}) =>
  sampleArticle({ id: '00007', doi: '10.5555/journal.00007', ...more })
const location = `${bucketUrl}/00007.1/run/journal-00007-v1.json`
const request = { action: 'ingest', location, id: '7', version: 1, token: 'dG9rZW4=' }
const putArticle = (adaptor: Adaptor, more: Record<string, unknown> = {}, version = 1) =>
  adaptor.put(
    `00007.${version}/run/journal-00007-v${version}.json`,
    JSON.stringify({ article: article({ version, ...more }) }),
  )
async function ask(adaptor: Adaptor, more: Record<string, unknown> = {}) {
  await adaptor.send({ ...request, ...more })
  return adaptor.reply()
}
const waiting = (adaptor: Adaptor) =>
  [names.queues.laxRequests, names.deadLetters.laxRequests].map((queue) => adaptor.bodies(queue).length)

test('14: a request is replied to with what it asked for, its id and its token as they came', async () => {
  const adaptor = await startAdaptorTest()
  await putArticle(adaptor)
  expect(await ask(adaptor, { id: '00007', force: false })).toEqual({
    status: 'ingested',
    id: '00007',
    token: request.token,
    datetime: '2016-10-05T12:00:00Z',
    'requested-action': 'ingest',
    force: false,
    'validate-only': false,
  })
  expect((await adaptor.lax.get('/7')).statusCode).toBe(404)
  const token = '\u0000 "ä" \ud83d\udc1f \ud800 </script>'
  expect(await ask(adaptor, { action: 'publish', token })).toEqual({
    status: 'published',
    id: '7',
    token,
    datetime: '2012-12-13T00:00:00Z',
    'requested-action': 'publish',
    force: false,
    'validate-only': false,
  })
  // Not asked for before: what was answered before is known to be stale when the database has notified the store of it.
  expect((await adaptor.lax.get('/7/versions/1')).json()).toMatchObject({ title: 'A good life', stage: 'published' })
  expect(waiting(adaptor)).toEqual([0, 0])
})

test('ingest+publish does both, and may be sent again', async () => {
  const adaptor = await startAdaptorTest()
  await putArticle(adaptor)
  const first = await ask(adaptor, { action: 'ingest+publish' })
  expect(first).toMatchObject({ status: 'published', datetime: '2012-12-13T00:00:00Z' })
  expect(await ask(adaptor, { action: 'ingest+publish' })).toEqual(first)
  expect(await adaptor.lax.sql`select event from event order by sequence`).toMatchObject([
    { event: 'ingest' },
    { event: 'publish' },
  ])
})

test('14: refusals carry the rule; what is public already is published for a publication, and for nothing else', async () => {
  const adaptor = await startAdaptorTest()
  await putArticle(adaptor)
  await putArticle(adaptor, {}, 2)
  const refusing = { status: 'invalid', id: '7', token: request.token }
  expect(await ask(adaptor, { action: 'publish' })).toMatchObject({
    ...refusing,
    message: "refusing to publish an article '00007v1' that doesn't exist",
    code: 'record-not-found',
  })
  const second = { version: 2, location: location.replaceAll('v1', 'v2').replace('.1/', '.2/') }
  expect(await ask(adaptor, second)).toMatchObject({ ...refusing, code: 'previous-version-does-not-exist' })
  await ask(adaptor, { action: 'ingest+publish' })
  expect(await ask(adaptor, { action: 'publish', token: 'other' })).toMatchObject({
    status: 'published',
    token: 'other',
    datetime: '2012-12-13T00:00:00Z',
  })
  for (const action of ['ingest', 'ingest+publish']) {
    expect(await ask(adaptor, { action, token: 'other' })).toMatchObject({
      status: 'invalid',
      code: 'already-published',
      message: 'refusing to ingest new article data on an already published article version.',
    })
  }
})

test('a silent correction needs force, and is public at once', async () => {
  const adaptor = await startAdaptorTest()
  await putArticle(adaptor)
  await ask(adaptor, { action: 'ingest+publish' })
  await putArticle(adaptor, { title: 'Corrected' })
  expect(await ask(adaptor)).toMatchObject({ status: 'invalid' })
  expect(await ask(adaptor, { force: true })).toMatchObject({ status: 'ingested', force: true })
  expect((await adaptor.lax.get('/7')).json()).toMatchObject({ title: 'Corrected' })
  expect(await ask(adaptor, { action: 'publish', force: true })).toMatchObject({
    status: 'published',
    datetime: '2012-12-13T00:00:00Z',
  })
})

test('14: validate-only answers what would happen, and changes nothing', async () => {
  const adaptor = await startAdaptorTest()
  await putArticle(adaptor)
  for (const action of ['ingest', 'ingest+publish']) {
    const reply = await ask(adaptor, { action, 'validate-only': true })
    expect(reply).toMatchObject({ status: 'validated', 'validate-only': true, datetime: '2016-10-05T12:00:00Z' })
  }
  expect(await adaptor.lax.sql`select 1 from content`).toHaveLength(0)
})

test('XML is converted, with the images beside it, and with the sizes that a run of the pipeline knows', async () => {
  const adaptor = await startAdaptorTest()
  const xml = { location: `${bucketUrl}/00007.1/run/journal-00007-v1.xml` }
  await adaptor.put('00007.1/run/journal-00007-v1.xml', jats())
  expect(await ask(adaptor, xml)).toMatchObject({
    status: 'error',
    message: expect.stringMatching(/^failed to render article-json from article-xml: .*journal-00007-fig1/),
  })
  await adaptor.put('00007.1/run/journal-00007-fig1-v1.tif', await tiff({ width: 40, height: 30 }))
  expect(await ask(adaptor, xml)).toMatchObject({ status: 'ingested' })
  const seen = await adaptor.lax.get('/7', { authorization: adaptor.lax.authorization })
  expect(seen.json()).toMatchObject({ title: 'How <i>rivers</i> bend' })
  expect(seen.body).toContain('"size":{"width":40,"height":30}')
  const files = [{ name: 'journal-00007-fig1-v1.tif', image: { width: 41, height: 31 } }]
  await adaptor.put('00007.1/run/manifest.json', JSON.stringify({ files }))
  await ask(adaptor, xml)
  const version = await adaptor.lax.get('/7/versions/1', { authorization: adaptor.lax.authorization })
  expect(version.body).toContain('"width":41')
})

test.each([
  ['an object that is not there', `${bucketUrl}/missing.xml`, /^failed to download article xml from '.*missing.xml': /],
  ['a file, where none are taken', 'file:///etc/passwd', /^refusing to download article xml: .*FILES_ROOT/],
])('14: %s is an error', async (_, where, message) => {
  const adaptor = await startAdaptorTest()
  expect(await ask(adaptor, { location: where })).toMatchObject({
    status: 'error',
    message: expect.stringMatching(message),
  })
})

test.each([
  ['empty XML', 'a.xml', ' '],
  ['XML that is not well-formed', 'a.xml', '<article>'],
  ['JSON that is none', 'a.json', '{'],
  ['JSON without an article', 'a.json', '{"snippet": {}}'],
])('14: %s is an error', async (_, name, content) => {
  const adaptor = await startAdaptorTest()
  await adaptor.put(name, content)
  expect(await ask(adaptor, { location: `${bucketUrl}/${name}` })).toMatchObject({
    status: 'error',
    message: expect.stringMatching(/^failed to render article-json from article-xml: ./),
  })
})

test('14: files are read below their folder, and nowhere else', async () => {
  const folder = await temporaryFolder()
  const filesRoot = join(folder, 'articles')
  await mkdir(filesRoot)
  const file = async (path: string) => {
    await writeFile(path, JSON.stringify({ article: article() }))
    return pathToFileURL(path).href
  }
  const inside = await file(join(filesRoot, 'a.json'))
  const outside = await file(join(folder, 'b.json'))
  await symlink(join(folder, 'b.json'), join(filesRoot, 'link.json'))
  const adaptor = await startAdaptorTest({ filesRoot })
  expect(await ask(adaptor, { location: inside })).toMatchObject({ status: 'ingested' })
  expect(await ask(adaptor, { location: `${pathToFileURL(filesRoot).href}/missing.xml` })).toMatchObject({
    status: 'error',
    message: expect.stringMatching(/^failed to download/),
  })
  for (const refused of [
    outside,
    `${pathToFileURL(filesRoot).href}/../b.json`,
    `${pathToFileURL(filesRoot).href}/link.json`,
    'file://elsewhere/articles/a.json',
  ]) {
    expect(await ask(adaptor, { location: refused }), refused).toMatchObject({
      status: 'error',
      message: expect.stringMatching(/^refusing to download article xml: /),
    })
  }
})

test('14: an unreadable request lies with the dead letters, is on the dashboard, and is replied to where it has a token', async () => {
  const adaptor = await startAdaptorTest()
  const unreadable = [
    { ...request, colour: 'red' },
    { ...request, location: 'http://example.org/a.xml' },
    { ...request, action: 'destroy', id: undefined },
  ]
  for (const message of unreadable) {
    await adaptor.send(message)
    expect(await adaptor.reply()).toMatchObject({
      status: 'error',
      id: message.id ?? '',
      token: request.token,
      message: expect.stringMatching(/^Not a request to the article store: /),
    })
  }
  const { token: _, ...untold } = request
  for (const message of [untold, 'hello', '[]']) await adaptor.send(message)
  await expect.poll(() => adaptor.bodies(names.deadLetters.laxRequests)).toHaveLength(6)
  await expect.poll(() => adaptor.bodies(names.queues.laxRequests)).toHaveLength(0)
  expect(adaptor.bodies(names.deadLetters.laxRequests)).toEqual(
    [...unreadable, untold].map((message) => JSON.stringify(message)).concat('hello', '[]'),
  )
  const told = adaptor.bodies(names.queues.events).map((body) => JSON.parse(body))
  expect(told.map(({ message_type, source }) => `${message_type} ${source}`)).toEqual(
    Array(6).fill('unidentified-delivery test-bot-lax-inc'),
  )
  expect(await adaptor.registry.metrics()).toContain('lax_queue_requests_total{action="unreadable",status="none"} 3\n')
})

test('14: a token that is nearly as long as a message comes back whole; a message that is longer is refused', async () => {
  const adaptor = await startAdaptorTest()
  const bare = Buffer.byteLength(JSON.stringify({ ...request, token: '' }))
  const token = 'x'.repeat(262_144 - bare)
  await putArticle(adaptor)
  expect(await ask(adaptor, { token })).toMatchObject({ status: 'ingested', token })
  const longer = `${token.slice(0, 262_000)}${'y'.repeat(200)}`
  await adaptor.send({ ...request, token: 'x'.repeat(200_000), location: `${location}?${'y'.repeat(80_000)}` })
  expect(await adaptor.reply()).toMatchObject({ status: 'error', message: expect.stringContaining('262144 at most') })
  await adaptor.send({ ...request, token: longer })
  await expect.poll(() => adaptor.bodies(names.deadLetters.laxRequests)).toHaveLength(2)
  await expect.poll(() => adaptor.bodies(names.queues.laxRequests)).toHaveLength(0)
  expect(adaptor.bodies(names.queues.laxReplies)).toHaveLength(0)
})

/** Lets time pass until there is a reply. */
async function replyInTime(adaptor: Adaptor) {
  const replied = () => adaptor.bodies(names.queues.laxReplies).length
  await expect.poll(() => (adaptor.clock.advance(60_000), replied()), { timeout: 20_000 }).toBe(1)
  return adaptor.reply()
}

test('a server that is down is asked again later', async () => {
  const adaptor = await startAdaptorTest()
  await putArticle(adaptor)
  adaptor.aws.faults.add({ service: 's3', operation: 'GetObject', fault: 'failure', when: { first: 4 } })
  await adaptor.send(request)
  expect(await replyInTime(adaptor)).toMatchObject({ status: 'ingested' })
})

test('a server that stays down is an error in the end', async () => {
  const adaptor = await startAdaptorTest()
  adaptor.aws.faults.add({ service: 's3', operation: 'GetObject', fault: 'failure' })
  await adaptor.send(request)
  expect(await replyInTime(adaptor)).toMatchObject({
    status: 'error',
    message: expect.stringMatching(/^failed to download article xml from '/),
  })
  expect(waiting(adaptor)).toEqual([0, 0])
})

test('14: a request that fails for a reason nobody foresaw is replied to, and lies with the dead letters', async () => {
  const adaptor = await startAdaptorTest()
  await putArticle(adaptor)
  await adaptor.lax.sql`alter table event rename to event_gone`
  try {
    await adaptor.send(request)
    expect(await replyInTime(adaptor)).toMatchObject({
      status: 'error',
      message: expect.stringMatching(/^lax failed attempting to handle our request: .*event/),
    })
  } finally {
    await adaptor.lax.sql`alter table event_gone rename to event`
  }
  expect(waiting(adaptor)).toEqual([0, 1])
})

test('a message that is delivered twice is replied to twice, the same, and changes the store once', async () => {
  const adaptor = await startAdaptorTest()
  await putArticle(adaptor)
  adaptor.aws.faults.add({ service: 'sqs', fault: 'duplicate delivery', when: { nth: 1 } })
  await adaptor.send({ ...request, action: 'ingest+publish' })
  const first = await adaptor.reply()
  await putArticle(adaptor, { title: 'Another' })
  adaptor.clock.advance(120_000)
  expect(await adaptor.reply()).toEqual(first)
  expect(await adaptor.lax.sql`select event from event`).toHaveLength(2)
})
