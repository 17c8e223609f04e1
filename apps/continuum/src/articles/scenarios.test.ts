import { expect, test } from 'vitest'
import { articleFile, run, startStore, type RunOptions } from './store.fixture.ts'
import type { Action } from './send.ts'
import type { Outcome } from './outcome.ts'

/** Acceptance scenarios of the contract (section 10) over the command line; what readers see is read over HTTP. */

const store = await startStore()
let articles = 0

function newDoor() {
  const id = String(80_000 + ++articles)
  const send = async (action: Action, version: number, more?: Record<string, unknown>, options: RunOptions = {}) => {
    const stdin = articleFile({ id, version, ...more })
    const { code, lines } = await run(store, action, [], { id, version: String(version), stdin, ...options })
    const outcome: Outcome = JSON.parse(lines[0] ?? '')
    return { exit: code, ...outcome }
  }
  return { id, send }
}

test('1 and 2: an ingest is never a publication; a publication has the date of the XML', async () => {
  const { id, send } = newDoor()
  for (const _ of [1, 2]) expect(await send('ingest', 1)).toMatchObject({ exit: 0, status: 'ingested' })
  for (const path of ['', '/versions', '/versions/1', '/related']) {
    expect((await store.get(`/${id}${path}`)).status, path).toBe(404)
    expect((await store.getAll(`/${id}${path}`)).status, path).toBe(200)
  }
  expect(await send('publish', 1)).toMatchObject({ exit: 0, status: 'published', datetime: '2012-12-13T00:00:00Z' })
  const date = '2012-12-13T00:00:00Z'
  expect((await store.get(`/${id}`)).json).toMatchObject({ published: date, versionDate: date, statusDate: date })
})

test('2: each rule with its exit code, code and message', async () => {
  const { id, send } = newDoor()
  const refusal = async (...request: Parameters<typeof send>) => {
    const { exit, status, message, ...more } = await send(...request)
    return `${exit} ${status} ${'code' in more ? more.code : ''}: ${String(message)}`
  }
  for (const force of [false, true]) {
    expect(await refusal('ingest', 2, {}, { force })).toBe(
      '1 invalid previous-version-does-not-exist: refusing to ingest new article version out of sequence. no other article versions exist so a v1 was expected.',
    )
  }
  expect(await refusal('publish', 1)).toBe(
    `1 invalid record-not-found: refusing to publish an article '${id}v1' that doesn't exist`,
  )
  await send('ingest', 1)
  expect(await refusal('ingest', 2, {}, { force: true })).toBe(
    '1 invalid previous-version-unpublished: refusing to ingest new article version when previous article version is still unpublished.',
  )
  await send('publish', 1)
  expect(await refusal('ingest', 3)).toBe(
    '1 invalid previous-version-does-not-exist: refusing to ingest new article version out of sequence.',
  )
  for (const action of ['ingest', 'ingest+publish'] as const) {
    expect(await refusal(action, 1, { title: 'Other' })).toBe(
      '1 invalid already-published: refusing to ingest new article data on an already published article version.',
    )
  }
  expect(await refusal('publish', 1)).toBe(
    '1 invalid already-published: refusing to publish an already published article version',
  )
  expect(await refusal('ingest', 2, { title: 5 })).toMatch(/^1 invalid invalid-article-json: /)
  expect(await refusal('ingest', 2, { title: undefined })).toBe(
    "1 invalid error-parsing-article-json: failed to scrape article data, key not present: 'title'",
  )
  expect(await refusal('ingest', 2, { published: undefined })).toBe(
    "1 invalid error-parsing-article-json: failed to scrape given article data: KeyError('published')",
  )
})

test('3: a second version is not seen before it is published; published again by force it keeps its date', async () => {
  const { id, send } = newDoor()
  await send('ingest+publish', 1)
  await send('ingest', 2, { title: 'Second' })
  expect((await store.get(`/${id}`)).json).toMatchObject({ version: 1 })
  expect((await store.get(`/${id}/versions/2`)).status).toBe(404)
  expect((await store.getAll(`/${id}`)).json).toMatchObject({ version: 2, stage: 'preview' })
  const published = await send('publish', 2)
  expect(Math.abs(Date.parse('datetime' in published ? published.datetime : '') - Date.now())).toBeLessThan(60_000)
  expect(await send('publish', 2, {}, { force: true })).toEqual({ ...published, force: true })
  expect((await store.get(`/${id}/versions/1`)).json).toMatchObject({ title: 'A good life' })
})

test('4: a silent correction needs force, and shows at once; a dry run stores nothing and tells the datetime', async () => {
  const { id, send } = newDoor()
  await send('ingest+publish', 1)
  const dry = await send('ingest', 1, { title: 'Dry' }, { force: true, dryRun: true })
  expect(dry).toMatchObject({ exit: 0, status: 'validated', 'dry-run': true, datetime: expect.stringMatching(/Z$/) })
  expect((await store.get(`/${id}`)).json).toMatchObject({ title: 'A good life' })
  await send('ingest', 1, { title: 'Corrected', published: '2012-12-14T00:00:00Z' }, { force: true })
  expect((await store.get(`/${id}`)).json).toMatchObject({ title: 'Corrected', published: '2012-12-14T00:00:00Z' })
})

test('5: the same content again has the same datetime, and ingest+publish publishes it', async () => {
  const { id, send } = newDoor()
  const first = await send('ingest', 1)
  expect(await send('ingest', 1)).toEqual(first)
  expect(await send('ingest+publish', 1)).toMatchObject({ exit: 0, status: 'published' })
  expect((await store.get(`/${id}`)).status).toBe(200)
})

test('6: the status date is that of the first PoA, or of the first version of record', async () => {
  const { id, send } = newDoor()
  await send('ingest+publish', 1, { status: 'poa', body: undefined })
  await send('ingest+publish', 2, { status: 'poa', body: undefined })
  await send('ingest+publish', 3)
  const date = '2012-12-13T00:00:00Z'
  const { json } = await store.get(`/${id}/versions`)
  expect(json).toMatchObject({ versions: [{ statusDate: date }, { statusDate: date }, {}] })
  expect(json).not.toMatchObject({ versions: [{}, {}, { statusDate: date }] })
})
