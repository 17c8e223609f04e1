import { expect, test } from 'vitest'
import { startLax } from './lax.fixture.ts'
import { sampleArticle } from './rules/samples.fixture.ts'
import { sendOutbox } from './store/outbox.ts'

/** Nothing of a version is public before its date of publication. */

const until = '2016-12-24T00:00:00Z'

test('a version is not published before its date, by force neither; at its date it is', async () => {
  await using lax = await startLax()
  await lax.put('/353/versions/1', { article: sampleArticle({ published: until }), run: 'r' })
  for (const query of ['', '?force=true', '?dry-run=true']) {
    const answer = await lax.post(`/353/versions/1${query}`, { run: 'r' })
    expect([answer.statusCode, answer.json()]).toMatchObject([
      409,
      {
        code: 'embargoed',
        until,
        message: `refusing to publish an article '00353v1' before its date of publication, ${until}`,
      },
    ])
  }
  await sendOutbox(lax.sql, async () => undefined)
  for (const path of ['/353', '/353/versions', '/353/versions/1']) expect((await lax.get(path)).statusCode).toBe(404)
  expect((await lax.get('')).json().total).toBe(0)

  lax.clock.now = Temporal.Instant.from(until)
  expect((await lax.post('/353/versions/1', { run: 'r' })).json()).toMatchObject({ datetime: until })
  expect((await lax.get('/353')).json()).toMatchObject({ published: until, versionDate: until, statusDate: until })
  expect((await lax.get('')).json().total).toBe(1)
  const told: string[] = []
  await sendOutbox(lax.sql, async ({ article }) => void told.push(article))
  expect(told).toEqual(['00353'])
})

test('an ingest that publishes does neither before the date; a later version waits for the date that is asked for', async () => {
  await using lax = await startLax()
  const early = await lax.put('/353/versions/1?publish=true', {
    article: sampleArticle({ published: until }),
    run: 'r',
  })
  expect(early.json()).toMatchObject({ code: 'embargoed' })
  expect((await lax.get('/353', { authorization: lax.authorization })).statusCode).toBe(404)

  await lax.put('/353/versions/1?publish=true', { article: sampleArticle(), run: 'r' })
  await lax.put('/353/versions/2', { article: sampleArticle({ version: 2 }), run: 's' })
  expect((await lax.post('/353/versions/2', { run: 's', date: until })).json()).toMatchObject({ until })
  expect((await lax.get('/353')).json()).toMatchObject({ version: 1 })
  lax.clock.now = Temporal.Instant.from(until)
  expect((await lax.post('/353/versions/2', { run: 's', date: until })).json()).toMatchObject({ datetime: until })
})

test('a correction of what is public is not held back by another date', async () => {
  await using lax = await startLax()
  await lax.put('/353/versions/1?publish=true', { article: sampleArticle(), run: 'r' })
  const article = sampleArticle({ published: until, title: 'Corrected' })
  expect((await lax.put('/353/versions/1?force=true', { article, run: 's' })).statusCode).toBe(200)
  expect((await lax.get('/353')).json()).toMatchObject({ title: 'Corrected' })
})
