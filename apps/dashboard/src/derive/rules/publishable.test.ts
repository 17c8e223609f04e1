import { expect, test } from 'vitest'
import { event, property, publicationData, readyRun, unixMinute } from '../history/messages.fixture.ts'
import { deriveArticle } from '../history/article.ts'
import { judgePublication, type PublicationTarget } from './publishable.ts'
import type { ArticleRequest, Received } from '../history/model.ts'

const judge = (received: Received[], target: PublicationTarget = {}, requests: ArticleRequest[] = []) => {
  const verdict = judgePublication(deriveArticle('00353', received), requests, target)
  return verdict.allowed ? `${verdict.version}/${verdict.run}` : verdict.reason
}

const published = property(13, 'publication-status', 'published')

test('a ready run may be published: named in full, in part, or not at all', () => {
  for (const target of [{}, { version: 1 }, { run: 'a' }, { version: 1, run: 'a' }]) {
    expect(judge(readyRun(), target)).toBe('1/a')
  }
})

test('the publication data is passed on verbatim, with line breaks', () => {
  const verdict = judgePublication(deriveArticle('00353', readyRun()), [], {})
  expect(verdict.allowed && verdict.publicationData).toBe(publicationData('a'))
})

test('an article, version or run that never arrived is refused', () => {
  expect(judgePublication(undefined, [], {})).toMatchObject({ allowed: false, version: null, run: null })
  expect(judge(readyRun(), { version: 2 })).toMatch('Version 2 of this article has not arrived')
  expect(judge(readyRun(), { run: 'x' })).toMatch('no such run')
  expect(judge([property(0, 'title', 'x')])).toMatch('no runs yet')
})

test('a run of another version is refused', () => {
  expect(judge([...readyRun(), ...readyRun(20, { run: 'b', version: '2' })], { version: 2, run: 'a' })).toMatch(
    'no such run',
  )
})

test('a run in progress is refused, even by force: there is nothing to send', () => {
  const begun = [event(0, 'Expand Article', 'start')]
  expect(judge(begun)).toMatch('still in progress')
  expect(judge(begun, { force: true })).toMatch('still in progress')
})

test('a run that is published, failed, requested or being published is refused, unless forced', () => {
  const request = {
    id: 1,
    kind: 'publish',
    version: 1,
    run: 'a',
    by: 'x',
    at: unixMinute(11),
    result: 'queued',
    message: '',
  } as const
  const cases: [RegExp, Received[], ArticleRequest[]][] = [
    [/already published/, [...readyRun(), published], []],
    [/ended with an error/, [...readyRun(), event(12, 'Publish To Lax', 'error')], []],
    [/already been requested/, readyRun(), [request]],
    [/being published/, [...readyRun(), event(12, 'Check Approval', 'start')], [request]],
  ]
  for (const [reason, received, requests] of cases) {
    expect(judge(received, {}, requests)).toMatch(reason)
    expect(judge(received, { force: true }, requests)).toBe('1/a')
  }
})

test("run 2 is never published with run 1's data, not even by force", () => {
  const second = [event(20, 'Expand Article', 'end', { run: 'b' }), event(21, 'Check Package', 'error', { run: 'b' })]
  for (const force of [false, true]) {
    expect(judge([...readyRun(), ...second], { run: 'b', force })).toMatch('belongs to run 1')
  }
})

test('run 1 is refused when run 2 has replaced it', () => {
  expect(judge([...readyRun(), ...readyRun(20, { run: 'b' })], { run: 'a', force: true })).toMatch(
    'Run 2 of this version is newer and has replaced it',
  )
  expect(judge([...readyRun(), ...readyRun(20, { run: 'b' })])).toBe('1/b')
})

test('nothing is published while a newer run has not finished, whether its version is known or not', () => {
  for (const version of ['1', '0']) {
    const newer = event(20, 'Expand Article', 'start', { run: 'b', version })
    expect(judge([...readyRun(), newer], { run: 'a', force: true })).toMatch('newer run has not finished')
  }
})

test('a waiting delivery, or a newer one that has failed, does not prevent publication', () => {
  const waiting = event(20, 'Waiting', 'start', { run: 'b', version: 0 })
  const failed = event(20, 'Expand Article', 'error', { run: 'c', version: 0 })
  expect(judge([...readyRun(), waiting, failed])).toBe('1/a')
})

test('unreadable publication data is refused', () => {
  expect(judge([...readyRun(), property(11, '_publication-data', 'e30=')])).toMatch('unreadable')
})
