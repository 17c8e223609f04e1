import { describe, expect, test } from 'vitest'
import { startLax } from './lax.fixture.ts'
import { sampleArticle, section } from './rules/samples.fixture.ts'

/** Requests that the store refuses, over HTTP. */

describe('2 and 14: what cannot be ingested says why', () => {
  test.for<[string, payload: unknown, status: number, code: string, message: string]>([
    ['text', '{"article"', 400, 'bad-request', 'could not decode the json you gave me: '],
    ['nothing', '', 400, 'bad-request', 'could not decode the json you gave me: '],
    ['no article', { run: 'r' }, 400, 'bad-request', 'the body must be {"article"'],
    ['no run', { article: sampleArticle() }, 400, 'bad-request', 'the body must be {"article"'],
    [
      'another id',
      { article: sampleArticle({ id: '16695' }), run: 'r' },
      400,
      'bad-request',
      "'id' in the data (16695) does not match 'msid' passed to script (00353)",
    ],
    [
      'another version',
      { article: sampleArticle({ version: 2 }), run: 'r' },
      400,
      'bad-request',
      "'version' in the data (2) does not match 'version' passed to script (1)",
    ],
    [
      'the DOI of another',
      { article: sampleArticle({ doi: '10.7554/eLife.00354' }), run: 'r' },
      400,
      'bad-request',
      '10.7554/eLife.00354 is not the DOI of article 00353',
    ],
    [
      'no title',
      { article: sampleArticle({ title: undefined }), run: 'r' },
      400,
      'error-parsing-article-json',
      "failed to scrape article data, key not present: 'title'",
    ],
    [
      'no published',
      { article: sampleArticle({ published: undefined }), run: 'r' },
      400,
      'error-parsing-article-json',
      "failed to scrape given article data: KeyError('published')",
    ],
    [
      'an unknown status',
      { article: sampleArticle({ status: 'draft' }), run: 'r' },
      400,
      'invalid-article-json',
      '(error 1 of 1) /status',
    ],
    [
      'a wrong volume',
      { article: sampleArticle({ volume: 0 }), run: 'r' },
      400,
      'invalid-article-json',
      '(error 1 of 1) /volume must be >= 1, but is 0',
    ],
    [
      'no body of a record',
      { article: sampleArticle({ body: [] }), run: 'r' },
      400,
      'invalid-article-json',
      '(error 1 of 1) /body',
    ],
    [
      'an unknown kind of block',
      { article: sampleArticle({ body: [{ ...section, content: [{ type: 'paragraf', text: 'x' }] }] }), run: 'r' },
      400,
      'invalid-article-json',
      '(error 1 of 1) /body/0/content/0/type must be one of ',
    ],
    [
      'what only the public API refuses',
      { article: sampleArticle({ body: [{ ...section, id: undefined }] }), run: 'r' },
      400,
      'invalid-article-json',
      '/body/0/id must be a value, but is nothing',
    ],
    [
      'a date that is none',
      { article: sampleArticle({ published: '2012-12-13' }), run: 'r' },
      400,
      'invalid-article-json',
      '/published must be ',
    ],
    [
      'no volume',
      { article: sampleArticle({ volume: undefined }), run: 'r' },
      400,
      'error-parsing-article-json',
      "key not present: 'volume'",
    ],
    [
      'authors alone',
      { article: sampleArticle({ authors: [{ type: 'person' }] }), run: 'r' },
      400,
      'invalid-article-json',
      'authorLine when property authors is present',
    ],
  ])('%s', async ([, payload, status, code, message]) => {
    await using lax = await startLax()
    const answer = await lax.put('/353/versions/1', payload)
    expect(answer.statusCode).toBe(status)
    expect(answer.json()).toMatchObject({
      status: 'invalid',
      code,
      message: expect.stringContaining(message),
      comment: expect.any(String),
    })
    expect((await lax.get('/353', { authorization: lax.authorization })).statusCode).toBe(404)
  })

  test('a version 1 whose date is null is ingested, and published on an explicit date', async () => {
    await using lax = await startLax()
    await lax.put('/288/versions/1', { article: sampleArticle({ id: '00288', published: null }), run: 'r' })
    expect((await lax.post('/288/versions/1', { run: 'r' })).json()).toMatchObject({
      code: 'error-parsing-article-json',
    })
    const published = await lax.post('/288/versions/1', { run: 'r', date: '2016-10-01T00:00:00.5Z' })
    expect(published.json()).toMatchObject({ datetime: '2016-10-01T00:00:00Z' })
  })

  test('a refusal names the place, what is expected and what is found, and repeats what was asked', async () => {
    await using lax = await startLax()
    const body = [{ ...section, content: [{ type: 'paragraph', text: 5 }] }]
    const answer = await lax.put('/353/versions/1?force=true&dry-run=true', {
      article: sampleArticle({ body }),
      run: 'r',
    })
    expect(answer.headers['kong-authenticated']).toBe('True')
    expect(answer.json()).toEqual({
      title: 'refused',
      status: 'invalid',
      code: 'invalid-article-json',
      message: '(error 1 of 1) /body/0/content/0/text must be string, but is 5',
      comment: expect.any(String),
      problems: [{ place: '/body/0/content/0/text', expected: 'string', found: '5' }],
      trace: null,
      force: true,
      'dry-run': true,
    })
    expect((await lax.post('/353/versions/1', { run: 'r' })).json()).toMatchObject({
      code: 'record-not-found',
      message: "refusing to publish an article '00353v1' that doesn't exist",
      force: false,
      'dry-run': false,
    })
    expect((await lax.put('/353/versions/1?force=maybe&dry-run=true', {})).json()).toMatchObject({
      code: 'bad-request',
      force: false,
      'dry-run': true,
    })
  })

  test('stored content that is no longer valid is not published', async () => {
    await using lax = await startLax()
    await lax.put('/353/versions/1', { article: sampleArticle(), run: 'r' })
    await lax.sql`update content set body = replace(body, '"paragraph"', '"paragraf"')`
    expect((await lax.post('/353/versions/1', { run: 'r' })).json()).toMatchObject({
      code: 'invalid-article-json',
      message: expect.stringMatching(/^refusing to publish an article '00353v1' with invalid article-json: .*\/type/),
    })
  })

  test('nobody writes without the credential', async () => {
    await using lax = await startLax()
    for (const headers of [
      {},
      { authorization: 'Bearer wrong' },
      { 'x-consumer-groups': 'view-unpublished-content' },
    ]) {
      const answers = [
        await lax.put('/353/versions/1', { article: sampleArticle(), run: 'r' }, headers),
        await lax.post('/353/versions/1', { run: 'r' }, headers),
      ]
      for (const answer of answers) {
        expect(answer.statusCode).toBe(403)
        expect(answer.json()).toEqual({
          title: 'not authenticated',
          detail: 'only authenticated users can modify content',
        })
      }
    }
  })
})
