import { expect, test } from 'vitest'
import { deriveArticle } from '../history/article.ts'
import { event, property, readyRun, unixMinute } from '../history/messages.fixture.ts'
import type { ArticleRequest, Received } from '../history/model.ts'
import { judgeWithdrawal, withdrawalOf, withdrawalOutcome } from './withdrawal.ts'

const published = [...readyRun(), property(12, 'publication-status', 'published', { run: 'a' })]
const article = (...received: Received[]) => deriveArticle('00353', [...published, ...received])
const withdrawn = (at: number, why: string) => property(at, 'withdrawn', why, { version: 0, run: 'a' })
const request = (kind: 'withdraw' | 'reinstate', at: number): ArticleRequest => ({
  id: 1,
  kind,
  version: 1,
  run: 'a',
  by: 'ada',
  at: unixMinute(at),
  result: 'queued',
  message: '',
})

test('an article that is public may be withdrawn, and a withdrawn one reinstated', () => {
  expect(judgeWithdrawal(deriveArticle('00353', readyRun()), [], 'withdraw')).toMatchObject({ allowed: false })
  expect(judgeWithdrawal(article(), [], 'withdraw')).toEqual({ allowed: true, version: 1, run: 'a' })
  expect(judgeWithdrawal(article(), [], 'reinstate')).toMatchObject({ reason: 'This article is not withdrawn.' })
  const gone = article(withdrawn(20, 'The authors asked for it.'))
  expect(withdrawalOf(gone)).toBe('The authors asked for it.')
  expect(judgeWithdrawal(gone, [], 'withdraw')).toMatchObject({ reason: 'This article is already withdrawn.' })
  expect(judgeWithdrawal(gone, [], 'reinstate')).toMatchObject({ allowed: true })
  expect(withdrawalOf(article(withdrawn(20, 'x'), withdrawn(30, '')))).toBeUndefined()
})

test('a request is followed until it is done or has failed', () => {
  const asked = request('withdraw', 20)
  const started = event(21, 'Withdraw Article', 'start')
  expect(withdrawalOutcome(article(), asked)).toBe('requested')
  expect(judgeWithdrawal(article(), [asked], 'withdraw')).toMatchObject({ reason: 'This has already been requested.' })
  expect(withdrawalOutcome(article(started), asked)).toBe('in progress')
  expect(withdrawalOutcome(article(started, withdrawn(22, 'x')), asked)).toBe('done')
  const failed = article(started, event(22, 'Withdraw Article', 'error'))
  expect(withdrawalOutcome(failed, asked)).toBe('failed')
  expect(judgeWithdrawal(failed, [asked], 'withdraw')).toMatchObject({ allowed: true })
})
