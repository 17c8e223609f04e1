import { expect, test } from 'vitest'
import type { ArticleState, StoredContent } from './article-state.ts'
import { present } from './presentation.ts'

const instant = (text: string) => Temporal.Instant.from(`${text}T00:00:00Z`)

function content(version: number, status: 'poa' | 'vor', date?: string, given?: string): StoredContent {
  return {
    version,
    status,
    stage: date ? 'published' : 'preview',
    run: 'r',
    fingerprint: 'f',
    updated: instant('2020-01-01'),
    ...(date && { date: instant(date) }),
    ...(given && { given: instant(given) }),
  }
}

function shown(state: ArticleState) {
  return [...present(state).values()].map(({ head, newest, newestPublished }) => {
    const dates = [head.published, head.versionDate, head.statusDate].map((text) => text?.slice(0, 10))
    return [head.stage, ...dates, newest, newestPublished]
  })
}

test('a first preview has no dates, whatever its article JSON says', () => {
  expect(shown([content(1, 'poa', undefined, '2016-01-01')])).toEqual([
    ['preview', undefined, undefined, undefined, true, false],
  ])
})

test('a preview of a later version has the date of the first alone', () => {
  expect(shown([content(1, 'poa', '2016-01-01'), content(2, 'vor')])).toEqual([
    ['published', '2016-01-01', '2016-01-01', '2016-01-01', false, true],
    ['preview', '2016-01-01', undefined, undefined, true, false],
  ])
})

test('the status date is the first version for a PoA, the first version of record for those', () => {
  const state = [
    content(1, 'poa', '2016-01-01'),
    content(2, 'poa', '2016-02-02'),
    content(3, 'vor', '2016-03-03'),
    content(4, 'vor', '2016-04-04'),
  ]
  expect(shown(state)).toEqual([
    ['published', '2016-01-01', '2016-01-01', '2016-01-01', false, false],
    ['published', '2016-01-01', '2016-02-02', '2016-01-01', false, false],
    ['published', '2016-01-01', '2016-03-03', '2016-03-03', false, false],
    ['published', '2016-01-01', '2016-04-04', '2016-03-03', true, true],
  ])
})

test('a held correction shows the dates it will have, and is what the article shows to who sees everything', () => {
  expect(shown([content(1, 'vor', '2016-01-01'), content(1, 'vor', undefined, '2015-05-05')])).toEqual([
    ['published', '2016-01-01', '2016-01-01', '2016-01-01', false, true],
    ['preview', '2015-05-05', '2015-05-05', '2015-05-05', true, false],
  ])
})
