import { expect, test } from 'vitest'
import { event, minute, property, readyRun, unixMinute } from '../history/messages.fixture.ts'
import { deriveArticle } from '../history/article.ts'
import { currentRuns } from './current.ts'
import { summarise } from './summary.ts'
import type { ArticleRequest, Received, Schedule } from '../history/model.ts'

const summaries = (received: Received[], requests: ArticleRequest[] = [], schedule?: Schedule) => {
  const article = deriveArticle('00353', received)
  return currentRuns(article, requests).map((place) => summarise(article, place, requests, schedule))
}
const summary = (...of: Parameters<typeof summaries>) => summaries(...of)[0]

const asked = (at: number): ArticleRequest => ({
  id: 1,
  kind: 'publish',
  version: 1,
  run: 'a',
  by: 'graham',
  at: unixMinute(at),
  result: 'queued',
  message: '',
})

const due: Schedule = { due: unixMinute(60) / 1000, fired: false, problem: '' }

const status = (at: number, value: string) => property(at, 'publication-status', value)

test('a run in progress has its step, attempt and the time of the next one', () => {
  const said = { attempt: 2, attempts: 5 }
  const found = summary([
    event(0, 'Expand Article', 'end'),
    event(1, 'Resize Images', 'start', said),
    event(2, 'Resize Images', 'retry', { ...said, retry_at: minute(4) }),
  ])
  expect(found).toMatchObject({ section: 'in-progress', state: 'in progress', since: minute(0), publishable: false })
  expect(found?.steps).toMatchObject([{ type: 'Resize Images', state: 'retrying', ...said, retryAt: minute(4) }])
})

test('an error has its message and time', () => {
  expect(summary([event(0, 'Post EIF', 'start'), event(3, 'Post EIF', 'error', { message: '503' })])).toMatchObject({
    section: 'error',
    state: 'failed',
    since: minute(3),
    failure: { step: 'Post EIF', message: '503', at: minute(3) },
  })
})

test('a held run is ready to publish', () => {
  expect(summary(readyRun())).toMatchObject({ section: 'uir', state: 'ready', publishable: true, previewable: true })
})

test('an article without an article-id property is listed like any other', () => {
  const received = readyRun().filter(({ message }) => message.message_type === 'event' || message.name !== 'article-id')
  expect(summary(received)).toMatchObject({ id: '00353', section: 'uir' })
})

test('a requested publication is in progress and cannot be requested again', () => {
  const requested = summary(readyRun(), [asked(11)])
  expect(requested).toMatchObject({
    section: 'in-progress',
    state: 'requested',
    requestedBy: 'graham',
    publishable: false,
  })
  const publishing = summary([...readyRun(), event(12, 'Check Approval', 'start')], [asked(11)])
  expect(publishing).toMatchObject({ section: 'in-progress', state: 'publishing', publishable: false })
})

test('a published or hidden run leaves the list; a failed one stays, published or not, until it is hidden', () => {
  const published = [...readyRun(), event(12, 'Publish To Lax', 'end'), status(13, 'published')]
  expect(summary(published)).toMatchObject({
    section: undefined,
    state: 'published',
    published: { version: 1, at: minute(13) },
  })
  const failed = [...published, event(14, 'Archive Article', 'error')]
  expect(summary(failed)).toMatchObject({ section: 'error', published: { version: 1 } })
  expect(summary([...failed, status(15, 'hidden')])).toMatchObject({ section: undefined, state: 'hidden' })
})

test('a new run after publication, or after hiding, is listed before it has a status of its own', () => {
  for (const value of ['published', 'hidden']) {
    const again = [...readyRun(), status(13, value), event(20, 'Expand Article', 'start', { run: 'b' })]
    expect(summary(again)).toMatchObject({
      section: 'in-progress',
      state: 'in progress',
      run: { id: 'b', number: 2 },
    })
  }
})

test('an earlier run\'s "ready to publish" does not apply to a newer run', () => {
  const found = summary([...readyRun(), event(20, 'Expand Article', 'start', { run: 'b' })])
  expect(found).toMatchObject({ section: 'in-progress', publishable: false, run: { id: 'b' } })
})

test('a scheduled article is in the scheduled section, unless it has an error', () => {
  expect(summary(readyRun(), [], due)).toMatchObject({ section: 'scheduled', due: due.due })
  expect(summary(readyRun(), [], { ...due, fired: true })).toMatchObject({ section: 'uir', due: undefined })
  expect(summary([event(0, 'Post EIF', 'error')], [], due)).toMatchObject({ section: 'error' })
})

test('an article that is only waiting', () => {
  const waiting = event(0, 'Waiting', 'start', { version: 0, message: 'Waits for run b' })
  expect(summary([waiting])).toMatchObject({
    section: 'waiting',
    state: 'waiting',
    run: { id: 'a' },
    steps: [{ message: 'Waits for run b' }],
  })
})

test('properties of a version without runs keep its row', () => {
  const found = summary([...readyRun(), property(20, 'title', 'Next', { version: '2' })])
  expect(found).toMatchObject({ version: 2, section: 'in-progress', title: 'Next', publishable: false })
})

test('a delivery whose version is not known has its own title or none, beside that of its article', () => {
  const found = summaries([...readyRun(), event(20, 'Expand Article', 'error', { run: 'b', version: 0 })])
  expect(found[0]).toMatchObject({ version: 1, section: 'uir' })
  expect(found[1]).toMatchObject({
    version: 0,
    section: 'error',
    title: undefined,
    ofArticle: 'A <italic>good</italic> life',
    previewable: false,
  })
})

test('a published run is on the list until what comes after is done', () => {
  const published = [...readyRun(), status(12, 'published')]
  const archiving = event(13, 'Archive Article', 'start')
  expect(summary([...published, archiving])).toMatchObject({ section: 'finishing', state: 'published' })
  const done = summary([...published, archiving, event(14, 'Archive Article', 'end')])
  expect(done?.section).toBeUndefined()
})
