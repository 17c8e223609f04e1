import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { jats, tiff } from '@continuum/package/testing'
import { describe, expect, onTestFinished, test } from 'vitest'
import { articleFile, run, startStore } from './store.fixture.ts'

/** The command line of the article store against a real one: section 4 of the contract, and how its user meets it. */

const store = await startStore()
let articles = 0
/** An id that no other test of this file uses. */
const newId = () => String(90_000 + ++articles)

async function folderWith(files: Record<string, string | Uint8Array>) {
  const folder = await mkdtemp(join(tmpdir(), 'articles-'))
  onTestFinished(() => rm(folder, { recursive: true }))
  for (const [name, content] of Object.entries(files)) await writeFile(join(folder, name), content)
  return folder
}

describe('what is asked for', () => {
  test('a file is ingested, and published by its id and version', async () => {
    const id = newId()
    const base = await folderWith({ [`elife-${id}-v1.xml.json`]: articleFile({ id }) })
    const ingested = await run(store, 'ingest', [`elife-${id}-v1.xml.json`], { base })
    expect(ingested.code).toBe(0)
    expect(ingested.outcomes()).toEqual([
      {
        file: `elife-${id}-v1.xml.json`,
        status: 'ingested',
        id: Number(id),
        version: 1,
        datetime: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/),
        'dry-run': false,
        force: false,
        message: null,
      },
    ])
    expect((await store.get(`/${id}`)).status).toBe(404)
    const published = await run(store, 'publish', [], { id, version: '1' })
    expect(published.outcome()).toMatchObject({ status: 'published', datetime: '2012-12-13T00:00:00Z' })
    expect((await store.get(`/${id}`)).json).toMatchObject({ title: 'A good life' })
  })

  test('standard input is read, where it says which article it is', async () => {
    const id = newId()
    expect((await run(store, 'ingest', [], { stdin: articleFile({ id }) })).outcome()).toMatchObject({
      status: 'ingested',
    })
    const named = await run(store, 'ingest+publish', ['-'], { stdin: articleFile({ id }), id, version: '1' })
    expect(named.outcome()).toMatchObject({ file: 'standard input', status: 'published' })
  })

  test('a folder: every article in it, all versions of one in their order, other files not', async () => {
    const [one, two] = [newId(), newId()]
    const base = await folderWith({
      [`elife-${one}-v2.xml.json`]: articleFile({ id: one, version: 2 }),
      [`elife-${one}-v1.xml.json`]: articleFile({ id: one }),
      [`elife-${two}-v1.xml.json`]: articleFile({ id: two }),
      [`elife-${two}-v1.xml`]: '<not-read/>',
      'notes.txt': 'x',
    })
    await mkdir(join(base, 'deeper'))
    const sent = await run(store, 'ingest+publish', ['.'], { base })
    expect(sent.code).toBe(0)
    expect(sent.outcomes().map(({ status }) => status)).toEqual(['published', 'published', 'published'])
    expect(sent.progress.some((bar) => /^\[#+\.*\] [1-3] of 3 {2}elife-/.test(bar))).toBe(true)
    expect((await store.get(`/${one}/versions`)).json).toMatchObject({ versions: [{ version: 1 }, { version: 2 }] })
    const again = await run(store, 'publish', ['.'], { base, json: false, serial: true })
    expect(again.code).toBe(1)
    expect(again.lines.at(-1)).toMatch(/^0 of 3 succeeded; not elife-/)
  })

  test('JATS is converted, with the images beside it', async () => {
    const xml = jats().replaceAll('10.5555/journal.00007', '10.7554/eLife.00007').replaceAll('journal-', 'elife-')
    const base = await folderWith({ 'elife-00007-v1.xml': xml, 'elife-00007-fig1.tif': await tiff() })
    expect((await run(store, 'ingest+publish', ['elife-00007-v1.xml'], { base })).outcome()).toMatchObject({
      status: 'published',
      id: 7,
    })
    expect((await store.get('/7')).json).toMatchObject({ title: 'How <i>rivers</i> bend' })
    await rm(join(base, 'elife-00007-fig1.tif'))
    expect((await run(store, 'ingest', ['elife-00007-v1.xml'], { base })).outcome()).toMatchObject({
      status: 'invalid',
      code: 'bad-request',
      message: expect.stringContaining('elife-00007-fig1'),
    })
  })

  test('names of versions are read as people write them', async () => {
    const id = newId()
    await run(store, 'ingest', [], { stdin: articleFile({ id }) })
    expect((await run(store, 'publish', [`${id}v1`])).outcome()).toMatchObject({ status: 'published' })
    expect((await run(store, 'publish', [`${id}.1`], { force: true })).outcome()).toMatchObject({ status: 'published' })
  })

  test('a dry run tells the datetime that it would have, and changes nothing', async () => {
    const id = newId()
    const dry = await run(store, 'ingest+publish', [], { stdin: articleFile({ id }), dryRun: true })
    expect(dry.code).toBe(0)
    expect(dry.outcome()).toMatchObject({ status: 'validated', 'dry-run': true, datetime: '2012-12-13T00:00:00Z' })
    expect((await store.getAll(`/${id}`)).status).toBe(404)
  })
})

describe('14: refusals', () => {
  test('each is one JSON object with the keys of the original, and exit code 1', async () => {
    const id = newId()
    const refused = await run(store, 'publish', [`${id}v1`])
    expect(refused.code).toBe(1)
    expect(refused.outcomes()).toEqual([
      {
        file: `${id}v1`,
        status: 'invalid',
        code: 'record-not-found',
        comment: expect.any(String),
        message: `refusing to publish an article '${id}v1' that doesn't exist`,
        trace: null,
        'dry-run': false,
        force: false,
      },
    ])
    const told = await run(store, 'publish', [`${id}v1`], { json: false })
    expect(told.lines).toEqual([
      `${id}v1 REFUSED (record-not-found): refusing to publish an article '${id}v1' that doesn't exist`,
    ])
  })

  test.each([
    ['', /standard input is empty/],
    ['{', /no JSON of the form/],
    ['{"snippet":{}}', /no JSON of the form/],
  ])('input %j is bad', async (stdin, message) => {
    const refused = await run(store, 'ingest', [], { stdin, id: '353', version: '1' })
    expect(refused.code).toBe(1)
    expect(refused.outcome()).toMatchObject({
      status: 'invalid',
      code: 'bad-request',
      message: expect.stringMatching(/^could not decode the json you gave me: /),
    })
    expect(refused.outcome()?.message).toMatch(message)
  })

  test('an id or version that is not that of the data is refused', async () => {
    const stdin = articleFile({ id: '16695' })
    expect((await run(store, 'ingest', [], { stdin, id: '16696', version: '1' })).outcome()?.message).toBe(
      "'id' in the data (16695) does not match 'msid' passed to script (16696)",
    )
    expect((await run(store, 'ingest', [], { stdin, id: '16695', version: '2' })).outcome()?.message).toBe(
      "'version' in the data (1) does not match 'version' passed to script (2)",
    )
  })

  test('one bad file does not hold up the others', async () => {
    const [good, bad] = [newId(), newId()]
    const base = await folderWith({
      [`elife-${bad}-v1.json`]: '{',
      [`elife-${good}-v1.json`]: articleFile({ id: good }),
    })
    const sent = await run(store, 'ingest', ['.'], { base })
    expect(sent.code).toBe(1)
    expect(
      sent
        .outcomes()
        .map(({ status }) => status)
        .toSorted(),
    ).toEqual(['ingested', 'invalid'])
  })

  test('a wrong token, and a store that does not answer, are errors in words', async () => {
    const stdin = articleFile({ id: newId() })
    const wrong = await run(store, 'ingest', [], { stdin, token: 'wrong' })
    expect(wrong.outcome()).toMatchObject({ status: 'error', message: expect.stringContaining('LAX_TOKEN') })
    const none = await run({ url: 'http://127.0.0.1:1' }, 'ingest', [], { stdin })
    expect(none.code).toBe(1)
    expect(none.outcome()).toMatchObject({ status: 'error', message: expect.stringMatching(/does not answer/) })
  })
})

describe('14: bad usage sends nothing', () => {
  test.each<[string, 'ingest' | 'publish', string[], object, RegExp]>([
    ['nothing to publish', 'publish', [], {}, /What should be published/],
    ['nothing piped in', 'ingest', [], { interactive: true }, /Nothing to read/],
    ['no such file', 'ingest', ['nowhere.json'], {}, /no file or folder, and no version/],
    ['version 0', 'publish', [], { id: '353', version: '0' }, /--version is 0, expected is a whole number from 1/],
    ['an id without a version', 'publish', [], { id: '353' }, /belong together/],
    ['parallel 0', 'ingest', ['-'], { parallel: '0' }, /--parallel is 0/],
    ['one id for two', 'ingest', ['-', '-'], { id: '1', version: '1' }, /there are several/],
  ])('%s', async (_, action, args, options, message) => {
    await expect(run(store, action, args, options)).rejects.toThrow(message)
  })
})

test('check needs no store: the place, what is there and what is expected', async () => {
  const valid = await run({ url: 'http://127.0.0.1:1' }, 'check', [], { stdin: articleFile() })
  expect([valid.code, JSON.parse(valid.lines[0] ?? '').valid]).toEqual([0, true])
  const bad = articleFile({ title: 7 })
  const invalid = await run({ url: 'http://127.0.0.1:1' }, 'check', ['-'], { stdin: bad, json: false })
  expect(invalid.code).toBe(1)
  expect(invalid.lines[0]).toMatch(/^standard input is NOT valid\n {2}\/title is 7, expected is string/)
})

test.each<[string, Record<string, unknown>, boolean]>([
  ['nothing special', {}, true],
  ['nothing that the store sets itself', { stage: undefined, statusDate: undefined }, true],
  ['no date yet', { published: null }, true],
  ['no word of its date', { published: undefined }, false],
  ['no title', { title: undefined }, false],
  ['a title that is a number', { title: 7 }, false],
  ['a volume that the public API does not know', { volume: '12A' }, false],
  ['authors without their line', { authors: [{ type: 'person', name: { preferred: 'A B', index: 'B, A' } }] }, false],
])('check says of an article with %s what the store says', async (_, more, valid) => {
  const stdin = articleFile({ id: newId(), ...more })
  const checked = await run(store, 'check', [], { stdin })
  expect([checked.code === 0, JSON.parse(checked.lines[0] ?? '').valid]).toEqual([valid, valid])
  expect((await run(store, 'ingest', [], { stdin, dryRun: true })).code === 0).toBe(valid)
})
