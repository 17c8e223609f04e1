import { expect, test } from 'vitest'
import type { Imported } from './import-articles.ts'
import { startTarget } from './import.fixture.ts'
import { exitCodeOf, summaryOf } from './import-text.ts'

const wordsOf = (results: readonly Imported[]) =>
  Object.fromEntries(
    results.map(({ article, version, result, reason }) => [
      `${article}v${version}`,
      reason === undefined ? result : `${result}: ${reason}`,
    ]),
  )

const published = [{ status: null }, { status: 'publication in progress' }, { status: 'published' }]

test.each([429, 500, 503])(
  'a service that answers %s is asked again, ever more slowly, and the import goes on',
  async (status) => {
    const target = await startTarget({
      answers: { '00353v1': published },
      fail: (service, call) => (call <= (service === 'dashboard' ? 3 : 2) ? status : undefined),
    })
    const { results, reasons } = await target.run(['00353v1'])
    expect(wordsOf(results)).toEqual({ '00353v1': 'imported' })
    expect(target.requested()).toHaveLength(1)
    expect(target.pauses.slice(0, 5)).toEqual([1000, 2000, 1000, 2000, 4000])
    expect(reasons[0]).toBe(`The article store at ${target.laxUrl} answers ${status}`)
    expect(reasons[2]).toMatch(new RegExp(`^The dashboard at ${target.dashboardUrl} answers ${status}`))
    expect(exitCodeOf(results, false)).toBe(0)
  },
)

test('where it answers so for minutes, that is told, and what was not begun is stopped, not refused', async () => {
  const target = await startTarget({ answers: {}, fail: (service) => (service === 'article store' ? 503 : undefined) })
  const { results } = await target.run(['00353v1', '00353v2', '00354v1', '00355v1'], { atOnce: 1 })
  expect(wordsOf(results)).toEqual({
    '00353v1': `stopped: The article store at ${target.laxUrl} answers 503. Say the same command again later.`,
    '00353v2': 'stopped',
    '00354v1': 'stopped',
    '00355v1': 'stopped',
  })
  expect(target.calls['article store']).toBe(10)
  expect(target.pauses).toEqual([1000, 2000, 4000, 8000, 16_000, 30_000, 30_000, 30_000, 30_000])
  expect(exitCodeOf(results, false)).toBe(1)
  expect(summaryOf(results)).toBe(
    '4 versions: 0 imported, 0 there already, 0 refused, 4 stopped. Begin again with the same list for those that were stopped.',
  )
})

test('a refusal is told at once, and is no reason to stop', async () => {
  const target = await startTarget({
    answers: { '00353v1': published, '00354v1': published },
    fail: (service, call) => (service === 'article store' && call === 1 ? 403 : undefined),
  })
  const { results } = await target.run(['00353v1', '00354v1'], { atOnce: 1 })
  expect(wordsOf(results)).toEqual({
    '00353v1': expect.stringMatching(/^refused: The article store answers 403/),
    '00354v1': 'imported',
  })
  expect(exitCodeOf(results, false)).toBe(1)
})

test.each([
  ['before', [{ status: 'hidden' }], 0],
  ['while it is followed', [{ status: null }, { status: 'publication in progress' }, { status: 'hidden' }], 1],
])(
  'a version that a person has hidden %s is held, and its later versions wait for it',
  async (_, answers, requests) => {
    const target = await startTarget({ answers: { '00353v1': answers, '00354v1': published } })
    const { results } = await target.run(['00353v1', '00353v2', '00354v1'])
    expect(wordsOf(results)).toEqual({
      '00353v1': 'held: it is hidden on the dashboard: a person has to look at it',
      '00353v2': 'refused: version 1 of the article was not imported',
      '00354v1': 'imported',
    })
    expect(target.requested().filter((name) => name.includes('00353'))).toHaveLength(requests)
    expect(exitCodeOf(results, false)).toBe(1)
  },
)

test('after Ctrl-C what is under way and what was never begun is stopped, later versions too', async () => {
  const stop = new AbortController()
  const target = await startTarget({ answers: { '00353v1': [{ status: 'publication in progress' }] } })
  const { results } = await target.run(['00353v1', '00353v2', '00354v1', '00354v2'], {
    atOnce: 1,
    signal: stop.signal,
    onPause: () => stop.abort(),
  })
  expect(wordsOf(results)).toEqual({
    '00353v1': 'stopped',
    '00353v2': 'stopped',
    '00354v1': 'stopped',
    '00354v2': 'stopped',
  })
  expect(exitCodeOf(results, true)).toBe(130)
})

test('Ctrl-C while a service is waited for is no failure of the service', async () => {
  const stop = new AbortController()
  const target = await startTarget({ answers: {}, fail: () => 503 })
  const { results } = await target.run(['00353v1'], { signal: stop.signal, onPause: () => stop.abort() })
  expect(wordsOf(results)).toEqual({ '00353v1': 'stopped' })
})

test('an import of which all is public has the exit code 0, whoever pressed Ctrl-C meanwhile', () => {
  expect(
    exitCodeOf(
      [
        { package: 'a.zip', result: 'imported' },
        { package: 'b.zip', result: 'kept' },
      ],
      true,
    ),
  ).toBe(0)
})
