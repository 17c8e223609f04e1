import { expect, test } from 'vitest'
import { atDoor, type OpenDoor } from './store-door.ts'

const vendor = (kind: string, version?: number) =>
  `application/vnd.elife.article-${kind}+json${version === undefined ? '' : `; version=${version}`}`
const deprecation = 'Deprecation: Support for this Content-Type version will be removed'

/** Registers scenarios 7 to 11 of the article store's contract: what readers see of articles that came in through this door. */
export function readingScenarios(open: OpenDoor): void {
  test('7: a list has the newest visible version of each article, in order, paged', async () => {
    const door = await open({ empty: true })
    const { does, read } = atDoor(door)
    const [a, b, c, d] = [door.newId(), door.newId(), door.newId(), door.newId()]
    await does('ingest+publish', a, 1, { published: '2012-01-01T00:00:00Z' })
    await does('ingest+publish', b, 1, { published: '2012-02-01T00:00:00Z' })
    await does('ingest+publish', c, 1, { published: '2012-02-01T00:00:00Z' })
    await does('ingest+publish', b, 2)
    await does('ingest', c, 2)
    await does('ingest', d, 1)
    const listed = async (query: string, trusted = false) => {
      const { json } = await read(query, { trusted })
      return json.items.map((item: { id: string; version: number }) => `${item.id} v${item.version}`)
    }
    const everybody = [`${b} v2`, `${c} v1`, `${a} v1`]
    expect(await listed('')).toEqual(everybody)
    for (const order of ['asc', 'ASC']) expect(await listed(`?order=${order}`)).toEqual(everybody.toReversed())
    const all = [`${d} v1`, `${c} v2`, `${b} v2`, `${a} v1`]
    expect(await listed('', true)).toEqual(all)
    expect(await listed('?order=asc', true)).toEqual(all.toReversed())
    expect(await listed('?subject=neuroscience&colour=red')).toEqual(everybody)
    for (const [index, expected] of everybody.entries()) {
      expect(await listed(`?per-page=1&page=${index + 1}`)).toEqual([expected])
    }
    expect((await read('?per-page=1&page=4')).json).toEqual({ total: 3, items: [] })
  })

  test('7: paging without sense is refused in the words of the contract', async () => {
    const { read } = atDoor(await open())
    const positive = (name: string) => `expecting positive integer for '${name}' parameter`
    for (const [query, detail] of [
      ...['0', '-1', '1.5', 'one', ''].map((value) => [`page=${value}`, positive('page')]),
      ...['0', '-1', '1.5', 'one', ''].map((value) => [`per-page=${value}`, positive('per-page')]),
      ['per-page=101', "value must be between 1 and 100 for 'per-page' parameter"],
      ['order=newest', "expecting either 'asc' or 'desc' for 'order' parameter"],
    ]) {
      const { status, json } = await read(`?${query}`)
      expect([status, json], query).toEqual([400, { title: 'bad request', detail }])
    }
  })

  test('8: a history has preprints first, then versions ascending; an insight was not received', async () => {
    const door = await open()
    const { does, read, readAll } = atDoor(door)
    const [id, insight] = [door.newId(), door.newId()]
    const history = {
      received: '2011-11-01T00:00:00Z',
      accepted: '2011-12-01',
      'sent-for-peer-review': '2011-11-15',
      preprint: { description: 'A preprint', uri: 'https://example.org/2', date: '2011-10-01T00:00:00Z' },
    }
    await does('ingest+publish', id, 1, { '-history': history, status: 'poa', body: undefined })
    await does('ingest+publish', id, 2, { '-history': history })
    await does('ingest', id, 3, { '-history': history })
    const preprint = { status: 'preprint', ...history.preprint }
    const dates = { received: '2011-11-01', accepted: '2011-12-01', sentForReview: '2011-11-15' }
    const { json } = await read(`/${id}/versions`)
    expect(json).toMatchObject({ ...dates, versions: [preprint, { version: 1, status: 'poa' }, { version: 2 }] })
    expect(json.versions).toHaveLength(3)
    expect((await readAll(`/${id}/versions`)).json.versions).toHaveLength(4)

    const older = await read(`/${id}/versions`, { headers: { accept: vendor('history', 1) } })
    expect(older.json).toMatchObject({ received: '2011-11-01', versions: [{ version: 1 }, { version: 2 }] })
    expect(older.json).not.toHaveProperty('sentForReview')

    await does('ingest+publish', insight, 1, { type: 'insight', '-history': history })
    const unsubmitted = (await read(`/${insight}/versions`)).json
    expect(unsubmitted).not.toHaveProperty('received')
    expect(unsubmitted).not.toHaveProperty('accepted')
  })

  test('9: what is unknown or not public is not found; zeros do not count; HEAD is answered', async () => {
    const door = await open()
    const { does, read } = atDoor(door)
    const [id, hidden] = [door.newId(), door.newId()]
    await does('ingest+publish', id, 1)
    await does('ingest', hidden, 1)
    const unknown = '99999'
    for (const path of [
      ...['', '/versions', '/related', '/versions/1'].flatMap((end) => [`/${unknown}${end}`, `/${hidden}${end}`]),
      ...['/versions/0', '/versions/2', '/versions/x', '/'].map((end) => `/${id}${end}`),
      '/abc',
    ]) {
      const { status, json } = await read(path)
      expect([status, json], path).toEqual([404, { title: 'not found' }])
    }
    expect((await read(`/000${id}`)).json).toMatchObject({ id })
    for (const path of ['', `/${id}`, `/${id}/versions`, `/${id}/versions/1`, `/${id}/related`]) {
      expect(await read(path, { method: 'HEAD' }), path).toMatchObject({ status: 200, json: undefined })
    }
  })

  test('10: what is related goes both ways, citations first, without what is unknown or hidden', async () => {
    const door = await open()
    const { does, read, readAll } = atDoor(door)
    const [id, named, naming, hidden, stub] = [door.newId(), door.newId(), door.newId(), door.newId(), '99998']
    const citation = {
      type: 'external-article',
      articleTitle: 'Elsewhere',
      journal: 'J',
      authorLine: 'A',
      uri: 'https://example.org/1',
    }
    const preprint = (of: string) => ({
      id: of,
      doi: `10.7554/eLife.${of}`,
      title: 'A preprint',
      status: 'reviewed',
      stage: 'published',
    })
    await does('ingest+publish', id, 1, {
      '-related-articles-internal': [named, stub],
      '-related-articles-external': [citation],
      '-related-articles-reviewed-preprints': [preprint('99997'), preprint(named)],
    })
    const related = async (headers: Record<string, string> = {}) => (await read(`/${id}/related`, { headers })).json
    expect(await related()).toMatchObject([citation, { id: '99997' }, { id: named, status: 'reviewed' }])

    await does('ingest+publish', named, 1)
    await does('ingest+publish', naming, 1, { '-related-articles-internal': [id] })
    await does('ingest', hidden, 1, { '-related-articles-internal': [id] })
    const articles = [
      { id: named, status: 'vor' },
      { id: naming, status: 'vor' },
    ]
    const seen = await related()
    expect(seen).toMatchObject([citation, { id: '99997' }, ...articles])
    const older = await related({ accept: vendor('related', 1) })
    expect(older).toMatchObject([citation, ...articles])
    expect([seen.length, older.length]).toEqual([4, 3])
    expect((await readAll(`/${id}/related`)).json).toMatchObject([
      citation,
      { id: '99997' },
      ...articles,
      { id: hidden },
    ])
    expect((await read(`/${named}/related`)).json).toMatchObject([{ id }])
  })

  test('11: the media type is negotiated by the table of the contract', async () => {
    const door = await open()
    const { does, read } = atDoor(door)
    const [poa, vor, unpaid] = [door.newId(), door.newId(), door.newId()]
    await does('ingest+publish', poa, 1, { status: 'poa', body: undefined })
    await does('ingest+publish', vor, 1)
    const awards = [{ id: 'par-1', source: { name: ['A funder'] } }]
    await does('ingest+publish', unpaid, 1, { funding: { awards, statement: 'Nobody received it.' } })
    type Row = readonly [path: string, accept: string | undefined, served: string | undefined, deprecated?: boolean]
    const rows: Row[] = [
      ...[undefined, '*/*', 'application/*', vendor('vor'), vendor('vor', 8)].map((accept): Row => [
        vor,
        accept,
        vendor('vor', 8),
      ]),
      ...[undefined, '*/*', 'application/*', vendor('poa'), vendor('poa', 4)].map((accept): Row => [
        poa,
        accept,
        vendor('poa', 4),
      ]),
      [vor, `${vendor('poa', 4)}, ${vendor('vor', 8)}`, vendor('vor', 8)],
      [vor, vendor('vor', 7), vendor('vor', 7), true],
      [vor, `${vendor('vor', 7)}, ${vendor('vor', 8)}`, vendor('vor', 8), true],
      [poa, vendor('poa', 3), vendor('poa', 3), true],
      [`${vor}/versions`, vendor('history', 1), vendor('history', 1), true],
      [`${vor}/related`, vendor('related', 1), vendor('related', 1), true],
      [unpaid, vendor('vor', 8), vendor('vor', 8)],
      [unpaid, vendor('vor', 7), undefined],
      ...[vendor('vor', 6), vendor('vor', 9), vendor('poa', 4), 'text/html', 'text/plain'].map((accept): Row => [
        vor,
        accept,
        undefined,
      ]),
      [poa, vendor('vor', 8), undefined],
      [vor, 'application/json', 'application/json'],
    ]
    for (const [path, accept, served, deprecated = false] of rows) {
      const answer = await read(`/${path}`, { headers: { ...(accept !== undefined && { accept }) } })
      const about = `${path} as ${accept}`
      if (served === undefined) {
        const detail = 'could not negotiate an acceptable response type'
        expect([answer.status, answer.json], about).toEqual([406, { title: 'not acceptable', detail }])
      } else {
        const { 'content-type': type, warning } = answer.headers
        expect([answer.status, type, warning], about).toEqual([200, served, deprecated ? deprecation : undefined])
      }
    }
  })

  test('11: who may keep an answer is said; a claim of rights without the credential shows nothing more', async () => {
    const door = await open()
    const { does, read } = atDoor(door)
    const [id, hidden] = [door.newId(), door.newId()]
    await does('ingest+publish', id, 1)
    await does('ingest', hidden, 1)
    const facts = async (path: string, trusted = false) => {
      const { headers } = await read(path, { trusted })
      return [headers['cache-control'], headers['kong-authenticated'], String(headers['vary']).includes('Accept')]
    }
    const everybody = 'public, max-age=300, stale-while-revalidate=300, stale-if-error=86400'
    expect(await facts(`/${id}`)).toEqual([everybody, 'False', true])
    expect(await facts(`/${id}`, true)).toEqual(['private, max-age=0, must-revalidate', 'True', true])
    expect((await facts(`/${hidden}`))[0]).toBe('must-revalidate, no-cache, no-store')
    for (const groups of ['user', 'admin', 'user, view-unpublished-content', 'view-unpublished-content']) {
      expect((await read(`/${hidden}`, { headers: { 'x-consumer-groups': groups } })).status, groups).toBe(404)
    }
    expect((await read(`/${hidden}`, { trusted: true })).status).toBe(200)
  })
}
