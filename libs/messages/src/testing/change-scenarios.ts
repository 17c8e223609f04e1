import { expect, test } from 'vitest'
import { atDoor, type OpenDoor, type StoreDoor } from './store-door.ts'

/**
 * Registers scenarios 12 and 13 of the article store's contract: fragments, which are merged into what comes in through this
 * door, and the notifications of what it changes. Fragments themselves are sent over HTTP, their only door.
 */
export function changeScenarios(open: OpenDoor): void {
  test('12: a fragment is merged deeply into every version; what it does not name survives as it is', async () => {
    const door = await open()
    const { does, readAll } = atDoor(door)
    const id = door.newId()
    const fragment = fragmentsOf(door, id)
    const extra = { a: { b: 1 }, list: [1], naïve: 'Ünïcödé 自由' }
    await does('ingest+publish', id, 1, { extra })
    await does('ingest', id, 2, { extra })
    expect(await fragment.put('first', { extra: { a: { c: 2 } }, title: 'Of the first' })).toMatchObject({
      status: 200,
    })
    await fragment.put('second', { extra: { list: [2] }, copyright: { statement: 'Frei verfügbar' } })
    for (const version of [1, 2]) {
      const { json } = await readAll(`/${id}/versions/${version}`)
      expect(json.extra).toEqual({ a: { b: 1, c: 2 }, list: [2], naïve: 'Ünïcödé 自由' })
      expect(json).toMatchObject({
        title: 'Of the first',
        copyright: { holder: 'Researcher', statement: 'Frei verfügbar' },
      })
    }
    await does('ingest', id, 2, { extra, volume: 2 })
    expect((await readAll(`/${id}/versions/2`)).json).toMatchObject({ volume: 2, title: 'Of the first' })

    await fragment.put('first', { title: 'Replaced' })
    expect((await readAll(`/${id}`)).json).toMatchObject({ title: 'Replaced', extra: { a: { b: 1 }, list: [2] } })
    expect(await fragment.remove('first')).toMatchObject({ status: 200, json: { first: 'deleted' } })
    expect(await fragment.remove('first')).toMatchObject({ status: 404, json: { title: 'not found' } })
    expect((await readAll(`/${id}`)).json).toMatchObject({ title: 'A good life' })
  })

  test('12: a fragment that is none, or that would make a version invalid, is refused and changes nothing', async () => {
    const door = await open()
    const { does, refusal, readAll } = atDoor(door)
    const id = door.newId()
    const { put, remove } = fragmentsOf(door, id)
    await does('ingest+publish', id, 1)
    await does('ingest', id, 2)
    const before = (await readAll(`/${id}`)).json
    const bad = 'refused: bad data'
    for (const [name, body, title, detail] of [
      ['image', '{"a"', bad, 'that fragment cannot be read and has been refused'],
      ['image', {}, bad, 'that fragment is invalid and has been refused'],
      ['image', [1], 'bad request', 'all fragments must be a dictionary'],
      ['xml-%3Ejson', { title: 'x' }, 'bad request', 'that key is protected'],
    ] as const) {
      expect(await put(name, body), detail).toMatchObject({ status: 400, json: { title, detail } })
    }
    const invalid = await put('image', { title: 5 })
    expect(invalid).toMatchObject({ status: 400, json: { title: bad } })
    expect(invalid.json.detail).toMatch(/^that fragment creates invalid article-json\. refused: .*\/title/)
    expect((await readAll(`/${id}`)).json).toEqual(before)

    const authors = [{ type: 'person', name: { preferred: 'A B', index: 'B, A' } }]
    await put('byline', { authorLine: 'A B', authors })
    await put('credit', { authorLine: 'C D' })
    expect(await remove('byline')).toMatchObject({ status: 400, json: { title: bad } })
    expect((await readAll(`/${id}`)).json).toMatchObject({ authorLine: 'C D', authors })
    expect(await refusal('ingest', id, 2, { title: 5 })).toMatch(/^invalid-article-json: .*\/title/)
  })

  test('13: an ingest and a publication tell of the article and of each related one, once', async () => {
    const door = await open({ empty: true })
    const { does, refusal } = atDoor(door)
    const [id, named, naming] = [door.newId(), door.newId(), door.newId()]
    await does('ingest', named, 1)
    expect(await door.told(1)).toEqual([named])
    await does('ingest', id, 1, { '-related-articles-internal': [named, '99998'] })
    expect(await door.told(2)).toEqual([id, named])
    await does('ingest', naming, 1, { '-related-articles-internal': [id, named] })
    expect(await door.told(3)).toEqual([naming, id, named])
    await does('publish', id, 1)
    expect(await door.told(3)).toEqual([id, named, naming])

    // Nothing changes, so nothing is told before the next change.
    await does('ingest', naming, 1, { '-related-articles-internal': [id, named] })
    await does('ingest+publish', naming, 1, { title: 'Dry' }, { dryRun: true })
    await refusal('ingest', id, 3)
    await does('publish', naming, 1)
    expect(await door.told(3)).toEqual([naming, id, named])
  })
}

function fragmentsOf(door: StoreDoor, id: string) {
  const ask = async (method: 'POST' | 'DELETE', name: string, body?: unknown) => {
    const path = `/api/v2/articles/${id}/fragments/${name}`
    const { status, text } = await door.http(path, { method, trusted: true, ...(body !== undefined && { body }) })
    return { status, json: JSON.parse(text) }
  }
  return {
    put: (name: string, body: unknown) => ask('POST', name, body),
    remove: (name: string) => ask('DELETE', name),
  }
}
