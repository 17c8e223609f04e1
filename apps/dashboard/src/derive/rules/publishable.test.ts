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

test('what is ready may be published: named in full, or in part, or not', () => {
  for (const target of [{}, { version: 1 }, { run: 'a' }, { version: 1, run: 'a' }]) {
    expect(judge(readyRun(), target)).toBe('1/a')
  }
})

test('the data goes with it as it was said, line breaks included', () => {
  const verdict = judgePublication(deriveArticle('00353', readyRun()), [], {})
  expect(verdict.allowed && verdict.publicationData).toBe(publicationData('a'))
})

test('what never arrived is refused', () => {
  expect(judgePublication(undefined, [], {})).toMatchObject({ allowed: false, version: null, run: null })
  expect(judge(readyRun(), { version: 2 })).toMatch('Version 2 of this article has not arrived')
  expect(judge(readyRun(), { run: 'x' })).toMatch('no such run')
  expect(judge([property(0, 'title', 'x')])).toMatch('no run yet')
})

test('a run of another version is refused', () => {
  expect(judge([...readyRun(), ...readyRun(20, { run: 'b', version: '2' })], { version: 2, run: 'a' })).toMatch(
    'no such run',
  )
})

test('what is in progress is refused, by force too: there is nothing to send', () => {
  const begun = [event(0, 'Expand Article', 'start')]
  expect(judge(begun)).toMatch('still in progress')
  expect(judge(begun, { force: true })).toMatch('still in progress')
})

test('what is published, has failed, is asked for or under way is refused, unless forced', () => {
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
    [/published already/, [...readyRun(), published], []],
    [/ended with an error/, [...readyRun(), event(12, 'Publish To Lax', 'error')], []],
    [/already asked for/, readyRun(), [request]],
    [/being published/, [...readyRun(), event(12, 'Check Approval', 'start')], [request]],
  ]
  for (const [reason, received, requests] of cases) {
    expect(judge(received, {}, requests)).toMatch(reason)
    expect(judge(received, { force: true }, requests)).toBe('1/a')
  }
})

test("run 2 is never published with run 1's data, by force neither", () => {
  const second = [event(20, 'Expand Article', 'end', { run: 'b' }), event(21, 'Check Package', 'error', { run: 'b' })]
  for (const force of [false, true]) {
    expect(judge([...readyRun(), ...second], { run: 'b', force })).toMatch('belongs to run 1')
  }
})

test('run 1 is refused when run 2 has taken its place', () => {
  expect(judge([...readyRun(), ...readyRun(20, { run: 'b' })], { run: 'a', force: true })).toMatch(
    'Run 2 of this version is newer and has taken its place',
  )
  expect(judge([...readyRun(), ...readyRun(20, { run: 'b' })])).toBe('1/b')
})

test('nothing is published while a newer run is unfinished, be its version known or not', () => {
  for (const version of ['1', '0']) {
    const newer = event(20, 'Expand Article', 'start', { run: 'b', version })
    expect(judge([...readyRun(), newer], { run: 'a', force: true })).toMatch('newer run is unfinished')
  }
})

test("a delivery that waits for its turn, or a newer one that has failed, stands in nobody's way", () => {
  const waiting = event(20, 'Waiting', 'start', { run: 'b', version: 0 })
  const failed = event(20, 'Expand Article', 'error', { run: 'c', version: 0 })
  expect(judge([...readyRun(), waiting, failed])).toBe('1/a')
})

test('data that cannot be read is refused', () => {
  expect(judge([...readyRun(), property(11, '_publication-data', 'e30=')])).toMatch('unreadable')
})
