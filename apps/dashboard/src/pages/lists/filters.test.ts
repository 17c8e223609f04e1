import { expect, test } from 'vitest'
import { event, minute, property, readyRun, unixMinute } from '../../derive/history/messages.fixture.ts'
import type { Received } from '../../derive/history/model.ts'
import { startDashboard } from '../../web/dashboard.fixture.ts'

/** Filters, search and sorting of the lists, by their addresses. */

const delivery = (file_name: string) => ({
  bucket_name: 'b',
  file_name,
  file_etag: 'abc',
  file_size: 7,
  event_time: minute(0),
})

/** An article with the properties that filters are about. */
function article(id: string, file: string, properties: Record<string, string>): Received[] {
  return [
    event(0, 'Delivery', 'start', { item_identifier: id, version: 0, delivery: delivery(file) }),
    ...readyRun(0, { article: id }),
    ...Object.entries(properties).map(([name, value]) => property(11, name, value, { item_identifier: id })),
  ]
}

const rivers = article('00353', 'elife-00353-vor-r1.zip', {
  title: 'How <italic>rivers</italic> bend',
  status: 'VOR',
  'article-kind': 'Research Article',
  'article-type': 'research-article',
  subjects: 'Ecology\nPhysics of Living Systems',
  authors: 'Ada Stream, Ève Márquez',
  'corresponding-authors': 'Ada Stream',
  findings: 'No PDF\n',
})
const yeast = article('ijm-00202', 'ijm-00202-poa-r1.zip', {
  title: 'Cell death in yeast',
  status: 'POA',
  'article-kind': 'Feature Article',
  'article-type': 'article-commentary',
  subjects: 'Cell Biology',
  authors: 'Grace Hopper',
})
const failed = [
  event(20, 'Delivery', 'start', {
    item_identifier: '04970',
    version: 0,
    delivery: delivery('elife-04970-vor-r1.zip'),
  }),
  event(21, 'Check Package', 'error', { item_identifier: '04970', message: 'Figure 2 has no file.' }),
]
const published = [
  ...article('22661', 'elife-22661-vor-r1.zip', { title: 'Old rivers', authors: 'Ève Márquez' }),
  property(12, 'publication-status', 'published', { item_identifier: '22661' }),
]

async function startWith(received: Received[]) {
  const dashboard = await startDashboard()
  await dashboard.receive(received)
  const ids = async (path: string) =>
    [...(await dashboard.get(path)).body.matchAll(/<li id="(?:article|published)-([\w-]+?)\.\d/g)].map(([, id]) => id)
  return { dashboard, ids, [Symbol.asyncDispose]: () => dashboard[Symbol.asyncDispose]() }
}

test('each filter narrows the list, and filters narrow it together', async () => {
  await using lists = await startWith([...rivers, ...yeast, ...failed])
  const { dashboard, ids } = lists
  const ada = await dashboard.signIn('ada', 'editor')
  await ada.submit('/article/assign', [
    ['article', '00353/1/a'],
    ['assignee', 'ada'],
  ])
  const cases: [string, string[]][] = [
    ['section=error', ['04970']],
    ['section=error&section=uir', ['04970', '00353', 'ijm-00202']],
    ['journal=elife', ['04970', '00353']],
    ['journal=ijm', ['ijm-00202']],
    ['subject=Ecology', ['00353']],
    ['subject=Ecology&subject=Cell+Biology', ['00353', 'ijm-00202']],
    ['type=Feature+Article', ['ijm-00202']],
    ['status=VOR', ['00353']],
    ['status=poa', ['ijm-00202']],
    ['findings=yes', ['00353']],
    ['findings=no', ['04970', 'ijm-00202']],
    ['step=Check+Package', ['04970']],
    ['cause=Check+Package%3A+Figure+%E2%80%A6+has+no+file.', ['04970']],
    ['assignee=ada', ['00353']],
    ['assignee=nobody', ['04970', 'ijm-00202']],
    ['assignee=nobody&assignee=ada', ['04970', '00353', 'ijm-00202']],
    ['from=2026-11-24', []],
    ['from=2026-11-23&to=2026-11-23', ['04970', '00353', 'ijm-00202']],
    ['to=2026-11-22', []],
    [`arrived=${minute(10)}`, ['04970']],
    ['journal=elife&findings=yes&status=VOR', ['00353']],
    ['journal=elife&status=POA', []],
  ]
  for (const [query, expected] of cases) expect([query, await ids(`/current?${query}`)]).toEqual([query, expected])
})

test('search finds by every author, title, DOI, number, error text and note, in the archive as well', async () => {
  await using lists = await startWith([...rivers, ...yeast, ...failed, ...published])
  const { dashboard, ids } = lists
  const ada = await dashboard.signIn('ada', 'editor')
  await ada.submit('/article/note', [
    ['article', 'ijm-00202/1/a'],
    ['note', 'Embargo until the congress.'],
  ])
  const cases: [string, string[]][] = [
    ['marquez', ['00353', '22661']],
    ['RIVERS bend', ['00353']],
    ['10.7554/eLife.00353', ['00353']],
    ['353', ['00353']],
    ['no file', ['04970']],
    ['embargo congress', ['ijm-00202']],
    ['feature', ['ijm-00202']],
    ["'; drop table article; --", []],
  ]
  for (const [q, expected] of cases) {
    const query = new URLSearchParams({ q }).toString()
    expect([q, await ids(`/current?${query}`)]).toEqual([q, expected])
  }
})

test('the archive has what was published and what was dismissed, with why, and the same filters', async () => {
  await using lists = await startWith([...rivers, ...failed, ...published])
  const { dashboard, ids } = lists
  const ada = await dashboard.signIn('ada', 'editor')
  await ada.submit('/bulk/dismiss', [
    ['article', '04970/1/a'],
    ['why', 'It came twice.'],
    ['confirmed', 'true'],
  ])
  expect(await ids('/archive')).toEqual(['04970', '22661'])
  const text = (await dashboard.get('/archive')).body.replaceAll(/<[^>]*>/g, ' ').replaceAll(/\s+/g, ' ')
  expect(text).toContain('Dismissed by ada It came twice. Check Package failed')
  expect(text).toContain('Published by rule')
  expect(await ids('/archive?section=dismissed')).toEqual(['04970'])
  expect(await ids('/archive?q=marquez')).toEqual(['22661'])
  expect(await ids('/archive?cause=Check+Package%3A+Figure+%E2%80%A6+has+no+file.')).toEqual(['04970'])
  expect(await ids('/archive?via=clock')).toEqual([])
})

test('a list is sorted by column, in both directions', async () => {
  await using lists = await startWith([...rivers, ...yeast, ...failed])
  const { ids } = lists
  expect(await ids('/current?sort=title')).toEqual(['04970', 'ijm-00202', '00353'])
  expect(await ids('/current?sort=-title')).toEqual(['00353', 'ijm-00202', '04970'])
  expect(await ids('/current?sort=number')).toEqual(['00353', '04970', 'ijm-00202'])
  expect(await ids('/current?sort=-arrived')).toEqual(['04970', 'ijm-00202', '00353'])
  expect(await ids('/current?sort=kind&section=uir')).toEqual(['ijm-00202', '00353'])
})

test('each part of a filter is a chip that takes it away; an address that makes no sense is refused', async () => {
  await using lists = await startWith(rivers)
  const { dashboard } = lists
  const { body } = await dashboard.get('/current?journal=elife&journal=ijm&status=VOR')
  const chips = [...body.matchAll(/class="chip" href="([^"]+)"/g)].map(([, href = '']) =>
    href.replaceAll('&amp;', '&').replaceAll('&#x2F;', '/').replaceAll('&#x3D;', '='),
  )
  expect(chips).toEqual([
    '/current?journal=ijm&status=VOR',
    '/current?journal=elife&status=VOR',
    '/current?journal=elife&journal=ijm',
  ])
  const text = body.replaceAll(/<[^>]*>/g, '').replaceAll(/\s+/g, ' ')
  expect(text, 'journals by their names').toMatch(/Journal: eLife .*Journal: IJM /)
  for (const query of ['from=yesterday', 'sort=colour', 'page=0', 'findings=maybe'])
    expect([query, (await dashboard.get(`/current?${query}`)).statusCode]).toEqual([query, 400])
  expect((await dashboard.get('/current?q=&section=&journal=&from=&sort=')).statusCode).toBe(200)
})

test('a view is saved under a name, shared with others, and deleted by whoever saved it', async () => {
  await using lists = await startWith(rivers)
  const { dashboard } = lists
  const ada = await dashboard.signIn('ada', 'reader')
  const grace = await dashboard.signIn('grace', 'reader')
  const path = '/current?journal=elife&sort=title'
  const save = (name: string, ...more: [string, string][]) =>
    ada.submit('/views/save', [['path', path], ['name', name], ...more])
  expect((await save('Mine')).headers['location']).toBe(path)
  await save('Ours', ['shared', 'true'])
  await save('Mine')
  const links = (body: string) =>
    [...body.matchAll(/<div id="views"[^]*?<\/div>/g)]
      .join(' ')
      .replaceAll(/<[^>]*>/g, ' ')
      .replaceAll(/\s+/g, ' ')
  expect(links((await ada.get('/archive')).body)).toBe(' Views Mine Ours ')
  expect(links((await grace.get('/current')).body)).toBe(' Views Ours (ada) ')
  const [view] = await dashboard.sql`select id from saved_view where name = 'Ours'`
  const id = String(view?.['id'])
  await grace.submit('/views/delete', [
    ['path', path],
    ['id', id],
  ])
  expect(links((await grace.get('/current')).body)).toContain('Ours')
  await ada.submit('/views/delete', [
    ['path', path],
    ['id', id],
  ])
  expect(links((await grace.get('/current')).body)).not.toContain('Ours')
  expect((await save('Away', ['path', 'https://elsewhere.test/'])).statusCode).toBe(400)
})

test('an overdue schedule is on the list, also of an article that has not arrived', async () => {
  await using lists = await startWith(rivers)
  const { dashboard, ids } = lists
  await dashboard.sql`
    insert into schedule (article, due, set_by, problem, version, run) values
      ('99999', now() - interval '1 hour', 'graham', 'This article has not arrived.', null, null),
      ('00353', now() - interval '1 hour', 'graham', 'lax said no.', 1, 'a')`
  await dashboard.receive([property(30, 'doi', 'x')])
  const text = (await dashboard.get('/current')).body.replaceAll(/<[^>]*>/g, ' ').replaceAll(/\s+/g, ' ')
  expect(text).toMatch(/Overdue schedules 1 99999 has not arrived 99999 scheduled by graham/)
  expect(text).toContain('Overdue: lax said no.')
  expect(await ids('/current?overdue=yes')).toEqual(['00353'])
})

test('a waiting delivery has its own name, beside the title of its article', async () => {
  const waiting = [
    event(30, 'Delivery', 'start', { run: 'w', version: 0, delivery: delivery('elife-00353-vor-r2.zip') }),
    event(31, 'Waiting', 'start', { run: 'w', version: 0, message: 'Waiting for run 1.' }),
  ]
  await using lists = await startWith([...rivers, ...waiting])
  const text = (await lists.dashboard.get('/current?section=waiting')).body.replaceAll(/<[^>]*>/g, ' ')
  expect(text.replaceAll(/\s+/g, ' ')).toContain(
    'elife-00353-vor-r2.zip 00353 version not known yet of “How rivers bend”',
  )
})

test('a publication by the clock is found as such', async () => {
  await using lists = await startWith(rivers)
  const { dashboard, ids } = lists
  await dashboard.sql`
    insert into request (batch, article, version, run, forced, requested_by, requested_at, result, kind) values
      (gen_random_uuid(), '00353', 1, 'a', false, 'graham (scheduled)', ${new Date(unixMinute(20))}, 'queued', 'publish')`
  await dashboard.receive([property(22, 'publication-status', 'published')])
  expect(await ids('/archive?via=clock')).toEqual(['00353'])
  expect(await ids('/archive?via=person')).toEqual([])
})
