import { describe, expect, test } from 'vitest'
import { sampleEif } from './editions/samples.fixture.ts'
import { startSite, type SiteUnderTest } from './site.fixture.ts'

/** The ingest contract over HTTP, as the pipeline of 2016 and ours speak it. */

const post = (site: SiteUnderTest, eif: unknown, run?: string) =>
  site.post('/api/article.json', eif, { ...site.pipeline, ...(run && { 'x-continuum-run': run }) })
const publish = (site: SiteUnderTest, version: string, run?: string, body: unknown = { publish: true }) =>
  site.put(`/api/publish/${version}.json`, body, { ...site.pipeline, ...(run && { 'x-continuum-run': run }) })

test('lax 15: a posted document is stored unpublished, and answered as it is stored', async () => {
  await using site = await startSite()
  const eif = sampleEif({ publish: false, keywords: { 'author-keywords': ['ä'] } })
  const answer = await post(site, eif)
  expect(answer.statusCode).toBe(200)
  expect(answer.json()).toEqual(eif)
  expect((await site.get('/api/article/00353.1.json', site.pipeline)).json()).toEqual(eif)
})

test('18.12: a version that has a preview is answered the same as for a version that does not exist', async () => {
  await using site = await startSite()
  await post(site, sampleEif({ publish: false }))
  for (const path of ['/api/article/00353.%.json', '/articles/00353v%', '/articles/00353v%?preview=guessed']) {
    const [hidden, unknown] = [await site.get(path.replace('%', '1')), await site.get(path.replace('%', '2'))]
    const answered = ({ statusCode, body }: typeof hidden) => [statusCode, body.replaceAll(/v[12]\b/g, 'v?')]
    expect(answered(hidden), path).toEqual(answered(unknown))
  }
})

test('lax 15: publishing answers the dates, and the document then tells of them', async () => {
  await using site = await startSite()
  await post(site, sampleEif())
  expect((await publish(site, '00353.1', undefined, { publish: '1' })).json()).toEqual({
    publish: true,
    'pub-date': '2016-10-05T12:00:00Z',
  })
  site.clock.now = site.clock.now.add({ hours: 24 })
  await post(site, sampleEif({ version: 2 }))
  expect((await publish(site, '00353.2')).json()).toEqual({
    publish: true,
    'pub-date': '2016-10-05T12:00:00Z',
    update: '2016-10-06T12:00:00Z',
  })
  expect((await site.get('/api/article/00353.2.json')).json()).toMatchObject({
    publish: true,
    update: '2016-10-06T12:00:00Z',
  })
})

test('posting never unpublishes: a correction waits beside what is public until it is published', async () => {
  await using site = await startSite()
  await post(site, sampleEif(), 'first')
  await publish(site, '00353.1', 'first')
  expect((await post(site, sampleEif({ title: 'Corrected' }), 'second')).json()).toMatchObject({
    title: 'Corrected',
    publish: false,
  })
  expect((await site.get('/api/article/00353.1.json')).json()).toMatchObject({
    title: sampleEif().title,
    publish: true,
  })
  expect((await publish(site, '00353.1', 'second')).json()).toMatchObject({ publish: true })
  expect((await site.get('/api/article/00353.1.json')).json()).toMatchObject({ title: 'Corrected' })
})

test('what was approved but replaced since is not published', async () => {
  await using site = await startSite()
  await post(site, sampleEif(), 'approved')
  await post(site, sampleEif({ title: 'Newer' }), 'newer')
  const refused = await publish(site, '00353.1', 'approved')
  expect(refused.statusCode).toBe(409)
  expect(refused.json()).toEqual([
    { field: 'data.run', message: expect.stringContaining('newest run'), value: 'approved' },
  ])
  expect((await site.get('/articles/00353')).statusCode).toBe(404)
})

test('lax 15: each call may be repeated', async () => {
  await using site = await startSite()
  const first = (await post(site, sampleEif(), 'run')).json()
  expect((await post(site, sampleEif(), 'run')).json()).toEqual(first)
  const published = (await publish(site, '00353.1', 'run')).json()
  site.clock.now = site.clock.now.add({ hours: 1 })
  expect((await publish(site, '00353.1', 'run')).json()).toEqual(published)
  expect((await post(site, sampleEif(), 'run')).json()).toMatchObject({ publish: true })
})

test('lax 15: the same document again rewrites nothing: what is public stays, as it is', async () => {
  await using site = await startSite()
  await post(site, sampleEif())
  expect((await site.get('/articles/00353')).statusCode).toBe(404)
  const published = (await publish(site, '00353.1')).json()
  expect((await site.get('/articles/00353')).statusCode).toBe(200)
  site.clock.now = site.clock.now.add({ hours: 24 })
  expect((await post(site, sampleEif())).json()).toMatchObject({ ...published, publish: true })
  expect((await publish(site, '00353.1')).json()).toEqual(published)
})

test('a version can be withdrawn and published again, with its date', async () => {
  await using site = await startSite()
  await post(site, sampleEif({ 'pub-date': '2012-12-13T00:00:00Z' }))
  await publish(site, '00353.1')
  expect((await publish(site, '00353.1', undefined, { publish: false })).json()).toEqual({
    publish: false,
    'pub-date': '2012-12-13T00:00:00Z',
  })
  expect((await site.get('/articles/00353v1')).statusCode).toBe(410)
  expect((await publish(site, '00353.1')).json()).toEqual({ publish: true, 'pub-date': '2012-12-13T00:00:00Z' })
})

test('the date of a publication is told as it is kept, whatever the clock has beyond its milliseconds', async () => {
  await using site = await startSite()
  site.clock.now = Temporal.Instant.from('2016-10-05T12:00:00.123456789Z')
  const told = (await post(site, sampleEif({ publish: true, update: '2016-10-05T12:00:00.987654Z' }))).json()
  expect(told).toMatchObject({ 'pub-date': '2016-10-05T12:00:00.123Z', update: '2016-10-05T12:00:00.987Z' })
  expect((await site.get('/api/article/00353.1.json')).json()).toEqual(told)
})

test('lax 15: a version can be put by its name and removed', async () => {
  await using site = await startSite()
  expect((await site.put('/api/article/00353.1.json', sampleEif())).statusCode).toBe(200)
  const wrong = await site.put('/api/article/00353.2.json', sampleEif())
  expect([wrong.statusCode, wrong.json()[0].field]).toEqual([400, 'data.article-version-id'])
  const remove = () => site.app.inject({ method: 'DELETE', url: '/api/article/00353.1.json', headers: site.pipeline })
  expect((await remove()).statusCode).toBe(204)
  expect((await remove()).statusCode).toBe(404)
  expect((await site.get('/api/article/00353.1.json')).statusCode).toBe(404)
})

test('versions of one article may come at once, and in any order', async () => {
  await using site = await startSite()
  const answers = await Promise.all([3, 1, 2, 3, 1].map((version) => post(site, sampleEif({ version }))))
  expect(answers.map(({ statusCode }) => statusCode)).toEqual([200, 200, 200, 200, 200])
  expect((await publish(site, '00353.3')).json()).toMatchObject({ publish: true })
})

describe('lax 15: what cannot be taken says why', () => {
  test('field by field', async () => {
    await using site = await startSite()
    const { title: _title, doi: _doi, ...rest } = sampleEif()
    const answer = await post(site, { ...rest, doi: 'not a doi', volume: 0, status: 'draft' })
    expect(answer.statusCode).toBe(400)
    expect(answer.json()).toEqual(
      expect.arrayContaining([
        { field: 'data.title', message: 'is required', value: null },
        { field: 'data.doi', message: expect.any(String), value: 'not a doi' },
        { field: 'data.volume', message: expect.any(String), value: 0 },
        { field: 'data.status', message: expect.any(String), value: 'draft' },
      ]),
    )
    expect(answer.json()).toHaveLength(4)
  })

  test('each required field that is missing; volume and eLocation id, which not every journal has, may be', async () => {
    await using site = await startSite()
    const optional = ['volume', 'elocation-id']
    const { volume: _volume, 'elocation-id': _id, ...least } = sampleEif()
    expect((await post(site, least)).statusCode).toBe(200)
    const required = Object.keys(sampleEif()).filter((field) => !optional.includes(field))
    expect(required).toHaveLength(8)
    for (const field of required) {
      const answer = await post(site, sampleEif({ [field]: undefined }))
      expect([answer.statusCode, answer.json()], field).toEqual([
        400,
        [{ field: `data.${field}`, message: 'is required', value: null }],
      ])
    }
  })

  test('what the EIF does not have, and what is of another kind than its keys are', async () => {
    await using site = await startSite()
    const refused: [Record<string, unknown>, string, string][] = [
      [{ titel: 'A slip' }, 'data.titel', 'is not a key of the EIF'],
      [{ 'article-type': 'poem' }, 'data.article-type', 'must be one of: research-article, '],
      [{ force: 'yes' }, 'data.force', 'must be boolean'],
      [{ categories: { heading: 'Neuroscience' } }, 'data.categories.heading', 'must be array'],
      [{ keywords: { others: ['a'] } }, 'data.keywords.others', 'is not a key of the EIF'],
      [{ 'related-articles': [{ type: 'friend', href: 'x' }] }, 'data.related-articles.0.type', 'must be one of: '],
      [{ contributors: [{ surname: 'Marder' }] }, 'data.contributors.0.type', 'is required'],
      [{ contributors: [{ type: 'author', corresp: 'yes' }] }, 'data.contributors.0.corresp', 'must be boolean'],
      [{ referenced: { email: ['a@b.c'] } }, 'data.referenced.email', 'must be object'],
      [{ fragments: [{ type: 'fig', doi: '10.7554/x' }] }, 'data.fragments.0.path', 'is required'],
      [{ citations: { bib1: { year: 2016 } } }, 'data.citations.bib1.year', 'must be string'],
    ]
    for (const [more, field, message] of refused) {
      const answer = await post(site, { ...sampleEif(), ...more })
      const expected = [400, expect.arrayContaining([expect.objectContaining({ field })])]
      expect([answer.statusCode, answer.json()], field).toEqual(expected)
      expect(String(answer.json()[0].message), field).toContain(message)
      expect(answer.json(), field).toHaveLength(1)
    }
    expect((await site.get('/api/article/00353.1.json')).statusCode).toBe(404)
  })

  test('what is unknown', async () => {
    await using site = await startSite()
    expect((await publish(site, '00353.1')).statusCode).toBe(404)
    expect((await publish(site, '00353.1', undefined, { publish: 'yes' })).json()).toEqual([
      { field: 'data.publish', message: 'must be true or false', value: { publish: 'yes' } },
    ])
    expect((await site.get('/api/article/00353.1.json')).statusCode).toBe(404)
    expect((await site.get('/api/article/nonsense.json')).statusCode).toBe(404)
  })

  test('who may not', async () => {
    await using site = await startSite()
    for (const authorization of ['', 'Basic !', `Basic ${Buffer.from('bot:wrong').toString('base64')}`]) {
      const answers = [
        await site.post('/api/article.json', sampleEif(), { authorization }),
        await site.put('/api/article/00353.1.json', sampleEif(), { authorization }),
        await site.put('/api/publish/00353.1.json', { publish: true }, { authorization }),
        await site.app.inject({ method: 'DELETE', url: '/api/article/00353.1.json', headers: { authorization } }),
      ]
      expect(answers.map(({ statusCode }) => statusCode)).toEqual([403, 403, 403, 403])
    }
  })
})
