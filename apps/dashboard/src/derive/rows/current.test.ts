import { expect, test } from 'vitest'
import { event, property, readyRun, unixMinute } from '../history/messages.fixture.ts'
import { deriveArticle } from '../history/article.ts'
import { currentRuns } from './current.ts'
import { judgePublication } from '../rules/publishable.ts'
import { runStateOf } from '../rules/run-state.ts'
import type { ArticleRequest, Received, RequestKind } from '../history/model.ts'

/** The current runs, as `<version><run> <state>`. */
const current = (received: Received[], requests: ArticleRequest[] = []) =>
  currentRuns(deriveArticle('00353', received), requests).map(
    ({ version, run }) => `${version.number}${run?.id ?? ''} ${run ? runStateOf(run, requests) : 'without a run'}`,
  )

const requested = (at: number, kind: RequestKind, run: string): ArticleRequest => ({
  id: at,
  kind,
  version: 1,
  run,
  by: 'graham',
  at: unixMinute(at),
  result: kind === 'publish' ? 'queued' : 'done',
  message: '',
})

const status = (at: number, value: string, more: { run?: string; version?: string } = {}) =>
  property(at, 'publication-status', value, more)

const arrived = (at: number, run: string, file: string, then: [string, string]) =>
  event(at, ...then, {
    run,
    version: 0,
    delivery: { bucket_name: 'b', file_name: file, file_etag: 'x', event_time: '2026-11-23T12:00:00Z' },
  })

test("a re-supplied version is current beside a higher one, whatever the higher one's state", () => {
  const higher = readyRun(20, { run: 'b', version: '2' })
  expect(current([...readyRun(), ...higher])).toEqual(['2b ready', '1a ready'])
  const published = status(40, 'published', { version: '2', run: 'b' })
  expect(current([...readyRun(), ...higher, published])).toEqual(['2b published', '1a ready'])
})

test('a misnamed version hides no other, and leaves when it is dismissed', () => {
  const misnamed = event(30, 'Ingest To Lax', 'error', { run: 'z', version: '5' })
  expect(current([...readyRun(), misnamed])).toEqual(['5z failed', '1a ready'])
  const aside = requested(31, 'set aside', 'z')
  expect(current([...readyRun(), misnamed], [aside])).toEqual(['5z dismissed', '1a ready'])
  expect(current([...readyRun(), misnamed], [aside, requested(32, 'take back', 'z')])).toEqual([
    '5z failed',
    '1a ready',
  ])
})

test('an event of a dismissed run brings it back', () => {
  const failed = event(0, 'Publish To Lax', 'error')
  expect(current([failed], [requested(1, 'set aside', 'a')])).toEqual(['1a dismissed'])
  expect(current([failed, event(2, 'Publish To Lax', 'start')], [requested(1, 'set aside', 'a')])).toEqual([
    '1a in progress',
  ])
})

test('after a failed re-delivery the earlier ready run is current as well', () => {
  const failed = [
    event(20, 'Expand Article', 'start', { run: 'b' }),
    status(21, 'publication in progress', { run: 'b' }),
    event(22, 'Check Package', 'error', { run: 'b' }),
  ]
  const first = readyRun().map((said) => ({ ...said, message: { ...said.message, run: 'a' } }))
  expect(current([...first, ...failed])).toEqual(['1b failed', '1a ready'])
  expect(current([...first, ...failed], [requested(30, 'set aside', 'b')])).toEqual(['1b dismissed', '1a ready'])
  const publication = requested(30, 'publish', 'a')
  expect(current([...first, ...failed], [publication])).toEqual(['1b failed', '1a requested'])
  const published = [event(31, 'Publish To Lax', 'end'), status(32, 'published', { run: 'a' })]
  expect(current([...first, ...failed, ...published], [publication])).toEqual(['1b failed'])
})

test('an earlier run is not current when a newer one is in progress, is ready, or failed after it had replaced it', () => {
  const newer = event(20, 'Expand Article', 'start', { run: 'b' })
  expect(current([...readyRun(), newer])).toEqual(['1b in progress'])
  expect(current([...readyRun(), ...readyRun(20, { run: 'b' })])).toEqual(['1b ready'])
  const late = [
    event(21, 'Ingest To Lax', 'end', { run: 'b' }),
    event(22, 'Post EIF', 'error', { run: 'b', message: '503' }),
  ]
  expect(current([...readyRun(), newer, ...late])).toEqual(['1b failed'])
})

test('every waiting delivery is current', () => {
  const waiting = (run: string) => event(5, 'Waiting', 'start', { run, version: 0 })
  expect(current([...readyRun(), waiting('b'), waiting('c'), waiting('d')])).toEqual([
    '1a ready',
    '0b waiting',
    '0c waiting',
    '0d waiting',
  ])
})

test('a run that failed before its version was known is current until a later delivery of its kind starts', () => {
  const broken = arrived(0, 'z', 'journal-00353-vor-r2.zip', ['Version Lookup', 'error'])
  const resupply = arrived(5, 'y', 'journal-00353-vor-v1-20160802113816.zip', ['Expand Article', 'start'])
  const corrected = arrived(9, 'x', 'journal-00353-vor-r3.zip', ['Expand Article', 'start'])
  expect(current([broken, resupply])).toEqual(['0z failed', '0y in progress'])
  expect(current([broken, resupply, corrected])).toEqual(['0x in progress'])
})

test('a status without a run belongs to the newest run by then; hidden belongs to all', () => {
  const second = [event(20, 'Expand Article', 'start', { run: 'b' }), event(21, 'Check Package', 'error', { run: 'b' })]
  expect(current([...readyRun(), ...second])).toEqual(['1b failed', '1a ready'])
  expect(current([...readyRun(), ...second, status(30, 'hidden')])).toEqual(['1b hidden'])
})

test('18.2: a delivery of the same files again is told as such, and blocks no publication', () => {
  const again = { run: 'b', version: 0 }
  const received = [
    ...readyRun(),
    event(60, 'Compare Delivery', 'start', again),
    event(61, 'Compare Delivery', 'repeated', { ...again, message: 'These are the files of version 1 again.' }),
  ]
  expect(current(received)).toEqual(['1a ready', '0b repeated'])
  expect(judgePublication(deriveArticle('00353', received), [], { version: 1 })).toMatchObject({
    allowed: true,
    run: 'a',
  })
})
