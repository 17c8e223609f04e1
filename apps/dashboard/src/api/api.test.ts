import { expect, test } from 'vitest'
import { machine, startDashboard } from '../web/dashboard.fixture.ts'
import { event, property, publicationData, readyRun, unixMinute } from '../derive/history/messages.fixture.ts'

/** The JSON API over HTTP on a real database, without the faults of the original system. */

test('the current articles by section', async () => {
  await using dashboard = await startDashboard()
  expect((await dashboard.get('/api/current')).json()).toEqual({ error: [], 'in-progress': [], scheduled: [], uir: [] })
  await dashboard.receive([
    ...readyRun(),
    event(0, 'Expand Article', 'start', { item_identifier: '04970' }),
    event(0, 'Expand Article', 'error', { item_identifier: '00790' }),
    event(0, 'Expand Article', 'start', { item_identifier: '15893' }),
    property(1, 'publication-status', 'published', { item_identifier: '15893' }),
  ])
  const current = (await dashboard.get('/api/current')).json()
  expect(current).toMatchObject({
    error: [{ id: '00790', 'event-status': 'error' }],
    'in-progress': [{ id: '04970', version: 1, run: 1 }],
    uir: [{ id: '00353', 'preview-link': 'https://site.test/content/1/e00353v1' }],
    scheduled: [],
  })
  expect(JSON.stringify(current)).not.toContain('_publication-data')
})

test('an article, one that has just begun, and one that never arrived', async () => {
  await using dashboard = await startDashboard()
  await dashboard.receive([event(0, 'Delivery', 'start', { version: 0 })])
  expect((await dashboard.get('/api/article/00353')).json()).toMatchObject({
    id: '00353',
    versions: { '0': { details: { 'version-number': '0' }, runs: { '1': { 'run-id': 'a' } } } },
  })
  const unknown = await dashboard.get('/api/article/xxx')
  expect([unknown.statusCode, unknown.body]).toEqual([404, ''])
})

test('publishing sends what the bot prepared, with the version in the type that the client sent', async () => {
  await using dashboard = await startDashboard()
  await dashboard.receive([...readyRun(), ...readyRun(0, { article: '04970' })])
  const answer = await dashboard.post('/api/queue_article_publication', {
    articles: [{ id: '00353', version: '1', run: 'a', doi: 'x' }, { id: '04970' }],
  })
  expect(answer.json()).toEqual({
    articles: [
      { id: '00353', 'publication-status': 'queued', run: 'a', version: '1' },
      { id: '04970', 'publication-status': 'queued', run: 'a', version: '1' },
    ],
  })
  const message = (id: string, version: string | number) => ({
    workflow_name: 'ApproveArticlePublication',
    workflow_data: { article_id: id, version, run: 'a', publication_data: publicationData('a', '1', id) },
    request: expect.stringMatching(/^[\da-f-]{36}-\d+$/),
  })
  expect(dashboard.sent).toEqual([message('00353', '1'), message('04970', 1)])
})

test('each article of a batch has its own result, and a refused one does not stop the others', async () => {
  await using dashboard = await startDashboard()
  await dashboard.receive([
    event(0, 'Expand Article', 'start', { item_identifier: '00790' }),
    ...readyRun(),
    ...readyRun(0, { article: '04970' }),
  ])
  const answer = await dashboard.post('/api/queue_article_publication', {
    articles: [
      { id: 'xxx' },
      { id: '00353', version: 2 },
      { id: '00790' },
      { id: '00353' },
      { id: '04970', version: 1 },
    ],
  })
  expect(answer.statusCode).toBe(200)
  expect(answer.json()).toMatchObject({
    articles: [
      { id: 'xxx', 'publication-status': 'error', run: null, version: null, message: 'This article has not arrived.' },
      { id: '00353', 'publication-status': 'error', version: '2' },
      { id: '00790', 'publication-status': 'error', run: 'a', version: '1' },
      { id: '00353', 'publication-status': 'queued' },
      { id: '04970', 'publication-status': 'queued' },
    ],
  })
  expect(dashboard.sent).toHaveLength(2)
})

test('two requests send one message, unless forced', async () => {
  await using dashboard = await startDashboard()
  await dashboard.receive(readyRun())
  const ask = async (force?: boolean) =>
    (await dashboard.post('/api/queue_article_publication', { articles: [{ id: '00353', force }] })).json().articles[0]
  expect(await ask()).toMatchObject({ 'publication-status': 'queued' })
  expect(await ask()).toMatchObject({
    'publication-status': 'error',
    message: expect.stringMatching('already been requested'),
  })
  expect(await ask(true)).toMatchObject({ 'publication-status': 'queued' })
  expect(dashboard.sent).toHaveLength(2)
})

test('simultaneous requests publish once', async () => {
  await using dashboard = await startDashboard()
  await dashboard.receive(readyRun())
  const ask = () => dashboard.post('/api/queue_article_publication', { articles: [{ id: '00353' }] })
  await Promise.all([ask(), ask(), ask()])
  expect(dashboard.sent).toHaveLength(1)
})

test('a request survives an unavailable starter queue: it is stored first and sent when the queue is back', async () => {
  await using dashboard = await startDashboard()
  await dashboard.receive([...readyRun(), ...readyRun(0, { article: '04970' })])
  dashboard.starter.cut = true
  const answer = await dashboard.post('/api/queue_article_publication', { articles: [{ id: '00353' }] })
  expect(answer.json().articles[0]['publication-status']).toBe('queued')
  expect(dashboard.sent).toEqual([])
  dashboard.starter.cut = false
  await dashboard.post('/api/queue_article_publication', { articles: [{ id: '04970' }] })
  expect(dashboard.sent).toMatchObject([
    { workflow_data: { article_id: '00353' } },
    { workflow_data: { article_id: '04970' } },
  ])
})

test('the status of articles, with id, version and run as they were sent', async () => {
  await using dashboard = await startDashboard()
  await dashboard.receive([
    ...readyRun(),
    event(0, 'Post EIF', 'error', { item_identifier: '00790', message: 'the site answered 503' }),
    property(0, 'publication-status', 'hidden', { item_identifier: '04970', version: '2' }),
  ])
  const asked = [
    { id: '00353', version: '1', run: 'a' },
    { id: '00790', version: 1, run: 7 },
    { id: '04970', version: 2, run: null },
    { id: 'xxx', version: 1, run: 'a' },
  ]
  const answer = await dashboard.post('/api/article_publication_status', { articles: asked })
  expect(answer.json()).toEqual({
    articles: [
      { ...asked[0], 'publication-status': 'ready to publish', message: '' },
      { ...asked[1], 'publication-status': 'error', message: 'the site answered 503' },
      { ...asked[2], 'publication-status': 'hidden', message: '' },
      { ...asked[3], 'publication-status': null, message: '' },
    ],
  })
})

test("bodies are parsed as JSON whatever their content type; others are refused in the original's words", async () => {
  await using dashboard = await startDashboard()
  const ask = async (payload: string, type?: string) => {
    const headers = { ...machine, ...(type !== undefined && { 'content-type': type }) }
    const answer = await dashboard.post('/api/queue_article_publication', payload, headers)
    return [answer.statusCode, answer.json()]
  }
  expect(await ask('{}')).toEqual([200, { articles: [] }])
  expect(await ask('{"articles":null}')).toEqual([200, { articles: [] }])
  expect(await ask('{"articles":[]}', 'text/plain')).toEqual([200, { articles: [] }])
  expect(await ask('{"articles":[]}', 'application/x-www-form-urlencoded')).toEqual([200, { articles: [] }])
  expect(await ask('[]')).toEqual([
    400,
    { message: 'Problem with request data', detail: 'Request data not a json dictionary' },
  ])
  const bodiless = await dashboard.app.inject({
    method: 'POST',
    url: '/api/queue_article_publication',
    headers: machine,
  })
  expect([bodiless.statusCode, bodiless.json()]).toEqual([
    400,
    { message: 'Problem with request data', detail: 'Request data not a json dictionary' },
  ])
  expect(await ask('nonsense')).toMatchObject([400, { message: 'Problem with request data' }])
  expect(await ask('{"articles":[{"version":1}]}')).toMatchObject([400, { message: 'Problem with request data' }])
  const status = await dashboard.post('/api/article_publication_status', { articles: [{ id: '00353' }] })
  expect(status.statusCode).toBe(400)
})

test('schedules: set before arrival, moved, listed in a range, cancelled', async () => {
  await using dashboard = await startDashboard()
  const schedule = async (id: string, scheduled: unknown) =>
    (
      await dashboard.post('/api/schedule_article_publication', { article: { 'article-identifier': id, scheduled } })
    ).json()
  const range = async () =>
    (await dashboard.get('/api/article_schedule_for_range/from/0/to/2000000000/')).json().articles

  expect(await schedule('20202', 1_900_000_000)).toEqual({ result: 'success' })
  expect(await schedule('00353', '1900000001')).toEqual({ result: 'success' })
  await dashboard.receive(readyRun())
  expect(await range()).toMatchObject([
    { id: '20202', 'is-temp': true, 'scheduled-publication-date': 1_900_000_000 },
    {
      id: '00353',
      'is-temp': false,
      title: 'A <italic>good</italic> life',
      'scheduled-publication-date': 1_900_000_001,
    },
  ])
  expect((await dashboard.get('/api/current')).json().scheduled).toMatchObject([{ id: '00353' }])

  await schedule('00353', 1_950_000_000)
  expect((await dashboard.post('/api/article_scheduled_status', { articles: ['00353', '1'] })).json()).toEqual({
    articles: [
      { 'article-identifier': '00353', scheduled: 1_950_000_000, published: false },
      { 'article-identifier': '1', scheduled: null, published: false },
    ],
  })
  for (const nothing of [false, null]) expect(await schedule('00353', nothing)).toEqual({ result: 'success' })
  expect(await range()).toHaveLength(1)
  expect((await dashboard.get('/api/current')).json().uir).toMatchObject([{ id: '00353' }])
})

test('the feed is everything that arrived, in order', async () => {
  await using dashboard = await startDashboard()
  await dashboard.receive([event(5, 'Post EIF', 'start'), property(0, 'title', 'x'), event(1, 'Post EIF', 'end')])
  const { items, last } = (await dashboard.get('/api/feed?after=0')).json()
  expect(items.map((item: { kind: string; status?: string }) => item.status ?? item.kind)).toEqual([
    'start',
    'property',
    'end',
  ])
  expect(items[1]).toMatchObject({ kind: 'property', name: 'title', value: 'x', item_identifier: '00353' })
  const rest = (await dashboard.get(`/api/feed?after=${items[1].sequence}`)).json()
  expect(rest).toEqual({ items: [items[2]], last })
  for (const query of ['', `?after=${last}`, `?after=${Number.MAX_SAFE_INTEGER}`]) {
    expect((await dashboard.get(`/api/feed${query}`)).json()).toEqual({ items: [], last })
  }
})

test('whoever waits for the feed hears of the next message at once, and of nothing in the end', async () => {
  await using dashboard = await startDashboard()
  await dashboard.receive([event(5, 'Post EIF', 'start')])
  const { last } = (await dashboard.get('/api/feed')).json()
  const waiting = dashboard.get(`/api/feed?after=${last}&wait=30`)
  // A change that brings no message ends nothing.
  await dashboard.post('/api/schedule_article_publication', {
    article: { 'article-identifier': '20202', scheduled: 1_900_000_000 },
  })
  await dashboard.receive([event(6, 'Post EIF', 'end')])
  expect((await waiting).json()).toMatchObject({ items: [{ status: 'end' }], last: last + 1 })

  expect((await dashboard.get(`/api/feed?after=${last + 1}&wait=1`)).json()).toEqual({ items: [], last: last + 1 })
})

test('whoever waits for the feed does not delay a stop', async () => {
  await using dashboard = await startDashboard()
  const waiting = dashboard.get('/api/feed?after=0&wait=30')
  // It is answered after the one before has begun.
  await dashboard.get('/api/feed')
  await dashboard.app.close()
  expect((await waiting).json()).toEqual({ items: [], last: 0 })
})

test('times of events are in unix seconds', async () => {
  await using dashboard = await startDashboard()
  await dashboard.receive([event(3, 'Post EIF', 'start')])
  const [row] = (await dashboard.get('/api/current')).json()['in-progress']
  expect(row['event-timestamp']).toBe(unixMinute(3) / 1000)
})
