import { verifyToken } from '@continuum/service'
import { encodeLosses, type Losses } from '@continuum/messages'
import { expect, test } from 'vitest'
import { recordMessage } from '../consume/record-message.ts'
import { settings, startDashboard } from '../web/dashboard.fixture.ts'
import { event, minute, property, readyRun, unixMinute } from '../derive/history/messages.fixture.ts'

/** The pages as the server sends them: their content does not depend on a script. */

test('each section shows its runs with their state', async () => {
  await using dashboard = await startDashboard()
  const said = { attempt: 2, attempts: 5 }
  await dashboard.receive([
    ...readyRun(),
    event(0, 'Post EIF', 'error', { item_identifier: '00790', message: 'The site answered 503' }),
    event(0, 'Resize Images', 'retry', {
      item_identifier: '04970',
      ...said,
      retry_at: minute(3),
      message: 'too large',
    }),
    event(0, 'Delivery', 'start', { item_identifier: '15853', version: 0 }),
    event(1, 'Post EIF', 'busy', { item_identifier: '06847', retry_at: minute(2), message: 'the site is busy (429).' }),
    event(0, 'Waiting', 'start', { item_identifier: '15853', version: 0, message: 'Waits for run b' }),
    ...readyRun(0, { article: '22661' }),
    property(12, 'publication-status', 'published', { item_identifier: '22661' }),
  ])
  const page = await dashboard.get('/current')
  const text = page.body.replaceAll(/<[^>]*>/g, ' ').replaceAll(/\s+/g, ' ')
  expect(text).toContain('(1) Current')
  expect(text).toContain(
    'Post EIF failed 23 Nov 2026, 12:00:00 UTC Dismiss 00790 version 1 The site answered 503 What to do:',
  )
  expect(text).toContain(
    'Resize Images will be retried attempt 2 of 5, next attempt 23 Nov 2026, 12:03:00 UTC too large',
  )
  expect(text).toContain('Waits for run b')
  expect(text).toContain('Post EIF waiting next attempt 23 Nov 2026, 12:02:00 UTC the site is busy (429).')
  expect(text).toMatch(/Ready to publish 1 .*A good life .*Preview 00353 version 1 Publish 00353 version 1/)
  expect(text).toMatch(/Recently published .*22661/)
  expect(page.body).toContain('href="https:&#x2F;&#x2F;site.test&#x2F;articles&#x2F;22661v1"')
  expect(text).toContain('Times are in UTC')
})

test('messages cannot inject markup, and titles keep only harmless markup', async () => {
  await using dashboard = await startDashboard()
  await dashboard.receive([
    property(0, 'title', '<script>alert(1)</script><italic onclick="x">C.</italic> &lt;b&gt;'),
    event(0, 'Post EIF', 'error', { message: '<img src=x onerror=alert(1)>' }),
  ])
  for (const path of ['/current', '/article/00353/1/a']) {
    const { body } = await dashboard.get(path)
    expect(body).not.toMatch(/<script>|<img|onclick/)
    expect(body).toContain('alert(1)<i>C.</i> &lt;b&gt;')
  }
})

test('pages run only our own code, and cannot be cached or framed', async () => {
  await using dashboard = await startDashboard()
  const { headers, body } = await dashboard.get('/current')
  expect(headers['content-security-policy']).toMatch(/default-src 'self'.*frame-ancestors 'none'/)
  expect(headers['content-security-policy']).not.toContain('unsafe-inline')
  expect(headers['cache-control']).toBe('no-store')
  expect(body).not.toMatch(/<script(?![^>]*src=)| style=| on\w+=/)
})

test('search finds by number, title and author, published articles too', async () => {
  await using dashboard = await startDashboard()
  await dashboard.receive([
    ...readyRun(),
    property(1, 'corresponding-authors', 'Ève Márquez'),
    ...readyRun(0, { article: '22661' }),
    property(12, 'publication-status', 'published', { item_identifier: '22661' }),
    event(0, 'Post EIF', 'start', { item_identifier: '04970' }),
  ])
  const found = async (q: string) => {
    const { body } = await dashboard.get(`/current?${new URLSearchParams({ q }).toString()}`)
    return [...body.matchAll(/id="(?:article|published)-(\d+)/g)].map(([, id]) => id)
  }
  expect(await found('good LIFE')).toEqual(['00353', '22661'])
  expect(await found('márquez')).toEqual(['00353'])
  expect(await found('0497')).toEqual(['04970'])
  expect(await found('%')).toEqual([])
})

test('a path without a version or run leads to the latest; an unknown one says so', async () => {
  await using dashboard = await startDashboard()
  await dashboard.receive([...readyRun(), event(20, 'Expand Article', 'start', { run: 'b' })])
  expect((await dashboard.get('/')).headers['location']).toBe('/current')
  expect((await dashboard.get('/article/00353')).headers['location']).toBe('/article/00353/1/b')
  expect((await dashboard.get('/article/00353/1')).headers['location']).toBe('/article/00353/1/b')
  const wrong = async (path: string) => {
    const { statusCode, body } = await dashboard.get(path)
    return `${statusCode} ${/<section class="message">.*?<p>(.*?)<\/p>/s.exec(body)?.[1]}`
  }
  expect(await wrong('/article/00353/2')).toBe('404 Article 00353 has no version 2.')
  expect(await wrong('/article/00353/1/x')).toBe('404 Version 1 of article 00353 has no run x.')
  expect(await wrong('/article/xxx')).toBe('404 There is no article xxx.')
  expect(await wrong('/elsewhere')).toBe('404 There is no page at this address.')
})

test('an article shows its steps, findings, failures and activity log', async () => {
  await using dashboard = await startDashboard()
  await dashboard.receive([...readyRun(), property(5, 'findings', 'No alternative text\nNo PDF\n')])
  const graham = await dashboard.signIn('graham')
  await graham.submit('/publish', [['article', '00353/1/a']])
  await dashboard.afterHold()
  await dashboard.receive([
    { ...event(12, 'Publish To Lax', 'error', { message: 'lax is unavailable' }), sent: Date.now() + 1000 },
  ])
  const text = (await graham.get('/article/00353/1/a')).body.replaceAll(/<[^>]*>/g, ' ').replaceAll(/\s+/g, ' ')
  expect(text).toContain('Publish To Lax failed')
  expect(text).toContain('lax is unavailable What to do:')
  expect(text).toContain('Package check findings 2 No alternative text No PDF')
  expect(text).toMatch(/Post EIF done .*7 min 0 s/)
  expect(text).toMatch(/graham Publish version 1 failed Publish To Lax: lax is unavailable/)
  expect(text).toContain('Publish again')
})

test('an article shows what of its XML is lost, by kind and with each place; long lists are folded', async () => {
  await using dashboard = await startDashboard()
  const entry = (line: number) => ({
    line,
    xpath: `/article/body[1]/p[${line}]`,
    excerpt: `<b>${line}`,
    why: 'It is lost.',
  })
  const kind = { severity: 'finding', words: 9 } as const
  const losses: Losses = {
    summary: '7 footnotes are not shown. 1 link leads nowhere.',
    kinds: [
      {
        ...kind,
        kind: 'dead-link',
        severity: 'problem',
        label: 'link that leads nowhere',
        count: 1,
        entries: [entry(70)],
      },
      { ...kind, kind: 'footnote', label: 'footnotes', count: 7, entries: [1, 2, 3, 4, 5, 6].map(entry) },
    ],
    report: 's3://bucket/00353.1/a/losses.json',
  }
  await dashboard.receive([...readyRun(), property(5, 'losses', encodeLosses(losses))])
  const { body } = await (await dashboard.signIn('graham')).get('/article/00353/1/a')
  const section = /<section id="losses".*?<\/section>/s.exec(body)?.[0] ?? ''
  expect(section.match(/<details[^>]*>/g)).toEqual(['<details open>', '<details >'])
  const text = section
    .replaceAll(/<[^>]*>/g, ' ')
    .replaceAll(/\s+/g, ' ')
    .replaceAll('&#x2F;', '/')
  expect(text).toContain('7 footnotes are not shown. 1 link leads nowhere.')
  expect(text).toContain('1 link that leads nowhere problem')
  expect(text).toContain('Line 70: &lt;b&gt;70 It is lost. /article/body[1]/p[70]')
  expect(text).toContain('1 more in s3://bucket/00353.1/a/losses.json')
})

test('a run that may not be published says why, and has no button', async () => {
  await using dashboard = await startDashboard()
  await dashboard.receive([event(0, 'Expand Article', 'start')])
  const { body } = await dashboard.get('/article/00353/1/a')
  expect(body).toContain('This run is still in progress')
  expect(body).not.toMatch(/<button[^>]*>Publish/)
})

test('publishing is reviewed first, then shows the outcome of each request', async () => {
  await using dashboard = await startDashboard()
  await dashboard.receive([...readyRun(), ...readyRun(0, { article: '04970' }), event(20, 'X', 'start', { run: 'b' })])
  const graham = await dashboard.signIn('graham')
  const question = await graham.get('/publish?article=00353/1/a&article=04970/1/a')
  expect(question.body).toContain('Publish 1 article?')
  expect(question.body).toMatch(/Will not be published.*newer run has not finished/s)
  expect(dashboard.sent).toEqual([])

  const answer = await graham.submit('/publish', [
    ['article', '00353/1/a'],
    ['article', '04970/1/a'],
  ])
  await dashboard.afterHold()
  expect(dashboard.sent).toMatchObject([{ workflow_data: { article_id: '04970', version: 1 } }])
  const result = (await graham.get(String(answer.headers['location']))).body.replaceAll(/<[^>]*>/g, ' ')
  expect(result.replaceAll(/\s+/g, ' ')).toMatch(
    /00353 Publish version 1 refused A newer run.*04970 Publish version 1 requested/,
  )
})

test('a preview is a signed link of ten minutes to the site', async () => {
  await using dashboard = await startDashboard()
  await dashboard.receive(readyRun())
  const { statusCode, headers } = await dashboard.get('/article/00353/1/preview')
  const link = new URL(String(headers['location']))
  expect([statusCode, link.origin + link.pathname]).toEqual([303, 'https://site.test/articles/00353v1'])
  const token = link.searchParams.get('preview') ?? ''
  const now = Temporal.Now.instant()
  expect(verifyToken(settings.PREVIEW_SECRET, token, now)).toMatchObject({ article: '00353', version: 1 })
  expect(verifyToken(settings.PREVIEW_SECRET, token, now.add({ minutes: 11 }))).toBeUndefined()
})

test('an unidentified delivery is shown with its reason and its text until somebody dismisses it', async () => {
  await using dashboard = await startDashboard()
  const delivery = {
    message_type: 'unidentified-delivery',
    source: 'local-incoming-queue',
    reason: 'x.zip is not the name of a package',
    raw: '{"Records":"<raw>"}',
    message_id: 'u1',
  } as const
  await recordMessage(dashboard.sql, delivery, unixMinute(0), '')
  const graham = await dashboard.signIn('graham')
  const { body } = await graham.get('/current')
  expect(body).toContain('x.zip is not the name of a package')
  expect(body).toContain('&lt;raw&gt;')
  await graham.submit('/unidentified/dismiss', [['message_id', 'u1']])
  expect((await graham.get('/current')).body).not.toContain('x.zip')
})

test('18.8: hundreds of unidentified deliveries of one kind are one entry with a count and one dismissal', async () => {
  await using dashboard = await startDashboard()
  const arrive = (id: number, reason: string, source = 'local-incoming-queue') => {
    const delivery = {
      message_type: 'unidentified-delivery',
      source,
      reason,
      raw: `raw ${id}`,
      message_id: `u${id}`,
    } as const
    return recordMessage(dashboard.sql, delivery, unixMinute(id), '')
  }
  for (let id = 0; id < 150; id++)
    await arrive(id, `"file-${id}.txt" is not the name of an article package (${id} bytes).`)
  await arrive(900, 'No rule matches "a.bin".')
  await arrive(901, '"b.txt" is not the name of an article package (7 bytes).', 'local-other-queue')
  const graham = await dashboard.signIn('graham')
  const { body } = await graham.get('/current')
  expect(body.match(/class="row unidentified"/g)).toHaveLength(3)
  expect(body).toContain('150 of this kind')
  expect(body).toContain('Dismiss all 150')
  expect(body).toContain('raw 149')
  // One that comes while the page is being read is not dismissed unseen.
  await arrive(999, '"late.txt" is not the name of an article package (1 bytes).')
  await graham.submit('/unidentified/dismiss', [['message_id', 'u149']])
  const after = (await graham.get('/current')).body
  expect(after).toContain('late.txt')
  expect(after).not.toContain('file-1')
  expect(after.match(/class="row unidentified"/g)).toHaveLength(3)
})

test('a long section shows its first fifty rows, and leads to all of them, a hundred a page', async () => {
  await using dashboard = await startDashboard()
  const ids = Array.from({ length: 105 }, (_, index) => String(10_000 + index))
  await dashboard.receive(ids.map((id) => event(0, 'Post EIF', 'start', { item_identifier: id })))
  const rows = async (path: string) => (await dashboard.get(path)).body.match(/id="article-/g)?.length
  expect(await rows('/current')).toBe(50)
  expect((await dashboard.get('/current')).body).toContain('Show all 105')
  expect(await rows('/current?section=in-progress')).toBe(100)
  expect(await rows('/current?section=in-progress&page=2')).toBe(5)
})

test('a local time is scheduled as its instant; a past one is refused', async () => {
  await using dashboard = await startDashboard()
  const graham = await dashboard.signIn('graham')
  const due = (time: string, zone: string): [string, string][] => [
    ['article', '20202'],
    ['due', time],
    ['zone', zone],
  ]
  expect((await graham.submit('/schedule', due('2016-01-01T00:00', 'UTC'))).body).toContain('This time is in the past')
  expect((await graham.submit('/schedule', due('2030-01-01T00:00', 'Nowhere'))).statusCode).toBe(400)
  expect((await graham.submit('/schedule', due('2030-07-01T12:00', 'Europe/Paris'))).statusCode).toBe(303)
  const page = (await graham.get('/scheduled')).body
  expect(page).toContain('2030-07-01T10:00:00.000Z')
  expect(page).toContain('20202 has not arrived yet')
  await graham.submit('/schedule/cancel', [['article', '20202']])
  expect((await graham.get('/scheduled')).body).toContain('No articles are scheduled.')
})

test('a timeline folds long waits, says how long they were and for what, and keeps the work readable', async () => {
  await using dashboard = await startDashboard()
  const held = 10 + 3 * 24 * 60 + 4 * 60
  await dashboard.receive([
    event(-130, 'Waiting', 'start', { version: 0 }),
    ...readyRun(),
    event(held, 'Check Approval', 'start'),
    event(held + 1, 'Check Approval', 'end'),
    event(held + 2, 'Post Publication', 'start'),
    event(held + 3, 'Post Publication', 'retry', { retry_at: minute(held + 183) }),
    event(held + 183, 'Post Publication', 'start', { attempt: 2 }),
    event(held + 185, 'Post Publication', 'end'),
  ])
  const { body } = await dashboard.get('/article/00353/1/a')
  const timeline = /<ol class="timeline">[^]*?executions-of-run/.exec(body)?.[0] ?? ''
  expect(timeline.match(/(?<=<b>)[^<]*|(?<=<p>)[^<]* waiting[^<]*/g)).toEqual([
    'Waiting',
    '2 hours, 10 minutes waiting, for its turn',
    'Expand Article',
    'Post EIF',
    'Ready To Publish',
    '3 days, 4 hours waiting, for approval',
    'Check Approval',
    'Post Publication',
    '3 hours waiting, for the next attempt of Post Publication',
  ])
  const widths = [...timeline.matchAll(/class="work"[^>]*width="([\d.]+)"/g)].map(([, width]) => Number(width))
  expect(Math.max(...widths)).toBeGreaterThan(30)
})
