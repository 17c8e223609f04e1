import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { text } from 'node:stream/consumers'
import { buffer } from 'node:stream/consumers'
import { Readable } from 'node:stream'
import { fileURLToPath } from 'node:url'
import { DeleteObjectCommand, GetObjectCommand, PutObjectCommand } from '@aws-sdk/client-s3'
import { archiveName, journalWithDefaults, type ArticleStatus } from '@continuum/article'
import { archiveManifestName, markKey, withdrawnPrefix, zipOf } from '@continuum/package'
import { jats, journalSettings, tiff } from '@continuum/package/testing'
import { expect, test } from 'vitest'
import { names, startQueues } from '../adaptor/adaptor.fixture.ts'
import { databaseUrl, startLax, type Lax } from '../lax.fixture.ts'
import { sampleArticle } from '../rules/samples.fixture.ts'
import { rebuild } from './rebuild.ts'
import type { Rebuilt } from './rebuilt.ts'

/** The store made again from an archive bucket, compared byte for byte with the one that was destroyed. */

const eLife = {
  name: 'eLife',
  publisher: 'A Publisher',
  prefix: 'elife',
  doiPrefix: '10.7554/eLife.',
  idDigits: 5,
  firstVolumeYear: 2012,
}
const journal = journalWithDefaults(eLife)
const bucket = names.buckets.archive
const cdnUrl = 'https://cdn.example.org'

type Queues = Awaited<ReturnType<typeof startQueues>>

async function archive(queues: Queues, key: string, files: Record<string, string | Uint8Array>) {
  const open = async (name: string) => Readable.from([Buffer.from(files[name] ?? '')])
  const Body = await buffer(zipOf(Object.keys(files), open, '2016-10-05T12:00:00Z'))
  await queues.clients.s3.send(new PutObjectCommand({ Bucket: bucket, Key: key, Body }))
}

interface Published {
  id?: string
  version?: number
  status?: ArticleStatus
  /** In the name of the archive, where it is not that of the publication. */
  stamp?: string
  force?: boolean
  [key: string]: unknown
}

let runs = 0

/** Publishes a version as the pipeline does, and archives it. */
async function publish(lax: Lax, queues: Queues, { stamp, force = false, ...more }: Published) {
  const { id = '00353', version = 1, status = 'vor' } = more
  const article = sampleArticle({ ...more, id, version, status, ...(status === 'poa' && { body: undefined }) })
  const run = `run-${++runs}`
  const path = `/${id}/versions/${version}`
  await lax.put(`${path}${force ? '?force=true&hold=true' : ''}`, { article, run })
  const reply = (await lax.post(`${path}${force ? '?force=true' : ''}`, { run })).json()
  expect(reply).toMatchObject({ status: 'published' })
  const published: string = reply.datetime
  const manifest = JSON.stringify({ format: 1, articleId: id, version, run, published, article })
  const name = archiveName(journal, id, status, version, stamp ?? published)
  await archive(queues, name, { [`elife-${id}-v${version}.xml`]: '<article/>', [archiveManifestName]: manifest })
  queues.clock.advance(1000)
  lax.clock.now = lax.clock.now.add({ hours: 24 })
}

/** Every answer of the store about these articles, to anybody and with the token. */
async function answers(lax: Lax, ids: readonly string[]) {
  const paths = ['', '?per-page=1&page=2&order=asc'].concat(
    ids.flatMap((id) => [
      `/${id}`,
      `/${id}/versions`,
      `/${id}/related`,
      ...[1, 2, 3].map((v) => `/${id}/versions/${v}`),
    ]),
  )
  const all: Record<string, unknown> = {}
  for (const path of paths) {
    for (const headers of [{}, { authorization: lax.authorization }]) {
      const { statusCode, body, headers: given } = await lax.get(path, headers)
      const { date: _, ...kept } = given
      all[`${path} ${'authorization' in headers}`] = { statusCode, body, headers: kept }
    }
  }
  const lookup = ids.map(async (id) => (await lax.app.inject(`/api/v1/article/${id}/version/`)).body)
  return { ...all, lookup: await Promise.all(lookup) }
}

async function runRebuild(lax: Lax, queues: Queues, more: Partial<Parameters<typeof rebuild>[0]> = {}) {
  const results: Rebuilt[] = []
  await rebuild({
    sql: lax.sql,
    s3: queues.clients.s3,
    bucket,
    journals: [journal],
    cdnUrl,
    dryRun: false,
    now: () => lax.clock.now,
    done: (rebuilt) => void results.push(rebuilt),
    ...more,
  })
  return results
}

async function publishSeveral(lax: Lax, queues: Queues) {
  const related = { '-related-articles-internal': ['00288'] }
  await publish(lax, queues, { status: 'poa', published: '2014-03-05T09:30:00Z' })
  await publish(lax, queues, { version: 2, status: 'poa', title: 'Second' })
  await publish(lax, queues, { version: 3, title: 'Naïve <i>third</i>', unknownKey: { kept: [1, null] }, ...related })
  await publish(lax, queues, { id: '00288', title: 'A comment' })
  await publish(lax, queues, { id: '00007' })
  // A silent correction, whose name has the date of the last change, and one that moves the date of version 1.
  await publish(lax, queues, {
    version: 2,
    status: 'poa',
    title: 'Corrected',
    force: true,
    stamp: '2011-01-01T00:00:00Z',
  })
  await publish(lax, queues, { id: '00007', published: '2013-01-01T00:00:00Z', force: true })
  // A version of record, and after it a PoA by force.
  await publish(lax, queues, { id: '00009' })
  await lax.put('/00009/versions/2?force=true', {
    article: sampleArticle({ id: '00009', version: 2, status: 'poa', body: undefined }),
    run: 'late',
  })
  await publish(lax, queues, { id: '00009', version: 2, title: 'The record again' })
  return ['00353', '00288', '00007', '00009']
}

const destroy = (lax: Lax) => lax.sql`truncate content, event`

test('every answer is the same byte for byte, and the process says what it made', async () => {
  await using lax = await startLax('2016-10-05T12:00:00Z')
  const queues = await startQueues()
  const ids = await publishSeveral(lax, queues)
  const before = await answers(lax, ids)
  await destroy(lax)
  lax.clock.now = Temporal.Instant.from('2030-01-01T00:00:00Z')
  await lax.sql`select pg_notify('lax_article_changed', id) from unnest(${ids}::text[]) as id`
  await expect.poll(async () => (await lax.get('/00353')).statusCode).toBe(404)

  const entry = fileURLToPath(new URL('main.ts', import.meta.url))
  const child = spawn(process.execPath, [entry, '--json'], {
    stdio: ['ignore', 'pipe', 'inherit'],
    env: {
      PATH: process.env['PATH'],
      AWS_ENDPOINT_URL: queues.aws.url,
      AWS_ACCESS_KEY_ID: 'local',
      AWS_SECRET_ACCESS_KEY: 'local',
      PREFIX: 'test-',
      ORGANISATION: 'continuum',
      DATABASE_URL: databaseUrl,
      CDN_URL: cdnUrl,
      JOURNALS: JSON.stringify([eLife]),
    },
  })
  const [printed, [code]] = await Promise.all([text(child.stdout), once(child, 'close')])
  expect(code).toBe(0)
  const made = printed
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line))
  expect(made.map(({ result, exact }) => `${result} ${exact}`)).toEqual(Array(7).fill('made true'))
  await expect.poll(async () => (await lax.get('')).json().total).toBe(4)
  expect(await answers(lax, ids)).toEqual(before)
})

test('what was withdrawn or retracted is so again, with its reason and day, and nothing of it is public', async () => {
  await using lax = await startLax('2016-10-05T12:00:00Z')
  const queues = await startQueues()
  const ids = await publishSeveral(lax, queues)
  const order = { who: 'ada', why: 'The figures were made up.' }
  const put = (Key: string, Body: string) => queues.clients.s3.send(new PutObjectCommand({ Bucket: bucket, Key, Body }))
  const mark = async (id: string, kind: 'withdrawal' | 'retraction', more: object = {}) => {
    expect((await lax.put(`/${id}/${kind}`, { ...order, ...more })).statusCode).toBe(200)
    const told = { format: 1, ...order, ...more, at: lax.clock.now.toString() }
    await put(markKey(id, kind), JSON.stringify(told))
  }
  await mark('00353', 'retraction', { notice: '10.7554/eLife.00999' })
  await mark('00288', 'withdrawal')
  await mark('00007', 'retraction')
  await mark('00007', 'withdrawal')
  await put(`${withdrawnPrefix('00288')}elife-00288-v1.xml`, '<article/>')
  // Withdrawn by a release that left no mark.
  expect((await lax.put('/00009/withdrawal', { who: 'ada', why: 'This article has been withdrawn.' })).statusCode).toBe(
    200,
  )
  await put(`${withdrawnPrefix('00009')}elife-00009-v1.xml`, '<article/>')
  const before = await answers(lax, ids)

  await lax.sql`truncate content, event, fragment, withdrawal, withdrawn_content`
  lax.clock.now = Temporal.Instant.from('2030-01-01T00:00:00Z')
  const marks = (results: readonly Rebuilt[]) =>
    results.flatMap(({ mark: kind, article, result }) => (kind ? [`${article} ${kind} ${result}`] : []))
  const told = ['00007 retraction', '00007 withdrawal', '00009 withdrawal', '00288 withdrawal', '00353 retraction']
  const made = await runRebuild(lax, queues)
  expect(made.filter(({ result }) => result !== 'made')).toEqual([])
  expect(marks(made).toSorted()).toEqual(told.map((each) => `${each} made`))
  const again = await runRebuild(lax, queues)
  expect(again.filter(({ result }) => result !== 'kept')).toEqual([])
  for (const id of ids) await lax.sql`select pg_notify('lax_article_changed', ${id})`
  await expect.poll(async () => answers(lax, ids), { timeout: 15000 }).toEqual(before)
  expect((await lax.get('/00288')).statusCode).toBe(410)
})

/** Publishes an article in two versions, withdraws it with its mark in the archive, and loses the store. */
async function loseWithdrawn(lax: Lax, queues: Queues) {
  await publish(lax, queues, {})
  await publish(lax, queues, { version: 2, title: 'Second', stamp: '2018-01-01T00:00:00Z' })
  const order = { who: 'ada', why: 'The figures were made up.' }
  const put = (Key: string, Body: string | Uint8Array) =>
    queues.clients.s3.send(new PutObjectCommand({ Bucket: bucket, Key, Body }))
  const mark = async (kind: 'withdrawal' | 'retraction') => {
    expect((await lax.put(`/00353/${kind}`, order)).statusCode).toBe(200)
    await put(markKey('00353', kind), JSON.stringify({ format: 1, ...order, at: lax.clock.now.toString() }))
  }
  await mark('retraction')
  await mark('withdrawal')
  const before = await answers(lax, ['00353'])
  const second = 'elife-00353-vor-v2-20180101000000.zip'
  const { Body } = await queues.clients.s3.send(new GetObjectCommand({ Bucket: bucket, Key: second }))
  const content = await Body?.transformToByteArray()
  await lax.sql`truncate content, event, fragment, withdrawal, withdrawn_content`
  return { before, put, second, content: content ?? new Uint8Array() }
}

const resultsOf = (results: readonly Rebuilt[]) =>
  results.map(({ version, mark, result }) => `${version ?? mark} ${result}`).toSorted()

test('a withdrawn article of which a version could not be made is gone on with, and stays withdrawn', async () => {
  await using lax = await startLax('2016-10-05T12:00:00Z')
  const queues = await startQueues()
  const { before, put, second, content } = await loseWithdrawn(lax, queues)
  await put(second, 'no zip')
  expect(resultsOf(await runRebuild(lax, queues))).toEqual(['1 made', '2 failed', 'retraction made', 'withdrawal made'])
  // The retraction is lost, too: nothing of a withdrawn article is changed without giving it back.
  await lax.sql`delete from fragment`
  await put(second, content)
  expect(resultsOf(await runRebuild(lax, queues, { dryRun: true }))).toEqual([
    '1 kept',
    '2 made',
    'retraction made',
    'withdrawal kept',
  ])
  const interrupted = runRebuild(lax, queues, {
    done: ({ version }) => {
      if (version === 1) throw new Error('interrupted')
    },
  })
  await expect(interrupted).rejects.toThrow('interrupted')
  expect(await lax.sql`select who, why, at from withdrawal`).toEqual([
    { who: 'ada', why: 'The figures were made up.', at: new Date('2016-10-07T12:00:00Z') },
  ])
  expect(resultsOf(await runRebuild(lax, queues))).toEqual(['1 kept', '2 made', 'retraction made', 'withdrawal kept'])
  expect(resultsOf(await runRebuild(lax, queues))).toEqual(['1 kept', '2 kept', 'retraction kept', 'withdrawal kept'])
  await lax.sql`select pg_notify('lax_article_changed', '00353')`
  await expect.poll(async () => answers(lax, ['00353']), { timeout: 15000 }).toEqual(before)
  expect((await lax.get('/00353')).statusCode).toBe(410)
})

test('an article that the store has as withdrawn, and the archive has not, is told and left as it is', async () => {
  await using lax = await startLax('2016-10-05T12:00:00Z')
  const queues = await startQueues()
  await loseWithdrawn(lax, queues)
  await runRebuild(lax, queues)
  const { s3 } = queues.clients
  await s3.send(new DeleteObjectCommand({ Bucket: bucket, Key: markKey('00353', 'withdrawal') }))
  const results = await runRebuild(lax, queues)
  expect(resultsOf(results)).toEqual(['1 failed', '2 failed', 'retraction failed'])
  expect(results[0]?.reason).toBe(
    'article 00353 is withdrawn in the store (ada: The figures were made up.) and the archive does not say so: withdraw it again (continuum withdraw 00353), or give it back (--undo)',
  )
  expect((await lax.get('/00353')).statusCode).toBe(410)
})

test('a mark that cannot be read leaves a withdrawn article withdrawn', async () => {
  await using lax = await startLax('2016-10-05T12:00:00Z')
  const queues = await startQueues()
  const { put, second, content } = await loseWithdrawn(lax, queues)
  await put(second, 'no zip')
  await runRebuild(lax, queues)
  await put(second, content)
  await put(markKey('00353', 'withdrawal'), '{}')
  expect(resultsOf(await runRebuild(lax, queues))).toEqual([
    '1 failed',
    '2 failed',
    'retraction failed',
    'withdrawal failed',
  ])
  expect(await lax.sql`select who from withdrawal`).toEqual([{ who: 'ada' }])
})

test('an interrupted rebuild is gone on with, and what is there is kept', async () => {
  await using lax = await startLax('2016-10-05T12:00:00Z')
  const queues = await startQueues()
  const ids = await publishSeveral(lax, queues)
  const before = await answers(lax, ids)
  await destroy(lax)
  let count = 0
  const interrupted = runRebuild(lax, queues, {
    done: () => {
      if (++count === 3) throw new Error('interrupted')
    },
  })
  await expect(interrupted).rejects.toThrow('interrupted')
  const rest = await runRebuild(lax, queues)
  expect(rest.filter(({ result }) => result === 'kept').length).toBeGreaterThanOrEqual(3)
  expect(rest.filter(({ result }) => result === 'failed')).toEqual([])
  expect((await runRebuild(lax, queues)).map(({ result }) => result)).toEqual(Array(7).fill('kept'))
  for (const id of ids) await lax.sql`select pg_notify('lax_article_changed', ${id})`
  await expect.poll(async () => answers(lax, ids), { timeout: 15000 }).toEqual(before)
})

test('an archive of before there were manifests is read from its XML and its name', async () => {
  await using lax = await startLax('2016-10-05T12:00:00Z', [journalWithDefaults(journalSettings)])
  const queues = await startQueues()
  await archive(queues, 'journal-00007-vor-v1-20121213000000.zip', {
    'journal-00007-v1.xml': jats(),
    'journal-00007-fig1-v1.tif': await tiff({ width: 60, height: 20 }),
    'journal-00007-v1.pdf': '%PDF',
  })
  const [made] = await runRebuild(lax, queues, { journals: [journalWithDefaults(journalSettings)] })
  expect(made).toMatchObject({ result: 'made', published: '2012-12-13T00:00:00Z', exact: false })
  const seen = (await lax.get('/7')).json()
  expect(seen).toMatchObject({
    title: 'How <i>rivers</i> bend',
    published: '2012-12-13T00:00:00Z',
    pdf: 'https://cdn.example.org/00007/journal-00007-v1.pdf',
  })
  expect(JSON.stringify(seen)).toContain('"size":{"width":60,"height":20}')
})

test('what cannot be made is told, and the rest is made; a dry run changes nothing', async () => {
  await using lax = await startLax('2016-10-05T12:00:00Z')
  const queues = await startQueues()
  await publishSeveral(lax, queues)
  await destroy(lax)
  await archive(queues, 'notes.zip', { 'a.txt': 'x' })
  await archive(queues, 'elife-00288-vor-v2-20180101000000.zip', { 'elife-00288-v2.xml': '<article>' })
  const { s3 } = queues.clients
  await s3.send(new PutObjectCommand({ Bucket: bucket, Key: 'elife-00011-vor-v1-20180101000000.zip', Body: 'no zip' }))
  const second = 'elife-00009-vor-v1-20121213000000.zip'
  await s3.send(new DeleteObjectCommand({ Bucket: bucket, Key: second }))
  const told = await runRebuild(lax, queues, { dryRun: true })
  expect(await lax.sql`select 1 from content`).toHaveLength(0)
  const failures = (results: readonly Rebuilt[]) =>
    results
      .flatMap(({ key, result, reason = '' }) => (result === 'made' ? [] : [`${key} ${result}: ${reason}`]))
      .toSorted()
  expect(failures(told)).toEqual([
    expect.stringMatching(
      /^elife-00009-vor-v2.* failed: version 1 of the article is not in the store, nor can it be made/,
    ),
    expect.stringMatching(/^elife-00011.* failed: The file is not a zip/),
    expect.stringMatching(/^elife-00288-vor-v2.* failed: .*not well-formed/),
    expect.stringMatching(/^notes\.zip unknown: /),
  ])
  expect(failures(await runRebuild(lax, queues))).toEqual(failures(told))
  expect((await lax.get('')).json().total).toBe(3)
})
