import { expect, test } from 'vitest'
import { articleJson, atDoor, type DoorTraits, type OpenDoor } from './store-door.ts'

/** Registers scenarios 1 to 6 of the article store's contract: ingesting and publishing, what they refuse, and the dates. */
export function versionScenarios(open: OpenDoor, { repeatsPublication }: DoorTraits): void {
  test('1: an ingest is seen with the token alone, a publication by everybody, with the date of the XML', async () => {
    const door = await open({ empty: true })
    const { does, read, readAll } = atDoor(door)
    const id = door.newId()
    await does('ingest', id, 1)
    for (const path of ['', '/versions', '/versions/1', '/related']) {
      expect((await read(`/${id}${path}`)).status, path).toBe(404)
      expect((await readAll(`/${id}${path}`)).status, path).toBe(200)
    }
    expect((await read('')).json).toEqual({ total: 0, items: [] })
    expect((await readAll('')).json).toMatchObject({ total: 1 })
    expect((await readAll(`/${id}`)).json).toMatchObject({ stage: 'preview' })

    const date = '2012-12-13T00:00:00Z'
    expect(await does('publish', id, 1)).toMatchObject({ status: 'published', datetime: date })
    expect((await read(`/${id}`)).json).toMatchObject({
      stage: 'published',
      published: date,
      versionDate: date,
      statusDate: date,
    })
  })

  test('2: an ingest never publishes, once or twice', async () => {
    const door = await open()
    const { does, read } = atDoor(door)
    const id = door.newId()
    for (const _ of [1, 2]) expect(await does('ingest', id, 1)).toMatchObject({ status: 'ingested' })
    expect((await read(`/${id}`)).status).toBe(404)
  })

  test('2: each rule is refused with its code and message', async () => {
    const door = await open()
    const { does, refusal } = atDoor(door)
    const id = door.newId()
    for (const force of [false, true]) {
      expect(await refusal('ingest', id, 2, {}, { force })).toBe(
        'previous-version-does-not-exist: refusing to ingest new article version out of sequence. no other article versions exist so a v1 was expected.',
      )
    }
    expect(await refusal('publish', id, 1)).toBe(
      `record-not-found: refusing to publish an article '${id}v1' that doesn't exist`,
    )
    await does('ingest', id, 1)
    for (const force of [false, true]) {
      expect(await refusal('ingest', id, 2, {}, { force })).toBe(
        'previous-version-unpublished: refusing to ingest new article version when previous article version is still unpublished.',
      )
    }
    await does('publish', id, 1)
    expect(await refusal('ingest', id, 3)).toBe(
      'previous-version-does-not-exist: refusing to ingest new article version out of sequence.',
    )
    for (const action of ['ingest', 'ingest+publish'] as const) {
      expect(await refusal(action, id, 1, { title: 'Other' })).toBe(
        'already-published: refusing to ingest new article data on an already published article version.',
      )
    }
    expect(await refusal('publish', id, 1)).toBe(
      repeatsPublication ? 'published' : 'already-published: refusing to publish an already published article version',
    )
    for (const force of [false, true]) {
      expect(await refusal('ingest', id, 2, { title: 5 }, { force })).toMatch(
        /^invalid-article-json: \(error 1 of 1\) \/title /,
      )
    }
    expect(await refusal('ingest', id, 2, { title: undefined })).toBe(
      "error-parsing-article-json: failed to scrape article data, key not present: 'title'",
    )
    expect(await refusal('ingest', id, 2, { published: undefined })).toBe(
      "error-parsing-article-json: failed to scrape given article data: KeyError('published')",
    )
    const other = await door.send({ action: 'ingest', id, version: 2, article: articleJson({ id }) })
    expect(other).toMatchObject({
      code: 'bad-request',
      message: "'version' in the data (1) does not match 'version' passed to script (2)",
    })
    const another = door.newId()
    const mixed = await door.send({
      action: 'ingest',
      id,
      version: 2,
      article: articleJson({ id: another, version: 2 }),
    })
    expect(mixed).toMatchObject({
      code: 'bad-request',
      message: `'id' in the data (${another}) does not match 'msid' passed to script (${id})`,
    })
  })

  test('3: a second version is not seen before it is published, and is dated by its publication', async () => {
    const door = await open()
    const { does, read, readAll } = atDoor(door)
    const id = door.newId()
    await does('ingest+publish', id, 1)
    await does('ingest', id, 2, { title: 'Second' })
    expect((await read(`/${id}`)).json).toMatchObject({ version: 1 })
    expect((await read(`/${id}/versions/2`)).status).toBe(404)
    const { json: preview } = await readAll(`/${id}`)
    expect(preview).toMatchObject({ version: 2, stage: 'preview', published: '2012-12-13T00:00:00Z' })
    expect(preview).not.toHaveProperty('versionDate')

    await door.setClock('2016-10-06T12:00:00Z')
    const date = '2016-10-06T12:00:00Z'
    expect(await does('publish', id, 2)).toMatchObject({ status: 'published', datetime: date })
    expect((await read(`/${id}`)).json).toMatchObject({ version: 2, versionDate: date })
    expect((await read(`/${id}/versions/1`)).json).toMatchObject({ title: 'A good life' })
    await door.setClock('2016-10-07T12:00:00Z')
    expect(await does('publish', id, 2, {}, { force: true })).toMatchObject({ datetime: date })
  })

  test('4: a silent correction needs force, and is public at once with its date, which version 1 changes', async () => {
    const door = await open()
    const { does, refusal, read } = atDoor(door)
    const id = door.newId()
    await does('ingest+publish', id, 1)
    await does('ingest+publish', id, 2)
    await door.setClock('2016-10-06T12:00:00Z')
    expect(await refusal('ingest', id, 2, { title: 'Corrected' })).toMatch(/^already-published: /)
    await does('ingest', id, 2, { title: 'Corrected' }, { force: true })
    expect((await read(`/${id}`)).json).toMatchObject({ title: 'Corrected', versionDate: '2016-10-05T12:00:00Z' })
    await does('ingest', id, 1, { published: '2012-12-14T00:00:00Z' }, { force: true })
    expect((await read(`/${id}/versions/1`)).json).toMatchObject({ published: '2012-12-14T00:00:00Z' })
    expect((await read(`/${id}`)).json).toMatchObject({ published: '2012-12-14T00:00:00Z' })

    const dry = await does('ingest', id, 2, { title: 'Dry' }, { force: true, dryRun: true })
    expect(dry).toMatchObject({ status: 'validated', datetime: '2016-10-06T12:00:00Z' })
    expect((await read(`/${id}`)).json).toMatchObject({ title: 'Corrected' })
  })

  test('5: the same content again has the same datetime; relations are content; ingest+publish publishes it', async () => {
    const door = await open()
    const { does, read } = atDoor(door)
    const [id, related] = [door.newId(), door.newId()]
    const first = await does('ingest', id, 1)
    await door.setClock('2016-10-06T12:00:00Z')
    expect(await does('ingest', id, 1)).toEqual(first)
    const more = { '-related-articles-internal': [related] }
    expect(await does('ingest', id, 1, more)).toMatchObject({ datetime: '2016-10-06T12:00:00Z' })
    expect(await does('ingest+publish', id, 1, more)).toMatchObject({ status: 'published' })
    expect((await read(`/${id}`)).status).toBe(200)
  })

  test('6: the status date is that of the first PoA, or of the first version of record', async () => {
    const door = await open()
    const { does, read } = atDoor(door)
    const id = door.newId()
    for (const [version, status] of [
      [1, 'poa'],
      [2, 'poa'],
      [3, 'vor'],
      [4, 'vor'],
    ] as const) {
      await door.setClock(`2016-10-0${version}T00:00:00Z`)
      await does('ingest+publish', id, version, { status, ...(status === 'poa' && { body: undefined }) })
    }
    const { json } = await read(`/${id}/versions`)
    expect(json.versions.map(({ statusDate }: { statusDate: string }) => statusDate.slice(0, 10))).toEqual([
      '2012-12-13',
      '2012-12-13',
      '2016-10-03',
      '2016-10-03',
    ])
  })
}
