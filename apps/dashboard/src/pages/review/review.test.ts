import { CreateBucketCommand, PutObjectCommand } from '@aws-sdk/client-s3'
import { startAwsLocal } from '@continuum/aws-local'
import { expect, onTestFinished, test, vi } from 'vitest'
import { event, property, readyRun } from '../../derive/history/messages.fixture.ts'
import { sendRequests } from '../../publish/outbox.ts'
import { buckets, createS3, logger, startDashboard } from '../../web/dashboard.fixture.ts'

const textOf = (body: string) =>
  body
    .replaceAll(/<style.*?<\/style>|<[^>]*>/gs, ' ')
    .replaceAll('&#x2F;', '/')
    .replaceAll(/\s+/g, ' ')
    .trim()

/** Starts an S3 with the manifest of a run. */
async function startS3(files: object[]) {
  const aws = await startAwsLocal({ account: '000000000000' })
  vi.stubEnv('AWS_ENDPOINT_URL', aws.url)
  onTestFinished(async () => {
    vi.unstubAllEnvs()
    await aws[Symbol.asyncDispose]()
  })
  const s3 = createS3(aws.url)
  await s3.send(new CreateBucketCommand({ Bucket: buckets.expanded }))
  const Body = JSON.stringify({ files })
  await s3.send(new PutObjectCommand({ Bucket: buckets.expanded, Key: '00353.1/b/manifest.json', Body }))
}

const published = [
  ...readyRun(),
  property(12, 'publication-status', 'published', { run: 'a' }),
  property(12, 'publication-date', '2026-05-12T00:00:00Z', { run: 'a' }),
]

test('the review says what a correction replaces, its date, findings, files, looks and newer deliveries', async () => {
  await startS3([
    { name: 'elife-00353-v1.xml', bytes: 1, kind: 'articleXml' },
    { name: 'elife-00353-fig1-v1.tif', bytes: 1, kind: 'figure' },
    { name: 'elife-00353-fig2-v1.tif', bytes: 1, kind: 'figure', notAnImage: 'no TIFF' },
  ])
  await using dashboard = await startDashboard()
  await dashboard.receive([
    ...published,
    ...readyRun(20, { run: 'b' }),
    property(25, 'findings', 'No alternative text', { run: 'b' }),
    property(25, 'status', 'VOR', { run: 'b' }),
    property(25, 'article-type', 'research-article', { run: 'b' }),
    property(25, 'article-kind', 'Short Report', { run: 'b' }),
  ])
  const ada = await dashboard.signIn('ada', 'publisher')
  const look = async () => textOf((await ada.get('/publish?article=00353/1/b')).body)
  const first = await look()
  expect(first).toContain('What it replaces Replaces the text of version 1, which is public.')
  // The kind in the words of the journal, not in those of JATS.
  expect(first).toContain('VoR: version of record Short Report')
  expect(first).toContain('Date keeps its date, 12 May 2026')
  expect(first).toContain('Findings No alternative text')
  expect(first).toContain('no PDF , 2 figures, of which 1 not readable')
  expect(first).toContain('Nobody has looked at the preview of this run.')
  expect(first).toContain('Newer deliveries none')

  await ada.get('/article/00353/1/preview')
  const waiting = { run: 'c', version: 0 }
  await dashboard.receive([event(40, 'Delivery', 'start', waiting), event(40, 'Waiting', 'start', waiting)])
  const second = await look()
  expect(second).toMatch(/Looked at by ada \d/)
  expect(second).toContain('A delivery whose version is not known yet: waiting')
})

test('without the store of files the review is there, and says what it does not know', async () => {
  await using dashboard = await startDashboard()
  await dashboard.receive(readyRun())
  const ada = await dashboard.signIn('ada', 'publisher')
  const { statusCode, body } = await ada.get('/publish?article=00353/1/a')
  expect([statusCode, textOf(body)]).toEqual([200, expect.stringContaining('The store of files (S3) does not answer.')])
})

test('a publication is held for ten seconds; taken back, its run is ready again and nothing is ever sent', async () => {
  await using dashboard = await startDashboard()
  await dashboard.receive([...readyRun(), ...readyRun(0, { article: '04970' })])
  const ada = await dashboard.signIn('ada', 'publisher')
  const { headers } = await ada.submit('/publish', [
    ['article', '00353/1/a'],
    ['article', '04970/1/a'],
    ['when', 'now'],
    ['due', ''],
  ])
  const outcomes = String(headers['location'])
  await sendRequests(dashboard.sql, async (body) => dashboard.sent.push(body), logger)
  expect(dashboard.sent).toEqual([])
  expect(textOf((await ada.get(outcomes)).body)).toMatch(/2 articles are published in \d+ seconds .* Take back/)
  const reader = await dashboard.signIn('reader', 'reader')
  expect((await reader.get(outcomes)).body).not.toContain('Take back')

  await ada.submit(`${outcomes}/take-back`, [])
  await dashboard.afterHold()
  expect(dashboard.sent).toEqual([])
  const after = textOf((await ada.get(outcomes)).body)
  expect(after).toMatch(/00353 Publish version 1 taken back.*04970 Publish version 1 taken back/)
  expect(after).not.toContain('Take back')
  expect(textOf((await ada.get('/current')).body)).toContain('2 ready to publish')
  const log =
    await dashboard.sql`select action, actor, article, result from activity_log where article = '00353' order by at`
  expect(log).toMatchObject([
    { action: 'publish', result: 'taken back' },
    { action: 'take back request', actor: 'ada', article: '00353', result: 'done' },
  ])
})

test('a publication that is held outlives the process and the browser, and is sent once', async () => {
  await using dashboard = await startDashboard()
  await dashboard.receive(readyRun())
  const ada = await dashboard.signIn('ada', 'publisher')
  const { headers } = await ada.submit('/publish', [['article', '00353/1/a']])
  // Pressed again, by an impatient person or a browser that lost the answer.
  const again = await ada.submit('/publish', [['article', '00353/1/a']])
  expect(textOf((await ada.get(String(again.headers['location']))).body)).toContain(
    'refused Publication has already been',
  )
  await dashboard.sql`update request set held_until = now()`
  const sent: string[] = []
  // Another process, such as the consumer's scheduler, sends it; at the same time as a second one.
  const send = async (body: string) => sent.push(body)
  await Promise.all([sendRequests(dashboard.sql, send, logger), sendRequests(dashboard.sql, send, logger)])
  await dashboard.afterHold()
  expect([sent.length, dashboard.sent.length]).toEqual([1, 0])
  // Too late to take it back.
  await ada.submit(`${String(headers['location'])}/take-back`, [])
  expect(textOf((await ada.get(String(headers['location']))).body)).toContain('Publish version 1 requested')
})

test('taking back waits for a publication that is being sent, and then leaves it', async () => {
  await using dashboard = await startDashboard()
  await dashboard.receive(readyRun())
  const ada = await dashboard.signIn('ada', 'publisher')
  const outcomes = String((await ada.submit('/publish', [['article', '00353/1/a']])).headers['location'])
  await dashboard.sql`update request set held_until = now()`
  const sending = Promise.withResolvers<void>()
  const sent = Promise.withResolvers<void>()
  const send = async () => {
    sending.resolve()
    await sent.promise
  }
  const sends = sendRequests(dashboard.sql, send, logger)
  await sending.promise
  const takesBack = ada.submit(`${outcomes}/take-back`, [])
  sent.resolve()
  await Promise.all([sends, takesBack])
  const rows = await dashboard.sql`select result, sent_at is not null as sent from request`
  expect(rows).toMatchObject([{ result: 'queued', sent: true }])
  expect(textOf((await ada.get(outcomes)).body)).toContain('Publish version 1 requested')
})

test('an event that arrives while a publication is held does not make the run ready again', async () => {
  await using dashboard = await startDashboard()
  await dashboard.receive(readyRun())
  const ada = await dashboard.signIn('ada', 'publisher')
  await ada.submit('/publish', [['article', '00353/1/a']])
  await dashboard.receive([{ ...event(12, 'Late News', 'end'), sent: Date.now() + 5_000 }])
  const { headers } = await ada.submit('/publish', [['article', '00353/1/a']])
  expect(textOf((await ada.get(String(headers['location']))).body)).toContain('refused')
  await dashboard.afterHold()
  expect(dashboard.sent).toHaveLength(1)
})

test('runs are scheduled in the time zone of their journals; a refused time keeps all that was typed', async () => {
  await using dashboard = await startDashboard()
  await dashboard.receive([...readyRun(), ...readyRun(0, { article: 'ijm-00202' })])
  const ada = await dashboard.signIn('ada', 'publisher')
  const submit = (due: string, when = 'later') =>
    ada.submit('/publish', [
      ['article', '00353/1/a'],
      ['article', 'ijm-00202/1/a'],
      ['when', when],
      ['due', due],
      ['why', 'with the press release'],
    ])
  const refused = await submit('2031-03-30T01:30')
  expect(refused.statusCode).toBe(400)
  expect(textOf(refused.body)).toContain('01:30 does not exist on that day (30 March 2031) in Europe/London')
  expect(refused.body).toMatch(/value="2031-03-30T01:30"[^>]*aria-invalid="true"/)
  expect(refused.body).toContain('value="with the press release"')
  expect(refused.body).toMatch(/id="when-later"[^>]*checked/)
  expect(textOf((await submit('2031-07-01T09:30', 'now')).body)).toContain('You gave a time and chose “Now”.')
  expect(await dashboard.sql`select from schedule`).toHaveLength(0)

  expect((await submit('2031-07-01T09:30')).headers['location']).toBe('/scheduled')
  const schedules = await dashboard.sql`
    select article, version, run, to_char(due at time zone 'UTC', 'HH24:MI') as at from schedule order by article`
  expect(schedules).toMatchObject([
    { article: '00353', version: 1, run: 'a', at: '08:30' },
    { article: 'ijm-00202', version: 1, run: 'a', at: '09:30' },
  ])
  expect(dashboard.sent).toEqual([])
})
