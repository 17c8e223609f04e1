import { expect, test } from 'vitest'
import { deriveArticle } from '../history/article.ts'
import { event, property, readyRun } from '../history/messages.fixture.ts'
import type { Received } from '../history/model.ts'
import { dateText, newerDeliveries, replacementText } from './replacement.ts'

const now = Temporal.Instant.from('2026-11-30T12:00:00Z')
const published = (at: number, version: string, run: string): Received[] => [
  ...readyRun(at, { version, run }),
  property(at + 11, 'publication-status', 'published', { version, run }),
  property(at + 11, 'publication-date', '2026-05-12T00:00:00Z', { version, run }),
]
const article = (...received: Received[]) => deriveArticle('00353', received)

test('what a publication replaces is said in words', () => {
  const one = published(0, '1', 'a')
  const two = published(20, '2', 'b')
  expect(replacementText(article(...readyRun()), 1)).toBe(
    'Nothing of this article is public yet: this is its first version.',
  )
  expect(replacementText(article(...one, ...readyRun(20, { run: 'c' })), 1)).toBe(
    'Replaces the text of version 1, which is public.',
  )
  expect(replacementText(article(...one, ...two, ...readyRun(40, { run: 'c' })), 1)).toBe(
    'Replaces the text of version 1, which is public; version 2 is unchanged.',
  )
  expect(replacementText(article(...one, ...readyRun(20, { version: '2', run: 'b' })), 2)).toBe(
    'Becomes the newest version, in place of version 1, which stays public at its own address.',
  )
  expect(replacementText(article(...one, ...two, ...readyRun(40, { version: '3', run: 'c' })), 3)).toBe(
    'Becomes the newest version, in place of version 2; versions 1 and 2 stay public, each at its own address.',
  )
})

const dated = (received: Received[], version = 1, run = 'a') => {
  const known = article(...received)
  const found = known.versions.find(({ number }) => number === version)
  const its = found?.runs.find(({ id }) => id === run)
  return found && its && dateText(known, found, its, now)
}

test('the date is that of the XML for a first version, the day for a later one, and a correction keeps its own', () => {
  const given = (date: string) => [...readyRun(), property(5, 'publication-date', date, { run: 'a' })]
  expect(dated(given('2026-01-02T00:00:00Z'))).toBe('2026-01-02, from the XML')
  expect(dated(given('2026-12-24T00:00:00Z'))).toBe(
    '2026-12-24, from the XML. It waits for that day: nothing is public before.',
  )
  expect(dated(readyRun())).toBe('the day of its publication')
  expect(dated([...published(0, '1', 'a'), ...readyRun(20, { version: '2', run: 'b' })], 2, 'b')).toBe(
    'the day of its publication',
  )
  expect(dated([...published(0, '1', 'a'), ...readyRun(20, { run: 'c' })], 1, 'c')).toBe('keeps its date, 2026-05-12')
})

test('deliveries that came after a run are told with their state', () => {
  const known = article(
    ...readyRun(),
    event(20, 'Delivery', 'start', { run: 'z', version: 0 }),
    event(20, 'Waiting', 'start', { run: 'z', version: 0 }),
  )
  const run = known.versions.find(({ number }) => number === 1)?.runs[0]
  expect(run && newerDeliveries(known, run, [])).toMatchObject([{ run: 'z', state: 'waiting' }])
})
