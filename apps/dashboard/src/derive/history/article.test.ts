import { expect, test } from 'vitest'
import { event, property, readyRun } from './messages.fixture.ts'
import { allRuns, currentOf, deriveArticle, propertiesOf, textOf } from './article.ts'
import type { Article, Received } from './model.ts'

const derive = (received: Received[]) => deriveArticle('00353', received)
const waitingRuns = (article: Article) => allRuns(article).filter(({ waiting }) => waiting)
const current = (received: Received[]) => {
  const found = currentOf(derive(received))
  return [found?.version.number, found?.run?.id]
}

test('runs are numbered by their first event, within their version', () => {
  const article = derive([
    event(5, 'Expand Article', 'start', { run: 'b' }),
    event(6, 'Expand Article', 'start', { run: 'c', version: '2' }),
    event(0, 'Expand Article', 'start', { run: 'a' }),
  ])
  expect(article.versions.map(({ number, runs }) => [number, runs.map((run) => `${run.number}${run.id}`)])).toEqual([
    [1, ['1a', '2b']],
    [2, ['1c']],
  ])
})

test('events from before the version was known belong to the version', () => {
  const article = derive([
    event(0, 'Delivery', 'start', { version: 0 }),
    event(1, 'Expand Article', 'start', { version: '0' }),
    event(2, 'Expand Article', 'end', { version: 3 }),
  ])
  expect(article.versions.map(({ number, runs }) => [number, runs[0]?.events.length])).toEqual([[3, 3]])
})

test("the version's properties override the article's", () => {
  const article = derive([
    property(0, 'doi', 'of the article', { version: 0 }),
    property(0, 'title', 'of the article', { version: 0 }),
    property(1, 'title', 'of the version'),
  ])
  const version = article.versions.at(-1)
  const properties = version && propertiesOf(article, version)
  expect([properties && textOf(properties, 'doi'), properties && textOf(properties, 'title')]).toEqual([
    'of the article',
    'of the version',
  ])
})

test('a late older property does not overwrite a newer one', () => {
  const article = derive([property(9, 'title', 'newer'), property(1, 'title', 'older')])
  expect(article.versions[0]?.properties.get('title')?.value).toBe('newer')
})

test('current is the latest run of the highest version', () => {
  expect(current([...readyRun(0), event(20, 'Expand Article', 'end', { run: 'b', version: '2' })])).toEqual([2, 'b'])
  expect(current([event(5, 'X', 'start', { run: 'b' }), event(0, 'X', 'start')])).toEqual([1, 'b'])
})

test('a delivery whose version is not known takes precedence over earlier runs', () => {
  expect(current([...readyRun(0), event(20, 'Expand Article', 'error', { run: 'b', version: 0 })])).toEqual([0, 'b'])
})

test('a failed delivery without a version is not current once a later one has a version', () => {
  expect(current([event(0, 'Expand Article', 'error', { run: 'z', version: 0 }), ...readyRun(10)])).toEqual([1, 'a'])
})

test('a waiting delivery does not replace the run in progress', () => {
  const waiting = [
    event(5, 'Delivery', 'start', { run: 'b', version: 0 }),
    event(5, 'Waiting', 'start', { run: 'b', version: 0 }),
  ]
  expect(current([...readyRun(0), ...waiting])).toEqual([1, 'a'])
  expect(waitingRuns(derive([...readyRun(0), ...waiting])).map(({ id }) => id)).toEqual(['b'])
})

test('a delivery is no longer waiting when work on it begins', () => {
  const article = derive([
    event(0, 'Delivery', 'start', { version: 0 }),
    event(0, 'Waiting', 'start', { version: 0 }),
    event(9, 'Expand Article', 'start', { version: 0 }),
  ])
  expect(waitingRuns(article)).toEqual([])
  expect(article.versions[0]?.runs[0]?.steps.map(({ type, state }) => [type, state])).toEqual([
    ['Delivery', 'done'],
    ['Waiting', 'done'],
    ['Expand Article', 'running'],
  ])
})

test('a failed run resumes when a step that was over starts again', () => {
  const failed = [
    event(0, 'Check Approval', 'end'),
    event(1, 'Publish To Lax', 'error', { message: 'lax is unavailable' }),
  ]
  const failureOf = (received: Received[]) => derive(received).versions[0]?.runs[0]?.failure
  expect(failureOf(failed)).toMatchObject({ step: 'Publish To Lax', message: 'lax is unavailable' })
  expect(failureOf([...failed, event(9, 'Check Approval', 'start')])).toBeUndefined()
})

test('parallel steps do not hide the failure', () => {
  const article = derive([
    event(0, 'Resize Images', 'start'),
    event(0, 'Deposit assets', 'start'),
    event(1, 'Resize Images', 'error'),
    event(2, 'Deposit assets', 'end'),
    event(3, 'Ingest To Lax', 'start'),
  ])
  expect(article.versions[0]?.runs[0]?.failure?.step).toBe('Resize Images')
})

test('the last event of a step decides whether it has failed', () => {
  const failureOf = (received: Received[]) => derive(received).versions[0]?.runs[0]?.failure
  const failed = [
    event(0, 'Resize Images', 'start'),
    event(0, 'Deposit assets', 'start'),
    event(1, 'Resize Images', 'error', { message: 'first' }),
    event(2, 'Deposit assets', 'error', { message: 'other' }),
  ]
  expect(failureOf(failed)).toMatchObject({ step: 'Resize Images', message: 'first' })
  const again = event(3, 'Resize Images', 'error', { message: 'again' })
  expect(failureOf([again, ...failed])).toMatchObject({ step: 'Resize Images', message: 'again' })
  const ended = event(4, 'Resize Images', 'end')
  expect(failureOf([ended, ...failed, again])).toMatchObject({ step: 'Deposit assets', message: 'other' })
  expect(failureOf([...failed, ended, event(5, 'Deposit assets', 'retry')])).toBeUndefined()
})

test('an end that happened before the error and arrives after it does not hide it', () => {
  const article = derive([
    event(2, 'Resize Images', 'error'),
    event(0, 'Resize Images', 'start'),
    event(1, 'Resize Images', 'end'),
  ])
  expect(article.versions[0]?.runs[0]?.failure?.step).toBe('Resize Images')
})

test('a waiting approval does not make its run a waiting delivery again', () => {
  const received = [...readyRun(), event(20, 'Waiting', 'start', { message: 'Waits for what is under way' })]
  expect(waitingRuns(derive(received))).toEqual([])
  expect(derive(received).versions.at(-1)?.runs[0]?.steps.at(-1)).toMatchObject({ type: 'Waiting', state: 'running' })
})
