import { expect, test } from 'vitest'
import { event, property, readyRun, unixMinute } from '../history/messages.fixture.ts'
import { articleBody, currentRow } from './api-rows.ts'
import { currentOf, deriveArticle } from '../history/article.ts'
import { publicationStatus } from '../rules/publication-status.ts'
import type { Article, Received, Schedule } from '../history/model.ts'

const derive = (received: Received[]) => deriveArticle('00353', received)
const row = (article: Article, previewBaseUrl = '', schedule?: Schedule) => {
  const current = currentOf(article)
  return current && currentRow(article, current, previewBaseUrl, schedule)
}

test('a row has all properties, whatever their names, and the computed keys as numbers', () => {
  const found = row(derive([...readyRun(), property(3, 'brand-new', 7, { property_type: 'int' })]), 'https://site/', {
    due: 1_900_000_000,
    fired: false,
    problem: '',
  })
  expect(found).toEqual({
    'article-id': '00353',
    id: '00353',
    version: 1,
    run: 1,
    'run-id': 'a',
    'event-type': 'Ready To Publish',
    'event-status': 'end',
    'event-timestamp': unixMinute(10) / 1000,
    'event-message': 'Ready To Publish: end',
    'publication-status': 'ready to publish',
    title: 'A <italic>good</italic> life',
    doi: '10.7554/eLife.00353',
    path: 'content/1/e00353v1',
    'preview-link': 'https://site/content/1/e00353v1',
    'scheduled-publication-date': 1_900_000_000,
    'brand-new': 7,
  })
})

test('unknown values are absent, but the id never is', () => {
  expect(row(derive([property(0, 'title', 'x', { version: '2' })]))).toEqual({
    id: '00353',
    version: 2,
    title: 'x',
  })
})

test('the row of a failed run has its error, even if a parallel step ended later', () => {
  const found = row(derive([event(0, 'Post EIF', 'error', { message: '503' }), event(1, 'Deposit assets', 'end')]))
  expect(found).toMatchObject({ 'event-type': 'Post EIF', 'event-status': 'error', 'event-message': '503' })
})

test('an article: version and run numbers are strings, and consecutive events of one type are merged', () => {
  const body = articleBody(
    derive([
      event(0, 'Convert JATS', 'start', { version: '3' }),
      event(2, 'Convert JATS', 'end', { version: '3', message: 'done' }),
      event(3, 'Resize Images', 'start', { version: '3', attempt: 2, attempts: 5 }),
      property(3, 'doi', '10.7554/eLife.00353', { version: '3' }),
      property(3, 'corresponding-author-email', 'x@y', { version: '3' }),
    ]),
    '',
  )
  expect(body).toEqual({
    id: '00353',
    versions: {
      '3': {
        details: { doi: '10.7554/eLife.00353', 'version-number': '3' },
        runs: {
          '1': {
            'run-id': 'a',
            'run-number': '1',
            'version-number': '3',
            'first-event-timestamp': unixMinute(0) / 1000,
            events: [
              {
                'event-type': 'Convert JATS',
                'event-status': 'end',
                'event-timestamp': unixMinute(2) / 1000,
                'event-message': 'done',
                'start-timestamp': unixMinute(0) / 1000,
                duration: 120,
              },
              {
                'event-type': 'Resize Images',
                'event-status': 'start',
                'event-timestamp': unixMinute(3) / 1000,
                'event-message': 'Resize Images: start',
                'start-timestamp': unixMinute(3) / 1000,
                duration: 0,
                attempt: 2,
                attempts: 5,
              },
            ],
          },
        },
      },
    },
  })
})

test('an article with only events, or only properties, has empty parts', () => {
  expect(articleBody(derive([event(0, 'Expand Article', 'start')]), '').versions).toMatchObject({
    '1': { details: { 'version-number': '1' } },
  })
  expect(articleBody(derive([property(0, 'title', 'x')]), '').versions).toEqual({
    '1': { details: { title: 'x', 'version-number': '1' }, runs: {} },
  })
})

test('the publication data stays on the server', () => {
  const article = derive(readyRun())
  expect(JSON.stringify([row(article), articleBody(article, '')])).not.toContain('publication-data')
})

test('a status: the property, or the error of the latest run', () => {
  const article = derive([...readyRun(), event(12, 'Publish To Lax', 'error', { message: 'lax is unavailable' })])
  expect(publicationStatus(article, [], 1)).toEqual({ status: 'error', message: 'lax is unavailable' })
  expect(publicationStatus(derive(readyRun()), [], 1)).toEqual({ status: 'ready to publish', message: '' })
  expect(publicationStatus(derive(readyRun()), [], 2)).toEqual({ status: null, message: '' })
  expect(publicationStatus(undefined, [], 1)).toEqual({ status: null, message: '' })
})
