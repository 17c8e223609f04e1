import { expect, test } from 'vitest'
import { startLax } from './lax.fixture.ts'
import { sampleArticle } from './rules/samples.fixture.ts'

test('a history keeps what earlier versions tell of the time before', async () => {
  const event = (n: number) => ({
    description: `Preprint ${n}`,
    uri: `https://x.org/${n}`,
    date: `2011-0${n}-01T00:00:00Z`,
  })
  await using lax = await startLax()
  const histories = [
    { received: '2011-05-01', accepted: '2011-12-01', 'sent-for-peer-review': '2011-05-15', preprint: event(2) },
    { received: '2011-05-02', accepted: '2011-12-01', 'reviewed-preprint-list': [event(3), event(2)] },
    {},
  ]
  for (const [index, history] of histories.entries()) {
    const path = `/7/versions/${index + 1}`
    const article = sampleArticle({ id: '00007', version: index + 1, '-history': history })
    await lax.put(path, { article, run: path })
    await lax.post(path, { run: path })
  }
  const history = (await lax.get('/7/versions')).json()
  expect(history).toMatchObject({ received: '2011-05-02', accepted: '2011-12-01', sentForReview: '2011-05-15' })
  expect(history.versions.map((one: { uri?: string; version?: number }) => one.uri ?? one.version)).toEqual([
    'https://x.org/2',
    'https://x.org/3',
    1,
    2,
    3,
  ])
})
